/**
 * Runs the prebuilt addons that this machine can run, each in a project that has the package as npm packs it: with a
 * library in C, and with the conformance suite and its Rust libraries. Reports which could not be run and why.
 * Arguments select targets by name. It fails only if something was run and failed; `dist` must have been built.
 */

import { spawnSync } from 'node:child_process';
import { closeSync, cpSync, mkdtempSync, openSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { install, pack } from '../shared/pack.mjs';
import { cLibrary, rustLibraries } from '../prebuild/libraries.mjs';
import { runnerOf } from '../prebuild/runners.mjs';
import { prebuildPath, targetNamed, TARGETS } from '../prebuild/targets.mjs';
import { ROOT, run } from '../shared/tools.mjs';

const project = realpathSync(mkdtempSync(path.join(tmpdir(), 'rustdll-prebuilds-')));

/** Runs a program of the project, and returns its status and its output. */
function node({ command: [program, ...first], env, pathOf }, file, args, variables = {}) {
  // The output goes to a file, as Node under wine exits at once if its standard output is a pipe.
  const output = path.join(project, 'output.txt');
  const descriptor = openSync(output, 'w');
  const { status, signal } = spawnSync(program, [...first, pathOf(path.join(project, file)), ...args], {
    cwd: project,
    env: { ...process.env, ...env, ...variables },
    stdio: ['ignore', descriptor, descriptor],
  });
  closeSync(descriptor);
  return { end: signal ?? status, text: readFileSync(output, 'utf8') };
}

/** Calls the C library; returns the failures. */
function smoke(runner, target) {
  const folder = path.join(project, 'node_modules', 'rustdll');
  const { end, text } = node(
    runner,
    'smoke.cjs',
    [folder, '-', cLibrary(target)].map((file) => (file === '-' ? file : runner.pathOf(file))),
  );
  const addon = prebuildPath(target).split('/').at(-1);
  return end === 0 && text.includes(addon) ? [] : [`the C library: ended with ${end}\n${text}`];
}

/** Runs the conformance suite; returns the failures. */
function conformance(runner, libraries) {
  const { end, text } = node(runner, 'run.mjs', [], { RUSTDLL_CONFORMANCE: JSON.stringify(libraries) });
  const lines = text.split(/\r?\n/).filter((line) => line.startsWith('{'));
  const last = lines.length > 0 ? JSON.parse(lines.at(-1)) : {};
  if (end !== 0 || last.outcomes === undefined) {
    return [`conformance: ended with ${end}, in: ${last.begun ?? 'the beginning'}\n${text.slice(-4000)}`];
  }
  const failed = last.outcomes.filter(({ error }) => error !== null);
  console.log(`  conformance: ${last.outcomes.length - failed.length} of ${last.outcomes.length} checks hold`);
  return failed.map(({ title, error }) => `conformance: ${title}\n${error}`);
}

/** Has a library print a line that does not end; returns the failures. */
function printing(runner, library) {
  const { end, text } = node(runner, 'printing.cjs', [library]);
  return end === 0 && text === 'begun, not ended' ? [] : [`an unfinished line: ended with ${end}\n${text}`];
}

function test(target) {
  let runner;
  try {
    runner = runnerOf(target);
  } catch (error) {
    console.log(`${target.name}: not run: ${error.message}`);
    return [];
  }
  console.log(`${target.name}: ${runner.title}`);
  const failed = smoke(runner, target);
  if (failed.length > 0) return failed;
  console.log('  the C library: all calls are right');
  let libraries;
  try {
    libraries = rustLibraries(target);
  } catch (error) {
    console.log(`  conformance: not run: the Rust libraries could not be made: ${error.message}`);
    return [];
  }
  const paths = Object.fromEntries(Object.entries(libraries).map(([name, file]) => [name, runner.pathOf(file)]));
  return [...printing(runner, paths.clashing), ...conformance(runner, paths)];
}

const names = process.argv.slice(2);
const targets = names.length > 0 ? names.map(targetNamed) : TARGETS;
const failed = [];
try {
  run(process.execPath, [path.join(ROOT, 'scripts', 'build', 'fixtures.mjs')]);
  writeFileSync(path.join(project, 'package.json'), '{ "private": true }\n');
  install(pack(project).tarball, project);
  cpSync(path.join(ROOT, 'test', 'conformance'), project, { recursive: true });
  for (const file of ['smoke.cjs', 'printing.cjs', 'support/by-value.cjs'])
    cpSync(path.join(ROOT, 'test', file), path.join(project, file));
  for (const target of targets) {
    const found = test(target).map((text) => `${target.name}: ${text}`);
    for (const text of found) console.error(text);
    failed.push(...found);
  }
} finally {
  rmSync(project, { recursive: true, force: true });
}
console.log(failed.length === 0 ? 'prebuilds: nothing to report' : `prebuilds: ${failed.length} failed`);
process.exit(failed.length === 0 ? 0 : 1);
