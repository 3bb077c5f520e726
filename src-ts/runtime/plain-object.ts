/** Handles objects whose fields are read, and fields that they inherit from a polluted `Object.prototype`. */

import { method } from './property';

/** True if `value` inherits a property of this name that may be due to pollution of `Object.prototype`. */
export function mayBePollution(value: object, name: string): boolean {
  return name in Object.prototype && !Object.hasOwn(value, name);
}

/**
 * Returns an object with the fields of `value` but without those due to pollution, so that a missing field stays
 * missing.
 */
export function unpolluted(value: object, known: readonly string[]): object {
  if (!isPlain(value)) return value;
  const own: Record<string, unknown> = Object.create(null) as typeof own;
  for (const key of new Set([...Object.keys(value), ...known])) {
    if (key in value && !mayBePollution(value, key)) own[key] = (value as Record<string, unknown>)[key];
  }
  return own;
}

const tagOf = method(Object.prototype, 'toString') as () => string;

/**
 * True if `value` is an ordinary object with properties, possibly an instance of a class, and not a list, Map, Date or
 * the like.
 */
export function isPlain(value: object): boolean {
  return !/^\[object (\w*(Array|Map|Set|Buffer)|DataView|Date|RegExp|Promise|Error|Boolean|Number|String|Symbol|BigInt)\]$/.test(
    Reflect.apply(tagOf, value, []),
  );
}
