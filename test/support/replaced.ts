/** Replaces the methods of lists, as a program or one of its libraries could. */

const METHODS = ['forEach', 'find', 'findIndex', 'some', 'every', 'map', 'filter', 'slice', 'sort', 'push'] as const;

/**
 * Runs `run` while each of those methods first calls `before`, except within `before` itself, and then the original.
 */
export function whileReplaced<T>(before: () => void, run: () => T): T {
  const prototype = Array.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
  const originals = METHODS.map((method) => prototype[method]!);
  let isInside = false;
  for (let i = 0; i < METHODS.length; i++) {
    prototype[METHODS[i]!] = function (...args: unknown[]): unknown {
      if (!isInside) {
        isInside = true;
        before();
        isInside = false;
      }
      return Reflect.apply(originals[i]!, this, args);
    };
  }
  try {
    return run();
  } finally {
    for (let i = 0; i < METHODS.length; i++) prototype[METHODS[i]!] = originals[i]!;
  }
}
