import { RustDLLError } from '../../errors/errors';
import { thrownBy } from '../../errors/trace';
import { PendingException } from '../failure';
import type { Target } from '../plan';
import type { Wishes } from './options';
import { reasonOf } from './signal';

/** A function that runs on another thread. */
export type BackgroundFunction = (...args: unknown[]) => Promise<unknown>;

type Submit = (resolve: (value: unknown) => void, reject: (error: unknown) => void) => void;

/** A call whose arguments have been checked. */
export interface Prepared {
  readonly target: Target;
  readonly wishes: Wishes;
  /** Submits the call. The promise rejects with any error that this throws. */
  readonly submit: Submit;
}

/** Makes a function that passes its arguments to `prepare` and submits the call. Errors reject its promise. */
export function submitting(prepare: (args: unknown[]) => Prepared): BackgroundFunction {
  // Not an async function, which would make one more promise for each call.
  const call: BackgroundFunction = (...args) => {
    let prepared: Prepared;
    try {
      prepared = prepare(args);
      refuseBeyondLimit(prepared.target);
      const { signal } = prepared.wishes;
      if (signal?.aborted === true) throw reasonOf(signal);
    } catch (error) {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a signal's reason may be anything
      return Promise.reject(thrownBy(call, error));
    }
    return settled((resolve, reject) => {
      try {
        prepared.submit(resolve, reject);
      } catch (error) {
        reject(thrownBy(call, error));
      }
    });
  };
  return call;
}

/**
 * Submits a call and waits for it to complete. The exception for an `Err` or a panic is made here and not where the
 * call is completed: the stack trace of an error thrown in an async function includes the async functions that await
 * it.
 */
async function settled(submit: Submit): Promise<unknown> {
  let value: unknown;
  try {
    value = await new Promise(submit);
  } catch (error) {
    throw thrownBy(settled, error);
  }
  if (!(value instanceof PendingException)) return value;
  throw thrownBy(settled, value.complete(new value.type(value.message, value.options)));
}

/** @throws RustDLLError `ERR_RUSTDLL_FULL` if the library has reached its limit of calls under way. */
function refuseBeyondLimit({ name, path, backlog }: Target): void {
  const { count, limit } = backlog;
  if (count < limit) return;
  throw new RustDLLError(
    'ERR_RUSTDLL_FULL',
    `${name}: ${count === 1 ? '1 call' : `${count} calls`} of the library ${path} ${count === 1 ? 'is' : 'are'} under way, and it may have no more`,
  );
}
