/**
 * Typed arrays, DataViews and ArrayBuffers, which Rust sees without a copy.
 *
 * What a view is and where it lies is asked through the getters the engine itself defines, never through the object:
 * a subclass could answer anything. It is asked twice: when the argument is packed, for its type, and when the arena is
 * sealed, for its memory, since a getter of a later argument may have detached or resized the buffer in between.
 */

import { isUtf8 } from 'node:buffer';
import { types } from 'node:util';
import { EMPTY_ADDRESS, VEC_LENGTH } from '../../crossing/block';
import { native } from '../../crossing/node-api/native';
import { argumentError, typeError } from '../../errors/errors';
import { placeOf } from '../../errors/words';
import type { Borrow, Arena } from '../../memory/arena';
import { MAX_LENGTH } from '../../types/limits';
import { type Scalar, type ScalarName, SCALARS } from '../../types/scalar';
import { tooLong } from '../refusal';

type View = ArrayBufferView | ArrayBufferLike;

function getter(prototype: object, key: PropertyKey): (view: unknown) => unknown {
  const { get } = Object.getOwnPropertyDescriptor(prototype, key) as { get: () => unknown };
  return (view) => Reflect.apply(get, view, []);
}

const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;

const tagOf = getter(typedArray, Symbol.toStringTag) as (view: unknown) => string | undefined;

const ofTypedArray = {
  buffer: getter(typedArray, 'buffer') as (view: unknown) => ArrayBufferLike,
  byteOffset: getter(typedArray, 'byteOffset') as (view: unknown) => number,
  byteLength: getter(typedArray, 'byteLength') as (view: unknown) => number,
};

const ofDataView = {
  buffer: getter(DataView.prototype, 'buffer') as (view: unknown) => ArrayBufferLike,
  byteOffset: getter(DataView.prototype, 'byteOffset') as (view: unknown) => number,
  byteLength: getter(DataView.prototype, 'byteLength') as (view: unknown) => number,
};

const arrayBufferByteLength = getter(ArrayBuffer.prototype, 'byteLength') as (buffer: unknown) => number;

const sharedByteLength = getter(SharedArrayBuffer.prototype, 'byteLength') as (buffer: unknown) => number;

const resizable = getter(ArrayBuffer.prototype, 'resizable') as (buffer: unknown) => boolean;

const growable = getter(SharedArrayBuffer.prototype, 'growable') as (buffer: unknown) => boolean;

const keysOf = Object.getOwnPropertyDescriptor(typedArray, 'keys')?.value as () => unknown;

/** The Rust element each view is taken for when nobody says otherwise. */
const ELEMENTS: Readonly<Record<string, ScalarName>> = {
  Int8Array: 'i8',
  Uint8Array: 'u8',
  Uint8ClampedArray: 'u8',
  Int16Array: 'i16',
  Uint16Array: 'u16',
  Int32Array: 'i32',
  Uint32Array: 'u32',
  BigInt64Array: 'i64',
  BigUint64Array: 'u64',
  Float32Array: 'f32',
  Float64Array: 'f64',
};

/** Whether `value` is a typed array, DataView, ArrayBuffer or SharedArrayBuffer. */
export function isView(value: unknown): value is View {
  return ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value);
}

/** The element a view holds, bytes for a DataView or a buffer; undefined for a kind Rust has no type for. */
export function elementOf(view: View): Scalar | undefined {
  const tag = tagOf(view);
  if (tag === undefined) return SCALARS.u8;
  const name = ELEMENTS[tag];
  return name === undefined ? undefined : SCALARS[name];
}

/** Whether `value` is a view whose elements are what Rust calls `want`. A `usize` is a `u64` here. */
export function isViewOf(value: unknown, want: Scalar): value is View {
  if (!isView(value)) return false;
  const have = elementOf(value);
  if (have === undefined) return false;
  return have === want || (want.kind === 'wide' && have.kind === 'wide' && have.signed === want.signed);
}

/** Whether `value` is a typed array, and no DataView or buffer, of just this element. */
export function isTypedArrayOf(value: unknown, want: Scalar): value is ArrayBufferView {
  return ArrayBuffer.isView(value) && tagOf(value) !== undefined && isViewOf(value, want);
}

/** The bytes a view covers now, or null when its buffer is detached or it is out of the buffer's bounds. */
export function bytesOf(view: View): Uint8Array | null {
  const extent = extentOf(view);
  return extent && new Uint8Array(extent.buffer, extent.byteOffset, extent.byteLength);
}

/** Buffers do not move, so each is asked for its address once. */
const addresses = new WeakMap<ArrayBufferLike, number>();

function addressOf(buffer: ArrayBufferLike): number {
  let address = addresses.get(buffer);
  if (address === undefined) {
    address = native.address(new Uint8Array(buffer));
    addresses.set(buffer, address);
  }
  return address;
}

interface Extent {
  buffer: ArrayBufferLike;
  byteOffset: number;
  byteLength: number;
}

/** Where a view lies now, or null when its buffer is detached or it is out of the buffer's bounds. */
function extentOf(view: View): Extent | null {
  if (!ArrayBuffer.isView(view)) {
    const byteLength = types.isSharedArrayBuffer(view) ? sharedByteLength(view) : arrayBufferByteLength(view);
    return byteLength === 0 && isDetached(view) ? null : { buffer: view, byteOffset: 0, byteLength };
  }
  const fields = tagOf(view) === undefined ? ofDataView : ofTypedArray;
  try {
    const extent = {
      buffer: fields.buffer(view),
      byteOffset: fields.byteOffset(view),
      byteLength: fields.byteLength(view),
    };
    // The getters of typed arrays answer 0 for what is out of bounds or detached; methods throw.
    if (extent.byteLength === 0 && fields === ofTypedArray) Reflect.apply(keysOf, view, []);
    return extent;
  } catch {
    // As DataView's getters do.
    return null;
  }
}

function isDetached(buffer: ArrayBufferLike): boolean {
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}

/** Whether Rust must not be given this memory itself. */
function mustCopy(arena: Arena, buffer: ArrayBufferLike, start: number, { scalar, mutable, text }: Borrow): boolean {
  // What Rust changes while JavaScript runs is brought back when the call is over.
  if (arena.isApart && mutable) return true;
  if (start % scalar.size !== 0) return true;
  // Other threads may store here meanwhile: no tearing for bytes, but nothing is promised for wider elements, and text
  // that was valid might not stay so.
  if (types.isSharedArrayBuffer(buffer)) return scalar.size > 1 || text || growable(buffer);
  // Shrinking a resizable buffer gives its pages back to the system.
  return resizable(buffer);
}

/**
 * Fills the descriptors of all views of the arena. From here on until the call is made, no code of the user's may run.
 *
 * @throws TypeError `ERR_RUSTDLL_DETACHED`, `ERR_RUSTDLL_ALIAS`
 */
export function sealBorrows(arena: Arena): void {
  const count = arena.borrowCount;
  for (let i = 0; i < count; i++) seal(arena, arena.borrows[i] as Borrow);
  if (count > 1) refuseOverlaps(arena);
}

function seal(arena: Arena, borrow: Borrow): void {
  const extent = extentOf(borrow.view as View);
  if (extent === null) {
    throw typeError(
      'ERR_RUSTDLL_DETACHED',
      `${placeOfBorrow(arena, borrow)}: the buffer is detached, or has shrunk away from the view`,
    );
  }
  const { scalar } = borrow;
  const length = extent.byteLength / scalar.size;
  if (length > MAX_LENGTH) {
    const { code, problem } = tooLong(length);
    throw argumentError(code, `${placeOfBorrow(arena, borrow)}: ${problem}`);
  }
  let address = EMPTY_ADDRESS;
  borrow.start = borrow.end = 0;
  if (length > 0) {
    address = addressOf(extent.buffer) + extent.byteOffset;
    borrow.start = address;
    borrow.end = address + extent.byteLength;
    const copies = mustCopy(arena, extent.buffer, address, borrow);
    if (copies || borrow.text) {
      let bytes = new Uint8Array(extent.buffer, extent.byteOffset, extent.byteLength);
      if (copies) {
        bytes = copyIn(arena, borrow, bytes);
        address = arena.chunk.address + arena.offset;
      }
      // `as_str_unchecked` rests on it.
      if (borrow.text && !isUtf8(bytes)) {
        throw typeError(
          'ERR_RUSTDLL_TYPE',
          `${placeOfBorrow(arena, borrow)}: the bytes given as a PyStr are not UTF-8`,
        );
      }
    }
  }
  borrow.chunk.setPointer(borrow.offset, address);
  borrow.chunk.i32[(borrow.offset + VEC_LENGTH) >> 2] = length;
}

function placeOfBorrow(arena: Arena, { argument, path }: Borrow): string {
  return placeOf(arena.callee, argument, path);
}

/** Copies a view's bytes to memory reserved for them, and returns the copy. */
function copyIn(arena: Arena, borrow: Borrow, bytes: Uint8Array): Uint8Array {
  const rounded = Math.ceil(bytes.length / 8) * 8;
  // Twice: the second copy shows afterwards what Rust changed.
  arena.reserve(2 * rounded);
  const { chunk, offset } = arena;
  borrow.copy = chunk;
  borrow.copyOffset = offset;
  chunk.u8.set(bytes, offset);
  chunk.u8.copyWithin(offset + rounded, offset, offset + bytes.length);
  return chunk.u8.subarray(offset, offset + bytes.length);
}

/** Stores what Rust changed in the copies that views had to be given, element by element. */
export function writeBackCopies(arena: Arena): void {
  for (let i = 0; i < arena.borrowCount; i++) {
    const borrow = arena.borrows[i] as Borrow;
    if (borrow.copy === null || !borrow.mutable) continue;
    const extent = extentOf(borrow.view as View);
    const length = borrow.end - borrow.start;
    if (extent?.byteLength !== length) {
      throw typeError(
        'ERR_RUSTDLL_WRITE_BACK',
        `${placeOfBorrow(arena, borrow)}: the buffer was resized or detached during the call`,
      );
    }
    const target = new Uint8Array(extent.buffer, extent.byteOffset, length);
    const { u8 } = borrow.copy;
    const now = borrow.copyOffset;
    const before = now + Math.ceil(length / 8) * 8;
    const { size } = borrow.scalar;
    for (let k = 0; k < length; k += size) {
      let changed = false;
      for (let b = 0; b < size; b++) changed ||= u8[now + k + b] !== u8[before + k + b];
      if (changed) target.set(u8.subarray(now + k, now + k + size), k);
    }
  }
}

/** Two views of one memory, one of them `&mut`, would break what Rust builds on. */
function refuseOverlaps(arena: Arena): void {
  const inUse = arena.borrows.slice(0, arena.borrowCount).filter((borrow) => borrow.end > borrow.start);
  inUse.sort((a, b) => a.start - b.start);
  // Of those that began earlier, the one that reaches furthest, and the mutable one that does.
  let furthest: Borrow | undefined;
  let furthestMutable: Borrow | undefined;
  for (const borrow of inUse) {
    const rival = borrow.mutable ? furthest : furthestMutable;
    if (rival !== undefined && rival.end > borrow.start) throw alias(arena, rival, borrow);
    if (furthest === undefined || borrow.end > furthest.end) furthest = borrow;
    if (borrow.mutable && (furthestMutable === undefined || borrow.end > furthestMutable.end)) furthestMutable = borrow;
  }
}

function alias(arena: Arena, a: Borrow, b: Borrow): TypeError {
  const [first, second] = a.argument <= b.argument ? [a, b] : [b, a];
  return typeError(
    'ERR_RUSTDLL_ALIAS',
    `${placeOfBorrow(arena, second)}: overlaps the memory of argument ${first.argument + 1}, and Rust may change one of them`,
  );
}
