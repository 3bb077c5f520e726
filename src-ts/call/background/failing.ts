/**
 * Rejects the promises of calls that fail. The stack trace of an error includes the async functions that await a
 * promise only if the error is made in an async function on which that promise depends.
 */

import { thrownBy } from '../../errors/trace';
import { isBun } from '../../runtime/engine';
import { PendingException } from '../failure';

/** The functions that settle a promise. */
export interface Settling {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * True if the engine finds the functions that await a promise which was resolved with another one. V8 does.
 * Bun's engine only finds those that await the promise of an async function.
 */
const followsResolved = !isBun;

/** Rejects a promise with an error, or with the exception for an `Err` or a panic. */
export function fail({ resolve, reject }: Settling, failure: unknown): void {
  if (followsResolved) resolve(failed(failure));
  else if (failure instanceof PendingException) resolve(failure);
  else reject(failure);
}

/** Returns what the user gets for the promise of a call: the promise itself, as it takes time to make another one. */
export function awaitable(promise: Promise<unknown>): Promise<unknown> {
  return followsResolved ? promise : awaited(promise);
}

async function failed(failure: unknown): Promise<never> {
  // The user's promise depends on this one after two turns of the microtask queue.
  await Promise.resolve();
  await Promise.resolve();
  throw thrownBy(failed, exceptionOf(failure));
}

async function awaited(promise: Promise<unknown>): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    throw thrownBy(awaited, error);
  }
  if (!(value instanceof PendingException)) return value;
  throw thrownBy(awaited, exceptionOf(value));
}

function exceptionOf(failure: unknown): unknown {
  return failure instanceof PendingException ? failure.exception() : failure;
}
