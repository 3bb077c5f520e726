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
  return isPlainData(value, MAX_JSON_DEPTH) ? stringify(value) : jsonText(value, MAX_JSON_DEPTH);
}

/**
 * True if the engine's JSON of a value is exact. It is not for an integer beyond 2^53 - 1, whose digits are not those of
 * its value, nor for objects with classes, which may have a `toJSON` or be something else than their properties.
 *
 * @param depth - How deep the value may still be nested.
 */
function isPlainData(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return (value | 0) === value || isExactNumber(value);
    case 'object':
      return value === null || (depth > 0 && isPlainObject(value, depth - 1));
    default:
      return false;
  }
}

function isExactNumber(value: number): boolean {
  return Number.isFinite(value) && (Math.abs(value) <= Number.MAX_SAFE_INTEGER || !Number.isInteger(value));
}

function isPlainObject(value: object, depth: number): boolean {
  const prototype = prototypeOf(value);
  if (prototype === Array.prototype) {
    const list = value as readonly unknown[];
    const { length } = list;
    for (let k = 0; k < length; k++) if (!isPlainData(list[k], depth)) return false;
    return true;
  }
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const name in value) if (!isPlainData((value as Record<string, unknown>)[name], depth)) return false;
  return true;
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
