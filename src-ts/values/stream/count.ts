import { Mismatch, wrongType } from '../../errors/mismatch';
import type { Writer } from '../../memory/writer';
import { lengthOf } from '../lent/list';

/** Returns the length of a list, and refuses one that has not `wanted` elements if that is a number. */
export function countOf(writer: Writer, value: unknown, wanted: number | null): number {
  if (!Array.isArray(value)) throw wrongType(wanted === null ? 'a list' : `a list of ${wanted} elements`, value);
  const length = lengthOf(writer, value);
  if (wanted !== null && length !== wanted) {
    throw new Mismatch(`expected a list of ${wanted} elements, got one of ${length}`);
  }
  return length;
}
