/**
 * Declared functions as generated source: what interpret.ts does, with the loop over the parameters unrolled and the
 * usual value of each scalar stored in place. Each function has code of its own, so one function's types do not slow
 * another's call.
 *
 * The text consists of this file's fragments and numbers; nothing of the user's gets into it.
 */

import { BLOCK_PLAN, BLOCK_RESULT, BLOCK_SYMBOL } from './abi';
import { bigResult, complete, notRung, readResult, ringFrame, seal } from './call';
import { UPPER } from './chunk';
import type { DeclaredFunction, Plan } from './declared';
import { doorbell } from './doorbell';
import { Frame } from './frame';
import { wrongArity } from './interpret';
import { packArgument } from './pack';
import { SCALARS, type Scalar } from './scalars';
import { storeScalar } from './store';
import type { ScalarName } from './types';

/** What the generated source calls, by the names it uses. */
const RUNTIME = {
  i32: doorbell.i32,
  f64: doorbell.f64,
  ring: doorbell.ring,
  ringFrame,
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

function sourceOf({ slots, signature, code, target, bigint }: Plan): string {
  const parameters = slots.map((_, i) => `p${i}`).join(', ');
  const stores = slots.map((slot, i) => {
    if (slot.scalar !== null) return storeOf(slot.scalar, slot.offset, i, slot.packed);
    const at = slot.offset >> 2;
    return `i32[${at}] = a${i}; i32[${at + 1}] = a${i} * ${UPPER};`;
  });
  const needsFrame = slots.some((slot) => slot.scalar === null);
  const ring = `
    ${stores.join('\n    ')}
    i32[${BLOCK_SYMBOL >> 2}] = ${target.symbol};
    i32[${BLOCK_PLAN >> 2}] = ${code};
    const status = ${needsFrame ? 'ringFrame(frame)' : 'ring()'};
    if (status !== undefined) throw notRung(target, status);
    ${resultOf(signature.result, bigint)}`;
  const packs = slots.map((slot, i) =>
    slot.scalar === null ? `const a${i} = packArgument(frame, ${i}, p${i}, plan.slots[${i}].type);` : '',
  );
  const body = needsFrame
    ? `
    const frame = Frame.enter(target);
    try {
    ${packs.join('\n    ')}
    seal(frame);${ring}
    complete(frame);
    return result;
    } finally { frame.leave(); }`
    : `${ring}
    return result;`;
  return `'use strict';
  const { target } = plan;
  const { ${Object.keys(RUNTIME).join(', ')} } = runtime;
  return function (${parameters}) {
    if (arguments.length !== ${slots.length}) throw wrongArity(plan, arguments.length);${body}
  };`;
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
      return scalar.size === 8 ? `if (typeof ${value} === 'number') f64[${offset >> 3}] = ${value}; else ${rest}` : rest;
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
    case 'int':
      return scalar.name === 'i32' ? `const result = ${lo};` : `const result = ${rest};`;
    default:
      return `const result = ${rest};`;
  }
}
