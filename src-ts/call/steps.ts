/** The steps of a call that are the same at every level, before and after it reaches the addon. */

import { BLOCK_TEXT_COUNT } from '../crossing/block';
import { doorbell } from '../crossing/doorbell';
import type { RingStatus } from '../crossing/node-api/native';
import type { Arena } from '../memory/arena';
import { refuseRepeatedLists } from '../values/lent/same-list';
import { sealBorrows, writeBackCopies } from '../values/lent/borrow';
import { takeSnapshots, writeBackLists } from '../values/lent/write-back';

const { ring, ringPlain, i32 } = doorbell;

/**
 * Completes the arguments after packing. No code of the user's runs from here on, so buffers and lists cannot change.
 */
export function seal(arena: Arena): void {
  if (arena.noted.count > 0) {
    refuseRepeatedLists(arena);
    takeSnapshots(arena);
  }
  if (arena.borrowCount > 0) sealBorrows(arena);
}

/**
 * Rings the doorbell with the strings that the addon has to encode.
 *
 * @param count - The number of strings in `texts` to encode.
 */
export function ringWith(texts: readonly string[], count: number): undefined | string | RingStatus {
  if (count === 0) return ring();
  i32[BLOCK_TEXT_COUNT >> 2] = count;
  if (count === 1) return ring(texts[0] as string);
  // Spread syntax would use the iterator of Array.prototype, which a program may have replaced.
  return ring(texts[0] as string, texts[1] as string, texts[2] as string, texts[3] as string);
}

/** Does the same for a call whose result has no text and no object. */
export const ringPlainWith: typeof ringWith =
  ringPlain === ring ? ringWith : (texts, count) => (count === 0 ? ringPlain() : ringWith(texts, count));

/** Writes back into lists and views what Rust changed in their copies. */
export function complete(arena: Arena): void {
  if (arena.noted.count > 0) writeBackLists(arena);
  if (arena.borrowCount > 0) writeBackCopies(arena);
}
