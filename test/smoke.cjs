// A few calls of every kind, for a build of the package other than the checkout's own. Arguments: the folder of the
// package, the library of the example (`-` to leave it out), the library written in C. Ends with an error when something
// is not as it should be.
'use strict';

const assert = require('node:assert/strict');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { checkByValue } = require('./support/by-value.cjs');

const [folder, examplePath, clibPath] = process.argv.slice(2);
const rustdll = require(folder);
const { RustDLL, f64 } = rustdll;

const addons = Object.keys(require.cache).filter((file) => file.endsWith('.node'));
assert.equal(addons.length, 1);
assert.ok(!path.relative(folder, addons[0]).startsWith('..'), `${addons[0]} is not in ${folder}`);

if (examplePath !== '-') {
  // Rust prints its two lines itself.
  const example = new RustDLL(examplePath);
  const numbers = [1, 2, 3, 4, 5];
  example.test('World', numbers);
  assert.deepEqual(numbers, [6, 2, 3, 4, 5]);
}

const clib = new RustDLL(clibPath);
assert.equal(clib.c_add(40, 2), 42);
assert.equal(clib.c_sum([1n, 2n ** 62n]), 2n ** 62n + 1n);
const scaled = [1.5, 2];
clib.c_scale(scaled, f64(2));
assert.deepEqual(scaled, [3, 4]);

const lib = clib.declare(`
  fn c_add(a: i64, b: i64) -> i64; fn c_sum_nested(v: &PyVec<&PyVec<f64>>) -> f64; fn c_sum(v: &PyVec<i64>) -> i64;
  fn c_scale(v: &mut PyVec<f64>, factor: f64); fn c_count_byte(s: &PyStr, byte: u8) -> u32;
  fn c_sign(x: f32, negative: bool) -> f32; fn c_min(a: i8, b: i8, c: i8, d: i8, e: i8) -> i8;
`);
assert.equal(lib.c_add(2 ** 40, -1), 2 ** 40 - 1);
assert.equal(lib.c_sum([]), 0);
assert.equal(lib.c_sum_nested([[0.5], [], [1, 2]]), 3.5);
assert.equal(lib.c_count_byte('banana', 97), 3);
assert.equal(lib.c_sign(1.5, true), -1.5);
assert.equal(lib.c_min(5, -128, 127, 0, -1), -128);
const array = new Float64Array([1, 2.5]);
lib.c_scale(array, -1);
assert.deepEqual([...array], [-1, -2.5]);
checkByValue(clib);
assert.throws(() => lib.c_add(1), { name: 'TypeError', code: 'ERR_RUSTDLL_ARITY' });
assert.throws(() => clib.no_such_function(), rustdll.RustDLLError);

void import(pathToFileURL(path.join(folder, 'dist', 'index.mjs')).href).then((module) => {
  assert.equal(module.RustDLL, RustDLL);
  console.log(`smoke: all calls are right, with ${path.relative(folder, addons[0])}`);
});
