/** Describes objects for messages: `a list`, `a Date`, `an instance of Point`. */

import { types } from 'node:util';
import { getter } from '../runtime/property';

const tagOf = getter(Object.getPrototypeOf(Uint8Array.prototype) as object, Symbol.toStringTag) as (
  view: ArrayBufferView,
) => string | undefined;

/** The classes whose objects the engine recognises, even if their prototype was replaced. */
const BRANDS: readonly (readonly [is: (value: unknown) => boolean, words: string])[] = [
  [types.isDate, 'a Date'],
  [types.isMap, 'a Map'],
  [types.isSet, 'a Set'],
  [types.isRegExp, 'a RegExp'],
  [types.isPromise, 'a Promise (missing await?)'],
  [types.isArrayBuffer, 'an ArrayBuffer'],
  [types.isSharedArrayBuffer, 'a SharedArrayBuffer'],
  [types.isWeakMap, 'a WeakMap'],
  [types.isWeakSet, 'a WeakSet'],
  [types.isNumberObject, 'a Number object'],
  [types.isStringObject, 'a String object'],
  [types.isBooleanObject, 'a Boolean object'],
  [types.isBigIntObject, 'a BigInt object'],
  [types.isSymbolObject, 'a Symbol object'],
  [types.isGeneratorObject, 'a generator'],
  [types.isMapIterator, 'an iterator of a Map'],
  [types.isSetIterator, 'an iterator of a Set'],
];

/** Well-known classes whose objects are recognised only by their prototype. */
const KNOWN: ReadonlyMap<object, string> = new Map<object, string>([
  [Object.prototype, 'an object'],
  [URL.prototype, 'a URL'],
  [URLSearchParams.prototype, 'a URLSearchParams'],
  [WeakRef.prototype, 'a WeakRef'],
  [Error.prototype, 'an Error'],
  [EvalError.prototype, 'an EvalError'],
  [RangeError.prototype, 'a RangeError'],
  [ReferenceError.prototype, 'a ReferenceError'],
  [SyntaxError.prototype, 'a SyntaxError'],
  [TypeError.prototype, 'a TypeError'],
  [URIError.prototype, 'a URIError'],
  [AggregateError.prototype, 'an AggregateError'],
]);

/** The form of the names of classes that messages contain. */
const CLASS_NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$]{0,59}$/u;

/** Describes an object, without running code of the object, of its prototypes or of its class. */
export function describeObject(value: object): string {
  // This comes first, as all other checks would run the handler of a Proxy, or throw if it is revoked.
  if (types.isProxy(value)) return 'a Proxy';
  if (Array.isArray(value)) return 'a list';
  if (ArrayBuffer.isView(value)) return tagOf(value) ?? 'DataView';
  for (const [is, words] of BRANDS) if (is(value)) return words;
  return describeClass(value);
}

/** Describes an object by the nearest prototype that names a class. */
function describeClass(value: object): string {
  for (let prototype = prototypeOf(value); prototype !== null; prototype = prototypeOf(prototype)) {
    const known = KNOWN.get(prototype);
    if (known !== undefined) return known;
    const name = ownText(ownFunction(prototype, 'constructor'), 'name');
    // It may be the Object of another realm.
    if (name === 'Object') return 'an object';
    if (name !== null && CLASS_NAME.test(name)) return `an instance of ${name}`;
  }
  return types.isNativeError(value) ? 'an Error' : 'an object';
}

/** Returns the prototype of an object. It is null for a Proxy, whose handler would run. */
function prototypeOf(value: object): object | null {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || types.isProxy(prototype) ? null : prototype;
}

/** Returns the function that is an own property of `holder`; null for a getter, a Proxy and any other value. */
function ownFunction(holder: object, key: string): object | null {
  const value = ownValue(holder, key);
  return typeof value === 'function' && !types.isProxy(value) ? value : null;
}

/** Returns the string that is an own property of `holder`, or null. */
function ownText(holder: object | null, key: string): string | null {
  const value = holder === null ? undefined : ownValue(holder, key);
  return typeof value === 'string' ? value : null;
}

/**
 * Returns the value of an own property, without calling a getter, and independently of a polluted `Object.prototype`.
 */
function ownValue(holder: object, key: string): unknown {
  const descriptor = Object.getOwnPropertyDescriptor(holder, key);
  return descriptor !== undefined && Object.hasOwn(descriptor, 'value') ? descriptor.value : undefined;
}
