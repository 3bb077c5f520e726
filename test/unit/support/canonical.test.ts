import { canonicalBytes, fnv1a, hashOf, hashOfAll, utf8Bytes } from '../../support/canonical';

// The writer that the other tests compare Rust with, against known values.

test('FNV-1a', () => {
  expect(fnv1a([])).toBe(0xcbf29ce484222325n);
  expect(fnv1a(Buffer.from('a'))).toBe(0xaf63dc4c8601ec8cn);
  expect(fnv1a(Buffer.from('foobar'))).toBe(0x85944171f73967e8n);
});

test.each([
  ['i8', -2, [0xfe]],
  ['u8', 255, [0xff]],
  ['i16', -2, [0xfe, 0xff]],
  ['u16', 0x1234, [0x34, 0x12]],
  ['i32', -(2 ** 31), [0, 0, 0, 0x80]],
  ['u32', 0xdeadbeef, [0xef, 0xbe, 0xad, 0xde]],
  ['i64', -1, new Array(8).fill(0xff)],
  ['i64', -(2n ** 63n), [0, 0, 0, 0, 0, 0, 0, 0x80]],
  ['u64', 2n ** 64n - 2n, [0xfe, ...new Array<number>(7).fill(0xff)]],
  ['usize', 1, [1, 0, 0, 0, 0, 0, 0, 0]],
  ['isize', 2 ** 40, [0, 0, 0, 0, 0, 1, 0, 0]],
  ['f32', 1, [0, 0, 0x80, 0x3f]],
  ['f64', -0, [0, 0, 0, 0, 0, 0, 0, 0x80]],
  ['bool', true, [1]],
  ['char', 'é', [0xe9, 0, 0, 0]],
  ['u8', [97, 98], [2, 0, 0, 0, 97, 98]],
  ['u8', [[7], []], [2, 0, 0, 0, 1, 0, 0, 0, 7, 0, 0, 0, 0]],
  ['u8', [new Uint8Array([7])], [1, 0, 0, 0, 1, 0, 0, 0, 7]],
  ['str', 'ab', [2, 0, 0, 0, 97, 98]],
  ['str', ['é'], [1, 0, 0, 0, 2, 0, 0, 0, 0xc3, 0xa9]],
] as const)('%s %p', (leaf, value, bytes) => {
  expect(canonicalBytes(leaf, value)).toEqual(bytes);
  expect(hashOf(leaf, value)).toBe(fnv1a(bytes));
});

test('UTF-8', () => {
  for (const text of ['', 'a\0b', '\x7f\x80\u07ff\u0800\uffff', '😀\u{10ffff}']) {
    expect(utf8Bytes(text)).toEqual([...Buffer.from(text)]);
  }
});

test('several arguments', () => {
  expect(hashOfAll(['i8', 'f32'], [-1, 1])).toBe(fnv1a([0xff, 0, 0, 0x80, 0x3f]));
});
