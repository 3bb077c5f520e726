/** Makes functions of the guess level, which infer the types from the arguments at every call. */

import { notRung } from '../../call/not-rung';
import type { Target } from '../../call/plan';
import { complete, ringWith, seal } from '../../call/steps';
import { placement, texts } from '../../crossing/arguments';
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
import { convention, ResultBank } from '../../crossing/convention';
import { doorbell, TEXT_ADDRESSES } from '../../crossing/doorbell';
import { thrownBy } from '../../errors/trace';
import { Arena } from '../../memory/arena';
import { canSpecialize, type Code, code, specialize } from '../../runtime/code';
import { makeList } from '../../runtime/list';
import { UPPER } from '../../types/bits';
import { wideResult } from '../../values/slot';
import { storePacked, storePlain } from './argument';
import type { GuessCheck, Packed } from './check';
import type { GuessedFunction } from './guessed-function';

export { storePacked, storePlain } from './argument';
export { STR } from './detect';

const { i32, f64, ring, ringPlain } = doorbell;

/** A function that is guessed, with the check of its calls if its signature is known. */
export interface GuessTarget extends Target {
  readonly check: GuessCheck | null;
}

export function makeGuessed(target: GuessTarget): GuessedFunction {
  const { check } = target;
  if (canSpecialize && convention.name !== 'win64') {
    return specialize({ ...RUNTIME, target, check }, usualCall(check), 'guess', target.name);
  }
  const guessed: GuessedFunction = (...args) => {
    try {
      if (check !== null) {
        check.warn();
        check.checkValues(args);
      }
      return guess(target, args, 0, 0, 0, 0, '');
    } catch (error) {
      throw thrownBy(guessed, error);
    }
  };
  return guessed;
}

/** The values that the source of the usual call uses, by their names in it. */
const RUNTIME = {
  isInteger: Number.isInteger,
  i32,
  f64,
  texts: texts.list,
  ring,
  ringPlain,
  ringWith,
  notRung,
  wideResult,
  guess,
  thrownBy,
};

/**
 * Generates the usual call: int32s, floats and short strings, as many as fit the registers. Each function has its own
 * copy of it. At the first argument of another type it passes the rest to {@link guess}.
 */
const usualCall = (
  check: GuessCheck | null,
): Code => code`${check?.warns === true ? IS_FIRST : code``}const usual = function () {
  try {${check?.warns === true ? warnFirst() : code``}
    let count = 0, text = '';
    ${check === null ? storeGuessed() : check.storing(storeGuessed())}
    i32[${BLOCK_SYMBOL >> 2}] = target.symbol;
    i32[${BLOCK_CALL_CODE >> 2}] = ${ResultBank.Int};
    let answer;
    if (count === 0) answer = ringPlain();
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
  } catch (error) { throw thrownBy(usual, error); }
};
return usual;`;

/** True until the function has warned about its result. */
const IS_FIRST = code`let isFirst = true;
`;

/** Generates the warning about the result, which comes before anything is stored, as it may run code of the user's. */
const warnFirst = (): Code => code`
    if (isFirst) {
      isFirst = false;
      check.warn();
    }`;

/** Generates the loop that stores the arguments. */
const storeGuessed = (): Code => code`let ints = 0, floats = 0;
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
        } else return guess(target, arguments, i, ints, floats, count, text);
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
      } else return guess(target, arguments, i, ints, floats, count, text);
    }`;

/**
 * Continues a call at the first argument that the usual call does not handle.
 *
 * @param ints - The number of arguments stored in integer registers of the block; `floats` are in float registers.
 * @param count - The number of strings among them that the addon has to encode. The first is `text`; the others are in
 * `texts` already.
 */
function guess(
  target: GuessTarget,
  args: ArrayLike<unknown>,
  from: number,
  ints: number,
  floats: number,
  count: number,
  text: string,
): number | bigint {
  placement.reset(ints, floats);
  texts.list[0] = text;
  texts.count = count;
  const next = storePlain(target, args, from);
  return next === args.length ? call(target, args) : packAndCall(target, args, next);
}

/** Continues a call at the first argument that needs memory, whose index is `first`. */
function packAndCall(target: GuessTarget, args: ArrayLike<unknown>, first: number): number | bigint {
  const arena = Arena.enter(target);
  try {
    arena.makeRoom(args.length);
    const { check } = target;
    if (check === null) {
      for (let i = first; i < args.length; i = storePlain(target, args, i + 1)) storePacked(arena, i, args[i]);
      seal(arena);
    } else {
      let types: Packed[] | null = null;
      for (let i = first; i < args.length; i = storePlain(target, args, i + 1)) {
        const type = storePacked(arena, i, args[i]);
        if (type !== check.right[i]) (types ??= makeList<Packed>(args.length))[i] = type;
      }
      seal(arena);
      if (types !== null) check.checkPacked(arena, args, types);
    }
    const result = call(target, args);
    complete(arena);
    return result;
  } finally {
    arena.leave();
  }
}

/** Makes the call whose arguments are in the block. */
function call(target: Target, args: ArrayLike<unknown>): number | bigint {
  i32[BLOCK_SYMBOL >> 2] = target.symbol;
  i32[BLOCK_CALL_CODE >> 2] = placement.callCode(ResultBank.Int);
  const answer = ringWith(texts.list, texts.count);
  if (answer !== undefined) throw notRung(target, answer, args);
  const lo = i32[BLOCK_RESULT >> 2] as number;
  return i32[(BLOCK_RESULT >> 2) + 1] === lo >> 31 ? lo : wideResult(BLOCK_RESULT, true);
}
