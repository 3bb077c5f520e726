/**
 * Bundles a program that uses the package with each bundler of test/bundlers, in every way that docs/bundlers.md tells,
 * and runs the result in another folder. `dist` and the addon must have been built. Bundlers may be named.
 */

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { install, pack } from '../shared/pack.mjs';
import { fixture, libraryFile, ROOT, run, tools } from '../shared/tools.mjs';

const BUNDLERS = ['esbuild', 'webpack', 'rollup', 'vite', 'ncc', 'sea'];
const PRINTED = 'Hello, World!\nSum of numbers: 15\n[ 6, 2, 3, 4, 5 ]\n';
/**
 * The lines that the program prints about names of errors and classes, which must be the same as outside of a bundle.
 */
const NAMED = ['RustError', 'RustPanic', 'RustDLLError'].map((name) => `${name} ${name} true ${name}\n`).join('');
const source = path.join(ROOT, 'test', 'bundlers');
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'rustdll-bundlers-')));
const project = path.join(folder, 'project');

/** Bundles the program in one way of a bundler and runs the result, deployed to a folder of its own. */
function check(bundler, way, { file, alone, executable }) {
  rmSync(path.join(project, 'dist'), { recursive: true, force: true });
  run(process.execPath, [path.join(source, 'run.mjs'), bundler, way], { cwd: project });
  const deployed = path.join(folder, 'deployed');
  rmSync(deployed, { recursive: true, force: true });
  cpSync(path.join(project, 'dist'), path.join(deployed, 'dist'), { recursive: true });
  // The files that have to be deployed with the bundle, as the page says.
  const [from, to] =
    way === 'inside' ? ['node_modules/rustdll/prebuilds', 'prebuilds'] : ['node_modules', 'node_modules'];
  if (!alone) cpSync(path.join(project, from), path.join(deployed, to), { recursive: true, verbatimSymlinks: true });
  // The folder where the bundle was made is renamed, so that a bundle that still depends on it fails.
  const hidden = path.join(folder, 'hidden');
  renameSync(project, hidden);
  try {
    const command = [...(executable ? [] : [process.execPath]), path.join(deployed, file)];
    // In an executable, the library is looked for beside it.
    if (executable) cpSync(fixture('example'), path.join(deployed, 'dist', libraryFile('example')));
    const example = executable ? 'example' : fixture('example');
    const args = [...command.slice(1), example, fixture('exported')];
    const printed = run(command[0], args, { cwd: tmpdir() });
    assert.equal(printed.replaceAll('\r', ''), PRINTED + NAMED);
  } finally {
    renameSync(hidden, project);
  }
}

const named = process.argv.slice(2);
tools('bundlers');
try {
  run(process.execPath, [path.join(ROOT, 'scripts', 'build', 'fixtures.mjs')]);
  mkdirSync(project);
  writeFileSync(path.join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
  install(pack(folder).tarball, project);
  const program = readFileSync(path.join(source, 'program.mjs'), 'utf8');
  writeFileSync(path.join(project, 'program.mjs'), program);
  const required = program.replace(/^import (.+) from '(\w+)'/m, "const $1 = require('$2')");
  writeFileSync(path.join(project, 'program.cjs'), required);
  for (const bundler of BUNDLERS.filter((name) => named.length === 0 || named.includes(name))) {
    const { default: ways, isPossible = true } = await import(`../../test/bundlers/${bundler}.mjs`);
    if (!isPossible) {
      console.log(`bundlers: ${bundler} is not possible with this Node`);
      continue;
    }
    for (const [way, description] of Object.entries(ways)) {
      console.log(`bundlers: ${bundler}, the package ${way}`);
      check(bundler, way, description);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log('bundlers: nothing to report');
