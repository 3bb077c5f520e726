/**
 * Reads a section of debug information. A library has far more of it than one function needs, so nothing is read before
 * it is asked for, and small pieces are read by pages.
 */

import zlib = require('node:zlib');
import type { Reader } from '../file/formats/reader';
import { Unreadable } from './cursor';

const PAGE = 4096;

/** The most bytes of a compressed section, which has to be read as a whole. */
const MOST_INFLATED = 32 * 1024 * 1024;

/** The most bytes of a text. Names of generic types may be long. */
const MOST_TEXT = 1 << 16;

/** A compressed section: the size of its content, and where in the file it is compressed. */
export interface Compressed {
  readonly type: 'zlib' | 'zstd' | 'unknown';
  readonly size: number;
  readonly offset: number;
  readonly length: number;
}

/** A section of a file. The buffers that it returns must not be written to. */
export class Section {
  /** The number of its bytes. */
  readonly size: number;
  readonly #pages = new Map<number, Buffer>();
  #whole: Buffer | undefined;

  constructor(
    private readonly reader: Reader,
    private readonly offset: number,
    size: number,
    private readonly compressed: Compressed | null = null,
  ) {
    this.size = compressed === null ? size : compressed.size;
  }

  /** Returns the `length` bytes at `at`. */
  slice(at: number, length: number): Buffer {
    if (!(at >= 0 && length >= 0 && at + length <= this.size)) throw new Unreadable('it refers beyond a section');
    if (this.compressed !== null) return this.whole().subarray(at, at + length);
    if (this.#whole !== undefined) return this.#whole.subarray(at, at + length);
    const page = Math.floor(at / PAGE);
    if (length > PAGE || Math.floor((at + length - 1) / PAGE) > page) return this.#read(at, length);
    return this.#page(page).subarray(at - page * PAGE, at - page * PAGE + length);
  }

  /** Returns the bytes from `at` on, no more than `most`. */
  upTo(at: number, most: number): Buffer {
    return this.slice(at, Math.min(most, this.size - at));
  }

  /** Returns the text at `at` up to a NUL. */
  text(at: number): string {
    for (let most = 128; ; most *= 8) {
      const bytes = this.upTo(at, most);
      const nul = bytes.indexOf(0);
      if (nul >= 0) return bytes.toString('utf8', 0, nul);
      if (bytes.length < most || most > MOST_TEXT) throw new Unreadable('it has a text without an end');
    }
  }

  /** Returns all of it. */
  whole(): Buffer {
    return (this.#whole ??= this.compressed === null ? this.#read(0, this.size) : this.#inflate(this.compressed));
  }

  #inflate({ type, size, offset, length }: Compressed): Buffer {
    if (type !== 'zlib') throw new Unreadable(`its sections are compressed in the way ${type}`);
    if (size > MOST_INFLATED) throw new Unreadable(`a compressed section has ${size} bytes, more than are read`);
    const bytes = zlib.inflateSync(this.reader.buffer(offset, length, 'a compressed section'), {
      maxOutputLength: size + 1,
    });
    if (bytes.length !== size) throw new Unreadable('a compressed section has another size than it says');
    return bytes;
  }

  #page(index: number): Buffer {
    let page = this.#pages.get(index);
    if (page === undefined) {
      page = this.#read(index * PAGE, Math.min(PAGE, this.size - index * PAGE));
      this.#pages.set(index, page);
    }
    return page;
  }

  #read(at: number, length: number): Buffer {
    return this.reader.buffer(this.offset + at, length, 'a section of debug information');
  }
}

/** The sections of a file by their names, such as `debug_info`. */
export type Sections = ReadonlyMap<string, Section>;
