/** The error for a value inside an argument: each list and object that it leaves adds a step to its path. */

import { append } from '../runtime/list';
import { type ArgumentErrorCode, argumentError } from './errors';
import { type Callee, describe, placeOf } from './words';

/** An error while an argument is encoded. It becomes a TypeError or RangeError that names the argument. */
export class Mismatch extends Error {
  readonly #code: ArgumentErrorCode;
  readonly #steps: (number | string)[] = [];

  constructor(problem: string, code: ArgumentErrorCode = 'ERR_RUSTDLL_TYPE') {
    super(problem);
    this.#code = code;
  }

  /** True if the error has left the value in which it happened. */
  get hasPath(): boolean {
    return this.#steps.length > 0;
  }

  /** Adds a step: the index or name by which the list or object that the error leaves holds the value. */
  along(step: number | string): this {
    append(this.#steps, step);
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

/** Adds a step to `error` if it is a mismatch. An error that a getter threw stays as it is. */
export function along(error: unknown, step: number | string): unknown {
  return error instanceof Mismatch ? error.along(step) : error;
}
