/** Makes the background form of functions of known types, which submits the call instead of ringing the doorbell. */

import { BLOCK_CALL_CODE, BLOCK_SYMBOL } from '../../crossing/block';
import { doorbell } from '../../crossing/doorbell';
import { Arena } from '../../memory/arena';
import { property, rename } from '../../runtime/property';
import { type Lent, lentOf, storeLents } from '../../values/lent/copying';
import { wrongArity } from '../failure';
import type { Outline } from '../function';
import type { Plan } from '../plan';
import { needsArena, packArguments, storeArguments } from '../walk';
import { BackgroundCall } from './calls';
import { type Wishes, wishesOf } from './options';
import { type BackgroundFunction, submitting } from './submitting';

const { i32 } = doorbell;

/**
 * Makes the function to call. It takes the arguments of the function itself and after them options. Errors reject its
 * promise; it never throws.
 */
export function makeBackground({ name, required, most, plan }: Outline): BackgroundFunction {
  let planned: Plan | undefined;
  let copied: CopiedPlan | undefined;
  const call = submitting((args) => {
    planned ??= plan();
    if (args.length < required || args.length > most + 1) throw wrongArity(planned, args.length);
    const { target } = planned;
    const wishes = wishesOf(target, most, args[most]);
    if (args.length > most) args.length = most;
    const known = (copied ??= copiedPlan(planned));
    return { target, wishes, submit: (resolve, reject) => submit(known, args, wishes, resolve, reject) };
  });
  rename(call, name);
  Object.defineProperty(call, 'length', property(required, false));
  return call;
}

/** A plan, and the arguments whose memory is copied. */
interface CopiedPlan {
  readonly plan: Plan;
  readonly lents: readonly Lent[];
  /** True if the call needs memory besides the block. */
  readonly isPacked: boolean;
  /** True if an argument is in the stream. */
  readonly streams: boolean;
  /** True if something may have to be written back. */
  readonly writes: boolean;
}

function copiedPlan(plan: Plan): CopiedPlan {
  const { target, slots } = plan;
  const lents = slots.flatMap((slot, i) => (slot.kind === 'lent' ? [lentOf(target, i, slot.type, slot.offset)] : []));
  const streams = slots.some(({ kind }) => kind === 'stream');
  return { plan, lents, isPacked: needsArena(plan), streams, writes: lents.some(({ mutable }) => mutable) };
}

function submit(
  { plan, lents, isPacked, streams, writes }: CopiedPlan,
  args: unknown[],
  wishes: Wishes,
  resolve: (value: unknown) => void,
  reject: (error: unknown) => void,
): void {
  const { target } = plan;
  const arena = !isPacked ? null : writes ? Arena.enterApart(target) : Arena.enter(target);
  let isKept = false;
  try {
    if (arena !== null && streams) arena.writer.lends = false;
    if (arena !== null) packArguments(plan, arena, args);
    storeArguments(plan, arena, args);
    storeLents(lents);
    i32[BLOCK_SYMBOL >> 2] = target.symbol;
    i32[BLOCK_CALL_CODE >> 2] = plan.callCode;
    const call = new BackgroundCall(plan, args, writes ? arena : null, wishes, resolve, reject);
    call.submit(arena?.texts ?? [], arena?.textCount ?? 0);
    isKept = writes;
  } finally {
    if (!isKept) arena?.leave();
  }
}
