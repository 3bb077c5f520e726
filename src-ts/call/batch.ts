/**
 * The batches in which items are taken from iterators and streams that stay in Rust, as a call for each would take longer than
 * most items do. They grow as long as they are small and made quickly, so that nobody waits for items that were not asked
 * for.
 */

import type { Callee } from '../errors/words';
import type { Decode } from '../memory/reader';
import { makeList } from '../runtime/list';
import { streamReader } from '../values/stream/result';

/** The most items of a batch. */
const MOST_ITEMS = 256;

/** A batch that took so many milliseconds is followed by a smaller one. */
const LONG = 0.1;

/** A batch of so many bytes is followed by a smaller one. */
const LARGE = 1 << 15;

/** Items, and what follows them. */
export interface Batch {
  readonly items: readonly unknown[];
  /** True if there are no more. */
  readonly over: boolean;
  /** The size of their stream. */
  readonly bytes: number;
  /** The error of the item behind them, which could not be read. */
  readonly failure: { readonly error: unknown } | null;
}

/** Makes the function that reads the batch that is in the block. @param decode - Reads an item. */
export function batchReader(decode: Decode): (callee: Callee, text: string) => Batch {
  let items: unknown[] = [];
  const read = streamReader((reader): Batch => {
    const length = reader.length(MOST_ITEMS);
    items = makeList<unknown>(length);
    let k = 0;
    try {
      for (; k < length; k++) items[k] = decode(reader);
    } finally {
      items.length = k;
    }
    const over = reader.flag();
    return { items, over, bytes: 8 * reader.end + reader.text.length, failure: null };
  });
  return (callee, text) => {
    items = [];
    try {
      return read(callee, text) as Batch;
    } catch (error) {
      // The items before one that cannot be expressed are told first.
      return { items, over: true, bytes: 0, failure: { error } };
    }
  };
}

/**
 * Returns how many items the batch after this one has at most.
 *
 * @param most - The most items of this one.
 * @param milliseconds - How long it took to make it.
 */
export function sizeAfter(most: number, { bytes }: Batch, milliseconds: number): number {
  return bytes > LARGE || milliseconds > LONG ? Math.max(1, most >> 1) : Math.min(MOST_ITEMS, 2 * most);
}
