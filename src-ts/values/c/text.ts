/** Strings of C: bytes of UTF-8 that end with a NUL. */

import { native } from '../../crossing/node-api/native';
import { Mismatch } from '../../errors/mismatch';
import type { Arena } from '../../memory/arena';
import type { Chunk } from '../../memory/chunk';
import { append } from '../../runtime/list';

/**
 * Packs a string with a NUL behind it, and returns its address.
 *
 * @throws Mismatch for a string that holds a NUL, where C would see its end, or a lone surrogate.
 */
export function packCString(arena: Arena, text: string): number {
  const nul = text.indexOf('\0');
  if (nul >= 0) throw new Mismatch(`the string has a NUL at index ${nul}, where C sees its end`);
  const bytes = Buffer.byteLength(text, 'utf8');
  if (bytes !== text.length && !text.isWellFormed()) {
    throw new Mismatch('the string has a lone surrogate, which UTF-8 cannot express', 'ERR_RUSTDLL_SURROGATE');
  }
  arena.reserve(bytes + 1);
  const { chunk, offset } = arena;
  chunk.bytes.write(text, offset, bytes, 'utf8');
  chunk.u8[offset + bytes] = 0;
  return chunk.address + offset;
}

/**
 * Packs a string whose address is stored in memory of the arena, at `offset` of `chunk`.
 *
 * @throws Mismatch as {@link packCString} does.
 */
export function storeCString(arena: Arena, chunk: Chunk, offset: number, text: string): void {
  chunk.setPointer(offset, packCString(arena, text));
  if (arena.isApart) append(arena.inner, chunk.address + offset);
}

/**
 * Reads the string at an address; null for NULL.
 *
 * @throws Mismatch if it is not UTF-8.
 */
export function readCString(address: number): string | null {
  if (address === 0) return null;
  const text = native.string(address);
  if (typeof text === 'string') return text;
  if (text === undefined) throw new Mismatch('the text is longer than any string can be', 'ERR_RUSTDLL_RANGE');
  throw new Mismatch(`the ${text} bytes of the text are not UTF-8; declare a pointer to u8, and read its bytes`);
}
