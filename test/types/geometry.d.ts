// The exported functions of libgeometry.so. Written by `rustdll types`: edits are lost when it runs again.
/* eslint-disable */

export declare function Point(): void;

export declare function add(a: number | bigint, b: number | bigint): number;

export declare function add_big(a: number | bigint, b: number | bigint): bigint;

/**
 * Centre of the points.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function centroid(points: readonly PointInput[]): Point;

export declare function counters(c: CountersInput): Counters;

export declare function counters_big(c: CountersInput): Counters<bigint> | null;

declare function delete_(in_: readonly number[] | Uint8Array | Uint8ClampedArray | DataView | ArrayBuffer): Uint8Array;

export declare function edge(edge: EdgeInput, pair: Pair): (Edge | null)[];

/** @throws RustError, with what Rust returns as the `Err`. */
export declare function huge(a: number | bigint): bigint;

export declare function ints(i: IntInput): Int<bigint>;

export declare function maps(m: MapLike<RecordInput>, s: string_Input): globalThis.Record<string, Record>;

declare function my_func(
  _: readonly number[] | readonly bigint[] | BigInt64Array,
  _2: readonly boolean[],
): globalThis.Record<string, [number, string]>;

/**
 * Divides by the sum.
 *
 * ```
 * /* v[0] *\/ 1.0
 * ```
 */
export declare function normalize(v: number[] | Float64Array): void;

export declare function pick(
  first: number | null | undefined,
  second: number,
  third?: string | null | undefined,
  fourth?: boolean | null | undefined,
): void;

export declare function seed(
  s: string | Uint8Array,
  l: (number[] | bigint[] | BigInt64Array)[] | null | undefined,
  n: readonly (string | Uint8Array)[],
): number[];

export declare function shape(shape: Shape, level: Level, nothing: Nothing): Shape;

export declare function tuple(t: readonly [number, string | null | undefined]): [number, string | null];

export declare function typed(v: Float32Array): BigUint64Array;

export declare function unit(u: undefined, v?: undefined | null): undefined[];

export declare function words(text: string, limit?: number | null | undefined): string[];

export { delete_ as delete, my_func as 'my-func' };

/** A point. */
export interface Point {
  /** To the right. */
  x: number;
  /**
   * Down,
   * as on a screen.
   */
  y: number;
  label: string | null;
}

/**
 * A point.
 *
 * What can be passed as {@link Point}.
 */
export interface PointInput {
  /** To the right. */
  x: number;
  /**
   * Down,
   * as on a screen.
   */
  y: number;
  label?: string | null | undefined;
}

/** How much. */
export type Level =
  /** Not much. */
  | 'Low'
  /** Much. */
  | "It's high";

export type Shape =
  | { type: 'Circle'; radius: number }
  /** Only a name. */
  | { type: 'Name'; value: string }
  | { type: 'Empty' };

export interface Counter<Int2 extends number | bigint = number> {
  id: Int2;
  next: Counter<Int2> | null;
}

/** What can be passed as {@link Counter}. */
export interface CounterInput {
  id: number | bigint;
  next?: CounterInput | null | undefined;
}

export interface Pair {
  x: number;
  'the level': Level;
}

export type Nothing = globalThis.Record<string, never>;

export interface Counters<Int2 extends number | bigint = number> {
  list: Counter<Int2>[];
  other: Pair;
}

/** What can be passed as {@link Counters}. */
export interface CountersInput {
  list: readonly CounterInput[];
  other: Pair;
}

export type Edge =
  | { type: 'Rect'; value: [number, number] }
  | {
      type: 'Path';
      /** In their order. */
      points: Point[];
      width: number | null;
    };

/** What can be passed as {@link Edge}. */
export type EdgeInput =
  | { type: 'Rect'; value: readonly [number, number] }
  | {
      type: 'Path';
      /** In their order. */
      points: readonly PointInput[];
      width?: number | null | undefined;
    };

export interface Record {
  a: globalThis.Record<string, number>;
}

/** What can be passed as {@link Record}. */
export interface RecordInput {
  a: MapLike<number>;
}

export interface string_ {
  b: Uint8Array;
}

/** What can be passed as {@link string_}. */
export interface string_Input {
  b: readonly number[] | Uint8Array | Uint8ClampedArray | DataView | ArrayBuffer;
}

export interface Int<Int2 extends number | bigint = number> {
  c: Int2;
}

/** What can be passed as {@link Int}. */
export interface IntInput {
  c: number | bigint;
}

/** What can be passed for a map: an object, or a `Map`. */
export type MapLike<T> = Readonly<globalThis.Record<string, T>> | ReadonlyMap<string, T>;
