/** Maps the text of a Rust type to the TypeScript type of its values. */

import type { ScalarName } from '../../../types/scalar';
import type { Trim } from './source';

/** The type of a function whose declaration has a parameter or result that cannot be declared. */
export interface Unsupported<T extends string> {
  readonly 'rustdll: unsupported type': T;
}

/** True if `T` is an {@link Unsupported}. */
export type IsUnsupported<T> = [T] extends [Unsupported<string>] ? true : false;

/** The scalars that are C's types. On Windows a `c_long` has 32 bits. */
interface CScalars {
  c_schar: 'i8';
  c_uchar: 'u8';
  c_short: 'i16';
  c_ushort: 'u16';
  c_int: 'i32';
  c_uint: 'u32';
  c_long: 'i64';
  c_ulong: 'u64';
  c_longlong: 'i64';
  c_ulonglong: 'u64';
  c_float: 'f32';
  c_double: 'f64';
}

/** The scalar for which one of C's names stands; any other name is unchanged. */
export type ScalarOf<N extends string> = N extends keyof CScalars ? CScalars[N] : N;

type WideName = 'i64' | 'u64' | 'isize' | 'usize';

/** The type of an argument for a scalar. */
type Scalar<N extends ScalarName> = N extends 'bool'
  ? boolean
  : N extends 'char'
    ? string
    : N extends WideName
      ? number | bigint
      : number;

/** The types of arguments for a list of scalars that Rust only reads: an array, or a view, which is not copied. */
export interface ReadLists {
  i8: readonly number[] | Int8Array;
  i16: readonly number[] | Int16Array;
  i32: readonly number[] | Int32Array;
  i64: readonly number[] | readonly bigint[] | BigInt64Array;
  u8: readonly number[] | Uint8Array | Uint8ClampedArray | DataView | ArrayBuffer;
  u16: readonly number[] | Uint16Array;
  u32: readonly number[] | Uint32Array;
  u64: readonly number[] | readonly bigint[] | BigUint64Array;
  isize: readonly number[] | readonly bigint[] | BigInt64Array;
  usize: readonly number[] | readonly bigint[] | BigUint64Array;
  f32: readonly number[] | Float32Array;
  f64: readonly number[] | Float64Array;
  bool: readonly boolean[];
  char: readonly string[];
}

/** The types of arguments for a list of scalars that Rust may write to. */
export interface WrittenLists {
  i8: number[] | Int8Array;
  i16: number[] | Int16Array;
  i32: number[] | Int32Array;
  i64: number[] | bigint[] | BigInt64Array;
  u8: number[] | Uint8Array | Uint8ClampedArray | DataView | ArrayBuffer;
  u16: number[] | Uint16Array;
  u32: number[] | Uint32Array;
  u64: number[] | bigint[] | BigUint64Array;
  isize: number[] | bigint[] | BigInt64Array;
  usize: number[] | bigint[] | BigUint64Array;
  f32: number[] | Float32Array;
  f64: number[] | Float64Array;
  bool: boolean[];
  char: string[];
}

/** The last segment of a path, such as `PyVec` of `rustdll::PyVec`; any other text is unchanged. */
export type LastSegment<T extends string> = T extends `${infer Head}::${infer R}`
  ? Trim<Head> extends `${string}${' ' | '&' | '*' | '(' | '[' | '<'}${string}`
    ? T
    : LastSegment<Trim<R>>
  : T;

/** The text between `<` and its `>`, without a trailing comma. */
export type Inside<T extends string> = Trim<T> extends `${infer R},` ? Trim<R> : Trim<T>;

/** The argument for a reference, of which `T` is the text after `&`. It is writable if it has a `mut`. */
type Reference<T extends string, Writable extends boolean = false> = T extends ` ${infer R}`
  ? Reference<R, Writable>
  : T extends `'${string} ${infer R}`
    ? Reference<R, Writable>
    : T extends `mut ${infer R}`
      ? Reference<R, true>
      : T extends `${infer Head}<${infer E}>`
        ? LastSegment<Trim<Head>> extends 'PyVec'
          ? Vec<Inside<E>, Writable>
          : Unsupported<`&${Writable extends true ? 'mut ' : ''}${T}`>
        : LastSegment<T> extends 'PyStr'
          ? string | Uint8Array
          : Unsupported<`&${Writable extends true ? 'mut ' : ''}${T}`>;

type Nullable<T extends string> = T extends `&${infer R}`
  ? Reference<R> extends infer V
    ? IsUnsupported<V> extends true
      ? V
      : V | null | undefined
    : never
  : Unsupported<`Option<${T}>`>;

/** The argument for a `PyVec<E>`. A `PyVec` by value inside it is as writable as the outer one. */
type Vec<E extends string, Writable extends boolean> =
  ScalarOf<LastSegment<E>> extends infer N extends ScalarName
    ? (Writable extends true ? WrittenLists : ReadLists)[N]
    : Element<E, Writable> extends infer V
      ? IsUnsupported<V> extends true
        ? V
        : Writable extends true
          ? V[]
          : readonly V[]
      : never;

type Element<T extends string, Writable extends boolean> = T extends `&${infer R}`
  ? Reference<R>
  : T extends `${infer Head}<${infer E}>`
    ? LastSegment<Trim<Head>> extends infer N
      ? N extends 'PyVec'
        ? Vec<Inside<E>, Writable>
        : N extends 'Option'
          ? Nullable<Inside<E>>
          : Unsupported<T>
      : never
    : LastSegment<T> extends 'PyStr'
      ? string | Uint8Array
      : Unsupported<T>;

/** The type of an argument for a parameter of type `T`, a text without comments in which all blanks are spaces. */
export type Argument<T extends string> =
  ScalarOf<LastSegment<T>> extends infer N extends ScalarName
    ? Scalar<N>
    : T extends `&${infer R}`
      ? Reference<R>
      : T extends `${infer Head}<${infer E}>`
        ? LastSegment<Trim<Head>> extends 'Option'
          ? Nullable<Inside<E>>
          : Unsupported<T>
        : Unsupported<T>;

/** The type of a result of type `T`. */
export type Result<T extends string, BigInts extends boolean> =
  ScalarOf<LastSegment<T>> extends infer N extends ScalarName
    ? N extends WideName
      ? BigInts extends true
        ? bigint
        : number
      : Scalar<N>
    : Unsupported<T>;
