/**
 * Lends the memory of typed arrays, DataViews and ArrayBuffers to Rust, without a copy where possible.
 *
 * A view is examined twice: for its type when the argument is packed, and for its memory when the arena is sealed, since
 * a getter of a later argument may have detached or resized the buffer in between.
 */

import { isUtf8 } from 'node:buffer';
import { types } from 'node:util';
import { EMPTY_ADDRESS, VEC_LENGTH } from '../../crossing/block';
import { native } from '../../crossing/node-api/native';
import { argumentError, typeError } from '../../errors/errors';
import { placeOf } from '../../errors/words';
import type { Borrow, Arena } from '../../memory/arena';
import { getter, method } from '../../runtime/property';
import { MAX_LENGTH } from '../../types/limits';
import { tooLong } from '../refusal';
import { extentOf, type View } from './view';

const resizable = getter(ArrayBuffer.prototype, 'resizable') as (buffer: unknown) => boolean;

const growable = getter(SharedArrayBuffer.prototype, 'growable') as (buffer: unknown) => boolean;

// Taken from the prototype once: where it is used no code of the user's may run, such as a replaced `sort`.
const sortOfList = method(Array.prototype, 'sort');

/** The addresses of buffers. The memory of a buffer does not move, so each address is requested once. */
const addresses = new WeakMap<ArrayBufferLike, number>();

function addressOf(buffer: ArrayBufferLike): number {
  let address = addresses.get(buffer);
  if (address === undefined) {
    address = native.address(new Uint8Array(buffer));
    addresses.set(buffer, address);
  }
  return address;
}

/** True if Rust must be given a copy instead of this memory. */
function mustCopy(arena: Arena, buffer: ArrayBufferLike, start: number, { scalar, mutable, text }: Borrow): boolean {
  // JavaScript runs during a call in the background, and must see the changes only when the call is complete.
  if (arena.isApart && mutable) return true;
  if (start % scalar.size !== 0) return true;
  // Other threads may store into shared memory during the call. Single bytes cannot tear, but wider elements can, and
  // text may become invalid UTF-8.
  if (types.isSharedArrayBuffer(buffer)) return scalar.size > 1 || text || growable(buffer);
  // Shrinking a resizable buffer returns its pages to the system, so that Rust would access unmapped memory.
  return resizable(buffer);
}

/**
 * Fills the descriptors of all views of the arena. No code of the user's may run between this and the call.
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
      // `PyStr::as_str_unchecked` requires valid UTF-8.
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
  // There are two copies: Rust gets the first, and the second shows afterwards what Rust changed.
  arena.reserve(2 * rounded);
  const { chunk, offset } = arena;
  borrow.copy = chunk;
  borrow.copyOffset = offset;
  chunk.u8.set(bytes, offset);
  chunk.u8.copyWithin(offset + rounded, offset, offset + bytes.length);
  return chunk.u8.subarray(offset, offset + bytes.length);
}

/** Writes the elements that Rust changed in copies back into their views. */
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
    const offset = borrow.copyOffset;
    const before = { u8, offset: offset + Math.ceil(length / 8) * 8 };
    storeChanges(target, { u8, offset }, before, borrow.scalar.size);
  }
}

/** Bytes from `offset` on. */
interface Bytes {
  readonly u8: Uint8Array;
  readonly offset: number;
}

/** Stores in `target` those elements, of `size` bytes, that are not what they were before. */
export function storeChanges(target: Uint8Array, now: Bytes, before: Bytes, size: number): void {
  for (let k = 0; k < target.length; k += size) {
    let changed = false;
    for (let b = 0; b < size; b++) changed ||= now.u8[now.offset + k + b] !== before.u8[before.offset + k + b];
    if (changed) target.set(now.u8.subarray(now.offset + k, now.offset + k + size), k);
  }
}

/** Refuses two views of the same memory if Rust may change one of them: Rust relies on `&mut` being exclusive. */
function refuseOverlaps(arena: Arena): void {
  const inUse: Borrow[] = [];
  let count = 0;
  for (let i = 0; i < arena.borrowCount; i++) {
    const borrow = arena.borrows[i] as Borrow;
    if (borrow.end > borrow.start) inUse[count++] = borrow;
  }
  Reflect.apply(sortOfList, inUse, [(a: Borrow, b: Borrow) => a.start - b.start]);
  // Of the borrows that start earlier, the one with the greatest end, and the mutable one with the greatest end.
  let furthest: Borrow | undefined;
  let furthestMutable: Borrow | undefined;
  for (let i = 0; i < count; i++) {
    const borrow = inUse[i] as Borrow;
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
