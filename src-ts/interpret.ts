/** Declared functions where no code may be generated: the plan is walked at every call. */

import { BLOCK_PLAN, BLOCK_SYMBOL } from './abi';
import { complete, notRung, readResult, ringTexts, seal } from './call';
import type { DeclaredFunction, Plan } from './declared';
import { doorbell } from './doorbell';
import { typeError } from './errors';
import { Frame } from './frame';
import { packArgument } from './pack';
import { storePointer, storeScalar } from './store';

const { i32, ring } = doorbell;

/** The error for a call with too few or too many arguments. */
export function wrongArity({ target, signature }: Plan, given: number): TypeError {
  const wanted = signature.parameters.length;
  return typeError(
    'ERR_RUSTDLL_ARITY',
    `${target.name}: expected ${wanted} argument${wanted === 1 ? '' : 's'}, got ${given} (${signature.text})`,
  );
}

export function interpret(plan: Plan): DeclaredFunction {
  const { target, slots, signature, bigint } = plan;
  const needsFrame = slots.some((slot) => slot.scalar === null);

  function ringAndRead(frame: Frame | null, args: readonly unknown[]): unknown {
    i32[BLOCK_SYMBOL >> 2] = target.symbol;
    i32[BLOCK_PLAN >> 2] = plan.code;
    const status = frame === null ? ring() : ringTexts(frame.texts, frame.textCount);
    if (status !== undefined) throw notRung(target, status, args);
    return readResult(target, signature.result, bigint);
  }

  function store(args: readonly unknown[], pointers: readonly number[]): void {
    slots.forEach((slot, i) => {
      if (slot.scalar === null) storePointer(slot.offset, pointers[i] as number);
      else storeScalar(target, i, slot.scalar, args[i], slot.offset, slot.packed);
    });
  }

  return (...args) => {
    if (args.length !== slots.length) throw wrongArity(plan, args.length);
    if (!needsFrame) {
      store(args, []);
      return ringAndRead(null, args);
    }
    const frame = Frame.enter(target);
    try {
      slots.forEach((slot, i) => {
        if (slot.scalar === null) frame.pointers[i] = packArgument(frame, i, args[i], slot.type);
      });
      seal(frame);
      store(args, frame.pointers);
      const result = ringAndRead(frame, args);
      complete(frame);
      return result;
    } finally {
      frame.leave();
    }
  };
}
