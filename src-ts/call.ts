/** What every call does, guessed or declared, around packing its arguments and reading its result. */

import { BLOCK_RESULT, BLOCK_TEXT_COUNT, ResultBank } from './abi';
import { refuseRepeatedLists } from './aliases';
import { doorbell } from './doorbell';
import { rangeError, RustDLLError, typeError } from './errors';
import type { Frame } from './frame';
import { RingStatus, type NativeLibrary } from './native';
import { placeOf, type Callee } from './place';
import { isScalarValue, SCALARS, wideFromHalves, type Scalar } from './scalars';
import type { ScalarName } from './types';
import { surrogateError } from './utf8';
import { sealBorrows, writeBackCopies } from './views';
import { takeSnapshots, writeBackLists } from './writeback';

const { i32, f64, i64, u64, ring } = doorbell;
const RESULT_LO = BLOCK_RESULT >> 2;
const RESULT_HI = RESULT_LO + 1;
const RESULT_64 = BLOCK_RESULT >> 3;

/** A resolved function. Holding it keeps its library's symbols valid. */
export interface Target extends Callee {
  /** The index to ring. */
  readonly symbol: number;
  readonly library: NativeLibrary;
  /** The library's path, for messages. */
  readonly path: string;
}

/** After packing and before the call: nothing the user wrote runs any more, so what was noted can be made final. */
export function seal(frame: Frame): void {
  if (frame.leaves.count > 0) {
    refuseRepeatedLists(frame);
    takeSnapshots(frame);
  }
  if (frame.borrowCount > 0) sealBorrows(frame);
}

/**
 * Makes the call, with the strings that the crossing is to encode.
 *
 * @param count - How many of `texts` there are.
 */
export function ringTexts(texts: readonly string[], count: number): undefined | RingStatus {
  if (count === 0) return ring();
  i32[BLOCK_TEXT_COUNT >> 2] = count;
  if (count === 1) return ring(texts[0] as string);
  // Not spread: that would ask Array.prototype for an iterator, which might be anyone's.
  return ring(texts[0] as string, texts[1] as string, texts[2] as string, texts[3] as string);
}

/** After the call: what Rust changed goes back to where it came from. */
export function complete(frame: Frame): void {
  if (frame.leaves.count > 0) writeBackLists(frame);
  if (frame.borrowCount > 0) writeBackCopies(frame);
}

/** The error for a ring that called nothing. `args` are the arguments of the call. */
export function notRung(target: Target, status: RingStatus, args: ArrayLike<unknown>): Error {
  if (status === RingStatus.NoSymbol) {
    return new RustDLLError('ERR_RUSTDLL_CLOSED', `${target.name}: the library ${target.path} was closed`);
  }
  if (status === RingStatus.LoneSurrogate) {
    const index = Array.from(args).findIndex((value) => typeof value === 'string' && !value.isWellFormed());
    return surrogateError(placeOf(target, index), args[index] as string);
  }
  return new RustDLLError('ERR_RUSTDLL_ABI', `${target.name}: the addon refused the call (status ${status})`);
}

/** Which register a result comes in. */
export function bankOf(result: ScalarName | null): ResultBank {
  if (result === 'f64') return ResultBank.F64;
  return result === 'f32' ? ResultBank.F32 : ResultBank.Int;
}

/** The 64-bit integer in the block, as a bigint. */
export function bigResult(signed: boolean): bigint {
  return (signed ? i64 : u64)[RESULT_64] as bigint;
}

/** The 64-bit integer in the block: a number when that is exact, else a bigint. */
export function wideResult(signed: boolean): number | bigint {
  return wideFromHalves(i32[RESULT_LO] as number, i32[RESULT_HI] as number, signed);
}

/**
 * The result of a declared function.
 *
 * @param bigint - Whether a 64-bit integer is to be a bigint.
 * @throws RangeError for a 64-bit integer that no number holds; TypeError for bits that are no value of the type.
 */
export function readResult(target: Target, name: ScalarName | null, bigint: boolean): unknown {
  if (name === null) return undefined;
  const scalar: Scalar = SCALARS[name];
  const low = i32[RESULT_LO] as number;
  switch (scalar.kind) {
    case 'float':
      return f64[RESULT_64];
    case 'wide': {
      if (bigint) return bigResult(scalar.signed);
      const value = wideResult(scalar.signed);
      if (typeof value === 'number') return value;
      throw rangeError(
        'ERR_RUSTDLL_RANGE',
        `${target.name}: the result ${value} is beyond what a number holds; declare it with { bigint: true }`,
      );
    }
    case 'int': {
      // Only the type's own bits of the register are defined.
      const unused = 32 - 8 * scalar.size;
      return scalar.signed ? (low << unused) >> unused : (low << unused) >>> unused;
    }
    case 'bool':
      if ((low & 0xff) < 2) return (low & 0xff) === 1;
      break;
    case 'char':
      if (isScalarValue(low >>> 0)) return String.fromCodePoint(low);
  }
  throw typeError('ERR_RUSTDLL_TYPE', `${target.name}: the result 0x${(low >>> 0).toString(16)} is no ${name}`);
}
