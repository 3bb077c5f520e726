/** The types of the data of errors. */

/** The type of the data of each error that has some. */
const types = new WeakMap<object, object>();

/** Notes that the data of an error is of a type, which is known by an object. */
export function noteData(error: Error, type: object): void {
  types.set(error, type);
}

/** True if a value is an error whose data is of that type. */
export function hasData(value: unknown, type: object): boolean {
  return typeof value === 'object' && value !== null && types.get(value) === type;
}
