/** The explicit types of the guess level: `f64(2)`, `u8([1, 2])` settle what a value alone does not tell. */

import type { ScalarName } from '../../types/scalar';

/** A value with the Rust type it is to be passed as. Made by {@link f64} and its siblings. */
export class Typed<Name extends ScalarName = ScalarName, Value = unknown> {
  /** The Rust type of the value, or of the leaves of the list. */
  readonly type: Name;
  /** A scalar, or a list of them at any depth. A list is written back as it would be without the wrapper. */
  readonly value: Value;

  readonly #brand = true;

  constructor(type: Name, value: Value) {
    this.type = type;
    this.value = value;
  }

  /** Whether `value` is one. Unlike `instanceof` it runs no code of a Proxy's. */
  static is(value: unknown): value is Typed {
    return typeof value === 'object' && value !== null && #brand in value;
  }
}

/** A list of `T`, or of such lists. */
export type Nested<T> = readonly (T | Nested<T>)[];

type Wide = number | bigint;

/** An `f64`, or a (nested) list of them: `f64(1)`, `f64([1, 2])`. */
export const f64 = <V extends number | Nested<number>>(value: V): Typed<'f64', V> => new Typed('f64', value);

/** An `f32`, rounded to the nearest; a finite number beyond its range is a RangeError at the call. */
export const f32 = <V extends number | Nested<number>>(value: V): Typed<'f32', V> => new Typed('f32', value);

/** An `i8`. */
export const i8 = <V extends number | Nested<number>>(value: V): Typed<'i8', V> => new Typed('i8', value);

/** An `i16`. */
export const i16 = <V extends number | Nested<number>>(value: V): Typed<'i16', V> => new Typed('i16', value);

/** An `i32`. */
export const i32 = <V extends number | Nested<number>>(value: V): Typed<'i32', V> => new Typed('i32', value);

/** An `i64`, from a number or a bigint. */
export const i64 = <V extends Wide | Nested<number> | Nested<bigint>>(value: V): Typed<'i64', V> =>
  new Typed('i64', value);

/** A `u8`. */
export const u8 = <V extends number | Nested<number>>(value: V): Typed<'u8', V> => new Typed('u8', value);

/** A `u16`. */
export const u16 = <V extends number | Nested<number>>(value: V): Typed<'u16', V> => new Typed('u16', value);

/** A `u32`. */
export const u32 = <V extends number | Nested<number>>(value: V): Typed<'u32', V> => new Typed('u32', value);

/** A `u64`, from a number or a bigint. */
export const u64 = <V extends Wide | Nested<number> | Nested<bigint>>(value: V): Typed<'u64', V> =>
  new Typed('u64', value);

/** An `isize`, 64 bits on every supported target. */
export const isize = <V extends Wide | Nested<number> | Nested<bigint>>(value: V): Typed<'isize', V> =>
  new Typed('isize', value);

/** A `usize`, 64 bits on every supported target. */
export const usize = <V extends Wide | Nested<number> | Nested<bigint>>(value: V): Typed<'usize', V> =>
  new Typed('usize', value);

/** A `bool`. */
export const bool = <V extends boolean | Nested<boolean>>(value: V): Typed<'bool', V> => new Typed('bool', value);
