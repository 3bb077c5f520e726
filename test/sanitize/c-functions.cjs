// Functions of C: structures by value, texts in structures, callbacks, and all of it in the background. Run with an
// instrumented addon and library by scripts/test/sanitize.mjs.
//
// node c-functions.cjs <folder of the package> <C library>
'use strict';

const assert = require('node:assert/strict');
const { createRequire } = require('node:module');
const path = require('node:path');
const { Worker, isMainThread, workerData } = require('node:worker_threads');

const args = isMainThread ? process.argv.slice(2) : workerData;
const [folder, library] = args;
const { RustDLL } = createRequire(path.join(folder, 'package.json'))('rustdll');
const { checkByValue } = require('../support/by-value.cjs');

const clib = new RustDLL(library);
const lib = clib.declare(`
  #[repr(C)] struct Range { from: i64, to: i64 }
  #[repr(C)] struct Matrix { m: [f64; 4] }
  #[repr(C)] struct Large { range: Range, name: *const c_char, open: bool }
  fn c_of_large(before: f64, v: Large) -> f64;
  fn c_to_large(from: i64, to: i64, open: bool) -> Large;
  fn c_to_range(from: i64, to: i64) -> Range;
  fn c_to_matrix(a: f64, b: f64, c: f64, d: f64) -> Matrix;
  fn c_copy_text(texts: *const *const c_char, #[len = "texts"] n: usize, into: *mut u8, #[len = "into"] room: usize) -> usize;
`);

const large = (k) => ({ range: { from: k, to: -k }, name: 'x'.repeat(k % 300), open: k % 2 === 0 });

async function inBackground(rounds) {
  const calls = [];
  for (let k = 0; k < rounds; k++) {
    calls.push(
      lib.async.c_of_large(0.5, large(k + 1)).then((sum) => assert.equal(sum, lib.c_of_large(0.5, large(k + 1)))),
    );
    calls.push(
      lib.async.c_to_large(k, 2, true).then(({ range, name }) => assert.deepEqual([range.from, name], [k, 'large'])),
    );
    calls.push(lib.async.c_to_range(k, 7).then((range) => assert.deepEqual(range, { from: k, to: 7 })));
    calls.push(lib.async.c_to_matrix(k, 2, 3, 4).then(({ m }) => assert.deepEqual(m, [k, 2, 3, 4])));
    const texts = Array.from({ length: k % 40 }, (_, i) => 'né'.repeat(i));
    const into = new Uint8Array((k * 97) % 5000);
    calls.push(
      lib.async.c_copy_text(texts, into).then((length) => {
        const all = Buffer.from(texts.join(''));
        assert.equal(length, all.length);
        assert.ok(all.subarray(0, into.length).equals(into.subarray(0, all.length)));
      }),
    );
  }
  await Promise.all(calls);
}

async function main() {
  checkByValue(clib);
  for (;;) {
    await inBackground(200);
    if (isMainThread) break;
  }
  // An environment that ends while its calls are under way leaves them their memory.
  for (let k = 0; k < 5; k++) {
    const worker = new Worker(__filename, { workerData: args });
    await new Promise((resolve) => setTimeout(resolve, 200 + 100 * k));
    await worker.terminate();
  }
  console.log('C functions: done');
}

main();
