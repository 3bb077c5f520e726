/** The names that no exported function can have, since a library's object has or is asked for them. The macro refuses them. */

function words(text: string): ReadonlySet<PropertyKey> {
  return new Set(text.split(' '));
}

/** The members of the class. */
const OWN = words('async close declare path constructor prototype');

/** The members of every object. They are listed here, so that a polluted `Object.prototype` adds nothing to a library. */
export const INHERITED = words(
  'constructor toLocaleString toString valueOf hasOwnProperty isPrototypeOf propertyIsEnumerable __proto__ ' +
    '__defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__',
);

/** The names that `await`, JSON, inspectors and test runners ask any object for. */
export const PROBED = words(
  'then catch finally toJSON __esModule default inspect length nodeType nodeName tagName hasAttribute ' +
    'asymmetricMatch isReactComponent splice size sample',
);

export const RESERVED: ReadonlySet<PropertyKey> = new Set([...OWN, ...INHERITED, ...PROBED]);

/** True if no exported function can be called `name`. */
export function isReserved(name: string): boolean {
  return RESERVED.has(name) || /^[$@]/.test(name);
}
