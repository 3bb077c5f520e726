/** Makes declared functions with a signature that only C's functions have. */

import { type CAnswer, callC, type CPlan, type CSlot, takesOf } from '../../call/c';
import type { OtherOutline } from '../../call/function';
import type { Target } from '../../call/plan';
import { BLOCK_RESULT, STACK_WORDS } from '../../crossing/block';
import { Placement, ResultBank } from '../../crossing/convention';
import { type Part, placeStructure, returningOf } from '../../crossing/structure';
import { syntaxError } from '../../errors/errors';
import { holdsText, type StructType, takesArgument } from '../../types/c';
import { SCALARS } from '../../types/scalar';
import type { Parameter, Signature, StaticSignature } from '../../types/signature';
import { isTexts, pointerArgument } from '../../values/c/argument';
import { copyArgument, memoryForResult, partsArgument, structureOf } from '../../values/c/by-value';
import { callbackCode } from '../../values/c/callback';
import { type Cell, cellOf } from '../../values/c/cell';
import { functionArgument } from '../../values/c/function';
import { KeptCallback } from '../../values/c/kept';
import { directReader, pointerReader } from '../../values/c/result';
import { staticProperty } from '../../values/c/static';
import { bankOf, place } from './registers';

/** What the functions that are declared in one text have in common. */
export interface DeclaredText {
  /** True if 64-bit integers become bigints. */
  readonly bigint: boolean;
  /** Finds another function of the library, such as one that frees what comes out. */
  readonly find: (name: string) => Target;
  /** True if the text has callbacks, which the library may call in any of its functions. */
  readonly callsBack: boolean;
}

/** Returns the outline of the function to call. */
export function outlineOfC(target: Target, signature: Signature, text: DeclaredText): OtherOutline {
  const plan = planOfC(target, signature, text);
  const takes = takesOf(plan);
  return {
    name: target.name,
    required: takes,
    most: takes,
    generate: (thrown) => {
      const { generateC } = require('../../call/c-generated') as typeof import('../../call/c-generated');
      return generateC(plan, thrown);
    },
    interpret: (args) => callC(plan, args),
  };
}

/** A structure that is the result. `memory` is the slot of its address; null if it is in parts. */
interface StructureResult {
  readonly type: StructType;
  readonly cell: Cell;
  readonly bank: ResultBank;
  readonly memory: CSlot | null;
  readonly parts: readonly Part[];
}

/** Returns the plan of a function. */
export function planOfC(target: Target, signature: Signature, { bigint, find, callsBack }: DeclaredText): CPlan {
  const { parameters, result, free } = signature;
  const placement = new Placement();
  const returned = typeof result === 'object' && result?.kind === 'struct' ? structureResult(result) : null;
  let taken = 0;
  const slots = parameters.map((parameter, index): CSlot => {
    const { name, type } = parameter;
    if (type.kind === 'struct') return structureSlot(name, type, taken++);
    const offset = place(placement, type, signature);
    const argument = takesArgument(parameter) ? taken++ : -1;
    const at = { name, offset, argument };
    if (type.kind === 'pointer') {
      const value = pointerArgument(type, parameter, bigint);
      return { ...at, kind: 'pointer', value, free: parameter.free === undefined ? null : find(parameter.free) };
    }
    if (type.kind === 'function') {
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
  if (returned?.memory != null) slots.push(returned.memory);
  const bank = returned !== null ? returned.bank : bankOf(typeof result === 'object' ? null : result);
  const { text } = signature;
  return { target, text, slots, callCode: placement.callCode(bank), result: answerOf(), callsBack };

  function fail(problem: string): never {
    throw syntaxError('ERR_RUSTDLL_DECLARATION', `${signature.text}: ${problem}`);
  }

  function structureSlot(name: string, type: StructType, argument: number): CSlot {
    const passing = placeStructure(placement, structureOf(type, fail));
    if (passing === null) {
      return fail(
        `${name}: a ${type.name} by value does not fit the registers and the stack that a call can fill; only a pointer to it can be passed`,
      );
    }
    const cell = cellOf(type, bigint);
    if ('address' in passing) {
      const value = copyArgument(cell);
      return { name, offset: passing.address, argument, kind: 'pointer', value, free: null };
    }
    return { name, offset: 0, argument, kind: 'structure', type, value: partsArgument(cell), parts: passing.parts };
  }

  /** Reserves the register for the address of a result in memory, which precedes all parameters. */
  function structureResult(type: StructType): StructureResult {
    const returning = returningOf(structureOf(type, fail));
    if (returning === null) {
      return fail(
        `a ${type.name} cannot be the result, as it has more than the ${8 * STACK_WORDS} bytes for which a call has memory; have the function write it behind a pointer`,
      );
    }
    const cell = cellOf(type, bigint);
    if (returning.kind === 'parts') return { type, cell, bank: returning.bank, memory: null, parts: returning.parts };
    const offset = placement.assign(false, 8);
    const memory: CSlot = { name: '', offset, argument: -1, kind: 'pointer', value: memoryForResult(cell), free: null };
    return { type, cell, bank: ResultBank.Int, memory, parts: [] };
  }

  function answerOf(): CAnswer {
    if (returned !== null) {
      const { type, cell, memory, parts } = returned;
      return { kind: 'structure', type, cell, bigint, memory: memory === null ? -1 : slots.length - 1, parts };
    }
    if (typeof result === 'object' && result?.kind === 'struct') throw new Error('a structure is returned as one');
    if (result === null) return { kind: 'none' };
    if (typeof result === 'string') {
      return { kind: 'scalar', scalar: SCALARS[result], offset: BLOCK_RESULT, bigint, framed: false };
    }
    return {
      kind: 'pointer',
      read: pointerReader(result, bigint),
      readDirectly: directReader(result),
      isText: result.to.kind === 'char',
      free: free === undefined ? null : find(free),
    };
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
  const isData =
    isTexts(before.type) || to.kind === 'scalar' || to.kind === 'void' || (to.kind === 'char' && before.type.mutable);
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

/** Makes a callback that a library may keep. */
export function makeKept(call: unknown): KeptCallback {
  return new KeptCallback(call);
}
