/** Structures that are passed and returned by value. */

import { BLOCK_RESULT } from '../../crossing/block';
import { doorbell } from '../../crossing/doorbell';
import type { Part } from '../../crossing/structure';
import type { Arena } from '../../memory/arena';
import type { CArgument } from './argument';
import type { CCall, Place } from './call';
import type { Cell } from './cell';

const { i32 } = doorbell;

/** The alignment of a copy whose address is passed (Windows x64). */
const ALIGNMENT = 16;

/** A structure whose parts are stored in the block. */
export function partsArgument(cell: Cell): CArgument {
  return {
    pack(call, index, value) {
      const { chunk, offset } = call.reserve(index, cell.size);
      cell.write(call.arena, chunk, offset, value);
    },
  };
}

/** A structure of which the function gets the address of a copy, which is its own. */
export function copyArgument(cell: Cell): CArgument {
  return {
    pack(call, index, value) {
      const { chunk, offset } = reserveAligned(call, index, cell.size);
      cell.write(call.arena, chunk, offset, value);
    },
  };
}

/** The memory for a result. */
export function memoryForResult(cell: Cell): CArgument {
  return {
    pack(call, index) {
      reserveAligned(call, index, cell.size);
    },
  };
}

function reserveAligned(call: CCall, index: number, bytes: number): Place {
  const place = call.reserve(index, bytes + ALIGNMENT - 8);
  const address = call.addresses[index] as number;
  const aligned = Math.ceil(address / ALIGNMENT) * ALIGNMENT;
  place.offset += aligned - address;
  call.addresses[index] = aligned;
  return place;
}

/** Stores the parts of a packed structure in the block. */
export function storeParts(call: CCall, index: number, parts: readonly Part[]): void {
  const { chunk, offset } = call.places[index] as Place;
  for (const { from, to, size } of parts) {
    const at = (offset + from) >> 2;
    i32[to >> 2] = chunk.i32[at] as number;
    if (size === 8) i32[(to >> 2) + 1] = chunk.i32[at + 1] as number;
  }
}

/** Copies the result register to memory, whose place in the arena it returns. */
export function registerInMemory(arena: Arena): Pick<Place, 'chunk' | 'offset'> {
  arena.reserve(8);
  const { chunk, offset } = arena;
  chunk.i32[offset >> 2] = i32[BLOCK_RESULT >> 2] as number;
  chunk.i32[(offset >> 2) + 1] = i32[(BLOCK_RESULT >> 2) + 1] as number;
  return { chunk, offset };
}
