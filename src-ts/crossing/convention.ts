/** The rules of each platform's calling convention: which register or stack slot of the block an argument takes. */

import { BLOCK_FLOATS, BLOCK_INTS, BLOCK_STACK, layout, STACK_WORDS } from './block';
import type { NativeLayout } from './node-api/native';

/**
 * The least number of stack words, besides 0, for which the addon has a C++ function type; each next one is twice as
 * many.
 */
const LEAST_STACK = 4;

/** Bits of a call code, which src-native/abi.h describes. */
const CALL_CODE_FIRST_IS_FLOAT = 4;
const CALL_CODE_STACK_SHIFT = 8;

/**
 * The register that a result arrives in: the integer one, or the float one as an f64 or f32. Bits 0, 1 and 6 of a call
 * code.
 */
export enum ResultBank {
  Int = 0,
  F64 = 1,
  F32 = 2,
  /** The integer one has the address of a string of C, which the doorbell returns. */
  Text = 3,
  /** The first two integer registers, which the call leaves in the block, as it does the others below. */
  Ints = 0x40,
  /** The first float registers: two (sysv), or four (AAPCS64). */
  Floats = 0x41,
  /** The first integer register and the first float one (sysv). */
  IntAndFloat = 0x42,
  /** Memory whose address has a register of its own (AAPCS64). The call leaves its contents in the block's stack. */
  Memory = 0x43,
}

/** A platform's calling convention, as far as scalars and pointers go. */
export interface Convention {
  readonly name: NativeLayout['convention'];
  readonly intRegisters: number;
  readonly floatRegisters: number;
}

/** The convention of this process. */
export const convention: Convention = {
  name: layout.convention,
  intRegisters: layout.intRegisters,
  floatRegisters: layout.floatRegisters,
};

/** Assigns registers and stack slots to the arguments of one call, in the order of the parameters. */
export class Placement {
  readonly #name: Convention['name'];
  readonly #intRegisters: number;
  readonly #floatRegisters: number;
  /** True if the n-th argument takes the n-th register, whatever its type (win64). */
  readonly #positional: boolean;
  /** True if an argument on the stack takes its own size instead of a word (apple-arm64). */
  readonly #packed: boolean;
  #ints = 0;
  #floats = 0;
  #stack = 0;
  #firstIsFloat = false;
  /** The offset in the block of the argument that was placed last. */
  last = -1;

  constructor(rules: Convention = convention) {
    this.#name = rules.name;
    this.#intRegisters = rules.intRegisters;
    this.#floatRegisters = rules.floatRegisters;
    this.#positional = rules.name === 'win64';
    this.#packed = rules.name === 'apple-arm64';
  }

  /**
   * Begins another call, of which so many arguments have registers already. Where arguments are placed by position,
   * none has.
   */
  reset(ints = 0, floats = 0): void {
    this.#ints = ints;
    this.#floats = floats;
    this.#stack = 0;
    this.#firstIsFloat = false;
  }

  /** Goes on where `other` is. */
  take(other: Placement): void {
    this.#ints = other.#ints;
    this.#floats = other.#floats;
    this.#stack = other.#stack;
    this.#firstIsFloat = other.#firstIsFloat;
  }

  /** The number of integer registers with an argument. */
  get ints(): number {
    return this.#ints;
  }

  /** The number of float registers with an argument. */
  get floats(): number {
    return this.#floats;
  }

  /** The number of stack words with arguments. */
  get stackWords(): number {
    return (this.#stack + 7) >> 3;
  }

  /**
   * The offset in the block for the next argument, or -1 when the stack is full.
   *
   * @param size - The argument's own size in bytes.
   */
  assign(isFloat: boolean, size: number): number {
    return (this.last = this.#next(isFloat, size));
  }

  #next(isFloat: boolean, size: number): number {
    if (isFloat && !this.#positional) {
      if (this.#floats < this.#floatRegisters) return BLOCK_FLOATS + 8 * this.#floats++;
    } else if (this.#ints < this.#intRegisters) {
      if (isFloat && this.#ints === 0) this.#firstIsFloat = true;
      return BLOCK_INTS + 8 * this.#ints++;
    }
    const slot = this.#packed ? size : 8;
    const offset = Math.ceil(this.#stack / slot) * slot;
    if (offset + slot > 8 * STACK_WORDS) return -1;
    this.#stack = offset + slot;
    return BLOCK_STACK + offset;
  }

  /**
   * The offsets for the parts of a structure that are in registers, all or none of them; null if there are not enough
   * registers. Not for win64, where a structure has no parts.
   *
   * @param areFloats - The bank of each part.
   */
  assignParts(areFloats: readonly boolean[]): number[] | null {
    const floats = areFloats.filter((isFloat) => isFloat).length;
    const ints = areFloats.length - floats;
    if (this.#ints + ints <= this.#intRegisters && this.#floats + floats <= this.#floatRegisters) {
      return areFloats.map((isFloat) => this.assign(isFloat, 8));
    }
    if (this.#name !== 'sysv') {
      // AAPCS64: the registers that are left are not used by arguments behind it either.
      if (ints > 0) this.#ints = this.#intRegisters;
      if (floats > 0) this.#floats = this.#floatRegisters;
    }
    return null;
  }

  /** The offset for a structure of so many bytes that is on the stack as a whole; -1 if it cannot be. */
  assignOnStack(bytes: number): number {
    // Apple's rules for the alignment of a structure there are not those of its words.
    if (this.#packed) return -1;
    const offset = this.#stack;
    const end = offset + Math.ceil(bytes / 8) * 8;
    if (end > 8 * STACK_WORDS) return -1;
    this.#stack = end;
    return BLOCK_STACK + offset;
  }

  /** True if the slot at `offset` is only as large as its argument, so that storing a word would hit its neighbour. */
  packs(offset: number): boolean {
    return this.#packed && offset >= BLOCK_STACK;
  }

  /** The call code of the arguments placed so far. */
  callCode(result: ResultBank): number {
    const first = result | (this.#firstIsFloat ? CALL_CODE_FIRST_IS_FLOAT : 0);
    if (this.#stack === 0) return first;
    const words = this.stackWords;
    let size = LEAST_STACK;
    while (size < words) size *= 2;
    return first | (size << CALL_CODE_STACK_SHIFT);
  }
}
