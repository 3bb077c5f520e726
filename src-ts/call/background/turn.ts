/**
 * The order of calls that use the same object. A call begins when no earlier one uses the object in a way that its own use
 * does not allow: any number of calls read it at the same time, and one alone changes it.
 */

import { BLOCK_WAITS, WAITS } from '../../crossing/block';
import { doorbell } from '../../crossing/doorbell';
import { append } from '../../runtime/list';
import { objectReference, type Reference, storeObjects } from '../../values/object';
import type { Plan } from '../plan';

const { i32 } = doorbell;

/** The use of an object by a call. */
interface Use {
  readonly reference: Reference;
  readonly exclusive: boolean;
}

/** The turn of a call. */
export class Turn {
  readonly #uses: readonly Use[];
  /** Passes the call to a thread; null once that has been done. */
  #start: (() => void) | null = null;
  #hasBegun = false;

  /** Takes a turn after all calls that have one. */
  constructor(uses: readonly Use[]) {
    this.#uses = uses;
    for (const { reference } of uses) (reference.turns ??= new Set()).add(this);
  }

  /** Tells the addon, which takes the call next, which objects it uses and whether it has to wait. */
  store(): void {
    storeObjects(this.#uses.map(({ reference }) => reference));
    this.#hasBegun = this.#isFirst();
    i32[BLOCK_WAITS >> 2] = this.#hasBegun ? 0 : WAITS;
  }

  /** Notes how the call begins, if it has to wait. */
  whenFirst(start: () => void): void {
    if (!this.#hasBegun) this.#start = start;
  }

  /** Begins the call, if it has not begun, even if it has to wait: one that was cancelled does nothing. */
  begin(): void {
    this.#hasBegun = true;
    const start = this.#start;
    this.#start = null;
    start?.();
  }

  /** True if no earlier call uses one of the objects in a way that excludes this one. */
  #isFirst(): boolean {
    return this.#uses.every(({ reference, exclusive }) => {
      for (const turn of reference.turns as Set<Turn>) {
        if (turn === this) return true;
        if (exclusive || turn.#isExclusive(reference)) return false;
      }
      return true;
    });
  }

  #isExclusive(of: Reference): boolean {
    return this.#uses.some(({ reference, exclusive }) => exclusive && reference === of);
  }

  /** Ends the turn, and begins the calls that have waited for it alone. */
  end(): void {
    for (const { reference } of this.#uses) reference.turns?.delete(this);
    for (const { reference } of this.#uses) {
      for (const turn of reference.turns as Set<Turn>) {
        if (!turn.#hasBegun && turn.#isFirst()) turn.begin();
        // Nothing behind it can begin.
        if (turn.#isExclusive(reference)) break;
      }
    }
  }
}

/** Collects the objects among the arguments of a call, once they are packed; null if there are none. */
export function turnOf({ target, slots }: Plan, args: readonly unknown[], inStream: readonly object[]): Turn | null {
  const uses: Use[] = [];
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i];
    if (slot?.kind !== 'object') continue;
    const reference = objectReference(target, i, slot.definition, args[i]);
    append(uses, { reference, exclusive: slot.exclusive });
  }
  // Only the encoder of objects adds to the list.
  for (const reference of inStream) append(uses, { reference: reference as Reference, exclusive: false });
  return uses.length === 0 ? null : new Turn(uses);
}
