/** Makes functions that run on another thread: they pack their arguments and submit the call to the addon. */

import { RustDLLError } from '../../errors/errors';
import { thrownBy } from '../../errors/trace';
import { Arena } from '../../memory/arena';
import type { Target } from '../plan';
import { type BackgroundCallee, BackgroundCall } from './calls';
import { awaitable } from './failing';
import type { Wishes } from './options';
import { reasonOf } from './signal';
import type { Turn } from './turn';

/** A function that runs on another thread. */
export type BackgroundFunction = (...args: unknown[]) => Promise<unknown>;

/** A function, and how the arguments of its calls are packed. */
export interface Packing extends BackgroundCallee {
  /** True if calls need memory besides the block. */
  readonly needsArena: boolean;
  /** Removes the options from the arguments, and returns them. @throws TypeError for a wrong number of arguments */
  readonly takeOptions: (args: unknown[]) => Wishes;
  /** True if something may have to be written back into these arguments. */
  readonly mayWrite: (args: readonly unknown[]) => boolean;
  /**
   * Packs the arguments, and stores the call in the block, with the number of the strings that the addon has to encode.
   * Returns a list that begins with those strings.
   *
   * @param arena - The memory of the call, if it needs some.
   */
  readonly pack: (args: unknown[], arena: Arena | null) => readonly string[];
  /**
   * Takes a turn, for a call whose arguments are packed, to use the objects among them; null if there are none. Absent if
   * no argument can be an object.
   */
  readonly takeTurn?: (args: readonly unknown[], arena: Arena | null) => Turn | null;
}

/**
 * Makes the function to call. Errors reject its promise; it never throws.
 *
 * @param packingOf - Called at the first call, and again at the next one if it throws.
 * @param receiverOf - For a method: returns the object, which is the first argument, of what the method is called on.
 */
export function submitting(packingOf: () => Packing, receiverOf?: (receiver: unknown) => unknown): BackgroundFunction {
  let packing: Packing | undefined;
  // Not an async function, which would make one more promise for each call.
  const call = function (this: unknown, ...given: unknown[]): Promise<unknown> {
    try {
      const args = receiverOf === undefined ? given : [receiverOf(this), ...given];
      return submit((packing ??= packingOf()), args);
    } catch (error) {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a signal's reason may be anything
      return Promise.reject(thrownBy(call, error));
    }
  };
  return call;
}

// The functions that settle the promise that was made last. An executor of its own for each promise would be one more
// function for each call.
let resolveLast: (value: unknown) => void = settled;
let rejectLast: (error: unknown) => void = settled;

/** Takes their place, as they would keep the promise and what it is settled with. */
function settled(): undefined {
  return undefined;
}

function execute(resolve: (value: unknown) => void, reject: (error: unknown) => void): void {
  resolveLast = resolve;
  rejectLast = reject;
}

function submit(packing: Packing, args: unknown[]): Promise<unknown> {
  const wishes = packing.takeOptions(args);
  const { target } = packing;
  const { count, limit } = target.backlog;
  if (count >= limit) throw full(target);
  if (wishes.signal?.aborted === true) throw reasonOf(wishes.signal);
  const promise = new Promise(execute);
  const call = new BackgroundCall(packing, args, wishes, resolveLast, rejectLast);
  resolveLast = rejectLast = settled;
  if (packing.needsArena) submitPacked(packing, args, call);
  else {
    const texts = packing.pack(args, null);
    call.submit(texts, null, packing.takeTurn?.(args, null) ?? null);
  }
  return awaitable(promise);
}

/** Submits a call that needs memory, which is kept until the call is complete if something may be written back. */
function submitPacked(packing: Packing, args: unknown[], call: BackgroundCall): void {
  const keeps = packing.mayWrite(args);
  const arena = keeps ? Arena.enterApart(packing.target) : Arena.enter(packing.target);
  let isKept = false;
  try {
    const texts = packing.pack(args, arena);
    const turn = packing.takeTurn?.(args, arena) ?? null;
    call.submit(texts, keeps ? arena : null, turn, arena.takeHeld());
    isKept = keeps;
  } finally {
    if (!isKept) arena.leave();
  }
}

/** Makes the error for a call beyond the limit of calls under way. */
function full({ name, path, backlog: { count } }: Target): RustDLLError {
  return new RustDLLError(
    'ERR_RUSTDLL_FULL',
    `${name}: ${count === 1 ? '1 call' : `${count} calls`} of the library ${path} ${count === 1 ? 'is' : 'are'} under way, and it may have no more`,
  );
}
