/** Walks through deeply nested values without recursion, which would overflow the stack. */

/**
 * The encoding or decoding of one value. It yields the walks through the values inside, and is resumed with the result
 * of each, or with the error that it threw.
 */
export interface Walk extends Generator<Walk, unknown, unknown> {
  next(given?: unknown): IteratorResult<Walk, unknown>;
}

/** A walk, and the outer walk that waits for it. */
interface Step {
  readonly walk: Walk;
  readonly outer: Step | null;
}

/** Runs a walk and all walks inside it to the end. The depth of the stack does not grow with their nesting. */
export function finish(walk: Walk): unknown {
  let step: Step = { walk, outer: null };
  let given: unknown;
  let failed = false;
  for (;;) {
    let inner: IteratorResult<Walk, unknown>;
    try {
      inner = failed ? step.walk.throw(given) : step.walk.next(given);
      failed = false;
    } catch (error) {
      if (step.outer === null) throw error;
      step = step.outer;
      given = error;
      failed = true;
      continue;
    }
    if (inner.done !== true) {
      step = { walk: inner.value, outer: step };
      given = undefined;
      continue;
    }
    if (step.outer === null) return inner.value;
    step = step.outer;
    given = inner.value;
  }
}
