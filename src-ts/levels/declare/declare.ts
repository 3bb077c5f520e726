/**
 * Makes functions of the declare level. The signature is known, so slots and checks are determined once, not in each
 * call.
 */

import type { BackgroundFunction } from '../../call/background/background';
import { makeChecked, type Outline } from '../../call/function';
import type { CheckedFunction, Plan, Target } from '../../call/plan';
import { BLOCK_RESULT } from '../../crossing/block';
import { Placement, ResultBank } from '../../crossing/convention';
import { syntaxError } from '../../errors/errors';
import { type ScalarName, SCALARS } from '../../types/scalar';
import type { Signature } from '../../types/signature';
import type { Slot } from '../../values/slot';

/** Returns the kind of register in which a result is returned. */
export function bankOf(result: ScalarName | null): ResultBank {
  if (result === 'f64') return ResultBank.F64;
  return result === 'f32' ? ResultBank.F32 : ResultBank.Int;
}

/**
 * Makes the functions to call, in the order of their declarations. Each has the name and the number of parameters that
 * it has in Rust.
 *
 * @param library - The name of their library's file.
 */
export function makeDeclared(
  declarations: readonly (readonly [Target, Signature])[],
  bigint: boolean,
  library: string,
): CheckedFunction[] {
  const outlines = declarations.map(([target, signature]) => outlineOf(target, signature, bigint));
  return makeChecked(outlines, library);
}

function outlineOf(target: Target, signature: Signature, bigint: boolean): Outline {
  const plan = planOf(target, signature, bigint);
  const { length } = plan.slots;
  return { name: target.name, required: length, most: length, plan: () => plan };
}

/** Makes the background form of a declared function. */
export function makeDeclaredBackground(target: Target, signature: Signature, bigint: boolean): BackgroundFunction {
  const { makeBackground } =
    require('../../call/background/background') as typeof import('../../call/background/background');
  return makeBackground(outlineOf(target, signature, bigint));
}

function planOf(target: Target, signature: Signature, bigint: boolean): Plan {
  const placement = new Placement();
  const slots = signature.parameters.map(({ type }): Slot => {
    const scalar = type.kind === 'scalar' ? SCALARS[type.name] : null;
    const offset = placement.assign(scalar?.kind === 'float', scalar?.size ?? 8);
    if (offset < 0) {
      throw syntaxError('ERR_RUSTDLL_DECLARATION', `${signature.text}: more parameters than a call can carry`);
    }
    if (type.kind === 'scalar') {
      return { kind: 'scalar', scalar: SCALARS[type.name], offset, packed: placement.packs(offset) };
    }
    return { kind: 'lent', type, offset, only: null };
  });
  const { result } = signature;
  return {
    target,
    text: () => signature.text,
    required: slots.length,
    slots,
    streams: false,
    callCode: placement.callCode(bankOf(result)),
    framed: false,
    result:
      result === null
        ? { kind: 'none' }
        : { kind: 'scalar', scalar: SCALARS[result], offset: BLOCK_RESULT, bigint, framed: false },
  };
}
