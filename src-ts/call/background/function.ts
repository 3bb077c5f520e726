/** Makes the background form of functions of known types, which submits the call instead of ringing the doorbell. */

import { BLOCK_ARGUMENT_COUNT, BLOCK_CALL_CODE, BLOCK_SYMBOL, BLOCK_TEXT_COUNT } from '../../crossing/block';
import { doorbell } from '../../crossing/doorbell';
import { property, rename } from '../../runtime/property';
import { lentOf, storeLents } from '../../values/lent/copying';
import { wrongArity } from '../failure';
import type { Outline } from '../function';
import type { Plan } from '../plan';
import { needsArena, packArguments, storeArguments } from '../walk';
import { wishesOf } from './options';
import { type BackgroundFunction, type Packing, submitting } from './submitting';
import { turnOf } from './turn';

const { i32 } = doorbell;

/** Makes the function to call. It takes the arguments of the function itself and after them options. */
export function makeBackground(
  { name, required, plan, hasReceiver }: Outline,
  receiverOf: (receiver: unknown) => unknown = itself,
): BackgroundFunction {
  const isMethod = hasReceiver === true;
  const call = submitting(() => packingOf(plan()), isMethod ? receiverOf : undefined);
  rename(call, name);
  Object.defineProperty(call, 'length', property(isMethod ? required - 1 : required, false));
  return call;
}

function itself(receiver: unknown): unknown {
  return receiver;
}

const NO_TEXTS: readonly string[] = [];

const NO_OBJECTS: readonly object[] = [];

function packingOf(plan: Plan): Packing {
  const { target, framed, result, error, slots, streams, required, callCode } = plan;
  const { length } = slots;
  const { symbol } = target;
  const lents = slots.flatMap((slot, i) => (slot.kind === 'lent' ? [lentOf(target, i, slot.type, slot.offset)] : []));
  const writes = lents.some(({ mutable }) => mutable);
  return {
    target,
    framed,
    result,
    ...(error !== undefined && { error }),
    needsArena: needsArena(plan),
    takeOptions(args) {
      const given = args.length;
      if (given < required || given > length + 1) throw wrongArity(plan, given);
      const wishes = wishesOf(target, length, given > length ? args[length] : undefined);
      if (given > length) args.length = length;
      return wishes;
    },
    mayWrite: () => writes,
    pack(args, arena) {
      if (arena !== null) {
        // Rust gets copies of typed arrays, which the user may change while the call runs.
        if (streams) arena.writer.lends = false;
        packArguments(plan, arena, args);
      }
      storeArguments(plan, arena, args);
      storeLents(lents);
      i32[BLOCK_SYMBOL >> 2] = symbol;
      i32[BLOCK_CALL_CODE >> 2] = callCode;
      i32[BLOCK_ARGUMENT_COUNT >> 2] = length;
      if (arena === null) return NO_TEXTS;
      i32[BLOCK_TEXT_COUNT >> 2] = arena.textCount;
      return arena.texts;
    },
    ...((streams || slots.some(({ kind }) => kind === 'object')) && {
      takeTurn: (args, arena) => turnOf(plan, args, arena?.writer.objects ?? NO_OBJECTS),
    }),
  };
}
