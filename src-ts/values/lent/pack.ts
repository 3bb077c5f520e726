/**
 * Packs lists and strings into the arena. A `PyVec` is a descriptor that points to its elements; elements that are
 * themselves lists or strings are descriptors, or pointers to descriptors.
 */

import { EMPTY_ADDRESS, TEXTS, VEC_LENGTH, VEC_SIZE } from '../../crossing/block';
import { TEXT_ADDRESSES } from '../../crossing/doorbell';
import { typeError } from '../../errors/errors';
import { Mismatch } from '../../errors/mismatch';
import type { Level } from '../../errors/words';
import type { Arena } from '../../memory/arena';
import type { Chunk } from '../../memory/chunk';
import { Elements } from '../../memory/site';
import { makeList } from '../../runtime/list';
import { formatType, type StrType, type VecType } from '../../types/lent';
import { type Scalar, type ScalarName, SCALARS } from '../../types/scalar';
import { expectedList } from '../refusal';
import type { LentSlot } from '../slot';
import { lengthOf, listFrom, packScalars, packShort, refuseMixed } from './list';
import { isShortText, packString, packStrings } from './text';
import { bytesOf, elementOf, isReadableAs, isTypedArrayOf, isView, isViewOf } from './view';

/**
 * Packs an argument whose type is a reference, and returns the value for its register: the address of its descriptor,
 * or 0 for `None`.
 *
 * @param index - The argument, counted from 0.
 */
export function packArgument(arena: Arena, index: number, value: unknown, type: VecType | StrType): number {
  beginArgument(arena, index, value);
  if (value === null || value === undefined) {
    if (type.nullable) return 0;
    throw arena.wrongType(expectation(type, arena.level), value);
  }
  if (isShortText(value) && type.kind === 'str' && arena.textCount < TEXTS) {
    arena.texts[arena.textCount] = value;
    return TEXT_ADDRESSES[arena.textCount++] as number;
  }
  arena.reserve(VEC_SIZE);
  const { chunk, offset } = arena;
  pack(arena, value, type, type.held === 'mut', chunk, offset);
  return chunk.address + offset;
}

/** Packs an argument that is a string, and returns the address of its descriptor. */
export function packText(arena: Arena, index: number, text: string): number {
  beginArgument(arena, index, text);
  arena.reserve(VEC_SIZE);
  const { chunk, offset } = arena;
  packString(arena, text, chunk, offset);
  return chunk.address + offset;
}

/** Packs an argument that is a list, and returns the address of its descriptor. */
export function packList(arena: Arena, index: number, list: unknown[], type: VecType): number {
  beginArgument(arena, index, list);
  arena.reserve(VEC_SIZE);
  const { chunk, offset } = arena;
  packVec(arena, list, type, type.held === 'mut', chunk, offset);
  return chunk.address + offset;
}

/**
 * Packs an argument that is a list of numbers, and stores the address of its descriptor in the arena's `pointers`. Most
 * such lists are of int32s, which are packed at once, so that they are not read once more for their type.
 *
 * A list that begins with a fraction is read by no loop for integers: where V8 sees lists of small integers and lists of
 * other numbers, it compiles code that is slower, and that converts the former to the latter in place.
 *
 * @param head - The first element.
 * @param elementOf - Returns the type of the elements of a list that begins with an integer.
 * @returns The type of the elements.
 */
export function packNumbers(
  arena: Arena,
  index: number,
  list: unknown[],
  length: number,
  head: number,
  elementOf: (arena: Arena, list: readonly unknown[], length: number) => 'i64' | 'f64',
): ScalarName {
  beginArgument(arena, index, list);
  arena.reserve(VEC_SIZE);
  const { chunk, offset } = arena;
  chunk.i32[(offset + VEC_LENGTH) >> 2] = length;
  arena.reserve(8 * length);
  const { chunk: data, offset: first } = arena;
  chunk.setPointerTo(offset, data, first);
  let scalar = SCALARS.i64;
  let elements: Elements = Elements.Short;
  if ((head | 0) !== head || packShort(list, 0, length, data.i32, first >> 2, -0x80000000) !== length) {
    scalar = SCALARS[Number.isInteger(head) ? elementOf(arena, list, length) : 'f64'];
    elements = packScalars(arena, list, length, scalar, data, first);
  }
  arena.noted.add(list, index, data, first, length, scalar, elements);
  arena.pointers[index] = chunk.address + offset;
  return scalar.name;
}

/**
 * Lends Rust an argument that is a view of `element`s, and returns the address of its descriptor. Rust may change it.
 */
export function lendView(
  arena: Arena,
  index: number,
  view: ArrayBufferView | ArrayBufferLike,
  element: Scalar,
): number {
  beginArgument(arena, index, view);
  arena.reserve(VEC_SIZE);
  const { chunk, offset } = arena;
  arena.addBorrow(view, element, true, false, chunk, offset);
  return chunk.address + offset;
}

function beginArgument(arena: Arena, index: number, value: unknown): void {
  arena.argument = index;
  arena.values[index] = value;
  arena.wideElements = '';
}

/** Does the same as {@link packArgument} for a parameter that accepts only some of the values of its type. */
export function packExactly(arena: Arena, index: number, given: unknown, { type, only, layout }: LentSlot): number {
  arena.argument = index;
  const value = layout === undefined ? given : lentBy(arena, index, given, layout);
  if (only === 'string' && typeof value !== 'string') throw arena.wrongType('a string', value);
  if (only === 'typed array' && type.kind === 'vec' && type.element.kind === 'scalar') {
    const { name } = type.element;
    if (!isTypedArrayOf(value, SCALARS[name])) throw arena.wrongType(`a typed array of ${name}`, value);
  }
  if (typeof only === 'number') refuseOtherLength(arena, value, only);
  return packArgument(arena, index, value, type);
}

/** Encodes the layout of a value, and returns what is lent of it. */
function lentBy(arena: Arena, index: number, value: unknown, layout: NonNullable<LentSlot['layout']>): unknown {
  try {
    return layout(arena.writer, value);
  } catch (error) {
    throw error instanceof Mismatch ? error.toError(arena.callee, index) : error;
  }
}

/** Refuses a list or view of another length than the type has. What is neither is refused as such when it is packed. */
function refuseOtherLength(arena: Arena, value: unknown, wanted: number): void {
  let length: number | undefined;
  if (Array.isArray(value)) length = lengthOf(arena, value);
  else if (isView(value)) length = (bytesOf(value)?.length ?? 0) / (elementOf(value)?.size ?? 1);
  if (length === undefined || length === wanted) return;
  throw arena.error('ERR_RUSTDLL_TYPE', `expected a list of ${wanted} elements, got one of ${length}`);
}

/**
 * Packs `value`, and stores its descriptor at `at`.
 *
 * @param mutable - True if Rust may change what the descriptor points to.
 */
function pack(arena: Arena, value: unknown, type: VecType | StrType, mutable: boolean, chunk: Chunk, at: number): void {
  if (type.kind === 'str') {
    packStr(arena, value, type, mutable, chunk, at);
    return;
  }
  const { element } = type;
  if (!Array.isArray(value)) {
    const isRead = !mutable && arena.level === 'export';
    const isTaken = isRead ? isReadableAs : isViewOf;
    if (element.kind !== 'scalar' || !isTaken(value, SCALARS[element.name])) {
      const list = isRead ? listFrom(value) : null;
      if (list === null) throw arena.wrongType(expectation(type, arena.level), value);
      packVec(arena, list, type, false, chunk, at);
      return;
    }
    arena.addBorrow(value, SCALARS[element.name], mutable, false, chunk, at);
    return;
  }
  packVec(arena, value as unknown[], type, mutable, chunk, at);
}

/** Packs a list, and stores its descriptor at `at`. */
function packVec(
  arena: Arena,
  list: unknown[],
  { element }: VecType,
  mutable: boolean,
  chunk: Chunk,
  at: number,
): void {
  if (element.kind === 'scalar') {
    packListOfScalars(arena, list, SCALARS[element.name], mutable, chunk, at);
    return;
  }
  const length = lengthOf(arena, list);
  chunk.i32[(at + VEC_LENGTH) >> 2] = length;
  if (length === 0) chunk.setPointer(at, EMPTY_ADDRESS);
  else packElements(arena, list, length, element, mutable, chunk, at);
}

/** Packs a list of scalars, and stores its descriptor at `at`. */
function packListOfScalars(
  arena: Arena,
  list: unknown[],
  scalar: Scalar,
  mutable: boolean,
  chunk: Chunk,
  at: number,
): void {
  const length = lengthOf(arena, list);
  chunk.i32[(at + VEC_LENGTH) >> 2] = length;
  if (length === 0) {
    chunk.setPointer(at, EMPTY_ADDRESS);
    return;
  }
  arena.reserve(length * scalar.size);
  const { chunk: data, offset } = arena;
  chunk.setPointerTo(at, data, offset);
  const elements = packScalars(arena, list, length, scalar, data, offset);
  if (mutable && elements === Elements.Mixed) refuseMixed(arena, list, length);
  if (mutable) arena.noted.add(list, arena.argument, data, offset, length, scalar, elements);
}

/** Packs the elements of a list of lists or strings, and stores the pointer to them in the descriptor at `at`. */
function packElements(
  arena: Arena,
  list: readonly unknown[],
  length: number,
  element: VecType | StrType,
  mutable: boolean,
  chunk: Chunk,
  at: number,
): void {
  const byValue = element.held === 'value';
  // Elements held by reference are pointers; the descriptors to which they point follow after all pointers.
  const pointerBytes = byValue ? 0 : 8 * length;
  arena.reserve(pointerBytes + VEC_SIZE * length);
  const { chunk: data, offset } = arena;
  chunk.setPointerTo(at, data, offset);
  const inner = mutable && element.held !== 'ref';
  const descriptors = offset + pointerBytes;
  let values = list;
  if (element.kind === 'str') {
    values = copyOf(list, length);
    if (areTexts(values, length)) {
      for (let k = 0; !byValue && k < length; k++) data.setPointerTo(offset + 8 * k, data, descriptors + VEC_SIZE * k);
      packStrings(arena, values, data, descriptors);
      return;
    }
  }
  const scalar = element.kind === 'vec' && element.element.kind === 'scalar' ? SCALARS[element.element.name] : null;
  if (scalar === null && mutable) refuseRepeatedNest(arena, list);
  const { depth } = arena;
  arena.depth = depth + 1;
  for (let k = 0; k < length; k++) {
    const descriptor = descriptors + VEC_SIZE * k;
    const value = values[k];
    arena.path[depth] = k;
    if (value === null || value === undefined) {
      if (!element.nullable) throw arena.wrongType(expectation(element, arena.level), value);
      data.setPointer(offset + 8 * k, 0);
      continue;
    }
    if (!byValue) data.setPointerTo(offset + 8 * k, data, descriptor);
    if (scalar !== null && Array.isArray(value))
      packListOfScalars(arena, value as unknown[], scalar, inner, data, descriptor);
    else pack(arena, value, element, inner, data, descriptor);
  }
  arena.depth = depth;
}

/**
 * Refuses a list of lists of lists that the arena holds already. The lists inside would be found to stand there twice,
 * but only when all is packed, and lists within lists that stand in two places each grow beyond any memory.
 */
function refuseRepeatedNest(arena: Arena, list: readonly unknown[]): void {
  if (arena.nests.has(list)) {
    throw typeError('ERR_RUSTDLL_ALIAS', `${arena.place()}: the same list stands here twice, and Rust may change it`);
  }
  arena.nests.add(list);
}

/** Copies the elements. Each is read once and by index, as the list may define methods of its own. */
function copyOf(list: readonly unknown[], length: number): unknown[] {
  const values = makeList(length);
  for (let k = 0; k < length; k++) values[k] = list[k];
  return values;
}

/** True if all of `values` are strings. */
function areTexts(values: readonly unknown[], length: number): values is string[] {
  for (let k = 0; k < length; k++) if (typeof values[k] !== 'string') return false;
  return true;
}

function packStr(arena: Arena, value: unknown, type: StrType, mutable: boolean, chunk: Chunk, at: number): void {
  if (typeof value === 'string') {
    packString(arena, value, chunk, at);
    return;
  }
  if (!isViewOf(value, SCALARS.u8)) throw arena.wrongType(expectation(type, arena.level), value);
  arena.addBorrow(value, SCALARS.u8, mutable, true, chunk, at);
}

/**
 * Describes the accepted values. Only at the declare level has the user written Rust types, so only there they are
 * named.
 */
function expectation(type: VecType | StrType, level: Level): string {
  const words = plainExpectation(type);
  if (level !== 'declare') return words;
  const rust = formatType(type);
  return words.endsWith(')') ? `${words.slice(0, -1)}; ${rust})` : `${words} (${rust})`;
}

function plainExpectation(type: VecType | StrType): string {
  if (type.kind === 'str') return 'a string';
  return type.element.kind === 'scalar' ? expectedList(type.element.name) : 'a list';
}
