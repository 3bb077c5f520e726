/**
 * Runs the tests on other runtimes: the conformance suite of test/conformance on Node, Bun and Deno, with the package
 * as npm packs it; and unless `--conformance` is given, all jest tests on each version of Node. Arguments name the
 * runtimes: a version of Node, `bun`, `deno`, or `this` for the Node that runs this script; without arguments, all but
 * `this`. `dist` and the addon must have been built.
 */

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { LIBRARIES } from '../../test/conformance/libraries.mjs';
import { install, pack } from '../shared/pack.mjs';
import { OTHERS, runtimeFile, VERSIONS } from '../shared/runtimes.mjs';
import { fixture, program, ROOT, run, tools } from '../shared/tools.mjs';

const { platform, arch, execPath } = process;

/** Deno's permissions: a program that uses the package needs the first three, the suite's own files the others. */
const DENO_FLAGS = ['--allow-ffi', '--allow-read', '--allow-env', '--allow-write', '--allow-sys'];

/** Returns the command that runs a module on a runtime. */
function commandOf(name) {
  if (name === 'this') return [execPath];
  const file = runtimeFile(tools('runtimes'), name);
  return name === 'deno' ? [file, 'run', ...DENO_FLAGS] : [file];
}

/** Runs the conformance suite in a project that has the package; returns the failures. */
function conformance(name, [command, ...args], project) {
  const libraries = Object.fromEntries(LIBRARIES.map((library) => [library, fixture(library)]));
  const { status, signal, stdout, stderr } = spawnSync(command, [...args, path.join(project, 'run.mjs')], {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, RUSTDLL_CONFORMANCE: JSON.stringify(libraries) },
    maxBuffer: 64 * 1024 * 1024,
  });
  // The output has lines of the libraries too.
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  const last = lines.length > 0 ? JSON.parse(lines.at(-1)) : {};
  if (status !== 0 || last.outcomes === undefined) {
    return [`${last.begun ?? 'before the first check'}: ended with ${signal ?? `exit code ${status}`}\n${stderr}`];
  }
  const failed = last.outcomes.filter(({ error }) => error !== null);
  console.log(`${name}: ${last.outcomes.length - failed.length} of ${last.outcomes.length} checks hold`);
  return failed.map(({ title, error }) => `${title}\n${error}`);
}

/** Runs the jest tests on a version of Node; returns the failures. */
function jest(name, [command]) {
  console.log(`${name}: jest`);
  const args = [program(path.join(ROOT, 'node_modules'), 'jest', 'jest'), '--ci'];
  const { status } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' });
  return status === 0 ? [] : [`jest: exit code ${status}`];
}

const { values: options, positionals } = parseArgs({
  options: { conformance: { type: 'boolean' } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => ![...VERSIONS, ...OTHERS, 'this'].includes(name));
if (unknown.length > 0) throw new Error(`no such runtime: ${unknown.join(', ')}`);
const chosen = positionals.length > 0 ? positionals : [...VERSIONS, ...OTHERS];
const commands = new Map(chosen.map((name) => [name, commandOf(name)]));
for (const [name, [command]] of commands) {
  if (existsSync(command)) continue;
  console.log(`${name}: not to be had for ${platform}-${arch}`);
  commands.delete(name);
}
if (commands.size === 0) throw new Error('there is no runtime to test on');

const project = realpathSync(mkdtempSync(path.join(tmpdir(), 'rustdll-runtimes-')));
const failed = [];
try {
  run(execPath, [path.join(ROOT, 'scripts', 'build', 'fixtures.mjs')]);
  writeFileSync(path.join(project, 'package.json'), '{ "private": true }\n');
  install(pack(project).tarball, project);
  cpSync(path.join(ROOT, 'test', 'conformance'), project, { recursive: true });
  for (const [name, command] of commands) {
    failed.push(...conformance(name, command, project).map((text) => `${name}: ${text}`));
  }
} finally {
  rmSync(project, { recursive: true, force: true });
}
if (!options.conformance) {
  for (const [name, command] of commands) {
    if (!OTHERS.includes(name)) failed.push(...jest(name, command).map((text) => `${name}: ${text}`));
  }
}
for (const text of failed) console.error(`\n${text}`);
console.log(failed.length === 0 ? 'runtimes: nothing to report' : `runtimes: ${failed.length} failed`);
process.exit(failed.length === 0 ? 0 : 1);
