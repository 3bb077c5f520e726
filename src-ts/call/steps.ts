/** What every call does, guessed, declared or exported, around packing its arguments and reading its result. */

import { BLOCK_TEXT_COUNT } from '../crossing/block';
import { doorbell } from '../crossing/doorbell';
import type { RingStatus } from '../crossing/node-api/native';
import type { Arena } from '../memory/arena';
import { refuseRepeatedLists } from '../values/lent/same-list';
import { sealBorrows, writeBackCopies } from '../values/lent/borrow';
import { takeSnapshots, writeBackLists } from '../values/lent/write-back';

const { ring, i32 } = doorbell;

/** After packing and before the call: nothing the user wrote runs any more, so what was noted can be made final. */
export function seal(arena: Arena): void {
  if (arena.noted.count > 0) {
    refuseRepeatedLists(arena);
    takeSnapshots(arena);
  }
  if (arena.borrowCount > 0) sealBorrows(arena);
}

/**
 * Makes the call, with the strings that the crossing is to encode.
 *
 * @param count - How many of `texts` there are.
 */
export function ringWith(texts: readonly string[], count: number): undefined | string | RingStatus {
  if (count === 0) return ring();
  i32[BLOCK_TEXT_COUNT >> 2] = count;
  if (count === 1) return ring(texts[0] as string);
  // Not spread: that would ask Array.prototype for an iterator, which might be anyone's.
  return ring(texts[0] as string, texts[1] as string, texts[2] as string, texts[3] as string);
}

/** After the call: what Rust changed goes back to where it came from. */
export function complete(arena: Arena): void {
  if (arena.noted.count > 0) writeBackLists(arena);
  if (arena.borrowCount > 0) writeBackCopies(arena);
}
