/** Writes JSON of values that are more than plain data: bigints, large numbers, objects with `toJSON` and of classes. */

import { types } from 'node:util';
import { along, outOfRange, wrongType } from '../../errors/mismatch';
import { isPlain } from '../../runtime/plain-object';
import { elementAt } from '../lent/list';

/**
 * Returns the JSON of a value. Rust reads exactly that value: an integer beyond 2^53 - 1 is a bigint, and a number of that
 * size has a point, so that Rust takes it only where it is not an integer.
 *
 * @param depth - How deep the value may be nested.
 * @throws Mismatch for what JSON cannot say.
 */
export function jsonText(value: unknown, depth: number): string {
  return textOf(value, '', depth, new Set());
}

/**
 * @param key - The name or index of the value in the object around it, for its `toJSON`.
 * @param around - The objects around the value.
 */
function textOf(value: unknown, key: string, depth: number, around: Set<object>): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      return numberText(value);
    case 'bigint':
      if (BigInt.asIntN(64, value) !== value && BigInt.asUintN(64, value) !== value) {
        throw outOfRange(`the bigint ${value} has more than 64 bits`);
      }
      return String(value);
    case 'object':
      return value === null ? 'null' : objectText(value, key, depth, around);
    default:
      throw wrongType('a JSON value', value);
  }
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw wrongType('a JSON value', value);
  const text = Object.is(value, -0) ? '0' : String(value);
  // With an exponent it is no integer to Rust either.
  return Number.isInteger(value) && !Number.isSafeInteger(value) && !text.includes('e') ? `${text}.0` : text;
}

function objectText(value: object, key: string, depth: number, around: Set<object>): string {
  if (around.has(value)) throw outOfRange('the object is inside of itself');
  if (depth === 0) throw outOfRange('values are nested more than 127 deep');
  around.add(value);
  const text = contentText(value, key, depth, around);
  around.delete(value);
  return text;
}

function contentText(value: object, key: string, depth: number, around: Set<object>): string {
  // A typed array has no `toJSON`; that of a Buffer makes an object of it which no type of Rust's means.
  if (ArrayBuffer.isView(value)) throw wrongType('a JSON value', value);
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === 'function') {
    const made: unknown = Reflect.apply(toJSON, value, [key]);
    return textOf(made, key, depth - 1, around);
  }
  if (Array.isArray(value)) return listText(value, depth - 1, around);
  if (!isPlain(value) || types.isBoxedPrimitive(value)) throw wrongType('a JSON value', value);
  return propertiesText(value as Record<string, unknown>, depth - 1, around);
}

function listText(list: readonly unknown[], depth: number, around: Set<object>): string {
  const { length } = list;
  let text = '[';
  for (let k = 0; k < length; k++) {
    try {
      text += (k === 0 ? '' : ',') + textOf(elementAt(list, k), String(k), depth, around);
    } catch (error) {
      throw along(error, k);
    }
  }
  return `${text}]`;
}

function propertiesText(value: Record<string, unknown>, depth: number, around: Set<object>): string {
  let text = '';
  for (const name of Object.keys(value)) {
    try {
      text += `${text === '' ? '{' : ','}${JSON.stringify(name)}:${textOf(value[name], name, depth, around)}`;
    } catch (error) {
      throw along(error, name);
    }
  }
  return text === '' ? '{}' : `${text}}`;
}
