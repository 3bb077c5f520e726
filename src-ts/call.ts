/** What every call does, guessed, declared or exported, around packing its arguments and reading its result. */

import { BLOCK_TEXT_COUNT, ResultBank } from './abi';
import { refuseRepeatedLists } from './aliases';
import { doorbell } from './doorbell';
import { rangeError, RustDLLError, typeError } from './errors';
import type { Frame } from './frame';
import { RingStatus, type NativeLibrary } from './native';
import { placeOf, type Callee } from './place';
import type { ScalarResult } from './plan';
import { isScalarValue, wideFromHalves } from './scalars';
import type { ScalarName } from './types';
import { surrogateError } from './utf8';
import { sealBorrows, writeBackCopies } from './views';
import { takeSnapshots, writeBackLists } from './writeback';

const { i32, f32, f64, i64, u64, ring } = doorbell;

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

/** The same for a framed function, whose answer may be its text. */
export const ringFramed = ringTexts as (texts: readonly string[], count: number) => undefined | string | RingStatus;

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

/** The 64-bit integer at `offset` in the block, as a bigint. */
export function bigResult(offset: number, signed: boolean): bigint {
  return (signed ? i64 : u64)[offset >> 3] as bigint;
}

/** The 64-bit integer at `offset` in the block: a number when that is exact, else a bigint. */
export function wideResult(offset: number, signed: boolean): number | bigint {
  return wideFromHalves(i32[offset >> 2] as number, i32[(offset >> 2) + 1] as number, signed);
}

/**
 * A scalar result.
 *
 * @throws RangeError for a 64-bit integer that no number holds; TypeError for bits that are no value of the type.
 */
export function readResult(target: Target, { scalar, offset, bigint, framed }: ScalarResult): unknown {
  const low = i32[offset >> 2] as number;
  switch (scalar.kind) {
    case 'float':
      // The addon widens what a register holds; a frame holds the f32 itself.
      return framed && scalar.size === 4 ? f32[offset >> 2] : f64[offset >> 3];
    case 'wide': {
      if (bigint) return bigResult(offset, scalar.signed);
      const value = wideResult(offset, scalar.signed);
      if (typeof value === 'number') return value;
      const remedy = framed ? 'export it with #[export(bigint)]' : 'declare it with { bigint: true }';
      throw rangeError(
        'ERR_RUSTDLL_RANGE',
        `${target.name}: the result ${value} is beyond what a number holds; ${remedy}`,
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
  throw typeError('ERR_RUSTDLL_TYPE', `${target.name}: the result 0x${(low >>> 0).toString(16)} is no ${scalar.name}`);
}
