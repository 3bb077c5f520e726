import { RustDLLError } from '../../errors/errors';
import { PendingException } from '../failure';
import type { Target } from '../plan';
import { type AbortSignalLike, reasonOf } from './signal';

/**
 * Submits a call and waits for what becomes of it. An `Err` or a panic is made an exception here and not where its call is
 * completed: of an error that an async function throws, engines find the functions that wait for it.
 *
 * @param submit - Submits the call. What it throws is what the promise rejects with.
 */
export async function settled(
  target: Target,
  signal: AbortSignalLike | null,
  submit: (resolve: (value: unknown) => void, reject: (error: unknown) => void) => void,
): Promise<unknown> {
  refuseBeyondLimit(target);
  if (signal?.aborted === true) throw reasonOf(signal);
  const value = await new Promise(submit);
  if (value instanceof PendingException) throw value.complete(new value.type(value.message, value.options));
  return value;
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
