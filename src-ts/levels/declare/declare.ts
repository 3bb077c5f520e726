/**
 * Makes functions of the declare level. The signature is known, so slots and checks are determined once, not in each
 * call.
 */

import type { BackgroundFunction } from '../../call/background/background';
import { makeChecked, type Outline } from '../../call/function';
import type { CheckedFunction, Plan, Target } from '../../call/plan';
import { BLOCK_RESULT } from '../../crossing/block';
import { Placement } from '../../crossing/convention';
import { isCType, takesArgument } from '../../types/c';
import { type ScalarName, SCALARS } from '../../types/scalar';
import type { Parameter, Signature } from '../../types/signature';
import type { Slot } from '../../values/slot';
import type { DeclaredText } from './c';
import { bankOf, place } from './registers';

/**
 * Makes the functions to call, in the order of their declarations. Each has the name and the number of parameters that
 * it has in Rust.
 *
 * @param library - The name of their library's file.
 */
export function makeDeclared(
  declarations: readonly (readonly [Target, Signature])[],
  text: DeclaredText,
  library: string,
): CheckedFunction[] {
  const outlines = declarations.map(([target, signature]) => {
    if (!needsC(signature, text)) return outlineOf(target, signature, text.bigint);
    const { outlineOfC } = require('./c') as typeof import('./c');
    return outlineOfC(target, signature, text);
  });
  return makeChecked(outlines, library);
}

/** True if a function takes a callback, which its library may keep, and call in any other function of the text. */
export function takesCallback({ parameters }: Signature): boolean {
  return parameters.some(({ type }) => type.kind === 'function');
}

/** True if a signature has what only C's functions have. */
function isC({ parameters, result }: Signature): boolean {
  const isPlain = ({ type, lengthOf }: Parameter): boolean => !isCType(type) && lengthOf === undefined;
  return !parameters.every(isPlain) || (typeof result === 'object' && result !== null);
}

/** True if a function is called as those of C are: it has what only they have, or may call a callback of another one. */
function needsC(signature: Signature, { callsBack }: DeclaredText): boolean {
  return callsBack || isC(signature);
}

/** Returns the parameters for which a call has arguments. */
export function argumentsOf(signature: Signature): readonly Parameter[] {
  const { parameters } = signature;
  return isC(signature) ? parameters.filter(takesArgument) : parameters;
}

function outlineOf(target: Target, signature: Signature, bigint: boolean): Outline {
  const plan = planOf(target, signature, bigint);
  const { length } = plan.slots;
  return { name: target.name, required: length, most: length, plan: () => plan };
}

/** Makes the background form of a declared function. */
export function makeDeclaredBackground(target: Target, signature: Signature, text: DeclaredText): BackgroundFunction {
  const { makeBackground, makeBackgroundC } =
    require('../../call/background/background') as typeof import('../../call/background/background');
  if (!needsC(signature, text)) return makeBackground(outlineOf(target, signature, text.bigint));
  const { planOfC } = require('./c') as typeof import('./c');
  return makeBackgroundC(planOfC(target, signature, text));
}

function planOf(target: Target, signature: Signature, bigint: boolean): Plan {
  const placement = new Placement();
  const slots = signature.parameters.map(({ type }): Slot => {
    if (isCType(type)) throw new Error('a C function has a plan of its own');
    const offset = place(placement, type, signature);
    if (type.kind === 'scalar') {
      return { kind: 'scalar', scalar: SCALARS[type.name], offset, packed: placement.packs(offset) };
    }
    return { kind: 'lent', type, offset, only: null };
  });
  const result = signature.result as ScalarName | null;
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
