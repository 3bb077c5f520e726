/**
 * Run by described.mjs as a process of its own: opens the library at the given path, calls its function `add` for the first
 * time, and prints how many milliseconds that took and how many bytes it read of the library.
 *
 *     node described-child.cjs checked PATH     nothing was guessed before
 *     node described-child.cjs unchecked PATH   the same, with `{ check: false }`
 *     node described-child.cjs warm PATH        a function of another library was guessed and looked up before
 */

const fs = require('node:fs');
const path = require('node:path');
const { RustDLL } = require('rustdll');
const { libraryFile } = require('../test/support/library-file.cjs');

const [how, file] = process.argv.slice(2);

if (how === 'warm') {
  const other = path.join(__dirname, '..', 'test', 'fixtures', 'target', 'described', libraryFile('kernels'));
  new RustDLL(other).add(1, 2);
}

const library = new RustDLL(file, { check: how !== 'unchecked' });
const start = process.hrtime.bigint();
library.add(1, 2);
const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;

// Once more, with a count of what is read.
const again = new RustDLL(file);
let bytes = 0;
const { readSync } = fs;
fs.readSync = (...args) => {
  const count = readSync(...args);
  bytes += count;
  return count;
};
again.add(1, 2);
console.log(JSON.stringify({ milliseconds, bytes, size: fs.statSync(file).size }));
