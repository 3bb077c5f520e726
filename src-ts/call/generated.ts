/**
 * Functions whose types are known as generated source: what interpret.ts does, with the loop over the parameters unrolled
 * and the usual value of each scalar stored in place. Each function has code of its own, so one function's types do not
 * slow another's call.
 *
 * The text consists of this file's fragments and numbers; nothing of the user's gets into it.
 */

import { BLOCK_CALL_CODE, BLOCK_RESULT, BLOCK_SYMBOL, BLOCK_TEXT_COUNT, TEXT_UNITS, TEXTS } from '../crossing/block';
import { doorbell, TEXT_ADDRESSES } from '../crossing/doorbell';
import { Arena } from '../memory/arena';
import { specialize } from '../runtime/code';
import { UPPER } from '../types/bits';
import type { Scalar } from '../types/scalar';
import { packArgument, packExactly } from '../values/lent/pack';
import { bigResult, readResult, storeScalar } from '../values/slot';
import { encodeArgument, sealStream } from '../values/stream/argument';
import { failed, notRung, wrongArity } from './failure';
import type { CheckedFunction, Plan, Result } from './plan';
import { complete, ringTexts, seal } from './steps';

/** What the generated source calls, by the names it uses. */
const RUNTIME = {
  i32: doorbell.i32,
  f32: doorbell.f32,
  f64: doorbell.f64,
  ring: doorbell.ringFramed,
  ringTexts,
  Arena,
  packArgument,
  packExactly,
  encodeArgument,
  sealStream,
  seal,
  complete,
  storeScalar,
  notRung,
  failed,
  readResult,
  bigResult,
  wrongArity,
};

export function generate(plan: Plan): CheckedFunction {
  return specialize({ ...RUNTIME, plan }, sourceOf(plan));
}

function sourceOf(plan: Plan): string {
  const { slots, required } = plan;
  const parameters = slots.map((_, i) => `p${i}`).join(', ');
  const needArena = slots.flatMap((slot, i) => (slot.kind === 'scalar' ? [] : [{ slot, i }]));
  const withoutArena =
    needArena.length <= TEXTS && needArena.every(({ slot }) => slot.kind === 'lent' && slot.type.kind === 'str')
      ? ringOf(
          plan,
          needArena.map(({ i }) => i),
        )
      : '';
  const tooFew = required === slots.length ? '' : `arguments.length < ${required} || `;
  const arity = tooFew === '' ? `arguments.length !== ${slots.length}` : `${tooFew}arguments.length > ${slots.length}`;
  return `const { target, slots, result: resultPlan } = plan;
  return function (${parameters}) {
    if (${arity}) throw wrongArity(plan, arguments.length);
    ${needArena.length === 0 ? withoutArena : `${withoutArena}\n${packedBody(plan)}`}
  };`;
}

/** The call of a function whose arguments are scalars and short strings: the crossing encodes those, no arena needed. */
function ringOf(plan: Plan, texts: readonly number[]): string {
  const call = (ring: string): string => `${storesOf(plan, (i) => `${TEXT_ADDRESSES[texts.indexOf(i)]}`)}
    ${ring}
    ${checkOf(plan)}
    ${resultOf(plan.result)}
    return result;`;
  if (texts.length === 0) return call('const answer = ring();');
  const values = texts.map((i) => `p${i}`).join(', ');
  const allShort = texts.map((i) => `typeof p${i} === 'string' && p${i}.length <= ${TEXT_UNITS}`).join(' && ');
  return `if (${allShort}) {
    ${call(`i32[${BLOCK_TEXT_COUNT >> 2}] = ${texts.length};
    const answer = ring(${values});`)}
    }`;
}

/** The call of a function whose arguments need memory. */
function packedBody(plan: Plan): string {
  const packs = plan.slots.map((slot, i) => {
    switch (slot.kind) {
      case 'scalar':
        return '';
      case 'stream':
        return `encodeArgument(arena, ${i}, p${i}, slots[${i}].encode);`;
      case 'lent':
        return slot.only === null
          ? `const a${i} = packArgument(arena, ${i}, p${i}, slots[${i}].type);`
          : `const a${i} = packExactly(arena, ${i}, p${i}, slots[${i}]);`;
    }
  });
  const streams = plan.slots.some((slot) => slot.kind === 'stream');
  return `const arena = Arena.enter(target);
    try {
    ${packs.join('\n    ')}
    seal(arena);
    ${streams ? 'sealStream(arena, arguments);' : ''}
    ${storesOf(plan, (i) => `a${i}`)}
    const answer = ringTexts(arena.texts, arena.textCount);
    ${checkOf(plan)}
    ${resultOf(plan.result)}
    complete(arena);
    return result;
    } finally { arena.leave(); }`;
}

/** Everything that goes into the block. `addressOf` gives an expression for what an argument points to. */
function storesOf({ slots, target, callCode }: Plan, addressOf: (index: number) => string): string {
  const stores = slots.map((slot, i) => {
    if (slot.kind === 'stream') return '';
    if (slot.kind === 'scalar') return storeOf(slot.scalar, slot.offset, i, slot.packed);
    const at = slot.offset >> 2;
    return `i32[${at}] = ${addressOf(i)}; i32[${at + 1}] = ${addressOf(i)} * ${UPPER};`;
  });
  stores.push(`i32[${BLOCK_SYMBOL >> 2}] = ${target.symbol}; i32[${BLOCK_CALL_CODE >> 2}] = ${callCode};`);
  return stores.join('\n    ');
}

/** Throws what the crossing says went wrong. */
function checkOf({ framed, result }: Plan): string {
  if (!framed) return 'if (answer !== undefined) throw notRung(target, answer, arguments);';
  // Where there is no text unless something is wrong, one test will do.
  const hasText = result.kind === 'text' || result.kind === 'decoded';
  const refused = hasText ? `typeof answer === 'number'` : 'answer !== undefined';
  // As little as can be: engines do not put a function of more than some 400 bytes of code into its caller.
  return `if (${refused} || i32[${BLOCK_RESULT >> 2}] !== 0) {
      const failure = failed(target, answer, arguments);
      throw failure.complete(new failure.type(failure.message, failure.options));
    }`;
}

/** The usual value of a scalar is tested and stored in place; every other goes to `storeScalar`, errors included. */
function storeOf(scalar: Scalar, offset: number, index: number, packed: boolean): string {
  const value = `p${index}`;
  const rest = `storeScalar(target, ${index}, slots[${index}].scalar, ${value}, ${offset}, ${packed});`;
  if (packed) return rest;
  const at = offset >> 2;
  const either = (test: string, lo: string, hi: string): string =>
    `if (${test}) { i32[${at}] = ${lo}; i32[${at + 1}] = ${hi}; } else ${rest}`;
  switch (scalar.kind) {
    case 'wide':
    case 'int': {
      const tests = [`typeof ${value} === 'number'`, `(${value} | 0) === ${value}`];
      if (!scalar.signed) tests.push(`${value} >= 0`);
      else if (scalar.size < 4) tests.push(`${value} >= ${scalar.min}`);
      if (scalar.size < 4) tests.push(`${value} <= ${scalar.max}`);
      return either(tests.join(' && '), value, scalar.signed ? `${value} >> 31` : '0');
    }
    case 'float':
      return scalar.size === 8
        ? `if (typeof ${value} === 'number') f64[${offset >> 3}] = ${value}; else ${rest}`
        : rest;
    case 'bool':
      return either(`typeof ${value} === 'boolean'`, `${value} ? 1 : 0`, '0');
    case 'char':
      return rest;
  }
}

/** A statement that declares `result`. */
function resultOf(result: Result): string {
  switch (result.kind) {
    case 'none':
      return 'const result = undefined;';
    case 'text':
      return `const result = answer === undefined ? '' : answer;`;
    case 'decoded':
      return `const result = resultPlan.read(target, answer === undefined ? '' : answer);`;
  }
  const { scalar, offset, bigint, framed } = result;
  const lo = `i32[${offset >> 2}]`;
  const hi = `i32[${(offset >> 2) + 1}]`;
  const rest = 'readResult(target, resultPlan)';
  switch (scalar.kind) {
    case 'float':
      return `const result = ${framed && scalar.size === 4 ? `f32[${offset >> 2}]` : `f64[${offset >> 3}]`};`;
    case 'wide':
      if (bigint) return `const result = bigResult(${offset}, ${scalar.signed});`;
      return scalar.signed
        ? `const lo = ${lo}; const result = ${hi} === lo >> 31 ? lo : ${rest};`
        : `const lo = ${lo}; const result = ${hi} === 0 && lo >= 0 ? lo : ${rest};`;
    case 'int': {
      const unused = 32 - 8 * scalar.size;
      return `const result = ${lo} << ${unused} ${scalar.signed ? '>>' : '>>>'} ${unused};`;
    }
    default:
      return `const result = ${rest};`;
  }
}
