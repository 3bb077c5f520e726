/** Makes the background form of C functions. The thread gets a copy of all memory that the arguments point to. */

import {
  BLOCK_POINTER_COUNT,
  BLOCK_REGION_COUNT,
  BLOCK_REGIONS,
  BLOCK_TEXT_COUNT,
  REGION_WORDS,
} from '../../crossing/block';
import { doorbell } from '../../crossing/doorbell';
import type { Arena } from '../../memory/arena';
import { append } from '../../runtime/list';
import { property, rename } from '../../runtime/property';
import { CCall, type Place } from '../../values/c/call';
import { faultOf } from '../../values/c/thunk';
import { lentOf, storeLents } from '../../values/lent/copying';
import { storePointer } from '../../values/slot';
import { type CPlan, prepare, read, takesOf } from '../c';
import { wrongArity } from '../failure';
import { wishesOf } from './options';
import { type BackgroundFunction, type Packing, submitting } from './submitting';

const { i32 } = doorbell;

/** Makes the function to call. It takes the arguments of the function itself and after them options. */
export function makeBackgroundC(plan: CPlan): BackgroundFunction {
  const call = submitting(() => packingOf(plan));
  rename(call, plan.target.name);
  Object.defineProperty(call, 'length', property(takesOf(plan), false));
  return call;
}

function packingOf(plan: CPlan): Packing {
  const { target, slots } = plan;
  const takes = takesOf(plan);
  const lents = slots.flatMap((slot) =>
    slot.kind === 'lent' ? [lentOf(target, slot.argument, slot.type, slot.offset)] : [],
  );
  /** The calls under way, by their memory. */
  const calls = new WeakMap<Arena, CCall>();
  return {
    target,
    framed: false,
    result: { kind: 'none' },
    needsArena: true,
    takeOptions(args) {
      const given = args.length;
      if (given < takes || given > takes + 1) {
        throw wrongArity({ target, required: takes, slots: { length: takes }, text: () => plan.text }, given);
      }
      const wishes = wishesOf(target, takes, given > takes ? args[takes] : undefined);
      if (given > takes) args.length = takes;
      return wishes;
    },
    mayWrite: () => true,
    pack(args, arena) {
      if (arena === null) throw new Error('a call of a C function has memory');
      const call = new CCall(arena, slots.length);
      prepare(plan, call, args);
      storeRegions(plan, call);
      storeLents(lents);
      i32[BLOCK_TEXT_COUNT >> 2] = arena.textCount;
      // From here on the library may release it at any moment.
      for (const [i, slot] of slots.entries()) if (slot.kind === 'pointer') slot.value.release?.(call, i);
      calls.set(arena, call);
      return arena.texts;
    },
    read(arena) {
      const value = read(plan, calls.get(arena) as CCall);
      const fault = faultOf(target.name, true);
      // It is an error of this package, or one that the engine has thrown.
      if (fault !== undefined) throw fault as Error;
      return value;
    },
  };
}

/** Stores in the block which memory is copied for the call, and where the pointers to it are. */
function storeRegions(plan: CPlan, call: CCall): void {
  const { arena } = call;
  const places = placesOf(plan, call);
  const count = arena.own.length + call.lentForReading.length;
  arena.reserve(8 * (REGION_WORDS * (count + 1) + places.length));
  const { chunk, offset } = arena;
  let at = offset;
  const add = (...words: number[]): void => {
    for (const word of words) {
      chunk.setPointer(at, word);
      at += 8;
    }
  };
  // The memory of this list may be one more chunk.
  for (const { address, top } of arena.own) add(address, top, 1);
  for (const { address, bytes } of call.lentForReading) add(address, bytes, 0);
  const regions = (at - offset) / (8 * REGION_WORDS);
  add(...places);
  storePointer(BLOCK_REGIONS, chunk.address + offset);
  i32[BLOCK_REGION_COUNT >> 2] = regions;
  i32[BLOCK_POINTER_COUNT >> 2] = places.length;
}

/** Returns the places of pointers: in the registers of the block, and in memory of the arena. */
function placesOf({ slots }: CPlan, call: CCall): number[] {
  const { inner } = call.arena;
  const places = inner.slice();
  for (const [i, slot] of slots.entries()) {
    if (slot.kind === 'pointer') append(places, slot.offset);
    if (slot.kind !== 'structure' || inner.length === 0) continue;
    const { chunk, offset } = call.places[i] as Place;
    for (const { from, to } of slot.parts) {
      if (inner.includes(chunk.address + offset + from)) append(places, to);
    }
  }
  return places;
}
