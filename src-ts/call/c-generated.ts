/**
 * Generates the code of C functions. It makes the calls whose arguments need no memory of their own: scalars, short
 * strings, typed arrays and pointers, structures of scalars by value, and values that come out. All others, and those that
 * are refused, are left to c.ts before anything is stored.
 */

import {
  BLOCK_CALL_CODE,
  BLOCK_RESULT,
  BLOCK_SYMBOL,
  BLOCK_TEXT_COUNT,
  TEXT_UNITS,
  TEXTS,
  TEXTS_OF_C,
} from '../crossing/block';
import { ResultBank } from '../crossing/convention';
import { C_TEXT_ADDRESSES, doorbell } from '../crossing/doorbell';
import { RingStatus } from '../crossing/node-api/native';
import { Chunk } from '../memory/chunk';
import { type Code, code, identifier, join, keyOf, specialize } from '../runtime/code';
import { UPPER } from '../types/bits';
import type { Direct } from '../values/c/argument';
import { addressOfA } from '../values/c/pointer';
import { steadyAddress } from '../values/c/steady';
import { begin, end } from '../values/c/thunk';
import { ofTypedArray } from '../values/lent/view';
import { bigResult, readResult, storeScalar, storing, wordAt } from '../values/slot';
import { type CPlan, type CSlot, callC, readOut, readPointer, readStructure, refuseFaults, takesOf } from './c';
import { hasStructureCode, type StructureArgument, structureArgument, structureResult } from './c-structure-code';
import { address, parameter, prelude, resultOf, storeOf } from './generated';
import { notRung } from './not-rung';
import type { CheckedFunction } from './plan';

/** The memory for values that come out. One call uses it at a time; those that the library makes meanwhile do not. */
const scratch = { chunk: new Chunk(1024), inUse: false };

/** The values that the generated source uses, by their names in it. */
const RUNTIME = {
  block: doorbell.i32,
  f64: doorbell.f64,
  f32: doorbell.f32,
  i16: doorbell.i16,
  i8: doorbell.i8,
  fround: Math.fround,
  ring: doorbell.ring,
  ringPlain: doorbell.ringPlain,
  scratch,
  memory: scratch.chunk.i32,
  begin,
  end,
  tagOf: ofTypedArray.tag,
  lengthOf: ofTypedArray.length,
  bytesOf: ofTypedArray.byteLength,
  steadyAddress,
  addressOfA,
  storeScalar,
  storing,
  readResult,
  bigResult,
  wordAt,
  readPointer,
  readOut,
  readStructure,
  refuseFaults,
  notRung,
  callC,
};

/** A parameter that generated code passes: what it is, its slot's index, and the offset of its memory if it has any. */
interface Passed {
  readonly slot: CSlot;
  readonly index: number;
  readonly direct: Direct | null;
  readonly memory: number;
}

/**
 * Generates the function that performs a call.
 *
 * @param thrown - Edits the stack trace of an error that the function is about to throw, and returns the error.
 */
export function generateC(plan: CPlan, thrown: (error: unknown) => unknown): CheckedFunction {
  const passed = passedOf(plan);
  const parameters = plan.slots.flatMap(({ argument }) => (argument < 0 ? [] : parameter(argument)));
  const direct = passed === null ? code`` : directBody(plan, passed);
  const source = code`${prelude()}
  return function (${join(parameters, code`, `)}) {
    const i32 = block;
    try {
      ${direct}
      return callC(plan, arguments);
    } catch (error) { throw thrown(error); }
  };`;
  return specialize({ ...RUNTIME, plan, thrown }, source, 'declare', plan.target.name);
}

/** Returns the parameters of a function whose usual calls need no memory; null for any other function. */
function passedOf({ slots, result }: CPlan): readonly Passed[] | null {
  if (result.kind === 'pointer' && (result.free !== null || result.readDirectly === null)) return null;
  if (result.kind === 'structure' && (result.memory >= 0 || !hasStructureCode(result.type))) return null;
  let memory = 0;
  let texts = 0;
  const passed: Passed[] = [];
  for (const [index, slot] of slots.entries()) {
    if (slot.kind === 'lent' || (slot.kind === 'structure' && !hasStructureCode(slot.type))) return null;
    const direct = slot.kind === 'pointer' ? slot.value.direct : null;
    if (direct === undefined || (slot.kind === 'pointer' && slot.free !== null)) return null;
    if (slot.kind === 'scalar' && slot.limitedBy >= 0 && !isData(slots[slot.limitedBy])) return null;
    if (slot.kind === 'length' && !slot.of.every((k) => isData(slots[k]))) return null;
    if (direct?.kind === 'text') texts++;
    passed.push({ slot, index, direct, memory });
    if (direct?.kind === 'out') memory += Math.ceil(direct.cell.size / 8) * 8;
  }
  return memory > scratch.chunk.size || texts > TEXTS ? null : passed;
}

function isData(slot: CSlot | undefined): boolean {
  return slot?.kind === 'pointer' && slot.value.direct?.kind === 'data';
}

/** The variable of the number of elements at the pointer of a slot. */
const length = (index: number): Code => identifier(`n${index}`);

function directBody(plan: CPlan, passed: readonly Passed[]): Code {
  const texts = passed.filter(({ direct }) => direct?.kind === 'text');
  const outs = passed.filter(({ direct }) => direct?.kind === 'out');
  const strings = texts.map(({ slot, direct }) => {
    const value = parameter(slot.argument);
    return direct?.kind === 'text' && direct.nullable ? code`${value} == null ? '' : ${value}` : value;
  });
  const isText = plan.result.kind === 'pointer' && plan.result.isText;
  const ringsPlain = texts.length === 0 && !isText && !plan.callsBack;
  const ring = ringsPlain ? code`answer = ringPlain();` : code`answer = ring(${join(strings, code`, `)});`;
  return code`direct: {
    if (arguments.length !== ${takesOf(plan)}) break direct;
    ${outs.length > 0 ? code`if (scratch.inUse) break direct;` : code``}
    ${passed.map((one) => admissionOf(one, texts.indexOf(one)))}
    ${passed.map((one) => storesOf(one))}
    i32[${BLOCK_SYMBOL >> 2}] = ${plan.target.symbol}; i32[${BLOCK_CALL_CODE >> 2}] = ${isText ? plan.callCode | ResultBank.Text : plan.callCode};
    ${texts.length > 0 ? code`i32[${BLOCK_TEXT_COUNT >> 2}] = ${texts.length | TEXTS_OF_C};` : code``}
    let answer;
    ${ringOf(plan, ring, outs.length > 0)}
    if (${isText ? code`typeof answer === 'number' && answer !== ${RingStatus.NoString}` : code`answer !== undefined`}) {
      ${texts.length > 0 ? code`if (answer === ${RingStatus.Nul}) break direct;` : code``}
      throw notRung(target, answer, arguments);
    }
    ${resultOfC(plan)}
    ${returnOf(plan, outs)}
  }`;
}

/** Generates the call itself. */
function ringOf({ callsBack }: CPlan, ring: Code, usesScratch: boolean): Code {
  const before = code`${[
    ...(callsBack ? [code`const running = { thrown: null }; const outer = begin(running);`] : []),
    ...(usesScratch ? [code`scratch.inUse = true;`] : []),
  ]}`;
  const after = code`${[
    ...(usesScratch ? [code`scratch.inUse = false;`] : []),
    ...(callsBack ? [code`end(outer);`] : []),
  ]}`;
  if (!callsBack && !usesScratch) return ring;
  return code`${before}
    try { ${ring} } finally { ${after} }
    ${callsBack ? code`refuseFaults(target, running);` : code``}`;
}

function structureCode({ type, parts, argument }: CSlot & { readonly kind: 'structure' }): StructureArgument {
  return structureArgument(type, parts, parameter(argument), `v${argument}`);
}

/** Generates the tests after which an argument is passed here, and the variables of its address and length. */
function admissionOf({ slot, index, direct, memory }: Passed, text: number): Code {
  const value = slot.argument < 0 ? code`undefined` : parameter(slot.argument);
  if (slot.kind === 'scalar') {
    if (slot.limitedBy < 0) return code``;
    return code`if (typeof ${value} !== 'number' || ${value} > ${length(slot.limitedBy)}) break direct;`;
  }
  if (slot.kind === 'length') {
    const [first, ...others] = slot.of.map(length) as [Code, ...Code[]];
    const unequal = others.map((other) => code`if (${first} !== ${other}) break direct;`);
    const { scalar } = slot;
    return code`${[...unequal, ...(scalar.kind === 'int' ? [code`if (${first} > ${scalar.max}) break direct;`] : [])]}`;
  }
  if (slot.kind === 'structure') return structureCode(slot).admission;
  const at = address(index);
  switch (direct?.kind) {
    case 'text': {
      const isString = code`typeof ${value} === 'string' && ${value}.length <= ${TEXT_UNITS}`;
      const buffer = C_TEXT_ADDRESSES[text] as number;
      if (!direct.nullable) return code`if (!(${isString})) break direct; const ${at} = ${buffer};`;
      return code`if (!(${value} == null || ${isString})) break direct; const ${at} = ${value} == null ? 0 : ${buffer};`;
    }
    case 'handle': {
      const found = code`addressOfA(${direct.type}, ${value})`;
      if (!direct.nullable) return code`const ${at} = ${found}; if (${at} === 0) break direct;`;
      return code`const ${at} = ${value} == null ? 0 : ${found}; if (${at} === 0 && ${value} != null) break direct;`;
    }
    case 'data': {
      const { tag } = direct;
      const isOther = tag === null ? code`tagOf(${value}) === undefined` : code`tagOf(${value}) !== ${tag}`;
      return code`let ${at} = 0, ${length(index)} = 0;
      if (${value} != null) {
        if (${isOther}) break direct;
        ${length(index)} = ${tag === null ? code`bytesOf` : code`lengthOf`}(${value});
        if (${length(index)} === 0) break direct;
        ${at} = steadyAddress(${value});
        if (${at} === 0) break direct;
      }`;
    }
    case 'out':
      return code`const ${at} = ${scratch.chunk.address + memory};`;
    case undefined:
      return code``;
  }
}

/** Generates the stores of a parameter: into the block, and zeros where its value comes out. */
function storesOf({ slot, index, direct, memory }: Passed): Code {
  const { offset } = slot;
  if (slot.kind === 'scalar') return storeOf(slot.scalar, offset, slot.argument, slot.packed, index);
  if (slot.kind === 'structure') return structureCode(slot).stores;
  const at = offset >> 2;
  if (slot.kind === 'length') {
    const value = length(slot.of[0] as number);
    if (slot.packed || slot.scalar.kind === 'wide') {
      return code`storeScalar(target, -1, slots[${index}].scalar, ${value}, ${offset}, ${slot.packed});`;
    }
    return code`i32[${at}] = ${value}; i32[${at + 1}] = 0;`;
  }
  const stores = [code`i32[${at}] = ${address(index)}; i32[${at + 1}] = ${address(index)} * ${UPPER};`];
  if (direct?.kind === 'out') {
    for (let word = 0; word < direct.cell.size; word += 4) stores.push(code`memory[${(memory + word) >> 2}] = 0;`);
  }
  return code`${stores}`;
}

/** Generates the statement that declares `result`, if there is one. */
function resultOfC({ result }: CPlan): Code {
  if (result.kind === 'scalar') return resultOf(result);
  if (result.kind === 'structure') {
    return code`const result = ${structureResult(result.type, result.parts, result.bigint)};`;
  }
  if (result.kind !== 'pointer') return code``;
  const read = code`readPointer(plan, wordAt(${BLOCK_RESULT}))`;
  if (!result.isText) return code`const result = ${read};`;
  return code`const result = typeof answer === 'string' ? answer : answer === undefined ? null : ${read};`;
}

/** Generates the end: the result, or an object with what has come out. */
function returnOf({ result }: CPlan, outs: readonly Passed[]): Code {
  if (outs.length === 0) return result.kind === 'none' ? code`return undefined;` : code`return result;`;
  const values = outs.map(({ slot, index, memory }) => {
    return code`${keyOf(slot.name)}: readOut(target, slots[${index}], scratch.chunk, ${memory})`;
  });
  return code`return { ${join([...(result.kind === 'none' ? [] : [code`result`]), ...values], code`, `)} };`;
}
