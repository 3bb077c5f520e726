/** Packs and stores the arguments of a call by walking through its plan. */

import { doorbell } from '../crossing/doorbell';
import type { Arena } from '../memory/arena';
import { storeDate } from '../values/date';
import { packExactly } from '../values/lent/pack';
import { objectWord } from '../values/object';
import { needsMemory, type Slot, storePointer, storeScalar } from '../values/slot';
import { encodeArgument, sealStream } from '../values/stream/argument';
import type { Plan } from './plan';
import { seal } from './steps';

const { f64 } = doorbell;

/** True if a call needs memory besides the block. */
export function needsArena({ slots }: Plan): boolean {
  return slots.some(needsMemory);
}

/** Packs the arguments that need memory. Code of the user's may run meanwhile, but not afterwards. */
export function packArguments({ slots, streams }: Plan, arena: Arena, args: ArrayLike<unknown>): void {
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] as Slot;
    if (slot.kind === 'lent') {
      const value = slot.json === undefined ? args[i] : slot.json(arena.callee, i, args[i]);
      arena.pointers[i] = packExactly(arena, i, value, slot);
    } else if (slot.kind === 'stream') encodeArgument(arena, i, args[i], slot.encode);
  }
  seal(arena);
  if (streams) sealStream(arena, args, slots.length);
}

/** Stores the arguments that have a slot in the block. No code of the user's runs here. */
export function storeArguments({ target, slots }: Plan, arena: Arena | null, args: ArrayLike<unknown>): void {
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] as Slot;
    if (slot.kind === 'lent') storePointer(slot.offset, arena?.pointers[i] as number);
    else if (slot.kind === 'object') {
      f64[slot.offset >> 3] = objectWord(target, i, slot.definition, args[i]);
    } else if (slot.kind === 'date') storeDate(target, i, args[i], slot.offset);
    else if (slot.kind === 'scalar') storeScalar(target, i, slot.scalar, args[i], slot.offset, slot.packed);
  }
}
