/** What the packing code needs to know of Rust's scalar types. */

import type { ScalarName } from './types';

/**
 * How a scalar is converted: `int` fits an Int32Array's or Uint32Array's element, `wide` has 64 bits and may be a
 * bigint.
 */
export type ScalarKind = 'int' | 'wide' | 'float' | 'bool' | 'char';

/** The names of {@link Chunk}'s views. */
export type ViewName = 'i8' | 'u8' | 'i16' | 'u16' | 'i32' | 'u32' | 'i64' | 'u64' | 'f32' | 'f64';

export interface Scalar {
  readonly name: ScalarName;
  readonly kind: ScalarKind;
  /** In bytes; also the alignment. */
  readonly size: number;
  /** The view that has elements of this type. */
  readonly view: ViewName;
  readonly signed: boolean;
  /** The range of an `int`; for others 0. */
  readonly min: number;
  readonly max: number;
}

function int(name: ScalarName, size: number, view: ViewName, signed: boolean): Scalar {
  const span = 2 ** (8 * size);
  return { name, kind: 'int', size, view, signed, min: signed ? -span / 2 : 0, max: signed ? span / 2 - 1 : span - 1 };
}

function other(name: ScalarName, kind: ScalarKind, size: number, view: ViewName, signed: boolean): Scalar {
  return { name, kind, size, view, signed, min: 0, max: 0 };
}

/** Every scalar by its Rust name. `isize` and `usize` have 64 bits on every supported target. */
export const SCALARS: Readonly<Record<ScalarName, Scalar>> = {
  i8: int('i8', 1, 'i8', true),
  u8: int('u8', 1, 'u8', false),
  i16: int('i16', 2, 'i16', true),
  u16: int('u16', 2, 'u16', false),
  i32: int('i32', 4, 'i32', true),
  u32: int('u32', 4, 'u32', false),
  i64: other('i64', 'wide', 8, 'i64', true),
  u64: other('u64', 'wide', 8, 'u64', false),
  isize: other('isize', 'wide', 8, 'i64', true),
  usize: other('usize', 'wide', 8, 'u64', false),
  f32: other('f32', 'float', 4, 'f32', true),
  f64: other('f64', 'float', 8, 'f64', true),
  bool: other('bool', 'bool', 1, 'u8', false),
  char: other('char', 'char', 4, 'u32', false),
};

const TWO_32 = 4294967296;

/** A 64-bit integer from its halves, as a number when that is exact, else as a bigint. */
export function wideFromHalves(lo: number, hi: number, signed: boolean): number | bigint {
  const value = (signed ? hi | 0 : hi >>> 0) * TWO_32 + (lo >>> 0);
  if (Number.isSafeInteger(value)) return value;
  const bits = (BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0);
  return signed ? BigInt.asIntN(64, bits) : bits;
}

/** The upper 32 bits of a safe integer; the lower ones are what an Int32Array keeps of it. */
export function upperHalf(value: number): number {
  return Math.floor(value / TWO_32);
}

/** Whether `value` is a Unicode scalar value, which is what a Rust `char` must be. */
export function isScalarValue(value: number): boolean {
  return value < 0xd800 || (value > 0xdfff && value <= 0x10ffff);
}

/** The code point of a string that is one `char`, or -1. */
export function charOf(text: string): number {
  const code = text.codePointAt(0);
  if (code === undefined || text.length !== (code > 0xffff ? 2 : 1) || !isScalarValue(code)) return -1;
  return code;
}
