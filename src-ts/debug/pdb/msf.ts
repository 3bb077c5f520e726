/**
 * Reads the container of a PDB, a file of streams. A stream consists of blocks that lie anywhere in the file, and only
 * those blocks are read that are asked for.
 */

import type { Reader } from '../../file/formats/reader';
import { Unreadable } from '../cursor';

const MAGIC = 'Microsoft C/C++ MSF 7.00\r\n\x1aDS\0\0\0';

const HEADER_SIZE = 56;

/** The most streams of a file, as their numbers have 16 bits. */
const MOST_STREAMS = 65536;

/** The size that a stream has which was deleted. */
const DELETED = 0xffffffff;

/** A stream of a PDB. The buffers that it returns must not be written to. */
export class Stream {
  readonly #pages = new Map<number, Buffer>();
  #whole: Buffer | undefined;

  constructor(
    private readonly reader: Reader,
    private readonly blockSize: number,
    /** The numbers of its blocks, of 4 bytes each. */
    private readonly blocks: Buffer,
    /** The number of its bytes. */
    readonly size: number,
  ) {}

  /** Returns the `length` bytes at `at`. */
  slice(at: number, length: number): Buffer {
    if (!(at >= 0 && length >= 0 && at + length <= this.size)) throw new Unreadable('it refers beyond a stream');
    if (this.#whole !== undefined) return this.#whole.subarray(at, at + length);
    const { blockSize } = this;
    const [first, last] = [Math.floor(at / blockSize), Math.floor((at + length - 1) / blockSize)];
    if (first < last) return this.#read(at, length);
    return this.#page(first).subarray(at - first * blockSize, at - first * blockSize + length);
  }

  /** Returns the bytes from `at` on, no more than `most`. */
  upTo(at: number, most: number): Buffer {
    return this.slice(at, Math.min(most, this.size - at));
  }

  /** Returns all of it. */
  whole(): Buffer {
    return (this.#whole ??= this.#read(0, this.size));
  }

  #page(index: number): Buffer {
    let page = this.#pages.get(index);
    if (page === undefined) {
      page = this.#read(index * this.blockSize, Math.min(this.blockSize, this.size - index * this.blockSize));
      this.#pages.set(index, page);
    }
    return page;
  }

  /** Reads bytes; blocks that follow each other in the file are read at once. */
  #read(at: number, length: number): Buffer {
    const { blockSize } = this;
    const pieces: Buffer[] = [];
    for (let done = 0; done < length;) {
      const index = Math.floor((at + done) / blockSize);
      const inside = (at + done) % blockSize;
      const block = this.#block(index);
      let run = 1;
      while (run * blockSize - inside < length - done && this.#block(index + run) === block + run) run++;
      const size = Math.min(length - done, run * blockSize - inside);
      pieces.push(this.reader.buffer(block * blockSize + inside, size, 'a stream'));
      done += size;
    }
    const [first] = pieces;
    return pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces);
  }

  #block(index: number): number {
    if ((index + 1) * 4 > this.blocks.length) throw new Unreadable('it has a stream without its blocks');
    return this.blocks.readUInt32LE(index * 4);
  }
}

/** Returns a function that finds a stream by its number. */
export function readStreams(reader: Reader): (index: number) => Stream {
  const header = reader.buffer(0, HEADER_SIZE, 'the header');
  if (header.toString('latin1', 0, MAGIC.length) !== MAGIC) throw new Unreadable('it is no PDB');
  const blockSize = header.readUInt32LE(32);
  if (blockSize < 512 || blockSize > 65536 || (blockSize & (blockSize - 1)) !== 0) {
    throw new Unreadable(`it has blocks of ${blockSize} bytes`);
  }
  const blocksOf = (size: number): number => Math.ceil(size / blockSize);
  const size = header.readUInt32LE(44);
  const map = reader.buffer(header.readUInt32LE(52) * blockSize, blocksOf(size) * 4, 'the map of its directory');
  const directory = new Stream(reader, blockSize, map, size).whole();
  const count = directory.readUInt32LE(0);
  if (count > MOST_STREAMS || 4 + count * 4 > size) throw new Unreadable('its directory is damaged');
  const sizeOf = (index: number): number => {
    const stated = directory.readUInt32LE(4 + index * 4);
    return stated === DELETED ? 0 : stated;
  };
  return (index) => {
    if (index >= count) throw new Unreadable(`it has no stream ${index}`);
    let at = 4 + count * 4;
    for (let other = 0; other < index; other++) at += blocksOf(sizeOf(other)) * 4;
    const own = sizeOf(index);
    return new Stream(reader, blockSize, directory.subarray(at, at + blocksOf(own) * 4), own);
  };
}
