/**
 * The end of the prototype chain of a library: where a property that no object has is looked up. Once found, a function
 * becomes the instance's own property, so a Proxy is never in the way of a call.
 */

import { RESERVED } from '../levels/export/reserved';

function words(text: string): ReadonlySet<PropertyKey> {
  return new Set(text.split(' '));
}

/** The members of every object. They are listed here, so that a polluted `Object.prototype` adds nothing to a library. */
const INHERITED = words(
  'constructor toLocaleString toString valueOf hasOwnProperty isPrototypeOf propertyIsEnumerable __proto__ ' +
    '__defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__',
);

/** The names that inspectors and test runners ask any object for. */
const PROBED = words(
  'catch finally __esModule default inspect length nodeType nodeName tagName hasAttribute asymmetricMatch ' +
    'isReactComponent splice size sample',
);

/** How a library's plain functions are found. */
export interface Functions {
  /** True if the library of `receiver` exports a plain function `name`. */
  has(receiver: unknown, name: string): boolean;
  /** The function `name` of the library of `receiver`; throws for a name it does not know. */
  resolve(receiver: unknown, name: string): unknown;
}

/**
 * A prototype whose missing properties are a library's plain functions. What JavaScript itself looks for is undefined even
 * where the library exports a function of that name; `declare` reaches it.
 */
export function misses(functions: Functions): object {
  return new Proxy(Object.create(Object.prototype) as object, {
    get(target, key, receiver) {
      if (typeof key === 'symbol' || INHERITED.has(key)) return Reflect.get(target, key, receiver) as unknown;
      if (RESERVED.has(key)) return undefined;
      // `$$typeof`, `@@__IMMUTABLE_…`, `_isMockFunction` and their like.
      const isProbed = PROBED.has(key) || /^[$@]|^_is[A-Z]/.test(key);
      return isProbed && !functions.has(receiver, key) ? undefined : functions.resolve(receiver, key);
    },
  });
}
