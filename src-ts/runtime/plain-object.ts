/** Objects that are read by their fields, and fields that a polluted `Object.prototype` gives them. */

/** True if `value` has a property of this name that code which pollutes `Object.prototype` may have put there. */
export function mayBePollution(value: object, name: string): boolean {
  return name in Object.prototype && !Object.hasOwn(value, name);
}

/** An object with the fields of `value`, without those that may be pollution: a missing field is to stay missing. */
export function unpolluted(value: object, known: readonly string[]): object {
  if (!isPlain(value)) return value;
  const own: Record<string, unknown> = Object.create(null) as typeof own;
  for (const key of new Set([...Object.keys(value), ...known])) {
    if (key in value && !mayBePollution(value, key)) own[key] = (value as Record<string, unknown>)[key];
  }
  return own;
}

const tagOf = Object.getOwnPropertyDescriptor(Object.prototype, 'toString')?.value as () => string;

/**
 * True if `value` is an object for its properties' sake, as a class's instance may be: no list, Map, Date or the like.
 */
export function isPlain(value: object): boolean {
  return !/^\[object (\w*(Array|Map|Set|Buffer)|DataView|Date|RegExp|Promise|Error|Boolean|Number|String|Symbol|BigInt)\]$/.test(
    Reflect.apply(tagOf, value, []),
  );
}
