/**
 * The reader of the result of a framed function: words of 8 bytes, and the text of all strings among them. The addon
 * makes one JavaScript string of a short text, and strings of the pieces of a longer one, from which the strings are
 * sliced: each keeps all of the string from which it was sliced. Reading runs no code of the user's, so one reader
 * serves every call.
 */

import { BLOCK_OUT, EXCHANGE_SMALL, MAX_SMALL_WORDS, OUT_WORDS } from '../crossing/block';
import { doorbell } from '../crossing/doorbell';
import { native } from '../crossing/node-api/native';
import { rangeError, typeError } from '../errors/errors';
import type { ViewName } from '../types/scalar';
import type { Chunk } from './chunk';
import type { Names } from './names';
import { keepChunk, takeChunk } from './spares';

/** Views of the words of a result. */
class Words {
  readonly i32: Int32Array;
  readonly f64: Float64Array;
  readonly i64: BigInt64Array;
  readonly u64: BigUint64Array;

  constructor(
    readonly buffer: ArrayBuffer,
    readonly offset: number,
    bytes: number,
  ) {
    const words = Math.floor(bytes / 8);
    this.i32 = new Int32Array(buffer, offset, 2 * words);
    this.f64 = new Float64Array(buffer, offset, words);
    this.i64 = new BigInt64Array(buffer, offset, words);
    this.u64 = new BigUint64Array(buffer, offset, words);
  }
}

/** The room for results in the block. */
const room = new Words(doorbell.i32.buffer as ArrayBuffer, BLOCK_OUT, 8 * OUT_WORDS);

/** The room for the arguments of callbacks. */
const smallRoom = new Words(doorbell.i32.buffer as ArrayBuffer, EXCHANGE_SMALL, 8 * MAX_SMALL_WORDS);

/** The longest list in a result. Engines refuse longer ones, or use a representation that is a hundred times slower. */
const MOST_ELEMENTS = 2 ** 26;

export type TypedArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

const VIEWS: Readonly<Record<ViewName, new (buffer: ArrayBuffer, offset: number, length: number) => TypedArray>> = {
  i8: Int8Array,
  u8: Uint8Array,
  i16: Int16Array,
  u16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
  i64: BigInt64Array,
  u64: BigUint64Array,
  f32: Float32Array,
  f64: Float64Array,
};

class Reader {
  #words = room;
  /** The chunk with the words of a large result, unless they have memory of their own. */
  #chunk: Chunk | null = null;
  i32 = room.i32;
  f64 = room.f64;
  i64 = room.i64;
  u64 = room.u64;
  /** The index of the next word, and the end of the words. */
  at = 0;
  end = 0;
  /** The text, or a piece of it. */
  text = '';
  /** The offset in {@link text} of the next string. */
  textAt = 0;
  /** The number of times that decoding has entered a named type from within itself. */
  recursion = 0;
  /** True if the addon has the text, and returns it in pieces. */
  #hasPieces = false;

  /**
   * Begins to read a result in the block.
   *
   * @param text - The text, or null if the addon returns it in pieces.
   * @throws RangeError if the block has no room for so much.
   */
  open(bytes: number, text: string | null): void {
    if (bytes > 8 * OUT_WORDS) {
      native.take();
      throw rangeError('ERR_RUSTDLL_RANGE', `the result claims ${bytes} bytes, which are not there`);
    }
    this.#begin(room, bytes, text);
  }

  #begin(words: Words, bytes: number, text: string | null): void {
    this.#use(words);
    this.at = 0;
    this.end = Math.ceil(bytes / 8);
    this.text = text ?? '';
    this.textAt = 0;
    this.recursion = 0;
    this.#hasPieces = text === null;
  }

  /**
   * Begins to read a result that did not fit the block, and frees Rust's copy of it.
   *
   * @param bytes - The size of the words in bytes.
   * @param text - The text, or null if the addon returns it in pieces.
   * @param own - True if one typed array is the whole result, and can keep the memory.
   * @throws RangeError `ERR_RUSTDLL_MEMORY`, after freeing everything.
   */
  openLarge(bytes: number, text: string | null, own: boolean): void {
    let large: Words;
    try {
      if (!own) this.#chunk = takeChunk(8 * Math.ceil(bytes / 8));
      const buffer = this.#chunk?.buffer ?? new ArrayBuffer(bytes);
      native.take(buffer);
      large = new Words(buffer, 0, bytes);
    } catch (cause) {
      this.#chunk = null;
      native.take();
      throw rangeError('ERR_RUSTDLL_MEMORY', `no memory for a result of ${bytes} bytes`, { cause });
    }
    this.#begin(large, bytes, text);
  }

  /**
   * Begins to read the arguments of a callback.
   *
   * @param large - The words, if they do not fit the block.
   */
  openArguments(words: number, text: string, large: ArrayBuffer | null): void {
    this.#begin(large === null ? smallRoom : new Words(large, 0, 8 * words), 8 * words, text);
  }

  /** Ends reading. Returns true if the result was read to its end. */
  close(): boolean {
    let complete = this.at === this.end && this.textAt === this.text.length;
    if (this.#hasPieces) {
      complete &&= native.text(0, 1) === '';
      native.take();
      this.#hasPieces = false;
    }
    this.text = '';
    this.#use(room);
    if (this.#chunk !== null) keepChunk(this.#chunk);
    this.#chunk = null;
    return complete;
  }

  #use(words: Words): void {
    this.#words = words;
    this.i32 = words.i32;
    this.f64 = words.f64;
    this.i64 = words.i64;
    this.u64 = words.u64;
  }

  /**
   * Reads a word that is the length of a list.
   *
   * @param most - The most elements that could follow.
   * @throws RangeError
   */
  length(most: number): number {
    const at = 2 * this.at++;
    const length = (this.i32[at] as number) >>> 0;
    if (this.i32[at + 1] !== 0 || length > most) {
      throw rangeError('ERR_RUSTDLL_RANGE', `the result claims a list of ${length} elements, which is not in it`);
    }
    refuseTooLong(length);
    return length;
  }

  /** Reads a word as a number, which is exact up to 2^53: an address, a length, an index. */
  word(): number {
    const at = 2 * this.at++;
    return ((this.i32[at + 1] as number) >>> 0) * 2 ** 32 + ((this.i32[at] as number) >>> 0);
  }

  /**
   * Reads a word that is 0 or 1.
   *
   * @throws TypeError
   */
  flag(): boolean {
    const value = this.i32[2 * this.at++] as number;
    if (value >>> 0 > 1) throw typeError('ERR_RUSTDLL_TYPE', `the result holds a ${value} where there can be 0 or 1`);
    return value === 1;
  }

  /**
   * Reads a string.
   *
   * @throws RangeError
   */
  string(): string {
    const length = this.i32[2 * this.at++] as number;
    const begin = this.textAt;
    const end = begin + length;
    if (length < 0 || end > this.text.length) return this.#stringOfNextPiece(length);
    this.textAt = end;
    return this.text.substring(begin, end);
  }

  /**
   * Reads a string that is the name of a property.
   *
   * @throws RangeError
   */
  name(names: Names): string {
    const length = this.i32[2 * this.at] as number;
    const begin = this.textAt;
    const end = begin + length;
    if (length < 0 || end > this.text.length) return this.string();
    this.at++;
    this.textAt = end;
    return names.take(this.text, begin, end);
  }

  /**
   * Takes a string if it is this one. Returns true if it has been taken.
   *
   * @throws RangeError
   */
  takeName(name: string): boolean {
    const begin = this.textAt;
    if (this.i32[2 * this.at] !== name.length) return false;
    if (!this.text.startsWith(name, begin)) {
      if (!this.#hasPieces || begin + name.length <= this.text.length) return false;
      this.#openNextPiece(name.length);
      if (!this.text.startsWith(name)) return false;
    }
    this.at++;
    this.textAt += name.length;
    return true;
  }

  #stringOfNextPiece(length: number): string {
    if (this.#hasPieces && length >= 0) {
      this.#openNextPiece(length);
      this.textAt = length;
      if (length <= this.text.length) return this.text.substring(0, length);
    }
    throw rangeError('ERR_RUSTDLL_RANGE', `the result claims a string of ${length >>> 0} units, which is not in it`);
  }

  /**
   * Replaces the text by a piece that begins with what is left of it, as a string that is sliced from two pieces would keep
   * both alive.
   *
   * @param length - The length of the string that the piece has to contain.
   * @throws RangeError
   */
  #openNextPiece(length: number): void {
    const piece = native.text(this.text.length - this.textAt, length);
    if (piece === undefined)
      throw rangeError('ERR_RUSTDLL_RANGE', `the result has a string of ${length} units, longer than any can be`);
    this.text = piece;
    this.textAt = 0;
  }

  /** Reads the next `length` elements, which begin at a word, as a typed array with memory of its own. */
  typedArray(view: ViewName, size: number, length: number): TypedArray {
    const { buffer, offset } = this.#words;
    const start = offset + 8 * this.at;
    const end = start + length * size;
    this.at += Math.ceil((length * size) / 8);
    // The result can keep the memory if it is the whole of it.
    if (this.#words !== room && this.#chunk === null && start === 0 && end === buffer.byteLength)
      return new VIEWS[view](buffer, 0, length);
    return new VIEWS[view](buffer.slice(start, end), 0, length);
  }

  /**
   * Returns a view of the next `length` elements, of `size` bytes each. It is only valid until the reader is closed.
   */
  lend(view: ViewName, size: number, length: number): TypedArray {
    const { buffer, offset } = this.#words;
    const start = offset + 8 * this.at;
    this.at += Math.ceil((length * size) / 8);
    return new VIEWS[view](buffer, start, length);
  }
}

/** @throws RangeError if a list of so many elements cannot be made. */
export function refuseTooLong(length: number): void {
  if (length > MOST_ELEMENTS) {
    throw rangeError(
      'ERR_RUSTDLL_RANGE',
      `the result is a list of ${length} elements, and ${MOST_ELEMENTS} are the most; TypedArray<T> has no such limit`,
    );
  }
}

export type { Reader };

/** The reader of this environment. */
export const reader = new Reader();

/** Reads a value. @throws RangeError for a 64-bit integer that no number represents exactly. */
export type Decode = (reader: Reader) => unknown;
