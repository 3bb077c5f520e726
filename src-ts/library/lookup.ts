/**
 * The prototype of one library, where a property is looked up that the library does not have yet: a plain function. Once
 * found, a function becomes the library's own property, so a Proxy is never in the way of a call.
 */

import { thrownBy } from '../errors/trace';
import { RESERVED } from '../levels/export/reserved';

/** The members of every object. They are listed here, so that a polluted `Object.prototype` adds nothing to a library. */
const INHERITED: ReadonlySet<PropertyKey> = new Set(
  (
    'constructor toLocaleString toString valueOf hasOwnProperty isPrototypeOf propertyIsEnumerable __proto__ ' +
    '__defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__'
  ).split(' '),
);

/** The plain functions of a library. */
export interface PlainFunctions {
  has(name: string): boolean;
  /** The function `name`, or undefined. */
  get(name: string): unknown;
}

/**
 * An object between a library and the prototype of its class, which has the library's plain functions too. What
 * JavaScript itself looks for, the members of every object and those of the class are what they would be without it;
 * `declare` reaches functions of these names.
 */
export function withFunctions(prototype: object, functions: PlainFunctions): object {
  const isOthers = (key: PropertyKey): boolean => RESERVED.has(key) || INHERITED.has(key) || isMember(prototype, key);
  const get = (target: object, key: PropertyKey, receiver: unknown): unknown => {
    let found: unknown;
    try {
      if (typeof key === 'string' && !isOthers(key)) found = functions.get(key);
    } catch (error) {
      throw thrownBy(get, error);
    }
    return found ?? (Reflect.get(target, key, receiver) as unknown);
  };
  const handler = {
    __proto__: null,
    get,
    has: (target: object, key: PropertyKey): boolean =>
      (typeof key === 'string' && !isOthers(key) && functions.has(key)) || Reflect.has(target, key),
  };
  return new Proxy(Object.create(prototype) as object, handler);
}

/** True if a class has the member, or one that it extends. */
function isMember(prototype: object | null, key: PropertyKey): boolean {
  if (prototype === null || prototype === Object.prototype) return false;
  return Object.hasOwn(prototype, key) || isMember(Object.getPrototypeOf(prototype) as object | null, key);
}
