/** Points in time: `Date`s, which cross as milliseconds since the epoch. Nothing here runs code of the user's. */

import { FRAME_RESULT } from '../crossing/block';
import { doorbell } from '../crossing/doorbell';
import { rangeError } from '../errors/errors';
import { Mismatch, outOfRange, wrongType } from '../errors/mismatch';
import type { Callee } from '../errors/words';
import { unbound } from '../runtime/property';

const { f64 } = doorbell;

/** The most milliseconds before or after the epoch of a `Date`, by the specification of JavaScript. */
const MAX_MILLISECONDS = 8.64e15;

// It asks for the internal slot, so that dates of other realms (`node:vm`, jest) are dates and objects that only inherit
// from `Date.prototype` are not. Taken from the prototype once: a subclass may override it.
const getTime = unbound(Date.prototype, 'getTime') as (date: unknown) => number;

/** Returns the milliseconds of a `Date`. @throws Mismatch */
export function millisecondsOf(value: unknown): number {
  let milliseconds: number;
  try {
    milliseconds = getTime(value);
  } catch {
    throw wrongType('a Date', value);
  }
  if (Number.isNaN(milliseconds)) throw outOfRange('the Date is invalid');
  return milliseconds;
}

/** Makes a `Date` of the milliseconds of a result. @throws RangeError if there is no such `Date`. */
export function dateOf(milliseconds: number): Date {
  if (Number.isInteger(milliseconds) && Math.abs(milliseconds) <= MAX_MILLISECONDS) return new Date(milliseconds);
  throw rangeError(
    'ERR_RUSTDLL_RANGE',
    `the result holds a point in time ${milliseconds} ms from the epoch, which no Date represents`,
  );
}

/** Stores a `Date` at `offset` in the block. @throws TypeError, RangeError naming the argument. */
export function storeDate(callee: Callee, index: number, value: unknown, offset: number): void {
  try {
    f64[offset >> 3] = millisecondsOf(value);
  } catch (error) {
    throw error instanceof Mismatch ? error.toError(callee, index) : error;
  }
}

/** Reads the `Date` that a framed call has returned. @throws RangeError */
export function dateResult(callee: Callee): Date {
  try {
    return dateOf(f64[FRAME_RESULT >> 3] as number);
  } catch (error) {
    if (error instanceof Error) error.message = `${callee.name}: ${error.message}`;
    throw error;
  }
}
