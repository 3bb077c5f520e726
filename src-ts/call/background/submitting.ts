import { RustDLLError } from '../../errors/errors';
import { thrownBy } from '../../errors/trace';
import { PendingException } from '../failure';
import type { Target } from '../plan';
import { type AbortSignalLike, reasonOf } from './signal';

/** A function that runs on another thread. */
export type BackgroundFunction = (...args: unknown[]) => Promise<unknown>;

type Submit = (resolve: (value: unknown) => void, reject: (error: unknown) => void) => void;

/** A call whose arguments have been looked at. */
export interface Prepared {
  readonly signal: AbortSignalLike | null;
  /** Submits the call. What it throws is what the promise rejects with. */
  readonly submit: Submit;
}

/** Makes a function whose calls `prepare` prepares, given their arguments. The function never throws, but rejects. */
export function submitting(target: Target, prepare: (args: unknown[]) => Prepared): BackgroundFunction {
  const call: BackgroundFunction = async (...args) => {
    let prepared: Prepared;
    try {
      prepared = prepare(args);
      refuseBeyondLimit(target);
      const { signal } = prepared;
      if (signal?.aborted === true) throw reasonOf(signal);
    } catch (error) {
      throw thrownBy(call, error);
    }
    // Not awaited here: that would be one more function that waits for an error.
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
 * Submits a call and waits for what becomes of it. An `Err` or a panic is made an exception here and not where its call is
 * completed: of an error that an async function throws, engines find the functions that wait for it.
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

/** @throws RustDLLError `ERR_RUSTDLL_FULL` when the library may have no more calls under way. */
function refuseBeyondLimit({ name, path, backlog }: Target): void {
  const { count, limit } = backlog;
  if (count < limit) return;
  throw new RustDLLError(
    'ERR_RUSTDLL_FULL',
    `${name}: ${count === 1 ? '1 call' : `${count} calls`} of the library ${path} ${count === 1 ? 'is' : 'are'} under way, and it may have no more`,
  );
}
