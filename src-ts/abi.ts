/** Where the arguments of a call go: the block that the addon reads, and the rules of each calling convention. */

import { RustDLLError } from './errors';
import { native, type NativeLayout } from './native';

/** Size of a `PyVec` descriptor in bytes; its pointer is at 0, its length, a u32, at 8. */
export const VEC_SIZE = 16;
/** Where a descriptor has its length. */
export const VEC_LENGTH = 8;

/** Offsets in the block, in bytes. src-native/abi.h describes its fields. */
export const BLOCK_SIZE = 267128;
export const BLOCK_RESULT = 0;
export const BLOCK_SYMBOL = 8;
export const BLOCK_PLAN = 12;
export const BLOCK_INTS = 16;
export const BLOCK_FLOATS = 80;
export const BLOCK_STACK = 144;
export const BLOCK_TEXT_COUNT = 400;
export const BLOCK_TEXTS = 408;
export const BLOCK_FRAME = 4568;
export const BLOCK_OUT = 4984;
/** How many words of a result have room in the block. */
export const OUT_WORDS = 32768;
/** How many 8-byte words of arguments fit on the stack. */
export const STACK_WORDS = 32;
/** How many strings a ring can encode, and how long each may be in UTF-16 units. */
export const TEXTS = 4;
export const TEXT_UNITS = 336;

/** The numbers of words for which the addon has a fixed signature, besides none. */
const STACK_SIZES = [4, 8, 16, 32];

/** Bits of a plan. */
const PLAN_FIRST_IS_FLOAT = 4;
const PLAN_STACK_SHIFT = 8;
/** The plan of a framed function, and what is added when arguments of its call are in the stream. */
export const PLAN_FRAMED = 8;
export const PLAN_STREAM = 16;

/** The three ways a result arrives: in the integer register, as an f64, as an f32. Bits 0 and 1 of a plan. */
export enum ResultBank {
  Int = 0,
  F64 = 1,
  F32 = 2,
}

/** A platform's calling convention, as far as scalars and pointers go. */
export interface Convention {
  readonly name: NativeLayout['convention'];
  readonly intRegisters: number;
  readonly floatRegisters: number;
}

const layout = native.layout();

/** The convention of this process. */
export const convention: Convention = {
  name: layout.convention,
  intRegisters: layout.intRegisters,
  floatRegisters: layout.floatRegisters,
};

/** Offsets in the block of the fields of its frame, which an exported function gets. */
export const FRAME_IN_WORDS = BLOCK_FRAME;
export const FRAME_IN_COUNT = BLOCK_FRAME + 8;
export const FRAME_IN_TEXT = BLOCK_FRAME + 16;
export const FRAME_IN_BYTES = BLOCK_FRAME + 24;
export const FRAME_IN_UNITS = BLOCK_FRAME + 32;
export const FRAME_OPERATION = BLOCK_FRAME + 56;
export const FRAME_RESULT = BLOCK_FRAME + 64;
export const FRAME_WORDS = BLOCK_FRAME + 72;
export const FRAME_TEXT_UNITS = BLOCK_FRAME + 136;
export const FRAME_ARGUMENTS = BLOCK_FRAME + 160;
const FRAME_SIZE = 416;

const expected: Omit<NativeLayout, keyof Convention | 'convention'> = {
  stackWords: STACK_WORDS,
  vecSize: VEC_SIZE,
  vecPointer: 0,
  vecLength: VEC_LENGTH,
  blockSize: BLOCK_SIZE,
  blockResult: BLOCK_RESULT,
  blockSymbol: BLOCK_SYMBOL,
  blockPlan: BLOCK_PLAN,
  blockInts: BLOCK_INTS,
  blockFloats: BLOCK_FLOATS,
  blockStack: BLOCK_STACK,
  blockTextCount: BLOCK_TEXT_COUNT,
  blockTexts: BLOCK_TEXTS,
  texts: TEXTS,
  textUnits: TEXT_UNITS,
  blockFrame: BLOCK_FRAME,
  blockOut: BLOCK_OUT,
  outWords: OUT_WORDS,
  frameSize: FRAME_SIZE,
  frameArguments: FRAME_ARGUMENTS - BLOCK_FRAME,
};
for (const [field, value] of Object.entries(expected)) {
  if (layout[field as keyof typeof expected] !== value) {
    throw new RustDLLError('ERR_RUSTDLL_ABI', `rustdll's addon is of another version: its ${field} differs`);
  }
}

/** Gives each argument of one call its place, in the order of the parameters. */
export class Placement {
  readonly #intRegisters: number;
  readonly #floatRegisters: number;
  /** Whether the n-th argument takes the n-th place whatever it is. */
  readonly #positional: boolean;
  /** Whether an argument on the stack takes its own size instead of a word. */
  readonly #packed: boolean;
  #ints = 0;
  #floats = 0;
  #stack = 0;
  #firstIsFloat = false;

  constructor(rules: Convention = convention) {
    this.#intRegisters = rules.intRegisters;
    this.#floatRegisters = rules.floatRegisters;
    this.#positional = rules.name === 'win64';
    this.#packed = rules.name === 'apple-arm64';
  }

  /** Begins another call. */
  reset(): void {
    this.#ints = this.#floats = this.#stack = 0;
    this.#firstIsFloat = false;
  }

  /**
   * The offset in the block for the next argument, or -1 when the stack is full.
   *
   * @param size - The argument's own size in bytes.
   */
  place(isFloat: boolean, size: number): number {
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

  /** Whether the slot at `offset` is only as large as its argument, so that storing a word would hit its neighbour. */
  packs(offset: number): boolean {
    return this.#packed && offset >= BLOCK_STACK;
  }

  /** The plan for the arguments placed so far. */
  plan(result: ResultBank): number {
    const first = result | (this.#firstIsFloat ? PLAN_FIRST_IS_FLOAT : 0);
    if (this.#stack === 0) return first;
    const words = Math.ceil(this.#stack / 8);
    const size = STACK_SIZES.find((candidate) => candidate >= words) as number;
    return first | (size << PLAN_STACK_SHIFT);
  }
}
