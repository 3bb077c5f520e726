/** Abort signals, each with one listener for all calls that it can cancel: a listener costs more than a call. */

/**
 * What a call needs of an `AbortSignal`. It is known by what it can do: a class would be another one in jest and vm.
 */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** What a signal can cancel. */
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

/** What a call rejects with whose signal was aborted. */
export function reasonOf(signal: AbortSignalLike): unknown {
  return signal.reason ?? new DOMException('This operation was aborted', 'AbortError');
}

/** Has `signal` cancel the call when it is aborted. */
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

/** Has `signal` forget the call. */
export function unwatch(signal: AbortSignalLike, call: Cancellable): void {
  const found = watches.get(signal);
  if (found?.calls.delete(call) === true && found.calls.size === 0) {
    watches.delete(signal);
    signal.removeEventListener('abort', found.listener);
  }
}
