/** What is known of a function before it is called: where each argument goes, and where its result is. */

import type { Target } from './call';
import type { Encode } from './encoder';
import type { Scalar } from './scalars';
import type { StrType, VecType } from './types';

/** A scalar's place in the block; a packed one is only as large as its type. */
export interface ScalarSlot {
  readonly kind: 'scalar';
  readonly scalar: Scalar;
  readonly offset: number;
  readonly packed: boolean;
}

/** The place in the block of a pointer to a list or string. */
export interface LentSlot {
  readonly kind: 'lent';
  readonly type: VecType | StrType;
  readonly offset: number;
  /** Whether only a JavaScript string, or only a typed array, will do. */
  readonly only: 'string' | 'typed array' | null;
}

/** An argument that is encoded into the stream of a framed call. */
export interface StreamSlot {
  readonly kind: 'stream';
  readonly encode: Encode;
}

export type Slot = ScalarSlot | LentSlot | StreamSlot;

/** A scalar result, at `offset` in the block. */
export interface ScalarResult {
  readonly kind: 'scalar';
  readonly scalar: Scalar;
  readonly offset: number;
  /** Whether a 64-bit integer is to be a bigint. */
  readonly bigint: boolean;
  /** Whether it is in a frame, not where the addon puts what a register held. */
  readonly framed: boolean;
}

export type Result =
  | { readonly kind: 'none' }
  | ScalarResult
  /** A string, which the crossing itself gives. */
  | { readonly kind: 'text' }
  /** Words and text that are to be read. */
  | { readonly kind: 'decoded'; readonly read: (target: Target, text: string) => unknown };

/** Everything a call of a function needs whose types are known. */
export interface Plan {
  readonly target: Target;
  /** The signature, for messages. */
  readonly text: string;
  /** How many arguments there must be; those that may be left out are the last ones. */
  readonly required: number;
  readonly slots: readonly Slot[];
  /** What the block is told. */
  readonly code: number;
  /** Whether the function takes a frame instead of registers. */
  readonly framed: boolean;
  readonly result: Result;
}

/** A function whose calls are checked. */
export type CheckedFunction = (...args: unknown[]) => unknown;
