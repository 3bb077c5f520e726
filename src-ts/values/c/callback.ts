/** Calls of functions of JavaScript by C: their arguments in the block, and their results. */

import { BLOCK_RESULT } from '../../crossing/block';
import { convention, Placement, ResultBank } from '../../crossing/convention';
import { doorbell } from '../../crossing/doorbell';
import { native } from '../../crossing/node-api/native';
import { type Passing, placeStructure, returningOf } from '../../crossing/structure';
import { Mismatch, returned, wrongType } from '../../errors/mismatch';
import { type Callee, placeOf } from '../../errors/words';
import { Arena } from '../../memory/arena';
import { makeList } from '../../runtime/list';
import { isThenable, throwLater } from '../../runtime/promise';
import { charOf, isCodePoint } from '../../types/bits';
import {
  type CParameter,
  type CResult,
  formatCType,
  type FunctionType,
  holdsText,
  type PointerType,
  type StructType,
} from '../../types/c';
import { misfit, type Scalar, SCALARS } from '../../types/scalar';
import { refusal } from '../refusal';
import { bigResult, storePointer, wideResult, wordAt } from '../slot';
import { partsInMemory, structureOf } from './by-value';
import { type Cell, cellOf, exact, unreadable } from './cell';
import { handleAddress } from './handle';
import { pointerReader } from './result';
import { type Bound, runningCall } from './thunk';

const { i32, f32, f64, i64, i8, i16 } = doorbell;

/** The most words of arguments on the stack, as src-native/thunk.h has it. */
const STACK_WORDS = 8;

/** Reads an argument of a callback out of the block. */
type ReadArgument = (arena: Arena) => unknown;

/** Throws the error for what no callback can take or return. */
type Fail = (problem: string) => never;

/** Stores the result of a function that was passed to `callee`. */
type Give = (value: unknown, callee: Callee) => void;

/** How functions of one type are called. */
export interface CallbackCode {
  readonly type: string;
  /** The kind of the thunk. */
  readonly kind: number;
  readonly reads: readonly ReadArgument[];
  /** Stores the result. @throws Mismatch */
  readonly give: Give;
}

/** Makes the code for functions of a type. */
export function callbackCode(type: FunctionType, bigint: boolean, fail: Fail): CallbackCode {
  const placement = new Placement();
  const passings = type.parameters.map((parameter) => passingOf(placement, parameter, fail));
  const isFull = passings.some((passing) => passing === null || ('address' in passing && passing.address < 0));
  if (isFull || placement.stackWords > STACK_WORDS) fail('a callback has more parameters than it can get');
  const offsetOf = (k: number): number => {
    const passing = passings[k] as Passing;
    return 'address' in passing ? passing.address : 0;
  };
  const reads = type.parameters.flatMap((parameter, k): ReadArgument[] => {
    const offset = offsetOf(k);
    if (parameter.lengthOf !== undefined) return [];
    const by = type.parameters.findIndex(({ lengthOf }) => lengthOf?.includes(parameter.name) === true);
    if (parameter.type.kind === 'scalar') return [scalarReader(SCALARS[parameter.type.name], offset, bigint)];
    if (parameter.type.kind === 'function') return fail('a callback cannot get a function');
    if (parameter.type.kind === 'struct') return [structureReader(parameter.type, passings[k] as Passing, bigint)];
    if (by < 0) return [pointerArgumentReader(parameter.type, offset, bigint)];
    const lengths = type.parameters[by] as CParameter;
    const length = lengths.type.kind === 'scalar' ? SCALARS[lengths.type.name] : SCALARS.usize;
    return [listReader(parameter.type, offset, scalarReader(length, offsetOf(by), false), bigint, fail)];
  });
  const returning = type.result?.kind === 'struct' ? registerOf(type.result, fail) : null;
  const give = type.result?.kind === 'struct' ? structureGiver(type.result, bigint) : giver(type.result, fail);
  return { type: formatCType(type), kind: kindOf(type, returning), reads, give };
}

/** Places a parameter: all but structures are at one offset, their address so to speak. */
function passingOf(placement: Placement, { type }: CParameter, fail: Fail): Passing | null {
  if (type.kind === 'struct') return placeStructure(placement, structureOf(type, fail));
  const scalar = type.kind === 'scalar' ? SCALARS[type.name] : null;
  return { address: placement.assign(scalar?.kind === 'float', scalar?.size ?? 8) };
}

/** Returns the register in which a structure is returned. */
function registerOf(type: StructType, fail: Fail): ResultBank {
  const returning = returningOf(structureOf(type, fail));
  if (returning?.kind !== 'parts' || (returning.bank !== ResultBank.Int && returning.bank !== ResultBank.F64)) {
    return fail(
      `a callback cannot return a ${type.name}, which does not fit one register on this platform; have it write to a pointer`,
    );
  }
  if (holdsText(type)) return fail(`a callback cannot return a ${type.name}: nobody would own the texts in it`);
  return returning.bank;
}

/** Returns the kind of thunk: by the register of the result, and where arguments are positional, those of the first four. */
function kindOf({ parameters, result }: FunctionType, returned: ResultBank | null): number {
  const isFloat = (type: CParameter['type'] | undefined): boolean =>
    type?.kind === 'scalar' && SCALARS[type.name].kind === 'float';
  const name = result?.kind === 'scalar' ? result.name : null;
  const bank = returned ?? (name === 'f64' ? ResultBank.F64 : name === 'f32' ? ResultBank.F32 : ResultBank.Int);
  if (convention.name !== 'win64') return bank;
  let shape = 0;
  for (let k = 0; k < 4; k++) if (isFloat(parameters[k]?.type)) shape |= 1 << k;
  return bank * 16 + shape;
}

/** Reads a structure by value: from its parts in the block, or from the copy whose address is there. */
function structureReader(type: StructType, passing: Passing, bigint: boolean): ReadArgument {
  const cell = cellOf(type, bigint);
  if ('address' in passing) return (arena) => loadCell(arena, cell, wordAt(passing.address), 1)[0];
  return (arena) => {
    const { chunk, offset } = partsInMemory(arena, cell.size, passing.parts);
    return cell.read(chunk, offset);
  };
}

/** Makes the function that stores a structure in the result register. */
function structureGiver(type: StructType, bigint: boolean): Give {
  const cell = cellOf(type, bigint);
  return (value, callee) => {
    const arena = Arena.enter(callee);
    try {
      arena.reserve(8);
      const { chunk, offset } = arena;
      chunk.setPointer(offset, 0);
      cell.write(arena, chunk, offset, value);
      i32[BLOCK_RESULT >> 2] = chunk.i32[offset >> 2] as number;
      i32[(BLOCK_RESULT >> 2) + 1] = chunk.i32[(offset >> 2) + 1] as number;
    } finally {
      arena.leave();
    }
  };
}

/** Reads a scalar at an offset in the block. Only the bits of its type count, as on the stack it may have no others. */
function scalarReader({ kind, size, signed, name }: Scalar, offset: number, bigint: boolean): ReadArgument {
  switch (kind) {
    case 'float':
      return size === 8 ? () => f64[offset >> 3] : () => f32[offset >> 2];
    case 'wide':
      return () => (bigint ? bigResult(offset, signed) : exact(wideResult(offset, signed)));
    case 'int':
      return () => {
        const bits = (size === 1 ? i8[offset] : size === 2 ? i16[offset >> 1] : i32[offset >> 2]) as number;
        return signed ? bits : unsigned(bits, size);
      };
    case 'bool':
      return () => ((i8[offset] as number) & 0xff) !== 0;
    case 'char':
      return () => {
        const bits = (i32[offset >> 2] as number) >>> 0;
        if (!isCodePoint(bits)) throw new Mismatch(`0x${bits.toString(16)} is no ${name}`);
        return String.fromCodePoint(bits);
      };
  }
}

function unsigned(bits: number, size: number): number {
  return size === 4 ? bits >>> 0 : bits & (2 ** (8 * size) - 1);
}

/** A pointer is given as what it is read as; a reference as the value behind it. */
function pointerArgumentReader(type: PointerType, offset: number, bigint: boolean): ReadArgument {
  if (!type.reference) {
    const read = pointerReader(type, bigint);
    return (arena) => read(arena, wordAt(offset));
  }
  const { to } = type;
  if (to.kind !== 'scalar' && to.kind !== 'struct') {
    const read = pointerReader({ ...type, reference: false }, bigint);
    return (arena) => read(arena, wordAt(offset));
  }
  const cell = cellOf(to, bigint);
  return (arena) => {
    const address = wordAt(offset);
    return address === 0 ? null : loadCell(arena, cell, address, 1)[0];
  };
}

/** Reads values that follow one another from an address on. */
function loadCell(arena: Arena, cell: Cell, address: number, count: number): unknown[] {
  const bytes = cell.size * count;
  arena.reserve(bytes);
  const { chunk, offset } = arena;
  if (bytes > 0) native.load(address, chunk.u8.subarray(offset, offset + bytes));
  const list = makeList<unknown>(count);
  for (let k = 0; k < count; k++) list[k] = cell.read(chunk, offset + k * cell.size);
  return list;
}

/** The most elements that a callback gets, so that a wrong length is an error and not the end of the process. */
const MOST_ELEMENTS = 2 ** 28;

/** Reads a pointer whose length another parameter is: a copy of what is there. */
function listReader(
  type: PointerType,
  offset: number,
  length: ReadArgument,
  bigint: boolean,
  fail: Fail,
): ReadArgument {
  const { to } = type;
  if (to.kind === 'opaque') return fail(`nobody knows how large a ${to.name} is, so there is no list of them`);
  const isBytes = to.kind === 'void' || to.kind === 'char' || (to.kind === 'scalar' && to.name === 'u8');
  const cell = isBytes ? null : cellOf(to, bigint);
  return (arena) => {
    const count = Number(length(arena));
    const address = wordAt(offset);
    if (count < 0 || count > MOST_ELEMENTS) {
      throw new Mismatch(`a length of ${count} elements`, 'ERR_RUSTDLL_RANGE');
    }
    const given = address === 0 ? 0 : count;
    if (cell !== null) return loadCell(arena, cell, address, given);
    const bytes = new Uint8Array(given);
    if (given > 0) native.load(address, bytes);
    return bytes;
  };
}

/** Makes the function that stores a result. */
function giver(result: Exclude<CResult, StructType> | null, fail: Fail): Give {
  if (result === null) {
    return (value) => {
      if (isThenable(value)) throw wrongType('nothing: C does not wait for a promise', value);
    };
  }
  if (result.kind === 'scalar') {
    const scalar = SCALARS[result.name];
    return (value) => {
      giveScalar(scalar, value);
    };
  }
  if (result.to.kind === 'char' || result.to.kind === 'struct') {
    return fail('a callback can return a scalar or a Pointer: whatever else it returned would have no owner');
  }
  return (value) => {
    storePointer(BLOCK_RESULT, value === null || value === undefined ? 0 : handleAddress(result, value));
  };
}

function giveScalar(scalar: Scalar, value: unknown): void {
  if (misfit(scalar, value) !== null) {
    const { code, problem } = refusal(scalar, value, 'declare');
    throw new Mismatch(problem, code);
  }
  if (scalar.kind === 'float') {
    if (scalar.size === 8) f64[BLOCK_RESULT >> 3] = value as number;
    else f32[BLOCK_RESULT >> 2] = value as number;
  } else if (scalar.kind === 'char') i64[BLOCK_RESULT >> 3] = BigInt(charOf(value as string));
  else i64[BLOCK_RESULT >> 3] = BigInt(value as number | bigint | boolean);
}

/** The function that a callback was passed to, and the argument that it was. */
export interface PassedTo {
  readonly callee: Callee;
  readonly argument: number;
}

/** Makes what is done when C calls a function of JavaScript. */
export function boundTo(call: (...args: unknown[]) => unknown, code: CallbackCode, passed: PassedTo): Bound {
  return () => {
    const current = runningCall();
    // After one of them has thrown, no callback is called until the call ends.
    if (current !== null && current.thrown !== null) return;
    try {
      const value: unknown = Reflect.apply(call, undefined, readAll(code, passed));
      i32[BLOCK_RESULT >> 2] = i32[(BLOCK_RESULT >> 2) + 1] = 0;
      try {
        code.give(value, passed.callee);
      } catch (error) {
        throw returned(error, passed.callee, passed.argument);
      }
    } catch (error) {
      i32[BLOCK_RESULT >> 2] = i32[(BLOCK_RESULT >> 2) + 1] = 0;
      if (current !== null) current.thrown = { value: error };
      else throwLater(error);
    }
  };
}

function readAll({ reads }: CallbackCode, { callee, argument }: PassedTo): unknown[] {
  const args = makeList<unknown>(reads.length);
  const arena = Arena.enter(callee);
  try {
    for (let k = 0; k < reads.length; k++) {
      try {
        args[k] = (reads[k] as ReadArgument)(arena);
      } catch (error) {
        throw unreadable(error, `${callee.name}: the call of ${nameIn(callee, argument)}: its argument ${k + 1}`);
      }
    }
  } finally {
    arena.leave();
  }
  return args;
}

function nameIn(callee: Callee, argument: number): string {
  return placeOf(callee, argument).slice(callee.name.length + 2);
}
