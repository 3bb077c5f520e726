/** Structures that are passed and returned by value. */

import { doorbell } from '../../crossing/doorbell';
import type { Leaf, Part, Structure } from '../../crossing/structure';
import type { Arena } from '../../memory/arena';
import { type FieldType, layoutOf, type StructType } from '../../types/c';
import { SCALARS } from '../../types/scalar';
import type { CArgument } from './argument';
import type { CCall, Place } from './call';
import type { Cell } from './cell';

const { i32 } = doorbell;

/** The alignment of a copy whose address is passed (Windows x64). */
const ALIGNMENT = 16;

/** The size from which on no calling convention looks at the fields of a structure. */
const MOST_LEAVES_BYTES = 32;

/**
 * Returns the scalars and pointers in a structure; none for one so large that they do not matter. Null if it has an array
 * without elements, which compilers see differently.
 */
export function leavesOf(structure: StructType): readonly Leaf[] | null {
  if (hasEmptyArray(structure)) return null;
  return structure.size > MOST_LEAVES_BYTES ? [] : leavesAt(structure, 0);
}

/**
 * Returns what calling conventions look at.
 *
 * @param fail - Throws the error for a structure with an array without elements.
 */
export function structureOf(type: StructType, fail: (problem: string) => never): Structure {
  const leaves = leavesOf(type);
  if (leaves !== null) return { size: type.size, leaves };
  return fail(`${type.name} cannot be passed by value, as it has an array without elements; only a pointer to it can`);
}

function leavesAt(type: FieldType, offset: number): Leaf[] {
  switch (type.kind) {
    case 'struct':
      return type.fields.flatMap((field) => leavesAt(field.type, offset + field.offset));
    case 'array': {
      const { size } = layoutOf(type.element);
      return Array.from({ length: type.length }, (_, k) => leavesAt(type.element, offset + k * size)).flat();
    }
    default: {
      const isFloat = type.kind === 'scalar' && SCALARS[type.name].kind === 'float';
      return [{ offset, size: layoutOf(type).size, isFloat }];
    }
  }
}

function hasEmptyArray(type: FieldType): boolean {
  if (type.kind === 'array') return type.length === 0 || hasEmptyArray(type.element);
  return type.kind === 'struct' && type.fields.some((field) => hasEmptyArray(field.type));
}

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

/** Copies the parts of a structure to memory, whose place in the arena it returns. */
export function partsInMemory(arena: Arena, size: number, parts: readonly Part[]): Pick<Place, 'chunk' | 'offset'> {
  arena.reserve(size);
  const { chunk, offset } = arena;
  for (const { from, to, size: bytes } of parts) {
    const at = (offset + from) >> 2;
    chunk.i32[at] = i32[to >> 2] as number;
    if (bytes === 8) chunk.i32[at + 1] = i32[(to >> 2) + 1] as number;
  }
  return { chunk, offset };
}
