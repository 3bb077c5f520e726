/** The plan of a function: the slot of each argument and the place of the result, determined before the first call. */

import type { NativeLibrary } from '../crossing/node-api/native';
import type { Callee } from '../errors/words';
import type { Decode } from '../memory/reader';
import type { ClassDefinition, Definition } from '../types/shape';
import type { ScalarResult, Slot } from '../values/slot';

export type Result =
  | { readonly kind: 'none' }
  | ScalarResult
  /** A point in time, whose milliseconds are in the frame. */
  | { readonly kind: 'date' }
  /** An object, the address of whose reference is in the frame. A constructor returns only that. */
  | { readonly kind: 'object'; readonly definition: ClassDefinition; readonly address: boolean }
  /** A string, which the doorbell returns. */
  | { readonly kind: 'text' }
  /** A stream of words and text, which `read` decodes. */
  | {
      readonly kind: 'decoded';
      readonly read: (target: Target, text: string) => unknown;
      /** True if the text is not to be returned in pieces. */
      readonly whole?: true;
    };

/** The data for calls of a function of known types. */
export interface Plan {
  readonly target: Target;
  /** Prints the signature, for messages. */
  readonly text: () => string;
  /** The least number of arguments; optional ones are last. */
  readonly required: number;
  readonly slots: readonly Slot[];
  /** True if an argument is in the stream. */
  readonly streams: boolean;
  /** The number by which the addon picks the C++ function type; see src-native/abi.h. */
  readonly callCode: number;
  /** True if the function takes a frame instead of registers. */
  readonly framed: boolean;
  readonly result: Result;
  /** The type of the data that comes with an `Err`, if there is any. */
  readonly error?: ErrorData;
}

/** The data of an `Err` that is a record or an enum. */
export interface ErrorData {
  readonly definition: Definition;
  /** Makes the function that reads it. It is called when an error has occurred. */
  readonly decoder: () => Decode;
}

/** A function that checks its arguments. */
export type CheckedFunction = (...args: unknown[]) => unknown;

/** A resolved function. Holding it keeps its library's symbols valid. */
export interface Target extends Callee {
  /** The index of the symbol, by which the doorbell calls it. */
  readonly symbol: number;
  readonly library: NativeLibrary;
  /** The library's path, for messages. */
  readonly path: string;
  /** The calls of the library that are under way in the background. */
  readonly backlog: Backlog;
}

/** The number of calls of a library that are under way in the background, and the limit. */
export interface Backlog {
  count: number;
  readonly limit: number;
}
