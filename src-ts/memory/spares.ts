/**
 * Large chunks of earlier calls, for the next call that needs as much: memory that was used before is mapped already,
 * while new memory has to be mapped page by page. The garbage collector may take them at any time.
 */

import { append } from '../runtime/list';
import { Chunk } from './chunk';

const spares: WeakRef<Chunk>[] = [];

const MOST_SPARES = 4;

/** The size above which chunks are released at once: while code runs without a pause, a spare is not collected. */
const MOST_BYTES = 1 << 24;

/**
 * Returns a chunk of at least `bytes`, with arbitrary contents.
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

/** Keeps a chunk into which nothing points any more. */
export function keepChunk(chunk: Chunk): void {
  if (chunk.size > MOST_BYTES) return;
  chunk.top = 0;
  if (spares.length === MOST_SPARES) spares.shift();
  append(spares, new WeakRef(chunk));
}
