/** Names that no exported function can have, since its library's object has or is asked for them. The macro refuses them. */

const RESERVED: ReadonlySet<string> = new Set(
  // The class's own,
  (
    'close declare path constructor prototype ' +
    // every object's,
    'toLocaleString toString valueOf hasOwnProperty isPrototypeOf propertyIsEnumerable __proto__ __defineGetter__ ' +
    '__defineSetter__ __lookupGetter__ __lookupSetter__ ' +
    // and those that `await`, JSON, inspectors and test runners ask for.
    'then catch finally toJSON __esModule default inspect length nodeType nodeName tagName hasAttribute ' +
    'asymmetricMatch isReactComponent splice size sample'
  ).split(' '),
);

/** Whether no exported function can be called `name`. */
export function isReserved(name: string): boolean {
  return RESERVED.has(name) || /^[$@]/.test(name);
}
