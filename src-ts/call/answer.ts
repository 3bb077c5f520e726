/** What a call gave, read out of the block. */

import { readResult } from '../values/slot';
import type { Result, Target } from './plan';

/**
 * The result of a call that went well.
 *
 * @param text - The text that it gave, if any.
 */
export function readAnswer(target: Target, result: Result, text: string | undefined): unknown {
  switch (result.kind) {
    case 'none':
      return undefined;
    case 'scalar':
      return readResult(target, result);
    case 'text':
      return text ?? '';
    case 'decoded':
      return result.read(target, text ?? '');
  }
}
