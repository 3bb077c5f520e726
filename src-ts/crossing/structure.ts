/**
 * The rules of each platform's calling convention for structures by value, as far as the addon's function types can carry
 * them.
 */

import { BLOCK_FLOATS, BLOCK_INTS, BLOCK_RESULT, BLOCK_STACK, STACK_WORDS } from './block';
import { type Convention, convention, type Placement, ResultBank } from './convention';

/** A scalar or pointer somewhere in a structure, `offset` bytes behind its beginning. */
export interface Leaf {
  readonly offset: number;
  readonly size: number;
  readonly isFloat: boolean;
}

/** What a calling convention looks at. */
export interface Structure {
  readonly size: number;
  /** All scalars and pointers in it, in their order. */
  readonly leaves: readonly Leaf[];
}

/** A part of a structure: `size` bytes (4 or 8) from `from` on are at the offset `to` in the block. */
export interface Part {
  readonly from: number;
  readonly to: number;
  readonly size: 4 | 8;
}

/** How a structure is passed: in parts, or by the address of a copy, which is stored at `address`. */
export type Passing = { readonly parts: readonly Part[] } | { readonly address: number };

/** The most bytes of a structure in registers. */
const IN_REGISTERS = 16;

/** The most floats of a structure that each take a register of their own (AAPCS64). */
const MOST_FLOATS = 4;

/** True if a structure is floats of one size, so that each takes a register of its own (AAPCS64). */
function isHomogeneous({ leaves }: Structure): boolean {
  const [first] = leaves;
  return (
    first !== undefined &&
    leaves.length <= MOST_FLOATS &&
    leaves.every(({ isFloat, size }) => isFloat && size === first.size)
  );
}

/** Returns the beginnings of the words of so many bytes. */
function wordsOf(bytes: number): number[] {
  return Array.from({ length: Math.ceil(bytes / 8) }, (_, word) => 8 * word);
}

/** True if the word at `start` has nothing but floats, so that it is in a float register (System V). */
function isFloatWord({ leaves }: Structure, start: number): boolean {
  return leaves.every(({ offset, isFloat }) => isFloat || offset < start || offset >= start + 8);
}

/** True if a structure is passed as an integer of its size (Windows x64). */
function isInteger({ size }: Structure): boolean {
  return size === 1 || size === 2 || size === 4 || size === 8;
}

/**
 * Places a structure as the next argument; null if it cannot be passed, because the stack is full, or because it would be on
 * Apple's.
 */
export function placeStructure(
  placement: Placement,
  structure: Structure,
  { name }: Convention = convention,
): Passing | null {
  const { size, leaves } = structure;
  if (name === 'win64') {
    if (!isInteger(structure)) return pointer(placement);
    const to = placement.assign(false, 8);
    return to < 0 ? null : { parts: [{ from: 0, to, size: 8 }] };
  }
  if (name !== 'sysv' && isHomogeneous(structure)) {
    const places = placement.assignParts(leaves.map(() => true));
    if (places === null) return onStack(placement, size);
    return { parts: leaves.map((leaf, k) => ({ from: leaf.offset, to: places[k] as number, size: wide(leaf) })) };
  }
  if (size > IN_REGISTERS) return name === 'sysv' ? onStack(placement, size) : pointer(placement);
  const words = wordsOf(size);
  const places = placement.assignParts(words.map((start) => name === 'sysv' && isFloatWord(structure, start)));
  if (places === null) return onStack(placement, size);
  return { parts: words.map((from, k) => ({ from, to: places[k] as number, size: 8 })) };
}

function wide({ size }: Leaf): 4 | 8 {
  return size === 4 ? 4 : 8;
}

function pointer(placement: Placement): Passing | null {
  const address = placement.assign(false, 8);
  return address < 0 ? null : { address };
}

function onStack(placement: Placement, size: number): Passing | null {
  const offset = placement.assignOnStack(size);
  return offset < 0 ? null : { parts: wordsOf(size).map((from) => ({ from, to: offset + from, size: 8 })) };
}

/**
 * How a structure is returned: in parts, which the block has after a call with this bank; or in memory whose address is
 * passed before all arguments.
 */
export type Returning =
  { readonly kind: 'parts'; readonly bank: ResultBank; readonly parts: readonly Part[] } | { readonly kind: 'memory' };

/** Returns how a structure is returned; null if it cannot be, because it is larger than the memory that the block has for it. */
export function returningOf(structure: Structure, { name }: Convention = convention): Returning | null {
  const { size, leaves } = structure;
  if (name === 'win64') return isInteger(structure) ? inRegister(false) : { kind: 'memory' };
  if (name === 'sysv') {
    if (size > IN_REGISTERS) return { kind: 'memory' };
    const [first, second] = wordsOf(size).map((start) => isFloatWord(structure, start)) as [boolean, boolean?];
    return second === undefined ? inRegister(first) : inTwo(first, second);
  }
  if (isHomogeneous(structure)) {
    if (leaves.length === 1) return inRegister(true);
    const parts = leaves.map((leaf, k) => ({ from: leaf.offset, to: BLOCK_FLOATS + 8 * k, size: wide(leaf) }));
    return { kind: 'parts', bank: ResultBank.Floats, parts };
  }
  if (size <= IN_REGISTERS) return size > 8 ? inTwo(false, false) : inRegister(false);
  if (size > 8 * STACK_WORDS) return null;
  const parts = wordsOf(size).map((from) => ({ from, to: BLOCK_STACK + from, size: 8 as const }));
  return { kind: 'parts', bank: ResultBank.Memory, parts };
}

function inRegister(isFloat: boolean): Returning {
  const bank = isFloat ? ResultBank.F64 : ResultBank.Int;
  return { kind: 'parts', bank, parts: [{ from: 0, to: BLOCK_RESULT, size: 8 }] };
}

/** A result of two words, each of which is in the first register of its bank that is left. */
function inTwo(first: boolean, second: boolean): Returning {
  const bank = first !== second ? ResultBank.IntAndFloat : first ? ResultBank.Floats : ResultBank.Ints;
  const to = (isFloat: boolean): number => (isFloat ? BLOCK_FLOATS : BLOCK_INTS);
  const parts: Part[] = [
    { from: 0, to: to(first), size: 8 },
    { from: 8, to: to(second) + (first === second ? 8 : 0), size: 8 },
  ];
  return { kind: 'parts', bank, parts };
}
