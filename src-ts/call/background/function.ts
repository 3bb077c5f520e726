/** Makes the background form of functions of known types, which submits the call instead of ringing the doorbell. */

import { BLOCK_CALL_CODE, BLOCK_SYMBOL } from '../../crossing/block';
import { doorbell } from '../../crossing/doorbell';
import { Arena } from '../../memory/arena';
import { property, rename } from '../../runtime/property';
import { type Lent, lentOf, storeLents } from '../../values/lent/copying';
import { wrongArity } from '../failure';
import type { Plan } from '../plan';
import { needsArena, packArguments, storeArguments } from '../walk';
import { BackgroundCall } from './calls';
import { signalOf } from './options';
import { type BackgroundFunction, submitting } from './submitting';
import type { AbortSignalLike } from './signal';

const { i32 } = doorbell;

/**
 * Makes the function to call. It takes the arguments of the plan's function and after them options. Errors reject its
 * promise; it never throws.
 */
export function makeBackground(plan: Plan): BackgroundFunction {
  const { target, slots, required } = plan;
  const isPacked = needsArena(plan);
  let lents: readonly Lent[] | undefined;

  function submit(
    args: unknown[],
    signal: AbortSignalLike | null,
    resolve: (value: unknown) => void,
    reject: (error: unknown) => void,
  ): void {
    lents ??= lentsOf(plan);
    const writes = lents.some(({ mutable }) => mutable);
    const arena = !isPacked ? null : writes ? Arena.enterApart(target) : Arena.enter(target);
    let isKept = false;
    try {
      if (arena !== null) packArguments(plan, arena, args);
      storeArguments(plan, arena, args);
      storeLents(lents);
      i32[BLOCK_SYMBOL >> 2] = target.symbol;
      i32[BLOCK_CALL_CODE >> 2] = plan.callCode;
      const call = new BackgroundCall(plan, args, writes ? arena : null, signal, resolve, reject);
      call.submit(arena?.texts ?? [], arena?.textCount ?? 0);
      isKept = writes;
    } finally {
      if (!isKept) arena?.leave();
    }
  }

  const call = submitting(target, (args) => {
    if (args.length < required || args.length > slots.length + 1) throw wrongArity(plan, args.length);
    const signal = signalOf(target, slots.length, args[slots.length]);
    if (args.length > slots.length) args.length = slots.length;
    return { signal, submit: (resolve, reject) => submit(args, signal, resolve, reject) };
  });
  rename(call, target.name);
  Object.defineProperty(call, 'length', property(required, false));
  return call;
}

/** Returns the arguments whose memory is copied. */
function lentsOf({ target, slots }: Plan): Lent[] {
  return slots.flatMap((slot, i) => (slot.kind === 'lent' ? [lentOf(target, i, slot.type, slot.offset)] : []));
}
