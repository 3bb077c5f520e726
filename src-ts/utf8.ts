/** Strings, from JavaScript's UTF-16 into UTF-8 in memory. */

import { BLOCK_TEXTS, TEXT_UNITS, TEXTS, VEC_LENGTH, VEC_SIZE } from './abi';
import type { Chunk } from './chunk';
import { doorbell } from './doorbell';
import { rangeError, typeError } from './errors';
import type { Frame } from './frame';

const MAX_LENGTH = 0xffffffff;

/** The addresses of the descriptors that strings have which the crossing encodes. */
export const TEXT_ADDRESSES: readonly number[] = Array.from(
  { length: TEXTS },
  (_, i) => doorbell.address + BLOCK_TEXTS + VEC_SIZE * i,
);

/** Whether the crossing can encode an argument: a string, and a short one. */
export function isShortText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= TEXT_UNITS;
}

/**
 * Packs `text`, its descriptor at `at`. An empty string gets a pointer that is not null.
 *
 * @throws TypeError `ERR_RUSTDLL_SURROGATE` when UTF-8 cannot express it.
 */
export function packString(frame: Frame, text: string, chunk: Chunk, at: number): void {
  const bytes = byteLength(frame, text);
  encode(frame, text, bytes);
  chunk.setPointerTo(at, frame.chunk, frame.offset);
  chunk.i32[(at + VEC_LENGTH) >> 2] = bytes;
}

/**
 * Packs many strings at once, their descriptors one after the other from `at` on. They are joined and encoded together,
 * since what a crossing into the encoder costs is far more than what a short string does.
 */
export function packStrings(frame: Frame, texts: readonly string[], chunk: Chunk, at: number): void {
  const joined = texts.join('');
  const bytes = Buffer.byteLength(joined, 'utf8');
  const isAscii = bytes === joined.length;
  const { depth } = frame;
  frame.depth = depth + 1;
  // What is not ASCII has to be looked at string by string: halves of a pair may have met in the middle.
  const lengths = isAscii ? null : texts.map((text, k) => ((frame.path[depth] = k), byteLength(frame, text)));
  frame.depth = depth;
  encode(frame, joined, bytes);
  let address = frame.chunk.address + frame.offset;
  for (let k = 0; k < texts.length; k++) {
    const length = lengths === null ? (texts[k] as string).length : (lengths[k] as number);
    chunk.setPointer(at + VEC_SIZE * k, address);
    chunk.i32[(at + VEC_SIZE * k + VEC_LENGTH) >> 2] = length;
    address += length;
  }
}

/** Encodes a text of `bytes` bytes into memory reserved for it. */
function encode(frame: Frame, text: string, bytes: number): void {
  frame.reserve(bytes);
  frame.chunk.bytes.write(text, frame.offset, bytes, 'utf8');
}

function byteLength(frame: Frame, text: string): number {
  const bytes = Buffer.byteLength(text, 'utf8');
  if (bytes > MAX_LENGTH)
    throw rangeError('ERR_RUSTDLL_RANGE', `${frame.place()}: a string of ${bytes} bytes is too long`);
  // The encoder writes U+FFFD for a lone surrogate, and would have changed the text without a word.
  if (bytes !== text.length && !text.isWellFormed()) throw loneSurrogate(frame, text);
  return bytes;
}

function loneSurrogate(frame: Frame, text: string): TypeError {
  return surrogateError(frame.place(), text);
}

/** The error for a text that is not well-formed; `place` says which one it is. */
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
