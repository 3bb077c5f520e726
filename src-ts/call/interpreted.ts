/** Calls functions of known types where no code may be generated, by walking through the plan at every call. */

import { BLOCK_CALL_CODE, BLOCK_RESULT, BLOCK_SYMBOL } from '../crossing/block';
import { doorbell } from '../crossing/doorbell';
import { Arena } from '../memory/arena';
import { readAnswer } from './answer';
import { failed, wrongArity } from './failure';
import { notRung } from './not-rung';
import type { Plan } from './plan';
import { complete, ringWith } from './steps';
import { needsArena, packArguments, storeArguments } from './walk';

const { i32 } = doorbell;

/** Makes the function that performs a call, given the list of its arguments. */
export function interpret(plan: Plan): (args: readonly unknown[]) => unknown {
  const { target, slots, result, required } = plan;
  const isPacked = needsArena(plan);

  function ringAndRead(arena: Arena | null, args: readonly unknown[]): unknown {
    i32[BLOCK_SYMBOL >> 2] = target.symbol;
    i32[BLOCK_CALL_CODE >> 2] = plan.callCode;
    const answer = ringWith(arena?.texts ?? [], arena?.textCount ?? 0);
    if (typeof answer === 'number') throw notRung(target, answer, args);
    if (plan.framed && i32[BLOCK_RESULT >> 2] !== 0) {
      throw failed(plan, answer, args).exception();
    }
    return readAnswer(target, result, answer);
  }

  return (args) => {
    if (args.length < required || args.length > slots.length) throw wrongArity(plan, args.length);
    if (!isPacked) {
      storeArguments(plan, null, args);
      return ringAndRead(null, args);
    }
    const arena = Arena.enter(target);
    try {
      packArguments(plan, arena, args);
      storeArguments(plan, arena, args);
      const value = ringAndRead(arena, args);
      complete(arena);
      return value;
    } finally {
      arena.leave();
    }
  };
}
