/**
 * Builds the libraries that the tests call: the Rust crates of test/fixtures into test/fixtures/target/release, the one
 * whose panics abort into test/fixtures/target/abort, and the C libraries into test/fixtures/target/c. Prints one line,
 * or the output of the command that failed.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { libraryFile, ROOT } from '../shared/tools.mjs';

const fixtures = path.join(ROOT, 'test', 'fixtures');

/** Runs a command in test/fixtures. If it fails, prints its output and exits. */
function run(command, ...args) {
  const { status, signal, error, output } = spawnSync(command, args, {
    cwd: fixtures,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return;
  const reason = error ? error.message : signal ? `ended by ${signal}` : `exit code ${status}`;
  console.error(`${output?.slice(1).join('') ?? ''}fixtures: ${[command, ...args].join(' ')}: ${reason}`);
  process.exit(1);
}

run('cargo', 'build', '--release', '--locked', '--quiet');
run('cargo', 'build', '--profile', 'abort', '--package', 'aborting', '--locked', '--quiet');

const compiler = process.env.CC ?? (process.platform === 'win32' ? 'clang' : 'cc');
const flags = ['-std=c11', '-O2', '-Wall', '-Wextra', '-Werror', '-shared'];
if (process.platform !== 'win32') flags.push('-fPIC');
mkdirSync(path.join(fixtures, 'target', 'c'), { recursive: true });
// The allocator and the counter of locks are preloaded, which is tested on Linux only.
for (const library of process.platform === 'linux' ? ['clib', 'allocator', 'locks'] : ['clib']) {
  run(compiler, ...flags, '-o', path.join('target', 'c', libraryFile(library)), path.join('c', `${library}.c`));
}

console.log('fixtures: built the Rust libraries and the C libraries');
