/**
 * Generates the source of functions of known types. It does the same as interpreted.ts, with the loop over the
 * parameters unrolled and the usual values of scalars stored in place. Each function has its own code, so the type
 * feedback of one does not slow another down.
 */

import { BLOCK_CALL_CODE, BLOCK_RESULT, BLOCK_SYMBOL, BLOCK_TEXT_COUNT, TEXT_UNITS, TEXTS } from '../crossing/block';
import { doorbell, TEXT_ADDRESSES } from '../crossing/doorbell';
import { Arena } from '../memory/arena';
import { type Code, code, identifier, join, specialize } from '../runtime/code';
import { UPPER } from '../types/bits';
import type { Scalar } from '../types/scalar';
import { dateResult, storeDate } from '../values/date';
import { packArgument, packExactly } from '../values/lent/pack';
import { adopt, objectWord } from '../values/object';
import { isShort, isSingle } from '../values/scalar-code';
import { addressResult, bigResult, needsMemory, readResult, storing } from '../values/slot';
import { encodeArgument, sealStream } from '../values/stream/argument';
import { failed, type PendingException, wrongArity } from './failure';
import { notRung } from './not-rung';
import type { CheckedFunction, Plan, Result } from './plan';
import { complete, ringPlainWith, ringWith, seal } from './steps';

/** The values that the generated source uses, by their names in it. */
const RUNTIME = {
  block: doorbell.i32,
  f32: doorbell.f32,
  f64: doorbell.f64,
  ring: doorbell.ring,
  ringPlain: doorbell.ringPlain,
  ringWith,
  ringPlainWith,
  Arena,
  packArgument,
  packExactly,
  encodeArgument,
  sealStream,
  seal,
  complete,
  storing,
  storeDate,
  dateResult,
  notRung,
  failed,
  readResult,
  bigResult,
  addressResult,
  adopt,
  objectWord,
  wrongArity,
  Error,
};

/**
 * Generates the function that performs a call.
 *
 * @param thrown - Edits the stack trace of an error that the function is about to throw, and returns the error.
 * @param callee - Returns the function at which stack traces begin.
 */
export function generate(
  plan: Plan,
  thrown: (error: unknown) => unknown,
  callee: () => (...args: never[]) => unknown,
): CheckedFunction {
  const raised = (failure: PendingException): unknown =>
    failure.frames === undefined ? failure.untraced() : thrown(failure.exception());
  const parts = { ...RUNTIME, plan, thrown, raised, callee };
  return specialize(parts, sourceOf(plan), plan.framed ? 'export' : 'declare', plan.target.name);
}

/** True if the result has no text and no object, and no callback is lent, whose handles would need a call by Node-API. */
function ringsPlain({ result, streams }: Plan): boolean {
  return !streams && (result.kind === 'none' || result.kind === 'scalar' || result.kind === 'date');
}

/** The variables of an argument and of its address. */
export const parameter = (index: number): Code => identifier(`p${index}`);
export const address = (index: number): Code => identifier(`a${index}`);

/** The variable of the class of an argument. */
const classOf = (index: number): Code => identifier(`c${index}`);

function sourceOf(plan: Plan): Code {
  const { slots, required } = plan;
  const parameters = slots.map((_, i) => parameter(i));
  const needArena = slots.flatMap((slot, i) => (needsMemory(slot) ? [{ slot, i }] : []));
  const withoutArena =
    needArena.length <= TEXTS && needArena.every(({ slot }) => slot.kind === 'lent' && slot.type.kind === 'str')
      ? directBody(
          plan,
          needArena.map(({ i }) => i),
        )
      : code``;
  const arity =
    required === slots.length
      ? code`arguments.length !== ${required}`
      : code`arguments.length < ${required} || arguments.length > ${slots.length}`;
  const body = needArena.length === 0 ? withoutArena : code`${[withoutArena, packedBody(plan)]}`;
  // A value may have code of the user's, so its JSON is made before anything else.
  const json = slots.flatMap((slot, i) =>
    slot.kind === 'lent' && slot.json !== undefined
      ? code` ${parameter(i)} = slots[${i}].json(target, ${i}, ${parameter(i)});`
      : [],
  );
  const checked = code`try {
    if (${arity}) throw wrongArity(plan, arguments.length);${json}
    ${body}
    } catch (error) { throw thrown(error); }`;
  // The exception for an `Err` or a panic is thrown outside of the block, since catching it and throwing it again would
  // take a tenth of the time that it takes altogether. The trace of an `Err` is captured here, as that takes longer with each
  // frame above the callee's.
  const statements = !plan.framed
    ? checked
    : code`let failure;
    call: ${checked}
    const error = raised(failure);
    if (failure.frames === undefined) Error.captureStackTrace(error, callee());
    throw error;`;
  const classes = slots.flatMap(({ kind }, i) =>
    kind === 'object' ? code`const ${classOf(i)} = slots[${i}].definition;` : [],
  );
  return code`${[prelude(), ...classes]}
  return function (${join(parameters, code`, `)}) {
    const i32 = block;
    ${statements}
  };`;
}

/**
 * Generates the statements before a function. V8 does not inline functions of more than some 400 bytes of bytecode, to which
 * each use of a variable from out here adds five. So what occurs often is a variable of the function's own, and all
 * that is rare is a call.
 */
export function prelude(): Code {
  return code`const { target, slots, result: resultPlan } = plan;
  const store = storing(target, slots);`;
}

/**
 * Generates a call whose arguments are scalars and short strings. It needs no arena, as the addon encodes the strings.
 */
function directBody(plan: Plan, texts: readonly number[]): Code {
  const addressOf = (index: number): Code => code`${TEXT_ADDRESSES[texts.indexOf(index)] as number}`;
  const call = (ring: Code): Code => code`${storesOf(plan, addressOf)}
    ${ring}
    ${checkOf(plan)}
    ${resultOf(plan.result)}
    return result;`;
  if (texts.length === 0) return call(code`const answer = ${ringsPlain(plan) ? code`ringPlain` : code`ring`}();`);
  const values = texts.map(parameter);
  const areShort = values.map((value) => code`typeof ${value} === 'string' && ${value}.length <= ${TEXT_UNITS}`);
  return code`if (${join(areShort, code` && `)}) {
    ${call(code`i32[${BLOCK_TEXT_COUNT >> 2}] = ${texts.length};
    const answer = ring(${join(values, code`, `)});`)}
    }`;
}

/** Generates a call whose arguments need memory. */
function packedBody(plan: Plan): Code {
  const packs = plan.slots.flatMap((slot, i) => {
    switch (slot.kind) {
      case 'scalar':
      case 'object':
      case 'date':
        return [];
      case 'stream':
        return code`encodeArgument(arena, ${i}, ${parameter(i)}, slots[${i}].encode);`;
      case 'lent':
        return slot.only === null
          ? code`const ${address(i)} = packArgument(arena, ${i}, ${parameter(i)}, slots[${i}].type);`
          : code`const ${address(i)} = packExactly(arena, ${i}, ${parameter(i)}, slots[${i}]);`;
    }
  });
  return code`const arena = Arena.enter(target);
    try {
    ${packs}
    seal(arena);
    ${plan.streams ? code`sealStream(arena, arguments, ${plan.slots.length});` : code``}
    ${storesOf(plan, address)}
    const answer = ${ringsPlain(plan) ? code`ringPlainWith` : code`ringWith`}(arena.texts, arena.textCount);
    ${checkOf(plan)}
    ${resultOf(plan.result)}
    complete(arena);
    return result;
    } finally { arena.leave(); }`;
}

/** Generates all stores into the block. `addressOf` returns an expression for the address of a lent argument. */
function storesOf({ slots, target, callCode }: Plan, addressOf: (index: number) => Code): Code {
  const stores = slots.flatMap((slot, i) => {
    if (slot.kind === 'stream') return [];
    if (slot.kind === 'scalar') return storeOf(slot.scalar, slot.offset, i, slot.packed);
    if (slot.kind === 'date') return code`storeDate(target, ${i}, ${parameter(i)}, ${slot.offset});`;
    const at = slot.offset >> 2;
    if (slot.kind === 'object') {
      return code`f64[${slot.offset >> 3}] = objectWord(target, ${i}, ${classOf(i)}, ${parameter(i)});`;
    }
    return code`i32[${at}] = ${addressOf(i)}; i32[${at + 1}] = ${addressOf(i)} * ${UPPER};`;
  });
  stores.push(code`i32[${BLOCK_SYMBOL >> 2}] = ${target.symbol}; i32[${BLOCK_CALL_CODE >> 2}] = ${callCode};`);
  return code`${stores}`;
}

/** Generates the statement that ends the call if it failed. */
function checkOf({ framed, result }: Plan): Code {
  if (!framed) return code`if (answer !== undefined) throw notRung(target, answer, arguments);`;
  // If the result has no text, the doorbell returns undefined unless the call failed, so one test suffices.
  const hasText = result.kind === 'text' || result.kind === 'decoded';
  const refused = hasText ? code`typeof answer === 'number'` : code`answer !== undefined`;
  return code`if (${refused} || i32[${BLOCK_RESULT >> 2}] !== 0) {
      failure = failed(plan, answer, arguments);
      break call;
    }`;
}

/**
 * Generates the store of a scalar: the usual values in place, all others, and those refused, through `store`.
 *
 * @param index - The argument.
 * @param slot - Its slot, which has another index if some take no argument.
 */
export function storeOf(scalar: Scalar, offset: number, index: number, packed: boolean, slot = index): Code {
  const value = parameter(index);
  const rest = code`store(${index}, ${slot}, ${value});`;
  if (packed) return rest;
  const at = offset >> 2;
  const either = (test: Code, lo: Code, hi: Code): Code =>
    code`if (${test}) { i32[${at}] = ${lo}; i32[${at + 1}] = ${hi}; } else ${rest}`;
  switch (scalar.kind) {
    case 'wide':
    case 'int': {
      return either(isShort(value, scalar), value, scalar.signed ? code`${value} >> 31` : code`0`);
    }
    case 'float':
      return scalar.size === 8
        ? code`if (typeof ${value} === 'number') f64[${offset >> 3}] = ${value}; else ${rest}`
        : code`if (${isSingle(value)}) f32[${at}] = ${value}; else ${rest}`;
    case 'bool':
      return either(code`typeof ${value} === 'boolean'`, code`${value} ? 1 : 0`, code`0`);
    case 'char':
      return rest;
  }
}

/** Generates the statement that declares `result`. */
export function resultOf(result: Result): Code {
  switch (result.kind) {
    case 'none':
      return code`const result = undefined;`;
    case 'object':
      return result.address
        ? code`const result = addressResult();`
        : code`const result = adopt(resultPlan.definition, addressResult());`;
    case 'date':
      return code`const result = dateResult(target);`;
    case 'text':
      return code`const result = answer === undefined ? '' : answer;`;
    case 'decoded':
      return code`const result = resultPlan.read(target, answer === undefined ? '' : answer);`;
  }
  const { scalar, offset, bigint, framed } = result;
  const lo = code`i32[${offset >> 2}]`;
  const hi = code`i32[${(offset >> 2) + 1}]`;
  const rest = code`readResult(target, resultPlan)`;
  switch (scalar.kind) {
    case 'float':
      return code`const result = ${framed && scalar.size === 4 ? code`f32[${offset >> 2}]` : code`f64[${offset >> 3}]`};`;
    case 'wide':
      if (bigint) return code`const result = bigResult(${offset}, ${scalar.signed});`;
      return scalar.signed
        ? code`const lo = ${lo}; const result = ${hi} === lo >> 31 ? lo : ${rest};`
        : code`const lo = ${lo}; const result = ${hi} === 0 && lo >= 0 ? lo : ${rest};`;
    case 'int': {
      const unused = 32 - 8 * scalar.size;
      return code`const result = ${lo} << ${unused} ${scalar.signed ? code`>>` : code`>>>`} ${unused};`;
    }
    default:
      return code`const result = ${rest};`;
  }
}
