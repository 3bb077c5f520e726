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
export function pointerReader({ to }: PointerType, bigint: boolean): ReadPointer {
  if (to.kind === 'char') return (_arena, address) => readCString(address);
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
  const name = formatCType(to);
  return (_arena, address) => pointerTo(name, address);
}
