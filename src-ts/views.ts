/**
 * Typed arrays, DataViews and ArrayBuffers, which Rust sees without a copy.
 *
 * What a view is and where it lies is asked through the getters the engine itself defines, never through the object:
 * a subclass could answer anything. It is asked twice: when the argument is packed, for its type, and when the frame is
 * sealed, for its memory, since a getter of a later argument may have detached or resized the buffer in between.
 */

import { isUtf8 } from 'node:buffer';
import { types } from 'node:util';
import { VEC_LENGTH } from './abi';
import type { Chunk } from './chunk';
import { rangeError, typeError } from './errors';
import type { Borrow, Frame } from './frame';
import { native } from './native';
import { placeOf } from './place';
import { SCALARS, type Scalar } from './scalars';
import type { ScalarName } from './types';

type View = ArrayBufferView | ArrayBufferLike;

const MAX_LENGTH = 0xffffffff;
/** What an empty list or view points to: not null, aligned for every type, never read. */
export const EMPTY_ADDRESS = 8;

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

/** Whether elements `have` are what Rust calls `want`, which may be a `usize`. */
export function isElement(have: Scalar, want: Scalar): boolean {
  return have === want || (want.kind === 'wide' && have.kind === 'wide' && have.signed === want.signed);
}

/**
 * Notes `view` as the list whose descriptor is at `at`; {@link sealBorrows} fills it.
 *
 * @param text - Whether Rust takes the bytes for UTF-8, so that they must be.
 */
export function borrow(
  frame: Frame,
  view: View,
  scalar: Scalar,
  mutable: boolean,
  text: boolean,
  chunk: Chunk,
  at: number,
): void {
  const have = elementOf(view);
  if (have === undefined || !isElement(have, scalar)) {
    throw frame.wrongType(`a list or typed array of ${scalar.name}`, view);
  }
  frame.addBorrow(view, scalar, mutable, text, chunk, at);
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
    return extent.byteLength === 0 && isDetached(extent.buffer) ? null : extent;
  } catch {
    // DataView's getters throw where those of typed arrays answer 0.
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
function mustCopy(buffer: ArrayBufferLike, start: number, scalar: Scalar): boolean {
  if (start % scalar.size !== 0) return true;
  // Other threads may store here meanwhile: no tearing for bytes, but nothing is promised for wider elements.
  if (types.isSharedArrayBuffer(buffer)) return scalar.size > 1 || buffer.growable;
  // Shrinking a resizable buffer gives its pages back to the system.
  return buffer.resizable;
}

/**
 * Fills the descriptors of all views of the frame. From here on until the call is made, no code of the user's may run.
 *
 * @throws TypeError `ERR_RUSTDLL_DETACHED`, `ERR_RUSTDLL_ALIAS`
 */
export function sealBorrows(frame: Frame): void {
  const count = frame.borrowCount;
  for (let i = 0; i < count; i++) seal(frame, frame.borrows[i] as Borrow);
  if (count > 1) refuseOverlaps(frame);
}

function seal(frame: Frame, borrow: Borrow): void {
  const view = borrow.view as View;
  const extent = extentOf(view);
  if (extent === null) {
    throw typeError('ERR_RUSTDLL_DETACHED', `${placeOf(frame.callee, borrow.argument)}: the buffer is detached`);
  }
  const { scalar } = borrow;
  const length = extent.byteLength / scalar.size;
  if (length > MAX_LENGTH) {
    throw rangeError(
      'ERR_RUSTDLL_RANGE',
      `${placeOf(frame.callee, borrow.argument)}: ${length} elements are too many for a PyVec`,
    );
  }
  let address = EMPTY_ADDRESS;
  borrow.start = borrow.end = 0;
  if (length > 0) {
    address = addressOf(extent.buffer) + extent.byteOffset;
    borrow.start = address;
    borrow.end = address + extent.byteLength;
    // `as_str_unchecked` rests on it.
    if (borrow.text && !isUtf8(new Uint8Array(extent.buffer, extent.byteOffset, extent.byteLength))) {
      throw typeError(
        'ERR_RUSTDLL_TYPE',
        `${placeOf(frame.callee, borrow.argument)}: the bytes given as a PyStr are not UTF-8`,
      );
    }
    if (mustCopy(extent.buffer, address, scalar)) address = copyIn(frame, borrow, extent);
  }
  borrow.chunk.setPointer(borrow.offset, address);
  borrow.chunk.i32[(borrow.offset + VEC_LENGTH) >> 2] = length;
}

function copyIn(frame: Frame, borrow: Borrow, { buffer, byteOffset, byteLength }: Extent): number {
  const rounded = Math.ceil(byteLength / 8) * 8;
  // Twice: the second copy shows afterwards what Rust changed.
  frame.reserve(2 * rounded);
  const source = new Uint8Array(buffer, byteOffset, byteLength);
  borrow.copy = frame.chunk;
  borrow.copyOffset = frame.offset;
  frame.chunk.u8.set(source, frame.offset);
  frame.chunk.u8.copyWithin(frame.offset + rounded, frame.offset, frame.offset + byteLength);
  return frame.chunk.address + frame.offset;
}

/** Stores what Rust changed in the copies that views had to be given, element by element. */
export function writeBackCopies(frame: Frame): void {
  for (let i = 0; i < frame.borrowCount; i++) {
    const borrow = frame.borrows[i] as Borrow;
    if (borrow.copy === null || !borrow.mutable) continue;
    const extent = extentOf(borrow.view as View);
    const length = borrow.end - borrow.start;
    if (extent?.byteLength !== length) {
      throw typeError(
        'ERR_RUSTDLL_WRITE_BACK',
        `${placeOf(frame.callee, borrow.argument)}: the buffer was resized or detached during the call`,
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
function refuseOverlaps(frame: Frame): void {
  const inUse = frame.borrows.slice(0, frame.borrowCount).filter((borrow) => borrow.end > borrow.start);
  inUse.sort((a, b) => a.start - b.start);
  // Of those that began earlier, the one that reaches furthest, and the mutable one that does.
  let furthest: Borrow | undefined;
  let furthestMutable: Borrow | undefined;
  for (const borrow of inUse) {
    const rival = borrow.mutable ? furthest : furthestMutable;
    if (rival !== undefined && rival.end > borrow.start) throw alias(frame, rival, borrow);
    if (furthest === undefined || borrow.end > furthest.end) furthest = borrow;
    if (borrow.mutable && (furthestMutable === undefined || borrow.end > furthestMutable.end)) furthestMutable = borrow;
  }
}

function alias(frame: Frame, a: Borrow, b: Borrow): TypeError {
  const [first, second] = a.argument <= b.argument ? [a, b] : [b, a];
  return typeError(
    'ERR_RUSTDLL_ALIAS',
    `${placeOf(frame.callee, second.argument)}: overlaps the memory of argument ${first.argument + 1}, and Rust may change one of them`,
  );
}
