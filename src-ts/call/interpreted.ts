/** Functions whose types are known, where no code may be generated: the plan is walked at every call. */

import { BLOCK_CALL_CODE, BLOCK_RESULT, BLOCK_SYMBOL } from '../crossing/block';
import { doorbell } from '../crossing/doorbell';
import { Arena } from '../memory/arena';
import { packExactly } from '../values/lent/pack';
import { type Slot, storePointer, storeScalar } from '../values/slot';
import { encodeArgument, sealStream } from '../values/stream/argument';
import { readAnswer } from './answer';
import { failed, notRung, wrongArity } from './failure';
import type { Plan } from './plan';
import { complete, ringWith, seal } from './steps';

const { i32 } = doorbell;

/** What makes the calls of a function, given their arguments. */
export function interpret(plan: Plan): (args: readonly unknown[]) => unknown {
  const { target, slots, result, required } = plan;
  const needsArena = slots.some((slot) => slot.kind !== 'scalar');
  const streams = slots.some((slot) => slot.kind === 'stream');

  function store(args: readonly unknown[], pointers: readonly number[]): void {
    // Not `forEach`, which would be the user's to replace: none of the user's code may run from here on.
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] as Slot;
      if (slot.kind === 'lent') storePointer(slot.offset, pointers[i] as number);
      else if (slot.kind === 'scalar') storeScalar(target, i, slot.scalar, args[i], slot.offset, slot.packed);
    }
  }

  function ringAndRead(arena: Arena | null, args: readonly unknown[]): unknown {
    i32[BLOCK_SYMBOL >> 2] = target.symbol;
    i32[BLOCK_CALL_CODE >> 2] = plan.callCode;
    const answer = ringWith(arena?.texts ?? [], arena?.textCount ?? 0);
    if (typeof answer === 'number') throw notRung(target, answer, args);
    if (plan.framed && i32[BLOCK_RESULT >> 2] !== 0) {
      const failure = failed(target, answer, args);
      throw failure.complete(new failure.type(failure.message, failure.options));
    }
    return readAnswer(target, result, answer);
  }

  return (args) => {
    if (args.length < required || args.length > slots.length) throw wrongArity(plan, args.length);
    if (!needsArena) {
      store(args, []);
      return ringAndRead(null, args);
    }
    const arena = Arena.enter(target);
    try {
      slots.forEach((slot, i) => {
        if (slot.kind === 'lent') arena.pointers[i] = packExactly(arena, i, args[i], slot);
        else if (slot.kind === 'stream') encodeArgument(arena, i, args[i], slot.encode);
      });
      seal(arena);
      if (streams) sealStream(arena, args);
      store(args, arena.pointers);
      const value = ringAndRead(arena, args);
      complete(arena);
      return value;
    } finally {
      arena.leave();
    }
  };
}
