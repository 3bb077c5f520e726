/**
 * Lists that have their elements before those are known. To store an element that a list has runs no code, while one
 * that it lacks is looked for in its prototypes, where anyone may have put a setter. That goes for the lists that users
 * get as for our own, which a setter would leave with holes.
 */

import { canSpecialize, code, specialize } from './code';
import { property, unbound } from './property';

/** A list of `length` elements of no meaning, to be stored into from the first to the last. */
export type MakeList = <T>(length: number) => T[];

/** Up to here a list is made by code that has an expression for each element. */
const MOST_WRITTEN = 16;

/** Up to here it is the beginning of a longer one, which is kept. */
const MOST_COPIED = 1 << 15;

/**
 * Its result is a list of the elements before `start`, which it defines; unlike `slice` it asks nobody for a
 * constructor.
 */
const toSpliced = unbound(Array.prototype, 'toSpliced') as (list: readonly unknown[], start: number) => unknown[];

/** True if assigning to an element that a list lacks might not simply define it. */
function mayHaveSetters(): boolean {
  const { prototype } = Array;
  // The keys that are integers come first.
  const first = [prototype, Object.prototype].map((object) => Object.getOwnPropertyNames(object)[0] ?? '');
  return Object.getPrototypeOf(prototype) !== Object.prototype || first.some((name) => /^\d/.test(name));
}

/**
 * @param longest - A list of one element such as all will be: engines have a form of their own for lists of small
 *   integers and for lists of other numbers, and a copy has that of the original.
 */
function copierOf(longest: unknown[]): (length: number) => unknown[] {
  const [filler] = longest;

  function copied(length: number): unknown[] {
    const count = length > MOST_COPIED ? 1 : length;
    if (count > longest.length) lengthen(longest, Math.max(128, 2 ** Math.ceil(Math.log2(count))));
    const list = toSpliced(longest, count);
    if (length > count) {
      // As long as nothing is looked for in the prototypes, room will do: no code runs before the elements are stored.
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

/** Makes the functions for lists of these elements, each with code of its own. */
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

/** Of numbers of which most are small integers. */
export const makeIntegers = integers as (length: number) => number[];

/** Of any other numbers. */
export const makeFloats = floats as (length: number) => number[];

/** The elements of `list`, and as many again or more of no meaning. */
export function longer<T>(list: readonly T[]): T[] {
  const twice = makeList<T>(Math.max(2 * list.length, 4));
  for (let k = 0; k < list.length; k++) twice[k] = list[k] as T;
  return twice;
}

/** Appends to a list that seldom grows. */
export function append<T>(list: T[], value: T): void {
  Object.defineProperty(list, list.length, property(value));
}
