/** The names that no exported function can have, since JavaScript itself looks for them. The macro refuses them too. */

/**
 * What `await`, JSON and the conversions to text and numbers call on any object, and the two members by which JavaScript
 * tells what an object is.
 */
export const RESERVED: ReadonlySet<PropertyKey> = new Set(
  'then toJSON toString toLocaleString valueOf constructor __proto__'.split(' '),
);

/** True if no exported function can be called `name`. */
export function isReserved(name: string): boolean {
  return RESERVED.has(name) || /^[$@]/.test(name);
}
