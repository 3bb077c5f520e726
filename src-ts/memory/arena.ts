/**
 * The memory of one call: its packed arguments, and notes of the work that they require before and after the call.
 *
 * Arenas form a stack, since packing can run code of the user's (a getter, a Proxy) that makes another call. They share
 * one chunk, in which each uses the part above the previous one; an arena also has chunks of its own for pieces that do
 * not fit. Leaving an arena, in whatever way, releases all its memory.
 */

import { SavedArguments } from '../crossing/arguments';
import { VEC_SIZE } from '../crossing/block';
import { type ArgumentErrorCode, argumentError, typeError } from '../errors/errors';
import { type Callee, describe, type Level, placeOf } from '../errors/words';
import type { Scalar } from '../types/scalar';
import { append, longer, makeFloats, makeIntegers, makeList } from '../runtime/list';
import { MAX_DEPTH } from '../types/limits';
import { Chunk } from './chunk';
import { NotedLists } from './noted-lists';
import type { Site } from './site';
import { keepChunk, takeChunk } from './spares';
import { type Holding, Writer } from './writer';

/** The size of the chunk that all arenas share: enough for calls with some ten thousand elements. */
const SHARED_BYTES = 1 << 20;

/** A piece of this size or more gets a chunk of its own, so that the memory of a large list is released. */
const LARGE_BYTES = 1 << 18;

/** The most arguments that have room from the start, which is more than fit the registers and the stack. */
const MOST_ARGUMENTS = 64;

/** The most {@link Borrow} objects that are kept for later calls. */
const NOTES_KEPT = 4096;

/** The first chunk of an arena that stands apart. */
const APART_BYTES = 1 << 12;

/** The most arenas that stand apart and are kept for later calls. */
const APART_KEPT = 16;

/** The largest chunk made for many small pieces. */
const MOST_BYTES = 1 << 26;

/** A typed array (or other view) whose memory Rust accesses without a copy. */
export interface Borrow {
  view: ArrayBufferView | ArrayBufferLike | null;
  argument: number;
  /** The path of elements to the view. */
  path: readonly number[];
  /** The type of its elements in Rust. */
  scalar: Scalar;
  mutable: boolean;
  /** True if Rust expects the bytes to be UTF-8. */
  text: boolean;
  /** The place of its descriptor. */
  chunk: Chunk;
  offset: number;
  /** The range of its memory, which is set when the arena is sealed. */
  start: number;
  end: number;
  /** The copy that Rust gets if it cannot access the memory itself. */
  copy: Chunk | null;
  copyOffset: number;
}

/** A chunk's bytes as they were before the call: byte `b` of the chunk is byte `b + delta` of `before`. */
export interface Snapshot {
  readonly chunk: Chunk;
  readonly before: Chunk;
  readonly delta: number;
}

/** The path of an argument as a whole. */
const TOP: readonly number[] = [];

const shared = new Chunk(SHARED_BYTES);

const NO_SNAPSHOT: Snapshot = { chunk: shared, before: shared, delta: 0 };

const arenas: Arena[] = [];

let depth = 0;

/** Arenas that stand apart and are not in use, of which the first `apartCount` are valid. */
const apart = makeList<Arena>(APART_KEPT);

let apartCount = 0;

export class Arena implements Site {
  /** The chunk and offset of the last {@link reserve}. */
  chunk = shared;
  offset = 0;

  callee!: Callee;
  /** The `typeof` of the elements of the argument's lists of 64-bit integers; empty before the first list. */
  wideElements = '';
  /** The arguments that are not scalars, in which an error finds the path to a list. */
  readonly values = makeList<unknown>(MOST_ARGUMENTS);
  /** The argument being packed, and the path of elements that packing has reached in it. */
  argument = 0;
  readonly path = makeIntegers(MAX_DEPTH);
  /** The number of valid elements of {@link path}. */
  depth = 0;

  /** The copied lists to be written back. */
  readonly noted = new NotedLists();
  /** The lists that hold lists of lists, where Rust may change the innermost ones. */
  readonly nests = new Set<readonly unknown[]>();
  /** The borrowed views, of which the first `borrowCount` are valid. The objects are reused from call to call. */
  readonly borrows: Borrow[] = [];
  borrowCount = 0;
  /** The strings that the addon encodes, of which the first `textCount` are valid. */
  readonly texts: string[] = ['', '', '', ''];
  textCount = 0;
  /** Snapshots of the chunks that hold noted lists. */
  #snapshots = makeList<Snapshot>(4);
  #snapshotCount = 0;
  /** The stream of the encoded arguments, which is made when it is first needed. */
  #writer: Writer | null = null;
  /** The place for saved arguments, which is made when it is first needed. */
  #saved: SavedArguments | null = null;
  /** The addresses of the arguments that are not scalars, for callers without local variables for them. */
  readonly pointers = makeFloats(MOST_ARGUMENTS);

  /** The chunks of this arena alone. */
  readonly own: Chunk[] = [];
  #current = shared;
  #base = 0;
  /** True if the arena is kept until a call in the background is complete. Rust then has copies of all memory. */
  isApart = false;
  /** The addresses of the pointers to memory of the arena that a C function finds in it, if the arena stands apart. */
  readonly inner: number[] = [];

  /** Begins a call. Pair it with {@link leave} in a `finally`. */
  static enter(callee: Callee): Arena {
    if (depth === arenas.length) append(arenas, new Arena());
    const arena = arenas[depth++] as Arena;
    arena.callee = callee;
    // The previous call has reset it, unless the stack overflowed while that call ended.
    arena.#writer?.reset();
    arena.#base = shared.top;
    return arena;
  }

  /**
   * Begins a call during which other calls may begin and end. Its arena is not part of the stack, and does not use the
   * shared chunk. Pair it with {@link leave}.
   */
  static enterApart(callee: Callee): Arena {
    const arena = apartCount > 0 ? (apart[--apartCount] as Arena) : new Arena();
    arena.isApart = true;
    arena.callee = callee;
    arena.#current = arena.#addChunk(APART_BYTES);
    return arena;
  }

  /** Ends the call: releases the memory and the references to the user's values. */
  leave(): void {
    if (!this.isApart) {
      depth--;
      shared.top = this.#base;
    } else if (apartCount < APART_KEPT) {
      apart[apartCount++] = this;
    }
    if (this.own.length > 0) {
      for (const chunk of this.own) keepChunk(chunk);
      this.own.length = 0;
      this.#current = this.chunk = shared;
    }
    this.textCount = 0;
    if (this.noted.count > 0) {
      this.noted.clear();
      while (this.#snapshotCount > 0) this.#snapshots[--this.#snapshotCount] = NO_SNAPSHOT;
    }
    if (this.nests.size > 0) this.nests.clear();
    if (this.inner.length > 0) this.inner.length = 0;
    if (this.borrowCount > 0) this.#forgetBorrows();
    this.#writer?.reset();
    this.depth = 0;
    for (let i = 0; i <= this.argument; i++) this.values[i] = undefined;
    this.argument = 0;
  }

  /** Makes room in {@link values} and {@link pointers} for so many arguments, of which a call may be given too many. */
  makeRoom(count: number): void {
    while (this.values.length < count) {
      append(this.values, undefined);
      append(this.pointers, 0);
    }
  }

  addSnapshot(snapshot: Snapshot): void {
    if (this.#snapshotCount === this.#snapshots.length) this.#snapshots = longer(this.#snapshots);
    this.#snapshots[this.#snapshotCount++] = snapshot;
  }

  snapshotOf(chunk: Chunk): Snapshot | undefined {
    for (let i = 0; i < this.#snapshotCount; i++) {
      if (this.#snapshots[i]?.chunk === chunk) return this.#snapshots[i];
    }
    return undefined;
  }

  #forgetBorrows(): void {
    for (let i = 0; i < this.borrowCount; i++) {
      const borrow = this.borrows[i] as Borrow;
      borrow.view = borrow.copy = null;
      borrow.chunk = shared;
    }
    if (this.borrowCount > NOTES_KEPT) this.borrows.length = NOTES_KEPT;
    this.borrowCount = 0;
  }

  get level(): Level {
    return this.callee.level;
  }

  get writer(): Writer {
    return (this.#writer ??= new Writer(this));
  }

  /** Returns the values that Rust has until the call ends, which are the caller's to release from now on. */
  takeHeld(): Holding | null {
    return this.#writer?.takeHeld() ?? null;
  }

  /** Keeps the arguments of the block while code of the user's may run. */
  get saved(): SavedArguments {
    return (this.#saved ??= new SavedArguments());
  }

  /** The offset of this arena's part of the shared chunk. */
  get base(): number {
    return this.#base;
  }

  /** True if `chunk` is the one that all arenas share. */
  isShared(chunk: Chunk): boolean {
    return chunk === shared;
  }

  /**
   * Reserves memory, aligned to 8, and points {@link chunk} and {@link offset} at it. Its contents are undefined. The
   * offset is below 2^31, so that shifts may be used on it, as a large piece begins a chunk of its own.
   *
   * @throws RangeError `ERR_RUSTDLL_MEMORY`
   */
  reserve(bytes: number): void {
    // For the usual sizes, which are int32s, this is quicker than a division.
    const rounded = bytes < 0x7ffffff8 ? (bytes + 7) & -8 : Math.ceil(bytes / 8) * 8;
    let chunk = this.#current;
    if (rounded >= LARGE_BYTES) {
      chunk = this.#addChunk(rounded);
    } else if (chunk.top + rounded > chunk.size) {
      chunk = this.#current = this.#addChunk(Math.min(Math.max(2 * chunk.size, SHARED_BYTES), MOST_BYTES));
    }
    this.chunk = chunk;
    this.offset = chunk.take(rounded);
  }

  #addChunk(bytes: number): Chunk {
    const chunk = takeChunk(bytes);
    append(this.own, chunk);
    return chunk;
  }

  /** Lends Rust a view for reading, and returns the address of its descriptor. */
  lend(view: ArrayBufferView | ArrayBufferLike, scalar: Scalar): number {
    this.reserve(VEC_SIZE);
    const { chunk, offset } = this;
    this.addBorrow(view, scalar, false, false, chunk, offset);
    return chunk.address + offset;
  }

  /** Notes a view. Its descriptor, at `offset`, is filled when no more code of the user's can run. */
  addBorrow(
    view: ArrayBufferView | ArrayBufferLike,
    scalar: Scalar,
    mutable: boolean,
    text: boolean,
    chunk: Chunk,
    offset: number,
  ): void {
    const index = this.borrowCount++;
    if (index === this.borrows.length) {
      append(this.borrows, {
        view: null,
        argument: 0,
        path: TOP,
        scalar,
        mutable,
        text,
        chunk,
        offset,
        start: 0,
        end: 0,
        copy: null,
        copyOffset: 0,
      });
    }
    const borrow = this.borrows[index] as Borrow;
    borrow.view = view;
    borrow.argument = this.argument;
    borrow.path = this.depth === 0 ? TOP : this.path.slice(0, this.depth);
    borrow.scalar = scalar;
    borrow.mutable = mutable;
    borrow.text = text;
    borrow.chunk = chunk;
    borrow.offset = offset;
  }

  /** Returns the place in the arguments that packing has reached: `test: argument 2 (numbers)[3]`. */
  place(...more: number[]): string {
    return placeOf(this.callee, this.argument, [...this.path.slice(0, this.depth), ...more]);
  }

  /** Makes the error for a value of the wrong type. */
  wrongType(expected: string, value: unknown, ...more: number[]): TypeError {
    return typeError('ERR_RUSTDLL_TYPE', `${this.place(...more)}: expected ${expected}, got ${describe(value)}`);
  }

  /** Makes any other error about a value. */
  error(code: ArgumentErrorCode, problem: string, ...more: number[]): TypeError | RangeError {
    return argumentError(code, `${this.place(...more)}: ${problem}`);
  }
}
