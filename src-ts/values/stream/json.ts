/**
 * Reads untrusted JSON value by value. A reader is given a value and the step that leads to it; only a fault needs the
 * whole path, and collects the steps while it propagates.
 */

import { describe } from '../../errors/words';

/** The most bytes of UTF-8 that a text may have. */
export const MAX_BYTES = 16 * 1024 * 1024;

/** The most elements that an outer list may have. */
export const MAX_ENTRIES = 65_536;

/** The index or name of a value in its list or object; null for a value whose caller adds the step. */
export type Step = number | string | null;

/** A problem with a text, at a place in it. */
export class JsonFault extends Error {
  /** The path of the value: `functions[3].parameters[0].name`. */
  #at = '';

  constructor(
    readonly problem: string,
    step: Step,
  ) {
    super();
    this.along(step);
  }

  /** Adds a step at the beginning of the path. */
  along(step: Step): this {
    const inner = this.#at === '' || this.#at.startsWith('[') ? this.#at : `.${this.#at}`;
    if (step !== null) this.#at = `${typeof step === 'number' ? `[${step}]` : step}${inner}`;
    this.message = this.#at === '' ? this.problem : `${this.#at}: ${this.problem}`;
    return this;
  }
}

/** Adds a step to `error` if it is a fault of the text. */
export function leading(error: unknown, step: Step): unknown {
  return error instanceof JsonFault ? error.along(step) : error;
}

/** Throws the fault for a value that is something else than `expected`. */
export function unexpected(value: unknown, step: Step, expected: string): never {
  return fault(step, `expected ${expected}, found ${describe(value)}`);
}

/** Throws the fault for a problem with a value. */
export function fault(step: Step, problem: string): never {
  throw new JsonFault(problem, step);
}

/** Parses the whole text. @throws JsonFault if it is too long or no JSON */
export function parseJson(text: string): unknown {
  // A text has at least as many bytes as UTF-16 units, so the bytes of one that has too many units are not counted.
  if (text.length > MAX_BYTES || Buffer.byteLength(text) > MAX_BYTES) {
    return fault(null, `it is larger than ${MAX_BYTES >> 20} MiB`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // The error is a SyntaxError, or the engine's error for a text that is nested too deep.
    return fault(null, `it is not JSON (${(error as Error).message})`);
  }
}

/** An object that has exactly these fields. */
export type Fields<Names extends readonly string[]> = Readonly<Record<Names[number], unknown>>;

/** Reads an object that has exactly these fields, and none, some or all of the optional ones. */
export function fields<const Names extends readonly string[], const Optional extends readonly string[] = []>(
  value: unknown,
  step: Step,
  names: Names,
  optional?: Optional,
): Fields<Names> & Partial<Fields<Optional>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return unexpected(value, step, 'an object');
  if (!hasExactly(value, names)) {
    // `name in value` would find properties that were added to Object.prototype.
    for (const name of names) if (!Object.hasOwn(value, name)) fault(step, `the field \`${name}\` is missing`);
    const strange = Object.keys(value).find((key) => !names.includes(key) && optional?.includes(key) !== true);
    if (strange !== undefined) fault(step, `unknown field, ${describe(strange)}`);
  }
  return value as Fields<Names> & Partial<Fields<Optional>>;
}

/**
 * True if a value is an object that has exactly these fields, one or more, in this order, which is that of the crate. It
 * allocates nothing.
 */
export function hasExactly<const Names extends readonly string[]>(
  value: unknown,
  names: Names,
): value is Fields<Names> {
  let count = 0;
  for (const name in value as object) if (name !== names[count++]) return false;
  // Inherited fields come last.
  return count === names.length && Object.hasOwn(value as object, names[count - 1] as string);
}

/** Reads one field of an object, which decides which other fields there are. */
export function peek(value: unknown, name: string): unknown {
  const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return isObject ? (value as Record<string, unknown>)[name] : undefined;
}

/** The list. */
export function elements(value: unknown, step: Step, most = Infinity): readonly unknown[] {
  if (!Array.isArray(value)) return unexpected(value, step, 'a list');
  if (value.length > most) fault(step, `there are ${value.length}, and at most ${most} are allowed`);
  return value as unknown[];
}

/** Reads the elements of a list, each with `read`. */
export function each<T>(list: readonly unknown[], step: Step, read: (element: unknown, index: number) => T): T[] {
  let at = 0;
  try {
    return list.map((element, index) => {
      at = index;
      return read(element, index);
    });
  } catch (error) {
    throw leading(leading(error, at), step);
  }
}

/** The list, which has so many elements. */
export function exactly(value: unknown, length: 2): readonly [unknown, unknown];
export function exactly(value: unknown, length: 3): readonly [unknown, unknown, unknown];
export function exactly(value: unknown, length: number): readonly unknown[] {
  const found = elements(value, null);
  if (found.length !== length) fault(null, `expected a list of ${length}, found one of ${found.length}`);
  return found;
}

/** Any text, such as documentation. */
export function text(value: unknown, step: Step): string {
  return typeof value === 'string' ? value : unexpected(value, step, 'a string');
}

/** A text that is not empty and holds neither a NUL nor half of a character. */
export function name(value: unknown, step: Step): string {
  return isName(value) ? value : unexpected(text(value, step), step, 'a name');
}

/** True if a value is such a text. */
export function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !value.includes('\0') && value.isWellFormed();
}

export function boolean(value: unknown, step: Step): boolean {
  return typeof value === 'boolean' ? value : unexpected(value, step, 'true or false');
}

/** An integer from 0 to `max`. */
export function count(value: unknown, step: Step, max: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max) return value;
  return unexpected(value, step, `an integer from 0 to ${max}`);
}

/** An integer that a number holds exactly. */
export function integer(value: unknown, step: Step): number {
  return Number.isSafeInteger(value) ? (value as number) : unexpected(value, step, 'an integer up to 2^53 - 1');
}

/** One of these texts. */
export function oneOf<const T extends string>(value: unknown, step: Step, texts: readonly T[]): T {
  const found = texts.find((option) => option === value);
  return found ?? unexpected(value, step, texts.map((option) => JSON.stringify(option)).join(' or '));
}

/** Refuses a list in which two objects have the same name, which has been read of each. */
export function distinct(list: readonly { readonly name: string }[], step: Step, what: string): void {
  const seen = new Set<string>();
  for (let index = 0; index < list.length; index++) {
    const { name } = list[index] as { name: string };
    if (seen.has(name))
      throw new JsonFault(`two ${what} are called ${describe(name)}`, 'name').along(index).along(step);
    seen.add(name);
  }
}
