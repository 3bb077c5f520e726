/** Functions whose types are known, where no code may be generated: the plan is walked at every call. */

import { BLOCK_PLAN, BLOCK_RESULT, BLOCK_SYMBOL } from './abi';
import { complete, notRung, readResult, ringFramed, seal } from './call';
import { doorbell } from './doorbell';
import { typeError } from './errors';
import { Frame } from './frame';
import { failed } from './framed';
import { packExactly } from './pack';
import type { CheckedFunction, Plan } from './plan';
import { storePointer, storeScalar } from './store';
import { encodeArgument, sealStream } from './stream';

const { i32 } = doorbell;

/** The error for a call with too few or too many arguments. */
export function wrongArity({ target, slots, required, text }: Plan, given: number): TypeError {
  const most = slots.length;
  const wanted = required === most ? String(most) : `${required} to ${most}`;
  return typeError(
    'ERR_RUSTDLL_ARITY',
    `${target.name}: expected ${wanted} argument${wanted === '1' ? '' : 's'}, got ${given} (${text})`,
  );
}

export function interpret(plan: Plan): CheckedFunction {
  const { target, slots, result, required } = plan;
  const needsFrame = slots.some((slot) => slot.kind !== 'scalar');
  const streams = slots.some((slot) => slot.kind === 'stream');

  function store(args: readonly unknown[], pointers: readonly number[]): void {
    slots.forEach((slot, i) => {
      if (slot.kind === 'lent') storePointer(slot.offset, pointers[i] as number);
      else if (slot.kind === 'scalar') storeScalar(target, i, slot.scalar, args[i], slot.offset, slot.packed);
    });
  }

  function ringAndRead(frame: Frame | null, args: readonly unknown[]): unknown {
    i32[BLOCK_SYMBOL >> 2] = target.symbol;
    i32[BLOCK_PLAN >> 2] = plan.code;
    const answer = ringFramed(frame?.texts ?? [], frame?.textCount ?? 0);
    if (typeof answer === 'number') throw notRung(target, answer, args);
    if (plan.framed && i32[BLOCK_RESULT >> 2] !== 0) {
      const failure = failed(target, answer, args);
      throw failure.complete(new failure.type(failure.message, failure.options));
    }
    switch (result.kind) {
      case 'none':
        return undefined;
      case 'scalar':
        return readResult(target, result);
      case 'text':
        return answer ?? '';
      case 'decoded':
        return result.read(target, answer ?? '');
    }
  }

  return (...args) => {
    if (args.length < required || args.length > slots.length) throw wrongArity(plan, args.length);
    if (!needsFrame) {
      store(args, []);
      return ringAndRead(null, args);
    }
    const frame = Frame.enter(target);
    try {
      slots.forEach((slot, i) => {
        if (slot.kind === 'lent') frame.pointers[i] = packExactly(frame, i, args[i], slot);
        else if (slot.kind === 'stream') encodeArgument(frame, i, args[i], slot.encode);
      });
      seal(frame);
      if (streams) sealStream(frame, args);
      store(args, frame.pointers);
      const value = ringAndRead(frame, args);
      complete(frame);
      return value;
    } finally {
      frame.leave();
    }
  };
}
