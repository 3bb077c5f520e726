import { charOf, isCodePoint, upperHalf, wideFromHalves } from '../../../src-ts/types/bits';
import { SCALARS } from '../../../src-ts/types/scalar';
import type { ScalarName } from '../../../src-ts/types/scalar';

const BITS: Readonly<Record<ScalarName, number>> = {
  i8: 8,
  u8: 8,
  i16: 16,
  u16: 16,
  i32: 32,
  u32: 32,
  i64: 64,
  u64: 64,
  isize: 64,
  usize: 64,
  f32: 32,
  f64: 64,
  bool: 8,
  char: 32,
};

describe.each(Object.keys(BITS) as ScalarName[])('%s', (name) => {
  const scalar = SCALARS[name];

  test('has its name, size and signedness', () => {
    expect(scalar.name).toBe(name);
    expect(8 * scalar.size).toBe(BITS[name]);
    expect(scalar.signed).toBe(/^[if]/.test(name));
  });

  test('has a view whose elements are as large', () => {
    expect(8 * scalar.size).toBe(Number(scalar.view.slice(1)));
  });
});

test.each<[ScalarName, number, number]>([
  ['i8', -128, 127],
  ['u8', 0, 255],
  ['i16', -32768, 32767],
  ['u16', 0, 65535],
  ['i32', -2147483648, 2147483647],
  ['u32', 0, 4294967295],
])('%s is from %i to %i', (name, min, max) => {
  expect(SCALARS[name]).toMatchObject({ kind: 'int', min, max });
});

describe('64-bit integers from their halves', () => {
  const INTEGERS = [
    0n,
    1n,
    -1n,
    2n ** 31n - 1n,
    2n ** 31n,
    -(2n ** 31n),
    -(2n ** 31n) - 1n,
    2n ** 32n - 1n,
    2n ** 32n,
    -(2n ** 32n),
    2n ** 53n - 1n,
    2n ** 53n,
    2n ** 53n + 1n,
    -(2n ** 53n) + 1n,
    -(2n ** 53n),
    -(2n ** 53n) - 1n,
    2n ** 63n - 1n,
    -(2n ** 63n),
    2n ** 63n,
    2n ** 64n - 1n,
  ];

  const halves = (value: bigint): [number, number] => [
    Number(BigInt.asIntN(32, value)),
    Number(BigInt.asIntN(32, value >> 32n)),
  ];

  test.each(INTEGERS)('%s', (value) => {
    for (const signed of [true, false]) {
      const exact = signed ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value);
      const expected = Number.isSafeInteger(Number(exact)) ? Number(exact) : exact;
      const result = wideFromHalves(...halves(value), signed);
      expect(typeof result).toBe(typeof expected);
      expect(result).toBe(expected);
    }
  });

  test.each(INTEGERS.filter((value) => Number.isSafeInteger(Number(value))))('and to their halves: %s', (value) => {
    const [lo, hi] = halves(value);
    expect(Number(value) | 0).toBe(lo);
    expect(upperHalf(Number(value)) | 0).toBe(hi);
  });
});

describe('char', () => {
  test.each([0, 0x41, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff])('U+%s is one', (code) => {
    expect(isCodePoint(code)).toBe(true);
    expect(charOf(String.fromCodePoint(code))).toBe(code);
  });

  test.each([0xd800, 0xdbff, 0xdc00, 0xdfff, 0x110000, 0xffffffff])('%s is none', (code) => {
    expect(isCodePoint(code)).toBe(false);
  });

  test.each(['', 'ab', '\ud800', '\udc00', '\ud800\ud800', '\udc00\ud800', '😀a', 'a😀', '😀😀', 'é'.normalize('NFD')])(
    'the string %j is none',
    (text) => {
      expect(charOf(text)).toBe(-1);
    },
  );
});
