// The exported functions of libgeometry.so. Written by `rustdll types`: edits are lost when it runs again.
/* eslint-disable */

import type { Bytes as Bytes2, BytesLike, CallOptions, ListLike, MapLike, WithoutBackground } from 'rustdll';

export declare function Int16Array(): void;

export declare function Point(): void;

export declare function add(a: number | bigint, b: number | bigint): number;

export declare function add_big(a: number | bigint, b: number | bigint): bigint;

/**
 * Centre of the points.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function centroid(points: ListLike<PointInput>): Point;

export declare function counters(c: CountersInput): Counters;

export declare function counters_big(c: CountersInput): Counters<bigint> | null;

declare function delete_(in_: BytesLike): Bytes2;

/** Takes its time. */
export declare function digest(
  options: string,
  times?: number | null | undefined,
  options2?: CallOptions,
): Promise<Bytes2>;

export declare function edge(edge: EdgeInput, pair: Pair): (Edge | null)[];

/**
 * Gazes.
 *
 * @throws RustError: Never.
 * @deprecated since 0.3: use `look`
 */
export declare function gaze(gaze: GazeInput): Gaze;

/** @throws RustError, with what Rust returns as the `Err`. */
export declare function huge(a: number | bigint): bigint;

export declare function ints(i: IntInput): Int<bigint>;

/**
 * Looks at points.
 *
 * # Panics
 *
 * Never.
 *
 * @throws RustError: If there are none.
 *
 * ```text
 * # Errors
 * ```
 *
 * ## Codes
 *
 * - `E_NONE`
 */
export declare function look(
  at: ListLike<readonly [number, number, number] | Float64Array>,
  options?: Options | null | undefined,
): Image;

export declare function maps(m: MapLike<RecordInput>, s: string_): globalThis.Record<string, Record>;

export declare function matrix(
  m: readonly [readonly [number, number, number, number] | Float64Array, readonly [number, number, number, number] | Float64Array, readonly [number, number, number, number] | Float64Array, readonly [number, number, number, number] | Float64Array],
  large: ListLike<number> | Float64Array,
  ids: readonly [number | bigint, number | bigint] | BigUint64Array,
  key?: BytesLike | null | undefined,
): [[bigint, bigint, bigint], [bigint, bigint, bigint], [bigint, bigint, bigint]] | null;

declare function my_func(
  _: ListLike<number | bigint> | BigInt64Array,
  _2: ListLike<boolean>,
): globalThis.Record<string, [number, string]>;

/**
 * Divides by the sum.
 *
 * ```rust
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

export declare function samples(samples: BytesInput): Bytes;

export declare function seed(
  s: string | Uint8Array,
  l: (number[] | bigint[] | BigInt64Array)[] | null | undefined,
  n: ListLike<string | Uint8Array>,
): [number, number];

export declare function settle(options?: CallOptions): Promise<void>;

export declare function shape(shape: Shape, level: Level, nothing: Nothing): Shape;

/** Here and now. */
declare const switch_: WithoutBackground<(on: boolean) => number>;

export declare const thread: WithoutBackground<() => number>;

export declare function tuple(t: readonly [number, string | null | undefined]): [number, string | null];

export declare function typed(v: Float32Array): ReturnType<typeof BigUint64Array.of>;

export declare function unit(u: undefined, v?: undefined | null): undefined[];

export declare function views(v: Uint8Array): [Bytes2, ReturnType<typeof globalThis.Int16Array.of>, [boolean, boolean]];

export declare function words(text: string, limit?: number | null | undefined): string[];

export { delete_ as delete, my_func as 'my-func', switch_ as switch };

/** How much. */
export declare const Level: {
  /** Not much. */
  readonly Low: 'Low';
  /** Much. */
  readonly "It's high": "It's high";
};

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
  list: ListLike<CounterInput>;
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
      points: ListLike<PointInput>;
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
  b: BytesLike;
}

export interface Int<Int2 extends number | bigint = number> {
  c: Int2;
}

/** What can be passed as {@link Int}. */
export interface IntInput {
  c: number | bigint;
}

/** How to look. */
export interface Options {
  /**
   * How many.
   *
   * @deprecated since 0.2: use `window`
   */
  limit?: number | null | undefined;
  window?: Window | null | undefined;
}

export interface Window {
  size: readonly [number, number] | Float64Array;
}

export interface Image {
  pixels: Bytes2;
  scale: [number, number, number];
}

export interface Bytes {
  data: ReturnType<typeof Float32Array.of>;
}

/** What can be passed as {@link Bytes}. */
export interface BytesInput {
  data: Float32Array;
}

/**
 * Where to.
 *
 * @deprecated
 */
export interface Gaze {
  steps: number[];
}

/**
 * Where to.
 *
 * What can be passed as {@link Gaze}.
 *
 * @deprecated
 */
export interface GazeInput {
  steps: ListLike<number> | Uint16Array;
}
