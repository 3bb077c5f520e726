/**
 * Bounded reading of a file that may be hostile: every offset and count comes from the file itself, so every one is
 * checked against the file's size before it is followed, and every failure is an error of this package.
 */

import fs = require('node:fs');
import type { RustDLLError } from '../../errors/errors';
import { fileError, libraryError } from '../../errors/library-error';

/**
 * The most bytes one table of a library may have. The largest symbol tables known (browsers, compilers) are a tenth of
 * it; a file that claims more is damaged, and must not make this process allocate what it claims.
 */
const MAX_TABLE = 64 * 1024 * 1024;

/** The most bytes of the name of a library: the most that a path has on the systems that limit it. */
const MAX_NAME = 4096;

/**
 * The number of bytes at the beginning of a file that are read at once. Linkers put most headers and tables of names
 * there.
 */
const HEAD = 32 * 1024;

/** An open file, or one part of it, that is read at offsets. */
export class Reader {
  private constructor(
    /** The file's name, for errors. */
    readonly path: string,
    private readonly file: number,
    private readonly base: number,
    /** In bytes. */
    readonly size: number,
    /** The beginning of the file. */
    private readonly head: Buffer,
  ) {}

  /** Opens the regular file at `path`, calls `use` with it and closes it. Never blocks on a pipe or a device. */
  static open<T>(path: string, use: (reader: Reader) => T): T {
    let file: number | undefined;
    try {
      // The first look comes before the file is opened, because opening some devices does something; NONBLOCK and the
      // second look are for a file that was replaced in between. Windows has no NONBLOCK; undefined counts as 0.
      const seen = fs.statSync(path);
      if (!seen.isFile()) throw notAFile(path, seen);
      file = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
      const opened = fs.fstatSync(file);
      if (!opened.isFile()) throw notAFile(path, opened);
      const head = Buffer.allocUnsafe(Math.min(opened.size, HEAD));
      return use(new Reader(path, file, 0, opened.size, head.subarray(0, fs.readSync(file, head, 0, head.length, 0))));
    } catch (error) {
      throw fileError(path, error);
    } finally {
      if (file !== undefined) fs.closeSync(file);
    }
  }

  /** The `size` bytes from `base` on as a file of their own. */
  part(base: number, size: number, what: string): Reader {
    this.require(base, size, what);
    return new Reader(this.path, this.file, this.base + base, size, this.head);
  }

  /** Throws unless `length` bytes at `offset` are in the file; `what` names them in the error. */
  require(offset: number, length: number, what: string): void {
    // Offsets of 2^53 and more have lost bits by now, and are past the end of any file all the same.
    if (offset + length <= this.size) return;
    throw this.truncated(
      `${what} would end at byte ${this.base + offset + length}, the file ends at ${this.base + this.size}`,
    );
  }

  /** The `length` bytes at `offset`; `what` names them in errors. */
  bytes(offset: number, length: number, what: string): Bytes {
    this.require(offset, length, what);
    if (length > MAX_TABLE) throw this.damaged(`${what} is ${length} bytes long`);
    const start = this.base + offset;
    if (start + length <= this.head.length) return new Bytes(this.head.subarray(start, start + length), this, what);
    const buffer = Buffer.allocUnsafe(length);
    let done = 0;
    while (done < length) {
      const count = fs.readSync(this.file, buffer, done, length - done, start + done);
      if (count === 0) throw this.truncated(`${what} ended while it was read`);
      done += count;
    }
    return new Bytes(buffer, this, what);
  }

  /** The error for a file that ends too early. */
  truncated(detail: string): RustDLLError {
    return libraryError('ERR_RUSTDLL_TRUNCATED', this.path, `it is cut short: ${detail}`);
  }

  /** The error for a file that looks like a library and contradicts itself. */
  damaged(detail: string): RustDLLError {
    return libraryError('ERR_RUSTDLL_NOT_A_LIBRARY', this.path, `it is a damaged library: ${detail}`);
  }

  /** The error for a file that is something else; `kind` says what, such as `a static archive`. */
  notALibrary(kind: string): RustDLLError {
    return libraryError('ERR_RUSTDLL_NOT_A_LIBRARY', this.path, `it is ${kind}`);
  }
}

function notAFile(path: string, stats: fs.Stats): RustDLLError {
  const kind = stats.isDirectory()
    ? 'a directory'
    : stats.isFIFO()
      ? 'a named pipe'
      : stats.isSocket()
        ? 'a socket'
        : 'a device';
  return libraryError('ERR_RUSTDLL_NOT_A_LIBRARY', path, `it is ${kind}, not a file`);
}

/** A table out of a file. An access past its end is an error that blames the file. */
export class Bytes {
  readonly length: number;

  constructor(
    private readonly buffer: Buffer,
    private readonly reader: Reader,
    private readonly what: string,
  ) {
    this.length = buffer.length;
  }

  private check(offset: number, length: number): number {
    if (offset + length <= this.buffer.length) return offset;
    throw this.reader.damaged(`${this.what} refers to byte ${offset} of its ${this.buffer.length}`);
  }

  u8(offset: number): number {
    return this.buffer.readUInt8(this.check(offset, 1));
  }

  u16(offset: number): number {
    return this.buffer.readUInt16LE(this.check(offset, 2));
  }

  u32(offset: number): number {
    return this.buffer.readUInt32LE(this.check(offset, 4));
  }

  /** A number, inexact above 2^53: so large a value is no offset, size or count anyway. */
  u64(offset: number): number {
    return Number(this.buffer.readBigUInt64LE(this.check(offset, 8)));
  }

  u32be(offset: number): number {
    return this.buffer.readUInt32BE(this.check(offset, 4));
  }

  u64be(offset: number): number {
    return Number(this.buffer.readBigUInt64BE(this.check(offset, 8)));
  }

  /** The NUL-terminated text at `offset`, as the name of a library or a version: no longer than any path is. */
  text(offset: number): string {
    const nul = this.buffer.subarray(this.check(offset, 1), offset + MAX_NAME).indexOf(0);
    if (nul < 0) throw this.reader.damaged(`${this.what} has a name at byte ${offset} that does not end`);
    return this.buffer.toString('utf8', offset, offset + nul);
  }

  /** The text at `offset` up to a NUL or the end, however long; empty when `offset` is past the end. */
  symbol(offset: number): string {
    if (offset >= this.buffer.length) return '';
    const nul = this.buffer.indexOf(0, offset);
    return this.buffer.toString('utf8', offset, nul < 0 ? this.buffer.length : nul);
  }

  /** The bytes at `offset` up to a NUL, one character each, and the offset behind the NUL. */
  label(offset: number): { text: string; end: number } {
    const nul = this.buffer.indexOf(0, this.check(offset, 1));
    if (nul < 0) throw this.reader.damaged(`${this.what} has a name at byte ${offset} that does not end`);
    return { text: this.buffer.toString('latin1', offset, nul), end: nul + 1 };
  }

  /** The number at `offset` in groups of seven bits, lowest first (LEB128), and the offset behind it. */
  uleb(offset: number): { value: number; end: number } {
    let value = 0;
    for (let index = 0; index < 10; index++) {
      const byte = this.u8(offset + index);
      value += (byte & 127) * 128 ** index;
      if (byte < 128) return { value, end: offset + index + 1 };
    }
    throw this.reader.damaged(`${this.what} has a number at byte ${offset} that does not end`);
  }

  /** True if the bytes at `offset` are these Latin-1 characters. */
  has(offset: number, text: string): boolean {
    return this.buffer.toString('latin1', offset, offset + text.length) === text;
  }

  /** True if every byte is one that text has. */
  isText(): boolean {
    return this.buffer.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d));
  }
}
