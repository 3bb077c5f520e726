/**
 * Checks the types of the Electron example, packs it with electron-builder, as Electron Forge does, and with options
 * that omit something, and runs each archive in a Node that reads archives as Electron does. Electron itself is not
 * run. `dist` and the addon must have been built. It runs on Linux only, where the substitute for Electron is simplest.
 */

import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { install, pack } from '../shared/pack.mjs';
import { libraryFile, npm, ROOT, run, tools } from '../shared/tools.mjs';

if (process.platform !== 'linux') {
  console.log('electron: only tested on Linux');
  process.exit(0);
}

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'rustdll-electron-')));
const examples = path.join(ROOT, 'examples');
const project = path.join(folder, 'examples', 'electron');
const library = libraryFile('mylib');

/** Runs the program in an archive, moved to a folder of its own; returns its report. */
function launch(built) {
  const deployed = path.join(folder, 'deployed');
  rmSync(deployed, { recursive: true, force: true });
  cpSync(path.dirname(built), deployed, { recursive: true, verbatimSymlinks: true });
  const archive = path.join(deployed, path.basename(built));
  const printed = run(process.execPath, [path.join(ROOT, 'test', 'electron', 'launch.cjs'), archive]);
  return { archive, printed, outcome: JSON.parse(printed.trimEnd().split('\n').at(-1)) };
}

/** Checks that the program in an archive works, and that all native files are unpacked beside the archive. */
function works(built) {
  const { archive, printed, outcome } = launch(built);
  assert.match(printed, /^Hello, World!\nSum of numbers: 15\n/);
  assert.deepEqual(outcome.list, [6, 2, 3, 4, 5]);
  assert.deepEqual(outcome.totals, [3, 6]);
  assert.equal(outcome.addons.length, 1);
  assert.ok(outcome.addons[0].startsWith(`${archive}.unpacked${path.sep}`), outcome.addons[0]);
  assert.ok(existsSync(path.join(`${archive}.unpacked`, library)));
}

tools('electron');
try {
  console.log('electron: the types of the example');
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  run(process.execPath, [tsc, '-p', path.join(ROOT, 'test', 'electron')]);

  run('cargo', ['build', '--release', '--locked', '--quiet'], { cwd: examples });
  mkdirSync(project, { recursive: true });
  cpSync(path.join(examples, 'electron'), project, {
    recursive: true,
    filter: (file) => !/node_modules|out$/.test(file),
  });
  const built = path.join(folder, 'examples', 'target', 'release');
  cpSync(path.join(examples, 'target', 'release', library), path.join(built, library));
  // The packers are installed elsewhere already.
  npm(project, 'pkg', 'delete', 'devDependencies');
  install(pack(folder).tarball, project);

  const archives = await import('../../test/electron/archives.mjs');
  console.log('electron: electron-builder');
  works(await archives.withElectronBuilder(project, folder));
  console.log("electron: Forge's configuration");
  works(await archives.withForge(project, folder));

  console.log('electron: what was forgotten to unpack');
  const whole = path.join(folder, 'copy');
  const archive = (name, options) => archives.pack(whole, path.join(folder, name, 'app.asar'), options);
  const noAddon = launch(await archive('no-addon', {})).outcome;
  assert.equal(noAddon.code, 'ERR_RUSTDLL_ABI', noAddon.message);
  const noLibrary = launch(await archive('no-library', { unpack: '**/*.node' })).outcome;
  assert.equal(noLibrary.code, 'ERR_RUSTDLL_NOT_FOUND', noLibrary.message);
  assert.ok(noLibrary.message.includes(path.join('app.asar', library)), noLibrary.message);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log('electron: nothing to report');
