/**
 * Infers the Rust type of an argument that is a list or a view. Packing reads the elements again and checks them
 * against that type, so a list that changes in between causes an error and nothing worse.
 */

import { rangeError, typeError } from '../../errors/errors';
import type { Arena } from '../../memory/arena';
import type { Held, RustType, StrType, VecType } from '../../types/lent';
import { append } from '../../runtime/list';
import { MAX_DEPTH } from '../../types/limits';
import type { Scalar, ScalarName } from '../../types/scalar';
import { headOf, lengthOf } from '../../values/lent/list';
import { elementOf, isView } from '../../values/lent/view';

const MAX_I64 = 2n ** 63n - 1n;

/** The type of a string. */
export const STR: StrType = { kind: 'str', held: 'ref', nullable: false };

/** The type of the leaves of a list, which are its innermost elements. */
type LeafType = ScalarName | 'str' | 'bytes';

// The types by leaf and depth, each of which is made once.
const known = new Map<string, VecType>();

function listType(leaf: LeafType, depth: number): VecType {
  const key = `${leaf}${depth}`;
  let type = known.get(key);
  if (type === undefined) {
    // Strings are immutable, and byte arrays in lists are passed as strings.
    const held: Held = leaf === 'str' || leaf === 'bytes' ? 'ref' : 'mut';
    const vec = (element: RustType): VecType => ({ kind: 'vec', held, nullable: false, element });
    if (depth > 1) type = vec(listType(leaf, depth - 1));
    else if (leaf === 'str') type = vec(STR);
    else if (leaf === 'bytes') type = vec(vec({ kind: 'scalar', name: 'u8' }));
    else type = vec({ kind: 'scalar', name: leaf });
    known.set(key, type);
  }
  return type;
}

/**
 * Infers the type of a list, which is the arena's current argument.
 *
 * @param leaf - The type of the leaves, if a wrapper specifies it.
 */
export function typeOfList(arena: Arena, list: readonly unknown[], leaf?: ScalarName): VecType {
  const scan = new Scan(arena, leaf);
  scan.visit(list, 0);
  return scan.result();
}

const flat = new Map<ScalarName, VecType>();

/** Returns the type of a list of scalars, as which a typed array is passed. */
export function vecOf(element: ScalarName): VecType {
  let type = flat.get(element);
  if (type === undefined) flat.set(element, (type = listType(element, 1)));
  return type;
}

/** Returns the type of the elements of a view. */
export function elementOfView(arena: Arena, view: ArrayBufferView | ArrayBufferLike): Scalar {
  const scalar = elementOf(view);
  if (scalar === undefined) throw arena.wrongType('a typed array whose elements Rust has a type for', view);
  return scalar;
}

function tooDeep(arena: Arena): RangeError {
  return rangeError('ERR_RUSTDLL_RANGE', `${arena.place()}: lists are nested more than ${MAX_DEPTH} deep`);
}

/** A walk over the elements of a list. It ends early once no further element could change the type. */
class Scan {
  readonly #arena: Arena;
  readonly #ancestors: unknown[] = [];
  /** The type of the leaves that a wrapper specifies. */
  readonly #said: ScalarName | undefined;
  #leaf: LeafType | undefined;
  /** The `typeof` of the leaves, or `view`. */
  #kind = '';
  #leafLevel = -1;
  /** The lists of lists visited so far. Each is walked once: with nested repetitions the time would be exponential. */
  readonly #seen = new Set<unknown>();
  /** The depth of the lists that contain leaves. */
  #depth = 0;
  /** The greatest depth of an empty list, which matches any type. */
  #emptyDepth = 1;

  constructor(arena: Arena, said?: ScalarName) {
    this.#arena = arena;
    this.#said = said;
    arena.depth = 0;
  }

  result(): VecType {
    this.#arena.depth = 0;
    if (this.#leaf === undefined) return listType(this.#said ?? 'i64', this.#emptyDepth);
    return listType(this.#leaf, this.#depth);
  }

  /** Visits a list. Returns true if the type is settled. */
  visit(list: readonly unknown[], level: number): boolean {
    if (level === MAX_DEPTH) throw this.#bottomless();
    const length = lengthOf(this.#arena, list);
    if (length === 0) {
      this.#emptyDepth = Math.max(this.#emptyDepth, level + 1);
      return false;
    }
    // Leaves have been found at this level, so all lists here must contain leaves.
    if (this.#leaf !== undefined && level === this.#leafLevel) {
      return this.#join(this.#leaf, this.#leavesOf(list, length, this.#kind));
    }
    if (this.#leaf === undefined) {
      const head = headOf(list);
      if (!Array.isArray(head)) return this.#visitFirstLeaves(list, length, head, level);
    }
    return this.#visitLists(list, length, level);
  }

  #visitLists(list: readonly unknown[], length: number, level: number): boolean {
    if (level === this.#ancestors.length) append(this.#ancestors, list);
    else this.#ancestors[level] = list;
    // A list that contains itself is walked again until the limit of the depth, which reports it.
    if (this.#seen.has(list) && !this.#ancestors.slice(0, level).includes(list)) return false;
    this.#seen.add(list);
    for (let k = 0; k < length; k++) {
      const element = list[k];
      if (!Array.isArray(element)) throw this.#arena.wrongType('a list like those before it', element, k);
      this.#arena.path[level] = k;
      this.#arena.depth = level + 1;
      if (this.visit(element as unknown[], level + 1)) return true;
      this.#arena.depth = level;
    }
    return false;
  }

  /** Infers the type of the leaves from the first list that has some. Other lists have to match. */
  #visitFirstLeaves(list: readonly unknown[], length: number, head: unknown, level: number): boolean {
    this.#leafLevel = level;
    this.#kind = isView(head) ? 'view' : typeof head;
    this.#leaf = this.#said ?? this.#leavesOf(list, length, this.#kind, head);
    // Typed arrays are lists themselves, but byte arrays are passed as strings.
    this.#depth = this.#kind === 'view' && this.#leaf !== 'bytes' ? level + 2 : level + 1;
    return this.#said !== undefined || this.#leaf === 'f64';
  }

  #leavesOf(list: readonly unknown[], length: number, kind: string, head?: unknown): LeafType {
    const arena = this.#arena;
    switch (kind) {
      case 'number':
        // If the first number is a fraction, the type is known, and the loop below only sees integers.
        return typeof head === 'number' && !Number.isInteger(head) ? 'f64' : numbers(arena, list, length);
      case 'bigint':
        return bigints(arena, list, length);
      case 'boolean':
        return 'bool';
      case 'string':
        return 'str';
      case 'view': {
        const view = head ?? headOf(list);
        const scalar = isView(view) ? elementOf(view) : undefined;
        if (scalar === undefined) throw arena.wrongType('a typed array whose elements Rust has a type for', view, 0);
        if (scalar.name !== 'u8') return scalar.name;
        // Byte arrays are passed as strings, not as lists of numbers.
        for (let k = 0; k < length; k++) {
          if (!isView(list[k])) throw arena.wrongType('a byte array like those before it', list[k], k);
        }
        return 'bytes';
      }
      default:
        throw arena.wrongType('a number, bigint, boolean, string, list or byte array', head, 0);
    }
  }

  /** Combines the types of the leaves of two lists. Returns true if the type is settled. */
  #join(before: LeafType, leaf: LeafType): boolean {
    if (before === leaf) return false;
    const either = (x: LeafType, y: LeafType): boolean => (before === x && leaf === y) || (before === y && leaf === x);
    if (either('i64', 'f64')) this.#leaf = 'f64';
    else if (either('i64', 'u64')) this.#leaf = 'u64';
    else
      throw typeError('ERR_RUSTDLL_TYPE', `${this.#arena.place()}: this list holds ${leaf}, those before it ${before}`);
    return this.#leaf === 'f64';
  }

  /** Makes the error for lists that are nested too deeply, which includes lists that contain themselves. */
  #bottomless(): Error {
    const cyclic = new Set(this.#ancestors).size < this.#ancestors.length;
    this.#arena.depth = 0;
    if (!cyclic) return tooDeep(this.#arena);
    return typeError('ERR_RUSTDLL_TYPE', `${this.#arena.place()}: the list contains itself`);
  }
}

/** Infers the type of the elements of a list of numbers. */
export function numbers(arena: Arena, list: readonly unknown[], length: number): 'i64' | 'f64' {
  let k = 0;
  // Two at a time, as in packShort.
  for (; k + 1 < length; k += 2) {
    const a = list[k];
    const b = list[k + 1];
    if (typeof a !== 'number' || typeof b !== 'number' || (a | 0) !== a || (b | 0) !== b) break;
  }
  for (; k < length; k++) {
    const value = list[k];
    if (typeof value !== 'number') throw arena.wrongType('a number like those before it', value, k);
    if ((value | 0) !== value && !Number.isInteger(value)) return 'f64';
  }
  return 'i64';
}

/** Infers the type of a list of bigints: `i64`, unless one needs the 64th bit. */
function bigints(arena: Arena, list: readonly unknown[], length: number): LeafType {
  for (let k = 0; k < length; k++) {
    const value = list[k];
    if (typeof value !== 'bigint') throw arena.wrongType('a bigint like those before it', value, k);
    if (value > MAX_I64) return 'u64';
  }
  return 'i64';
}
