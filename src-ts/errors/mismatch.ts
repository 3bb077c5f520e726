/**
 * The error for a value inside an argument. As it propagates, each list and object around the value adds a step to its
 * path.
 */

import { append } from '../runtime/list';
import { type ArgumentErrorCode, argumentError } from './errors';
import { type Callee, describe, pathText, placeOf } from './words';

/** An error while an argument is encoded. It becomes a TypeError or RangeError that names the argument. */
export class Mismatch extends Error {
  readonly #code: ArgumentErrorCode;
  /** What was expected in the place of a value of a wrong type. */
  readonly expected: string | undefined;
  readonly #steps: (number | string)[] = [];

  constructor(problem: string, code: ArgumentErrorCode = 'ERR_RUSTDLL_TYPE', expected?: string) {
    super(problem);
    this.#code = code;
    this.expected = expected;
  }

  get code(): ArgumentErrorCode {
    return this.#code;
  }

  /** True if the error has propagated out of the value in which it occurred. */
  get hasPath(): boolean {
    return this.#steps.length > 0;
  }

  /** The path, as messages have it. */
  get path(): string {
    return pathText(this.#steps.toReversed());
  }

  /** Adds a step to the path: the index or name of the value in the list or object around it. */
  along(step: number | string): this {
    append(this.#steps, step);
    return this;
  }

  /** Makes the error that the caller gets. */
  toError(callee: Callee, index: number): TypeError | RangeError {
    return argumentError(this.#code, `${placeOf(callee, index, this.#steps.toReversed())}: ${this.message}`);
  }
}

/** Makes the error for what a callback has returned, which is the argument with this index. */
export function returned(error: unknown, callee: Callee, index: number): unknown {
  if (!(error instanceof Mismatch)) return error;
  const made = error.toError(callee, index);
  const { length } = callee.name;
  made.message = `${callee.name}: the result of ${made.message.slice(length + 2)}`;
  return made;
}

/** Makes the error for a value of the wrong type. */
export function wrongType(expected: string, value: unknown): Mismatch {
  return new Mismatch(`expected ${expected}, got ${describe(value)}`, 'ERR_RUSTDLL_TYPE', expected);
}

/** Makes the error for a value that is out of range. */
export function outOfRange(problem: string): Mismatch {
  return new Mismatch(problem, 'ERR_RUSTDLL_RANGE');
}

/** Adds a step to `error` if it is a mismatch. An error that a getter threw stays as it is. */
export function along(error: unknown, step: number | string): unknown {
  return error instanceof Mismatch ? error.along(step) : error;
}
