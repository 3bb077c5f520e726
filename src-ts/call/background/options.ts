import { AsyncResource } from 'node:async_hooks';
import { typeError } from '../../errors/errors';
import { type Callee, describe } from '../../errors/words';
import type { Progress } from './progress';
import { type AbortSignalLike, isSignal } from './signal';

/** The options of a call in the background, which follow its arguments. */
export interface CallOptions {
  /**
   * Cancels the call: its promise rejects at once with the signal's reason. If the function has not begun it is never
   * called; if it has, it runs to its end on its thread, and its result is dropped.
   */
  readonly signal?: AbortSignalLike | undefined;
  /**
   * Is told how far the call is, if its function tells: at most once in 16 milliseconds, with what is newest then. The
   * last event comes before the promise is settled; a call that is given up has no more of them. What the function throws
   * is an uncaught exception.
   */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** The options of a call, looked at. */
export interface Wishes {
  readonly signal: AbortSignalLike | null;
  readonly onProgress: ((progress: Progress) => void) | null;
}

const NONE: Wishes = { signal: null, onProgress: null };

/** The names of {@link CallOptions}. */
export const OPTIONS: ReadonlySet<string> = new Set<keyof CallOptions>(['signal', 'onProgress']);

/**
 * Returns the options of a call.
 *
 * @param index - The index of the options among the arguments.
 * @throws TypeError `ERR_RUSTDLL_TYPE`
 */
export function wishesOf(callee: Callee, index: number, options: unknown): Wishes {
  if (options === undefined) return NONE;
  const hidden = callee.hasReceiver === true ? 1 : 0;
  const place = `${callee.name}: argument ${index + 1 - hidden} (options)`;
  if (typeof options !== 'object' || options === null) {
    throw typeError('ERR_RUSTDLL_TYPE', `${place}: expected options such as { signal }, got ${describe(options)}`);
  }
  const { signal, onProgress } = options as { signal?: unknown; onProgress?: unknown };
  if (signal !== undefined && !isSignal(signal)) {
    throw typeError('ERR_RUSTDLL_TYPE', `${place}.signal: expected an AbortSignal, got ${describe(signal)}`);
  }
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw typeError('ERR_RUSTDLL_TYPE', `${place}.onProgress: expected a function, got ${describe(onProgress)}`);
  }
  return {
    signal: signal ?? null,
    // It is called from where results arrive, which is in nobody's asynchronous context.
    onProgress: onProgress === undefined ? null : AsyncResource.bind(onProgress as (progress: Progress) => void),
  };
}
