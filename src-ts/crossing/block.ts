/** Where the arguments of a call go: the block that the addon reads, and the rules of each calling convention. */

import { RustDLLError } from '../errors/errors';
import { native, type NativeLayout } from './node-api/native';

/** Size of a `PyVec` descriptor in bytes; its pointer is at 0, its length, a u32, at 8. */
export const VEC_SIZE = 16;

/** Where a descriptor has its length. */
export const VEC_LENGTH = 8;

/** Offsets in the block, in bytes. src-native/abi.h describes its fields. */
export const BLOCK_SIZE = 267784;

export const BLOCK_RESULT = 0;

export const BLOCK_SYMBOL = 8;

export const BLOCK_CALL_CODE = 12;

export const BLOCK_INTS = 16;

export const BLOCK_FLOATS = 80;

export const BLOCK_STACK = 144;

export const BLOCK_TEXT_COUNT = 400;

export const BLOCK_TEXTS = 408;

export const BLOCK_FRAME = 4568;

export const BLOCK_OUT = 4984;

/** The number of a call in the background, and what of its arguments is to be copied: pairs of a place and a type. */
export const BLOCK_BACKGROUND = 267128;

export const BLOCK_LENT_COUNT = 267136;

export const BLOCK_LENT = 267144;

export const MAX_LENT = 40;

/** How many words of a result have room in the block. */
export const OUT_WORDS = 32768;

/** How many 8-byte words of arguments fit on the stack. */
export const STACK_WORDS = 32;

/** How many strings a ring can encode, and how long each may be in UTF-16 units. */
export const TEXTS = 4;

export const TEXT_UNITS = 336;

/** the call code of a framed function, and what is added when arguments of its call are in the stream. */
export const CALL_CODE_FRAMED = 8;

export const CALL_CODE_STREAM = 16;

export const layout = native.layout();

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

const expected: Omit<NativeLayout, 'convention' | 'intRegisters' | 'floatRegisters'> = {
  stackWords: STACK_WORDS,
  vecSize: VEC_SIZE,
  vecPointer: 0,
  vecLength: VEC_LENGTH,
  blockSize: BLOCK_SIZE,
  blockResult: BLOCK_RESULT,
  blockSymbol: BLOCK_SYMBOL,
  blockCallCode: BLOCK_CALL_CODE,
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
  blockBackground: BLOCK_BACKGROUND,
  blockLentCount: BLOCK_LENT_COUNT,
  blockLent: BLOCK_LENT,
  maxLent: MAX_LENT,
  frameSize: FRAME_SIZE,
  frameArguments: FRAME_ARGUMENTS - BLOCK_FRAME,
};

for (const [field, value] of Object.entries(expected)) {
  if (layout[field as keyof typeof expected] !== value) {
    throw new RustDLLError('ERR_RUSTDLL_ABI', `rustdll's addon is of another version: its ${field} differs`);
  }
}

/** What an empty list or view points to: not null, aligned for every type, never read. */
export const EMPTY_ADDRESS = 8;
