/** Lists that Rust changes, and lists in which the changes cannot be stored. */

import assert from 'node:assert/strict';
import { declared, kernels, throws } from './context.mjs';

export default {
  'numbers stay numbers, bigints bigints, booleans booleans'() {
    const lists = {
      add_one_i64: [
        [1, -1],
        [1n, 2n ** 62n],
      ],
      add_one_f64: [[1.5, 2]],
      not_all: [[true, false]],
    };
    const expected = {
      add_one_i64: [
        [2, 0],
        [2n, 2n ** 62n + 1n],
      ],
      add_one_f64: [[2.5, 3]],
      not_all: [[false, true]],
    };
    for (const [name, given] of Object.entries(lists)) {
      for (const list of given) kernels[name](list);
      assert.deepEqual(given, expected[name]);
    }
  },

  'every type of element'() {
    for (const type of ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'isize', 'usize', 'f32', 'f64']) {
      const list = [1, 2, 3];
      declared(`fn add_one_${type}(v: &mut PyVec<${type}>)`)(list);
      assert.deepEqual(list, [2, 3, 4], type);
    }
    const chars = ['a', 'z', '語'];
    declared('fn next_chars(v: &mut PyVec<char>)')(chars);
    assert.deepEqual(chars, ['b', '{', '誟']);
  },

  'nested lists'() {
    const rows = [[1, 2], [], [3]];
    kernels.add_one_nested_i64_2(rows);
    assert.deepEqual(rows, [[2, 3], [], [4]]);
    const deep = [[[[0.5]], [[1.5, 2]]]];
    declared('fn add_one_nested_f64_4(v: &mut PyVec<&mut PyVec<&mut PyVec<&mut PyVec<f64>>>>)')(deep);
    assert.deepEqual(deep, [[[[1.5]], [[2.5, 3]]]]);
  },

  'only what changed is stored'() {
    const stored = [];
    const list = new Proxy([1, 2, 3], {
      set: (target, key, value) => (stored.push([key, value]), Reflect.set(target, key, value)),
      defineProperty: (target, key, descriptor) => Reflect.defineProperty(target, key, descriptor),
    });
    declared('fn set_at_i64(v: &mut PyVec<i64>, i: usize, x: i64)')(list, 1, 7);
    assert.deepEqual(stored, [['1', 7]]);
  },

  'what is only lent to read is not stored'() {
    const frozen = Object.freeze([1, 2]);
    assert.equal(declared('fn sum_i64(v: &PyVec<i64>) -> i64')(frozen), 3);
  },

  'all or nothing'() {
    const frozen = Object.freeze([1.5, 2.5]);
    throws(() => kernels.add_one_f64(frozen), TypeError, 'ERR_RUSTDLL_WRITE_BACK');
    assert.deepEqual(frozen, [1.5, 2.5]);
    const rows = [[1], [2], Object.freeze([3])];
    throws(() => kernels.add_one_nested_i64_2(rows), TypeError, 'ERR_RUSTDLL_WRITE_BACK');
    assert.deepEqual(rows, [[1], [2], [3]]);
  },

  'a large list'() {
    const list = Array.from({ length: 300_000 }, (_, i) => i);
    kernels.add_one_i64(list);
    assert.ok(list.every((x, i) => x === i + 1));
  },

  'one list twice'() {
    const row = [1, 2];
    throws(() => kernels.add_one_nested_i64_2([row, row]), TypeError, 'ERR_RUSTDLL_ALIAS');
    assert.deepEqual(row, [1, 2]);
  },
};
