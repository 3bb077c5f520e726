/** Functions of JavaScript as arguments of C functions. */

import { Mismatch, wrongType } from '../../errors/mismatch';
import { type Callee, describe } from '../../errors/words';
import type { FunctionType } from '../../types/c';
import type { CArgument } from './argument';
import type { CCall } from './call';
import { boundTo, type CallbackCode } from './callback';
import { refuseNull } from './handle';
import { keptThunk } from './kept';
import { bind } from './thunk';

/** Makes the kind of a parameter that is a function. It is lent for the call, unless it is a kept callback. */
export function functionArgument(type: FunctionType, code: CallbackCode, callee: Callee, argument: number): CArgument {
  return {
    pack(call: CCall, index, value) {
      if ((value === null || value === undefined) && type.nullable) return;
      if (value === null || value === undefined) throw refuseNull(type, 'a function', value);
      if (call.arena.isApart) {
        throw new Mismatch(
          `expected null, got ${describe(value)}: no function of JavaScript can be called on the thread of a call in the background; make the call without \`async\`, or in a Worker`,
        );
      }
      if (typeof value === 'function') {
        const thunk = bind(code.kind, boundTo(value as () => unknown, code, { callee, argument }));
        call.lend(thunk);
        call.addresses[index] = thunk.address;
        return;
      }
      const kept = keptThunk(value, code, { callee, argument });
      if (kept === null) throw wrongType('a function', value);
      call.addresses[index] = kept.address;
    },
  };
}
