/** The part of a stream's text that is encoded as UTF-8 before the rest has been joined, if the text is long. */

import { takeChunk } from './spares';
import type { Chunk } from './chunk';

/** A state of the text, to which it can return. */
export interface EncodedMark {
  readonly bytes: number;
  readonly units: number;
  readonly isWellFormed: boolean;
}

/** Returns a chunk of whole words. */
function takeWords(bytes: number): Chunk {
  return takeChunk(8 * Math.ceil(bytes / 8));
}

export class EncodedText implements EncodedMark {
  chunk: Chunk;
  /** The length in bytes, and in UTF-16 units. */
  bytes = 0;
  units = 0;
  /** False if a string has a lone surrogate, which the encoder replaces by U+FFFD without notice. */
  isWellFormed = true;

  /**
   * @param size - The first size in bytes, which doubles when it is too small.
   * @throws RangeError `ERR_RUSTDLL_MEMORY`
   */
  constructor(size: number) {
    this.chunk = takeWords(size);
  }

  /**
   * Appends a text, of which UTF-8 has at most three bytes for each unit.
   *
   * @throws RangeError `ERR_RUSTDLL_MEMORY`
   */
  append(text: string): void {
    let end = this.bytes + 3 * text.length;
    if (end > this.chunk.size) {
      end = this.bytes + Buffer.byteLength(text, 'utf8');
      if (end > this.chunk.size) this.#grow(end);
    }
    const bytes = this.chunk.bytes.write(text, this.bytes, 'utf8');
    if (bytes !== text.length && !text.isWellFormed()) this.isWellFormed = false;
    this.bytes += bytes;
    this.units += text.length;
  }

  /**
   * Makes room for so many units together, each of which takes as many bytes as one of those before, or one.
   *
   * @throws RangeError `ERR_RUSTDLL_MEMORY`
   */
  expect(units: number): void {
    const bytes = Math.ceil(units * (this.units === 0 ? 1 : this.bytes / this.units));
    if (bytes > this.chunk.size) this.#grow(bytes);
  }

  #grow(least: number): void {
    const chunk = takeWords(Math.max(2 * this.chunk.size, least));
    chunk.u8.set(this.chunk.u8.subarray(0, this.bytes));
    this.chunk = chunk;
  }

  mark(): EncodedMark {
    const { bytes, units, isWellFormed } = this;
    return { bytes, units, isWellFormed };
  }

  rewind({ bytes, units, isWellFormed }: EncodedMark): void {
    this.bytes = bytes;
    this.units = units;
    this.isWellFormed = isWellFormed;
  }
}

export const NOTHING_ENCODED: EncodedMark = { bytes: 0, units: 0, isWellFormed: true };
