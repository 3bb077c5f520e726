/**
 * The stack traces of errors that calls throw. They begin at the line that made the call: what the package did until it
 * noticed says nothing to the user, and takes the place of ten of his own frames.
 */

/** The errors of this package that no call has thrown yet, each with what is to stand above the user's frames. */
const made = new WeakMap<object, string>();

/**
 * Notes that an error is this package's.
 *
 * @param frames - Lines of a stack trace that lead from where it happened to the call.
 */
export function notThrown<E extends Error>(error: E, frames = ''): E {
  made.set(error, frames);
  return error;
}

/**
 * Takes away the frames of `callee`, the function of this package that the user has called and that throws `error`, and
 * those above it. An error of the user's own code stays as it is, and
 * so does one that another call has thrown before.
 *
 * @returns The error.
 */
export function thrownBy(callee: object, error: unknown): unknown {
  const frames = made.get(error as object);
  if (frames === undefined) return error;
  made.delete(error as object);
  Error.captureStackTrace(error as object, callee as () => void);
  if (frames !== '') addFrames(error as Error, frames);
  return error;
}

/** Puts frames above those that an error has. Whoever has prepared its stack trace otherwise keeps that. */
function addFrames(error: Error, frames: string): void {
  const { stack } = error as { stack: unknown };
  if (typeof stack !== 'string') return;
  const head = `${error.name}: ${error.message}`;
  const at = stack.startsWith(head) ? head.length : Math.max(0, stack.search(/$|\n\s+at /));
  error.stack = `${stack.slice(0, at)}${frames}${stack.slice(at)}`;
}
