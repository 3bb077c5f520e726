/**
 * The end of the prototype chain of a library: where a property that no object has is looked up. Once found, a function
 * becomes the instance's own property, so a Proxy is never in the way of a call.
 */

/** What every object answers to. Fixed here, so that a polluted `Object.prototype` adds nothing to a library. */
const INHERITED = new Set<PropertyKey>([
  'constructor',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  'toString',
  'valueOf',
  '__proto__',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
]);

/**
 * Names that `await`, JSON, inspectors and test runners ask any object for. They are undefined even where the library
 * exports such a function; `declare` reaches that.
 */
const PROBED = new Set<PropertyKey>([
  'then',
  'catch',
  'finally',
  'toJSON',
  'inspect',
  'length',
  'nodeType',
  'nodeName',
  'tagName',
  'hasAttribute',
  'asymmetricMatch',
  'isReactComponent',
  '__esModule',
  'default',
  'splice',
  'size',
  'sample',
]);

/**
 * A prototype whose missing properties `resolve` provides.
 *
 * @param resolve - Called with the object the property was asked of. It throws for a name it does not know.
 */
export function misses(resolve: (receiver: unknown, name: string) => unknown): object {
  return new Proxy(Object.create(Object.prototype) as object, {
    get(target, key, receiver) {
      if (typeof key === 'symbol' || INHERITED.has(key)) return Reflect.get(target, key, receiver) as unknown;
      // `$$typeof`, `@@__IMMUTABLE_…`, `_isMockFunction` and their like.
      if (PROBED.has(key) || /^[$@]|^_is[A-Z]/.test(key)) return undefined;
      return resolve(receiver, key);
    },
  });
}
