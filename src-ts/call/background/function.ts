/** The background form of functions whose types are known: the same packing, submitted instead of rung for. */

import { BLOCK_CALL_CODE, BLOCK_SYMBOL } from '../../crossing/block';
import { doorbell } from '../../crossing/doorbell';
import { typeError } from '../../errors/errors';
import { Arena } from '../../memory/arena';
import { property, rename } from '../../runtime/property';
import { type Lent, lentOf, storeLents } from '../../values/lent/copying';
import { packExactly } from '../../values/lent/pack';
import { storePointer, storeScalar } from '../../values/slot';
import { encodeArgument, sealStream } from '../../values/stream/argument';
import { wrongArity } from '../failure';
import type { Plan } from '../plan';
import { seal } from '../steps';
import { BackgroundCall } from './calls';
import { signalOf } from './options';
import { settled } from './settled';
import type { AbortSignalLike } from './signal';

const { i32 } = doorbell;

/** A function that runs on another thread. */
export type BackgroundFunction = (...args: unknown[]) => Promise<unknown>;

/**
 * The function to call. It takes what the plan's function takes, and after that options; it never throws, but rejects.
 */
export function makeBackground(plan: Plan): BackgroundFunction {
  const { target, slots, required } = plan;
  const needsArena = slots.some((slot) => slot.kind !== 'scalar');
  const streams = slots.some((slot) => slot.kind === 'stream');
  let lents: readonly Lent[] | undefined;

  function submit(
    args: unknown[],
    signal: AbortSignalLike | null,
    resolve: (value: unknown) => void,
    reject: (error: unknown) => void,
  ): void {
    lents ??= lentsOf(plan);
    const writes = lents.some(({ mutable }) => mutable);
    const arena = !needsArena ? null : writes ? Arena.enterApart(target) : Arena.enter(target);
    let isKept = false;
    try {
      if (arena !== null) {
        slots.forEach((slot, i) => {
          if (slot.kind === 'lent') arena.pointers[i] = packExactly(arena, i, args[i], slot);
          else if (slot.kind === 'stream') encodeArgument(arena, i, args[i], slot.encode);
        });
        seal(arena);
        if (streams) sealStream(arena, args);
      }
      slots.forEach((slot, i) => {
        if (slot.kind === 'lent') storePointer(slot.offset, arena?.pointers[i] as number);
        else if (slot.kind === 'scalar') storeScalar(target, i, slot.scalar, args[i], slot.offset, slot.packed);
      });
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

  const call: BackgroundFunction = async (...args) => {
    if (args.length < required || args.length > slots.length + 1) throw wrongArity(plan, args.length);
    const signal = signalOf(target, slots.length, args[slots.length]);
    if (args.length > slots.length) args.length = slots.length;
    return settled(target, signal, (resolve, reject) => submit(args, signal, resolve, reject));
  };
  rename(call, target.name);
  Object.defineProperty(call, 'length', property(required, false));
  return call;
}

/** The arguments whose memory is copied. */
function lentsOf({ target, slots, text }: Plan): Lent[] {
  return slots.flatMap((slot) => {
    if (slot.kind !== 'lent') return [];
    const lent = lentOf(slot.type, slot.offset);
    if (lent !== null) return [lent];
    throw typeError('ERR_RUSTDLL_TYPE', `${target.name}: its lists are nested too deep for the background (${text()})`);
  });
}
