/**
 * Packs lists of scalars from a JavaScript array into memory, with one loop for each kind. A call with lists spends
 * most of its time here, so nothing in the usual path of a loop allocates or calls.
 *
 * Every loop stores only within the elements reserved for it, whatever a getter or Proxy does to the list meanwhile:
 * the length was read once, and an element that was removed reads as undefined, which no type accepts.
 */

import { types } from 'node:util';
import type { Chunk } from '../../memory/chunk';
import { Elements, type Site } from '../../memory/site';
import { append } from '../../runtime/list';
import { charOf, upperHalf } from '../../types/bits';
import { MAX_LENGTH } from '../../types/limits';
import { type Scalar, SCALARS } from '../../types/scalar';
import { refusal, tooLong } from '../refusal';
import { isView } from './view';

/** Reads the length of a list once, and refuses what is no valid length: a Proxy can return any value. */
export function lengthOf(site: Site, list: readonly unknown[]): number {
  const length: unknown = list.length;
  if (typeof length !== 'number' || !Number.isInteger(length)) {
    throw site.wrongType('a list with a length', length);
  }
  if (length < 0 || length > MAX_LENGTH) {
    const { code, problem } = tooLong(length);
    throw site.error(code, problem);
  }
  return length;
}

/**
 * Returns an element where lists of all kinds are read. V8 would compile `list[k]`, where it sees lists of numbers and lists
 * of objects, to code that converts the former to the latter in place: every number of the user's list would become a heap
 * object.
 */
export function elementAt(list: readonly unknown[], k: number): unknown {
  return Reflect.get<readonly unknown[], number>(list, k);
}

/** Returns the first element, as {@link elementAt} does. */
export function headOf(list: readonly unknown[]): unknown {
  return elementAt(list, 0);
}

/**
 * Packs `list` as elements of `scalar` from `offset` on.
 *
 * @throws TypeError, RangeError naming the element.
 */
export function packScalars(
  site: Site,
  list: readonly unknown[],
  length: number,
  scalar: Scalar,
  chunk: Chunk,
  offset: number,
): Elements {
  switch (scalar.kind) {
    case 'wide':
      return packWide(site, list, length, scalar, chunk, offset);
    case 'float':
      if (scalar.size === 8) packF64(site, list, length, chunk, offset);
      else packF32(site, list, length, chunk, offset);
      return Elements.Plain;
    case 'int':
      packInts(site, list, length, scalar, chunk, offset);
      return Elements.Plain;
    case 'bool':
      packBools(site, list, length, chunk, offset);
      return Elements.Plain;
    case 'char':
      packChars(site, list, length, chunk, offset);
      return Elements.Plain;
  }
}

function packF64(site: Site, list: readonly unknown[], length: number, chunk: Chunk, offset: number): void {
  const view = chunk.f64;
  const first = offset >> 3;
  for (let k = 0; k < length; k++) {
    const value = list[k];
    if (typeof value !== 'number') throw refused(site, SCALARS.f64, value, k);
    view[first + k] = value;
  }
}

function packF32(site: Site, list: readonly unknown[], length: number, chunk: Chunk, offset: number): void {
  const view = chunk.f32;
  const first = offset >> 2;
  for (let k = 0; k < length; k++) {
    const value = list[k];
    if (typeof value !== 'number') throw refused(site, SCALARS.f32, value, k);
    const rounded = Math.fround(value);
    if (rounded - rounded !== 0 && value - value === 0) throw refused(site, SCALARS.f32, value, k);
    view[first + k] = rounded;
  }
}

function packInts(
  site: Site,
  list: readonly unknown[],
  length: number,
  scalar: Scalar,
  chunk: Chunk,
  offset: number,
): void {
  const view = chunk[scalar.view];
  const first = offset / scalar.size;
  const { min, max } = scalar;
  for (let k = 0; k < length; k++) {
    const value = list[k];
    if (typeof value !== 'number' || !Number.isInteger(value)) throw refused(site, scalar, value, k);
    if (value < min || value > max) throw refused(site, scalar, value, k);
    (view as Int32Array)[first + k] = value;
  }
}

function packWide(
  site: Site,
  list: readonly unknown[],
  length: number,
  scalar: Scalar,
  chunk: Chunk,
  offset: number,
): Elements {
  if (length === 0) return Elements.Plain;
  // Read from the first list of an argument only, as headOf is slow; a later list may have elements of the other type.
  if (site.wideElements === '') site.wideElements = typeof headOf(list);
  if (site.wideElements === 'bigint') {
    const elements = packBigInts(site, list, length, scalar, chunk, offset);
    if (elements !== null) return elements;
  }
  const halves = chunk.i32;
  const first = offset >> 2;
  const least = scalar.signed ? -0x80000000 : 0;
  let elements: Elements = scalar.signed ? Elements.Short : Elements.Plain;
  for (let k = 0; k < length; k++) {
    // Most integers are small. The slow path below takes others, and refuses negative ones if the type is unsigned.
    k = packShort(list, k, length, halves, first, least);
    if (k === length) break;
    // The element is read again. If a getter returns another value now, that value is checked as any other.
    const value = list[k];
    if (typeof value !== 'number') {
      const all = k === 0 ? packBigInts(site, list, length, scalar, chunk, offset) : null;
      if (all !== null) return all;
      if (typeof value === 'bigint') {
        if (site.level !== 'export') throw site.wrongType('a number like those before it', value, k);
        return packMixed(site, list, k, length, scalar, chunk, offset);
      }
      throw refused(site, scalar, value, k);
    }
    elements = Elements.Plain;
    if (!Number.isSafeInteger(value) || (value < 0 && !scalar.signed)) throw refused(site, scalar, value, k);
    halves[first + 2 * k] = value;
    halves[first + 2 * k + 1] = upperHalf(value);
  }
  return elements;
}

/** The most elements of a list that {@link packShort} packs: the indices of their halves are int32s. */
const MOST_SHORT = 2 ** 29;

/**
 * Packs integers from `least` up to the greatest int32 from element `k` on, and returns the index of the first element that
 * is something else.
 */
export function packShort(
  list: readonly unknown[],
  k: number,
  length: number,
  halves: Int32Array,
  first: number,
  least: number,
): number {
  if (length > MOST_SHORT) return k;
  // Engines keep numbers that are converted to int32s in registers, and need not check their sums for overflow.
  k |= 0;
  let at = (first + 2 * k) | 0;
  const end = (length - 1) | 0;
  least |= 0;
  // Two at a time, as the engine checks the list anew in each iteration.
  for (; k < end; k = (k + 2) | 0) {
    const a = list[k];
    const b = list[(k + 1) | 0];
    if (typeof a !== 'number' || typeof b !== 'number') break;
    const smallA = a | 0;
    const smallB = b | 0;
    if (!Object.is(smallA, a) || !Object.is(smallB, b) || smallA < least || smallB < least) break;
    halves[at] = smallA;
    halves[(at + 1) | 0] = smallA >> 31;
    halves[(at + 2) | 0] = smallB;
    halves[(at + 3) | 0] = smallB >> 31;
    at = (at + 4) | 0;
  }
  for (; k < length; k++) {
    const value = list[k];
    if (typeof value !== 'number') return k;
    const small = value | 0;
    // `Object.is` tells -0 from 0: -0 takes the slow path too, so that it can be restored as -0.
    if (!Object.is(small, value) || small < least) return k;
    halves[at] = small;
    halves[at + 1] = small >> 31;
    at += 2;
  }
  return length;
}

/** Packs a list of bigints. Returns null, with nothing packed, if it does not begin with one. */
function packBigInts(
  site: Site,
  list: readonly unknown[],
  length: number,
  scalar: Scalar,
  chunk: Chunk,
  offset: number,
): Elements | null {
  const view = scalar.signed ? chunk.i64 : chunk.u64;
  const first = offset >> 3;
  for (let k = 0; k < length; k++) {
    const value = list[k];
    if (k === 0 && typeof value !== 'bigint') return null;
    if (typeof value !== 'bigint') {
      if (site.level !== 'export') throw site.wrongType('a bigint like those before it', value, k);
      return packMixed(site, list, k, length, scalar, chunk, offset);
    }
    view[first + k] = value;
    if (view[first + k] !== value) throw refused(site, scalar, value, k);
  }
  return Elements.Big;
}

/** Packs the elements from `from` on, each a number or a bigint. At the other levels the elements tell the type. */
function packMixed(
  site: Site,
  list: readonly unknown[],
  from: number,
  length: number,
  scalar: Scalar,
  chunk: Chunk,
  offset: number,
): Elements {
  const view = scalar.signed ? chunk.i64 : chunk.u64;
  const first = offset >> 3;
  for (let k = from; k < length; k++) {
    const value = list[k];
    const isExact = typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value));
    if (!isExact) throw refused(site, scalar, value, k);
    const big = BigInt(value);
    view[first + k] = big;
    if (view[first + k] !== big) throw refused(site, scalar, value, k);
  }
  return Elements.Mixed;
}

/** Refuses a list of numbers and bigints. */
export function refuseMixed(site: Site, list: readonly unknown[], length: number): void {
  const kind = typeof headOf(list);
  for (let k = 1; k < length; k++) {
    if (typeof list[k] !== kind)
      throw site.wrongType(`a ${kind} like those before it, since Rust may change it`, list[k], k);
  }
}

/**
 * Makes a list of what can be iterated, but is no text: a Set, a generator. Null for anything else; views are lists of their
 * own types and no others.
 */
export function listFrom(value: unknown): unknown[] | null {
  if (typeof value !== 'object' || value === null || isView(value) || types.isStringObject(value)) return null;
  if (typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] !== 'function') return null;
  const known = remembered?.get(value);
  if (known !== undefined) return known;
  const list: unknown[] = [];
  for (const element of value as Iterable<unknown>) append(list, element);
  remembered?.set(value, list);
  return list;
}

/** The lists that have been made while a value is tried as several types; null at any other time. */
let remembered: Map<object, unknown[]> | null = null;

/**
 * Remembers from now on what has been iterated, as a generator yields its elements only once.
 *
 * @returns False if that is so already. Otherwise {@link forgetLists} has to be called in the end.
 */
export function rememberLists(): boolean {
  if (remembered !== null) return false;
  remembered = new Map();
  return true;
}

export function forgetLists(): void {
  remembered = null;
}

function packBools(site: Site, list: readonly unknown[], length: number, chunk: Chunk, offset: number): void {
  const view = chunk.u8;
  for (let k = 0; k < length; k++) {
    const value = list[k];
    if (typeof value !== 'boolean') throw refused(site, SCALARS.bool, value, k);
    view[offset + k] = value ? 1 : 0;
  }
}

function packChars(site: Site, list: readonly unknown[], length: number, chunk: Chunk, offset: number): void {
  const view = chunk.u32;
  const first = offset >> 2;
  for (let k = 0; k < length; k++) {
    const value = list[k];
    const code = typeof value === 'string' ? charOf(value) : -1;
    if (code < 0) throw refused(site, SCALARS.char, value, k);
    view[first + k] = code;
  }
}

/** Makes the error for an element that is not a valid `scalar`. */
function refused(site: Site, scalar: Scalar, value: unknown, k: number): Error {
  const { code, problem } = refusal(scalar, value, site.level, true);
  return site.error(code, problem, k);
}
