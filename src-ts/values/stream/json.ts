/** Reads untrusted JSON value by value. */

import { describe } from '../../errors/words';

/** The most bytes of UTF-8 that a text may have. */
export const MAX_BYTES = 16 * 1024 * 1024;

/** The most elements that an outer list may have. */
export const MAX_ENTRIES = 65_536;

/** Matches what a name cannot contain: a NUL or a lone surrogate. */
const NEVER_IN_A_NAME = /\0|\p{Surrogate}/u;

/** A value and its path in the text: `functions[3].parameters[0].name`. */
export interface Place {
  readonly value: unknown;
  readonly at: string;
}

/** A problem with a text, at a place in it. */
export class JsonFault extends Error {}

/** Throws the error for a place with something else than `expected`. */
export function unexpected(place: Place, expected: string): never {
  return fault(place.at, `expected ${expected}, found ${describe(place.value)}`);
}

/** Throws the error for a problem at a path, which is empty for the text as a whole. */
export function fault(at: string, problem: string): never {
  throw new JsonFault(at === '' ? problem : `${at}: ${problem}`);
}

/** Parses the whole text. @throws JsonFault if it is too long or no JSON */
export function parseJson(text: string): unknown {
  // A text has at least as many bytes as UTF-16 units, so the bytes of one that has too many units are not counted.
  if (text.length > MAX_BYTES || Buffer.byteLength(text) > MAX_BYTES) {
    throw new JsonFault(`it is larger than ${MAX_BYTES >> 20} MiB`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // The error is a SyntaxError, or the engine's error for a text that is nested too deep.
    throw new JsonFault(`it is not JSON (${(error as Error).message})`);
  }
}

/** Reads an object that has exactly these fields. */
export function fields<const Name extends string>(place: Place, names: readonly Name[]): Record<Name, Place> {
  const { value, at } = place;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return unexpected(place, 'an object');
  const read: Partial<Record<Name, Place>> = {};
  for (const name of names) {
    // `name in value` would find properties that were added to Object.prototype.
    if (!Object.hasOwn(value, name)) fault(at, `the field \`${name}\` is missing`);
    read[name] = { value: (value as Record<Name, unknown>)[name], at: at === '' ? name : `${at}.${name}` };
  }
  const keys = Object.keys(value);
  if (keys.length > names.length) {
    const strange = keys.find((key) => !(names as readonly string[]).includes(key)) as string;
    fault(at, `unknown field, ${describe(strange)}`);
  }
  return read as Record<Name, Place>;
}

/** Reads one field of an object, which decides which other fields there are. */
export function peek({ value, at }: Place, name: string): Place {
  const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return {
    value: isObject ? (value as Record<string, unknown>)[name] : undefined,
    at: at === '' ? name : `${at}.${name}`,
  };
}

/** Reads the elements of a list, which are `most` at most. */
export function elements(place: Place, most = Infinity): Place[] {
  const { value, at } = place;
  if (!Array.isArray(value)) return unexpected(place, 'a list');
  if (value.length > most) fault(at, `there are ${value.length}, and at most ${most} are allowed`);
  return value.map((element: unknown, index) => ({ value: element, at: `${at}[${index}]` }));
}

/** Reads the elements of a list that has exactly so many. */
export function exactly(place: Place, length: 2): [Place, Place];
export function exactly(place: Place, length: 3): [Place, Place, Place];
export function exactly(place: Place, length: number): Place[] {
  const found = elements(place);
  if (found.length !== length) fault(place.at, `expected a list of ${length}, found one of ${found.length}`);
  return found;
}

/** Reads any text, such as documentation. */
export function text(place: Place): string {
  return typeof place.value === 'string' ? place.value : unexpected(place, 'a string');
}

/** Reads a text that is not empty and contains no NUL and no lone surrogate. */
export function name(place: Place): string {
  const read = text(place);
  return read === '' || NEVER_IN_A_NAME.test(read) ? unexpected(place, 'a name') : read;
}

export function boolean(place: Place): boolean {
  return typeof place.value === 'boolean' ? place.value : unexpected(place, 'true or false');
}

/** Reads an integer from 0 to `max`. */
export function count(place: Place, max: number): number {
  const { value } = place;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max) return value;
  return unexpected(place, `an integer from 0 to ${max}`);
}

/** Reads one of these texts. */
export function oneOf<const T extends string>(place: Place, texts: readonly T[]): T {
  const found = texts.find((option) => option === place.value);
  return found ?? unexpected(place, texts.map((option) => JSON.stringify(option)).join(' or '));
}

/** Reads all names of a list, and refuses one that occurs twice. */
export function distinct(names: Iterable<Place>, what: string): void {
  const seen = new Set<unknown>();
  for (const place of names) {
    if (seen.has(place.value)) fault(place.at, `two ${what} are called ${describe(place.value)}`);
    seen.add(place.value);
  }
}
