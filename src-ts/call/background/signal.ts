/**
 * Abort signals. Each gets one listener for all calls that it can cancel, as adding a listener takes longer than a
 * call.
 */

/**
 * The part of an `AbortSignal` that calls use. Signals are recognised by their members, as the class differs between
 * realms, such as those of jest and `vm`.
 */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** A call that a signal can cancel. */
export interface Cancellable {
  cancel(reason: unknown): void;
}

interface Watch {
  readonly calls: Set<Cancellable>;
  readonly listener: () => void;
}

const watches = new WeakMap<AbortSignalLike, Watch>();

/** True if `value` is a signal. */
export function isSignal(value: unknown): value is AbortSignalLike {
  if (typeof value !== 'object' || value === null) return false;
  const { aborted, addEventListener, removeEventListener } = value as Partial<AbortSignalLike>;
  return (
    typeof aborted === 'boolean' && typeof addEventListener === 'function' && typeof removeEventListener === 'function'
  );
}

/** Returns the reason with which a call rejects after its signal was aborted. */
export function reasonOf(signal: AbortSignalLike): unknown {
  return signal.reason ?? new DOMException('This operation was aborted', 'AbortError');
}

/** Lets `signal` cancel the call when it is aborted. */
export function watch(signal: AbortSignalLike, call: Cancellable): void {
  let found = watches.get(signal);
  if (found === undefined) {
    const calls = new Set<Cancellable>();
    found = {
      calls,
      listener: () => {
        watches.delete(signal);
        signal.removeEventListener('abort', (found as Watch).listener);
        const reason = reasonOf(signal);
        for (const aborted of calls) aborted.cancel(reason);
      },
    };
    watches.set(signal, found);
    signal.addEventListener('abort', found.listener);
  }
  found.calls.add(call);
}

/** Stops `signal` from cancelling the call. */
export function unwatch(signal: AbortSignalLike, call: Cancellable): void {
  const found = watches.get(signal);
  if (found?.calls.delete(call) === true && found.calls.size === 0) {
    watches.delete(signal);
    signal.removeEventListener('abort', found.listener);
  }
}
