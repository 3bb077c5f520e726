// The exported functions of libconversions.so. Written by `rustdll types`: edits are lost when it runs again.
/* eslint-disable */

import type { Branded, Bytes, BytesLike, ListLike, MapLike, RustError, RustIterator, WithoutBackground } from 'rustdll';

/** A list with such a string. */
export declare function bad_os_strings(): (string | null)[];

/** A path that is not Unicode. */
export declare function bad_path(): string;

/** Returns a `Buffer`. */
export declare function buffer(value: BytesLike): Buffer;

/** Returns a `Buffer` of so many bytes. */
export declare function buffer_of(length: number | bigint): Buffer;

/** Returns buffers. */
export declare function buffers(value: BytesLike): [Buffer | null, Record<string, Buffer>];

/** Returns numbers by a type that is passed as a number. */
export declare function by_wrapped(value: MapLike<number>): Record<string, number>;

/** A value that cannot be read. */
export declare function changed_ref_cell(): number[];

/** The components of a path. */
export declare function components(path: string, separator?: string | null | undefined): string[];

/** Returns what it is given. */
export declare function dep_echo(value: DepRecord): DepRecord;

/** The sum of the numbers, computed in a crate that the library depends on. */
export declare function dep_sum(numbers: ListLike<number> | Float64Array): number;

/** The nanoseconds of a duration. */
export declare function duration_nanoseconds(duration: number): bigint;

/** A duration of so many nanoseconds. */
export declare function duration_of(seconds: number | bigint, nanoseconds: number): number;

/** Returns the `Address<'_>` that it is given. */
export declare function echo_address(value: Email): Email;

/** Returns the `Vec<Align>` that it is given. */
export declare function echo_aligns(value: ListLike<string>): string[];

/** Returns the `Arc<Path>` that it is given. */
export declare function echo_arc_path(value: string): string;

/** Returns the `Basket` that it is given. */
export declare function echo_basket(value: BasketInput): Basket;

/** Returns the `BinaryHeap<u32>` that it is given. */
export declare function echo_binary_heap(value: ListLike<number> | Uint32Array): number[];

/** Returns the `Borrowed<'_>` that it is given. */
export declare function echo_borrowed(value: string): string;

/** Returns the `Box<[u8]>` that it is given. */
export declare function echo_boxed_bytes(value: BytesLike): Bytes;

/** Returns the `Boxed<OrderId>` that it is given. */
export declare function echo_boxed_order(value: BoxedOrderId): BoxedOrderId;

/** Returns the `Box<Path>` that it is given. */
export declare function echo_boxed_path(value: string): string;

/** Returns the `Cell<f64>` that it is given. */
export declare function echo_cell(value: number): number;

/** Returns the `Vec<Cell<f64>>` that it is given. */
export declare function echo_cells(value: ListLike<number> | Float64Array): number[];

/** Returns the `Colour` that it is given. */
export declare function echo_colour(value: Colour): Colour;

/** Returns the `Cow<[f64]>` that it is given. */
export declare function echo_cow_numbers(value: ListLike<number> | Float64Array): number[];

/** Returns the `Vec<Cow<Path>>` that it is given. */
export declare function echo_cow_paths(value: ListLike<string>): string[];

/** Returns the `Cow<[String]>` that it is given. */
export declare function echo_cow_strings(value: ListLike<string>): string[];

/** Returns the strings that it is given, which are not copied. */
export declare function echo_cow_strs(value: ListLike<string>): string[];

/** Returns the `Duration` that it is given. */
export declare function echo_duration(value: number): number;

/** Returns the `Vec<Duration>` that it is given. */
export declare function echo_durations(value: ListLike<number> | Float64Array): number[];

/** Returns the `Even` that it is given. */
export declare function echo_even(value: number): number;

/** Returns the `Vec<Even>` that it is given. */
export declare function echo_evens(value: ListLike<number> | Int32Array): number[];

/** Returns the `Forms` that it is given. */
export declare function echo_forms(value: FormsInput): Forms;

/** Returns the `IpAddr` that it is given. */
export declare function echo_ip(value: string): string;

/** Returns the `Vec<IpAddr>` that it is given. */
export declare function echo_ips(value: ListLike<string>): string[];

/** Returns the `Ipv4Addr` that it is given. */
export declare function echo_ipv4(value: string): string;

/** Returns the `Ipv6Addr` that it is given. */
export declare function echo_ipv6(value: string): string;

/** Returns the `Job` that it is given. */
export declare function echo_job(value: JobInput): Job;

/** Returns the `Vec<Job>` that it is given. */
export declare function echo_jobs(value: ListLike<JobInput>): Job[];

/** Returns the `LinkedList<String>` that it is given. */
export declare function echo_linked_list(value: ListLike<string>): string[];

/** Returns the `LinkedList<f64>` that it is given. */
export declare function echo_linked_numbers(value: ListLike<number> | Float64Array): number[];

/** Returns the `Vec<Form>` that it is given. */
export declare function echo_many_forms(value: ListLike<FormInput>): Form[];

/** Returns the `BTreeMap<Ipv4Addr, f64>` that it is given. */
export declare function echo_map_address(value: MapLike<number>): Record<string, number>;

/** Returns the `BTreeMap<bool, f64>` that it is given. */
export declare function echo_map_bool(value: MapLike<number, boolean>): Map<boolean, number>;

/** Returns the `BTreeMap<char, String>` that it is given. */
export declare function echo_map_char(value: MapLike<string>): Record<string, string>;

/** Returns the `BTreeMap<i64, String>` that it is given. */
export declare function echo_map_i64(value: MapLike<string, number | bigint>): Map<number, string>;

/** Returns the `BTreeMap<i8, String>` that it is given. */
export declare function echo_map_i8(value: MapLike<string, number>): Map<number, string>;

/** Returns the `BTreeMap<Level, f64>` that it is given. */
export declare function echo_map_level(value: MapLike<number, Level>): Partial<Record<Level, number>>;

/** Returns the `BTreeMap<NonZeroU32, f64>` that it is given. */
export declare function echo_map_non_zero(value: MapLike<number, number>): Map<number, number>;

/** Returns the `BTreeMap<u32, Vec<Duration>>` that it is given. */
export declare function echo_map_of_durations(
  value: MapLike<ListLike<number> | Float64Array, number>,
): Map<number, number[]>;

/** Returns the `BTreeMap<u32, BTreeMap<String, BTreeMap<bool, f64>>>` that it is given. */
export declare function echo_map_of_maps(
  value: MapLike<MapLike<MapLike<number, boolean>>, number>,
): Map<number, Record<string, Map<boolean, number>>>;

/** Returns the `BTreeMap<&OsStr, f64>` that it is given. */
export declare function echo_map_os_str(value: MapLike<number>): Record<string, number>;

/** Returns the `BTreeMap<OsString, f64>` that it is given. */
export declare function echo_map_os_string(value: MapLike<number>): Record<string, number>;

/** Returns the `BTreeMap<PathBuf, f64>` that it is given. */
export declare function echo_map_path(value: MapLike<number>): Record<string, number>;

/** Returns the `BTreeMap<&Path, f64>` that it is given. */
export declare function echo_map_paths(value: MapLike<number>): Record<string, number>;

/** Returns the `BTreeMap<String, f64>` that it is given. */
export declare function echo_map_string(value: MapLike<number>): Record<string, number>;

/** Returns the `BTreeMap<u128, f64>` that it is given. */
export declare function echo_map_u128(value: MapLike<number, number | bigint>): Map<bigint, number>;

/** Returns the `HashMap<u32, f64>` that it is given. */
export declare function echo_map_u32(value: MapLike<number, number>): Map<number, number>;

/** Returns the `BTreeMap<u64, String>` that it is given. */
export declare function echo_map_u64(value: MapLike<string, number | bigint>): Map<number, string>;

/** Returns the `Maybe` that it is given. */
export declare function echo_maybe(value?: string | null | undefined): string | null;

/** Returns the `Vec<Option<NonZeroU32>>` that it is given. */
export declare function echo_maybe_non_zeros(value: ListLike<number | null | undefined>): (number | null)[];

/** Returns the `Vec<Maybe>` that it is given. */
export declare function echo_maybes(value: ListLike<string | null | undefined>): (string | null)[];

/** Returns the `Mutex<Vec<f64>>` that it is given. */
export declare function echo_mutex(value: ListLike<number> | Float64Array): number[];

/** Returns the `Vec<Mutex<i64>>` that it is given. */
export declare function echo_mutexes(value: ListLike<number | bigint> | BigInt64Array): number[];

/** Returns the `BTreeMap<OrderId, String>` that it is given. */
export declare function echo_names_by_order(value: MapLike<string, OrderId>): Map<OrderId, string>;

/** Returns the `BTreeMap<Nick<'_>, u8>` that it is given. */
export declare function echo_nicks(value: MapLike<number>): Record<string, number>;

/** Returns the `NonZeroI128` that it is given. */
export declare function echo_non_zero_i128(value: number | bigint): bigint;

/** Returns the `NonZeroI64` that it is given. */
export declare function echo_non_zero_i64(value: number | bigint): number;

/** Returns the `NonZeroU32` that it is given. */
export declare function echo_non_zero_u32(value: number): number;

/** Returns the `NonZeroU64` that it is given. */
export declare function echo_non_zero_u64(value: number | bigint): number;

/** Returns the `NonZeroU8` that it is given. */
export declare function echo_non_zero_u8(value: number): number;

/** Returns the `Vec<NonZeroU32>` that it is given. */
export declare function echo_non_zeros(value: ListLike<number> | Uint32Array): number[];

/** Returns the `Option<Duration>` that it is given. */
export declare function echo_option_duration(value?: number | null | undefined): number | null;

/** Returns the `Order` that it is given. */
export declare function echo_order(value: OrderInput): Order;

/** Returns the `OrderId` that it is given. */
export declare function echo_order_id(value: OrderId): OrderId;

/** Returns the `Vec<OrderId>` that it is given. */
export declare function echo_order_ids(value: ListLike<OrderId>): OrderId[];

/** Returns the `Ordering` that it is given. */
export declare function echo_ordering(value: number): number;

/** Returns the `Vec<Ordering>` that it is given. */
export declare function echo_orderings(value: ListLike<number> | Int8Array): number[];

/** Returns the `Vec<Order>` that it is given. */
export declare function echo_orders(value: ListLike<OrderInput>): Order[];

/** Returns the `BTreeMap<String, OrderId>` that it is given. */
export declare function echo_orders_by_name(value: MapLike<OrderId>): Record<string, OrderId>;

/** Returns the `&OsStr` that it is given. */
export declare function echo_os_str(value: string): string;

/** Returns the `OsString` that it is given. */
export declare function echo_os_string(value: string): string;

/** Returns the `OrderId` that it is given. */
export declare function echo_other_order_id(value: OrderId2): OrderId2;

/** Returns the `Vec<Paint>` that it is given. */
export declare function echo_paints(value: ListLike<PaintInput>): Paint[];

/** Returns the `&Path` that it is given. */
export declare function echo_path(value: string): string;

/** Returns the `PathBuf` that it is given. */
export declare function echo_path_buf(value: string): string;

/** Returns the `Vec<PathBuf>` that it is given. */
export declare function echo_path_bufs(value: ListLike<string>): string[];

/** Returns the `Vec<&Path>` that it is given. */
export declare function echo_paths(value: ListLike<string>): string[];

/** Returns the `Range<f64>` that it is given. */
export declare function echo_range(value: readonly [number, number]): [number, number];

/** Returns the `RangeInclusive<char>` that it is given. */
export declare function echo_range_inclusive(value: readonly [string, string]): [string, string];

/** Returns the `Vec<Range<u32>>` that it is given. */
export declare function echo_ranges(value: ListLike<readonly [number, number]>): [number, number][];

/** Returns the `Rc<[u8]>` that it is given. */
export declare function echo_rc_bytes(value: BytesLike): Bytes;

/** Returns the `RefCell<String>` that it is given. */
export declare function echo_ref_cell(value: string): string;

/** Returns the `Vec<Rc<RefCell<String>>>` that it is given. */
export declare function echo_ref_cells(value: ListLike<string>): string[];

/** Returns the `Vec<Reverse<String>>` that it is given. */
export declare function echo_reverse(value: ListLike<string>): string[];

/** Returns the `Arc<RwLock<String>>` that it is given. */
export declare function echo_rw_lock(value: string): string;

/** Returns the `Vec<Samples>` that it is given. */
export declare function echo_sample_lists(value: ListLike<ListLike<number> | Float64Array>): number[][];

/** Returns the `Samples` that it is given. */
export declare function echo_samples(value: ListLike<number> | Float64Array): number[];

/** Returns the `Vec<Saturating<i32>>` that it is given. */
export declare function echo_saturating(value: ListLike<number> | Int32Array): number[];

/** Returns the `SocketAddr` that it is given. */
export declare function echo_socket(value: string): string;

/** Returns the `SocketAddrV4` that it is given. */
export declare function echo_socket_v4(value: string): string;

/** Returns the `SocketAddrV6` that it is given. */
export declare function echo_socket_v6(value: string): string;

/** Returns the `Sorted` that it is given. */
export declare function echo_sorted(value: BytesLike): Bytes;

/** Returns the `Span` that it is given. */
export declare function echo_span(value: Bounds): Bounds;

/** Returns the `Vec<Option<Span>>` that it is given. */
export declare function echo_spans(value: ListLike<Bounds | null | undefined>): (Bounds | null)[];

/** Returns the `Vec<Thread>` that it is given. */
export declare function echo_threads(value: ListLike<number> | Uint32Array): number[];

/** Returns the `[NonZeroU32; 3]` that it is given. */
export declare function echo_three_non_zeros(
  value: readonly [number, number, number] | Uint32Array,
): [number, number, number];

/** Returns the `[UserId; 3]` that it is given. */
export declare function echo_three_users(
  value: readonly [number | bigint, number | bigint, number | bigint] | BigUint64Array,
): [number, number, number];

/** Returns the `Vec<Ticket>` that it is given. */
export declare function echo_tickets(value: ListLike<string>): string[];

/** Returns the `Ticks` that it is given. */
export declare function echo_ticks(value: Ticks): Ticks;

/** Returns the `Option<Range<Duration>>` that it is given. */
export declare function echo_time_range(value?: readonly [number, number] | null | undefined): [number, number] | null;

/** Returns the `UserId` that it is given. */
export declare function echo_user(value: number | bigint): number;

/** Returns the `Vec<UserId>` that it is given. */
export declare function echo_users(value: ListLike<number | bigint> | BigUint64Array): number[];

/** Returns the `Version` that it is given. */
export declare function echo_version(value: string): string;

/** Returns the `Vec<Version>` that it is given. */
export declare function echo_versions(value: ListLike<string>): string[];

/** Returns the `BinaryHeap<String>` that it is given. */
export declare function echo_word_heap(value: ListLike<string>): string[];

/** Returns the `Wrapping<u8>` that it is given. */
export declare function echo_wrapping(value: number): number;

/** Returns the `Vec<Wrapping<u8>>` that it is given. */
export declare function echo_wrappings(value: BytesLike): Bytes;

/** Gives what JavaScript cannot pass. */
export declare function make_gauge(level: number): number;

/** Returns a map with `count` entries. */
export declare function many_entries(count: number): Map<number, number>;

/** Returns a map with `count` entries, as a `Map`. */
export declare function many_ordered(count: number): Map<string, number>;

/** Returns a map with `count` entries, as an object. */
export declare function many_properties(count: number): Record<string, number>;

/** Returns a `Map` with bigints. */
export declare function map_of_bigints(value: MapLike<number | bigint, number | bigint>): Map<bigint, bigint>;

/** Calls a function with a number. */
export declare function next_tick(ticks: Ticks, function_: (arg1: OrderId) => OrderId): [Ticks, OrderId];

/** Returns a `Map`. */
export declare function ordered_map(value: MapLike<number>): Map<string, number>;

/** Takes a text as a number, without a copy. */
export declare function parsed_length(length: string): number;

/** A value whose lock is poisoned. */
export declare function poisoned_mutex(): number;

/** Returns `Iter::new([PathBuf::from("a"), bad()].into_iter()).unbuffered()`. */
export declare function refused_after_items(): RustIterator<string>;

/** Returns `bad()`. */
export declare function refused_alone(): string;

/** Passes to a callback what cannot be passed. */
export declare function refused_argument(f: (arg1: number, arg2: string[]) => void): void;

/** Returns `vec![Bare::One("a".into()), Bare::One(bad())]`. */
export declare function refused_bare(): Bare[];

/** Returns `Bare::Named { path: bad() }`. */
export declare function refused_bare_field(): Bare;

/** Returns `Bare::Two(1, bad())`. */
export declare function refused_bare_of_two(): Bare;

/** Returns a cell that is being changed, deep inside. */
export declare function refused_cell(): number[][];

/** Returns `vec![RefCell::default(), RefCell::new(bad())]`. */
export declare function refused_cells(): string[];

/**
 * Returns `vec![Entry::default(),
 * entry(|outer|
 * {
 *     outer.children.insert("x".into(), Entry::default());
 *     outer.children.insert("y-z".into(),
 *     entry(|entry| entry.more.others = vec![Some(bad())]));
 * })]`.
 */
export declare function refused_child(): Entry[];

/** Returns `Contents::One(bad())`. */
export declare function refused_content(): Contents;

/** Returns `Contents::Named { path: bad() }`. */
export declare function refused_content_field(): Contents;

/** Returns `Contents::Two(1, bad())`. */
export declare function refused_content_of_two(): Contents;

/** Returns `vec![Even(0), Even(2), Even(3)]`. */
export declare function refused_custom(): number[];

/** Returns `vec![None, Some(Rc::new(Even(3)))]`. */
export declare function refused_customs(): (number | null)[];

/** Returns `entry(|outer| outer.dashed = Some(Box::new(entry(|entry| entry.odd = 1))))`. */
export declare function refused_dashed(): Entry;

/**
 * Returns `Err(Missing { paths: vec!["a".into(), bad()] })`.
 *
 * @throws RustError whose `data` is {@link Missing}.
 */
export declare function refused_data(): void;

/** Returns a path from deeper inside than a call's stack reaches. */
export declare function refused_deep(depth: number): Nested;

/** Returns `vec![Far(UNIX_EPOCH), far()]`. */
export declare function refused_far(): FarDto[];

/** Returns `(far().0,)`. */
export declare function refused_far_time(): [Date];

/** Returns `entry(|entry| entry.full_path = bad())`. */
export declare function refused_field(): Entry;

/** Returns `entry(|entry| entry.more.others = vec![None, Some(bad())])`. */
export declare function refused_flat(): Entry;

/** Returns `entry(|entry| entry.hidden = bad())`. */
export declare function refused_hidden(): Entry;

/** Returns `[None, Some(bad())]`. */
export declare function refused_in_array(): [string | null, string | null];

/** Returns `VecDeque::from(vec!["a".into(), bad()])`. */
export declare function refused_in_deque(): string[];

/** Returns `BinaryHeap::from([Even(2), Even(3), Even(4)])`. */
export declare function refused_in_heap(): number[];

/** Returns `LinkedList::from([Even(2), Even(3)])`. */
export declare function refused_in_linked(): number[];

/** Returns `vec!["a".into(), bad(), bad()]`. */
export declare function refused_in_list(): string[];

/** Returns `vec![vec!["a".into()], vec![], vec!["b".into(), bad()]]`. */
export declare function refused_in_lists(): string[][];

/** Returns `HashMap::from([("a b".into(), bad())])`. */
export declare function refused_in_map(): Record<string, string>;

/** Returns `BTreeMap::from([(1, "a".into()), (-7, bad())])`. */
export declare function refused_in_numbers(): Map<number, string>;

/** Returns `Even(2)..Even(3)`. */
export declare function refused_in_range(): [number, number];

/** Returns `Box::new([Even(2), Even(4), Even(5)])`. */
export declare function refused_in_slice(): number[];

/** Returns `(1, "a".into(), bad())`. */
export declare function refused_in_tuple(): [number, string, string];

/** Returns `Iter::new([vec![PathBuf::from("a"), bad()]].into_iter())`. */
export declare function refused_item(): RustIterator<string[]>;

/**
 * Does the same with one that is kept.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function refused_kept(f: (arg1: Entry, arg2: number) => void): void;

/** Returns `BTreeMap::from([(Even(2), 1), (Even(3), 2)])`. */
export declare function refused_key(): Map<number, number>;

/** Returns `vec![Mutex::new(Even(2)), Mutex::new(Even(3))]`. */
export declare function refused_locks(): number[];

/**
 * Returns `(0..1000).fold(Nested { path: Some(bad()), next: None }, |next, _| Nested
 * { path: None, next: Some(Box::new(next)), })`.
 */
export declare function refused_nested(): Nested;

/** Returns `vec![Only(Even(2)), Only(Even(1))]`. */
export declare function refused_newtype(): number[];

/** Returns `vec![Pair(1, 2, bad())]`. */
export declare function refused_pair(): Pair[];

/** Returns `BTreeMap::from([(bad(), 1)])`. */
export declare function refused_path_key(): Record<string, number>;

/** Returns `Tagged::Named { path: bad() }`. */
export declare function refused_variant_field(): Tagged;

/** Returns `Tagged::Two(1, bad())`. */
export declare function refused_variant_of_two(): Tagged;

/** Returns `vec![Tagged::Unit, Tagged::Two(1, "a".into()), Tagged::One(bad())]`. */
export declare function refused_variants(): Tagged[];

/** Returns `entry(|entry| entry.odd = 3)`. */
export declare function refused_with(): Entry;

/** Returns `Wrapping(Even(3))`. */
export declare function refused_wrapped(): number;

/**
 * The value of a `Result`.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function run_from(first: readonly [number, number | bigint], more: string): [number, number];

/**
 * Parameters and a result.
 *
 * @param again - The default is `Percent(1.0)`.
 */
export declare function scaled(percent: string, by: string, again?: string | undefined): string;

/** Returns a `Set` of bigints. */
export declare function set_of_bigints(value: ListLike<number | bigint> | BigInt64Array): Set<bigint> | null;

/** Returns a `Set` of numbers. */
export declare function set_of_i64(value: ListLike<number | bigint> | BigInt64Array): Set<number>;

/** Returns a `Set`. */
export declare function set_of_strings(value: ListLike<string>): Set<string>;

/** Returns a `Set` of bytes. */
export declare function set_of_u8(value: BytesLike): Set<number>;

/** Returns a list of sets. */
export declare function sets_of_tickets(value: ListLike<ListLike<string>>): Set<string>[];

/** Returns such a list by itself. */
export declare function shared_lock_list(): number[];

/** Returns values that several owners share. */
export declare function shared_locks(): [number[], number[], string[][]];

/** The sum of the values. */
export declare function sum_entries(value: MapLike<number, number>): number;

/** Adds them. */
export declare function sum_evens(
  first: number,
  rest: ListLike<number> | Int32Array,
  last?: number | null | undefined,
): number;

/** Tickets by their numbers, of which JavaScript has their texts. */
export declare function tickets(value: MapLike<string, number>): string[];

/** Adds the numbers. */
export declare function total(users: ListLike<number | bigint> | BigUint64Array, one: number | bigint): number;

/** True for an error of this library whose `data` is of the type {@link Missing}. */
export declare const isMissing: WithoutBackground<(error: unknown) => error is RustError<Missing, 'ERR_RUSTDLL_RUST'>>;

/** An enum whose variants hold nothing. */
export declare const Level: {
  /** Low. */
  readonly low: 'low';
  /** In between. */
  readonly 'so-so': 'so-so';
  /** High. */
  readonly 'top!': 'top!';
};

/** A record of the crate that the library depends on. */
export interface DepRecord {
  /** A number. */
  number: number;
}

/** A record and generic types with brands. */
export interface Basket {
  /** The newest one. */
  order: OrderId;
  /** Others. */
  others: OrderId[];
  /** The one before. */
  before: OrderId | null;
  /** A point in time. */
  ticks: Ticks;
}

/**
 * A record and generic types with brands.
 *
 * What can be passed as {@link Basket}.
 */
export interface BasketInput {
  /** The newest one. */
  order: OrderId;
  /** Others. */
  others: ListLike<OrderId>;
  /** The one before. */
  before?: OrderId | null | undefined;
  /** A point in time. */
  ticks: Ticks;
}

/** A generic record. */
export interface BoxedOrderId {
  /** The value. */
  value: OrderId;
}

/** A record with converted fields. */
export interface Colour {
  rgb: string;
  minContrast: string;
}

/** Values in the forms that their attributes ask for. */
export interface Forms {
  /** An object. */
  plain: Record<string, number>;
  /** A `Map`. */
  ordered: Map<string, number>;
  /** An array. */
  listed: string[];
  /** A `Set`. */
  set: Set<string>;
  /** A `Map` of `Set`s, or null. */
  deep: Map<Level, Set<number>> | null;
  /** A `Uint8Array`. */
  bytes: Bytes;
  /** A `Buffer`. */
  buffer: Buffer;
  /** A list of such. */
  buffers: Buffer[];
}

/**
 * Values in the forms that their attributes ask for.
 *
 * What can be passed as {@link Forms}.
 */
export interface FormsInput {
  /** An object. */
  plain: MapLike<number>;
  /** A `Map`. */
  ordered: MapLike<number>;
  /** An array. */
  listed: ListLike<string>;
  /** A `Set`. */
  set: ListLike<string>;
  /** A `Map` of `Set`s, or null. */
  deep?: MapLike<ListLike<number> | Uint32Array, Level> | null | undefined;
  /** A `Uint8Array`. */
  bytes: BytesLike;
  /** A `Buffer`. */
  buffer: BytesLike;
  /** A list of such. */
  buffers: ListLike<BytesLike>;
}

/** An enum whose variants hold nothing. */
export type Level =
  /** Low. */
  | 'low'
  /** In between. */
  | 'so-so'
  /** High. */
  | 'top!';

/** A record of such types. */
export interface Job {
  /** Where it is. */
  workingDirectory: string;
  /** How long it may take. */
  timeout: number | null;
  /** How often it is tried. */
  tries: number;
  /** Where it runs. */
  host: Host;
  /** The lines that it prints. */
  lines: string[];
}

/**
 * A record of such types.
 *
 * What can be passed as {@link Job}.
 */
export interface JobInput {
  /** Where it is. */
  workingDirectory: string;
  /** How long it may take. */
  timeout?: number | null | undefined;
  /** How often it is tried. */
  tries: number;
  /** Where it runs. */
  host: Host;
  /** The lines that it prints. */
  lines: ListLike<string>;
}

/** An enum of such types. */
export type Host =
  /** Here. */
  | { type: 'Local' }
  /** There. */
  | { type: 'Remote'; value: string }
  /** There, with a path. */
  | {
      type: 'Shared';
      /** At this address. */
      address: string;
      /** The path. */
      path: string;
    };

/** The same in an enum. */
export type Form =
  /** A `Set`. */
  | { type: 'Set'; value: Set<number> }
  /** A `Buffer` and a `Uint8Array`. */
  | { type: 'Bytes'; value: [Buffer, Bytes] }
  /** A `Map`. */
  | {
      type: 'Map';
      /** The map. */
      map: Map<string, Forms>;
    };

/**
 * The same in an enum.
 *
 * What can be passed as {@link Form}.
 */
export type FormInput =
  /** A `Set`. */
  | { type: 'Set'; value: ListLike<number | bigint> | BigInt64Array }
  /** A `Buffer` and a `Uint8Array`. */
  | { type: 'Bytes'; value: readonly [BytesLike, BytesLike] }
  /** A `Map`. */
  | {
      type: 'Map';
      /** The map. */
      map: MapLike<FormsInput>;
    };

/** A record with converted fields. */
export interface Order {
  unitCount: number;
  price: string;
  also: (string | null)[];
  rest: Record<string, [number, number]>;
  kind: Kind | null;
}

/**
 * A record with converted fields.
 *
 * What can be passed as {@link Order}.
 */
export interface OrderInput {
  unitCount: number;
  price: string;
  also: ListLike<string | null | undefined>;
  rest: MapLike<readonly [number, number]>;
  kind?: KindInput | null | undefined;
}

/** An enum with converted payloads. */
export type Kind =
  /** One. */
  | { type: 'One'; value: number }
  /** Two. */
  | { type: 'Two'; value: [number, string] }
  /** Named. */
  | {
      type: 'Named';
      /** Deep. */
      deep: number[];
    };

/**
 * An enum with converted payloads.
 *
 * What can be passed as {@link Kind}.
 */
export type KindInput =
  /** One. */
  | { type: 'One'; value: number }
  /** Two. */
  | { type: 'Two'; value: readonly [number, string] }
  /** Named. */
  | {
      type: 'Named';
      /** Deep. */
      deep: ListLike<number> | Int32Array;
    };

/** An enum with converted fields. */
export type Paint =
  /** One value. */
  | { type: 'Flat'; value: string }
  /** Two values. */
  | { type: 'Mixed'; value: [string, string] }
  /** A named field. */
  | {
      type: 'Named';
      /** In hexadecimal digits. */
      rgb: string;
    };

/**
 * An enum with converted fields.
 *
 * What can be passed as {@link Paint}.
 */
export type PaintInput =
  /** One value. */
  | { type: 'Flat'; value: string }
  /** Two values. */
  | { type: 'Mixed'; value: readonly [string, string] }
  /** A named field. */
  | {
      type: 'Named';
      /** In hexadecimal digits. */
      rgb: string;
    };

/** The ends of a span. */
export interface Bounds {
  from: number;
  to: number;
}

/** The same without a tag. */
export type Bare =
  /** One value. */
  | string
  /** Two. */
  | [number, string]
  /** Fields. */
  | {
      /** A path. */
      path: string;
    };

/** A record with fields of every kind. */
export interface Entry {
  /** A field that is called otherwise in JavaScript. */
  fullPath: string;
  /**
   * One with a default.
   *
   * @defaultValue `0`
   */
  size: number;
  /** One that is converted by functions. */
  odd: number;
  /** Other paths. */
  others: (string | null)[];
  /** One whose name is no identifier. */
  'a-b': Entry | null;
  /** Entries by their names. */
  children: Record<string, Entry>;
}

/** The same with the values in a property. */
export type Contents =
  /** One value. */
  | { kind: 'One'; data: string }
  /** Two. */
  | { kind: 'Two'; data: [number, string] }
  /** Fields. */
  | { kind: 'Named'; data: ContentsNamed };

export interface ContentsNamed {
  /** A path. */
  path: string;
}

/** An error with a path. */
export interface Missing {
  /** The paths that were looked at. */
  paths: string[];
}

/** A list inside of lists. */
export interface Nested {
  /** The path at the end. */
  path: string | null;
  /** The rest. */
  next: Nested | null;
}

/** What it is in JavaScript. */
export interface FarDto {
  /** The time. */
  at: Date;
}

/** A pair without names. */
export type Pair = [number, string];

/** An enum with variants of every form. */
export type Tagged =
  /** Nothing. */
  | { type: 'Unit' }
  /** One value. */
  | { type: 'One'; value: string }
  /** Two. */
  | { type: 'Two'; value: [number, string] }
  /** Fields. */
  | {
      type: 'Named';
      /** A path. */
      path: string;
    };

export type Email = Branded<string, 'Email'>;

export type OrderId = Branded<number, 'OrderId'>;

export type OrderId2 = Branded<string, 'OrderId2'>;

export type Ticks = Branded<number | bigint, 'Ticks'>;
