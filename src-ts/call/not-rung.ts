/** Makes the error for a call that was not made. */

import { RingStatus } from '../crossing/node-api/native';
import { RustDLLError } from '../errors/errors';
import { placeOf } from '../errors/words';
import { surrogateError } from '../values/lent/text';
import type { Target } from './plan';

/**
 * Makes the error.
 *
 * @param answer - The status that the doorbell returned. Framed functions may return text, but that is handled before.
 * @param args - The arguments of the call.
 */
export function notRung(target: Target, answer: string | RingStatus, args: ArrayLike<unknown>): Error {
  if (answer === RingStatus.NoSymbol) {
    return new RustDLLError('ERR_RUSTDLL_CLOSED', `${target.name}: the library ${target.path} was closed`);
  }
  if (answer === RingStatus.LoneSurrogate) {
    const index = Array.from(args).findIndex((value) => typeof value === 'string' && !value.isWellFormed());
    return surrogateError(placeOf(target, index), args[index] as string);
  }
  return new RustDLLError('ERR_RUSTDLL_ABI', `${target.name}: the addon refused the call (status ${answer})`);
}
