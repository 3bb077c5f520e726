/**
 * Makes lists with placeholder elements, which are then replaced. Storing into an existing element runs no other code,
 * while storing into a missing one may run a setter of a prototype. This applies to lists that users get and to the
 * package's own, in which such a setter would leave holes.
 */

import { canSpecialize, code, specialize } from './code';
import { property, unbound } from './property';

/** Makes a list of `length` placeholders, which have to be replaced from the first to the last. */
export type MakeList = <T>(length: number) => T[];

/** The greatest length for which a list is made by an array literal. */
const MOST_WRITTEN = 16;

/** The greatest length for which a list is copied from the beginning of a longer one, which is kept. */
const MOST_COPIED = 1 << 15;

/**
 * Returns a new list of the elements before `start`. It defines them, and unlike `slice` does not use the constructor
 * of the list.
 */
const toSpliced = unbound(Array.prototype, 'toSpliced') as (list: readonly unknown[], start: number) => unknown[];

/** True if assigning to a missing element of a list may do something else than define it. */
function mayHaveSetters(): boolean {
  const { prototype } = Array;
  // Keys that are integers come first.
  const first = [prototype, Object.prototype].map((object) => Object.getOwnPropertyNames(object)[0] ?? '');
  return Object.getPrototypeOf(prototype) !== Object.prototype || first.some((name) => /^\d/.test(name));
}

/**
 * Makes the function for lists with placeholders of one type.
 *
 * @param longest - A list of one such placeholder. Engines represent lists of small integers and of other numbers
 *   differently, and a copy has the representation of the original.
 */
function copierOf(longest: unknown[]): (length: number) => unknown[] {
  const [filler] = longest;

  function copied(length: number): unknown[] {
    const count = length > MOST_COPIED ? 1 : length;
    if (count > longest.length) lengthen(longest, Math.max(128, 2 ** Math.ceil(Math.log2(count))));
    const list = toSpliced(longest, count);
    if (length > count) {
      // Without setters on prototypes the length suffices: no other code runs before the elements are stored.
      if (mayHaveSetters()) lengthen(list, length);
      else list.length = length;
    }
    return list;
  }

  function lengthen(list: unknown[], length: number): unknown[] {
    const define = mayHaveSetters();
    while (list.length < length) {
      if (define) append(list, filler);
      else list.push(filler);
    }
    return list;
  }

  return copied;
}

/** Makes the functions for lists of these placeholders, each with its own code. */
function makersOf(fillers: readonly unknown[]): MakeList[] {
  const copiers = fillers.map((filler) => copierOf([filler]));
  if (!canSpecialize) return copiers as MakeList[];
  let elements = code``;
  const cases = Array.from({ length: MOST_WRITTEN + 1 }, (_, length) => {
    if (length > 0) elements = code`${elements}filler, `;
    return code`case ${length}: return [${elements}];`;
  });
  const makers = fillers.map(
    (_, i) => code`{
      const filler = fillers[${i}], copied = copiers[${i}];
      makers[${i}] = (length) => { switch (length) { ${cases} } return copied(length); };
    }`,
  );
  return specialize(
    { fillers, copiers, makers: copiers.slice() },
    code`${makers}
    return makers;`,
    'decode',
    'elements',
  );
}

const [anything, integers, floats] = makersOf([undefined, 0, 0.5]) as [MakeList, MakeList, MakeList];

export const makeList = anything;

/** Makes lists for numbers most of which are small integers. */
export const makeIntegers = integers as (length: number) => number[];

/** Makes lists for any other numbers. */
export const makeFloats = floats as (length: number) => number[];

/** Returns a list of at least twice the length, with the elements of `list` and placeholders. */
export function longer<T>(list: readonly T[]): T[] {
  const twice = makeList<T>(Math.max(2 * list.length, 4));
  for (let k = 0; k < list.length; k++) twice[k] = list[k] as T;
  return twice;
}

/** Appends to a list without running setters. It is slow, so it is for lists that seldom grow. */
export function append<T>(list: T[], value: T): void {
  Object.defineProperty(list, list.length, property(value));
}
