/** Stores scalar arguments into the block and reads scalar results out of it. Nothing here runs code of the user's. */

import { FRAME_RESULT } from '../crossing/block';
import { doorbell } from '../crossing/doorbell';
import { argumentError, rangeError, typeError } from '../errors/errors';
import { type Callee, placeOf } from '../errors/words';
import type { Encode, Writer } from '../memory/writer';
import { charOf, isCodePoint, UPPER, upperHalf, wideFromHalves } from '../types/bits';
import type { StrType, VecType } from '../types/lent';
import type { Scalar } from '../types/scalar';
import type { ClassDefinition } from '../types/shape';
import { refusal } from './refusal';

const { i64, u64, i32, f32, f64, i8, i16 } = doorbell;

/** A scalar's place in the block; a packed one is only as large as its type. */
export interface ScalarSlot {
  readonly kind: 'scalar';
  readonly scalar: Scalar;
  readonly offset: number;
  readonly packed: boolean;
}

/** The place in the block of a pointer to a list or string. */
export interface LentSlot {
  readonly kind: 'lent';
  readonly type: VecType | StrType;
  readonly offset: number;
  /** The one sort of value that is accepted, or the number of elements; null if every value of the type is. */
  readonly only: 'string' | 'typed array' | number | null;
  /** Makes the string, if that is the JSON of the argument. */
  readonly json?: (callee: Callee, index: number, value: unknown) => string;
  /** Encodes into the stream where in the memory the value is, and returns what is lent of it. */
  readonly layout?: (writer: Writer, value: unknown) => unknown;
}

/** An argument that is encoded into the stream of a framed call. */
export interface StreamSlot {
  readonly kind: 'stream';
  readonly encode: Encode;
}

/** The place in the block of the address of an object. */
export interface ObjectSlot {
  readonly kind: 'object';
  readonly definition: ClassDefinition;
  /** True if Rust changes the object or takes its value. */
  readonly exclusive: boolean;
  readonly offset: number;
}

/** The place in the block of the milliseconds of a `Date`. */
export interface DateSlot {
  readonly kind: 'date';
  readonly offset: number;
}

export type Slot = ScalarSlot | DateSlot | LentSlot | ObjectSlot | StreamSlot;

/** True if an argument needs memory besides the block. */
export function needsMemory({ kind }: Slot): boolean {
  return kind === 'lent' || kind === 'stream';
}

/** A scalar result, at `offset` in the block. */
export interface ScalarResult {
  readonly kind: 'scalar';
  readonly scalar: Scalar;
  readonly offset: number;
  /** True if a 64-bit integer becomes a bigint. */
  readonly bigint: boolean;
  /** True if the result is in the frame, false if it is where the addon stores a result register. */
  readonly framed: boolean;
}

/** Reads the 64-bit integer at `offset` in the block as a bigint. */
export function bigResult(offset: number, signed: boolean): bigint {
  return (signed ? i64 : u64)[offset >> 3] as bigint;
}

/** Reads the 64-bit integer at `offset` in the block: as a number if that is exact, else as a bigint. */
export function wideResult(offset: number, signed: boolean): number | bigint {
  return wideFromHalves(i32[offset >> 2] as number, i32[(offset >> 2) + 1] as number, signed);
}

/** Reads the word at `offset` in the block as a number, which is exact up to 2^53: an address, a count. */
export function wordAt(offset: number): number {
  const at = offset >> 2;
  return ((i32[at + 1] as number) >>> 0) * 2 ** 32 + ((i32[at] as number) >>> 0);
}

/** Reads the address that a framed call has returned. */
export function addressResult(): number {
  return wordAt(FRAME_RESULT);
}

/**
 * Reads a scalar result.
 *
 * @throws RangeError for a 64-bit integer that no number holds; TypeError for bits that are no value of the type.
 */
export function readResult(callee: Callee, { scalar, offset, bigint, framed }: ScalarResult): unknown {
  const low = i32[offset >> 2] as number;
  switch (scalar.kind) {
    case 'float':
      // The addon widens an f32 from a register to an f64; a frame holds the f32 itself.
      return framed && scalar.size === 4 ? f32[offset >> 2] : f64[offset >> 3];
    case 'wide': {
      if (bigint) return bigResult(offset, scalar.signed);
      const value = wideResult(offset, scalar.signed);
      if (typeof value === 'number') return value;
      const remedy = framed ? 'export it with #[export(bigint)]' : 'declare it with { bigint: true }';
      throw rangeError(
        'ERR_RUSTDLL_RANGE',
        `${callee.name}: the result ${value} is beyond what a number holds; ${remedy}`,
      );
    }
    case 'int': {
      // Rust leaves the bits of the register above those of the type undefined.
      const unused = 32 - 8 * scalar.size;
      return scalar.signed ? (low << unused) >> unused : (low << unused) >>> unused;
    }
    case 'bool':
      if ((low & 0xff) < 2) return (low & 0xff) === 1;
      break;
    case 'char':
      if (isCodePoint(low >>> 0)) return String.fromCodePoint(low);
  }
  throw typeError('ERR_RUSTDLL_TYPE', `${callee.name}: the result 0x${(low >>> 0).toString(16)} is no ${scalar.name}`);
}

/** Stores an address as a 64-bit pointer at `offset` in the block. */
export function storePointer(offset: number, address: number): void {
  i32[offset >> 2] = address;
  i32[(offset >> 2) + 1] = address * UPPER;
}

/**
 * Stores `value` as a `scalar` at `offset` in the block.
 *
 * @param packed - True if the slot is only as large as the type (the stack of Apple's arm64).
 * @throws TypeError, RangeError naming the argument.
 */
export function storeScalar(
  callee: Callee,
  index: number,
  scalar: Scalar,
  value: unknown,
  offset: number,
  packed: boolean,
): void {
  switch (scalar.kind) {
    case 'wide':
      storeWide(callee, index, scalar, value, offset);
      return;
    case 'float':
      if (typeof value !== 'number') throw refused(callee, index, scalar, value);
      if (scalar.size === 8) {
        f64[offset >> 3] = value;
        return;
      }
      // A finite number that an f32 rounds to infinity is refused; infinity itself is accepted.
      if (Number.isFinite(value) && !Number.isFinite(Math.fround(value))) throw refused(callee, index, scalar, value);
      f32[offset >> 2] = value;
      return;
    case 'int':
      if (typeof value !== 'number' || !Number.isInteger(value) || value < scalar.min || value > scalar.max) {
        throw refused(callee, index, scalar, value);
      }
      storeInt(offset, scalar.size, packed, value, value < 0 ? -1 : 0);
      return;
    case 'bool':
      if (typeof value !== 'boolean') throw refused(callee, index, scalar, value);
      storeInt(offset, 1, packed, value ? 1 : 0, 0);
      return;
    case 'char': {
      const code = typeof value === 'string' ? charOf(value) : -1;
      if (code < 0) throw refused(callee, index, scalar, value);
      storeInt(offset, 4, packed, code, 0);
    }
  }
}

/**
 * Returns the function that does so for the scalars among the arguments of a function, by the indices of an argument and of
 * its slot.
 */
export function storing(
  callee: Callee,
  slots: readonly object[],
): (index: number, slot: number, value: unknown) => void {
  return (index, slot, value) => {
    const { scalar, offset, packed } = slots[slot] as ScalarSlot;
    storeScalar(callee, index, scalar, value, offset, packed);
  };
}

/** Stores all 64 bits of the slot, as the calling conventions require, or only the bits of the type if it is packed. */
function storeInt(offset: number, size: number, packed: boolean, lo: number, hi: number): void {
  if (packed && size === 1) i8[offset] = lo;
  else if (packed && size === 2) i16[offset >> 1] = lo;
  else {
    i32[offset >> 2] = lo;
    if (!packed) i32[(offset >> 2) + 1] = hi;
  }
}

function storeWide(callee: Callee, index: number, scalar: Scalar, value: unknown, offset: number): void {
  if (typeof value === 'bigint') {
    const view = scalar.signed ? i64 : u64;
    view[offset >> 3] = value;
    if (view[offset >> 3] !== value) throw refused(callee, index, scalar, value);
    return;
  }
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || (value < 0 && !scalar.signed)) {
    throw refused(callee, index, scalar, value);
  }
  i32[offset >> 2] = value;
  i32[(offset >> 2) + 1] = upperHalf(value);
}

/** Makes the error for an argument that is not a valid `scalar`. */
export function refused(callee: Callee, index: number, scalar: Scalar, value: unknown): TypeError | RangeError {
  const { code, problem } = refusal(scalar, value, callee.level);
  return argumentError(code, `${placeOf(callee, index)}: ${problem}`);
}
