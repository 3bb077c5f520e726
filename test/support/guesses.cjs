// Makes guessed calls of the library LIBRARY, those that the variable GUESSES names, and prints what comes of each as a line
// of JSON: `refused` with the code of the error, or the result and what was warned of. Each line is written at once, so that
// the last one tells during which call the process has ended.
'use strict';

const { writeSync } = require('node:fs');
const { RustDLL, bool, f64, u8, u32 } = require('../..');

const shared = new Float64Array(new SharedArrayBuffer(16));

/** Calls that a program would plausibly make, each of which is wrong. */
const plausible = [
  ['add', 1, 2.5],
  ['add', 1],
  ['add', 1, 2, 3],
  ['add', '1', 2],
  ['half', 2],
  ['half', '2'],
  ['half', [2]],
  ['half_f32', 1.5],
  ['scale', [1.5], 2],
  ['scale', [1, 2], 2.5],
  ['scale', 2.5, [1.5]],
  ['scale', [1.5]],
  ['mean', [1, 2]],
  ['mean', 1.5],
  ['sum', [1.5]],
  ['sum', '12'],
  ['sum_u64', [-1]],
  ['sum_f32', [1.5]],
  ['sum_bytes', [1, 2]],
  ['count', 5],
  ['repeat', 'a', '2'],
  ['repeat', 'a', -1],
  ['not', 2],
  ['letter', 'a'],
  ['nested', [1]],
  ['join', 'a'],
  ['c_string', 'a'],
  ['narrow', 256, 0],
];

/** Calls that are wrong in other ways. */
const strange = [
  ['sum', shared],
  ['sum', new DataView(new ArrayBuffer(8))],
  ['sum', new Uint8ClampedArray(8)],
  ['sum', u8([1])],
  ['sum', [2n ** 63n]],
  ['sum_u64', new BigInt64Array([1n])],
  ['sum_bytes', new Float32Array(2)],
  ['scale', shared, 2],
  ['scale', [[1.5]], 2.5],
  ['add', f64(1), 2],
  ['add', 2n ** 63n, 0],
  ['flip', -1n],
  ['index', 0, -1],
  ['half', 1n],
  ['half', true],
  ['half', -0],
  ['chosen', 'true', 1, 2],
  ['all', [1]],
  ['letter', 0xd800],
  ['nested', [[[[1]]]]],
  ['nested_floats', [[1]]],
  ['join', [[1]]],
  ['in_place', [[1]]],
  ['optional', 'a'],
  ['raw', [1.5], 1],
  ['call', 'add'],
  ['text', 'a'],
  ['norm', 1.5],
];

/** Right calls, whose results a guess cannot read. */
const unread = [['half', 1.5], ['not', true], ['narrow', 1, 2], ['nothing']];

/** Right calls, whose results it reads. */
const right = [
  ['add', 40, 2],
  ['add', 2 ** 40, -1],
  ['add', 1n, -2n],
  ['flip', 5],
  ['rounded', 1.5],
  ['chosen', true, 1, 2],
  ['chosen', bool(false), 1, 2],
  ['index', -1, 5],
  ['sum', [1, -2, 3]],
  ['sum', new BigInt64Array([1n, -1n])],
  ['sum_u64', [1, 2]],
  ['sum_f32', new Float32Array([1.5, 2])],
  ['sum_bytes', Buffer.from([1, 2])],
  ['sum_bytes', 'text'],
  ['all', [true, false]],
  ['count', 'né'],
  ['repeat', 'abc', 3],
  ['repeat', 'abc', u32(2)],
  ['nested', [[1], [2, 3]]],
  ['nested_floats', [[1.5], [2]]],
  ['join', ['a', 'bc']],
  ['optional', 0],
  ['optional', [1, 2]],
  ['raw_list', [1, 2]],
  ['colour', 1],
  ['twin_a', 3],
  ['inner', 1, [1.5]],
  ['outer', 1, [1.5]],
];

const groups = { plausible, strange, unread, right };
const dll = new RustDLL(process.env.LIBRARY);
let warned = [];
process.emitWarning = (message, _kind, code) => warned.push(code ?? message);

for (const [name, ...args] of groups[process.env.GUESSES]) {
  let outcome;
  warned = [];
  try {
    const result = dll[name](...args);
    outcome = { result: process.env.GUESSES === 'right' ? String(result) : 'called', args, warned };
  } catch (error) {
    outcome = { refused: error.code };
  }
  const print = (_key, value) => (typeof value === 'bigint' ? `${value}n` : value);
  writeSync(1, `${JSON.stringify({ name, ...outcome }, print)}\n`);
}
