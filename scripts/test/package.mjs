/**
 * Packs the package as npm would publish it, checks its contents, and installs it with each package manager in an
 * environment that has Node and nothing else. `dist` and the addon must have been built. `--release` requires all
 * prebuilt addons; `--output FOLDER` keeps the tarball.
 */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkContents, checkLinks, checkScripts } from '../../test/package/contents.mjs';
import { installWith, MANAGER_NAMES } from '../../test/package/managers.mjs';
import { install, pack } from '../shared/pack.mjs';
import { fixture, program, ROOT, run, tools } from '../shared/tools.mjs';

const { values: options } = parseArgs({ options: { release: { type: 'boolean' }, output: { type: 'string' } } });
const PRINTED = 'Hello, World!\nSum of numbers: 15\n[ 6, 2, 3, 4, 5 ]\n';
const programs = ['program.cjs', 'program.mjs'];
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'rustdll-package-')));

/** Runs the programs of test/package in a project. */
function runPrograms({ project, run: node }) {
  for (const name of programs) {
    cpSync(path.join(ROOT, 'test', 'package', name), path.join(project, name));
    assert.equal(node(name, fixture('example')).replaceAll('\r', ''), PRINTED, name);
  }
}

/** Runs two linters for packages on the tarball. */
function lint(tarball) {
  const modules = tools('package');
  console.log('package: publint');
  run(process.execPath, [program(modules, 'publint', 'publint'), 'run', tarball, '--strict', '--pack=false']);
  console.log('package: are the types wrong?');
  run(process.execPath, [program(modules, '@arethetypeswrong/cli', 'attw'), tarball, '--no-emoji']);
}

/** Installs the tarball without network access, and runs its command, whose dependencies are bundled. */
function installAlone(tarball) {
  const project = path.join(folder, 'alone');
  mkdirSync(project);
  // Without it npm would install into a project in a folder above.
  writeFileSync(path.join(project, 'package.json'), '{ "private": true }\n');
  install(tarball, project);
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const command = path.join(project, 'node_modules', 'rustdll', 'dist', 'cli', 'main.js');
  assert.equal(run(process.execPath, [command, '--version']).trim(), version);
  return project;
}

/** Checks that the error without an addon says what is missing, where it was searched for, and what to do. */
function lacksAddon(project, installed) {
  const { status, stderr } = spawnSync(process.execPath, ['program.cjs'], { cwd: project, encoding: 'utf8' });
  assert.notEqual(status, 0);
  const target = `${process.platform}-${process.arch}`;
  const parts = [
    `no native addon for ${target}`,
    path.join(installed, 'build', 'Release'),
    path.join(installed, 'prebuilds', target),
    'install the package again',
    'RUSTDLL_PREBUILD',
  ];
  for (const part of parts) assert.ok(stderr.includes(part), `'${part}' is not in:\n${stderr}`);
}

/** Builds the addon from the packed sources, with the tools of the checkout, and runs the programs with it. */
function build(project) {
  const node = { project, run: (...args) => run(process.execPath, args, { cwd: project }) };
  const installed = path.join(project, 'node_modules', 'rustdll');
  runPrograms(node);
  rmSync(path.join(installed, 'prebuilds'), { recursive: true });
  lacksAddon(project, installed);
  for (const name of ['node-addon-api', 'node-api-headers']) {
    cpSync(path.join(ROOT, 'node_modules', name), path.join(project, 'node_modules', name), { recursive: true });
  }
  const cmake = path.join(path.dirname(createRequire(import.meta.url).resolve('cmake-js/package.json')), 'bin');
  run(process.execPath, [path.join(cmake, 'cmake-js'), 'compile', '--directory', installed], { cwd: project });
  assert.ok(readdirSync(path.join(installed, 'build', 'Release')).includes('rustdll.node'));
  runPrograms(node);
}

try {
  checkScripts();
  const { tarball, size, files } = pack(folder);
  checkContents(files, options.release === true);
  checkLinks(files);
  console.log(`package: ${files.length} files, ${Math.ceil(size / 1000)} kB`);
  lint(tarball);
  run(process.execPath, [path.join(ROOT, 'scripts', 'build', 'fixtures.mjs')]);
  for (const [index, name] of MANAGER_NAMES.entries()) {
    console.log(`package: ${name}`);
    runPrograms(installWith(name, tarball, path.join(folder, `manager-${index}`)));
  }
  console.log('package: built from its own sources');
  build(installAlone(tarball));
  if (options.output !== undefined) cpSync(tarball, path.join(options.output, path.basename(tarball)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log('package: nothing to report');
