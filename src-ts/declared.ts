/** Functions of the declare level: one signature, so the places and checks of its arguments are worked out once. */

import { BLOCK_RESULT, Placement } from './abi';
import { bankOf, type Target } from './call';
import { syntaxError } from './errors';
import { makeChecked } from './checked';
import type { CheckedFunction, Slot } from './plan';
import { SCALARS } from './scalars';
import type { Signature } from './types';

/** The function to call. It is named as in Rust and has as many parameters. */
export function makeDeclared(target: Target, signature: Signature, bigint: boolean): CheckedFunction {
  const placement = new Placement();
  const slots = signature.parameters.map(({ type }): Slot => {
    const scalar = type.kind === 'scalar' ? SCALARS[type.name] : null;
    const offset = placement.place(scalar?.kind === 'float', scalar?.size ?? 8);
    if (offset < 0) {
      throw syntaxError('ERR_RUSTDLL_DECLARATION', `${signature.text}: more parameters than a call can carry`);
    }
    if (type.kind === 'scalar') {
      return { kind: 'scalar', scalar: SCALARS[type.name], offset, packed: placement.packs(offset) };
    }
    return { kind: 'lent', type, offset, only: null };
  });
  const { result } = signature;
  return makeChecked({
    target,
    text: signature.text,
    required: slots.length,
    slots,
    code: placement.plan(bankOf(result)),
    framed: false,
    result:
      result === null
        ? { kind: 'none' }
        : { kind: 'scalar', scalar: SCALARS[result], offset: BLOCK_RESULT, bigint, framed: false },
  });
}
