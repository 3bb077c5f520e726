/**
 * Large chunks of earlier calls, for the next call that needs as much: memory that was used before is mapped already,
 * while new memory has to be mapped page by page, and makes the engine collect garbage. The collector may take the chunks at any
 * time at which no code runs.
 */

import { totalmem } from 'node:os';
import { append } from '../runtime/list';
import { Chunk } from './chunk';

interface Spare {
  readonly chunk: WeakRef<Chunk>;
  /** In bytes. */
  readonly size: number;
}

/** The spares, of which the last was kept last. */
const spares: Spare[] = [];

/** The bytes of all spares. */
let total = 0;

const MOST_SPARES = 4;

/**
 * The most bytes of all spares together: while code runs without a pause, none is collected. It is a sixteenth of the memory
 * that there is, within these limits.
 */
const [LOWEST_LIMIT, HIGHEST_LIMIT] = [1 << 27, 1 << 29];

/** That limit once it has been asked for, which reads files. */
let limit = 0;

/** Returns the limit for a process that may use so many bytes. */
export function limitFor(memory: number): number {
  return Math.min(HIGHEST_LIMIT, Math.max(LOWEST_LIMIT, memory / 16));
}

/** Returns the limit of this process. */
export function ownLimit(): number {
  // The limit of a container is 0, or beyond the memory of the machine, where there is none.
  return (limit ||= limitFor(Math.min(process.constrainedMemory() || Infinity, totalmem())));
}

function mayKeep(bytes: number): boolean {
  return bytes <= LOWEST_LIMIT || bytes <= ownLimit();
}

/**
 * Returns a chunk of at least `bytes`, with arbitrary contents.
 *
 * @throws RangeError `ERR_RUSTDLL_MEMORY`
 */
export function takeChunk(bytes: number): Chunk {
  for (;;) {
    let best = -1;
    for (let i = 0; i < spares.length; i++) {
      const { size } = spares[i] as Spare;
      if (size < bytes || size > 2 * bytes) continue;
      if (best === -1 || size < (spares[best] as Spare).size) best = i;
    }
    if (best === -1) return new Chunk(bytes);
    const { chunk } = spares[best] as Spare;
    remove(best);
    const spare = chunk.deref();
    if (spare !== undefined) return spare;
  }
}

/** Keeps a chunk into which nothing points any more. */
export function keepChunk(chunk: Chunk): void {
  const { size } = chunk;
  if (!mayKeep(size)) return;
  chunk.top = 0;
  while (spares.length === MOST_SPARES || !mayKeep(total + size)) remove(0);
  append(spares, { chunk: new WeakRef(chunk), size });
  total += size;
}

function remove(index: number): void {
  total -= (spares[index] as Spare).size;
  spares.splice(index, 1);
}
