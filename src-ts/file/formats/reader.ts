/**
 * Reads a file that may be hostile within its bounds. Offsets and counts come from the file itself, so each is checked
 * against the file's size before it is used, and every failure is an error of this package.
 */

import fs = require('node:fs');
import type { RustDLLError } from '../../errors/errors';
import { fileError, libraryError } from '../../errors/library-error';
import { unbound } from '../../runtime/property';

/**
 * The most bytes that a table of a library may have, ten times as many as the largest symbol tables of browsers and
 * compilers. A file that claims more is damaged, and must not make this process allocate so much.
 */
const MAX_TABLE = 64 * 1024 * 1024;

/** The most bytes of the name of a library, which is the most that a path can have on systems that limit it. */
const MAX_NAME = 4096;

/**
 * The number of bytes at the beginning of a file that are read at once. Linkers put most headers and tables of names
 * there.
 */
const HEAD = 32 * 1024;

/** An open file, or a part of one, that is read at offsets. */
export class Reader {
  private constructor(
    /** The path of the file, for errors. */
    readonly path: string,
    private readonly file: number,
    private readonly base: number,
    /** In bytes. */
    readonly size: number,
    /** The beginning of the file. */
    private readonly head: Buffer,
  ) {}

  /**
   * Opens the regular file at `path`, calls `use` with it and closes it. It never blocks on a pipe or a device.
   *
   * @param most - The number of bytes at its beginning that are read at once.
   */
  static open<T>(path: string, use: (reader: Reader) => T, most = HEAD): T {
    let file: number | undefined;
    try {
      // The kind of file is checked before it is opened, as opening has an effect on some devices. NONBLOCK and the
      // second check are for a file that is replaced in between. On Windows NONBLOCK is undefined, which counts as 0.
      const seen = fs.statSync(path);
      if (!seen.isFile()) throw notAFile(path, seen);
      file = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
      const opened = fs.fstatSync(file);
      if (!opened.isFile()) throw notAFile(path, opened);
      const head = Buffer.allocUnsafe(Math.min(opened.size, most));
      return use(new Reader(path, file, 0, opened.size, head.subarray(0, fs.readSync(file, head, 0, head.length, 0))));
    } catch (error) {
      throw fileError(path, error);
    } finally {
      if (file !== undefined) fs.closeSync(file);
    }
  }

  /** Returns the `size` bytes from `base` on as a file of their own. */
  part(base: number, size: number, what: string): Reader {
    this.require(base, size, what);
    return new Reader(this.path, this.file, this.base + base, size, this.head);
  }

  /** Throws unless the `length` bytes at `offset` are in the file. `what` names them in the error. */
  require(offset: number, length: number, what: string): void {
    // Offsets above 2^53 are inexact, but they are beyond the end of any file in any case.
    if (offset + length <= this.size) return;
    throw this.truncated(
      `${what} would end at byte ${this.base + offset + length}, the file ends at ${this.base + this.size}`,
    );
  }

  /** Reads the `length` bytes at `offset`. `what` names them in errors. */
  bytes(offset: number, length: number, what: string): Bytes {
    return new Bytes(this.buffer(offset, length, what), this, what);
  }

  /** Reads the same as {@link bytes}, without checks of later accesses. The buffer must not be written to. */
  buffer(offset: number, length: number, what: string): Buffer {
    this.require(offset, length, what);
    if (length > MAX_TABLE) throw this.damaged(`${what} is ${length} bytes long`);
    const start = this.base + offset;
    if (start + length <= this.head.length) return this.head.subarray(start, start + length);
    const buffer = Buffer.allocUnsafe(length);
    let done = 0;
    while (done < length) {
      const count = fs.readSync(this.file, buffer, done, length - done, start + done);
      if (count === 0) throw this.truncated(`${what} ended while it was read`);
      done += count;
    }
    return buffer;
  }

  /** Makes the error for a file that ends too early. */
  truncated(detail: string): RustDLLError {
    return libraryError('ERR_RUSTDLL_TRUNCATED', this.path, `it is cut short: ${detail}`);
  }

  /** Makes the error for a file that begins as a library does but contradicts itself. */
  damaged(detail: string): RustDLLError {
    return libraryError('ERR_RUSTDLL_NOT_A_LIBRARY', this.path, `it is a damaged library: ${detail}`);
  }

  /** Makes the error for a file that is no library; `kind` says what it is, such as `a static archive`. */
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

/** Returns the index of the first such byte from `start` on; -1 if there is none. */
const indexOf = unbound(Uint8Array.prototype, 'indexOf') as (bytes: Uint8Array, byte: number, start?: number) => number;

/** A table of a file. An access beyond its end throws the error for a damaged file. */
export class Bytes {
  readonly length: number;
  /** The same bytes. The methods of buffers are JavaScript, which would be compiled while a program waits. */
  private readonly view: DataView;

  constructor(
    private readonly buffer: Buffer,
    private readonly reader: Reader,
    private readonly what: string,
  ) {
    this.length = buffer.length;
    this.view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  }

  private check(offset: number, length: number): number {
    if (offset + length <= this.buffer.length) return offset;
    throw this.reader.damaged(`${this.what} refers to byte ${offset} of its ${this.buffer.length}`);
  }

  u8(offset: number): number {
    return this.view.getUint8(this.check(offset, 1));
  }

  u16(offset: number): number {
    return this.view.getUint16(this.check(offset, 2), true);
  }

  u32(offset: number): number {
    return this.view.getUint32(this.check(offset, 4), true);
  }

  /** Reads a number. It is inexact above 2^53, but no valid offset, size or count is so large. */
  u64(offset: number): number {
    return Number(this.view.getBigUint64(this.check(offset, 8), true));
  }

  u32be(offset: number): number {
    return this.view.getUint32(this.check(offset, 4));
  }

  u64be(offset: number): number {
    return Number(this.view.getBigUint64(this.check(offset, 8)));
  }

  /** Reads `length` bytes as a character each, up to a NUL. */
  chars(offset: number, length: number): string {
    return this.buffer.toString('latin1', this.check(offset, length), offset + length).split('\0', 1)[0] as string;
  }

  /** Reads the text at `offset` up to a NUL, which is the name of a library or version and no longer than a path. */
  text(offset: number): string {
    const nul = indexOf(this.buffer.subarray(this.check(offset, 1), offset + MAX_NAME), 0);
    if (nul < 0) throw this.reader.damaged(`${this.what} has a name at byte ${offset} that does not end`);
    return this.buffer.toString('utf8', offset, offset + nul);
  }

  /** Reads the text at `offset` up to a NUL or the end of the table. It is empty if `offset` is beyond the end. */
  symbol(offset: number): string {
    if (offset >= this.buffer.length) return '';
    const nul = indexOf(this.buffer, 0, offset);
    return this.buffer.toString('utf8', offset, nul < 0 ? this.buffer.length : nul);
  }

  /** Reads the bytes at `offset` up to a NUL as a character each. Also returns the offset behind the NUL. */
  label(offset: number): { text: string; end: number } {
    const nul = indexOf(this.buffer, 0, this.check(offset, 1));
    if (nul < 0) throw this.reader.damaged(`${this.what} has a name at byte ${offset} that does not end`);
    return { text: this.buffer.toString('latin1', offset, nul), end: nul + 1 };
  }

  /**
   * Reads the LEB128 number at `offset`, groups of seven bits with the lowest first. Also returns the offset behind it.
   */
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

  /** True if every byte can occur in text. */
  isText(): boolean {
    return this.buffer.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d));
  }
}
