/**
 * JSON values, which serde reads and writes: their text, and behind it the integers of a result that no number holds.
 *
 * The engine makes the text of a value and the value of a text, in the least time. It drops or changes what JSON cannot
 * say, so a value is looked through first; only one that has something else than plain data is written here.
 */

import { rangeError } from '../../../errors/errors';
import { Mismatch } from '../../../errors/mismatch';
import { type Callee, pathText } from '../../../errors/words';
import type { Decode, Reader } from '../../../memory/reader';
import type { Writer } from '../../../memory/writer';
import { makeList } from '../../../runtime/list';
import { define, unbound } from '../../../runtime/property';
import type { JsonShape } from '../../../types/shape';
import { jsonText } from '../json-text';
import type { Kind } from './kind';

export const jsonKind: Kind<JsonShape> = {
  spellings: { json: { kind: 'json' } },
  parts: () => [],
  encoder: () => encodeJson,
  decoder: (_, { bigint }) => (bigint ? decodeWithBigints : decodeJson),
  input: (_, { json }) => [json()],
  output: (_, { json }) => [json()],
  rust: () => 'Json',
};

/** The deepest that values may be nested, which is what serde reads. */
export const MAX_JSON_DEPTH = 127;

const { stringify, parse } = JSON;

/** Iterates a list, whatever its prototype is. */
const elementsOf = unbound(Array.prototype, 'values') as (list: readonly unknown[]) => Iterable<unknown>;

const prototypeOf = Object.getPrototypeOf as (value: object) => object | null;

function encodeJson(writer: Writer, value: unknown): void {
  writer.string(jsonOf(value));
  writer.count(0);
}

/** Returns the JSON of an argument. @throws TypeError, RangeError naming the argument. */
export function jsonArgument(callee: Callee, index: number, value: unknown): string {
  try {
    return jsonOf(value);
  } catch (error) {
    throw error instanceof Mismatch ? error.toError(callee, index) : error;
  }
}

function jsonOf(value: unknown): string {
  return isPlainData(value) ? stringify(value) : jsonText(value, MAX_JSON_DEPTH);
}

/**
 * True if the engine's JSON of a value is exact. It is not for an integer beyond 2^53 - 1, whose digits are not those of
 * its value, nor for objects with classes, which may have a `toJSON` or be something else than their properties.
 */
function isPlainData(value: unknown): boolean {
  return typeof value === 'object' && value !== null ? isPlainObject(value, MAX_JSON_DEPTH) : isPlainLeaf(value);
}

/** {@link isPlainData} for all but objects. */
function isPlainLeaf(value: unknown): boolean {
  if (typeof value === 'number') return (value >= -MOST && value <= MOST) || isFraction(value);
  return typeof value === 'string' || typeof value === 'boolean' || value === null;
}

const MOST = Number.MAX_SAFE_INTEGER;

function isFraction(value: number): boolean {
  return Number.isFinite(value) && !Number.isInteger(value);
}

/**
 * {@link isPlainData} for an array or object. Values other than these are looked at where they are met, which takes a fifth less
 * than by a call for each. An object of a class has another `constructor`, which is read in less time than the prototype.
 *
 * @param depth - How deep the value may be nested, with itself.
 */
function isPlainObject(value: object, depth: number): boolean {
  if (depth === 0) return false;
  if (Array.isArray(value)) return isPlainList(value, depth);
  if ((value as Record<string, unknown>)['toJSON'] !== undefined) return false;
  if (value.constructor !== Object && prototypeOf(value) !== null) return false;
  for (const name in value) {
    const property = (value as Record<string, unknown>)[name];
    if (typeof property === 'object' && property !== null) {
      if (!isPlainObject(property, depth - 1)) return false;
    } else if (!isPlainLeaf(property)) return false;
  }
  return true;
}

/**
 * {@link isPlainObject} for an array. Where V8 sees elements read by their index, of lists of numbers and of others, it compiles
 * code that converts the former to the latter in place: each number of the user's would become an object of the heap.
 */
function isPlainList(list: readonly unknown[], depth: number): boolean {
  if ((list as { toJSON?: unknown }).toJSON !== undefined) return false;
  const { length } = list;
  let k = 0;
  for (const element of elementsOf(list)) {
    if (k++ === length) return false;
    if (typeof element === 'object' && element !== null) {
      if (!isPlainObject(element, depth - 1)) return false;
    } else if (!isPlainLeaf(element)) return false;
  }
  return k === length;
}

const decodeJson: Decode = jsonDecoder((digits, path) => {
  throw rangeError(
    'ERR_RUSTDLL_RANGE',
    `the result${pathText(path)} is ${digits}, beyond what a number holds; export the function with #[export(bigint)]`,
  );
});

const decodeWithBigints: Decode = jsonDecoder(BigInt);

/** @param large - Makes the value of an integer beyond 2^53 - 1 from its digits. */
function jsonDecoder(large: (digits: string, path: readonly (number | string)[]) => bigint): Decode {
  return (reader) => {
    const value = parse(reader.string()) as unknown;
    const count = reader.length(reader.end - reader.at - 1);
    if (count === 0) return value;
    const holder = { value };
    for (let k = 0; k < count; k++) putLarge(reader, holder, large);
    return holder.value;
  };
}

function putLarge(
  reader: Reader,
  holder: { value: unknown },
  large: (digits: string, path: readonly (number | string)[]) => bigint,
): void {
  const path = makeList<number | string>(reader.length(reader.end - reader.at - 1));
  for (let k = 0; k < path.length; k++) path[k] = reader.flag() ? reader.string() : reader.word();
  const value = large(reader.string(), path);
  let outer = holder as unknown as Record<string | number, unknown>;
  let last: string | number = 'value';
  for (const step of path) {
    outer = ownObject(outer, last);
    last = step;
  }
  if (!hasOwn(outer, last)) throw misplaced();
  define(outer, String(last), value);
}

const hasOwn = unbound(Object.prototype, 'hasOwnProperty') as (object: object, name: string | number) => boolean;

/** Returns the object or list that is a property of another one. */
function ownObject(outer: Record<string | number, unknown>, name: string | number): Record<string | number, unknown> {
  const value = hasOwn(outer, name) ? outer[name] : null;
  if (typeof value !== 'object' || value === null) throw misplaced();
  return value as Record<string | number, unknown>;
}

function misplaced(): RangeError {
  return rangeError('ERR_RUSTDLL_RANGE', 'the result has an integer outside of its JSON');
}
