/** Encodes the arguments of a framed call that have no slot into the stream, and stores its address in the frame. */

import { BLOCK_ARGUMENT_COUNT, FRAME_IN_COUNT, FRAME_IN_TEXT, FRAME_IN_WORDS } from '../../crossing/block';
import { doorbell } from '../../crossing/doorbell';
import { Mismatch } from '../../errors/mismatch';
import { type Callee, type Path, placeOf } from '../../errors/words';
import type { Arena } from '../../memory/arena';
import type { Chunk } from '../../memory/chunk';
import type { Encode } from '../../memory/writer';
import { surrogateError } from '../lent/text';
import { refuseReleased } from '../object';
import { storePointer } from '../slot';

const { i32 } = doorbell;

/** For texts up to this length, three bytes are reserved for each unit, which is quicker than counting the bytes. */
const SHORT = 1 << 14;

/**
 * Encodes an argument.
 *
 * @param index - The argument, counted from 0.
 * @throws TypeError, RangeError naming the place in the argument.
 */
export function encodeArgument(arena: Arena, index: number, value: unknown, encode: Encode): void {
  arena.argument = index;
  const { writer } = arena;
  writer.wideElements = '';
  try {
    encode(writer, value);
  } catch (error) {
    throw error instanceof Mismatch ? error.toError(arena.callee, index) : error;
  }
}

/**
 * Encodes the text of the stream and stores the addresses of words and text in the frame. No code of the user's may run
 * between this and the call.
 *
 * @param args - The arguments of the call, which are searched for the string if one cannot be encoded.
 * @param slots - The number of slots of the frame, which callbacks keep.
 */
export function sealStream(arena: Arena, args: ArrayLike<unknown>, slots: number): void {
  i32[BLOCK_ARGUMENT_COUNT >> 2] = slots;
  const { writer } = arena;
  const { objects } = writer;
  if (objects !== null) refuseReleased(arena.callee, objects);
  sealText(arena, FRAME_IN_TEXT, args);
  storePointer(FRAME_IN_WORDS, writer.chunk.address);
  storePointer(FRAME_IN_COUNT, writer.at);
}

/**
 * Encodes the text of the stream, and stores its address, its bytes and its UTF-16 units at `offset` in the block.
 *
 * @param args - The values that were encoded.
 */
export function sealText(arena: Arena, offset: number, args: ArrayLike<unknown>): void {
  const { text, encoded } = arena.writer;
  if (encoded !== null && encoded.units > 0) {
    encoded.append(text);
    if (!encoded.isWellFormed) throw illFormed(arena.callee, args);
    storePointer(offset, encoded.chunk.address);
    storePointer(offset + 8, encoded.bytes);
    storePointer(offset + 16, encoded.units);
    return;
  }
  let bytes = 0;
  if (text !== '') {
    arena.reserve(roomFor(text));
    const { chunk, offset: start } = arena;
    bytes = encodeText(arena, text, chunk, start, args);
    storePointer(offset, chunk.address + start);
  }
  storePointer(offset + 8, bytes);
  storePointer(offset + 16, text.length);
}

/** Returns an upper bound of the bytes that a text takes in UTF-8. */
function roomFor(text: string): number {
  return text.length <= SHORT ? 3 * text.length : Buffer.byteLength(text, 'utf8');
}

/** Encodes a text into reserved memory, and returns the number of bytes written. */
function encodeText(arena: Arena, text: string, chunk: Chunk, offset: number, args: ArrayLike<unknown>): number {
  const bytes = chunk.bytes.write(text, offset, 'utf8');
  // The encoder silently replaces a lone surrogate by U+FFFD.
  if (bytes !== text.length && !text.isWellFormed()) throw illFormed(arena.callee, args);
  return bytes;
}

/** Makes the error for a string with a lone surrogate somewhere in the arguments of a call. */
export function illFormed(callee: Callee, args: ArrayLike<unknown>): TypeError {
  for (let index = 0; index < args.length; index++) {
    const found = findIllFormed(args[index]);
    if (found !== null) return surrogateError(placeOf(callee, index, found.path), found.text);
  }
  // No such string is found if a getter returned another one this time.
  return surrogateError(callee.name, '\ud800');
}

/** A value in the arguments, and the path to it. */
interface Visited {
  readonly value: unknown;
  readonly step: number | string;
  readonly outer: Visited | null;
}

function findIllFormed(argument: unknown): { path: Path; text: string } | null {
  const seen = new Set<unknown>();
  const waiting: Visited[] = [{ value: argument, step: 0, outer: null }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, step, outer } = next;
    const texts = outer !== null && typeof step === 'string' ? [value, step] : [value];
    for (const text of texts) if (typeof text === 'string' && !text.isWellFormed()) return { path: pathTo(next), text };
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || seen.has(value)) continue;
    seen.add(value);
    const entries: Iterable<[number | string, unknown]> = Array.isArray(value)
      ? (value as unknown[]).entries()
      : value instanceof Map
        ? (value as Map<string, unknown>).entries()
        : value instanceof Set
          ? [...value].entries()
          : Object.entries(value);
    // In reverse, so that the first of them is visited next.
    for (const [key, element] of [...entries].reverse()) waiting.push({ value: element, step: key, outer: next });
  }
  return null;
}

function pathTo(visited: Visited): Path {
  const steps: (number | string)[] = [];
  for (let at = visited; at.outer !== null; at = at.outer) steps.push(at.step);
  return steps.reverse();
}
