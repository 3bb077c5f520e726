/** Random values for the Rust types. */

import * as fc from 'fast-check';
import type { ScalarName } from '../../src-ts/types/scalar';

const M = Number.MAX_SAFE_INTEGER;

/** Generates integers of so many bits, often those at the bounds. */
function integers(bits: number, signed: boolean): fc.Arbitrary<number> {
  const min = signed ? -(2 ** (bits - 1)) : 0;
  const max = min + 2 ** bits - 1;
  return fc.integer({ min, max });
}

/** Generates safe integers of any size, and small ones, which are packed by other code. */
function safeIntegers(min: number): fc.Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min: Math.max(min, -100), max: 100 }),
    fc.integer({ min: Math.max(min, -(2 ** 33)), max: 2 ** 33 }),
    fc.integer({ min, max: M }),
  );
}

/** Values of each type. 64-bit integers are numbers; {@link BIGINTS} has the others. -0 is no integer here. */
export const SCALARS: Readonly<Record<ScalarName, fc.Arbitrary<unknown>>> = {
  i8: integers(8, true),
  u8: integers(8, false),
  i16: integers(16, true),
  u16: integers(16, false),
  i32: integers(32, true),
  u32: integers(32, false),
  i64: safeIntegers(-M),
  u64: safeIntegers(0),
  isize: safeIntegers(-M),
  usize: safeIntegers(0),
  f32: fc.float(),
  f64: fc.double(),
  bool: fc.boolean(),
  char: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
};

const signed = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const unsigned = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

/** The 64-bit integers as bigints. */
export const BIGINTS = { i64: signed, isize: signed, u64: unsigned, usize: unsigned } as const;

/** Well-formed strings, of all kinds of characters, with lengths around those at which packing uses other code. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary-ascii', maxLength: 700 }),
  fc.string({ unit: fc.constantFrom('a', '\xff', 'Ā', '\uffff', '😀'), maxLength: 300 }),
);

/** Strings that may have lone surrogates. */
export const units: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(0x61, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe9), fc.integer({ min: 0, max: 0xffff })), {
    maxLength: 80,
  })
  .map((codes) => String.fromCharCode(...codes));

/** Generates lists of that depth, ragged and with empty lists at every level. */
export function nested<T>(leaf: fc.Arbitrary<T>, depth: number): fc.Arbitrary<unknown[]> {
  const maxLength = depth === 1 ? 12 : 5;
  return fc.array<unknown>(depth === 1 ? leaf : nested(leaf, depth - 1), { maxLength });
}

/** Returns `list` with every leaf changed. */
export function mapLeaves(list: unknown, change: (leaf: unknown) => unknown): unknown {
  return Array.isArray(list) ? list.map((element) => mapLeaves(element, change)) : change(list);
}
