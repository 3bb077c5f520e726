/** Points in time: `Date`s, as milliseconds since the epoch. */

import { rangeError } from '../../../errors/errors';
import { outOfRange, wrongType } from '../../../errors/mismatch';
import type { Reader } from '../../../memory/reader';
import type { Writer } from '../../../memory/writer';
import { unbound } from '../../../runtime/property';
import type { DateShape } from '../../../types/shape';
import type { Kind } from './kind';

export const dateKind: Kind<DateShape> = {
  spellings: { date: { kind: 'date' } },
  parts: () => [],
  encoder: () => encodeDate,
  decoder: () => decodeDate,
  input: (_, { global }) => [global('Date')],
  output: (_, { global }) => [global('Date')],
  rust: () => 'Date',
};

/** The most milliseconds before or after the epoch of a `Date`, by the specification of JavaScript. */
const MAX_MILLISECONDS = 8.64e15;

// It asks for the internal slot, so that dates of other realms (`node:vm`, jest) are dates and objects that only inherit
// from `Date.prototype` are not. Taken from the prototype once: a subclass may override it.
const getTime = unbound(Date.prototype, 'getTime') as (date: unknown) => number;

function encodeDate(writer: Writer, value: unknown): void {
  let milliseconds: number;
  try {
    milliseconds = getTime(value);
  } catch {
    throw wrongType('a Date', value);
  }
  if (Number.isNaN(milliseconds)) throw outOfRange('the Date is invalid');
  writer.ensure(1);
  writer.f64[writer.at++] = milliseconds;
}

function decodeDate(reader: Reader): Date {
  const milliseconds = reader.f64[reader.at++] as number;
  if (Number.isInteger(milliseconds) && Math.abs(milliseconds) <= MAX_MILLISECONDS) return new Date(milliseconds);
  throw rangeError(
    'ERR_RUSTDLL_RANGE',
    `the result holds a point in time ${milliseconds} ms from the epoch, which no Date represents`,
  );
}
