/**
 * Edits the stack traces of errors that calls throw. They begin at the line that made the call, as frames of this
 * package do not help users, and would displace up to ten of their own frames.
 */

import { isBun } from '../runtime/engine';

/** The errors of this package that no call has thrown yet, each with the lines to put above the user's frames. */
const made = new WeakMap<object, string>();

/**
 * Registers an error as one of this package.
 *
 * @param frames - The lines of the stack trace between the place of the error and the call.
 */
export function notThrown<E extends Error>(error: E, frames = ''): E {
  made.set(error, frames);
  return error;
}

/**
 * Makes an error without a stack trace, for who captures it where it has to begin: to capture one takes most of the time that an
 * error takes.
 */
export function makeUntraced<E extends Error>(
  type: new (message?: string, options?: ErrorOptions) => E,
  message: string,
  options: ErrorOptions | undefined,
): E {
  const limit = limitTraces(0);
  try {
    return new type(message, options);
  } finally {
    if (limit !== undefined) limitTraces(limit);
  }
}

/** Sets the most frames of a stack trace, and returns what that was; undefined if the program has removed or frozen the limit. */
function limitTraces(limit: number): number | undefined {
  const before: unknown = Error.stackTraceLimit;
  if (typeof before !== 'number') return undefined;
  try {
    Error.stackTraceLimit = limit;
    return before;
  } catch {
    return undefined;
  }
}

/**
 * Removes the frames of `callee`, the function of this package that the user has called and that throws `error`, and
 * those above it. An error of the user's own code is unchanged, and so is one that another call has thrown before.
 *
 * @returns The error.
 */
export function thrownBy(callee: object, error: unknown): unknown {
  const frames = made.get(error as object);
  if (frames === undefined) return error;
  made.delete(error as object);
  Error.captureStackTrace(error as object, callee as () => void);
  if (isBun && error instanceof SyntaxError) removeParseFrame(error);
  if (frames !== '') addFrames(error as Error, frames);
  return error;
}

/** Removes the frame that Bun puts above those of every `SyntaxError`, as if the engine itself had refused a source. */
function removeParseFrame(error: SyntaxError): void {
  error.stack = error.stack?.replace(/\n\s+at <parse> \(.*\)(?=\n|$)/, '') ?? '';
}

/** Puts frames above those of an error, unless the program has its own format of stack traces. */
function addFrames(error: Error, frames: string): void {
  const { stack } = error as { stack: unknown };
  if (typeof stack !== 'string') return;
  const head = `${error.name}: ${error.message}`;
  const at = stack.startsWith(head) ? head.length : Math.max(0, stack.search(/$|\n\s+at /));
  error.stack = `${stack.slice(0, at)}${frames}${stack.slice(at)}`;
}
