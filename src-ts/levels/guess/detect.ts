/**
 * The guess level: which Rust type a JavaScript value is to be packed as. Only the type is found here; packing reads
 * the elements again and checks them against it, so a list that changes in between is an error and nothing worse.
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

/** A string. */
export const STR: StrType = { kind: 'str', held: 'ref', nullable: false };

/** What the leaves of a list are. */
type LeafType = ScalarName | 'str' | 'bytes';

// Types by leaf and depth, made once.
const known = new Map<string, VecType>();

function listType(leaf: LeafType, depth: number): VecType {
  const key = `${leaf}${depth}`;
  let type = known.get(key);
  if (type === undefined) {
    // Strings cannot be changed, and byte arrays stand in for them.
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
 * The type of an argument that is a list. Its place is the arena's current argument.
 *
 * @param leaf - The type of the leaves, if it was said.
 */
export function typeOfList(arena: Arena, list: readonly unknown[], leaf?: ScalarName): VecType {
  const scan = new Scan(arena, leaf);
  scan.visit(list, 0);
  return scan.result();
}

const flat = new Map<ScalarName, VecType>();

/** A list of scalars, as a typed array is one. */
export function vecOf(element: ScalarName): VecType {
  let type = flat.get(element);
  if (type === undefined) flat.set(element, (type = listType(element, 1)));
  return type;
}

/** The type of the elements of a view. */
export function elementOfView(arena: Arena, view: ArrayBufferView | ArrayBufferLike): Scalar {
  const scalar = elementOf(view);
  if (scalar === undefined) throw arena.wrongType('a typed array whose elements Rust has a type for', view);
  return scalar;
}

function tooDeep(arena: Arena): RangeError {
  return rangeError('ERR_RUSTDLL_RANGE', `${arena.place()}: lists are nested more than ${MAX_DEPTH} deep`);
}

/** A walk over the elements of a list. It ends early when nothing that follows could change the type. */
class Scan {
  readonly #arena: Arena;
  readonly #ancestors: unknown[] = [];
  /** What the leaves were said to be. */
  readonly #said: ScalarName | undefined;
  #leaf: LeafType | undefined;
  /** What `typeof` says of the leaves, or `view`. */
  #kind = '';
  #leafLevel = -1;
  /** Lists of lists, each of which is walked once: one that stands in many places would take forever. */
  readonly #seen = new Set<unknown>();
  /** The depth of the lists that hold leaves; of empty lists, which fit any, the greatest. */
  #depth = 0;
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

  /** True when the type is settled. */
  visit(list: readonly unknown[], level: number): boolean {
    if (level === MAX_DEPTH) throw this.#bottomless();
    const length = lengthOf(this.#arena, list);
    if (length === 0) {
      this.#emptyDepth = Math.max(this.#emptyDepth, level + 1);
      return false;
    }
    // Where leaves were found before, they are expected again.
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
    // One that contains itself goes on down, to where its error is.
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

  /** The first list whose elements are no lists settles what the others are to be. */
  #visitFirstLeaves(list: readonly unknown[], length: number, head: unknown, level: number): boolean {
    this.#leafLevel = level;
    this.#kind = isView(head) ? 'view' : typeof head;
    this.#leaf = this.#said ?? this.#leavesOf(list, length, this.#kind, head);
    // Typed arrays are lists themselves; byte arrays count as strings do.
    this.#depth = this.#kind === 'view' && this.#leaf !== 'bytes' ? level + 2 : level + 1;
    return this.#said !== undefined || this.#leaf === 'f64';
  }

  #leavesOf(list: readonly unknown[], length: number, kind: string, head?: unknown): LeafType {
    const arena = this.#arena;
    switch (kind) {
      case 'number':
        // A fraction to begin with tells enough, and the loop is left to integers.
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
        // Byte arrays stand in for strings, not for lists of numbers.
        for (let k = 0; k < length; k++) {
          if (!isView(list[k])) throw arena.wrongType('a byte array like those before it', list[k], k);
        }
        return 'bytes';
      }
      default:
        throw arena.wrongType('a number, bigint, boolean, string, list or byte array', head, 0);
    }
  }

  /** Finds one type for the leaves of two lists; true when it is settled. */
  #join(before: LeafType, leaf: LeafType): boolean {
    if (before === leaf) return false;
    const either = (x: LeafType, y: LeafType): boolean => (before === x && leaf === y) || (before === y && leaf === x);
    if (either('i64', 'f64')) this.#leaf = 'f64';
    else if (either('i64', 'u64')) this.#leaf = 'u64';
    else
      throw typeError('ERR_RUSTDLL_TYPE', `${this.#arena.place()}: this list holds ${leaf}, those before it ${before}`);
    return this.#leaf === 'f64';
  }

  /** The error for lists nested too deep, which a list that contains itself is. */
  #bottomless(): Error {
    const cyclic = new Set(this.#ancestors).size < this.#ancestors.length;
    this.#arena.depth = 0;
    if (!cyclic) return tooDeep(this.#arena);
    return typeError('ERR_RUSTDLL_TYPE', `${this.#arena.place()}: the list contains itself`);
  }
}

/** All integers, or not. Packing sees to whatever is no number. */
function numbers(arena: Arena, list: readonly unknown[], length: number): LeafType {
  let k = 0;
  // Two at a time, as where packing reads them (packShort).
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

/** Signed, unless one needs the 64th bit. */
function bigints(arena: Arena, list: readonly unknown[], length: number): LeafType {
  for (let k = 0; k < length; k++) {
    const value = list[k];
    if (typeof value !== 'bigint') throw arena.wrongType('a bigint like those before it', value, k);
    if (value > MAX_I64) return 'u64';
  }
  return 'i64';
}
