/**
 * The exported functions of a library as its properties. A program uses few of the functions of a large library, and
 * making one takes several microseconds, so they are made in groups: each when one of its functions is used first.
 */

import { notThrown, thrownBy } from '../errors/trace';
import { property } from '../runtime/property';

/** The most properties with which V8 does not represent an object as a dictionary. */
const MOST_FAST = 128;

/**
 * The number of functions in a group. Making one function alone would take most of the time that a group takes, and a
 * program that uses all functions should not wait much longer than if there was a single group.
 */
const GROUP = 8;

interface Named {
  readonly name: string;
}

/** Makes the functions from the index `first` on to that before `end`. */
type MakeFunctions = (first: number, end: number) => readonly Named[];

/** Defines functions as properties of a library. `list` has their names, in their order. */
export function defineFunctions(library: object, list: readonly Named[], make: MakeFunctions): void {
  if (list.length > MOST_FAST) new Groups(library, list, make).define();
  else define(library, make(0, list.length));
}

/** Defines those of the functions that are constants as properties. A value is asked for at its first use, and once. */
export function defineConstants(
  library: object,
  list: readonly (Named & { readonly isConstant: boolean })[],
  valueOf: (index: number) => unknown,
): void {
  for (let i = 0; i < list.length; i++) {
    const each = list[i] as (typeof list)[number];
    if (each.isConstant) defineConstant(library, each.name, () => valueOf(i));
  }
}

function defineConstant(library: object, name: string, valueOf: () => unknown): void {
  let known: { readonly value: unknown } | undefined;
  const get = (): unknown => {
    try {
      return (known ??= { value: valueOf() }).value;
    } catch (error) {
      // The function that was called is none of the user's.
      throw error instanceof Error ? thrownBy(get, notThrown(error)) : error;
    }
  };
  const descriptor: PropertyDescriptor = { __proto__: null, get, enumerable: true, configurable: true } as object;
  Object.defineProperty(library, name, descriptor);
}

/** Defines functions as properties of an object, by their names. */
export function define(object: object, functions: readonly Named[]): void {
  if (functions.length > MOST_FAST) makeDictionary(object);
  const descriptor = property(null);
  for (const call of functions) {
    descriptor.value = call;
    // Functions are defined, not assigned, as one may be named `__proto__`.
    Object.defineProperty(object, call.name, descriptor);
  }
}

/**
 * Makes an object a dictionary at once, so that V8 does not describe each of the first properties in vain. Deleting a
 * property that is not the last has this effect.
 */
function makeDictionary(object: object): void {
  const descriptor = property(null);
  for (const name of ['first', 'last']) Object.defineProperty(object, name, descriptor);
  for (const name of ['first', 'last']) Reflect.deleteProperty(object, name);
}

/** The functions of a large library. Until a group is made, its properties have getters. */
class Groups {
  /** The functions that have been made, by their index. */
  readonly #made = new Map<number, object>();
  readonly #getters: (() => object)[];

  constructor(
    private readonly library: object,
    private readonly list: readonly Named[],
    private readonly make: MakeFunctions,
  ) {
    this.#getters = list.map((_, index) => () => {
      if (!this.#made.has(index)) this.#makeGroup(index - (index % GROUP));
      return this.#made.get(index) as object;
    });
  }

  define(): void {
    makeDictionary(this.library);
    const descriptor: PropertyDescriptor = { __proto__: null, enumerable: true, configurable: true } as object;
    for (let i = 0; i < this.list.length; i++) {
      const { name } = this.list[i] as Named;
      descriptor.get = this.#getters[i] as () => object;
      // An assignment has the same effect as on any other property.
      descriptor.set = function (this: object, value: unknown) {
        Object.defineProperty(this, name, property(value));
      };
      Object.defineProperty(this.library, name, descriptor);
    }
  }

  #makeGroup(first: number): void {
    const end = Math.min(first + GROUP, this.list.length);
    const functions = this.make(first, end);
    for (let i = first; i < end; i++) {
      const { name } = this.list[i] as Named;
      const made = functions[i - first] as object;
      this.#made.set(i, made);
      const current = Object.getOwnPropertyDescriptor(this.library, name);
      // The program may have replaced or deleted the property. If it has frozen the library, the getter remains.
      if (current?.get === this.#getters[i]) Reflect.defineProperty(this.library, name, property(made));
    }
  }
}
