// The exported functions of libcallbacks.so. Written by `rustdll types`: edits are lost when it runs again.
/* eslint-disable */

import type { Background, Bytes, CallOptions, ListLike, RustObject } from 'rustdll';

/** How many bytes the library has allocated and not freed, in all threads. */
export declare function allocated(): number;

/** Calls a function once. */
export declare function apply(f: (arg1: number) => number, x: number): number;

/** Calls a function between uses of what was lent, which must be what it was. */
export declare function between(text: string, numbers: number[] | Float64Array, f: (arg1: string) => void): string;

/** Calls a function on another thread, which nobody waits for. */
export declare function call_apart(on: (arg1: number) => number | PromiseLike<number>): void;

/**
 * Calls the function that is kept.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function call_kept(x: number): number;

/**
 * Calls it on another thread after a while, and drops it.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function call_kept_later(x: number, milliseconds: number | bigint): void;

/**
 * Calls it on another thread, which waits for so long.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function call_kept_within(x: number, milliseconds: number | bigint): number;

/** Calls a function that may throw, and tells what it has thrown. */
export declare function caught(f: (arg1: number) => number | bigint): string;

/** Calls a function with scalars, and returns what it returns. */
export declare function choose(
  a: number,
  b: number | bigint,
  name: string,
  f: (arg1: number, arg2: number, arg3: boolean, arg4: number, arg5: number, arg6: number) => boolean,
): string;

/** Drops it. */
export declare function drop_kept(): void;

/** Drops it on another thread. */
export declare function drop_kept_on_thread(): void;

/** Calls a function with each word. */
export declare function each(words: ListLike<string>, on: (arg1: string) => void): number;

/** Calls a function with an exact integer. */
export declare function exact(value: number | bigint, f: (arg1: bigint) => number | bigint): bigint;

/**
 * Passes it on as the cause of another error.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function explained(f: () => number): number;

/**
 * Explains what a function throws that is called later.
 *
 * @throws RustError: As above.
 */
export declare function explained_later(f: () => number | PromiseLike<number>, options?: CallOptions): Promise<number>;

/**
 * Explains it twice, as an error of a class and with codes.
 *
 * @throws RustError: What `f` has thrown, inside of others.
 */
export declare function explained_twice(f: () => number): number;

/** Posts numbers, from a thread of its own, for ever. */
export declare function flood(on: (arg1: number) => void): void;

/** How many guards there are, in all threads. */
export declare function guards(): number;

/** Calls a function with an integer that no number is. */
export declare function inexact(f: (arg1: number) => number | bigint): number;

/** Keeps a function. */
export declare function keep(f: (arg1: number) => number | PromiseLike<number>): void;

/**
 * Sets whether it keeps the process alive.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function keep_alive(keeps: boolean): void;

/** Returns the function that is kept. */
export declare function kept_function(): ((arg1: number) => number | PromiseLike<number>) | null;

/** Calls a function with a list and a text as large as asked for, and returns what it returns. */
export declare function large(count: number, f: (arg1: number[], arg2: string) => ListLike<string>): string[];

/** Calls a function, if there is one. */
export declare function maybe(x: number, f?: ((arg1: number) => number) | null | undefined): number;

/** Calls a function with values of many kinds. */
export declare function mix(
  f: (arg1: number[], arg2: string | null, arg3: [boolean, string], arg4: Row[], arg5: number, arg6: number, arg7: Bytes) => ListLike<Row>,
): Row[];

/**
 * Calls listeners until one says that it is enough.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function notify(listeners: ListLike<Listener>, value: number): number;

/** Calls a function on another thread. */
export declare function on_thread(f: (arg1: number) => number, x: number): number;

/** Calls a function on several threads, and adds up what it returns. */
export declare function on_threads(threads: number, count: number, f: (arg1: number) => number): number;

/** Passes a value on. */
export declare function pass_bool(value: boolean, f: (arg1: boolean) => boolean): boolean;

/** Passes a value on. */
export declare function pass_char(value: string, f: (arg1: string) => string): string;

/** Passes a value on. */
export declare function pass_f32(value: number, f: (arg1: number) => number): number;

/** Passes a value on. */
export declare function pass_f64(value: number, f: (arg1: number) => number): number;

/** Passes a value on. */
export declare function pass_i16(value: number, f: (arg1: number) => number): number;

/** Passes a value on. */
export declare function pass_i32(value: number, f: (arg1: number) => number): number;

/** Passes a value on. */
export declare function pass_i64(value: number | bigint, f: (arg1: number) => number | bigint): number;

/** Passes a value on. */
export declare function pass_i8(value: number, f: (arg1: number) => number): number;

/** Passes a value on. */
export declare function pass_isize(value: number | bigint, f: (arg1: number) => number | bigint): number;

/** Passes a value on. */
export declare function pass_u16(value: number, f: (arg1: number) => number): number;

/** Passes a value on. */
export declare function pass_u32(value: number, f: (arg1: number) => number): number;

/** Passes a value on. */
export declare function pass_u64(value: number | bigint, f: (arg1: number) => number | bigint): number;

/** Passes a value on. */
export declare function pass_u8(value: number, f: (arg1: number) => number): number;

/** Passes a value on. */
export declare function pass_usize(value: number | bigint, f: (arg1: number) => number | bigint): number;

/**
 * Passes on what a function has thrown.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function passed_on(f: () => number): number;

/**
 * Passes it on as another type of error.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function passed_on_as_error(f: () => number): number;

/**
 * Passes it on in a box.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function passed_on_in_box(f: () => number): number;

/** Posts numbers from several threads, and returns how many were posted. */
export declare function post(threads: number, count: number, on: (arg1: number, arg2: number) => void): number;

/** Posts so many numbers, from a thread of its own. */
export declare function post_apart(count: number, on: (arg1: number) => void): void;

/** Posts numbers until that is an error, and returns how many were posted. */
export declare function post_until_full(on: (arg1: string) => void): number;

/** Sorts rows by a function that compares two of them. */
export declare function sort_by(rows: ListLike<Row>, less: (arg1: Row, arg2: Row) => boolean): Row[];

/** Calls a function with an object, and reads the one that it returns. */
export declare function through(f: (arg1: Counter) => Counter): number;

/** Calls a function with nothing. */
export declare function tick(f: () => void): void;

/** Calls a function many times, and adds up what it returns. */
export declare function total(count: number, f: (arg1: number) => number): number;

/** Calls a function until its call has been cancelled. */
export declare function until_cancelled(f: (arg1: number) => void): number;

/** Calls a function with scalars, the exact ones as well, and returns what it returns. */
export declare function weigh(
  f: (arg1: number, arg2: number, arg3: boolean, arg4: number, arg5: bigint, arg6: number) => number | bigint,
): bigint;

/** Counts. */
export declare class Counter {
  #private;
  /** Makes one. */
  constructor(count: number);
  /** Adds what a function returns. */
  add(f: (arg1: number) => number): number;
  /** Keeps a function, which is called with each count. */
  listen(on?: ((arg1: number) => void) | null | undefined): void;
  /**
   * Sets the count.
   *
   * @throws RustError, with what Rust returns as the `Err`.
   */
  set(count: number): void;
  /** The count. */
  get count(): number;
  /** The same functions and the constructor, on other threads. */
  static readonly async: { readonly new: (count: number, options?: CallOptions) => Promise<Counter> };
  /** The same methods, on other threads. */
  get async(): Background<Pick<Counter, 'add' | 'listen' | 'set'>>;
}
export interface Counter extends RustObject {}

/** A row of a table. */
export interface Row {
  /** Its name. */
  name: string;
  /** How large it is. */
  size: number;
}

/** What a function may be part of. */
export interface Listener {
  /** What it is called. */
  name: string;
  /** Is called with the name and a number. */
  on: (arg1: string, arg2: number) => boolean | PromiseLike<boolean>;
  /** Is called afterwards. */
  after?: (() => void) | null | undefined;
}
