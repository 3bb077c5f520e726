/** Explicit types at the guess level: `f64(2)` and `u8([1, 2])` specify what cannot be inferred from the value. */

import { inspect } from 'node:util';
import { rename } from '../../runtime/property';
import type { ScalarName } from '../../types/scalar';

/** True if a value is a {@link Typed}. Unlike `instanceof`, this and the two below run no code of the user's. */
let isTyped: (value: unknown) => value is Typed;
/** Returns the type with which a {@link Typed} was made. */
let typeOf: (typed: Typed) => ScalarName;
/** Returns the value with which a {@link Typed} was made. */
let valueOf: (typed: Typed) => unknown;

/**
 * A value with the Rust type as which it is passed. {@link f64} and the functions like it make one.
 *
 * Both are in private fields, which nothing can replace or turn into a getter. So a call reads them while its arguments
 * are in the block, without code of the user's that could make another call.
 */
export class Typed<Name extends ScalarName = ScalarName, Value = unknown> {
  readonly #type: Name;
  readonly #value: Value;

  static {
    isTyped = (value): value is Typed => typeof value === 'object' && value !== null && #type in value;
    typeOf = (typed) => typed.#type;
    valueOf = (typed) => typed.#value;
  }

  constructor(type: Name, value: Value) {
    this.#type = type;
    this.#value = value;
  }

  /** The Rust type of the value, or of the leaves of the list. */
  get type(): Name {
    return this.#type;
  }

  /** A scalar, or a list of them at any depth. A list is written back as it would be without the wrapper. */
  get value(): Value {
    return this.#value;
  }

  /** @internal It prints as it is written. The declarations do without Node's types. */
  [inspect.custom](_depth: number, options: object): string {
    // Or an object that only has the prototype.
    if (!isTyped(this)) return inspect(this, { ...options, customInspect: false });
    return `${this.#type}(${inspect(this.#value, options)})`;
  }
}

// In a bundle the class may have any other name, and `console.log` prints it.
rename(Typed, 'Typed');

export { isTyped, typeOf, valueOf };

/** A list of `T`, or of such lists. */
export type Nested<T> = readonly (T | Nested<T>)[];

/** The types of an argument for a 64-bit integer. */
type WideInput = number | bigint;

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
export const i64 = <V extends WideInput | Nested<number> | Nested<bigint>>(value: V): Typed<'i64', V> =>
  new Typed('i64', value);

/** A `u8`. */
export const u8 = <V extends number | Nested<number>>(value: V): Typed<'u8', V> => new Typed('u8', value);

/** A `u16`. */
export const u16 = <V extends number | Nested<number>>(value: V): Typed<'u16', V> => new Typed('u16', value);

/** A `u32`. */
export const u32 = <V extends number | Nested<number>>(value: V): Typed<'u32', V> => new Typed('u32', value);

/** A `u64`, from a number or a bigint. */
export const u64 = <V extends WideInput | Nested<number> | Nested<bigint>>(value: V): Typed<'u64', V> =>
  new Typed('u64', value);

/** An `isize`, 64 bits on every supported target. */
export const isize = <V extends WideInput | Nested<number> | Nested<bigint>>(value: V): Typed<'isize', V> =>
  new Typed('isize', value);

/** A `usize`, 64 bits on every supported target. */
export const usize = <V extends WideInput | Nested<number> | Nested<bigint>>(value: V): Typed<'usize', V> =>
  new Typed('usize', value);

/** A `bool`. */
export const bool = <V extends boolean | Nested<boolean>>(value: V): Typed<'bool', V> => new Typed('bool', value);
