/**
 * Large chunks of calls that are over, for the next call that needs as much: memory that was used before is there, where
 * new memory would have to be mapped page by page. The collector may take them at any time.
 */

import { append } from '../runtime/list';
import { Chunk } from './chunk';

const spares: WeakRef<Chunk>[] = [];

const MOST_SPARES = 4;

/** Larger ones go at once: as long as code runs without a pause, a spare is not collected. */
const MOST_BYTES = 1 << 24;

/**
 * A chunk of at least `bytes`, whatever it holds.
 *
 * @throws RangeError `ERR_RUSTDLL_MEMORY`
 */
export function takeChunk(bytes: number): Chunk {
  for (let i = 0; i < spares.length; i++) {
    const spare = spares[i]?.deref();
    if (spare === undefined || (spare.size >= bytes && spare.size <= 2 * bytes)) {
      spares.splice(i--, 1);
      if (spare !== undefined) return spare;
    }
  }
  return new Chunk(bytes);
}

/** Gives a chunk back that nothing points into any more. */
export function keepChunk(chunk: Chunk): void {
  if (chunk.size > MOST_BYTES) return;
  chunk.top = 0;
  if (spares.length === MOST_SPARES) spares.shift();
  append(spares, new WeakRef(chunk));
}
