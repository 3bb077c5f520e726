/** What the packing code needs to know of Rust's scalar types. */

/** Rust's scalar types, by their Rust names. `char` is a string of one code point in JavaScript. */
export type ScalarName =
  'i8' | 'i16' | 'i32' | 'i64' | 'u8' | 'u16' | 'u32' | 'u64' | 'isize' | 'usize' | 'f32' | 'f64' | 'bool' | 'char';

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
