import { typeError } from '../../errors/errors';
import { type Callee, describe } from '../../errors/words';
import { type AbortSignalLike, isSignal } from './signal';

/** The options of a call in the background, which follow its arguments. */
export interface CallOptions {
  /**
   * Cancels the call: its promise rejects at once with the signal's reason. If the function has not begun it is never
   * called; if it has, it runs to its end on its thread, and its result is dropped.
   */
  readonly signal?: AbortSignalLike | undefined;
}

/** The names of {@link CallOptions}. */
export const OPTIONS: ReadonlySet<string> = new Set<keyof CallOptions>(['signal']);

/**
 * Returns the signal in a call's options.
 *
 * @param index - The index of the options among the arguments.
 * @throws TypeError `ERR_RUSTDLL_TYPE`
 */
export function signalOf(callee: Callee, index: number, options: unknown): AbortSignalLike | null {
  if (options === undefined) return null;
  const place = `${callee.name}: argument ${index + 1} (options)`;
  if (typeof options !== 'object' || options === null) {
    throw typeError('ERR_RUSTDLL_TYPE', `${place}: expected options such as { signal }, got ${describe(options)}`);
  }
  const { signal } = options as { signal?: unknown };
  if (signal === undefined) return null;
  if (isSignal(signal)) return signal;
  throw typeError('ERR_RUSTDLL_TYPE', `${place}.signal: expected an AbortSignal, got ${describe(signal)}`);
}
