/** Classifies each argument of a guessed call once, and packs and stores it immediately. */

import { placement, texts } from '../../crossing/arguments';
import { TEXT_UNITS, TEXTS } from '../../crossing/block';
import { doorbell, TEXT_ADDRESSES } from '../../crossing/doorbell';
import { rangeError, typeError } from '../../errors/errors';
import { type Callee, describe, placeOf } from '../../errors/words';
import type { Arena } from '../../memory/arena';
import { upperHalf } from '../../types/bits';
import type { StrType, VecType } from '../../types/lent';
import { type Scalar, type ScalarName, SCALARS } from '../../types/scalar';
import { headOf, lengthOf } from '../../values/lent/list';
import { lendView, packList, packNumbers, packText } from '../../values/lent/pack';
import { isView, isViewOf } from '../../values/lent/view';
import { expectedList } from '../../values/refusal';
import { refused, storePointer, storeScalar } from '../../values/slot';
import { elementOfView, numbers, STR, typeOfList, vecOf } from './detect';
import { isTyped, type Typed, typeOf, valueOf } from './typed';

const { i32, f64, i64, u64 } = doorbell;

/** Assigns the place of the next argument, and returns its offset in the block. */
function nextPlace(callee: Callee, index: number, isFloat: boolean, size: number): number {
  const offset = placement.assign(isFloat, size);
  if (offset < 0)
    throw typeError('ERR_RUSTDLL_ARITY', `${placeOf(callee, index)}: more arguments than a call can carry`);
  return offset;
}

/**
 * Stores the arguments from `from` to `to` that need no memory, and returns the index of the first that does, else
 * `to`. Nothing here runs code of the user's.
 */
export function storePlain(callee: Callee, args: ArrayLike<unknown>, from: number, to = args.length): number {
  for (let i = from; i < to; i++) {
    const value = args[i];
    switch (typeof value) {
      case 'number':
        storeNumber(callee, i, value);
        break;
      case 'boolean':
        storeHalves(callee, i, value ? 1 : 0, 0);
        break;
      case 'bigint':
        storeBigInt(callee, i, value);
        break;
      case 'string':
        if (value.length > TEXT_UNITS || texts.count === TEXTS) return i;
        storeAddress(callee, i, TEXT_ADDRESSES[texts.count] as number);
        texts.list[texts.count++] = value;
        break;
      default:
        return i;
    }
  }
  return to;
}

/** Stores a number as an integer if it is one, else as an `f64`. */
function storeNumber(callee: Callee, index: number, value: number): void {
  const small = value | 0;
  if (small === value) {
    storeHalves(callee, index, small, small >> 31);
  } else if (Number.isInteger(value)) {
    if (!Number.isSafeInteger(value)) throw refused(callee, index, SCALARS.i64, value);
    storeHalves(callee, index, value, upperHalf(value));
  } else {
    f64[nextPlace(callee, index, true, 8) >> 3] = value;
  }
}

function storeHalves(callee: Callee, index: number, lo: number, hi: number): void {
  const at = nextPlace(callee, index, false, 8) >> 2;
  i32[at] = lo;
  i32[at + 1] = hi;
}

/** Stores a bigint as a `u64`, or as an `i64` if it is negative. */
function storeBigInt(callee: Callee, index: number, value: bigint): void {
  const at = nextPlace(callee, index, false, 8) >> 3;
  const view = value < 0n ? i64 : u64;
  view[at] = value;
  if (view[at] !== value) {
    throw rangeError('ERR_RUSTDLL_RANGE', `${placeOf(callee, index)}: ${describe(value)} fits neither i64 nor u64`);
  }
}

/** Stores the address of a packed argument. */
function storeAddress(callee: Callee, index: number, address: number): void {
  storePointer(nextPlace(callee, index, false, 8), address);
}

/**
 * Packs and stores an argument that {@link storePlain} does not: a string, list, view or {@link Typed}. The arguments
 * before it are saved while code of the user's may run.
 *
 * @returns The type of the memory that it was packed into; null if it is in the block alone.
 */
export function storePacked(arena: Arena, index: number, value: unknown): VecType | StrType | null {
  arena.argument = index;
  if (Array.isArray(value)) return storeList(arena, index, value);
  if (typeof value === 'string') {
    storeAddress(arena.callee, index, packText(arena, index, value));
    return STR;
  }
  if (isTyped(value)) return storeTyped(arena, index, value);
  if (isView(value)) return storeView(arena, index, value, elementOfView(arena, value));
  throw arena.wrongType('a number, bigint, boolean, string, list or typed array', value);
}

/** @param leaf - The type of the innermost elements, if a wrapper specifies it. */
function storeList(arena: Arena, index: number, list: unknown[], leaf?: ScalarName): VecType {
  const { saved } = arena;
  saved.save();
  const length = leaf === undefined ? lengthOf(arena, list) : 0;
  let type: VecType;
  let address: number;
  const head = length > 0 ? headOf(list) : undefined;
  if (typeof head === 'number') {
    type = vecOf(packNumbers(arena, index, list, length, head, numbers));
    address = arena.pointers[index] as number;
  } else {
    type = typeOfList(arena, list, leaf);
    address = packList(arena, index, list, type);
  }
  saved.restore();
  storeAddress(arena.callee, index, address);
  return type;
}

function storeView(arena: Arena, index: number, view: ArrayBufferView | ArrayBufferLike, element: Scalar): VecType {
  storeAddress(arena.callee, index, lendView(arena, index, view, element));
  return vecOf(element.name);
}

function storeTyped(arena: Arena, index: number, typed: Typed): VecType | null {
  const { callee } = arena;
  const scalar = scalarOf(arena, typeOf(typed));
  const value = valueOf(typed);
  if (Array.isArray(value)) return storeList(arena, index, value, scalar.name);
  if (typeof value === 'object' && value !== null) {
    if (isViewOf(value, scalar)) return storeView(arena, index, value, scalar);
    throw arena.wrongType(expectedList(scalar.name), value);
  }
  const offset = nextPlace(callee, index, scalar.kind === 'float', scalar.size);
  storeScalar(callee, index, scalar, value, offset, placement.packs(offset));
  return null;
}

/** Returns the scalar type of that name. Programs can reach the class through `constructor` and pass any name to it. */
function scalarOf(arena: Arena, name: unknown): Scalar {
  const scalar = typeof name === 'string' ? SCALARS[name as ScalarName] : undefined;
  // Names such as `toString` find inherited properties of the table, which have no size.
  if (scalar?.size === undefined) throw arena.wrongType('a scalar type in the wrapper', name);
  return scalar;
}
