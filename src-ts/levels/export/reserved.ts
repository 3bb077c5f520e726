/**
 * The names that an exported function cannot have, as JavaScript looks for them on any object. The macro refuses them
 * too.
 */

/**
 * The methods that `await`, JSON and the conversions to strings and numbers call on any object, and the two properties
 * by which JavaScript classifies an object.
 */
export const RESERVED: ReadonlySet<PropertyKey> = new Set(
  'then toJSON toString toLocaleString valueOf constructor __proto__'.split(' '),
);

/** True if no exported function can have this name. */
export function isReserved(name: string): boolean {
  return RESERVED.has(name) || /^[$@]/.test(name);
}
