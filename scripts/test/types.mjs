/**
 * Compiles what must compile, and nothing else may: the tests, what TypeScript makes of declarations (test/types), and
 * programs that import and require the package as npm packs it, under both ways in which TypeScript finds packages.
 */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
let failed = false;

/** Runs the TypeScript compiler in `cwd`. */
function tsc(heading, cwd, ...args) {
  console.log(`types: ${heading}`);
  const { status } = spawnSync(process.execPath, [compiler, ...args], { cwd, stdio: 'inherit' });
  if (status !== 0) failed = true;
}

/** The files that npm would publish. */
function packedFiles() {
  const command = 'npm pack --dry-run --json --ignore-scripts --loglevel=error';
  const { status, stdout } = spawnSync(command, { cwd: root, encoding: 'utf8', shell: true });
  if (status !== 0) throw new Error(`${command}: exit code ${status}`);
  return JSON.parse(stdout)[0].files.map((file) => file.path);
}

tsc('the tests', root, '-p', 'test');
tsc('declarations', root, '-p', 'test/types');

const folder = mkdtempSync(path.join(tmpdir(), 'rustdll-types-'));
try {
  const modules = path.join(folder, 'node_modules');
  mkdirSync(modules);
  symlinkSync(path.join(root, 'node_modules', '@types'), path.join(modules, '@types'), 'junction');
  for (const file of packedFiles()) cpSync(path.join(root, file), path.join(modules, 'rustdll', file));
  cpSync(path.join(root, 'test', 'types', 'package'), folder, { recursive: true });

  tsc('the package, node16', folder, '-p', '.');
  tsc('the package, bundler', folder, '-p', '.', '--module', 'preserve', '--moduleResolution', 'bundler');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
