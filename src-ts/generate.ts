/**
 * Declared functions as generated source: what interpret.ts does, with the loop over the parameters unrolled and the
 * usual value of each scalar stored in place. Each function has code of its own, so one function's types do not slow
 * another's call.
 *
 * The text consists of this file's fragments and numbers; nothing of the user's gets into it.
 */

import { BLOCK_PLAN, BLOCK_RESULT, BLOCK_SYMBOL, BLOCK_TEXT_COUNT, TEXT_UNITS, TEXTS } from './abi';
import { bigResult, complete, notRung, readResult, ringTexts, seal } from './call';
import { UPPER } from './chunk';
import type { DeclaredFunction, Plan } from './declared';
import { doorbell } from './doorbell';
import { Frame } from './frame';
import { wrongArity } from './interpret';
import { packArgument } from './pack';
import { SCALARS, type Scalar } from './scalars';
import { storeScalar } from './store';
import type { ScalarName } from './types';
import { TEXT_ADDRESSES } from './utf8';

/** What the generated source calls, by the names it uses. */
const RUNTIME = {
  i32: doorbell.i32,
  f64: doorbell.f64,
  ring: doorbell.ring,
  ringTexts,
  Frame,
  packArgument,
  seal,
  complete,
  storeScalar,
  notRung,
  readResult,
  bigResult,
  wrongArity,
};

export function generate(plan: Plan): DeclaredFunction {
  const factory = new Function('plan', 'runtime', sourceOf(plan)) as (
    plan: Plan,
    runtime: typeof RUNTIME,
  ) => DeclaredFunction;
  return factory(plan, RUNTIME);
}

function sourceOf(plan: Plan): string {
  const { slots } = plan;
  const parameters = slots.map((_, i) => `p${i}`).join(', ');
  const references = slots.flatMap((slot, i) => (slot.scalar === null ? [{ type: slot.type, i }] : []));
  const withoutFrame =
    references.length <= TEXTS && references.every(({ type }) => type.kind === 'str')
      ? ringOf(
          plan,
          references.map(({ i }) => i),
        )
      : '';
  return `'use strict';
  const { target } = plan;
  const { ${Object.keys(RUNTIME).join(', ')} } = runtime;
  return function (${parameters}) {
    if (arguments.length !== ${slots.length}) throw wrongArity(plan, arguments.length);
    ${references.length === 0 ? withoutFrame : `${withoutFrame}\n${packedBody(plan)}`}
  };`;
}

/** The call of a function whose arguments are scalars and short strings: the crossing encodes those, no frame needed. */
function ringOf(plan: Plan, texts: readonly number[]): string {
  const call = (ring: string): string => `${storesOf(plan, (i) => `${TEXT_ADDRESSES[texts.indexOf(i)]}`)}
    ${ring}
    if (status !== undefined) throw notRung(target, status, arguments);
    ${resultOf(plan.signature.result, plan.bigint)}
    return result;`;
  if (texts.length === 0) return call('const status = ring();');
  const values = texts.map((i) => `p${i}`).join(', ');
  const allShort = texts.map((i) => `typeof p${i} === 'string' && p${i}.length <= ${TEXT_UNITS}`).join(' && ');
  return `if (${allShort}) {
    ${call(`i32[${BLOCK_TEXT_COUNT >> 2}] = ${texts.length};
    const status = ring(${values});`)}
    }`;
}

/** The call of a function whose arguments need memory. */
function packedBody(plan: Plan): string {
  const packs = plan.slots.map((slot, i) =>
    slot.scalar === null ? `const a${i} = packArgument(frame, ${i}, p${i}, plan.slots[${i}].type);` : '',
  );
  return `const frame = Frame.enter(target);
    try {
    ${packs.join('\n    ')}
    seal(frame);
    ${storesOf(plan, (i) => `a${i}`)}
    const status = ringTexts(frame.texts, frame.textCount);
    if (status !== undefined) throw notRung(target, status, arguments);
    ${resultOf(plan.signature.result, plan.bigint)}
    complete(frame);
    return result;
    } finally { frame.leave(); }`;
}

/** Everything that goes into the block. `addressOf` gives an expression for what an argument points to. */
function storesOf({ slots, target, code }: Plan, addressOf: (index: number) => string): string {
  const stores = slots.map((slot, i) => {
    if (slot.scalar !== null) return storeOf(slot.scalar, slot.offset, i, slot.packed);
    const at = slot.offset >> 2;
    return `i32[${at}] = ${addressOf(i)}; i32[${at + 1}] = ${addressOf(i)} * ${UPPER};`;
  });
  stores.push(`i32[${BLOCK_SYMBOL >> 2}] = ${target.symbol}; i32[${BLOCK_PLAN >> 2}] = ${code};`);
  return stores.join('\n    ');
}

/** The usual value of a scalar is tested and stored in place; every other goes to `storeScalar`, errors included. */
function storeOf(scalar: Scalar, offset: number, index: number, packed: boolean): string {
  const value = `p${index}`;
  const rest = `storeScalar(target, ${index}, plan.slots[${index}].scalar, ${value}, ${offset}, ${packed});`;
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
function resultOf(name: ScalarName | null, bigint: boolean): string {
  const lo = `i32[${BLOCK_RESULT >> 2}]`;
  const hi = `i32[${(BLOCK_RESULT >> 2) + 1}]`;
  const rest = `readResult(target, plan.signature.result, ${bigint})`;
  if (name === null) return 'const result = undefined;';
  const scalar = SCALARS[name];
  switch (scalar.kind) {
    case 'float':
      return `const result = f64[${BLOCK_RESULT >> 3}];`;
    case 'wide':
      if (bigint) return `const result = bigResult(${scalar.signed});`;
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
