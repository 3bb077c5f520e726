/** Checks of errors. */

import type { ArgumentErrorCode, LibraryErrorCode } from '../../src-ts/errors/errors';

type Code = ArgumentErrorCode | LibraryErrorCode;

/** Returns the error that `run` throws. */
export function thrownBy(run: () => unknown): Error & { code?: string } {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

/** Checks that `run` throws this class of error with this code, and a message that matches or contains `message`. */
export function expectError(
  run: () => unknown,
  kind: new (...args: never[]) => Error,
  code: Code,
  message: string | RegExp,
): void {
  const error = thrownBy(run);
  expect({ kind: error.constructor.name, code: error.code, message: error.message }).toEqual({
    kind: kind.name,
    code,
    message: typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message),
  });
}

/** {@link expectError} for a `TypeError`. */
export function expectTypeError(run: () => unknown, message: string | RegExp, code: Code = 'ERR_RUSTDLL_TYPE'): void {
  expectError(run, TypeError, code, message);
}

/** {@link expectError} for a `RangeError`. */
export function expectRangeError(run: () => unknown, message: string | RegExp, code: Code = 'ERR_RUSTDLL_RANGE'): void {
  expectError(run, RangeError, code, message);
}
