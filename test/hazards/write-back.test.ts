/** Lists that cannot be written back, or that would be written back twice. */

import { group } from '../support/hazards';

const row = group();

row(28, 'the same list twice where Rust may change both', ({ assert, declare, kernels, rustdll, throws }) => {
  const lib = declare(
    `fn swap_descriptors(a: &mut PyVec<i64>, b: &mut PyVec<i64>); fn add_to_f64(a: &mut PyVec<f64>, b: &PyVec<f64>);
    fn dot(a: &PyVec<f64>, b: &PyVec<f64>) -> f64; fn add_one_nested_i64_2(v: &mut PyVec<&mut PyVec<i64>>);
    fn hash_shared_i64_2(v: &PyVec<&PyVec<i64>>) -> u64; fn sum_rows(v: &PyVec<&PyVec<f64>>) -> f64;
    fn hash_inline_i64_2(v: &mut PyVec<PyVec<i64>>) -> u64`,
    { bigint: true },
  );
  const alias = { type: 'TypeError', code: 'ERR_RUSTDLL_ALIAS' } as const;
  const list = [1, 2, 3];
  throws(() => lib.swap_descriptors!(list, list), { ...alias, message: /argument 2 \(b\)/ });
  throws(() => lib.add_one_nested_i64_2!([list, [4], list]), { ...alias, message: /argument 1 \(v\)/ });
  throws(() => lib.hash_inline_i64_2!([list, list]), alias);
  throws(() => kernels.count_call_with!(list, list), { ...alias, message: /argument 2/ });
  throws(() => kernels.count_call_with!([list, list]), alias);
  throws(() => kernels.count_call_with!([list], [[5], list]), alias);
  throws(() => kernels.count_call_with!(list, rustdll.i64(list)), alias);
  assert.deepEqual(list, [1, 2, 3]);
  // Rust only reads these lists.
  assert.equal(lib.dot!(list, list), 14);
  assert.equal(lib.sum_rows!([list, list]), 12);
  assert.equal(
    lib.hash_shared_i64_2!([list, list]),
    lib.hash_shared_i64_2!([
      [1, 2, 3],
      [1, 2, 3],
    ]),
  );
  lib.add_to_f64!(list, [...list]);
  assert.deepEqual(list, [2, 4, 6]);
  // The repeated list is one of many, which have different types.
  const several = Array.from({ length: 20 }, (_, i) => [i]);
  const both = declare('fn noop(a: &mut PyVec<&mut PyVec<i64>>, b: &mut PyVec<&mut PyVec<f64>>)').noop!;
  throws(() => both(several, [[0.5], several[7]]), { ...alias, message: /argument 2/ });
  // The lists are many and equal, but distinct; then one of them is repeated.
  for (const make of [() => [7, 7, 7], (_: unknown, i: number) => [i, i], () => [0]]) {
    const many = Array.from({ length: 3000 }, make);
    lib.add_one_nested_i64_2!(many);
    const before = structuredClone(many);
    for (const [i, j] of [
      [0, 2999],
      [1, 2],
      [1500, 10],
    ] as const) {
      const twice = many.with(i, many[j]!);
      throws(() => lib.add_one_nested_i64_2!(twice), alias);
      throws(() => kernels.add_one_nested_i64_2!(twice), alias);
    }
    assert.deepEqual(many, before);
  }
});

row(29, 'a list that cannot be written back: all of it or nothing', ({ assert, declare, kernels, throws }) => {
  const lib = declare(`fn add_one_i64(v: &mut PyVec<i64>); fn add_one_nested_i64_2(v: &mut PyVec<&mut PyVec<i64>>);
    fn set_at(v: &mut PyVec<i64>, i: usize, x: i64); fn reverse_i64(v: &mut PyVec<i64>); fn add_one_u8(v: &mut PyVec<u8>);
    fn reverse_bool(v: &mut PyVec<bool>); fn next_chars(v: &mut PyVec<char>); fn add_one_u64(v: &mut PyVec<u64>);
    fn add_one_f64(v: &mut PyVec<f64>); fn count_call_with(v: &mut PyVec<i64>)`);
  const refused = { type: 'TypeError', code: 'ERR_RUSTDLL_WRITE_BACK', message: /argument 1/ } as const;
  const frozen = Object.freeze([1, 2, 3]);
  throws(() => lib.add_one_i64!(frozen), refused);
  throws(() => kernels.add_one_i64!(frozen), refused);
  // A frozen list that Rust does not change is accepted, and so are unchanged elements.
  lib.count_call_with!(frozen);
  lib.set_at!(frozen, 1, 2);
  lib.reverse_i64!(Object.freeze([5, 6, 5].map(() => 5)));
  throws(() => lib.set_at!(frozen, 2, 4), { ...refused, message: /\[2\]/ });

  const readOnly = [1, 2, 3, 4];
  Object.defineProperty(readOnly, 2, { writable: false });
  throws(() => lib.add_one_i64!(readOnly), { ...refused, message: /\[2\]/ });
  assert.deepEqual(readOnly, [1, 2, 3, 4]);
  lib.set_at!(readOnly, 3, 5);
  assert.deepEqual(readOnly, [1, 2, 3, 5]);
  lib.add_one_i64!(Object.seal(readOnly.slice()));

  // The first lists of a nest are restored if a later one refuses.
  const rows = [[1, 2], [3], Object.freeze([4])];
  throws(() => lib.add_one_nested_i64_2!(rows), refused);
  throws(() => kernels.add_one_nested_i64_2!(rows), refused);
  assert.deepEqual(rows, [[1, 2], [3], [4]]);

  const fault = new Error('the setter throws');
  const setter = (list: unknown[], index: number, error: unknown) =>
    Object.defineProperty(list, index, {
      get: () => list.length,
      set: () => {
        throw error;
      },
    });
  for (const error of [fault, new TypeError('of the setter')]) {
    const throwing = setter([1, 2, 0, 4], 2, error);
    const nest = [[10], throwing, [20]];
    assert.throws(
      () => lib.add_one_i64!(throwing),
      (thrown) => thrown === error,
    );
    assert.throws(
      () => lib.add_one_nested_i64_2!(nest),
      (thrown) => thrown === error,
    );
    assert.throws(
      () => kernels.add_one_nested_i64_2!(nest),
      (thrown) => thrown === error,
    );
    assert.deepEqual([nest[0], throwing[0], throwing[1], throwing[3], nest[2]], [[10], 1, 2, 4, [20]]);
  }
  const refusing = new Proxy([1, 2, 3], {
    set: (list, key, value) => (key === '1' ? false : Reflect.set(list, key, value)),
  });
  throws(() => lib.add_one_i64!(refusing), { type: 'TypeError' });
  assert.deepEqual([...refusing], [1, 2, 3]);

  // The results are beyond what a number holds, or the elements are of another kind.
  const limit = [1, 2 ** 53 - 1];
  throws(() => lib.add_one_i64!(limit), { type: 'RangeError', code: 'ERR_RUSTDLL_RANGE', message: /\[1\]/ });
  throws(() => kernels.add_one_i64!(limit), { type: 'RangeError', code: 'ERR_RUSTDLL_RANGE', message: /\[1\]/ });
  assert.deepEqual(limit, [1, 2 ** 53 - 1]);
  throws(() => lib.add_one_u8!(Object.freeze([1])), refused);
  throws(() => lib.reverse_bool!(Object.freeze([true, false])), refused);
  throws(() => lib.next_chars!(Object.freeze(['a'])), refused);
  throws(() => lib.add_one_u64!(Object.freeze([1n])), refused);
  throws(() => lib.add_one_f64!(Object.freeze([0.5])), refused);
  // A getter shortens the list after it was packed.
  const shortened = [1, 2, 3];
  const pair = [shortened, [0]];
  Object.defineProperty(pair[1]!, 0, { get: () => ((shortened.length = 1), 0), set: () => undefined });
  throws(() => lib.add_one_nested_i64_2!(pair), refused);
  assert.deepEqual(shortened, [1]);
});
