// The exported functions of libtypes.so. Written by `rustdll types`: edits are lost when it runs again.
/* eslint-disable */

import type {
  Bytes,
  BytesLike,
  CallOptions,
  Json,
  JsonLike,
  ListLike,
  MapLike,
  NdArray,
  NdArrayLike,
  RustIterator,
  RustStream,
} from 'rustdll';

/** Adds one to each element. */
export declare function change_array(values: number[] | Int32Array): void;

/** Adds one to each element if there is a list. */
export declare function change_option(values?: number[] | Int32Array | null | undefined): void;

/** Adds one to each element. */
export declare function change_slice(values: number[] | Int32Array): void;

/** Adds one to each element of each list. */
export declare function change_slices(values: (number[] | Int32Array)[]): void;

/** Adds one to each element of each list. */
export declare function change_vec(values: (number[] | Int32Array)[]): void;

/** The elements of an iterable. */
export declare function collect(values: Iterable<number>): number[];

/**
 * The elements of an asynchronous iterable.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function collect_later(
  values: AsyncIterable<number> | Iterable<number>,
  options?: CallOptions,
): Promise<number[]>;

/** Returns the `Arc<i32>` that it is given. */
export declare function echo_arc(value: number): number;

/** Returns a list of `Arc<i32>` that it is given. */
export declare function echo_arc_in_list(value: ListLike<number> | Int32Array): number[];

/** Returns the `Arc<str>` that it is given. */
export declare function echo_arc_str(value: string): string;

/** Returns a list of `Arc<str>` that it is given. */
export declare function echo_arc_str_in_list(value: ListLike<string>): string[];

/** Returns the `[i32; 3]` that it is given. */
export declare function echo_array(value: readonly [number, number, number] | Int32Array): [number, number, number];

/** Returns the `Array1<f64>` that it is given. */
export declare function echo_array_1(
  value: NdArrayLike<Float64Array>,
): NdArray<ReturnType<typeof Float64Array.of>, [number]>;

/** Returns a list of `Array1<f64>` that it is given. */
export declare function echo_array_1_in_list(
  value: ListLike<NdArrayLike<Float64Array>>,
): NdArray<ReturnType<typeof Float64Array.of>, [number]>[];

/** Returns the `Array2<f64>` that it is given. */
export declare function echo_array_2(
  value: NdArrayLike<Float64Array>,
): NdArray<ReturnType<typeof Float64Array.of>, [number, number]>;

/** Returns a list of `Array2<f64>` that it is given. */
export declare function echo_array_2_in_list(
  value: ListLike<NdArrayLike<Float64Array>>,
): NdArray<ReturnType<typeof Float64Array.of>, [number, number]>[];

/** Returns the `Array6<f64>` that it is given. */
export declare function echo_array_6(
  value: NdArrayLike<Float64Array>,
): NdArray<ReturnType<typeof Float64Array.of>, [number, number, number, number, number, number]>;

/** Returns a list of `Array6<f64>` that it is given. */
export declare function echo_array_6_in_list(
  value: ListLike<NdArrayLike<Float64Array>>,
): NdArray<ReturnType<typeof Float64Array.of>, [number, number, number, number, number, number]>[];

/** Returns the `ArrayD<f64>` that it is given. */
export declare function echo_array_d(
  value: NdArrayLike<Float64Array>,
): NdArray<ReturnType<typeof Float64Array.of>, number[]>;

/** Returns a list of `ArrayD<f64>` that it is given. */
export declare function echo_array_d_in_list(
  value: ListLike<NdArrayLike<Float64Array>>,
): NdArray<ReturnType<typeof Float64Array.of>, number[]>[];

/** Returns a list of `[i32; 3]` that it is given. */
export declare function echo_array_in_list(
  value: ListLike<readonly [number, number, number] | Int32Array>,
): [number, number, number][];

/** Returns the `ArrayString<4>` that it is given. */
export declare function echo_array_string(value: string): string;

/** Returns a list of `ArrayString<4>` that it is given. */
export declare function echo_array_string_in_list(value: ListLike<string>): string[];

/** Returns the `ArrayVec<i32, 3>` that it is given. */
export declare function echo_array_vec(value: ListLike<number> | Int32Array): number[];

/** Returns a list of `ArrayVec<i32, 3>` that it is given. */
export declare function echo_array_vec_in_list(value: ListLike<ListLike<number> | Int32Array>): number[][];

/** Returns the `ArrayView2<f64>` that it is given. */
export declare function echo_array_view(
  value: NdArrayLike<Float64Array>,
): NdArray<ReturnType<typeof Float64Array.of>, [number, number]>;

/** Returns a list of `ArrayView2<f64>` that it is given. */
export declare function echo_array_view_in_list(
  value: ListLike<NdArrayLike<Float64Array>>,
): NdArray<ReturnType<typeof Float64Array.of>, [number, number]>[];

/** Returns the `BTreeMap<String, i32>` that it is given. */
export declare function echo_b_tree_map(value: MapLike<number>): Record<string, number>;

/** Returns a list of `BTreeMap<String, i32>` that it is given. */
export declare function echo_b_tree_map_in_list(value: ListLike<MapLike<number>>): Record<string, number>[];

/** Returns the `BTreeSet<i32>` that it is given. */
export declare function echo_b_tree_set(value: ListLike<number> | Int32Array): number[];

/** Returns a list of `BTreeSet<i32>` that it is given. */
export declare function echo_b_tree_set_in_list(value: ListLike<ListLike<number> | Int32Array>): number[][];

/** Returns the `bf16` that it is given. */
export declare function echo_bf16(value: number): number;

/** Returns a list of `bf16` that it is given. */
export declare function echo_bf16_in_list(value: ListLike<number> | Float32Array): number[];

/** Returns the `BinaryHeap<i32>` that it is given. */
export declare function echo_binary_heap(value: ListLike<number> | Int32Array): number[];

/** Returns a list of `BinaryHeap<i32>` that it is given. */
export declare function echo_binary_heap_in_list(value: ListLike<ListLike<number> | Int32Array>): number[][];

/** Returns the `bool` that it is given. */
export declare function echo_bool(value: boolean): boolean;

/** Returns a list of `bool` that it is given. */
export declare function echo_bool_in_list(value: ListLike<boolean>): boolean[];

/** Returns the `BTreeMap<bool, i32>` that it is given. */
export declare function echo_bool_map(value: MapLike<number, boolean>): Map<boolean, number>;

/** Returns a list of `BTreeMap<bool, i32>` that it is given. */
export declare function echo_bool_map_in_list(value: ListLike<MapLike<number, boolean>>): Map<boolean, number>[];

/** Returns the `Box<i32>` that it is given. */
export declare function echo_box(value: number): number;

/** Returns a list of `Box<i32>` that it is given. */
export declare function echo_box_in_list(value: ListLike<number> | Int32Array): number[];

/** Returns the `Box<[i32]>` that it is given. */
export declare function echo_box_slice(value: ListLike<number> | Int32Array): number[];

/** Returns a list of `Box<[i32]>` that it is given. */
export declare function echo_box_slice_in_list(value: ListLike<ListLike<number> | Int32Array>): number[][];

/** Returns the `Box<str>` that it is given. */
export declare function echo_box_str(value: string): string;

/** Returns a list of `Box<str>` that it is given. */
export declare function echo_box_str_in_list(value: ListLike<string>): string[];

/** Returns the `[u8; 3]` that it is given. */
export declare function echo_byte_array(value: BytesLike): Bytes;

/** Returns a list of `[u8; 3]` that it is given. */
export declare function echo_byte_array_in_list(value: ListLike<BytesLike>): Bytes[];

/** Returns the `&[u8]` that it is given. */
export declare function echo_byte_slice(value: BytesLike): Bytes;

/** Returns a list of `&[u8]` that it is given. */
export declare function echo_byte_slice_in_list(value: ListLike<BytesLike>): Bytes[];

/** Returns the `Vec<u8>` that it is given. */
export declare function echo_byte_vec(value: BytesLike): Bytes;

/** Returns a list of `Vec<u8>` that it is given. */
export declare function echo_byte_vec_in_list(value: ListLike<BytesLike>): Bytes[];

/** Returns the `Bytes` that it is given. */
export declare function echo_bytes(value: BytesLike): Bytes;

/** Returns a list of `Bytes` that it is given. */
export declare function echo_bytes_in_list(value: ListLike<BytesLike>): Bytes[];

/** Returns the `BytesMut` that it is given. */
export declare function echo_bytes_mut(value: BytesLike): Bytes;

/** Returns a list of `BytesMut` that it is given. */
export declare function echo_bytes_mut_in_list(value: ListLike<BytesLike>): Bytes[];

/** Returns the `Cell<i32>` that it is given. */
export declare function echo_cell(value: number): number;

/** Returns a list of `Cell<i32>` that it is given. */
export declare function echo_cell_in_list(value: ListLike<number> | Int32Array): number[];

/** Returns the `char` that it is given. */
export declare function echo_char(value: string): string;

/** Returns a list of `char` that it is given. */
export declare function echo_char_in_list(value: ListLike<string>): string[];

/** Returns the `NaiveDate` that it is given. */
export declare function echo_chrono_date(value: string): string;

/** Returns a list of `NaiveDate` that it is given. */
export declare function echo_chrono_date_in_list(value: ListLike<string>): string[];

/** Returns the `NaiveDateTime` that it is given. */
export declare function echo_chrono_naive(value: string): string;

/** Returns a list of `NaiveDateTime` that it is given. */
export declare function echo_chrono_naive_in_list(value: ListLike<string>): string[];

/** Returns the `DateTime<FixedOffset>` that it is given. */
export declare function echo_chrono_offset(value: string): string;

/** Returns a list of `DateTime<FixedOffset>` that it is given. */
export declare function echo_chrono_offset_in_list(value: ListLike<string>): string[];

/** Returns the `NaiveTime` that it is given. */
export declare function echo_chrono_time(value: string): string;

/** Returns a list of `NaiveTime` that it is given. */
export declare function echo_chrono_time_in_list(value: ListLike<string>): string[];

/** Returns the `DateTime<Utc>` that it is given. */
export declare function echo_chrono_utc(value: Date): Date;

/** Returns a list of `DateTime<Utc>` that it is given. */
export declare function echo_chrono_utc_in_list(value: ListLike<Date>): Date[];

/** Returns the `Complex<f64>` that it is given. */
export declare function echo_complex(value: Complex64): Complex64;

/** Returns a list of `Complex<f64>` that it is given. */
export declare function echo_complex_in_list(value: ListLike<Complex64>): Complex64[];

/** Returns the `Cow<[i32]>` that it is given. */
export declare function echo_cow(value: ListLike<number> | Int32Array): number[];

/** Returns a list of `Cow<[i32]>` that it is given. */
export declare function echo_cow_in_list(value: ListLike<ListLike<number> | Int32Array>): number[][];

/** Returns the `Cow<str>` that it is given. */
export declare function echo_cow_str(value: string): string;

/** Returns a list of `Cow<str>` that it is given. */
export declare function echo_cow_str_in_list(value: ListLike<string>): string[];

/** Returns the `Decimal` that it is given. */
export declare function echo_decimal(value: string): string;

/** Returns a list of `Decimal` that it is given. */
export declare function echo_decimal_in_list(value: ListLike<string>): string[];

/** Returns the `Duration` that it is given. */
export declare function echo_duration(value: number): number;

/** Returns a list of `Duration` that it is given. */
export declare function echo_duration_in_list(value: ListLike<number> | Float64Array): number[];

/** Returns the `Either<i32, String>` that it is given. */
export declare function echo_either(value: EitherI32String): EitherI32String;

/** Returns a list of `Either<i32, String>` that it is given. */
export declare function echo_either_in_list(value: ListLike<EitherI32String>): EitherI32String[];

/** Returns the `Shape` that it is given. */
export declare function echo_enum(value: ShapeInput): Shape;

/** Returns a list of `Shape` that it is given. */
export declare function echo_enum_in_list(value: ListLike<ShapeInput>): Shape[];

/** Returns the `f16` that it is given. */
export declare function echo_f16(value: number): number;

/** Returns a list of `f16` that it is given. */
export declare function echo_f16_in_list(value: ListLike<number> | Float32Array): number[];

/** Returns the `f32` that it is given. */
export declare function echo_f32(value: number): number;

/** Returns a list of `f32` that it is given. */
export declare function echo_f32_in_list(value: ListLike<number> | Float32Array): number[];

/** Returns the `f64` that it is given. */
export declare function echo_f64(value: number): number;

/** Returns a list of `f64` that it is given. */
export declare function echo_f64_in_list(value: ListLike<number> | Float64Array): number[];

/** Returns the `HashMap<String, i32>` that it is given. */
export declare function echo_hash_map(value: MapLike<number>): Record<string, number>;

/** Returns a list of `HashMap<String, i32>` that it is given. */
export declare function echo_hash_map_in_list(value: ListLike<MapLike<number>>): Record<string, number>[];

/** Returns the `HashSet<i32>` that it is given. */
export declare function echo_hash_set(value: ListLike<number> | Int32Array): number[];

/** Returns a list of `HashSet<i32>` that it is given. */
export declare function echo_hash_set_in_list(value: ListLike<ListLike<number> | Int32Array>): number[][];

/** Returns the `i128` that it is given. */
export declare function echo_i128(value: number | bigint): bigint;

/** Returns a list of `i128` that it is given. */
export declare function echo_i128_in_list(value: ListLike<number | bigint>): bigint[];

/** Returns the `i16` that it is given. */
export declare function echo_i16(value: number): number;

/** Returns a list of `i16` that it is given. */
export declare function echo_i16_in_list(value: ListLike<number> | Int16Array): number[];

/** Returns the `i32` that it is given. */
export declare function echo_i32(value: number): number;

/** Returns a list of `i32` that it is given. */
export declare function echo_i32_in_list(value: ListLike<number> | Int32Array): number[];

/** Returns the `i64` that it is given. */
export declare function echo_i64(value: number | bigint): number;

/** Returns a list of `i64` that it is given. */
export declare function echo_i64_in_list(value: ListLike<number | bigint> | BigInt64Array): number[];

/** Returns the `i8` that it is given. */
export declare function echo_i8(value: number): number;

/** Returns a list of `i8` that it is given. */
export declare function echo_i8_in_list(value: ListLike<number> | Int8Array): number[];

/** Returns the `IndexMap<String, i32>` that it is given. */
export declare function echo_index_map(value: MapLike<number>): Record<string, number>;

/** Returns a list of `IndexMap<String, i32>` that it is given. */
export declare function echo_index_map_in_list(value: ListLike<MapLike<number>>): Record<string, number>[];

/** Returns the `IndexSet<i32>` that it is given. */
export declare function echo_index_set(value: ListLike<number> | Int32Array): number[];

/** Returns a list of `IndexSet<i32>` that it is given. */
export declare function echo_index_set_in_list(value: ListLike<ListLike<number> | Int32Array>): number[][];

/** Returns the `IpAddr` that it is given. */
export declare function echo_ip(value: string): string;

/** Returns a list of `IpAddr` that it is given. */
export declare function echo_ip_in_list(value: ListLike<string>): string[];

/** Returns the `Ipv4Addr` that it is given. */
export declare function echo_ipv4(value: string): string;

/** Returns a list of `Ipv4Addr` that it is given. */
export declare function echo_ipv4_in_list(value: ListLike<string>): string[];

/** Returns the `Ipv6Addr` that it is given. */
export declare function echo_ipv6(value: string): string;

/** Returns a list of `Ipv6Addr` that it is given. */
export declare function echo_ipv6_in_list(value: ListLike<string>): string[];

/** Returns the `isize` that it is given. */
export declare function echo_isize(value: number | bigint): number;

/** Returns a list of `isize` that it is given. */
export declare function echo_isize_in_list(value: ListLike<number | bigint> | BigInt64Array): number[];

/** Returns the `jiff::civil::Date` that it is given. */
export declare function echo_jiff_date(value: string): string;

/** Returns a list of `jiff::civil::Date` that it is given. */
export declare function echo_jiff_date_in_list(value: ListLike<string>): string[];

/** Returns the `jiff::civil::DateTime` that it is given. */
export declare function echo_jiff_naive(value: string): string;

/** Returns a list of `jiff::civil::DateTime` that it is given. */
export declare function echo_jiff_naive_in_list(value: ListLike<string>): string[];

/** Returns the `jiff::Span` that it is given. */
export declare function echo_jiff_span(value: string): string;

/** Returns a list of `jiff::Span` that it is given. */
export declare function echo_jiff_span_in_list(value: ListLike<string>): string[];

/** Returns the `jiff::civil::Time` that it is given. */
export declare function echo_jiff_time(value: string): string;

/** Returns a list of `jiff::civil::Time` that it is given. */
export declare function echo_jiff_time_in_list(value: ListLike<string>): string[];

/** Returns the `jiff::Timestamp` that it is given. */
export declare function echo_jiff_timestamp(value: Date): Date;

/** Returns a list of `jiff::Timestamp` that it is given. */
export declare function echo_jiff_timestamp_in_list(value: ListLike<Date>): Date[];

/** Returns the `jiff::Zoned` that it is given. */
export declare function echo_jiff_zoned(value: string): string;

/** Returns a list of `jiff::Zoned` that it is given. */
export declare function echo_jiff_zoned_in_list(value: ListLike<string>): string[];

/** Returns the `Json<(i32, Vec<String>)>` that it is given. */
export declare function echo_json(value: JsonLike): Json;

/** Returns a list of `Json<(i32, Vec<String>)>` that it is given. */
export declare function echo_json_in_list(value: ListLike<JsonLike>): Json[];

/** Returns the `Level` that it is given. */
export declare function echo_level(value: Level): Level;

/** Returns a list of `Level` that it is given. */
export declare function echo_level_in_list(value: ListLike<Level>): Level[];

/** Returns the `LinkedList<i32>` that it is given. */
export declare function echo_linked_list(value: ListLike<number> | Int32Array): number[];

/** Returns a list of `LinkedList<i32>` that it is given. */
export declare function echo_linked_list_in_list(value: ListLike<ListLike<number> | Int32Array>): number[][];

/** Returns the `Mutex<i32>` that it is given. */
export declare function echo_mutex(value: number): number;

/** Returns a list of `Mutex<i32>` that it is given. */
export declare function echo_mutex_in_list(value: ListLike<number> | Int32Array): number[];

/** Returns the `NonZeroI128` that it is given. */
export declare function echo_non_zero_i128(value: number | bigint): bigint;

/** Returns a list of `NonZeroI128` that it is given. */
export declare function echo_non_zero_i128_in_list(value: ListLike<number | bigint>): bigint[];

/** Returns the `NonZeroI16` that it is given. */
export declare function echo_non_zero_i16(value: number): number;

/** Returns a list of `NonZeroI16` that it is given. */
export declare function echo_non_zero_i16_in_list(value: ListLike<number> | Int16Array): number[];

/** Returns the `NonZeroI32` that it is given. */
export declare function echo_non_zero_i32(value: number): number;

/** Returns a list of `NonZeroI32` that it is given. */
export declare function echo_non_zero_i32_in_list(value: ListLike<number> | Int32Array): number[];

/** Returns the `NonZeroI64` that it is given. */
export declare function echo_non_zero_i64(value: number | bigint): number;

/** Returns a list of `NonZeroI64` that it is given. */
export declare function echo_non_zero_i64_in_list(value: ListLike<number | bigint> | BigInt64Array): number[];

/** Returns the `NonZeroI8` that it is given. */
export declare function echo_non_zero_i8(value: number): number;

/** Returns a list of `NonZeroI8` that it is given. */
export declare function echo_non_zero_i8_in_list(value: ListLike<number> | Int8Array): number[];

/** Returns the `NonZeroIsize` that it is given. */
export declare function echo_non_zero_isize(value: number | bigint): number;

/** Returns a list of `NonZeroIsize` that it is given. */
export declare function echo_non_zero_isize_in_list(value: ListLike<number | bigint> | BigInt64Array): number[];

/** Returns the `NonZeroU128` that it is given. */
export declare function echo_non_zero_u128(value: number | bigint): bigint;

/** Returns a list of `NonZeroU128` that it is given. */
export declare function echo_non_zero_u128_in_list(value: ListLike<number | bigint>): bigint[];

/** Returns the `NonZeroU16` that it is given. */
export declare function echo_non_zero_u16(value: number): number;

/** Returns a list of `NonZeroU16` that it is given. */
export declare function echo_non_zero_u16_in_list(value: ListLike<number> | Uint16Array): number[];

/** Returns the `NonZeroU32` that it is given. */
export declare function echo_non_zero_u32(value: number): number;

/** Returns a list of `NonZeroU32` that it is given. */
export declare function echo_non_zero_u32_in_list(value: ListLike<number> | Uint32Array): number[];

/** Returns the `NonZeroU64` that it is given. */
export declare function echo_non_zero_u64(value: number | bigint): number;

/** Returns a list of `NonZeroU64` that it is given. */
export declare function echo_non_zero_u64_in_list(value: ListLike<number | bigint> | BigUint64Array): number[];

/** Returns the `NonZeroU8` that it is given. */
export declare function echo_non_zero_u8(value: number): number;

/** Returns a list of `NonZeroU8` that it is given. */
export declare function echo_non_zero_u8_in_list(value: BytesLike): Bytes;

/** Returns the `NonZeroUsize` that it is given. */
export declare function echo_non_zero_usize(value: number | bigint): number;

/** Returns a list of `NonZeroUsize` that it is given. */
export declare function echo_non_zero_usize_in_list(value: ListLike<number | bigint> | BigUint64Array): number[];

/** Returns the `HashMap<u8, i32>` that it is given. */
export declare function echo_number_hash_map(value: MapLike<number, number>): Map<number, number>;

/** Returns a list of `HashMap<u8, i32>` that it is given. */
export declare function echo_number_hash_map_in_list(value: ListLike<MapLike<number, number>>): Map<number, number>[];

/** Returns the `Option<i32>` that it is given. */
export declare function echo_option(value?: number | null | undefined): number | null;

/** Returns a list of `Option<i32>` that it is given. */
export declare function echo_option_in_list(value: ListLike<number | null | undefined>): (number | null)[];

/** Returns the `Ordering` that it is given. */
export declare function echo_ordering(value: number): number;

/** Returns a list of `Ordering` that it is given. */
export declare function echo_ordering_in_list(value: ListLike<number> | Int8Array): number[];

/** Returns the `&OsStr` that it is given. */
export declare function echo_os_str(value: string): string;

/** Returns a list of `&OsStr` that it is given. */
export declare function echo_os_str_in_list(value: ListLike<string>): string[];

/** Returns the `OsString` that it is given. */
export declare function echo_os_string(value: string): string;

/** Returns a list of `OsString` that it is given. */
export declare function echo_os_string_in_list(value: ListLike<string>): string[];

/** Returns the `&Path` that it is given. */
export declare function echo_path(value: string): string;

/** Returns the `PathBuf` that it is given. */
export declare function echo_path_buf(value: string): string;

/** Returns a list of `PathBuf` that it is given. */
export declare function echo_path_buf_in_list(value: ListLike<string>): string[];

/** Returns a list of `&Path` that it is given. */
export declare function echo_path_in_list(value: ListLike<string>): string[];

/** Returns the `Range<u32>` that it is given. */
export declare function echo_range(value: readonly [number, number]): [number, number];

/** Returns a list of `Range<u32>` that it is given. */
export declare function echo_range_in_list(value: ListLike<readonly [number, number]>): [number, number][];

/** Returns the `RangeInclusive<char>` that it is given. */
export declare function echo_range_inclusive(value: readonly [string, string]): [string, string];

/** Returns a list of `RangeInclusive<char>` that it is given. */
export declare function echo_range_inclusive_in_list(value: ListLike<readonly [string, string]>): [string, string][];

/** Returns the `Rc<Vec<i32>>` that it is given. */
export declare function echo_rc(value: ListLike<number> | Int32Array): number[];

/** Returns a list of `Rc<Vec<i32>>` that it is given. */
export declare function echo_rc_in_list(value: ListLike<ListLike<number> | Int32Array>): number[][];

/** Returns the `Rc<str>` that it is given. */
export declare function echo_rc_str(value: string): string;

/** Returns a list of `Rc<str>` that it is given. */
export declare function echo_rc_str_in_list(value: ListLike<string>): string[];

/** Returns the `Point` that it is given. */
export declare function echo_record(value: PointInput): Point;

/** Returns a list of `Point` that it is given. */
export declare function echo_record_in_list(value: ListLike<PointInput>): Point[];

/** Returns the `RefCell<i32>` that it is given. */
export declare function echo_ref_cell(value: number): number;

/** Returns a list of `RefCell<i32>` that it is given. */
export declare function echo_ref_cell_in_list(value: ListLike<number> | Int32Array): number[];

/** Returns the value to which a reference points. */
export declare function echo_reference(value: number): number;

/** Returns the `Reverse<i32>` that it is given. */
export declare function echo_reverse(value: number): number;

/** Returns a list of `Reverse<i32>` that it is given. */
export declare function echo_reverse_in_list(value: ListLike<number> | Int32Array): number[];

/** Returns the `RwLock<i32>` that it is given. */
export declare function echo_rw_lock(value: number): number;

/** Returns a list of `RwLock<i32>` that it is given. */
export declare function echo_rw_lock_in_list(value: ListLike<number> | Int32Array): number[];

/** Returns the `Saturating<i32>` that it is given. */
export declare function echo_saturating(value: number): number;

/** Returns a list of `Saturating<i32>` that it is given. */
export declare function echo_saturating_in_list(value: ListLike<number> | Int32Array): number[];

/** Returns the `Signal` that it is given. */
export declare function echo_signal(value: Signal): Signal;

/** Returns a list of `Signal` that it is given. */
export declare function echo_signal_in_list(value: ListLike<Signal>): Signal[];

/** Returns the `&[i32]` that it is given. */
export declare function echo_slice(value: ListLike<number> | Int32Array): number[];

/** Returns a list of `&[i32]` that it is given. */
export declare function echo_slice_in_list(value: ListLike<ListLike<number> | Int32Array>): number[][];

/** Returns the `Complex<f32>` that it is given. */
export declare function echo_small_complex(value: Complex32): Complex32;

/** Returns a list of `Complex<f32>` that it is given. */
export declare function echo_small_complex_in_list(value: ListLike<Complex32>): Complex32[];

/** Returns the `SmallVec<[i32; 2]>` that it is given. */
export declare function echo_small_vec(value: ListLike<number> | Int32Array): number[];

/** Returns a list of `SmallVec<[i32; 2]>` that it is given. */
export declare function echo_small_vec_in_list(value: ListLike<ListLike<number> | Int32Array>): number[][];

/** Returns the `SocketAddr` that it is given. */
export declare function echo_socket(value: string): string;

/** Returns a list of `SocketAddr` that it is given. */
export declare function echo_socket_in_list(value: ListLike<string>): string[];

/** Returns the `SocketAddrV4` that it is given. */
export declare function echo_socket_v4(value: string): string;

/** Returns a list of `SocketAddrV4` that it is given. */
export declare function echo_socket_v4_in_list(value: ListLike<string>): string[];

/** Returns the `SocketAddrV6` that it is given. */
export declare function echo_socket_v6(value: string): string;

/** Returns a list of `SocketAddrV6` that it is given. */
export declare function echo_socket_v6_in_list(value: ListLike<string>): string[];

/** Returns the `&str` that it is given. */
export declare function echo_str(value: string): string;

/** Returns a list of `&str` that it is given. */
export declare function echo_str_in_list(value: ListLike<string>): string[];

/** Returns the `String` that it is given. */
export declare function echo_string(value: string): string;

/** Returns a list of `String` that it is given. */
export declare function echo_string_in_list(value: ListLike<string>): string[];

/** Returns the `SystemTime` that it is given. */
export declare function echo_system_time(value: Date): Date;

/** Returns a list of `SystemTime` that it is given. */
export declare function echo_system_time_in_list(value: ListLike<Date>): Date[];

/** Returns the `time::Date` that it is given. */
export declare function echo_time_date(value: string): string;

/** Returns a list of `time::Date` that it is given. */
export declare function echo_time_date_in_list(value: ListLike<string>): string[];

/** Returns the `time::PrimitiveDateTime` that it is given. */
export declare function echo_time_naive(value: string): string;

/** Returns a list of `time::PrimitiveDateTime` that it is given. */
export declare function echo_time_naive_in_list(value: ListLike<string>): string[];

/** Returns the `time::OffsetDateTime` that it is given. */
export declare function echo_time_offset(value: string): string;

/** Returns a list of `time::OffsetDateTime` that it is given. */
export declare function echo_time_offset_in_list(value: ListLike<string>): string[];

/** Returns the `time::Time` that it is given. */
export declare function echo_time_time(value: string): string;

/** Returns a list of `time::Time` that it is given. */
export declare function echo_time_time_in_list(value: ListLike<string>): string[];

/** Returns the `time::UtcDateTime` that it is given. */
export declare function echo_time_utc(value: Date): Date;

/** Returns a list of `time::UtcDateTime` that it is given. */
export declare function echo_time_utc_in_list(value: ListLike<Date>): Date[];

/** Returns the `(i32, String)` that it is given. */
export declare function echo_tuple(value: readonly [number, string]): [number, string];

/** Returns a list of `(i32, String)` that it is given. */
export declare function echo_tuple_in_list(value: ListLike<readonly [number, string]>): [number, string][];

/** Returns the `Color` that it is given. */
export declare function echo_tuple_struct(value: ColorInput): Color;

/** Returns a list of `Color` that it is given. */
export declare function echo_tuple_struct_in_list(value: ListLike<ColorInput>): Color[];

/** Returns the `(u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, bool)` that it is given. */
export declare function echo_twelve(
  value: readonly [number, number, number, number, number, number, number, number, number, number, number, boolean],
): [number, number, number, number, number, number, number, number, number, number, number, boolean];

/** Returns a list of `(u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, bool)` that it is given. */
export declare function echo_twelve_in_list(
  value: ListLike<readonly [number, number, number, number, number, number, number, number, number, number, number, boolean]>,
): [number, number, number, number, number, number, number, number, number, number, number, boolean][];

/** Returns the `TypedArray<i32>` that it is given. */
export declare function echo_typed_array(value: Int32Array): ReturnType<typeof Int32Array.of>;

/** Returns a list of `TypedArray<i32>` that it is given. */
export declare function echo_typed_array_in_list(value: ListLike<Int32Array>): ReturnType<typeof Int32Array.of>[];

/** Returns the `u128` that it is given. */
export declare function echo_u128(value: number | bigint): bigint;

/** Returns a list of `u128` that it is given. */
export declare function echo_u128_in_list(value: ListLike<number | bigint>): bigint[];

/** Returns the `u16` that it is given. */
export declare function echo_u16(value: number): number;

/** Returns a list of `u16` that it is given. */
export declare function echo_u16_in_list(value: ListLike<number> | Uint16Array): number[];

/** Returns the `u32` that it is given. */
export declare function echo_u32(value: number): number;

/** Returns a list of `u32` that it is given. */
export declare function echo_u32_in_list(value: ListLike<number> | Uint32Array): number[];

/** Returns the `u64` that it is given. */
export declare function echo_u64(value: number | bigint): number;

/** Returns a list of `u64` that it is given. */
export declare function echo_u64_in_list(value: ListLike<number | bigint> | BigUint64Array): number[];

/** Returns the `u8` that it is given. */
export declare function echo_u8(value: number): number;

/** Returns a list of `u8` that it is given. */
export declare function echo_u8_in_list(value: BytesLike): Bytes;

/** Returns the `Cell` that it is given. */
export declare function echo_untagged(value: CellInput): Cell;

/** Returns a list of `Cell` that it is given. */
export declare function echo_untagged_in_list(value: ListLike<CellInput>): Cell[];

/** Returns the `Url` that it is given. */
export declare function echo_url(value: string): string;

/** Returns a list of `Url` that it is given. */
export declare function echo_url_in_list(value: ListLike<string>): string[];

/** Returns the `usize` that it is given. */
export declare function echo_usize(value: number | bigint): number;

/** Returns a list of `usize` that it is given. */
export declare function echo_usize_in_list(value: ListLike<number | bigint> | BigUint64Array): number[];

/** Returns the `Uuid` that it is given. */
export declare function echo_uuid(value: string): string;

/** Returns a list of `Uuid` that it is given. */
export declare function echo_uuid_in_list(value: ListLike<string>): string[];

/** Returns the `Value` that it is given. */
export declare function echo_value(value: JsonLike): Json;

/** Returns a list of `Value` that it is given. */
export declare function echo_value_in_list(value: ListLike<JsonLike>): Json[];

/** Returns the `Vec<i32>` that it is given. */
export declare function echo_vec(value: ListLike<number> | Int32Array): number[];

/** Returns the `VecDeque<i32>` that it is given. */
export declare function echo_vec_deque(value: ListLike<number> | Int32Array): number[];

/** Returns a list of `VecDeque<i32>` that it is given. */
export declare function echo_vec_deque_in_list(value: ListLike<ListLike<number> | Int32Array>): number[][];

/** Returns a list of `Vec<i32>` that it is given. */
export declare function echo_vec_in_list(value: ListLike<ListLike<number> | Int32Array>): number[][];

/** Returns the `Version` that it is given. */
export declare function echo_version(value: string): string;

/** Returns a list of `Version` that it is given. */
export declare function echo_version_in_list(value: ListLike<string>): string[];

/** Returns the `Wrapping<i32>` that it is given. */
export declare function echo_wrapping(value: number): number;

/** Returns a list of `Wrapping<i32>` that it is given. */
export declare function echo_wrapping_in_list(value: ListLike<number> | Int32Array): number[];

/** The elements one by one. */
export declare function iterate(values: ListLike<number> | Int32Array): RustIterator<number>;

/** Returns nothing. */
export declare function nothing(): void;

/**
 * Returns the value, and fails if it is negative.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function positive(value: number): number;

/** The elements one by one, each in its time. */
export declare function stream(values: ListLike<number> | Int32Array): RustStream<number>;

/** An enum whose variants have no data. */
export declare const Level: {
  /** The lower one. */
  readonly Low: 'Low';
  /** The higher one. */
  readonly High: 'High';
};

/** The same as numbers. */
export declare const Signal: {
  /** By the terminal. */
  readonly Hangup: 1;
  /** For good. */
  readonly Kill: 9;
};

/** A complex number. */
export interface Complex64 {
  /** The real part. */
  re: number;
  /** The imaginary part. */
  im: number;
}

export type EitherI32String = number | string;

/** An enum. */
export type Shape =
  /** With fields. */
  | {
      type: 'Circle';
      /** In pixels. */
      radius: number;
    }
  /** With a value. */
  | { type: 'Square'; value: number }
  /** With values. */
  | { type: 'Rect'; value: [number, number] }
  /** With nothing. */
  | { type: 'Empty' };

/**
 * An enum.
 *
 * What can be passed as {@link Shape}.
 */
export type ShapeInput =
  /** With fields. */
  | {
      type: 'Circle';
      /** In pixels. */
      radius: number;
    }
  /** With a value. */
  | { type: 'Square'; value: number }
  /** With values. */
  | { type: 'Rect'; value: readonly [number, number] }
  /** With nothing. */
  | { type: 'Empty' };

/** An enum whose variants have no data. */
export type Level =
  /** The lower one. */
  | 'Low'
  /** The higher one. */
  | 'High';

/** A struct. */
export interface Point {
  /** To the right. */
  x: number;
  /** What to write beside it. */
  label: string | null;
}

/**
 * A struct.
 *
 * What can be passed as {@link Point}.
 */
export interface PointInput {
  /** To the right. */
  x: number;
  /** What to write beside it. */
  label?: string | null | undefined;
}

/** The same as numbers. */
export type Signal =
  /** By the terminal. */
  | 1
  /** For good. */
  | 9;

/** A complex number. */
export interface Complex32 {
  /** The real part. */
  re: number;
  /** The imaginary part. */
  im: number;
}

/** A tuple struct. */
export type Color = [number, number, number];

/**
 * A tuple struct.
 *
 * What can be passed as {@link Color}.
 */
export type ColorInput = readonly [number, number, number];

/** An enum without a tag. */
export type Cell =
  /** Nothing. */
  | null
  /** A number. */
  | number
  /** A text. */
  | string
  /** Cells. */
  | Cell[];

/**
 * An enum without a tag.
 *
 * What can be passed as {@link Cell}.
 */
export type CellInput =
  /** Nothing. */
  | null
  /** A number. */
  | number
  /** A text. */
  | string
  /** Cells. */
  | readonly CellInput[] | (Iterable<CellInput> & { readonly buffer?: never; readonly charAt?: never });
