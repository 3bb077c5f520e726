// The exported functions of libobjects.so. Written by `rustdll types`: edits are lost when it runs again.
/* eslint-disable */

import type { Background, Bytes, CallOptions, ListLike, RustIterator, RustObject } from 'rustdll';

/** The greatest. */
export declare const GREATEST: bigint;

/** A text. */
export declare const GREETING: string;

/** The most that there can be. */
export declare const MAX_COUNT: number;

/** All of them. */
export declare const NAMES: string[];

/** The size of nothing. */
export declare const NO_SIZE: Size;

/** The greatest as a number, which there is not. */
export declare const TOO_GREAT: number;

/** The numbers below one. */
export declare function below(end: number): RustIterator<number>;

/** The same, each when it is asked for. */
export declare function below_unbuffered(end: number): RustIterator<number>;

/** The same. */
export declare function big_powers(): RustIterator<bigint>;

/** Bounds. */
export declare const bounds: [number, number];

/** Puts what it is given into a choice. */
export declare function choose(counters: ListLike<Counter>): Choice;

/** The counters of a choice. */
export declare function chosen(choice: Choice): Counter[];

/** Doubles it. */
export declare function double(counter: Counter): void;

/** The integers of a text, up to a word that is none. */
export declare function integers(text: string): RustIterator<number>;

/** How many iterators there are, and how many items were made, in all threads. */
export declare function iterators(): [number, number];

/** How many counters are there, in all threads. */
export declare function live(): number;

/**
 * Fails instead of returning an iterator.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function no_iterator(): RustIterator<number>;

/** As many nothings. */
export declare function nothings(count: number): RustIterator<undefined>;

/**
 * A list that does not end well.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function odd(counter: Counter): Found;

/** Panics instead of making the item at a place. */
export declare function panicking(place: number): RustIterator<number>;

/** Bytes in pieces. */
export declare function pieces(count: number, bytes: number | bigint): RustIterator<Bytes>;

/** Powers of two, up to 2^63. */
export declare function powers(): RustIterator<number>;

/** The same blobs. */
export declare function same_blobs(blobs: ListLike<Blob>): Blob[];

/**
 * As many iterators, but for the first, each with a name.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function series(count: number): [string, RustIterator<number> | null][];

/** Takes its time for each item from a place on. */
export declare function slow(from: number, milliseconds: number | bigint): RustIterator<number>;

/** Uses a counter up. */
export declare function take(counter: Counter): number;

/** One of them. */
export declare function tally(count: number | bigint): Tally;

/** As many texts. */
export declare function texts(count: number, length: number | bigint): RustIterator<string>;

/** The sum of counters. */
export declare function total(counters: ListLike<Counter>, more?: Counter | null | undefined): number;

/**
 * Counts.
 *
 * It counts up and down.
 */
export declare class Counter {
  #private;
  /** Begins at a number. */
  constructor(count: number | bigint);
  /** New counters, without end. */
  static endless(): RustIterator<Counter>;
  /**
   * As many counters as that, if there are any.
   *
   * @throws RustError: If that is below 0.
   */
  static made(count: number | bigint): Counter[] | null;
  /** As many counters as that, each beginning at its place. */
  static many(count: number | bigint): Counter[];
  /**
   * Reads the number at which it begins.
   *
   * @throws RustError: If the text is no number.
   */
  static parse(text: string): Counter;
  /** Adds to the count, and returns it. */
  add(by: number | bigint): number;
  /** Is slow. */
  add_slowly(by: number | bigint, milliseconds: number | bigint): number;
  compareTo(other: Counter): number;
  equals(other: Counter): boolean;
  /** The count as an integer without limits. */
  exact(): bigint;
  /** Panics. */
  explode(): void;
  /** Uses it up. */
  finish(): number;
  hashCode(): number;
  /** The count with a text. */
  label(text: string, suffix?: string | null | undefined): string;
  /** Adds the count of another one. */
  merge(other: Counter): void;
  /** The same, later. */
  odd_later(options?: CallOptions): Promise<(Counter | null)[]>;
  /** Reads slowly. */
  read_slowly(milliseconds: number | bigint): number;
  /** The count times each factor. */
  scale(factors: number[] | Float64Array): void;
  /** Exchanges the counts. */
  swap(other: Counter): void;
  /** A new one that is so much further, instead of this one. */
  then_add(by: number | bigint): Counter;
  toString(): string;
  /** The number it is at. */
  get count(): number;
  /** This and the next number, the odd one of which is there. */
  get odd(): (Counter | null)[];
  /** Sets the number it is at. */
  set count(count: number | bigint);
  /** The same functions and the constructor, on other threads. */
  static readonly async: Background<Pick<typeof Counter, 'endless' | 'made' | 'many' | 'parse'>> & { readonly new: (count: number | bigint, options?: CallOptions) => Promise<Counter> };
  /** The same methods, on other threads. */
  get async(): Background<Pick<Counter, 'add' | 'add_slowly' | 'compareTo' | 'equals' | 'exact' | 'explode' | 'finish' | 'hashCode' | 'label' | 'merge' | 'odd_later' | 'read_slowly' | 'scale' | 'swap' | 'then_add' | 'toString'>>;
}
export interface Counter extends RustObject {}

/** Memory, of which the collector is told. */
export declare class Blob {
  #private;
  /** So many zeros. */
  constructor(size: number | bigint);
  /** How many there are, in all threads. */
  static live(): number;
  /** The same functions and the constructor, on other threads. */
  static readonly async: Background<Pick<typeof Blob, 'live'>> & { readonly new: (size: number | bigint, options?: CallOptions) => Promise<Blob> };
}
export interface Blob extends RustObject {}

/** Another object with the same members as a counter has. */
export declare class Tally {
  #private;
  private constructor();
  /** The number it is at. */
  get count(): number;
}
export interface Tally extends RustObject {}

/** A list of counters, which it keeps. */
export declare class Shelf {
  #private;
  /** An empty one. */
  constructor();
  /** Closes it in a way of its own. */
  close(how: string): string;
  /** Its counters, one after the other. */
  each(): RustIterator<Counter>;
  /**
   * The first that is at a number.
   *
   * @throws RustError, with what Rust returns as the `Err`.
   */
  find(count: number | bigint): Found | null;
  /** Puts a counter there. */
  put(counter: Counter): number;
  /** All of them. */
  get all(): Counter[];
}
export interface Shelf extends Omit<RustObject, 'close'> {}

/** A size. */
export interface Size {
  /** To the right. */
  width: number;
  /** Down, if that is known. */
  height: number | null;
}

/** A counter or none. */
export type Choice =
  /** It. */
  | { type: 'One'; value: Counter }
  /** A pair of them. */
  | {
      type: 'Two';
      /** The first. */
      first: Counter;
      /** The second. */
      second: Counter;
    }
  /** None. */
  | { type: 'None' };

/** A counter with its place on a shelf. */
export interface Found {
  /** The counter. */
  counter: Counter;
  /** Its place. */
  place: number;
}
