/** Calls with types that are inferred from the values. */

import assert from 'node:assert/strict';
import { bool, f32, f64, i16, i32, i64, i8, RustDLL, u16, u32, u64, u8 } from 'rustdll';
import { canonicalHash, kernels, paths, throws } from './context.mjs';

const unsigned = (result) => BigInt.asUintN(64, BigInt(result));

export default {
  'the example'() {
    const list = [1, 2, 3, 4, 5];
    new RustDLL(paths.example).test('World', list);
    assert.deepEqual(list, [6, 2, 3, 4, 5]);
  },

  'integers, and results that are none a number can hold'() {
    assert.equal(kernels.add(2, 3), 5);
    assert.equal(kernels.add(-(2 ** 53) + 1, -1), -(2n ** 53n));
    assert.equal(kernels.add(2 ** 52, 2 ** 52), 2n ** 53n);
    assert.equal(kernels.add(2 ** 52, 2 ** 52 - 1), 2 ** 53 - 1);
    assert.equal(kernels.add(-0, 0), 0);
    assert.equal(kernels.add(-(2n ** 63n), 2n ** 63n - 1n), -1);
    assert.equal(kernels.id_u64(2n ** 64n - 1n), -1);
    // The upper half of the register is undefined; compilers leave zeros or the sign there.
    assert.equal(kernels.id_i32(i32(-1)) >>> 0, 2 ** 32 - 1);
  },

  'floats, and what says that a whole number is one'() {
    for (const [wrapped, encoded] of [
      [1.5, 1.5],
      [f64(2), 2],
      [-0.5, -0.5],
      [f64(-0), -0],
      [NaN, NaN],
      [-Infinity, -Infinity],
      [Number.MIN_VALUE, Number.MIN_VALUE],
    ]) {
      const list = [0.5];
      kernels.set_at_f64(list, 0, wrapped);
      assert.ok(Object.is(list[0], encoded), `${list[0]}`);
    }
    const floats = [1, 2];
    kernels.add_one_f64(f64(floats));
    assert.deepEqual(floats, [2, 3]);
  },

  'the register or the place on the stack that each of many arguments belongs in'() {
    for (const n of [10, 14, 22, 36]) {
      const args = Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1 : -1) * (i + 1) * 1e12);
      const hash = kernels[`hash_ints_${n}`](...args);
      assert.equal(unsigned(hash), canonicalHash(...args.map((x) => ['i64', x])));
    }
    const ints = [1, -2, 3, -4, 5, -6].map((x) => ['i64', x]);
    const floats = [0.5, -1.5, 2.25, -3.125, 1e-300, -0.1, 0.1, 7.75].map((x) => ['f64', x]);
    const orders = {
      ints_then_floats: [...ints, ...floats],
      floats_then_ints: [...floats, ...ints],
      alternating_int_first: [...ints.flatMap((x, i) => [x, floats[i]]), ...floats.slice(6)],
      alternating_float_first: [...ints.flatMap((x, i) => [floats[i], x]), ...floats.slice(6)],
    };
    for (const [name, typed] of Object.entries(orders)) {
      assert.equal(unsigned(kernels[`hash_${name}`](...typed.map(([, x]) => x))), canonicalHash(...typed), name);
    }
  },

  'narrow arguments, each in its place'() {
    const wrappers = { i8, f32, bool, f64, u64, i16, u8, i32, u32, i64, u16 };
    const typed = [
      ...[
        ['i8', -1],
        ['f32', 0.5],
        ['bool', true],
        ['f64', 1.25],
        ['u64', 2n ** 64n - 1n],
        ['i16', -2],
        ['f32', -8.5],
      ],
      ...[
        ['u8', 255],
        ['f64', -0.75],
        ['i32', -3],
        ['bool', false],
        ['f64', 3],
        ['u32', 2 ** 32 - 1],
        ['f32', 2],
      ],
      ...[
        ['i64', -(2n ** 63n)],
        ['u16', 65535],
      ],
    ];
    const hash = kernels.hash_mixed_16(...typed.map(([type, x]) => wrappers[type](x)));
    assert.equal(unsigned(hash), canonicalHash(...typed));
  },

  'lists of every kind'() {
    assert.equal(kernels.sum_i64([]), 0);
    assert.equal(kernels.sum_i64([1, -2, 3]), 2);
    assert.equal(kernels.sum_i64([1n, 2n ** 62n]), 2n ** 62n + 1n);
    assert.equal(kernels.count_true([true, false, true]), 2);
    assert.equal(unsigned(kernels.hash_f64([1, 2.5])), canonicalHash(['f64', [1, 2.5]]));
    const floats = [[[1], []], [[2.5, 3]]];
    assert.equal(unsigned(kernels.hash_nested_f64_3(floats)), canonicalHash(['f64', floats]));
    const ints = [[[[[1, 2], []]]]];
    assert.equal(unsigned(kernels.hash_nested_i64_5(ints)), canonicalHash(['i64', ints]));
    assert.equal(kernels.join_len(['a', 'é', '']), 3);
    const long = Array.from({ length: 100_000 }, (_, i) => i);
    assert.equal(kernels.sum_i64(long), 4999950000);
  },

  'all kinds in one call'() {
    const v = [1, 2];
    const w = [0.5, 1];
    assert.equal(kernels.mixed_guess('né', -5, 2.9, v, true, w), 3 - 10 + 6 + 12 + 5 + 6);
    assert.deepEqual(
      [v, w],
      [
        [2, 3],
        [1.5, 2],
      ],
    );
  },

  'what no guess can be made of'() {
    const cycle = [];
    cycle.push(cycle);
    // eslint-disable-next-line no-sparse-arrays -- a hole is what is tested
    const wrong = [null, undefined, {}, () => 1, Symbol('s'), [1, 'a'], [1, , 2], [[1], 2], new Date(), new Map()];
    for (const value of wrong) throws(() => kernels.sum_i64(value), TypeError, 'ERR_RUSTDLL_TYPE', /argument 1/);
    throws(() => kernels.sum_i64(1, [[[1], [2, null]]]), TypeError, 'ERR_RUSTDLL_TYPE', /argument 2\[0\]\[1\]\[1\]/);
    throws(() => kernels.add(2 ** 53), RangeError, 'ERR_RUSTDLL_RANGE', /BigInt/);
    throws(() => kernels.add(2n ** 64n), RangeError, 'ERR_RUSTDLL_RANGE');
    throws(() => kernels.sum_i64(cycle), TypeError, 'ERR_RUSTDLL_TYPE', /contains itself/);
    throws(() => kernels.id_u8(u8(256)), RangeError, 'ERR_RUSTDLL_RANGE');
  },
};
