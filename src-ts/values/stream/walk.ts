/** Walks through values that are deep inside one another, for which the stack would not do. */

/**
 * The encoding or decoding of one value. It yields the walks through the values inside, and is resumed with what each of
 * them has given, or with the error that it has thrown.
 */
export interface Walk extends Generator<Walk, unknown, unknown> {
  next(given?: unknown): IteratorResult<Walk, unknown>;
}

/** A walk, and the one that waits for it. */
interface Step {
  readonly walk: Walk;
  readonly outer: Step | null;
}

/** Goes through a walk and all inside it. It takes as little of the stack for ten thousand of them as for one. */
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
