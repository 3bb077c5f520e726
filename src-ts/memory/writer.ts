/**
 * The stream of encoded arguments: words of 8 bytes, and the text of all strings joined to long strings, since a long
 * string is encoded as UTF-8 in far less time than many short ones. What is joined is encoded once it is long, as the engine
 * keeps an object for each string that is joined, which costs far more if it survives a collection. docs/abi.md describes
 * the format.
 */

import type { ArgumentErrorCode } from '../errors/errors';
import { Mismatch, outOfRange, wrongType } from '../errors/mismatch';
import type { Callee, Level } from '../errors/words';
import { UPPER } from '../types/bits';
import { MAX_RECURSION } from '../types/limits';
import type { Scalar } from '../types/scalar';
import { Chunk } from './chunk';
import { type EncodedMark, EncodedText, NOTHING_ENCODED } from './encoded-text';
import type { Site } from './site';
import { keepChunk, takeChunk } from './spares';

/** The initial size of a writer, and the greatest size that it keeps after a call. */
const FIRST_BYTES = 1 << 12;

const MOST_KEPT = 1 << 20;

/** The UTF-16 units that strings are joined to before they are encoded. */
const JOINED_UNITS = 1 << 15;

/** The first size of the encoded text if its length is not known, and what it has beside its length. */
const FIRST_TEXT_BYTES = 1 << 17;

const TEXT_SLACK = 1 << 12;

/** A state of a writer, to which it can return. */
export interface Mark {
  readonly at: number;
  readonly text: string;
  readonly encoded: EncodedMark;
  readonly wideElements: string;
  readonly recursion: number;
  /** The numbers of objects, of values that Rust has, and of objects around the value. */
  readonly objects: number;
  readonly held: Holding | null;
  readonly inside: number;
}

/** Appends a value to a stream. @throws Mismatch */
export type Encode = (writer: Writer, value: unknown) => void;

/** A value that Rust has for the length of a call, in a list of such values. */
export interface Holding {
  /** The one that was noted before it. */
  next: Holding | null;
  release(): void;
}

/** Releases the values of a list before `end`. */
export function releaseAll(held: Holding | null, end: Holding | null = null): void {
  for (let value = held; value !== null && value !== end;) {
    const { next } = value;
    value.next = null;
    value.release();
    value = next;
  }
}

/** What lends Rust the memory of a view for the length of a call. */
export interface Lender {
  /** The function that is called, and the index of the argument that is being encoded. */
  readonly callee: Callee;
  readonly argument: number;
  /** Returns the address of the descriptor. */
  lend(view: ArrayBufferView | ArrayBufferLike, scalar: Scalar): number;
}

/** The stream of one call. The views are those of its chunk, which is replaced when it grows. */
export class Writer implements Site {
  chunk = new Chunk(FIRST_BYTES);
  i32 = this.chunk.i32;
  f64 = this.chunk.f64;
  /** The number of words for which there is room. */
  room = FIRST_BYTES >> 3;
  /** The index of the next word. */
  at = 0;
  /** The string to which strings are joined now; `encoded` is the text before it, or null if there is none. */
  text = '';
  encoded: EncodedText | null = null;
  wideElements = '';
  readonly joinedUnits: number;
  /** Only exported functions have a stream. */
  readonly level: Level = 'export';
  /** The number of times that encoding has entered a named type from within itself. */
  recursion = 0;
  /** The objects that contain the value of the current walk. */
  readonly #inside = new Set<unknown>();

  /** False for a call in the background, whose memory must be its own: the stream is copied, what is lent is not. */
  lends = true;
  readonly lender: Lender | null;
  /** The references of the objects in the stream; null if it has none. */
  objects: object[] | null = null;
  /** The values that Rust has until the call ends, the last first; null if there are none. */
  #held: Holding | null = null;

  constructor(lender: Lender | null = null, joinedUnits = JOINED_UNITS) {
    this.joinedUnits = joinedUnits;
    this.lender = lender;
  }

  /** Discards what was encoded. */
  reset(): void {
    this.at = 0;
    this.lends = true;
    this.objects = null;
    if (this.#held !== null) releaseAll(this.takeHeld());
    this.text = '';
    if (this.encoded !== null) keepChunk(this.encoded.chunk);
    this.encoded = null;
    this.wideElements = '';
    this.recursion = 0;
    if (this.#inside.size > 0) this.#inside.clear();
    if (this.chunk.size > MOST_KEPT) this.#use(new Chunk(FIRST_BYTES));
  }

  /** Notes the state, to return to it if what is encoded next turns out not to fit. */
  mark(): Mark {
    const { at, text, wideElements, recursion } = this;
    const encoded = this.encoded === null ? NOTHING_ENCODED : this.encoded.mark();
    const objects = this.objects?.length ?? 0;
    return { at, text, encoded, wideElements, recursion, objects, held: this.#held, inside: this.#inside.size };
  }

  /** Discards what was encoded since a mark. */
  rewind(mark: Mark): void {
    this.at = mark.at;
    this.text = mark.text;
    this.encoded?.rewind(mark.encoded);
    this.wideElements = mark.wideElements;
    this.recursion = mark.recursion;
    if (this.objects !== null) this.objects.length = mark.objects;
    releaseAll(this.#held, mark.held);
    this.#held = mark.held;
    // A set has its elements in the order in which they were added.
    let index = 0;
    for (const value of this.#inside) if (index++ >= mark.inside) this.#inside.delete(value);
  }

  /** Notes a value that Rust has until the call ends. */
  hold(value: Holding): void {
    value.next = this.#held;
    this.#held = value;
  }

  /** Returns the values that Rust has until the call ends, which are the caller's to release from now on. */
  takeHeld(): Holding | null {
    const held = this.#held;
    this.#held = null;
    return held;
  }

  /**
   * Makes room for `words` more.
   *
   * @throws RangeError `ERR_RUSTDLL_MEMORY`
   */
  ensure(words: number): void {
    if (this.at + words > this.room) this.#grow(words);
  }

  /** The UTF-16 units of text so far. */
  get units(): number {
    return (this.encoded === null ? 0 : this.encoded.units) + this.text.length;
  }

  /**
   * Makes room for so many more words and UTF-16 units of text, and a little more. It is only a hint. Both are made at once, as
   * an engine that is asked for much memory collects garbage first.
   */
  expect(words: number, units: number): void {
    const room = Math.ceil(words + words / 16);
    try {
      this.ensure(room);
      this.#expectText(Math.ceil(units + units / 16));
    } catch {
      // There is not so much memory, or it turns out not to be needed.
    }
  }

  #grow(words: number): void {
    const bytes = 8 * Math.max(2 * this.room, this.at + words);
    const chunk = bytes > MOST_KEPT ? takeChunk(bytes) : new Chunk(bytes);
    chunk.u8.set(this.chunk.u8.subarray(0, 8 * this.at));
    this.#use(chunk);
  }

  #use(chunk: Chunk): void {
    if (this.chunk.size > MOST_KEPT) keepChunk(this.chunk);
    this.chunk = chunk;
    this.i32 = chunk.i32;
    this.f64 = chunk.f64;
    this.room = Math.floor(chunk.size / 8);
  }

  /** Appends a word that is a safe integer. */
  integer(value: number): void {
    this.ensure(1);
    const at = 2 * this.at++;
    this.i32[at] = value;
    this.i32[at + 1] = Math.floor(value * UPPER);
  }

  /** Appends a word that is below 2^32. */
  count(value: number): void {
    this.ensure(1);
    const at = 2 * this.at++;
    this.i32[at] = value;
    this.i32[at + 1] = 0;
  }

  /** Appends a string. */
  string(value: string): void {
    this.count(value.length);
    this.join(value);
  }

  /** Appends the text of one or several strings, whose lengths are words that are there or follow. */
  join(value: string): void {
    if (this.text.length + value.length > this.joinedUnits) this.#encodeJoined();
    this.text += value;
  }

  #encodeJoined(): void {
    this.encodeText(this.text);
    this.text = '';
  }

  /** Encodes what strings have been joined to. */
  encodeText(text: string): void {
    if (text !== '') (this.encoded ??= new EncodedText(FIRST_TEXT_BYTES)).append(text);
  }

  /**
   * Makes room at once for strings of so many UTF-16 units together, each of which takes a word. It is only a hint.
   *
   * @throws RangeError `ERR_RUSTDLL_MEMORY`
   */
  expectStrings(count: number, units: number): void {
    this.ensure(count);
    this.#expectText(units);
  }

  /** Makes room for the text of so many more units, if it will be encoded before all of it has been joined. */
  #expectText(units: number): void {
    const all = this.units + units;
    if (all <= this.joinedUnits) return;
    if (this.encoded === null) this.encoded = new EncodedText(all + TEXT_SLACK);
    else this.encoded.expect(all);
  }

  /** Notes that a walk enters an object. */
  enter(value: unknown): void {
    if (this.#inside.has(value)) throw outOfRange('the object is inside of itself');
    if (this.#inside.size === MAX_RECURSION) throw outOfRange(`values are nested more than ${MAX_RECURSION} deep`);
    this.#inside.add(value);
  }

  leave(value: unknown): void {
    this.#inside.delete(value);
  }

  wrongType(expected: string, value: unknown, ...more: number[]): Mismatch {
    return more.reduceRight((mismatch, step) => mismatch.along(step), wrongType(expected, value));
  }

  error(code: ArgumentErrorCode, problem: string, ...more: number[]): Mismatch {
    return more.reduceRight((mismatch, step) => mismatch.along(step), new Mismatch(problem, code));
  }
}
