/**
 * Iterables of JavaScript's whose items Rust takes. Rust has a function that it calls with the most items that it wants, and
 * with 0 once it wants no more.
 */

import { Mismatch, along } from '../errors/mismatch';
import type { Callee } from '../errors/words';
import type { Decode } from '../memory/reader';
import type { Encode } from '../memory/writer';
import { append } from '../runtime/list';
import type { FunctionCode } from './callback';

/** What Rust has taken. */
interface Taken {
  readonly items: readonly unknown[];
  /** How many were taken before. */
  readonly before: number;
  /** True if there are no more. */
  readonly over: boolean;
}

const NOTHING: Taken = { items: [], before: 0, over: true };

/** Makes the function that Rust calls, of an iterator. */
export function takeFrom(iterator: Iterator<unknown>): (most: number) => Taken {
  let before = 0;
  let isOver = false;
  let failure: { readonly error: unknown } | null = null;
  return (most) => {
    if (most === 0) {
      const wasOver = isOver;
      isOver = true;
      try {
        if (!wasOver) iterator.return?.();
      } catch {
        // Rust has left, and nobody would learn of it.
      }
      return NOTHING;
    }
    if (failure !== null) {
      const { error } = failure;
      failure = null;
      throw error;
    }
    const taken = { items: [] as unknown[], before, over: false };
    try {
      while (!isOver && taken.items.length < most) {
        const step = iterator.next();
        if (step.done === true) isOver = true;
        else append(taken.items, step.value);
      }
    } catch (error) {
      isOver = true;
      if (taken.items.length === 0) throw error;
      // Rust gets the items before it first.
      failure = { error };
    }
    before += taken.items.length;
    return { ...taken, over: isOver && failure === null };
  };
}

/** Does the same of an asynchronous iterator, of which Rust takes one item at a time. */
export function takeLaterFrom(iterator: AsyncIterator<unknown>): (most: number) => Promise<Taken> {
  let before = 0;
  let isOver = false;
  return async (most) => {
    if (most === 0) {
      const wasOver = isOver;
      isOver = true;
      try {
        if (!wasOver) await iterator.return?.();
      } catch {
        // As above.
      }
      return NOTHING;
    }
    if (isOver) return NOTHING;
    try {
      const step = await iterator.next();
      if (step.done !== true) return { items: [step.value], before: before++, over: false };
    } catch (error) {
      isOver = true;
      throw error;
    }
    isOver = true;
    return NOTHING;
  };
}

/**
 * Returns how Rust calls these functions.
 *
 * @param most - Reads the most items.
 * @param encode - Encodes an item.
 */
export function takingCode(most: Decode, encode: Encode): FunctionCode {
  return {
    isLent: false,
    parameters: [most],
    direct: null,
    encode(writer, value) {
      const { items, before, over } = value as Taken;
      const { length } = items;
      writer.count(length);
      let k = 0;
      try {
        for (; k < length; k++) encode(writer, items[k]);
      } catch (error) {
        throw along(error, before + k);
      }
      writer.count(over ? 1 : 0);
    },
    refused: (error: unknown, callee: Callee, argument: number) =>
      error instanceof Mismatch ? error.toError(callee, argument) : error,
  };
}
