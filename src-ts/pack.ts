/**
 * Values that are not scalars, from JavaScript into the frame: a `PyVec` is a descriptor and, elsewhere, its elements;
 * elements that are themselves lists are descriptors or pointers to descriptors, down to the leaves.
 */

import { TEXTS, VEC_LENGTH, VEC_SIZE } from './abi';
import type { Chunk } from './chunk';
import { typeError } from './errors';
import type { Frame } from './frame';
import { lengthOf, packScalars } from './lists';
import type { LentSlot } from './plan';
import { SCALARS, type Scalar } from './scalars';
import { formatType, type RustType, type StrType, type VecType } from './types';
import { isShortText, packString, packStrings, TEXT_ADDRESSES } from './utf8';
import { EMPTY_ADDRESS, isTypedArrayOf, isViewOf } from './views';

/** Below the longest string of every engine. */
const MAX_JOINED = 2 ** 28;

/**
 * Packs an argument whose type is a reference, and returns what its register gets: the address of its descriptor, or 0
 * for `None`.
 *
 * @param index - The argument, counted from 0.
 */
export function packArgument(frame: Frame, index: number, value: unknown, type: VecType | StrType): number {
  frame.argument = index;
  frame.values[index] = value;
  frame.wide = '';
  if (value === null || value === undefined) {
    if (type.nullable) return 0;
    throw frame.wrongType(expectation(type), value);
  }
  if (isShortText(value) && type.kind === 'str' && frame.textCount < TEXTS) {
    frame.texts[frame.textCount] = value;
    return TEXT_ADDRESSES[frame.textCount++] as number;
  }
  frame.reserve(VEC_SIZE);
  const { chunk, offset } = frame;
  pack(frame, value, type, type.held === 'mut', chunk, offset);
  return chunk.address + offset;
}

/** The same, for a parameter that may take only some of what its type could. */
export function packExactly(frame: Frame, index: number, value: unknown, { type, only }: LentSlot): number {
  frame.argument = index;
  if (only === 'string' && typeof value !== 'string') throw frame.wrongType('a string', value);
  if (only === 'typed array' && type.kind === 'vec' && type.element.kind === 'scalar') {
    const { name } = type.element;
    if (!isTypedArrayOf(value, SCALARS[name])) throw frame.wrongType(`a typed array of ${name}`, value);
  }
  return packArgument(frame, index, value, type);
}

/**
 * Packs `value` and writes its descriptor at `at`.
 *
 * @param mutable - Whether Rust may change what the descriptor points to.
 */
function pack(frame: Frame, value: unknown, type: VecType | StrType, mutable: boolean, chunk: Chunk, at: number): void {
  if (type.kind === 'str') {
    packStr(frame, value, type, mutable, chunk, at);
    return;
  }
  const { element } = type;
  if (!Array.isArray(value)) {
    if (element.kind !== 'scalar' || !isViewOf(value, SCALARS[element.name])) {
      throw frame.wrongType(expectation(type), value);
    }
    frame.addBorrow(value, SCALARS[element.name], mutable, false, chunk, at);
    return;
  }
  const list = value as unknown[];
  if (element.kind === 'scalar') {
    packLeaf(frame, list, SCALARS[element.name], mutable, chunk, at);
    return;
  }
  const length = lengthOf(frame, list);
  chunk.i32[(at + VEC_LENGTH) >> 2] = length;
  if (length === 0) chunk.setPointer(at, EMPTY_ADDRESS);
  else packElements(frame, list, length, element, mutable, chunk, at);
}

/** A list of scalars, its descriptor at `at`. */
function packLeaf(frame: Frame, list: unknown[], scalar: Scalar, mutable: boolean, chunk: Chunk, at: number): void {
  const length = lengthOf(frame, list);
  chunk.i32[(at + VEC_LENGTH) >> 2] = length;
  if (length === 0) {
    chunk.setPointer(at, EMPTY_ADDRESS);
    return;
  }
  frame.reserve(length * scalar.size);
  const { chunk: data, offset } = frame;
  chunk.setPointerTo(at, data, offset);
  const elements = packScalars(frame, list, length, scalar, data, offset);
  if (mutable) frame.leaves.add(list, frame.argument, data, offset, length, scalar, elements);
}

/** The elements of a list of lists or strings, and the pointer to them in the descriptor at `at`. */
function packElements(
  frame: Frame,
  list: readonly unknown[],
  length: number,
  element: VecType | StrType,
  mutable: boolean,
  chunk: Chunk,
  at: number,
): void {
  const byValue = element.held === 'value';
  // Held by reference: first the pointers, then the descriptors they point to.
  const pointerBytes = byValue ? 0 : 8 * length;
  frame.reserve(pointerBytes + VEC_SIZE * length);
  const { chunk: data, offset } = frame;
  chunk.setPointerTo(at, data, offset);
  const inner = mutable && element.held !== 'ref';
  const descriptors = offset + pointerBytes;
  let values = list;
  if (element.kind === 'str') {
    values = copyOf(list, length);
    if (areTexts(values, length)) {
      for (let k = 0; !byValue && k < length; k++) data.setPointerTo(offset + 8 * k, data, descriptors + VEC_SIZE * k);
      packStrings(frame, values, data, descriptors);
      return;
    }
  }
  const leaf = element.kind === 'vec' && element.element.kind === 'scalar' ? SCALARS[element.element.name] : null;
  if (leaf === null && mutable) refuseRepeatedNest(frame, list);
  const { depth } = frame;
  frame.depth = depth + 1;
  for (let k = 0; k < length; k++) {
    const descriptor = descriptors + VEC_SIZE * k;
    const value = values[k];
    frame.path[depth] = k;
    if (value === null || value === undefined) {
      if (!element.nullable) throw frame.wrongType(expectation(element), value);
      data.setPointer(offset + 8 * k, 0);
      continue;
    }
    if (!byValue) data.setPointerTo(offset + 8 * k, data, descriptor);
    if (leaf !== null && Array.isArray(value)) packLeaf(frame, value as unknown[], leaf, inner, data, descriptor);
    else pack(frame, value, element, inner, data, descriptor);
  }
  frame.depth = depth;
}

/**
 * Refuses a list of lists of lists that the frame holds already. Its leaves would be found to stand there twice, but
 * only when all is packed, and lists within lists that stand in two places each grow beyond any memory.
 */
function refuseRepeatedNest(frame: Frame, list: readonly unknown[]): void {
  if (frame.nests.has(list)) {
    throw typeError('ERR_RUSTDLL_ALIAS', `${frame.place()}: the same list stands here twice, and Rust may change it`);
  }
  frame.nests.add(list);
}

/** The elements, each read once and by index: a method might be the list's own. */
function copyOf(list: readonly unknown[], length: number): unknown[] {
  const values: unknown[] = [];
  for (let k = 0; k < length; k++) values.push(list[k]);
  return values;
}

/** Whether all of `values` are strings, and not more than one string could hold. */
function areTexts(values: readonly unknown[], length: number): values is string[] {
  let units = 0;
  for (let k = 0; k < length; k++) {
    const value = values[k];
    if (typeof value !== 'string') return false;
    units += value.length;
  }
  return units < MAX_JOINED;
}

function packStr(frame: Frame, value: unknown, type: StrType, mutable: boolean, chunk: Chunk, at: number): void {
  if (typeof value === 'string') {
    packString(frame, value, chunk, at);
    return;
  }
  if (!isViewOf(value, SCALARS.u8)) throw frame.wrongType(expectation(type), value);
  frame.addBorrow(value, SCALARS.u8, mutable, true, chunk, at);
}

/** What a value should have been, for messages. */
function expectation(type: RustType): string {
  const rust = formatType(type);
  if (type.kind === 'scalar') return rust;
  if (type.kind === 'str') return `a string (${rust})`;
  if (type.element.kind === 'scalar') return `a list or typed array of ${type.element.name} (${rust})`;
  return `a list (${rust})`;
}
