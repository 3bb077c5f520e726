/** An error on its way out of a value: each list and object it leaves adds a step to its path. */

import { type ArgumentErrorCode, argumentError } from './errors';
import { type Callee, describe, placeOf } from './words';

/** Thrown while an argument is encoded. What it tells becomes a TypeError or RangeError that names the argument. */
export class Mismatch extends Error {
  readonly #code: ArgumentErrorCode;
  readonly #steps: (number | string)[] = [];

  constructor(problem: string, code: ArgumentErrorCode = 'ERR_RUSTDLL_TYPE') {
    super(problem);
    this.#code = code;
  }

  /** Whether it has left the value it happened in. */
  get hasPath(): boolean {
    return this.#steps.length > 0;
  }

  /** The list or object that is being left is entered by `step`. */
  along(step: number | string): this {
    this.#steps.push(step);
    return this;
  }

  /** The error that the caller gets. */
  toError(callee: Callee, index: number): TypeError | RangeError {
    return argumentError(this.#code, `${placeOf(callee, index, this.#steps.toReversed())}: ${this.message}`);
  }
}

/** For a value of the wrong type. */
export function wrongType(expected: string, value: unknown): Mismatch {
  return new Mismatch(`expected ${expected}, got ${describe(value)}`);
}

/** For a value that does not fit. */
export function outOfRange(problem: string): Mismatch {
  return new Mismatch(problem, 'ERR_RUSTDLL_RANGE');
}

/** Adds a step to `error` if it is a mismatch; what a getter threw stays as it is. */
export function along(error: unknown, step: number | string): unknown {
  return error instanceof Mismatch ? error.along(step) : error;
}
