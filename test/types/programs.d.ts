// The exported functions of libprograms.so. Written by `rustdll types`: edits are lost when it runs again.
/* eslint-disable */

import type {
  Background,
  Branded,
  Bytes,
  BytesLike,
  CallOptions,
  Json,
  JsonLike,
  ListLike,
  MapLike,
  NdArray,
  NdArrayLike,
  RustError,
  RustIterator,
  RustObject,
  RustStream,
  WithoutBackground,
} from 'rustdll';

/** How long ago it was; null if it is yet to come. */
export declare function age(at: Date, now: Date): number | null;

/**
 * Returns the newest release that fits.
 *
 * @throws RustError whose `data` is {@link NoRelease}.
 */
export declare function bestRelease(releases: ListLike<ReleaseInput>, wanted: string): Release;

/** The mean of each pixel and those around it. */
export declare function blur(
  image: NdArrayLike<Uint8Array | Uint8ClampedArray>,
  options: BlurOptions,
): NdArray<Bytes, [number, number, number]>;

/** Returns the box around features; none if there are none. */
export declare function boundsOf(features: ListLike<FeatureInput>): [number, number, number, number] | null;

/** How many events there were on each day. */
export declare function byDay(events: ListLike<EventInput>): Record<string, number>;

/** The events by which one they are. */
export declare function byId(events: ListLike<EventInput>): Record<string, Event>;

/** Returns versions by the first of their numbers. */
export declare function byMajor(versions: ListLike<string>): Map<number, Set<string>>;

/** Returns what a function makes of a token. */
export declare function callWithToken(function_: (arg1: string) => string): string;

/** Returns what it is given, or what a function of the same crate makes. */
export declare function combined(existing?: CombinedInput | null | undefined): Combined;

/**
 * Copies a file. Returns the number of bytes.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function copyFile(from: string, to: string): number;

/**
 * Returns the times of downloads, of the versions that there are.
 *
 * @param least - The default is `null`.
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function countDownloads(downloads: MapLike<number>, least?: string | null | undefined): number;

/** So many days. */
export declare function days(from: string, count: number | bigint): RustIterator<string>;

/** Returns what it is given. */
export declare function dep_echo(value: DepRecord): DepRecord;

/** The sum of the numbers, computed in a crate that the library depends on. */
export declare function dep_sum(numbers: ListLike<number> | Float64Array): number;

/** Compares two texts by lines. */
export declare function diffLines(old: string, new_: string, options: DiffOptions): Change[];

/** Returns the `Any` that it is given. */
export declare function echoAny(value: AnyInput): Any;

/** Returns the `HashMap<String, Vec<u8>>` that it is given. */
export declare function echoBytesMap(value: MapLike<BytesLike>): Record<string, Bytes>;

/** Returns the `Converted` that it is given. */
export declare function echoConverted(value: ConvertedInput): Converted;

/** Returns the `[i32; 4]` that it is given. */
export declare function echoFour(
  value: readonly [number, number, number, number] | Int32Array,
): [number, number, number, number];

/** The numbers of limits. */
export declare function echoLimits(value: LimitsInput): Limits<bigint>;

/** Returns the `Named` that it is given. */
export declare function echoNamed(value: NamedInput): Named;

/** Returns the `Nested<String, usize>` that it is given. */
export declare function echoNested(value: NestedStringUsizeInput): NestedStringUsize;

/** Returns the `Nested<u8, Only<Vec<bool>>>` that it is given. */
export declare function echoNestedNumbers(value: NestedU8VecBoolInput): NestedU8VecBool;

/** Returns the `Only<String>` that it is given. */
export declare function echoOnly(value: string): string;

/** Returns the `Only<u8>` that it is given. */
export declare function echoOnlyNumber(value: number): number;

/** Returns the `Sparse<u8>` that it is given. */
export declare function echoSparse(value: SparseU8Input): SparseU8;

/** Returns the token, or another one. */
export declare function echoToken(token?: string | null | undefined): string;

/** Returns the tokens. */
export declare function echoTokens(tokens: TokensInput): Tokens;

/** Returns the `Tree` that it is given. */
export declare function echoTree(value: TreeInput): Tree;

/** Returns the `Tuple` that it is given. */
export declare function echoTuple(value: TupleInput): Tuple;

/** Returns the `Two<String, usize>` that it is given. */
export declare function echoTwo(value: TwoStringUsizeInput): TwoStringUsize;

/** Makes the bytes of a frame. */
export declare function encodePacket(packet: PacketInput): Buffer;

/**
 * Fails in this way.
 *
 * @throws RustError whose `data` is {@link Failure}.
 */
export declare function fail(way: number): void;

/**
 * Fails with any error.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function failBoxed(): void;

/**
 * Fails with a chain of reasons.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function failChain(): void;

/**
 * Fails with one of several reasons that have a type.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function failContext(way: number): void;

/**
 * Fails in a function of JavaScript's.
 *
 * @throws RustError whose `data` is {@link Failure}.
 */
export declare function failIn(function_: () => number): number;

/**
 * Fails in this way, later.
 *
 * @throws RustError whose `data` is {@link Failure}.
 */
export declare function failLater(way: number, options?: CallOptions): Promise<void>;

/**
 * Fails with an object, which arrives as a message.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function failObject(code: number): void;

/**
 * Fails with a record.
 *
 * @throws RustError whose `data` is {@link Rich}.
 */
export declare function failRich(code: number): void;

/**
 * Fails with an error that others share.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function failShared(): void;

/**
 * Fails with a text.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function failText(text: string): void;

/**
 * Fails with a record that has one.
 *
 * @throws RustError whose `data` is {@link WithObject}.
 */
export declare function failWithObject(code: number): void;

/** An error is a value too. */
export declare function failureValue(failure?: FailureInput | null | undefined): Failure;

/** The events for which a function says so. */
export declare function filterEvents(events: ListLike<EventInput>, keep: (arg1: Event) => boolean): Event[];

/** The mean of the channels. */
export declare function grayscale(
  image: NdArrayLike<Uint8Array | Uint8ClampedArray>,
): NdArray<ReturnType<typeof Float32Array.of>, [number, number]>;

/** Returns the features of each value of a property. */
export declare function groupFeatures(features: ListLike<FeatureInput>, property: string): Record<string, Feature[]>;

/** The hosts of addresses. */
export declare function hosts(urls: ListLike<string>): string[];

/** Inverts an image where it is. */
export declare function invert(image: NdArrayLike<Uint8Array | Uint8ClampedArray>): void;

/** Merges the properties of two objects; of two other values it takes the second. */
export declare function merge(first: JsonLike, second: JsonLike): Json;

/** Returns the configuration with what it lacks. */
export declare function normalize(config: JsonLike): Json;

/**
 * Reads a configuration from a text.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function parseConfig(text: string): Json;

/** Reads a document. */
export declare function parseMarkdown(text: string): Block[];

/**
 * Reads addresses.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function parseUrls(texts: ListLike<string>): string[];

/**
 * Reads a configuration from a file.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function readConfig(path: string): Json;

/** What was paid. */
export declare function revenue(events: ListLike<EventInput>): string;

/**
 * Returns the columns of numbers, by their places.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function sheetColumns(rows: ListLike<ListLike<Cell>>): Map<number, ReturnType<typeof Float64Array.of>>;

/** Returns the names of the columns, on pages too. */
export declare function sheetNames(text: string, size: number | bigint, options: SheetOptions): PageString;

/** Returns the rows as objects. */
export declare function sheetObjects(text: string, options: SheetOptions): Json[];

/**
 * Returns some rows as lists of cells.
 *
 * @param from - The default is `0`.
 * @param size - The default is `2`.
 */
export declare function sheetRows(
  text: string,
  from: number | bigint | undefined,
  size: number | bigint | undefined,
  options: SheetOptions,
): PageVecCell;

/** What is known of an image; null if it is empty. */
export declare function stats(image: NdArrayLike<Uint8Array | Uint8ClampedArray>): Stats | null;

/** So many seconds, one after the other. */
export declare function ticks(start: Date, count: number): RustStream<Date>;

/**
 * Moves points, of which each is a row.
 *
 * @param by - The default is `null`.
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function translate(
  points: NdArrayLike<Float64Array>,
  by?: NdArrayLike<Float64Array> | null | undefined,
): NdArray<ReturnType<typeof Float64Array.of>, [number, number]>;

/**
 * Returns the same, if there is no error.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function tryToken(token: string): string;

/** A visit of a page. */
export declare function visit(url: string, at: Date): Event;

/** Which variant it is. */
export declare function whichAny(value: AnyInput): string;

/** Sets the time that a configuration allows, in seconds. */
export declare function withTimeout(arg1: JsonLike, timeout: number): Json;

/** Writes a document. */
export declare function writeHtml(blocks: ListLike<BlockInput>): string;

/** True for an error of this library whose `data` is of the type {@link NoRelease}. */
export declare const isNoRelease: WithoutBackground<
  (error: unknown) => error is RustError<NoRelease, 'ERR_RUSTDLL_RUST'>
>;

/** True for an error of this library whose `data` is of the type {@link Failure}. */
export declare const isFailure: WithoutBackground<(error: unknown) => error is RustError<Failure, Failure['type']>>;

/** True for an error of this library whose `data` is of the type {@link Rich}. */
export declare const isRich: WithoutBackground<(error: unknown) => error is RustError<Rich, 'ERR_RUSTDLL_RUST'>>;

/** True for an error of this library whose `data` is of the type {@link WithObject}. */
export declare const isWithObject: WithoutBackground<
  (error: unknown) => error is RustError<WithObject, 'ERR_RUSTDLL_RUST'>
>;

/** True for an error of this library whose `data` is of the type {@link CodecError}. */
export declare const isCodecError: WithoutBackground<
  (error: unknown) => error is RustError<CodecError, CodecError['type']>
>;

/** True for an error of this library whose `data` is of the type {@link PatternError}. */
export declare const isPatternError: WithoutBackground<
  (error: unknown) => error is RustError<PatternError, PatternError['type']>
>;

/** True for an error of this library whose `data` is of the type {@link StoreError}. */
export declare const isStoreError: WithoutBackground<
  (error: unknown) => error is RustError<StoreError, StoreError['type']>
>;

/** An enum of the crate that the library depends on. */
export declare const DepKind: {
  /** The first. */
  readonly One: 'One';
  /** The second. */
  readonly Two: 'Two';
};

/** What a frame is for. */
export declare const Opcode: {
  /** A text. */
  readonly Text: 1;
  /** Bytes. */
  readonly Binary: 2;
  /** The end. */
  readonly Close: 8;
};

/** The order of hits. */
export declare const Order: {
  /** The best first. */
  readonly score: 'score';
  /** By their names. */
  readonly name: 'name';
};

/** An error that is an object. */
export declare class ObjectError {
  #private;
  private constructor();
  /** Its code. */
  get code(): number;
}
export interface ObjectError extends RustObject {}

/** Makes frames of bytes that come in pieces. */
export declare class Decoder {
  #private;
  /** Begins. */
  constructor();
  /**
   * Takes the next piece, and returns the frames that have become whole.
   *
   * @throws RustError whose `data` is {@link CodecError}.
   */
  push(piece: BytesLike): Packet[];
  /** The number of bytes that are in no frame yet. */
  get pending(): number;
  /** The same functions and the constructor, on other threads. */
  static readonly async: { readonly new: (options?: CallOptions) => Promise<Decoder> };
  /** The same methods, on other threads. */
  get async(): Background<Pick<Decoder, 'push'>>;
}
export interface Decoder extends RustObject {}

/** An object that can fail. */
export declare class Fallible {
  #private;
  /**
   * Makes an object, or fails in this way.
   *
   * @throws RustError whose `data` is {@link Failure}.
   */
  constructor(way?: number | null | undefined);
  /**
   * Fails in this way.
   *
   * @throws RustError whose `data` is {@link Failure}.
   */
  fail(way: number): void;
  /**
   * Fails in this way, later.
   *
   * @throws RustError whose `data` is {@link Failure}.
   */
  failLater(way: number, options?: CallOptions): Promise<void>;
  /** The same functions and the constructor, on other threads. */
  static readonly async: { readonly new: (way?: number | null | undefined, options?: CallOptions) => Promise<Fallible> };
  /** The same methods, on other threads. */
  get async(): Background<Pick<Fallible, 'fail' | 'failLater'>>;
}
export interface Fallible extends RustObject {}

/** Jobs, shared by all who have the queue. */
export declare class JobQueue {
  #private;
  /** Makes an empty queue. */
  constructor();
  /**
   * Adds a job, with this id or a new one.
   *
   * @param id - The default is `null`.
   */
  add(request: Request, id?: string | null | undefined): string;
  /** All jobs. */
  all(): Record<string, Job>;
  /** Takes the first job that may begin at a time. */
  take(now: Date): Job | null;
  /** The same functions and the constructor, on other threads. */
  static readonly async: { readonly new: (options?: CallOptions) => Promise<JobQueue> };
  /** The same methods, on other threads. */
  get async(): Background<Pick<JobQueue, 'add' | 'all' | 'take'>>;
}
export interface JobQueue extends RustObject {}

/** A compiled pattern. */
export declare class Pattern {
  #private;
  /**
   * Compiles a pattern.
   *
   * @param options - The default is `Default::default()`.
   * @throws RustError whose `data` is {@link PatternError}.
   */
  constructor(pattern: string, options?: PatternOptions | undefined);
  /** The first place where a text has it. */
  find(text: string): Found | null;
  /** All places, one after the other. */
  findAll(text: string): RustIterator<Found>;
  /** Replaces each by what a function makes of it. */
  replace(text: string, with_: (arg1: string, arg2: number) => string): string;
  /** True if a text has it. */
  test(text: string): boolean;
  /** The same functions and the constructor, on other threads. */
  static readonly async: { readonly new: (pattern: string, options?: PatternOptions | undefined, options2?: CallOptions) => Promise<Pattern> };
  /** The same methods, on other threads. */
  get async(): Background<Pick<Pattern, 'find' | 'findAll' | 'replace' | 'test'>>;
}
export interface Pattern extends RustObject {}

/** An index of documents. */
export declare class SearchIndex {
  #private;
  /**
   * Makes an empty index.
   *
   * @param options - The default is `Default::default()`.
   */
  constructor(options?: IndexOptions | undefined);
  /** Adds a document. */
  add(id: string, text: string): void;
  /** Returns the documents that have a word. */
  search(query: string, options: SearchOptions): Hit[];
  /** The number of documents. */
  get size(): number;
  /** The same functions and the constructor, on other threads. */
  static readonly async: { readonly new: (options?: IndexOptions | undefined, options2?: CallOptions) => Promise<SearchIndex> };
  /** The same methods, on other threads. */
  get async(): Background<Pick<SearchIndex, 'add' | 'search'>>;
}
export interface SearchIndex extends RustObject {}

/** A store. */
export declare class Store {
  #private;
  /** Makes an empty store. */
  constructor();
  /** All things. */
  items(): Record<string, Item>;
  /**
   * Reads things.
   *
   * @throws RustError whose `data` is {@link StoreError}.
   */
  parse(text: string): void;
  /** Puts things into the store. Returns those that were there. */
  put(id: string, item: ItemInput): Item | null;
  /**
   * Takes things out of the store.
   *
   * @throws RustError whose `data` is {@link StoreError}.
   */
  take(id: string, count: number): Item;
  /** The same functions and the constructor, on other threads. */
  static readonly async: { readonly new: (options?: CallOptions) => Promise<Store> };
  /** The same methods, on other threads. */
  get async(): Background<Pick<Store, 'items' | 'parse' | 'put' | 'take'>>;
}
export interface Store extends RustObject {}

/** A release. */
export interface Release {
  /** Its version. */
  version: string;
  /**
   * What it needs.
   *
   * @defaultValue `{}`
   */
  needs: Record<string, string>;
  /**
   * It was taken back.
   *
   * @defaultValue `false`
   */
  yanked: boolean;
}

/**
 * A release.
 *
 * What can be passed as {@link Release}.
 */
export interface ReleaseInput {
  /** Its version. */
  version: string;
  /**
   * What it needs.
   *
   * @defaultValue `{}`
   */
  needs?: MapLike<string> | undefined;
  /**
   * It was taken back.
   *
   * @defaultValue `false`
   */
  yanked?: boolean | undefined;
}

/** There is no such release. */
export interface NoRelease {
  wanted: string;
  newest: string | null;
}

/** How an image is blurred. */
export interface BlurOptions {
  /**
   * The distance in pixels.
   *
   * @defaultValue `1`
   */
  radius?: number | bigint | undefined;
}

/** Something on a map. */
export interface Feature {
  /** Its number, if it has one. */
  id: number | null;
  /** Where it is. */
  geometry: Geometry;
  /**
   * What is known of it.
   *
   * @defaultValue `{}`
   */
  properties: Record<string, Json>;
}

/**
 * Something on a map.
 *
 * What can be passed as {@link Feature}.
 */
export interface FeatureInput {
  /** Its number, if it has one. */
  id?: number | bigint | null | undefined;
  /** Where it is. */
  geometry: GeometryInput;
  /**
   * What is known of it.
   *
   * @defaultValue `{}`
   */
  properties?: MapLike<JsonLike> | undefined;
  [name: string]: unknown;
}

/** A geometry. */
export type Geometry =
  /** A place. */
  | { type: 'Point'; coordinates: Position }
  /** A way. */
  | { type: 'LineString'; coordinates: Position[] }
  /** An area with holes. */
  | { type: 'Polygon'; coordinates: Position[][] };

/**
 * A geometry.
 *
 * What can be passed as {@link Geometry}.
 */
export type GeometryInput =
  /** A place. */
  | { type: 'Point'; coordinates: PositionInput }
  /** A way. */
  | { type: 'LineString'; coordinates: ListLike<PositionInput> }
  /** An area with holes. */
  | { type: 'Polygon'; coordinates: ListLike<ListLike<PositionInput>> };

/** Longitude and latitude. */
export type Position = [number, number];

/**
 * Longitude and latitude.
 *
 * What can be passed as {@link Position}.
 */
export type PositionInput = readonly [number, number];

/** Something that has happened. */
export interface Event {
  /** Which one it is. */
  id: string;
  /** When it was. */
  at: Date;
  /** Where it was. */
  url: string | null;
  /** How long it took. */
  took: number;
  /** What was written. */
  file: string | null;
  /** Words for it. */
  tags: string[];
  /** Who it was. */
  from: string;
  /** What it was. */
  kind: Kind;
  /**
   * Anything else.
   *
   * @defaultValue `Default::default()`
   */
  payload: Json;
}

/**
 * Something that has happened.
 *
 * What can be passed as {@link Event}.
 */
export interface EventInput {
  /** Which one it is. */
  id: string;
  /** When it was. */
  at: Date;
  /** Where it was. */
  url?: string | null | undefined;
  /** How long it took. */
  took: number;
  /** What was written. */
  file?: string | null | undefined;
  /** Words for it. */
  tags: ListLike<string>;
  /** Who it was. */
  from: string;
  /** What it was. */
  kind: KindInput;
  /**
   * Anything else.
   *
   * @defaultValue `Default::default()`
   */
  payload?: JsonLike | undefined;
}

/** What has happened. */
export type Kind =
  /** Somebody was there. */
  | { kind: 'visit' }
  /** Something was bought. */
  | {
      kind: 'purchase';
      /** For so much. */
      amount: string;
      /** These things. */
      items: string[];
    }
  /** It went wrong. */
  | { kind: 'error'; value: string };

/**
 * What has happened.
 *
 * What can be passed as {@link Kind}.
 */
export type KindInput =
  /** Somebody was there. */
  | { kind: 'visit' }
  /** Something was bought. */
  | {
      kind: 'purchase';
      /** For so much. */
      amount: string;
      /** These things. */
      items: ListLike<string>;
    }
  /** It went wrong. */
  | { kind: 'error'; value: string };

/** Types of other crates together. */
export interface Combined {
  /** An enum. */
  kind: DepKind;
  /** A record. */
  record: DepRecord;
  /** Records. */
  records: DepRecord[];
  /** A record, or none. */
  maybeRecord: DepRecord | null;
  /** A type with a conversion by this crate. */
  ticket: string;
  /** Several. */
  tickets: (string | null)[];
  /** A type of a crate that has a feature. */
  url: string;
  /** Several. */
  urls: string[];
  /** A newtype. */
  handle: number;
  /** Several. */
  handles: number[];
  /** By an enum of another crate. */
  byKind: Partial<Record<DepKind, string>>;
}

/**
 * Types of other crates together.
 *
 * What can be passed as {@link Combined}.
 */
export interface CombinedInput {
  /** An enum. */
  kind: DepKind;
  /** A record. */
  record: DepRecord;
  /** Records. */
  records: ListLike<DepRecord>;
  /** A record, or none. */
  maybeRecord?: DepRecord | null | undefined;
  /** A type with a conversion by this crate. */
  ticket: string;
  /** Several. */
  tickets: ListLike<string | null | undefined>;
  /** A type of a crate that has a feature. */
  url: string;
  /** Several. */
  urls: ListLike<string>;
  /** A newtype. */
  handle: number | bigint;
  /** Several. */
  handles: ListLike<number | bigint> | BigInt64Array;
  /** By an enum of another crate. */
  byKind: MapLike<string, DepKind>;
}

/** An enum of the crate that the library depends on. */
export type DepKind =
  /** The first. */
  | 'One'
  /** The second. */
  | 'Two';

/** A record of the crate that the library depends on. */
export interface DepRecord {
  /** A number. */
  number: number;
}

/** How texts are compared. */
export interface DiffOptions {
  /**
   * Spaces at the end of a line do not count.
   *
   * @defaultValue `false`
   */
  ignoreSpace?: boolean | undefined;
  /**
   * The number of spaces that a tab is.
   *
   * @defaultValue `NonZeroUsize::MIN`
   */
  tab?: number | bigint | undefined;
}

/** A difference. */
export type Change =
  /** Lines that both have. */
  | { op: 'equal'; data: [[number, number], [number, number]] }
  /** Lines that only the second text has. */
  | { op: 'insert'; data: ChangeInsert }
  /** Lines that only the first text has. */
  | { op: 'delete'; data: [number, number] };

export interface ChangeInsert {
  /** Before which line of the first text. */
  before: number;
  /** The lines. */
  lines: string[];
}

/** One of these, whichever fits. */
export type Any =
  /** Two values. */
  | [number, string]
  /** One object. */
  | {
      /** A text. */
      text: string;
    }
  /** Another object. */
  | {
      /** A flag. */
      flag: boolean;
      /** A number. */
      level: number | null;
    }
  /** A number. */
  | number
  /** Nothing. */
  | null
  /** Any text. */
  | string;

/**
 * One of these, whichever fits.
 *
 * What can be passed as {@link Any}.
 */
export type AnyInput =
  /** Two values. */
  | readonly [number, string]
  /** One object. */
  | {
      /** A text. */
      text: string;
    }
  /** Another object. */
  | {
      /** A flag. */
      flag: boolean;
      /** A number. */
      level?: number | null | undefined;
    }
  /** A number. */
  | number
  /** Nothing. */
  | null
  /** Any text. */
  | string;

/** A struct with a field that is converted, and one that may be left out. */
export interface Converted {
  /** A name. */
  name: string;
  /** A list of this length. */
  'my list': number[];
  /**
   * Zero if it is left out.
   *
   * @defaultValue `0`
   */
  count: number;
}

/**
 * A struct with a field that is converted, and one that may be left out.
 *
 * What can be passed as {@link Converted}.
 */
export interface ConvertedInput {
  /** A name. */
  name: string;
  /** A list of this length. */
  'my list': ListLike<number> | Float64Array;
  /**
   * Zero if it is left out.
   *
   * @defaultValue `0`
   */
  count?: number | undefined;
}

/** The numbers of limits. */
export interface Limits<Int extends number | bigint = number> {
  /** The least. */
  i8: number;
  /** The greatest. */
  u16: number;
  /** The greatest. */
  u64: Int;
  /** The least. */
  i128: bigint;
}

/**
 * The numbers of limits.
 *
 * What can be passed as {@link Limits}.
 */
export interface LimitsInput {
  /** The least. */
  i8: number;
  /** The greatest. */
  u16: number;
  /** The greatest. */
  u64: number | bigint;
  /** The least. */
  i128: number | bigint;
}

/** A struct with a name for one of its fields that is none in Rust. */
export interface Named {
  /** A text. */
  text: string;
  /** Its type. */
  type: string | null;
}

/**
 * A struct with a name for one of its fields that is none in Rust.
 *
 * What can be passed as {@link Named}.
 */
export interface NamedInput {
  /** A text. */
  text: string;
  /** Its type. */
  type?: string | null | undefined;
}

/** Structs in structs. */
export interface NestedStringUsize {
  /** A generic one. */
  two: TwoStringUsize;
  /** A tuple. */
  tuple: Tuple;
}

/**
 * Structs in structs.
 *
 * What can be passed as {@link NestedStringUsize}.
 */
export interface NestedStringUsizeInput {
  /** A generic one. */
  two: TwoStringUsizeInput;
  /** A tuple. */
  tuple: TupleInput;
}

/** A generic struct. */
export interface TwoStringUsize {
  /** The first. */
  first: string;
  /** The second. */
  second: number;
}

/**
 * A generic struct.
 *
 * What can be passed as {@link TwoStringUsize}.
 */
export interface TwoStringUsizeInput {
  /** The first. */
  first: string;
  /** The second. */
  second: number | bigint;
}

/** A tuple struct. */
export type Tuple = [string, number];

/**
 * A tuple struct.
 *
 * What can be passed as {@link Tuple}.
 */
export type TupleInput = readonly [string, number | bigint];

/** Structs in structs. */
export interface NestedU8VecBool {
  /** A generic one. */
  two: TwoU8VecBool;
  /** A tuple. */
  tuple: Tuple;
}

/**
 * Structs in structs.
 *
 * What can be passed as {@link NestedU8VecBool}.
 */
export interface NestedU8VecBoolInput {
  /** A generic one. */
  two: TwoU8VecBoolInput;
  /** A tuple. */
  tuple: TupleInput;
}

/** A generic struct. */
export interface TwoU8VecBool {
  /** The first. */
  first: number;
  /** The second. */
  second: boolean[];
}

/**
 * A generic struct.
 *
 * What can be passed as {@link TwoU8VecBool}.
 */
export interface TwoU8VecBoolInput {
  /** The first. */
  first: number;
  /** The second. */
  second: ListLike<boolean>;
}

/** A generic struct whose fields may be left out. */
export interface SparseU8 {
  /**
   * The first.
   *
   * @defaultValue `Sparse::default().first`
   */
  first: Bytes;
  /**
   * The second.
   *
   * @defaultValue `Sparse::default().second`
   */
  second: number | null;
}

/**
 * A generic struct whose fields may be left out.
 *
 * What can be passed as {@link SparseU8}.
 */
export interface SparseU8Input {
  /**
   * The first.
   *
   * @defaultValue `Sparse::default().first`
   */
  first?: BytesLike | undefined;
  /**
   * The second.
   *
   * @defaultValue `Sparse::default().second`
   */
  second?: number | null | undefined;
}

/** Such types wherever they can be. */
export interface Tokens {
  /** One. */
  token: string;
  /** Several. */
  tokens: string[];
  /** One, or none. */
  maybe: string | null;
  /** As keys and as values. */
  byToken: Record<string, string[]>;
  /** In an enum. */
  choice: Choice;
}

/**
 * Such types wherever they can be.
 *
 * What can be passed as {@link Tokens}.
 */
export interface TokensInput {
  /** One. */
  token: string;
  /** Several. */
  tokens: ListLike<string>;
  /** One, or none. */
  maybe?: string | null | undefined;
  /** As keys and as values. */
  byToken: MapLike<ListLike<string>>;
  /** In an enum. */
  choice: Choice;
}

/** A token or something else. */
export type Choice =
  /** A token. */
  | { type: 'Token'; value: string }
  /** Several. */
  | {
      type: 'Both';
      /** One. */
      first: string;
      /** Another one. */
      second: string;
    }
  /** None. */
  | { type: 'Nothing' };

/** An expression, which contains others. */
export type Tree =
  /** A number. */
  | number
  /** A text. */
  | string
  /** A pair. */
  | [Tree, Tree]
  /** An object. */
  | {
      /** Those inside. */
      children: { [Name in string]: Tree };
      /** One beside it. */
      next: Tree | null;
    };

/**
 * An expression, which contains others.
 *
 * What can be passed as {@link Tree}.
 */
export type TreeInput =
  /** A number. */
  | number
  /** A text. */
  | string
  /** A pair. */
  | readonly [TreeInput, TreeInput]
  /** An object. */
  | {
      /** Those inside. */
      children: { readonly [name: string]: TreeInput } | ReadonlyMap<string, TreeInput>;
      /** One beside it. */
      next?: TreeInput | null | undefined;
    };

/** A frame. */
export interface Packet {
  /** What it is for. */
  opcode: Opcode;
  /**
   * Its number.
   *
   * @defaultValue `0`
   */
  sequence: bigint;
  /** What is in it. */
  payload: Buffer;
}

/**
 * A frame.
 *
 * What can be passed as {@link Packet}.
 */
export interface PacketInput {
  /** What it is for. */
  opcode: Opcode;
  /**
   * Its number.
   *
   * @defaultValue `0`
   */
  sequence?: number | bigint | undefined;
  /** What is in it. */
  payload: BytesLike;
}

/** What a frame is for. */
export type Opcode =
  /** A text. */
  | 1
  /** Bytes. */
  | 2
  /** The end. */
  | 8;

/** An error of every form. */
export type Failure =
  /** Nothing. */
  | { type: 'Oops' }
  /** A text. */
  | {
      type: 'Value';
      /** The text. */
      value: string;
    }
  /** Values without names. */
  | { type: 'Pair'; value: [number, string] }
  /** Another error, which is its source. */
  | { type: 'Outer'; value: Inner }
  /** A source that is no value of JavaScript's. */
  | { type: 'Sourced' };

/**
 * An error of every form.
 *
 * What can be passed as {@link Failure}.
 */
export type FailureInput =
  /** Nothing. */
  | { type: 'Oops' }
  /** A text. */
  | {
      type: 'Value';
      /** The text. */
      value: string;
    }
  /** Values without names. */
  | { type: 'Pair'; value: readonly [number, string] }
  /** Another error, which is its source. */
  | { type: 'Outer'; value: Inner }
  /** A source that is no value of JavaScript's. */
  | { type: 'Sourced' };

/** An error in a value of another one. */
export type Inner =
  /** A text. */
  | { type: 'Text'; value: string };

/** An error that is a record. */
export interface Rich {
  /** A number. */
  code: number;
  /** A larger one. */
  extended: number;
}

/** An error with such an object. */
export interface WithObject {
  what: ObjectError;
}

/** A block. */
export type Block =
  /** A title. */
  | {
      type: 'heading';
      /** Its level. */
      level: number;
      /** Its text. */
      text: string;
      /** The first line, from 1. */
      line: number;
      /**
       * The number of lines.
       *
       * @defaultValue `1`
       */
      height: number;
    }
  /** Text. */
  | {
      type: 'paragraph';
      /** Its lines. */
      lines: string[];
      /** The first line, from 1. */
      line: number;
      /**
       * The number of lines.
       *
       * @defaultValue `1`
       */
      height: number;
    }
  /** Blocks that are quoted. */
  | {
      type: 'quote';
      /** The blocks. */
      blocks: Block[];
      /** The first line, from 1. */
      line: number;
      /**
       * The number of lines.
       *
       * @defaultValue `1`
       */
      height: number;
    }
  /** A line across. */
  | { type: 'rule' };

/**
 * A block.
 *
 * What can be passed as {@link Block}.
 */
export type BlockInput =
  /** A title. */
  | {
      type: 'heading';
      /** Its level. */
      level: number;
      /** Its text. */
      text: string;
      /** The first line, from 1. */
      line: number;
      /**
       * The number of lines.
       *
       * @defaultValue `1`
       */
      height?: number | undefined;
    }
  /** Text. */
  | {
      type: 'paragraph';
      /** Its lines. */
      lines: ListLike<string>;
      /** The first line, from 1. */
      line: number;
      /**
       * The number of lines.
       *
       * @defaultValue `1`
       */
      height?: number | undefined;
    }
  /** Blocks that are quoted. */
  | {
      type: 'quote';
      /** The blocks. */
      blocks: ListLike<BlockInput>;
      /** The first line, from 1. */
      line: number;
      /**
       * The number of lines.
       *
       * @defaultValue `1`
       */
      height?: number | undefined;
    }
  /** A line across. */
  | { type: 'rule' };

/** A cell. */
export type Cell =
  /** Nothing is there. */
  | null
  /** A yes or no. */
  | boolean
  /** A number. */
  | number
  /** Anything else. */
  | string;

/** How a text is read. */
export interface SheetOptions {
  /**
   * What is between two cells.
   *
   * @defaultValue `','`
   */
  delimiter?: string | undefined;
  /**
   * The first line has the names of the columns.
   *
   * @defaultValue `true`
   */
  header?: boolean | undefined;
  /**
   * How a line begins that is passed over.
   *
   * @defaultValue `null`
   */
  comment?: string | null | undefined;
}

/** Some of a list. */
export interface PageString {
  /** The items. */
  items: string[];
  /** The number of all items. */
  total: number;
  /** Where the next page begins. */
  next: number | null;
}

/** Some of a list. */
export interface PageVecCell {
  /** The items. */
  items: Cell[][];
  /** The number of all items. */
  total: number;
  /** Where the next page begins. */
  next: number | null;
}

/** What is known of an image. */
export interface Stats {
  /** The darkest value. */
  min: number;
  /** The brightest value. */
  max: number;
  /** The mean. */
  mean: number;
  /** How many values there are in each quarter. */
  histogram: [number, number, number, number];
}

/** Why bytes are no frame. */
export type CodecError =
  /** They have changed on their way. */
  | {
      type: 'BAD_CHECKSUM';
      /** That of the bytes. */
      actualSum: number;
      /** That in the frame. */
      expectedSum: number;
    }
  /** It is not known what the frame is for. */
  | { type: 'UNKNOWN_OPCODE'; value: number };

/** What is asked for. */
export interface Request {
  /** What is done. */
  task: TaskInput;
  /**
   * The earliest time.
   *
   * @defaultValue `null`
   */
  notBefore?: Date | null | undefined;
  /**
   * How it is repeated.
   *
   * @defaultValue `Default::default()`
   */
  retry?: RetryInput | undefined;
}

/** What is done. */
export type Task =
  /** A program. */
  | {
      kind: 'run';
      /** Its file. */
      program: string;
      /** The folder. */
      workingFolder: string | null;
    }
  /** A page. */
  | {
      kind: 'fetch';
      /** Its address. */
      pageUrl: string;
      /** A proxy. */
      viaProxy: string | null;
    };

/**
 * What is done.
 *
 * What can be passed as {@link Task}.
 */
export type TaskInput =
  /** A program. */
  | {
      kind: 'run';
      /** Its file. */
      program: string;
      /** The folder. */
      workingFolder?: string | null | undefined;
    }
  /** A page. */
  | {
      kind: 'fetch';
      /** Its address. */
      pageUrl: string;
      /** A proxy. */
      viaProxy?: string | null | undefined;
    };

/** How a job is repeated. */
export interface Retry {
  /**
   * How often.
   *
   * @defaultValue `Retry::default().times`
   */
  times: number;
  /**
   * How long is waited.
   *
   * @defaultValue `Retry::default().delay`
   */
  delay: number;
}

/**
 * How a job is repeated.
 *
 * What can be passed as {@link Retry}.
 */
export interface RetryInput {
  /**
   * How often.
   *
   * @defaultValue `Retry::default().times`
   */
  times?: number | undefined;
  /**
   * How long is waited.
   *
   * @defaultValue `Retry::default().delay`
   */
  delay?: number | undefined;
}

/** A job. */
export interface Job {
  /** Its id. */
  id: string;
  /** What is done. */
  task: Task;
  /**
   * The earliest time.
   *
   * @defaultValue `null`
   */
  notBefore: Date | null;
  /**
   * How it is repeated.
   *
   * @defaultValue `Default::default()`
   */
  retry: Retry;
  /** When it was asked for. */
  added: Date;
}

/** How a pattern is compiled. */
export interface PatternOptions {
  /**
   * Upper and lower case are alike.
   *
   * @defaultValue `PatternOptions::default().ignore_case`
   */
  ignoreCase?: boolean | undefined;
  /**
   * `^` and `$` stand for the ends of lines.
   *
   * @defaultValue `PatternOptions::default().multi_line`
   */
  multiLine?: boolean | undefined;
  /**
   * The most bytes that the compiled pattern may take.
   *
   * @defaultValue `PatternOptions::default().size_limit`
   */
  sizeLimit?: number | bigint | null | undefined;
}

/** Why a pattern was not compiled. */
export type PatternError =
  /** It is no pattern. */
  | {
      type: 'Syntax';
      /** What is wrong. */
      message: string;
      /** The pattern. */
      pattern: string;
    }
  /** It takes too much memory. */
  | {
      type: 'TooBig';
      /** The most that it may take. */
      limit: number;
    };

/** A place where a pattern was found. */
export interface Found {
  /** The text there. */
  text: string;
  /** Where it is, in bytes. */
  span: [number, number];
  /** The groups that have a name and took part. */
  groups: Record<string, string>;
}

/** How an index is made. */
export interface IndexOptions {
  /**
   * Upper and lower case differ.
   *
   * @defaultValue `IndexOptions::default().case_sensitive`
   */
  caseSensitive?: boolean | undefined;
  /**
   * Words that are not found.
   *
   * @defaultValue `IndexOptions::default().stop_words`
   */
  stopWords?: ListLike<string> | undefined;
  /**
   * The length of the shortest word that is found.
   *
   * @defaultValue `IndexOptions::default().min_length`
   */
  minLength?: number | bigint | undefined;
}

/** What is searched for, and how. */
export interface SearchOptions {
  /**
   * How many hits there are at most.
   *
   * @defaultValue `10`
   */
  limit?: number | bigint | undefined;
  /**
   * Their order.
   *
   * @defaultValue `Default::default()`
   */
  order?: Order | undefined;
  /**
   * The documents among which is searched.
   *
   * @defaultValue `null`
   */
  among?: ListLike<string> | null | undefined;
  /**
   * The beginning of a word suffices.
   *
   * @defaultValue `true`
   */
  prefix?: boolean | undefined;
}

/** The order of hits. */
export type Order =
  /** The best first. */
  | 'score'
  /** By their names. */
  | 'name';

/** A document that has the word. */
export interface Hit {
  /** The document. */
  id: string;
  /** How often the word is in it. */
  score: number;
  /** The words that were found. */
  terms: Record<string, number>;
}

/** Things of a kind. */
export interface Item {
  /** Their name. */
  name: ItemName;
  /** How many there are. */
  count: number;
  /** How often they were changed. */
  version: bigint;
}

/**
 * Things of a kind.
 *
 * What can be passed as {@link Item}.
 */
export interface ItemInput {
  /** Their name. */
  name: ItemName;
  /** How many there are. */
  count: number;
  /** How often they were changed. */
  version: number | bigint;
}

/** What can go wrong. */
export type StoreError =
  /** There is no such thing. */
  | {
      type: 'NotFound';
      /** The thing. */
      id: string;
    }
  /** There are not enough. */
  | {
      type: 'SoldOut';
      /** How many there should be. */
      wanted: number;
      /** How many there are. */
      left: number;
    }
  /** There is nothing to read. */
  | { type: 'Invalid'; value: string }
  /** A line is wrong. */
  | { type: 'Parse'; value: ParseError };

/** A line is wrong. */
export interface ParseError {
  /** The number of the line. */
  line: number;
}

export type ItemName = Branded<string, 'ItemName'>;
