/** Scalar arguments, from JavaScript into the block. None of this runs code of the user's. */

import { UPPER } from './chunk';
import { doorbell } from './doorbell';
import { rangeError, typeError } from './errors';
import { describe, placeOf, type Callee } from './place';
import { charOf, upperHalf, type Scalar } from './scalars';

const { i8, i16, i32, f32, f64, i64, u64 } = doorbell;

/** Stores a pointer. */
export function storePointer(offset: number, address: number): void {
  i32[offset >> 2] = address;
  i32[(offset >> 2) + 1] = address * UPPER;
}

/**
 * Stores `value` as a `scalar` at `offset` in the block.
 *
 * @param packed - Whether the slot is only as large as the type (the stack of Apple's arm64).
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
      if (typeof value !== 'number') throw wrongType(callee, index, `a number (${scalar.name})`, value);
      if (scalar.size === 8) {
        f64[offset >> 3] = value;
        return;
      }
      // A finite number that rounds to an infinity does not fit; an infinity does.
      if (Number.isFinite(value) && !Number.isFinite(Math.fround(value)))
        throw outOfRange(callee, index, scalar, value);
      f32[offset >> 2] = value;
      return;
    case 'int':
      if (typeof value !== 'number' || !Number.isInteger(value)) {
        throw wrongType(callee, index, `an integer (${scalar.name})`, value);
      }
      if (value < scalar.min || value > scalar.max) throw outOfRange(callee, index, scalar, value);
      storeInt(offset, scalar.size, packed, value, value < 0 ? -1 : 0);
      return;
    case 'bool':
      if (typeof value !== 'boolean') throw wrongType(callee, index, 'a boolean', value);
      storeInt(offset, 1, packed, value ? 1 : 0, 0);
      return;
    case 'char': {
      const code = typeof value === 'string' ? charOf(value) : -1;
      if (code < 0) throw wrongType(callee, index, 'a string of one code point (char)', value);
      storeInt(offset, 4, packed, code, 0);
    }
  }
}

/** The slot's 64 bits, extended as the calling conventions ask, or only the type's own. */
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
    if (view[offset >> 3] !== value) throw outOfRange(callee, index, scalar, value);
    return;
  }
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw wrongType(callee, index, `an integer (${scalar.name})`, value);
  }
  if (!Number.isSafeInteger(value)) throw unsafeInteger(callee, index, value);
  if (value < 0 && !scalar.signed) throw outOfRange(callee, index, scalar, value);
  i32[offset >> 2] = value;
  i32[(offset >> 2) + 1] = upperHalf(value);
}

/** The error for an integral number that may stand for another integer than was meant. */
export function unsafeInteger(callee: Callee, index: number, value: number): RangeError {
  return rangeError(
    'ERR_RUSTDLL_RANGE',
    `${placeOf(callee, index)}: ${describe(value)} is beyond 2^53 and may have lost digits already; use a BigInt for an integer, or f64() for a float`,
  );
}

function wrongType(callee: Callee, index: number, expected: string, value: unknown): TypeError {
  return typeError('ERR_RUSTDLL_TYPE', `${placeOf(callee, index)}: expected ${expected}, got ${describe(value)}`);
}

function outOfRange(callee: Callee, index: number, scalar: Scalar, value: number | bigint): RangeError {
  return rangeError('ERR_RUSTDLL_RANGE', `${placeOf(callee, index)}: ${describe(value)} does not fit ${scalar.name}`);
}
