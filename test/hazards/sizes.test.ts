/** Lists that are nested too deep, too long, or empty. */

import { group } from '../support/hazards';

const row = group();

row(17, 'a list nested 100,000 deep', ({ declare, kernels, rustdll, throws }) => {
  const deep = { type: 'RangeError', code: 'ERR_RUSTDLL_RANGE', message: /argument 1.*deep/ } as const;
  for (const leaf of [[], [1], [1.5], ['a'], new Uint8Array(1), 'a', null]) {
    let list: unknown = leaf;
    for (let i = 0; i < 100_000; i++) list = [list];
    throws(() => kernels.sum_i64!(list), deep);
    throws(() => kernels.sum_i64!([list]), deep);
    throws(() => kernels.sum_i64!(1, list), { ...deep, message: /argument 2/ });
    throws(() => kernels.sum_i64!([[], list]), deep);
    throws(() => kernels.sum_i64!(rustdll.f64(list as never)), deep);
    const lib = declare('fn sum_f64(v: &PyVec<f64>) -> f64; fn sum_rows(v: &PyVec<&PyVec<f64>>) -> f64');
    throws(() => lib.sum_f64!(list), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
    throws(() => lib.sum_rows!(list), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
  }
  // The list has no end: each level is made when it is read.
  const endless = (): unknown[] =>
    new Proxy([0], { get: (list, key) => (key === '0' ? endless() : Reflect.get(list, key)) as unknown });
  throws(() => kernels.sum_i64!(endless()), deep);
  throws(() => kernels.sum_i64!(rustdll.i64(endless() as never)), deep);
  // A declaration nested as deep causes no stack overflow.
  const type = `${'&PyVec<'.repeat(100_000)}f64${'>'.repeat(100_000)}`;
  throws(() => declare(`fn sum_f64(v: ${type}) -> f64`), { type: 'SyntaxError', code: 'ERR_RUSTDLL_DECLARATION' });
});

row(20, 'more elements than a PyVec can have, sizes that overflow', ({ assert, declare, kernels, throws }) => {
  const lib = declare(`fn sum_f64(v: &PyVec<f64>) -> f64; fn sum_u8(v: &PyVec<u8>) -> u8; fn str_len(s: &PyStr) -> u32;
    fn hash_strs(v: &PyVec<&PyStr>) -> u64; fn hash_inline_f64_2(v: &mut PyVec<PyVec<f64>>) -> u64;
    fn descriptor_dump(v: &PyVec<f64>, out: &mut PyVec<u64>); fn add_one_nested_i64_2(v: &mut PyVec<&mut PyVec<i64>>)`);
  const range = { type: 'RangeError' } as const;
  // The system provides memory when it is first accessed, which does not happen here.
  const bytes = new Uint8Array(2 ** 32);
  for (const view of [bytes, bytes.buffer, new DataView(bytes.buffer)]) {
    throws(() => lib.sum_u8!(view), { ...range, code: 'ERR_RUSTDLL_RANGE', message: /argument 1/ });
    throws(() => kernels.sum_u8!(view), { ...range, code: 'ERR_RUSTDLL_RANGE', message: /argument 1/ });
  }
  const most = new Float64Array(bytes.buffer, 8);
  const out = [0, 0, 0];
  lib.descriptor_dump!(most, out);
  assert.equal(out[2], 2 ** 29 - 1);
  lib.descriptor_dump!(new Float64Array(bytes.buffer, 2 ** 31, 1), out);
  const [, start] = out;
  lib.descriptor_dump!(new Float64Array(bytes.buffer, 2 ** 32 - 8, 1), out);
  assert.equal(out[1]! - start!, 2 ** 31 - 8);

  // 2^32 - 1 elements are allowed, but not their bytes; or the list has fewer elements than it reports. Newer engines
  // reserve address space for all of them without using it, and the first missing element is the error.
  const promised = (length: number, list: unknown[]) =>
    new Proxy(list, { get: (target, key) => (key === 'length' ? length : (Reflect.get(target, key) as unknown)) });
  const refused = (call: () => unknown, missing: RegExp) => {
    let error: (Error & { code?: string }) | undefined;
    try {
      call();
    } catch (thrown) {
      error = thrown as Error;
    }
    const code = error?.code;
    const none = error instanceof RangeError && code === 'ERR_RUSTDLL_MEMORY';
    const fewer = error instanceof TypeError && code === 'ERR_RUSTDLL_TYPE' && missing.test(error.message);
    assert.ok(none || fewer, String(error));
  };
  for (const length of [2 ** 32 - 1, 2 ** 31, 2 ** 30 + 1]) {
    refused(() => lib.sum_f64!(promised(length, [1, 2])), /argument 1 \(v\)\[2\]/);
    throws(() => kernels.sum_f64!(promised(length, [[1, 2]])), { type: 'TypeError' });
    refused(() => lib.hash_strs!(promised(length, ['a'])), /argument 1 \(v\)\[1\]/);
    refused(() => lib.hash_inline_f64_2!(promised(length, [[1]])), /argument 1 \(v\)\[1\]/);
    refused(() => lib.add_one_nested_i64_2!(promised(length, [[1]])), /argument 1 \(v\)\[1\]/);
  }
  // The sparse arrays have the greatest possible length.
  const sparse = new Array<number>(2 ** 32 - 1);
  refused(() => lib.sum_f64!(sparse), /argument 1 \(v\)\[0\]/);
  throws(() => kernels.sum_f64!(sparse), { type: 'TypeError', message: /\[0\]/ });
  throws(() => kernels.sum_f64!([sparse]), { type: 'TypeError', message: /\[0\]\[0\]/ });
  throws(() => lib.sum_u8!(sparse), { type: 'TypeError', message: /\[0\]/ });
});

row(21, 'an empty list or string has a pointer that is aligned and not null', ({ assert, declare, kernels }) => {
  const types = ['i8', 'u16', 'i32', 'u64', 'f32', 'f64', 'bool', 'char', 'usize'];
  const aligned = (address: unknown) => assert.ok(Number(address) > 0 && Number(address) % 8 === 0, String(address));
  for (const type of types) {
    const lib = declare(
      `fn address_of(v: &PyVec<${type}>) -> usize; fn descriptor_address(v: &mut PyVec<${type}>) -> usize`,
    );
    aligned(lib.address_of!([]));
    aligned(lib.descriptor_address!([]));
  }
  aligned(declare('fn address_of(v: &PyStr) -> usize').address_of!(''));
  aligned(declare('fn address_of(v: &PyVec<&PyVec<i64>>) -> usize').address_of!([]));
  aligned(declare('fn address_of(v: &PyVec<PyStr>) -> usize').address_of!([]));
  for (const empty of [
    [],
    '',
    [[]],
    [''],
    new Uint8Array(0),
    new Float64Array(0),
    new ArrayBuffer(0),
    Buffer.alloc(0),
  ]) {
    aligned(kernels.address_of!(empty));
  }
  // The list is inside another one.
  const out = [0n, 0n, 0n, 0n];
  const inner = declare('fn element_addresses(v: &PyVec<&PyVec<u8>>, out: &mut PyVec<u64>)', { bigint: true });
  inner.element_addresses!([[], new Uint8Array(0), [1]], out);
  out.slice(0, 3).forEach(aligned);

  const lib = declare(
    `fn sum_f64(v: &PyVec<f64>) -> f64; fn str_len(s: &PyStr) -> u32; fn count_chars(s: &PyStr) -> i64;
    fn reverse_i64(v: &mut PyVec<i64>); fn upper(s: &mut PyStr); fn hash_strs(v: &PyVec<&PyStr>) -> u64; fn opt_len(v: Option<&PyVec<i64>>) -> i64`,
    {
      bigint: true,
    },
  );
  assert.ok(lib.sum_f64!([]) == 0 && lib.str_len!('') === 0 && lib.count_chars!('') === 0n);
  assert.deepEqual([lib.opt_len!([]), lib.opt_len!(null)], [0n, -1n]);
  lib.reverse_i64!([]);
  lib.upper!('');
  lib.upper!(new Uint8Array(0));
  assert.equal(lib.hash_strs!([]), lib.hash_strs!([]));
  assert.notEqual(lib.hash_strs!(['']), lib.hash_strs!([]));
});
