/** Arrays of n dimensions: a typed array with the elements, and the length of each dimension. */

import { rangeError, typeError } from '../../../errors/errors';
import { along, Mismatch, outOfRange, wrongType } from '../../../errors/mismatch';
import type { Decode } from '../../../memory/reader';
import type { Writer } from '../../../memory/writer';
import { makeIntegers } from '../../../runtime/list';
import { mayBePollution } from '../../../runtime/plain-object';
import { MAX_DIMENSIONS, MAX_LENGTH } from '../../../types/limits';
import { type Scalar, SCALARS } from '../../../types/scalar';
import type { NdArrayShape } from '../../../types/shape';
import { viewName } from '../../../types/typescript';
import { extentOf, isTypedArrayOf, isView } from '../../lent/view';
import { countOf } from '../count';
import { count, fault } from '../json';
import type { Kind } from './kind';
import { readScalarName, refused } from './scalar';
import { lendingEncoder } from './scalar-list';

export const ndArrayKind: Kind<NdArrayShape> = {
  spellings: { ndarray: readNdArray },
  parts: () => [],
  encoder({ element, dimensions }) {
    const scalar = SCALARS[element];
    const encodeElements = lendingEncoder(scalar, null);
    return (writer, value) => {
      const data = encodeLayout(writer, value, scalar, dimensions, false);
      inField('data', encodeElements, writer, data);
    };
  },
  decoder: ({ element, dimensions }) => ndArrayDecoder(SCALARS[element], dimensions),
  input: ({ element }, { ndArray, global }) => [
    ndArray([viewName(element), ...(element === 'u8' ? ['Uint8ClampedArray'] : [])].map(global).join(' | ')),
  ],
  output: ({ element, dimensions }, { ndArray, view }) => [ndArray(view(viewName(element)), shapeType(dimensions))],
  rust: ({ element, dimensions }) => `Array${dimensions ?? 'D'}<${element}>`,
};

/** Reads `["ndarray", P]` or `["ndarray", P, N]`. */
export function readNdArray(value: readonly unknown[]): NdArrayShape {
  const [, name, dimensions] = value;
  if (value.length > 3) fault(null, 'an array has elements and a number of dimensions');
  const element = readScalarName(name, 1);
  if (element === 'bool' || element === 'char') fault(null, `there is no typed array of ${element}`);
  return {
    kind: 'ndarray',
    element,
    dimensions: value.length < 3 ? null : count(dimensions, 2, MAX_DIMENSIONS),
  };
}

/** Prints the type of the lengths. */
function shapeType(dimensions: number | null): string {
  return dimensions === null ? 'number[]' : `[${Array<string>(dimensions).fill('number').join(', ')}]`;
}

/**
 * Encodes where the elements of an array are, and returns the typed array that has them.
 *
 * @param dimensions - How many there must be; null if there may be any number of them.
 * @param isChanged - True if Rust may change the elements, of which no two may then be one.
 * @throws Mismatch
 */
export function encodeLayout(
  writer: Writer,
  value: unknown,
  scalar: Scalar,
  dimensions: number | null,
  isChanged: boolean,
): ArrayBufferView {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isView(value)) {
    throw wrongType('an object with data and shape', value);
  }
  // Each is read once: a getter may return something else the second time.
  const data = fieldOf(value, 'data');
  const shape = fieldOf(value, 'shape');
  const strides = fieldOf(value, 'strides');
  const offset = fieldOf(value, 'offset') ?? 0;
  const lengths = inField('shape', readLengths, writer, shape, dimensions);
  const steps = strides === undefined ? null : inField('strides', readStrides, writer, strides, lengths.length);
  if (typeof offset !== 'number' || !Number.isInteger(offset) || offset < 0 || offset > MAX_LENGTH) {
    throw refused(SCALARS.u32, offset).along('offset');
  }
  if (!isTypedArrayOf(data, scalar)) {
    throw data === undefined ? missing('data') : wrongType(`a typed array of ${scalar.name}`, data).along('data');
  }
  const available = (extentOf(data)?.byteLength ?? 0) / scalar.size;
  if (dimensions === null) writer.count(lengths.length);
  let size = 1;
  for (const length of lengths) {
    writer.count(length);
    size *= length;
  }
  if (isRowMajor(lengths, steps) && offset === 0 && (steps === null || size === available)) {
    if (size !== available) {
      const factors = lengths.length > 1 ? ` (${lengths.join(' × ')})` : '';
      throw new Mismatch(`expected ${size} elements${factors}, got ${available}`).along('data');
    }
    writer.count(0);
    return data;
  }
  const used = steps ?? rowMajor(lengths);
  refuseOutside(lengths, used, offset, size, available);
  if (isChanged && haveSharedElements(lengths, used)) {
    throw new Mismatch('elements share their place, and Rust may change them', 'ERR_RUSTDLL_ALIAS').along('strides');
  }
  writer.count(1);
  for (const step of used) writer.integer(step);
  writer.count(offset);
  return data;
}

/** Does something with a property, whose name begins the path of an error. */
function inField<A extends unknown[], R>(name: string, act: (...args: A) => R, ...args: A): R {
  try {
    return act(...args);
  } catch (error) {
    throw along(error, name);
  }
}

function fieldOf(value: object, name: string): unknown {
  return mayBePollution(value, name) ? undefined : (value as Record<string, unknown>)[name];
}

function missing(name: string): Mismatch {
  return new Mismatch('the field is missing').along(name);
}

function readLengths(writer: Writer, shape: unknown, dimensions: number | null): number[] {
  if (shape === undefined) throw new Mismatch('the field is missing');
  return readIntegers(writer, shape, dimensions, SCALARS.u32, 0, MAX_LENGTH);
}

function readStrides(writer: Writer, strides: unknown, dimensions: number): number[] {
  return readIntegers(writer, strides, dimensions, SCALARS.i64, -Infinity, Infinity);
}

/** Reads a list of integers, one for each dimension. */
function readIntegers(
  writer: Writer,
  value: unknown,
  wanted: number | null,
  scalar: Scalar,
  min: number,
  max: number,
): number[] {
  const count = countOf(writer, value, wanted);
  if (count > MAX_DIMENSIONS) throw outOfRange(`${count} dimensions are too many; ${MAX_DIMENSIONS} are the most`);
  const list = makeIntegers(count);
  for (let k = 0; k < count; k++) {
    const each = (value as readonly unknown[])[k];
    if (typeof each !== 'number' || !Number.isSafeInteger(each) || each < min || each > max) {
      throw refused(scalar, each).along(k);
    }
    list[k] = each;
  }
  return list;
}

function rowMajor(lengths: readonly number[]): number[] {
  const steps = makeIntegers(lengths.length);
  let step = 1;
  for (let k = lengths.length - 1; k >= 0; k--) {
    steps[k] = step;
    step *= lengths[k] as number;
  }
  return steps;
}

/** True if the elements are in row-major order. Along a dimension of one element there is no distance. */
function isRowMajor(lengths: readonly number[], steps: readonly number[] | null): boolean {
  if (steps === null) return true;
  let step = 1;
  for (let k = lengths.length - 1; k >= 0; k--) {
    if (lengths[k] !== 1 && steps[k] !== step) return false;
    step *= lengths[k] as number;
  }
  return true;
}

/** Refuses an array that has elements outside of its data, or more elements than that. */
function refuseOutside(
  lengths: readonly number[],
  steps: readonly number[],
  offset: number,
  size: number,
  available: number,
): void {
  if (size === 0) return;
  let first = offset;
  let last = offset;
  lengths.forEach((length, k) => {
    const reach = (length - 1) * (steps[k] as number);
    if (reach < 0) first += reach;
    else last += reach;
  });
  if (first < 0 || last >= available) {
    throw outOfRange(`the elements are at ${first} to ${last}, and there are ${available}`).along('data');
  }
  // Rust may make a copy of all of them.
  if (size > available) {
    throw outOfRange(`${lengths.join(' × ')} elements, and data has ${available}`).along('shape');
  }
}

/** True if two elements may be one. As in the crate, some arrays are taken for such although no two are. */
function haveSharedElements(lengths: readonly number[], steps: readonly number[]): boolean {
  if (lengths.includes(0)) return false;
  const order = lengths.map((length, k) => ({ length, step: Math.abs(steps[k] as number) }));
  order.sort((a, b) => a.step - b.step);
  let reach = 0;
  for (const { length, step } of order) {
    if (length === 1) continue;
    if (step <= reach) return true;
    reach += (length - 1) * step;
  }
  return false;
}

function ndArrayDecoder(scalar: Scalar, dimensions: number | null): Decode {
  return (reader) => {
    const shape = makeIntegers(dimensions ?? Math.min(reader.word(), MAX_DIMENSIONS));
    let size = 1;
    for (let k = 0; k < shape.length; k++) {
      const length = reader.word();
      shape[k] = length;
      size *= length;
    }
    if (reader.flag()) throw typeError('ERR_RUSTDLL_TYPE', 'the result holds an array that is not in row-major order');
    if (reader.flag()) throw typeError('ERR_RUSTDLL_TYPE', 'the result holds an array that is not in it');
    const length = reader.word();
    if (length !== size || length * scalar.size > (reader.end - reader.at) * 8) {
      throw rangeError('ERR_RUSTDLL_RANGE', `the result claims an array of ${size} elements, which are not in it`);
    }
    return { data: reader.typedArray(scalar.view, scalar.size, length), shape };
  };
}
