/** Reads the result of a call out of the block. */

import { dateResult } from '../values/date';
import { adopt } from '../values/object';
import { addressResult, readResult } from '../values/slot';
import type { Result, Target } from './plan';

/**
 * Reads the result of a call that succeeded.
 *
 * @param text - The text that the doorbell returned, if any.
 */
export function readAnswer(target: Target, result: Result, text: string | undefined): unknown {
  switch (result.kind) {
    case 'none':
      return undefined;
    case 'scalar':
      return readResult(target, result);
    case 'date':
      return dateResult(target);
    case 'object':
      return result.address ? addressResult() : adopt(result.definition, addressResult());
    case 'text':
      return text ?? '';
    case 'decoded':
      return result.read(target, text ?? '');
  }
}
