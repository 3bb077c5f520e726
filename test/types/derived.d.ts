// The exported functions of libderived.so. Written by `rustdll types`: edits are lost when it runs again.
/* eslint-disable */

import type { Background, CallOptions, ListLike, RustError, RustObject, WithoutBackground } from 'rustdll';

/**
 * Fails if `which` is less than 4.
 *
 * @throws RustError whose `data` is {@link AppError}.
 */
export declare function attempt(which: number, size: number | bigint): number;

/**
 * Does the same, with integers that lose no digits.
 *
 * @throws RustError whose `data` is {@link AppError}.
 */
export declare function attempt_exactly(which: number, size: number | bigint): number;

/**
 * Does the same, and names the argument.
 *
 * @throws RustError whose `data` is {@link AppError}.
 */
export declare function attempt_with(text: string, list: ListLike<string>): string;

/**
 * Fails with a record.
 *
 * @throws RustError whose `data` is {@link Cause}.
 */
export declare function fail_cause(why: string): void;

/**
 * Fails with a `TypeError`, a `RangeError`, or an error that has one as its source.
 *
 * @throws RustError, with what Rust returns as the `Err`.
 */
export declare function fail_class(which: number): number;

/**
 * Fails with an object.
 *
 * @throws RustError whose `data` is {@link Held}.
 */
export declare function fail_held(secret: string): void;

/**
 * Fails with the name of a variant.
 *
 * @throws RustError whose `data` is {@link Signal}.
 */
export declare function fail_signal(go: boolean): void;

/** True for an error of this library whose `data` is of the type {@link AppError}. */
export declare const isAppError: WithoutBackground<
  (error: unknown) => error is RustError<AppError<number | bigint>, AppError['type']>
>;

/** True for an error of this library whose `data` is of the type {@link Cause}. */
export declare const isCause: WithoutBackground<(error: unknown) => error is RustError<Cause, 'ERR_RUSTDLL_RUST'>>;

/** True for an error of this library whose `data` is of the type {@link Held}. */
export declare const isHeld: WithoutBackground<(error: unknown) => error is RustError<Held, 'ERR_RUSTDLL_RUST'>>;

/** True for an error of this library whose `data` is of the type {@link Signal}. */
export declare const isSignal: WithoutBackground<(error: unknown) => error is RustError<Signal, Signal>>;

/** Keeps a secret. */
export declare class Vault {
  #private;
  /**
   * Makes a vault, if there is a secret.
   *
   * @throws RustError whose `data` is {@link AppError}.
   */
  constructor(secret: string);
  /**
   * Opens the vault with the right key.
   *
   * @throws RustError whose `data` is {@link AppError}.
   */
  open(key: string): string;
  /** The same functions and the constructor, on other threads. */
  static readonly async: { readonly new: (secret: string, options?: CallOptions) => Promise<Vault> };
  /** The same methods, on other threads. */
  get async(): Background<Pick<Vault, 'open'>>;
}
export interface Vault extends RustObject {}

/** What can go wrong in the application. */
export type AppError<Int extends number | bigint = number> =
  /** There is no such file. */
  | {
      type: 'NotFound';
      /** Where it was looked for. */
      path: string;
      /** Its size when it was last there. */
      size: Int;
    }
  /** It is not well written. */
  | { type: 'Syntax'; value: [number, number] }
  /** Because of another one. */
  | { type: 'Cause'; value: Cause }
  /** Nothing is known. */
  | { type: 'Unknown' };

/** The cause of another error. */
export interface Cause {
  /** Why it happened. */
  why: string;
}

/** An error that has objects. */
export interface Held {
  /** What is held. */
  vault: Vault;
}

/** A signal, and nothing else. */
export type Signal =
  /** Stop. */
  | 'STOP_NOW'
  /** Go. */
  | 'GO_ON';
