/** Functions of the guess level: every call finds its types anew from the values it is given. */

import { notRung } from '../../call/failure';
import type { Target } from '../../call/plan';
import { complete, ringWith, seal } from '../../call/steps';
import {
  BLOCK_FLOATS,
  BLOCK_INTS,
  BLOCK_CALL_CODE,
  BLOCK_RESULT,
  BLOCK_SYMBOL,
  BLOCK_TEXT_COUNT,
  TEXT_UNITS,
  TEXTS,
  VEC_SIZE,
} from '../../crossing/block';
import { convention, Placement, ResultBank } from '../../crossing/convention';
import { doorbell, TEXT_ADDRESSES } from '../../crossing/doorbell';
import { rangeError, typeError } from '../../errors/errors';
import { describe, placeOf } from '../../errors/words';
import { Arena } from '../../memory/arena';
import { canSpecialize, type Code, code, specialize } from '../../runtime/code';
import { UPPER, upperHalf } from '../../types/bits';
import { SCALARS } from '../../types/scalar';
import { packArgument } from '../../values/lent/pack';
import { isShortText } from '../../values/lent/text';
import { refused, storePointer, storeScalar, wideResult } from '../../values/slot';
import { detect, detectTyped } from './detect';
import { Typed } from './typed';

const { i32, f64, ring, i64, u64 } = doorbell;

/**
 * A function of a library, before anyone has said its types.
 *
 * It returns all 64 bits of the integer register, read as signed: a number if that is a safe integer, else a bigint. Only
 * an `i64`, or a `u64` below 2^63, arrives as it is. Of a narrower integer only the lowest bits count, and the others may be
 * anything: `fn low(x: u64) -> u8 { x as u8 }` may give 4660 for 0x1234. A `bool` is a number whose lowest 8 bits are 0 or 1,
 * so that a `false` may be truthy; a negative `i8`, `i16` or `i32` arrives as a positive number; a float does not arrive.
 * `RustDLL.declare` gives a function whose result has its own type.
 */
export type GuessedFunction = (...args: unknown[]) => number | bigint;

const placement = new Placement();

/** The strings of the call being made. */
const texts: string[] = ['', '', '', ''];

export function makeGuessed(target: Target): GuessedFunction {
  if (canSpecialize && convention.name !== 'win64') {
    const parts = { ...RUNTIME, target, guess: (args: ArrayLike<unknown>) => guess(target, args) };
    return specialize(parts, usualCall(), 'guess', target.name);
  }
  return (...args) => guess(target, args);
}

/** What the source of the usual call calls, by the names it uses. */
const RUNTIME = { isInteger: Number.isInteger, i32, f64, texts, ring, ringWith, notRung, wideResult };

/**
 * The usual call: int32s, floats and short strings, as many as have registers of their own. Each function has its own
 * copy of it; everything else goes to {@link guess}, which begins anew.
 */
const usualCall = (): Code => code`return function () {
  let ints = 0, floats = 0, count = 0, text = '';
  for (let i = 0; i < arguments.length; i++) {
    const value = arguments[i];
    if (typeof value === 'number') {
      const small = value | 0;
      if (small === value && ints < ${convention.intRegisters}) {
        const at = ${BLOCK_INTS >> 2} + 2 * ints++;
        i32[at] = small;
        i32[at + 1] = small >> 31;
      } else if (small !== value && !isInteger(value) && floats < ${convention.floatRegisters}) {
        f64[${BLOCK_FLOATS >> 3} + floats++] = value;
      } else return guess(arguments);
    } else if (
      typeof value === 'string' && value.length <= ${TEXT_UNITS} && count < ${TEXTS} && ints < ${convention.intRegisters}
    ) {
      const at = ${BLOCK_INTS >> 2} + 2 * ints++;
      const address = ${TEXT_ADDRESSES[0] as number} + ${VEC_SIZE} * count;
      i32[at] = address;
      i32[at + 1] = address * ${UPPER};
      if (count === 0) text = value;
      else texts[count] = value;
      count++;
    } else return guess(arguments);
  }
  i32[${BLOCK_SYMBOL >> 2}] = target.symbol;
  i32[${BLOCK_CALL_CODE >> 2}] = ${ResultBank.Int};
  let answer;
  if (count === 0) answer = ring();
  else if (count === 1) {
    i32[${BLOCK_TEXT_COUNT >> 2}] = 1;
    answer = ring(text);
  } else {
    texts[0] = text;
    answer = ringWith(texts, count);
  }
  if (answer !== undefined) throw notRung(target, answer, arguments);
  const lo = i32[${BLOCK_RESULT >> 2}];
  return i32[${(BLOCK_RESULT >> 2) + 1}] === lo >> 31 ? lo : wideResult(${BLOCK_RESULT}, true);
};`;

/** A call with arguments of any kind. */
function guess(target: Target, args: ArrayLike<unknown>): number | bigint {
  placement.reset();
  let count = 0;
  for (let i = 0; i < args.length; i++) {
    const value = args[i];
    if (typeof value === 'number') {
      storeNumber(target, i, value);
    } else if (isShortText(value) && count < TEXTS) {
      texts[count] = value;
      storePointer(nextSlot(target, i, false, 8), TEXT_ADDRESSES[count++] as number);
    } else if (isPrimitive(value)) {
      storeGuess(target, i, value);
    } else {
      return callPacked(target, args);
    }
  }
  return call(target, texts, count, args);
}

function isPrimitive(value: unknown): value is number | bigint | boolean {
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint';
}

/** What stands in `pointers` for an argument that is a scalar. */
const SCALAR = -1;

/** A call with arguments that need memory. */
function callPacked(target: Target, args: ArrayLike<unknown>): number | bigint {
  const arena = Arena.enter(target);
  try {
    const { pointers } = arena;
    for (let i = 0; i < args.length; i++) pointers[i] = packGuess(arena, i, args[i]);
    seal(arena);
    // From here on no code of the user's runs: what an argument is was settled above.
    placement.reset();
    for (let i = 0; i < args.length; i++) {
      const value = args[i];
      if (pointers[i] !== SCALAR) storePointer(nextSlot(target, i, false, 8), pointers[i] as number);
      else if (isPrimitive(value)) storeGuess(target, i, value);
      else storeTyped(target, i, value as Typed);
    }
    const result = call(target, arena.texts, arena.textCount, args);
    complete(arena);
    return result;
  } finally {
    arena.leave();
  }
}

/** The address of the packed argument, or {@link SCALAR}. */
function packGuess(arena: Arena, index: number, argument: unknown): number {
  let value = argument;
  if (isPrimitive(value)) return SCALAR;
  arena.argument = index;
  if (Typed.is(value)) {
    const { type } = value;
    value = value.value;
    if (typeof value !== 'object' || value === null) return SCALAR;
    return packArgument(arena, index, value, detectTyped(arena, value, type));
  }
  return packArgument(arena, index, value, detect(arena, value));
}

function call(target: Target, texts: readonly string[], count: number, args: ArrayLike<unknown>): number | bigint {
  i32[BLOCK_SYMBOL >> 2] = target.symbol;
  i32[BLOCK_CALL_CODE >> 2] = placement.callCode(ResultBank.Int);
  const answer = ringWith(texts, count);
  if (answer !== undefined) throw notRung(target, answer, args);
  const lo = i32[BLOCK_RESULT >> 2] as number;
  return i32[(BLOCK_RESULT >> 2) + 1] === lo >> 31 ? lo : wideResult(BLOCK_RESULT, true);
}

function nextSlot(target: Target, index: number, isFloat: boolean, size: number): number {
  const offset = placement.assign(isFloat, size);
  if (offset < 0)
    throw typeError('ERR_RUSTDLL_ARITY', `${placeOf(target, index)}: more arguments than a call can carry`);
  return offset;
}

function storeTyped(target: Target, index: number, { type, value }: Typed): void {
  const scalar = SCALARS[type];
  const offset = nextSlot(target, index, scalar.kind === 'float', scalar.size);
  storeScalar(target, index, scalar, value, offset, placement.packs(offset));
}

function storeGuess(target: Target, index: number, value: number | bigint | boolean): void {
  if (typeof value === 'number') {
    storeNumber(target, index, value);
  } else if (typeof value === 'bigint') {
    const at = nextSlot(target, index, false, 8) >> 3;
    const view = value < 0n ? i64 : u64;
    view[at] = value;
    if (view[at] !== value) {
      throw rangeError('ERR_RUSTDLL_RANGE', `${placeOf(target, index)}: ${describe(value)} fits neither i64 nor u64`);
    }
  } else {
    const at = nextSlot(target, index, false, 8) >> 2;
    i32[at] = value ? 1 : 0;
    i32[at + 1] = 0;
  }
}

/** An integer where it is one, else an `f64`. */
function storeNumber(target: Target, index: number, value: number): void {
  const small = value | 0;
  if (small === value) {
    const at = nextSlot(target, index, false, 8) >> 2;
    i32[at] = small;
    i32[at + 1] = small >> 31;
  } else if (Number.isInteger(value)) {
    if (!Number.isSafeInteger(value)) throw refused(target, index, SCALARS.i64, value);
    const at = nextSlot(target, index, false, 8) >> 2;
    i32[at] = value;
    i32[at + 1] = upperHalf(value);
  } else {
    f64[nextSlot(target, index, true, 8) >> 3] = value;
  }
}
