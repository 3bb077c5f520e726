/** The destinations of packed lists, and the kinds of their elements. */

import type { ArgumentErrorCode } from '../errors/errors';
import type { Level } from '../errors/words';

/** The destination of a packed list: an argument in an arena, or one in a stream. */
export interface Site {
  /** The `typeof` of the elements of the lists of 64-bit integers in it; empty before the first such list. */
  wideElements: string;
  readonly level: Level;
  /** Makes the error for an element of the wrong type; `more` is the rest of the path to it. */
  wrongType(expected: string, value: unknown, ...more: number[]): Error;
  /** Makes any other error about an element; it is a `RangeError` if the code is for one. */
  error(code: ArgumentErrorCode, problem: string, ...more: number[]): Error;
}

/** The kind of the elements of a packed list. They are of the same kind when they are written back. */
export const Elements = {
  /** Values of the only kind that the type has; for 64-bit integers, numbers. */
  Plain: 0,
  /** Numbers that are signed 64-bit integers in Rust, every one of them an int32 and none -0. */
  Short: 1,
  /** Bigints. */
  Big: 2,
  /** Numbers and bigints for 64-bit integers. Such a list is not written back. */
  Mixed: 3,
} as const;

export type Elements = (typeof Elements)[keyof typeof Elements];
