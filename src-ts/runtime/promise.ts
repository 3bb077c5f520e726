/** Values that may be promises, and errors for which nobody waits. */

/** True for a promise, and any other object that can be awaited. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}

/** Throws an error that nobody waits for, as an event listener would. */
export function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
