/** Functions declared in Rust's syntax. */

import assert from 'node:assert/strict';
import { canonicalHash, declared, kernels, throws } from './context.mjs';

const INTEGERS = [
  ['i8', -(2n ** 7n), 2n ** 7n - 1n],
  ['u8', 0n, 2n ** 8n - 1n],
  ['i16', -(2n ** 15n), 2n ** 15n - 1n],
  ['u16', 0n, 2n ** 16n - 1n],
  ['i32', -(2n ** 31n), 2n ** 31n - 1n],
  ['u32', 0n, 2n ** 32n - 1n],
  ['i64', -(2n ** 63n), 2n ** 63n - 1n],
  ['u64', 0n, 2n ** 64n - 1n],
  ['isize', -(2n ** 63n), 2n ** 63n - 1n],
  ['usize', 0n, 2n ** 64n - 1n],
];

export default {
  'integers at their limits, and beyond'() {
    for (const [type, least, most] of INTEGERS) {
      const wide = most > 2n ** 32n;
      const id = declared(`fn id_${type}(x: ${type}) -> ${type}`, { bigint: true });
      for (const value of [least, 0n, 1n, most]) assert.equal(BigInt(id(wide ? value : Number(value))), value, type);
      for (const value of [least - 1n, most + 1n]) {
        throws(() => id(wide ? value : Number(value)), RangeError, 'ERR_RUSTDLL_RANGE', /argument 1 \(x\)/);
      }
      throws(() => id(0.5), TypeError, 'ERR_RUSTDLL_TYPE');
    }
  },

  'a 64-bit result that no number can hold'() {
    const { id_u64 } = kernels.declare('fn id_u64(x: u64) -> u64');
    assert.equal(id_u64(2 ** 53 - 1), 2 ** 53 - 1);
    throws(() => id_u64(2n ** 53n), RangeError, 'ERR_RUSTDLL_RANGE');
  },

  'floats, bool, char'() {
    const { id_f32, id_f64, id_bool, id_char, add_f64 } = kernels.declare(
      'fn id_f32(x: f32) -> f32; fn id_f64(x: f64) -> f64; fn id_bool(x: bool) -> bool; fn id_char(x: char) -> char; fn add_f64(a: f64, b: f64) -> f64',
    );
    for (const x of [0, -0, 1.5, -1e300, Number.MIN_VALUE, NaN, Infinity, -Infinity])
      assert.ok(Object.is(id_f64(x), x));
    for (const x of [0, -0, 1.5, 0.1, NaN, Infinity, 2 ** -149]) assert.ok(Object.is(id_f32(x), Math.fround(x)));
    throws(() => id_f32(1e39), RangeError, 'ERR_RUSTDLL_RANGE');
    assert.equal(add_f64(0.1, 0.2), 0.1 + 0.2);
    assert.deepEqual([id_bool(true), id_bool(false)], [true, false]);
    for (const x of ['a', 'é', '語', '😀', '\0']) assert.equal(id_char(x), x);
    throws(() => id_char('ab'), TypeError, 'ERR_RUSTDLL_TYPE');
    throws(() => id_bool(1), TypeError, 'ERR_RUSTDLL_TYPE');
  },

  'more arguments than there are registers'() {
    const names = (types) => types.map((type, i) => `a${i}: ${type}`).join(', ');
    const check = (name, types, values) => {
      const hash = declared(`fn hash_${name}(${names(types)}) -> u64`, { bigint: true })(...values);
      assert.equal(hash, canonicalHash(...types.map((type, i) => [type, values[i]])), name);
    };
    check('floats_10', Array(10).fill('f64'), [1, -2.5, 3, 4.25, 5, 6, 7, 8.125, -9, 0.1]);
    check('f32s_10', Array(10).fill('f32'), [1, -2.5, 3, 4.25, 5, 6, 7, 8.125, -9, 0.5]);
    const sizes = ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'isize', 'usize'];
    const values = [-128, 255, -32768, 65535, -(2 ** 31), 2 ** 32 - 1, -(2n ** 63n), 2n ** 64n - 1n, -1, 1];
    check('ints_of_all_sizes', [...sizes, ...sizes], [...values, ...values]);
    check(
      'narrow_on_stack',
      [...Array(8).fill('i64'), ...Array(8).fill('f64')].concat(
        ...['i8', 'u8', 'i16', 'f32', 'bool', 'i32', 'i8', 'i64', 'u16', 'f32', 'u8', 'f64'],
      ),
      [
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        1.5,
        2.5,
        3.5,
        4.5,
        5.5,
        6.5,
        7.5,
        8.5,
        -1,
        2,
        -3,
        4.5,
        true,
        -6,
        -7,
        -8,
        9,
        -0.5,
        10,
        0.25,
      ],
    );
  },

  'lists, nested ones, and none'() {
    const lib = kernels.declare(
      `fn mean(v: &PyVec<f64>) -> f64; fn hash_shared_i64_2(v: &PyVec<&PyVec<i64>>) -> u64;
      fn opt_len(v: Option<&PyVec<i64>>) -> i64; fn opt_add_one(v: Option<&mut PyVec<i64>>) -> bool; fn noop();
      fn hash_char(v: &PyVec<char>) -> u64; fn hash_bool(v: &PyVec<bool>) -> u64`,
      { bigint: true },
    );
    assert.equal(lib.mean([1, 2, 4.5]), 2.5);
    assert.equal(lib.hash_shared_i64_2([[1, 2], [], [-3]]), canonicalHash(['i64', [[1, 2], [], [-3]]]));
    assert.equal(lib.hash_char(['a', '語']), canonicalHash(['char', ['a', '語']]));
    assert.equal(lib.hash_bool([true, false]), canonicalHash(['bool', [true, false]]));
    assert.deepEqual([lib.opt_len(null), lib.opt_len(undefined), lib.opt_len([1, 2])], [-1n, -1n, 2n]);
    assert.equal(lib.opt_add_one(null), false);
    assert.equal(lib.noop(), undefined);
  },

  'what does not fit the declaration'() {
    const lib = kernels.declare(`fn mean(v: &PyVec<f64>) -> f64; fn add(a: i64, b: i64) -> i64;
      fn sum_rows(rows: &PyVec<&PyVec<f64>>) -> f64`);
    throws(() => lib.add(1), TypeError, 'ERR_RUSTDLL_ARITY');
    throws(() => lib.add(1, 2, 3), TypeError, 'ERR_RUSTDLL_ARITY');
    throws(() => lib.add('1', 2), TypeError, 'ERR_RUSTDLL_TYPE', /argument 1 \(a\)/);
    throws(() => lib.mean([1, '2']), TypeError, 'ERR_RUSTDLL_TYPE', /\(v\)\[1\]/);
    throws(() => lib.mean(new Float32Array(2)), TypeError, 'ERR_RUSTDLL_TYPE');
    throws(() => lib.sum_rows([[1], [2, null]]), TypeError, 'ERR_RUSTDLL_TYPE', /\(rows\)\[1\]\[1\]/);
    throws(() => kernels.declare('fn mean(v: Vec<f64>) -> f64'), SyntaxError, 'ERR_RUSTDLL_DECLARATION', /1:12/);
  },

  'thousands of calls, each with its own arguments'() {
    const lib = kernels.declare(
      'fn add(a: i64, b: i64) -> i64; fn sum_i64(v: &PyVec<i64>) -> i64; fn str_len(s: &PyStr) -> u32',
    );
    for (let i = 1; i <= 20_000; i++) {
      assert.equal(lib.add(i, -2 * i), -i);
      assert.equal(lib.sum_i64([i, i, 1]), 2 * i + 1);
      assert.equal(lib.str_len('x'.repeat(i % 50)), i % 50);
    }
  },
};
