/**
 * The prototype of one library, in which plain functions are looked up that are not properties of the library yet. A
 * function that is found becomes the library's own property, so its calls do not go through a Proxy.
 */

import { thrownBy } from '../errors/trace';
import { RESERVED } from '../levels/export/reserved';

/**
 * The members of every object. They are listed here, so that a polluted `Object.prototype` adds nothing to a library.
 */
const INHERITED: ReadonlySet<PropertyKey> = new Set(
  (
    'constructor toLocaleString toString valueOf hasOwnProperty isPrototypeOf propertyIsEnumerable __proto__ ' +
    '__defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__'
  ).split(' '),
);

/** The plain functions of a library. */
export interface PlainFunctions {
  has(name: string): boolean;
  /** Returns the function `name`, or undefined. */
  get(name: string): unknown;
}

/**
 * Makes the object between a library and the prototype of its class, which has the library's plain functions. It does
 * not affect names that JavaScript itself looks for, members of every object and those of the class; `declare` reaches
 * functions with these names.
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

/** True if a class, or one that it extends, has the member. */
function isMember(prototype: object | null, key: PropertyKey): boolean {
  if (prototype === null || prototype === Object.prototype) return false;
  return Object.hasOwn(prototype, key) || isMember(Object.getPrototypeOf(prototype) as object | null, key);
}
