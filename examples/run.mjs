/**
 * Builds the example crates and runs the examples: those that need nothing else, or those named, as in
 * `npm run example -- service`. What an example prints is passed on; its exit code is this one's when it fails.
 */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installed } from '../scripts/shared/tools.mjs';

const examples = fileURLToPath(new URL('.', import.meta.url));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** The programs of each example: a heading and what runs it, in this folder. */
const EXAMPLES = {
  hello: [
    // Node 20 cannot run TypeScript; later versions run main.mts itself.
    ['hello, in TypeScript (main.mts)', () => run(process.execPath, tsc, '-p', '.') && node('out/hello/main.mjs')],
    ['hello, in JavaScript with import (main.mjs)', () => node('hello/main.mjs')],
    ['hello, in JavaScript with require (main.cjs)', () => node('hello/main.cjs')],
  ],
  blur: [['blur: a picture, in place', () => node('blur/main.mjs')]],
  gzip: [['gzip: a large file, streamed through Rust', () => node('gzip/main.mjs')]],
};

/** Examples with packages of their own, and with crates that take minutes to build. */
const LARGE_EXAMPLES = {
  service: [['service: a server whose routes call Rust in the background', () => show('service')]],
  queue: [['queue: the same kernels as jobs, and a worker that is killed', () => show('queue')]],
};

/** Runs a command in the folder of the examples, and ends this process with its exit code if it fails. */
function run(command, ...args) {
  const { status, signal, error } = spawnSync(command, args, { cwd: examples, stdio: 'inherit' });
  if (status === 0) return true;
  const reason = error ? error.message : signal ? `ended by ${signal}` : `exit code ${status}`;
  console.error(`${[command, ...args].join(' ')}: ${reason}`);
  process.exit(status ?? 1);
}

const node = (file) => run(process.execPath, file);

/** Shows an example, after its packages have been installed. */
function show(example) {
  installed(path.join(examples, example));
  node(`${example}/show.mjs`);
}

const all = { ...EXAMPLES, ...LARGE_EXAMPLES };
const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(EXAMPLES);
const unknown = chosen.filter((name) => !Object.hasOwn(all, name));
if (unknown.length > 0) {
  console.error(`no example ${unknown.join(', ')}; there are: ${Object.keys(all).join(', ')}`);
  process.exit(2);
}
if (!existsSync(new URL('../dist/index.js', import.meta.url))) {
  console.error('The package is not built yet: npm run build');
  process.exit(1);
}

const build = (...args) => run('cargo', 'build', '--release', '--locked', '--quiet', ...args);
if (chosen.some((name) => Object.hasOwn(EXAMPLES, name))) build();
if (chosen.some((name) => Object.hasOwn(LARGE_EXAMPLES, name))) {
  console.log('building the crates of the service, which takes some minutes the first time');
  build('--manifest-path', 'service/Cargo.toml');
}
for (const [heading, start] of chosen.flatMap((name) => all[name])) {
  console.log(`\n== ${heading}`);
  start();
}
