/** Results of C functions that are pointers. */

import { native } from '../../crossing/node-api/native';
import type { Arena } from '../../memory/arena';
import { formatCType, type PointerType } from '../../types/c';
import { cellOf } from './cell';
import { pointerTo } from './pointer';
import { readCString } from './text';

/** Reads what is behind an address. */
export type ReadPointer = (arena: Arena, address: number) => unknown;

/**
 * Makes the function that reads a pointer: a text, a copy of a structure, or the pointer itself; null for NULL.
 *
 * @throws Mismatch for a text or a structure with bits that are no value.
 */
export function pointerReader(type: PointerType, bigint: boolean): ReadPointer {
  const { to } = type;
  if (to.kind === 'struct') {
    const cell = cellOf(to, bigint);
    return (arena, address) => {
      if (address === 0) return null;
      arena.reserve(cell.size);
      const { chunk, offset } = arena;
      native.load(address, chunk.u8.subarray(offset, offset + cell.size));
      return cell.read(chunk, offset);
    };
  }
  const read = directReader(type);
  return (_arena, address) => read?.(address);
}

/** Makes the function that reads a pointer without memory for what is behind it; null for a structure, which needs it. */
export function directReader({ to }: PointerType): ((address: number) => unknown) | null {
  if (to.kind === 'struct') return null;
  if (to.kind === 'char') return readCString;
  const name = formatCType(to);
  return (address) => pointerTo(name, address);
}
