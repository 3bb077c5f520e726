/** Makes declared functions with a signature that only C's functions have. */

import { type CAnswer, type CPlan, type CSlot, makeC } from '../../call/c';
import type { CheckedFunction, Target } from '../../call/plan';
import { BLOCK_RESULT } from '../../crossing/block';
import { Placement, ResultBank } from '../../crossing/convention';
import { syntaxError } from '../../errors/errors';
import { type FieldType, takesArgument } from '../../types/c';
import { SCALARS } from '../../types/scalar';
import type { Parameter, Signature, StaticSignature } from '../../types/signature';
import { pointerArgument } from '../../values/c/argument';
import { callbackCode } from '../../values/c/callback';
import { functionArgument } from '../../values/c/function';
import { KeptCallback } from '../../values/c/kept';
import { pointerReader } from '../../values/c/result';
import { staticProperty } from '../../values/c/static';
import { bankOf, place } from './registers';

/** Returns the function of a name, of the library of the declaration. */
export type FindFree = (name: string) => Target;

/**
 * Makes the function to call.
 *
 * @param find - Finds the functions that free what comes out.
 * @param callsBack - True if the text has callbacks, which the library may call in any of its functions.
 */
export function makeDeclaredC(
  target: Target,
  signature: Signature,
  bigint: boolean,
  find: FindFree,
  callsBack: boolean,
): CheckedFunction {
  return makeC({ ...planOf(target, signature, bigint, find), callsBack });
}

function planOf(target: Target, signature: Signature, bigint: boolean, find: FindFree): Omit<CPlan, 'callsBack'> {
  const { parameters, result, free } = signature;
  const placement = new Placement();
  let taken = 0;
  const slots = parameters.map((parameter, index): CSlot => {
    const { name, type } = parameter;
    const offset = place(placement, type, signature);
    const argument = takesArgument(parameter) ? taken++ : -1;
    const at = { name, offset, argument };
    if (type.kind === 'pointer') {
      const value = pointerArgument(type, parameter, bigint);
      return { ...at, kind: 'pointer', value, free: parameter.free === undefined ? null : find(parameter.free) };
    }
    if (type.kind === 'function') {
      const fail = (problem: string): never => {
        throw syntaxError('ERR_RUSTDLL_DECLARATION', `${signature.text}: ${problem}`);
      };
      const code = callbackCode(type, bigint, fail);
      return { ...at, kind: 'pointer', value: functionArgument(type, code, target, argument), free: null };
    }
    if (type.kind !== 'scalar') return { ...at, kind: 'lent', type };
    const scalar = SCALARS[type.name];
    const packed = placement.packs(offset);
    if (parameter.lengthOf === undefined) {
      return { ...at, kind: 'scalar', scalar, packed, limitedBy: limitOf(parameters, index) };
    }
    const of = parameter.lengthOf.map((wanted) => parameters.findIndex((other) => other.name === wanted));
    return { ...at, kind: 'length', scalar, packed, of };
  });
  const bank = typeof result === 'object' ? ResultBank.Int : bankOf(result);
  return { target, text: signature.text, slots, callCode: placement.callCode(bank), result: answerOf() };

  function answerOf(): CAnswer {
    if (result === null) return { kind: 'none' };
    if (typeof result === 'string') {
      return { kind: 'scalar', scalar: SCALARS[result], offset: BLOCK_RESULT, bigint, framed: false };
    }
    return { kind: 'pointer', read: pointerReader(result, bigint), free: free === undefined ? null : find(free) };
  }
}

/**
 * Returns the pointer whose number of elements limits the `usize` behind it, as in `(data: *const u8, len: usize)`; -1 if
 * there is none.
 */
function limitOf(parameters: readonly Parameter[], index: number): number {
  const before = parameters[index - 1];
  const { type } = parameters[index] as Parameter;
  if (type.kind !== 'scalar' || type.name !== 'usize' || before?.type.kind !== 'pointer') return -1;
  const { to } = before.type;
  const isData = to.kind === 'scalar' || to.kind === 'void' || (to.kind === 'char' && before.type.mutable);
  return isData && before.passing === undefined ? index - 1 : -1;
}

/**
 * Defines statics as properties of an object.
 *
 * @param addressOf - Returns the address of a static by its name; throws if the library has none, or is closed.
 */
export function defineStatics(
  object: object,
  statics: readonly StaticSignature[],
  bigint: boolean,
  addressOf: (name: string) => number,
): void {
  for (const signature of statics) {
    const { name } = signature;
    if (signature.mutable && holdsText(signature.type)) {
      throw syntaxError(
        'ERR_RUSTDLL_DECLARATION',
        `static mut ${name}: a text that is stored in a static would not be there after the call; declare it without mut`,
      );
    }
    // It is looked for at once, so that a wrong name is an error of `declare`.
    addressOf(name);
    Object.defineProperty(
      object,
      name,
      staticProperty(signature, bigint, () => addressOf(name)),
    );
  }
}

/** True if a value has texts, whose memory belongs to one call. */
function holdsText(type: FieldType): boolean {
  switch (type.kind) {
    case 'pointer':
      return type.to.kind === 'char';
    case 'array':
      return holdsText(type.element);
    case 'struct':
      return type.fields.some((field) => holdsText(field.type));
    default:
      return false;
  }
}

/** Makes a callback that a library may keep. */
export function makeKept(call: unknown): KeptCallback {
  return new KeptCallback(call);
}
