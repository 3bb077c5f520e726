/**
 * Makes functions whose signature only C's functions have: with pointers, values that come out of parameters, and lengths
 * that are filled in. Each call walks through the parameters.
 */

import { BLOCK_CALL_CODE, BLOCK_INTS, BLOCK_RESULT, BLOCK_SYMBOL } from '../crossing/block';
import { doorbell } from '../crossing/doorbell';
import type { Part } from '../crossing/structure';
import { Mismatch } from '../errors/mismatch';
import { rangeError, typeError } from '../errors/errors';
import { placeOf } from '../errors/words';
import { Arena } from '../memory/arena';
import type { Chunk } from '../memory/chunk';
import { property } from '../runtime/property';
import type { StrType, VecType } from '../types/lent';
import type { StructType } from '../types/c';
import type { Scalar } from '../types/scalar';
import type { CArgument } from '../values/c/argument';
import { partsInMemory, storeParts } from '../values/c/by-value';
import { CCall, type Place } from '../values/c/call';
import { type Cell, unreadable } from '../values/c/cell';
import { begin, end, faultOf, type Running } from '../values/c/thunk';
import { packArgument } from '../values/lent/pack';
import { readResult, refused, type ScalarResult, storePointer, storeScalar, wordAt } from '../values/slot';
import { type Arity, wrongArity } from './failure';
import { notRung } from './not-rung';
import type { Target } from './plan';
import { complete, ringWith, seal } from './steps';

const { i32 } = doorbell;

/** A parameter, at `offset` in the block. */
export type CSlot = {
  readonly name: string;
  readonly offset: number;
  /** The argument for it, counted from 0; -1 if it takes none. */
  readonly argument: number;
} & (
  | { readonly kind: 'scalar'; readonly scalar: Scalar; readonly packed: boolean; readonly limitedBy: number }
  /** The number of elements of the pointers at these parameters. */
  | { readonly kind: 'length'; readonly scalar: Scalar; readonly packed: boolean; readonly of: readonly number[] }
  | { readonly kind: 'lent'; readonly type: VecType | StrType }
  | { readonly kind: 'pointer'; readonly value: CArgument; readonly free: Target | null }
  /** A structure by value. Its parts are stored at offsets of their own. */
  | {
      readonly kind: 'structure';
      readonly type: StructType;
      readonly value: CArgument;
      readonly parts: readonly Part[];
    }
);

/** The result of a function. */
export type CAnswer =
  | { readonly kind: 'none' }
  | ScalarResult
  | {
      readonly kind: 'pointer';
      readonly read: (arena: Arena, address: number) => unknown;
      /** Reads it without memory of the arena; null if that is needed. */
      readonly readDirectly: ((address: number) => unknown) | null;
      readonly isText: boolean;
      readonly free: Target | null;
    }
  /** A structure by value: in the memory of the slot `memory`, or in parts in the block if that is -1. */
  | {
      readonly kind: 'structure';
      readonly type: StructType;
      readonly cell: Cell;
      readonly bigint: boolean;
      readonly memory: number;
      readonly parts: readonly Part[];
    };

/** The data for calls of a C function. */
export interface CPlan {
  readonly target: Target;
  readonly text: string;
  readonly slots: readonly CSlot[];
  readonly callCode: number;
  readonly result: CAnswer;
  /** True if the library may call functions of JavaScript meanwhile. */
  readonly callsBack: boolean;
}

/** Returns how many arguments a function takes. */
export function takesOf({ slots }: CPlan): number {
  return slots.filter(({ argument }) => argument >= 0).length;
}

/** Makes a call with any arguments. */
export function callC(plan: CPlan, args: ArrayLike<unknown>): unknown {
  const takes = takesOf(plan);
  if (args.length !== takes) {
    const arity: Arity = { target: plan.target, required: takes, slots: { length: takes }, text: () => plan.text };
    throw wrongArity(arity, args.length);
  }
  return perform(plan, args);
}

function perform(plan: CPlan, args: ArrayLike<unknown>): unknown {
  const { target, slots } = plan;
  const arena = Arena.enter(target);
  const call = new CCall(arena, slots.length);
  try {
    prepare(plan, call, args);
    const answer = ring(plan, call);
    if (answer !== undefined) throw notRung(target, answer, args);
    return read(plan, call);
  } finally {
    call.end();
    arena.leave();
  }
}

/** Packs the arguments, and stores the call in the block. */
export function prepare(plan: CPlan, call: CCall, args: ArrayLike<unknown>): void {
  pack(plan, call, args);
  seal(call.arena);
  settle(plan, call);
  store(plan, call, args);
  i32[BLOCK_SYMBOL >> 2] = plan.target.symbol;
  i32[BLOCK_CALL_CODE >> 2] = plan.callCode;
}

/** Takes the result out of the block: a scalar, an address, or the place of a structure. */
function rawResult({ target, result }: CPlan, call: CCall): unknown {
  if (result.kind === 'scalar') return readResult(target, result);
  if (result.kind !== 'structure') return wordAt(BLOCK_RESULT);
  const { cell, memory, parts } = result;
  return memory >= 0 ? call.places[memory] : partsInMemory(call.arena, cell.size, parts);
}

/** Makes the call, and throws what a callback has thrown. */
function ring({ target, callsBack }: CPlan, call: CCall): ReturnType<typeof ringWith> {
  const { texts, textCount } = call.arena;
  if (!callsBack) return ringWith(texts, textCount);
  const outer = begin(call);
  let answer: ReturnType<typeof ringWith>;
  try {
    answer = ringWith(texts, textCount);
  } finally {
    end(outer);
  }
  refuseFaults(target, call);
  return answer;
}

/** Throws what a callback has thrown during a call, or what has gone wrong with callbacks otherwise. */
export function refuseFaults({ name }: Target, { thrown }: Running): void {
  const fault = faultOf(name);
  if (thrown !== null) throw thrown.value;
  // It is an error of this package, or one that the engine has thrown.
  if (fault !== undefined) throw fault as Error;
}

/** Reads the result of a function that is a pointer, for which no memory is needed. */
export function readPointer({ target, result }: CPlan, address: number): unknown {
  if (result.kind !== 'pointer' || result.readDirectly === null) throw new Error('the result needs no memory');
  try {
    return result.readDirectly(address);
  } catch (error) {
    throw unreadable(error, `${target.name}: the result`);
  }
}

/** Reads the result of a function that is a structure in parts, which the block has. */
export function readStructure({ target, result }: CPlan): unknown {
  if (result.kind !== 'structure') throw new Error('the result is no structure');
  const arena = Arena.enter(target);
  try {
    const { chunk, offset } = partsInMemory(arena, result.cell.size, result.parts);
    return result.cell.read(chunk, offset);
  } catch (error) {
    throw unreadable(error, `${target.name}: the result`);
  } finally {
    arena.leave();
  }
}

/** Reads a value that has come out of a parameter. */
export function readOut({ name: callee }: Target, slot: CSlot, chunk: Chunk, offset: number): unknown {
  const direct = slot.kind === 'pointer' ? slot.value.direct : undefined;
  if (direct?.kind !== 'out') throw new Error('nothing comes out of this parameter');
  try {
    return direct.cell.read(chunk, offset);
  } catch (error) {
    throw unreadable(error, `${callee}: ${slot.name}`);
  }
}

/** Packs the arguments. Code of the user's may run. */
function pack({ target, slots }: CPlan, call: CCall, args: ArrayLike<unknown>): void {
  const { arena } = call;
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] as CSlot;
    const { argument } = slot;
    if (slot.kind === 'lent') call.addresses[i] = packArgument(arena, argument, args[argument], slot.type);
    if (slot.kind !== 'pointer' && slot.kind !== 'structure') continue;
    if (argument >= 0) {
      arena.argument = argument;
      arena.values[argument] = args[argument];
      arena.wideElements = '';
    }
    try {
      slot.value.pack(call, i, args[argument]);
    } catch (error) {
      throw error instanceof Mismatch ? error.toError(target, argument) : error;
    }
  }
}

function settle({ target, slots }: CPlan, call: CCall): void {
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] as CSlot;
    if (slot.kind !== 'pointer') continue;
    try {
      slot.value.settle?.(call, i);
    } catch (error) {
      throw error instanceof Mismatch ? error.toError(target, slot.argument) : error;
    }
  }
}

/** Stores what is passed in the block. No code of the user's runs here. */
function store(plan: CPlan, call: CCall, args: ArrayLike<unknown>): void {
  const { target, slots } = plan;
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] as CSlot;
    const { offset, argument } = slot;
    switch (slot.kind) {
      case 'scalar':
        storeScalar(target, argument, slot.scalar, args[argument], offset, slot.packed);
        if (slot.limitedBy >= 0) refuseLonger(plan, call, slot.limitedBy, argument, args[argument] as number | bigint);
        break;
      case 'length': {
        const length = lengthFor(plan, call, slot.name, slot.of);
        if (slot.scalar.kind === 'int' && length > slot.scalar.max)
          throw refused(target, argument, slot.scalar, length);
        storeScalar(target, argument, slot.scalar, length, offset, slot.packed);
        break;
      }
      case 'structure':
        storeParts(call, i, slot.parts);
        break;
      default:
        storePointer(offset, call.addresses[i] as number);
    }
  }
}

/** Refuses a length beyond the end of what is passed. */
function refuseLonger(
  { target, slots }: CPlan,
  call: CCall,
  of: number,
  argument: number,
  given: number | bigint,
): void {
  const length = call.lengths[of] as number;
  if (length < 0 || given <= length) return;
  const { name } = slots[of] as CSlot;
  throw rangeError(
    'ERR_RUSTDLL_RANGE',
    `${placeOf(target, argument)}: ${given} is beyond the length of ${name}, which has ${length} elements`,
  );
}

/** Returns the number of elements of the pointers at `of`. */
function lengthFor({ target, slots }: CPlan, call: CCall, name: string, of: readonly number[]): number {
  let length: number | undefined;
  for (const index of of) {
    const other = call.lengths[index] as number;
    const slot = slots[index] as CSlot;
    if (other < 0) {
      throw typeError(
        'ERR_RUSTDLL_TYPE',
        `${placeOf(target, slot.argument)}: the length of a Pointer is unknown, and ${name} is to be its length`,
      );
    }
    if (length !== undefined && length !== other) {
      throw rangeError(
        'ERR_RUSTDLL_RANGE',
        `${placeOf(target, slot.argument)}: it has ${other} elements, and ${length} are needed, as ${name} is the length of both`,
      );
    }
    length = other;
  }
  return length ?? 0;
}

/**
 * Reads the result, which the block has, and what has come out of parameters, and writes back what the library changed.
 */
export function read(plan: CPlan, call: CCall): unknown {
  const { target, slots, result } = plan;
  const raw = rawResult(plan, call);
  const { arena } = call;
  // What the library has released is released even if something else cannot be read.
  const outs = slots.some((slot) => slot.kind === 'pointer' && slot.value.take !== undefined);
  let value: unknown;
  let object: object | undefined;
  const freed: { readonly free: Target; readonly address: number }[] = [];
  try {
    if (result.kind === 'pointer') {
      const address = raw as number;
      if (result.free !== null && address !== 0) freed.push({ free: result.free, address });
      try {
        value = result.read(arena, address);
      } catch (error) {
        throw unreadable(error, `${target.name}: the result`);
      }
    } else if (result.kind === 'structure') {
      const { chunk, offset } = raw as Place;
      try {
        value = result.cell.read(chunk, offset);
      } catch (error) {
        throw unreadable(error, `${target.name}: the result`);
      }
    } else if (result.kind === 'scalar') value = raw;
    if (outs) {
      object = {};
      if (result.kind !== 'none') Object.defineProperty(object, 'result', property(value));
    }
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] as CSlot;
      if (slot.kind !== 'pointer') continue;
      if (slot.free !== null) {
        const { addresses } = call;
        const address = addressInMemory(call, i, addresses[i] as number);
        if (address !== 0) freed.push({ free: slot.free, address });
      }
      try {
        slot.value.release?.(call, i);
        slot.value.finish?.(call, i);
        const taken = slot.value.take?.(call, i);
        if (object !== undefined && slot.value.take !== undefined) {
          Object.defineProperty(object, slot.name, property(taken));
        }
      } catch (error) {
        throw unreadable(error, `${target.name}: ${slot.name}`);
      }
    }
    complete(arena);
  } finally {
    for (const { free, address } of freed) callFree(free, address);
  }
  return object ?? value;
}

/** Reads the pointer that a parameter's memory holds. */
function addressInMemory(call: CCall, index: number, address: number): number {
  const place = call.places[index];
  if (place === undefined || address === 0) return 0;
  return place.chunk.pointerAt(place.offset);
}

/** Has the library free what it has given away. */
function callFree(free: Target, address: number): void {
  storePointer(BLOCK_INTS, address);
  i32[BLOCK_SYMBOL >> 2] = free.symbol;
  i32[BLOCK_CALL_CODE >> 2] = 0;
  ringWith([], 0);
}
