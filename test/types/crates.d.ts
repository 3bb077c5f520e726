// The exported functions of libcrates.so. Written by `rustdll types`: edits are lost when it runs again.
/* eslint-disable */

import type { Bytes, BytesLike, Json, JsonLike, ListLike, MapLike, NdArray, NdArrayLike, RustIterator } from 'rustdll';

/** The same inside of another type. */
export declare function are_arrays_lent(
  views: ListLike<NdArrayLike<Float64Array>>,
  elements: ListLike<number> | Float64Array,
): boolean;

/** Adds one array to another one. */
export declare function array_add(to: NdArrayLike<Float64Array>, from: NdArrayLike<Float64Array>): void;

/** Sets every element to its index. */
export declare function array_count(view: NdArrayLike<Int32Array>): void;

/** The element at an index, and the number of dimensions. */
export declare function array_element(
  view: NdArrayLike<Float64Array>,
  index: ListLike<number | bigint> | BigUint64Array,
): number | null;

/**
 * Changes an array, and fails.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function array_fail(view: NdArrayLike<Float64Array>): void;

/** The rows, one after the other. */
export declare function array_rows(
  array: NdArrayLike<Float64Array>,
): RustIterator<NdArray<ReturnType<typeof Float64Array.of>, [number]>>;

/** Multiplies every element, and returns how many there are. */
export declare function array_scale(view: NdArrayLike<Float64Array>, by: number): number;

/** The sum of an array that is passed by reference. */
export declare function array_sum(array: NdArrayLike<Float64Array>): number;

/** Passes an array to a function, and returns the mean of each column of what that returns. */
export declare function array_through(
  array: NdArrayLike<Float64Array>,
  function_: (arg1: NdArray<ReturnType<typeof Float64Array.of>, [number, number]>) => NdArrayLike<Float64Array> | PromiseLike<NdArrayLike<Float64Array>>,
): NdArray<ReturnType<typeof Float64Array.of>, [number]> | null;

/** Another order of the same elements. */
export declare function array_transposed(
  view: NdArrayLike<Float64Array>,
): NdArray<ReturnType<typeof Float64Array.of>, [number, number]>;

/**
 * Returns the text that `serde_json` makes of what it makes of a text.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function by_hand(text: string): string;

/** The sum of decimals. */
export declare function decimal_sum(values: ListLike<string>): string;

/** A value as deep as that. */
export declare function deep(depth: number): Json;

/** Returns the `Array0<f64>` that it is given. */
export declare function echo_array0(value: NdArrayLike<Float64Array>): NdArray<ReturnType<typeof Float64Array.of>, []>;

/** Returns the `Array1<f64>` that it is given. */
export declare function echo_array1(
  value: NdArrayLike<Float64Array>,
): NdArray<ReturnType<typeof Float64Array.of>, [number]>;

/** Returns the `Array2<f64>` that it is given. */
export declare function echo_array2(
  value: NdArrayLike<Float64Array>,
): NdArray<ReturnType<typeof Float64Array.of>, [number, number]>;

/** Returns the `Array3<f64>` that it is given. */
export declare function echo_array3(
  value: NdArrayLike<Float64Array>,
): NdArray<ReturnType<typeof Float64Array.of>, [number, number, number]>;

/** Returns the `ArrayD<f64>` that it is given. */
export declare function echo_array_dyn(
  value: NdArrayLike<Float64Array>,
): NdArray<ReturnType<typeof Float64Array.of>, number[]>;

/** Returns the `Array2<f32>` that it is given. */
export declare function echo_array_f32(
  value: NdArrayLike<Float32Array>,
): NdArray<ReturnType<typeof Float32Array.of>, [number, number]>;

/** Returns the `Array2<i16>` that it is given. */
export declare function echo_array_i16(
  value: NdArrayLike<Int16Array>,
): NdArray<ReturnType<typeof Int16Array.of>, [number, number]>;

/** Returns the `Array2<i32>` that it is given. */
export declare function echo_array_i32(
  value: NdArrayLike<Int32Array>,
): NdArray<ReturnType<typeof Int32Array.of>, [number, number]>;

/** Returns the `Array2<i64>` that it is given. */
export declare function echo_array_i64(
  value: NdArrayLike<BigInt64Array>,
): NdArray<ReturnType<typeof BigInt64Array.of>, [number, number]>;

/** Returns the `Array2<i8>` that it is given. */
export declare function echo_array_i8(
  value: NdArrayLike<Int8Array>,
): NdArray<ReturnType<typeof Int8Array.of>, [number, number]>;

/** Returns the `ArrayString<4>` that it is given. */
export declare function echo_array_string(value: string): string;

/** Returns the `Array2<u16>` that it is given. */
export declare function echo_array_u16(
  value: NdArrayLike<Uint16Array>,
): NdArray<ReturnType<typeof Uint16Array.of>, [number, number]>;

/** Returns the `Array2<u32>` that it is given. */
export declare function echo_array_u32(
  value: NdArrayLike<Uint32Array>,
): NdArray<ReturnType<typeof Uint32Array.of>, [number, number]>;

/** Returns the `Array2<u64>` that it is given. */
export declare function echo_array_u64(
  value: NdArrayLike<BigUint64Array>,
): NdArray<ReturnType<typeof BigUint64Array.of>, [number, number]>;

/** Returns the `Array2<u8>` that it is given. */
export declare function echo_array_u8(
  value: NdArrayLike<Uint8Array | Uint8ClampedArray>,
): NdArray<Bytes, [number, number]>;

/** Returns the `ArrayVec<i32, 3>` that it is given. */
export declare function echo_array_vec(value: ListLike<number> | Int32Array): number[];

/** Returns the `ArrayVec<Url, 2>` that it is given. */
export declare function echo_array_vec_urls(value: ListLike<string>): string[];

/** Returns a view as it is. */
export declare function echo_array_view(
  view: NdArrayLike<Float64Array>,
): NdArray<ReturnType<typeof Float64Array.of>, number[]>;

/** Returns the `Vec<Option<Array2<f64>>>` that it is given. */
export declare function echo_arrays(
  value: ListLike<NdArrayLike<Float64Array> | null | undefined>,
): (NdArray<ReturnType<typeof Float64Array.of>, [number, number]> | null)[];

/** Returns the `bf16` that it is given. */
export declare function echo_bf16(value: number): number;

/** Returns what it is given, with bigints. */
export declare function echo_bigint_value(value: JsonLike): Json<bigint>;

/** Returns the `Bytes` that it is given. */
export declare function echo_bytes(value: BytesLike): Bytes;

/** Returns the `Vec<Bytes>` that it is given. */
export declare function echo_bytes_list(value: ListLike<BytesLike>): Bytes[];

/** Returns the `BytesMut` that it is given. */
export declare function echo_bytes_mut(value: BytesLike): Bytes;

/** Returns the `DateTime<Utc>` that it is given. */
export declare function echo_chrono(value: Date): Date;

/** Returns the `NaiveDate` that it is given. */
export declare function echo_chrono_date(value: string): string;

/** Returns the `Vec<Option<DateTime<Utc>>>` that it is given. */
export declare function echo_chrono_list(value: ListLike<Date | null | undefined>): (Date | null)[];

/** Returns the `NaiveDateTime` that it is given. */
export declare function echo_chrono_naive(value: string): string;

/** Returns the `DateTime<FixedOffset>` that it is given. */
export declare function echo_chrono_offset(value: string): string;

/** Returns the `NaiveTime` that it is given. */
export declare function echo_chrono_time(value: string): string;

/** Returns the `Complex<f64>` that it is given. */
export declare function echo_complex(value: Complex64): Complex64;

/** Returns the `Vec<Complex<f32>>` that it is given. */
export declare function echo_complexes(value: ListLike<Complex32>): Complex32[];

/** Returns an array that is copied when it is changed. */
export declare function echo_cow_array(
  array: NdArrayLike<Float64Array>,
): NdArray<ReturnType<typeof Float64Array.of>, [number, number]>;

/** Returns the `Decimal` that it is given. */
export declare function echo_decimal(value: string): string;

/** Returns the `Vec<Decimal>` that it is given. */
export declare function echo_decimals(value: ListLike<string>): string[];

/** Returns what it is given. */
export declare function echo_drawing(drawing: JsonLike): Json;

/** Returns the `Either<Uuid, String>` that it is given. */
export declare function echo_either(value: EitherStringString): EitherStringString;

/** Returns the `Vec<Either<bool, Vec<Either<f64, String>>>>` that it is given. */
export declare function echo_eithers(
  value: ListLike<EitherBoolVecEitherF64StringInput>,
): EitherBoolVecEitherF64String[];

/** Returns the `f16` that it is given. */
export declare function echo_f16(value: number): number;

/** Returns the `Vec<f16>` that it is given. */
export declare function echo_f16s(value: ListLike<number> | Float32Array): number[];

/** Returns the `IndexMap<String, Option<Uuid>>` that it is given. */
export declare function echo_index_map(value: MapLike<string | null | undefined>): Record<string, string | null>;

/** Returns the `IndexMap<u32, Option<Uuid>>` that it is given. */
export declare function echo_index_numbers(
  value: MapLike<string | null | undefined, number>,
): Map<number, string | null>;

/** Returns the `IndexSet<String>` that it is given. */
export declare function echo_index_set(value: ListLike<string>): string[];

/** Returns the `Json<Vec<i64>>` that it is given. */
export declare function echo_integers(value: JsonLike): Json;

/** Returns the `jiff::Timestamp` that it is given. */
export declare function echo_jiff(value: Date): Date;

/** Returns the `jiff::civil::Date` that it is given. */
export declare function echo_jiff_date(value: string): string;

/** Returns the `Vec<jiff::Timestamp>` that it is given. */
export declare function echo_jiff_list(value: ListLike<Date>): Date[];

/** Returns the `jiff::civil::DateTime` that it is given. */
export declare function echo_jiff_naive(value: string): string;

/** Returns the `jiff::Span` that it is given. */
export declare function echo_jiff_span(value: string): string;

/** Returns the `jiff::civil::Time` that it is given. */
export declare function echo_jiff_time(value: string): string;

/** Returns the `jiff::Zoned` that it is given. */
export declare function echo_jiff_zoned(value: string): string;

/** Returns the `BTreeMap<ArrayString<4>, f64>` that it is given. */
export declare function echo_map_array_string(value: MapLike<number>): Record<string, number>;

/** Returns the `BTreeMap<Url, f64>` that it is given. */
export declare function echo_map_url(value: MapLike<number>): Record<string, number>;

/** Returns the `BTreeMap<Uuid, f64>` that it is given. */
export declare function echo_map_uuid(value: MapLike<number>): Record<string, number>;

/** Returns the `Json<Vec<f64>>` that it is given. */
export declare function echo_numbers(value: JsonLike): Json;

/** Returns the `Option<Url>` that it is given. */
export declare function echo_option_url(value?: string | null | undefined): string | null;

/** Returns the `Option<Value>` that it is given. */
export declare function echo_option_value(value?: JsonLike | null | undefined): Json | null;

/** Returns the `Picture` that it is given. */
export declare function echo_picture(value: PictureInput): Picture;

/** Returns the `Series` that it is given. */
export declare function echo_series(value: SeriesInput): Series;

/** Returns the `Json<Vec<Shape>>` that it is given. */
export declare function echo_shapes(value: JsonLike): Json;

/** Returns the `ArcArray2<f64>` that it is given. */
export declare function echo_shared_array(
  value: NdArrayLike<Float64Array>,
): NdArray<ReturnType<typeof Float64Array.of>, [number, number]>;

/** Returns the `SmallVec<[f64; 2]>` that it is given. */
export declare function echo_small_vec(value: ListLike<number> | Float64Array): number[];

/** Returns the `SmallVec<[Url; 1]>` that it is given. */
export declare function echo_small_vec_urls(value: ListLike<string>): string[];

/** Returns the `String` that it is given. */
export declare function echo_text(value: string): string;

/** Returns the `Vec<String>` that it is given. */
export declare function echo_texts(value: ListLike<string>): string[];

/** Returns the `time::UtcDateTime` that it is given. */
export declare function echo_time(value: Date): Date;

/** Returns the `time::Date` that it is given. */
export declare function echo_time_date(value: string): string;

/** Returns the `Vec<time::UtcDateTime>` that it is given. */
export declare function echo_time_list(value: ListLike<Date>): Date[];

/** Returns the `time::PrimitiveDateTime` that it is given. */
export declare function echo_time_naive(value: string): string;

/** Returns the `time::OffsetDateTime` that it is given. */
export declare function echo_time_offset(value: string): string;

/** Returns the `time::Time` that it is given. */
export declare function echo_time_time(value: string): string;

/** Returns the `Url` that it is given. */
export declare function echo_url(value: string): string;

/** Returns the `Uuid` that it is given. */
export declare function echo_uuid(value: string): string;

/** Returns the `Vec<Uuid>` that it is given. */
export declare function echo_uuids(value: ListLike<string>): string[];

/** Returns the `Value` that it is given. */
export declare function echo_value(value: JsonLike): Json;

/** Returns the `Vec<Value>` that it is given. */
export declare function echo_values(value: ListLike<JsonLike>): Json[];

/** Floats that JSON may not have, in a list that is in a map. */
export declare function floats(values: ListLike<number> | Float64Array): Json;

/** True if the elements of the two are in the same memory. */
export declare function is_array_lent(
  view: NdArrayLike<Float64Array>,
  elements: ListLike<number> | Float64Array,
): boolean;

/** Tells which one it is. */
export declare function is_left(either: EitherStringString): boolean;

/** The nanoseconds since the epoch of a point in time, as each crate counts them. */
export declare function moment_nanoseconds(a: Date, b: Date, c: Date): [bigint, bigint, bigint];

/** The point in time so many nanoseconds after the epoch, as each crate has it. */
export declare function moments(nanoseconds: number | bigint): [Date, Date, Date];

/** A map whose keys are not strings. */
export declare function odd_keys(): Json;

/** A value that serde refuses to serialize. */
export declare function refused(): Json;

/** Integers of all sizes, keys that are no strings. */
export declare function sizes(): Json;

/** The same, with bigints. */
export declare function sizes_bigint(): Json<bigint>;

/** The text that `serde_json` makes of a value. */
export declare function text_of(value: JsonLike): string;

/** A complex number. */
export interface Complex64 {
  /** The real part. */
  re: number;
  /** The imaginary part. */
  im: number;
}

/** A complex number. */
export interface Complex32 {
  /** The real part. */
  re: number;
  /** The imaginary part. */
  im: number;
}

export type EitherStringString = string;

export type EitherF64String = number | string;

export type EitherBoolVecEitherF64String = boolean | EitherF64String[];

/** What can be passed as {@link EitherBoolVecEitherF64String}. */
export type EitherBoolVecEitherF64StringInput = boolean | ListLike<EitherF64String>;

/** A record of arrays. */
export interface Picture {
  /** Rows, columns, colours. */
  pixels: NdArray<Bytes, [number, number, number]>;
  /** Rows and columns. */
  mask: NdArray<Bytes, [number, number]> | null;
  /** Others. */
  channels: [NdArray<ReturnType<typeof Float32Array.of>, [number, number]>, NdArray<ReturnType<typeof Float64Array.of>, number[]>];
}

/**
 * A record of arrays.
 *
 * What can be passed as {@link Picture}.
 */
export interface PictureInput {
  /** Rows, columns, colours. */
  pixels: NdArrayLike<Uint8Array | Uint8ClampedArray>;
  /** Rows and columns. */
  mask?: NdArrayLike<Uint8Array | Uint8ClampedArray> | null | undefined;
  /** Others. */
  channels: readonly [NdArrayLike<Float32Array>, NdArrayLike<Float64Array>];
}

/** An enum, some of whose values are arrays. */
export type Series =
  /** By their name. */
  | string
  /** One after the other. */
  | NdArray<ReturnType<typeof Float64Array.of>, [number]>
  /** In rows. */
  | NdArray<ReturnType<typeof Float64Array.of>, [number, number]>;

/**
 * An enum, some of whose values are arrays.
 *
 * What can be passed as {@link Series}.
 */
export type SeriesInput =
  /** By their name. */
  | string
  /** One after the other. */
  | NdArrayLike<Float64Array>
  /** In rows. */
  | NdArrayLike<Float64Array>;
