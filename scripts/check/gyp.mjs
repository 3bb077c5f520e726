// Builds the addon with node-gyp in a copy of the tree, so that the checkout's own build is kept, and makes calls with
// it. dist must have been built.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { libraryFile } from '../../test/support/library-file.cjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

function node(...args) {
  const { status, signal } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${signal ?? `exit code ${status}`}`);
}

function libraryIn(folder, name) {
  return path.join(root, 'test', 'fixtures', 'target', folder, libraryFile(name));
}

// The real path, as Node identifies modules by it.
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'rustdll-gyp-')));
try {
  for (const part of ['package.json', 'binding.gyp', 'src-native', 'dist']) {
    cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  node(path.join(root, 'scripts', 'build', 'gyp.mjs'), folder);
  node(path.join(root, 'scripts', 'build', 'fixtures.mjs'));
  node(path.join(root, 'test', 'smoke.cjs'), folder, libraryIn('release', 'example'), libraryIn('c', 'clib'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
