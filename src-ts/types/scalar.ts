/** Rust's scalar types as data, and the rule of what each of them accepts. */

import { charOf } from './bits';

/** Rust's scalar types, by their Rust names. `char` is a string of one code point in JavaScript. */
export type ScalarName =
  'i8' | 'i16' | 'i32' | 'i64' | 'u8' | 'u16' | 'u32' | 'u64' | 'isize' | 'usize' | 'f32' | 'f64' | 'bool' | 'char';

/**
 * The way in which a scalar is converted: `int` fits an element of an Int32Array or Uint32Array, `wide` has 64 bits and
 * may be a bigint.
 */
export type ScalarKind = 'int' | 'wide' | 'float' | 'bool' | 'char';

/** The names of {@link Chunk}'s views. */
export type ViewName = 'i8' | 'u8' | 'i16' | 'u16' | 'i32' | 'u32' | 'i64' | 'u64' | 'f32' | 'f64';

/** The values that a type accepts, and the words for them. */
export interface Rule {
  readonly name: string;
  /** The way in which a value is converted. A `huge` integer has 128 bits, and is no scalar. */
  readonly kind: ScalarKind | 'huge';
  /** In bytes. */
  readonly size: number;
  readonly signed: boolean;
  /** The range of an `int`; for others 0. */
  readonly min: number;
  readonly max: number;
  /** The accepted values in words: `an integer (i32)`. */
  readonly expected: string;
}

export interface Scalar extends Rule {
  readonly name: ScalarName;
  readonly kind: ScalarKind;
  /** The view that has elements of this type. */
  readonly view: ViewName;
}

function int(name: ScalarName, size: number, view: ViewName, signed: boolean): Scalar {
  const span = 2 ** (8 * size);
  const [min, max] = signed ? [-span / 2, span / 2 - 1] : [0, span - 1];
  return { name, kind: 'int', size, view, signed, min, max, expected: `an integer (${name})` };
}

function wide(name: ScalarName, view: ViewName, signed: boolean): Scalar {
  return { name, kind: 'wide', size: 8, view, signed, min: 0, max: 0, expected: `an integer (${name})` };
}

function float(name: ScalarName, size: number, view: ViewName): Scalar {
  return { name, kind: 'float', size, view, signed: true, min: 0, max: 0, expected: `a number (${name})` };
}

function other(name: 'bool' | 'char', size: number, view: ViewName, expected: string): Scalar {
  return { name, kind: name, size, view, signed: false, min: 0, max: 0, expected };
}

/** Every scalar by its Rust name. `isize` and `usize` have 64 bits on every supported target. */
export const SCALARS: Readonly<Record<ScalarName, Scalar>> = {
  i8: int('i8', 1, 'i8', true),
  u8: int('u8', 1, 'u8', false),
  i16: int('i16', 2, 'i16', true),
  u16: int('u16', 2, 'u16', false),
  i32: int('i32', 4, 'i32', true),
  u32: int('u32', 4, 'u32', false),
  i64: wide('i64', 'i64', true),
  u64: wide('u64', 'u64', false),
  isize: wide('isize', 'i64', true),
  usize: wide('usize', 'u64', false),
  f32: float('f32', 4, 'f32'),
  f64: float('f64', 8, 'f64'),
  bool: other('bool', 1, 'u8', 'a boolean'),
  char: other('char', 4, 'u32', 'a string of one code point (char)'),
};

/** The rule of a 128-bit integer, which is no {@link Scalar}: it has no register and no view. */
export function hugeRule(signed: boolean): Rule {
  const name = signed ? 'i128' : 'u128';
  return { name, kind: 'huge', size: 16, signed, min: 0, max: 0, expected: `an integer (${name})` };
}

/** The reason for refusing a value: its `type`, its `range`, or that a number so large may have lost `digits`. */
export type Misfit = 'type' | 'range' | 'digits';

/**
 * Tests a value against the rule of a type; returns null if the type accepts it. The loops that pack values make the
 * same tests in quicker ways, and call this for the reason if a value fails.
 */
export function misfit({ kind, size, signed, min, max }: Rule, value: unknown): Misfit | null {
  switch (kind) {
    case 'int':
      if (!isInteger(value)) return 'type';
      return value < min || value > max ? 'range' : null;
    case 'wide':
    case 'huge':
      if (typeof value === 'bigint') {
        return (signed ? BigInt.asIntN(8 * size, value) : BigInt.asUintN(8 * size, value)) === value ? null : 'range';
      }
      if (!isInteger(value)) return 'type';
      if (!Number.isSafeInteger(value)) return 'digits';
      return value < 0 && !signed ? 'range' : null;
    case 'float':
      if (typeof value !== 'number') return 'type';
      // A finite number that an f32 rounds to infinity is refused; infinity itself is accepted.
      return size === 4 && Number.isFinite(value) && !Number.isFinite(Math.fround(value)) ? 'range' : null;
    case 'bool':
      return typeof value === 'boolean' ? null : 'type';
    case 'char':
      return typeof value === 'string' && charOf(value) >= 0 ? null : 'type';
  }
}

function isInteger(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value);
}
