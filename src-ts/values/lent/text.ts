/** Packs strings, which are UTF-16 in JavaScript, as UTF-8 into memory. */

import { TEXT_UNITS, VEC_LENGTH, VEC_SIZE } from '../../crossing/block';
import { rangeError, typeError } from '../../errors/errors';
import type { Arena } from '../../memory/arena';
import type { Chunk } from '../../memory/chunk';
import { makeList } from '../../runtime/list';
import { MAX_JOINED_UNITS, MAX_LENGTH } from '../../types/limits';

/** True if an argument is a string short enough for the addon to encode it into the block. */
export function isShortText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= TEXT_UNITS;
}

/**
 * Packs `text`, and stores its descriptor at `at`. The pointer of an empty string is not null.
 *
 * @throws TypeError `ERR_RUSTDLL_SURROGATE` if `text` has a lone surrogate.
 */
export function packString(arena: Arena, text: string, chunk: Chunk, at: number): void {
  const bytes = byteLength(arena, text);
  encode(arena, text, bytes);
  chunk.setPointerTo(at, arena.chunk, arena.offset);
  chunk.i32[(at + VEC_LENGTH) >> 2] = bytes;
}

/**
 * Packs many strings at once, their descriptors one after the other from `at` on. They are joined, up to
 * {@link MAX_JOINED_UNITS}, and encoded together: a call of the encoder costs far more than a short string does.
 */
export function packStrings(arena: Arena, texts: readonly string[], chunk: Chunk, at: number): void {
  const count = texts.length;
  for (let first = 0; first < count;) {
    const end = endOfJoined(texts, first);
    packJoined(arena, end - first === count ? texts : part(texts, first, end), first, chunk, at + VEC_SIZE * first);
    first = end;
  }
}

/** Returns the end of the strings to join from `first` on. A string that is longer than the limit is not joined. */
function endOfJoined(texts: readonly string[], first: number): number {
  let units = 0;
  for (let k = first; k < texts.length; k++) {
    units += (texts[k] as string).length;
    if (units > MAX_JOINED_UNITS && k > first) return k;
  }
  return texts.length;
}

/** Returns the strings from `first` up to, not including, `end`. */
function part(texts: readonly string[], first: number, end: number): string[] {
  const list = makeList<string>(end - first);
  for (let k = first; k < end; k++) list[k - first] = texts[k] as string;
  return list;
}

/** Packs strings joined to one. `first` is the index of the first of them in the list. */
function packJoined(arena: Arena, texts: readonly string[], first: number, chunk: Chunk, at: number): void {
  const joined = texts.join('');
  const bytes = Buffer.byteLength(joined, 'utf8');
  const isAscii = bytes === joined.length;
  const { depth } = arena;
  arena.depth = depth + 1;
  // Strings that are not all ASCII are checked one by one, as lone surrogates of two neighbours may have formed a pair.
  const lengths = isAscii ? null : texts.map((text, k) => ((arena.path[depth] = first + k), byteLength(arena, text)));
  arena.depth = depth;
  encode(arena, joined, bytes);
  let address = arena.chunk.address + arena.offset;
  for (let k = 0; k < texts.length; k++) {
    const length = lengths === null ? (texts[k] as string).length : (lengths[k] as number);
    chunk.setPointer(at + VEC_SIZE * k, address);
    chunk.i32[(at + VEC_SIZE * k + VEC_LENGTH) >> 2] = length;
    address += length;
  }
}

/** Encodes a text of `bytes` bytes into memory reserved for it. */
function encode(arena: Arena, text: string, bytes: number): void {
  arena.reserve(bytes);
  arena.chunk.bytes.write(text, arena.offset, bytes, 'utf8');
}

function byteLength(arena: Arena, text: string): number {
  const bytes = Buffer.byteLength(text, 'utf8');
  if (bytes > MAX_LENGTH)
    throw rangeError('ERR_RUSTDLL_RANGE', `${arena.place()}: a string of ${bytes} bytes is too long`);
  // The encoder silently replaces a lone surrogate by U+FFFD.
  if (bytes !== text.length && !text.isWellFormed()) throw loneSurrogate(arena, text);
  return bytes;
}

function loneSurrogate(arena: Arena, text: string): TypeError {
  return surrogateError(arena.place(), text);
}

/** Makes the error for a text with a lone surrogate; `place` names the text. */
export function surrogateError(place: string, text: string): TypeError {
  let index = 0;
  for (
    let code = text.codePointAt(0) as number;
    code < 0xd800 || code > 0xdfff;
    code = text.codePointAt(index) as number
  ) {
    index += code > 0xffff ? 2 : 1;
  }
  return typeError(
    'ERR_RUSTDLL_SURROGATE',
    `${place}: the string has a lone surrogate at index ${index}, which UTF-8 cannot express`,
  );
}
