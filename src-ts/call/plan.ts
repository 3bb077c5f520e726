/** What is known of a function before it is called: where each argument goes, and where its result is. */

import type { NativeLibrary } from '../crossing/node-api/native';
import type { Callee } from '../errors/words';
import type { ScalarResult, Slot } from '../values/slot';

export type Result =
  | { readonly kind: 'none' }
  | ScalarResult
  /** A string, which the crossing itself gives. */
  | { readonly kind: 'text' }
  /** Words and text, which `read` makes a value of. */
  | { readonly kind: 'decoded'; readonly read: (target: Target, text: string) => unknown };

/** Everything a call of a function needs whose types are known. */
export interface Plan {
  readonly target: Target;
  /** The signature, for messages. */
  readonly text: () => string;
  /** How many arguments there must be; those that may be left out are the last ones. */
  readonly required: number;
  readonly slots: readonly Slot[];
  /** The number by which the addon picks the C++ function type; see src-native/abi.h. */
  readonly callCode: number;
  /** True if the function takes a frame instead of registers. */
  readonly framed: boolean;
  readonly result: Result;
}

/** A function whose calls are checked. */
export type CheckedFunction = (...args: unknown[]) => unknown;

/** A resolved function. Holding it keeps its library's symbols valid. */
export interface Target extends Callee {
  /** The index to ring. */
  readonly symbol: number;
  readonly library: NativeLibrary;
  /** The library's path, for messages. */
  readonly path: string;
  /** The calls of the library that are under way in the background. */
  readonly backlog: Backlog;
}

/** How many calls of a library are under way in the background, and how many there may be. */
export interface Backlog {
  count: number;
  readonly limit: number;
}
