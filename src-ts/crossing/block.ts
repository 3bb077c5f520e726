/**
 * The offsets in the block, the memory that TypeScript and the addon share, through which calls and results are passed.
 * src-native/abi.h has the same numbers; they are compared when this file is loaded.
 */

import { RustDLLError } from '../errors/errors';
import { native, type NativeLayout } from './node-api/native';

/** The size of a `PyVec` descriptor in bytes, and the offset of its length, a u32. Its pointer is at 0. */
export const VEC_SIZE = 16;
export const VEC_LENGTH = 8;

/** Offsets in the block, in bytes. */
export const BLOCK_SIZE = 269928;
export const BLOCK_RESULT = 0;
export const BLOCK_SYMBOL = 8;
export const BLOCK_CALL_CODE = 12;
export const BLOCK_INTS = 16;
export const BLOCK_FLOATS = 80;
export const BLOCK_STACK = 144;
export const BLOCK_TEXT_COUNT = 400;
export const BLOCK_TEXT_PIECE = 404;
export const BLOCK_TEXTS = 408;
export const BLOCK_FRAME = 4568;
export const BLOCK_OUT = 4992;

/**
 * The number of a background call, whether its progress is to be reported, the arguments whose memory is copied for it
 * (their count, and pairs of an offset and a type), and the number of arguments of a framed function.
 */
export const BLOCK_BACKGROUND = 267136;
export const BLOCK_LISTENS = 267140;
export const BLOCK_LENT_COUNT = 267144;
export const BLOCK_ARGUMENT_COUNT = 267148;
export const BLOCK_LENT = 267152;
export const MAX_LENT = 40;

/**
 * The address of the addresses of the objects among the arguments of a background call, their number, and whether the call
 * is to wait until it is started.
 */
export const BLOCK_OBJECTS = 267792;
export const BLOCK_OBJECT_COUNT = 267800;
export const BLOCK_WAITS = 267804;

/** The bits of the last: the call is to wait; and its end matters even if it is cancelled, because Rust has callbacks. */
export const WAITS = 1;
export const MATTERS = 2;

/**
 * What JavaScript and the addon tell each other about one callback: the number of the function, or of what it has thrown;
 * the number of the request that waits for its result; the words of its arguments or its result; the stream of its result,
 * as in a frame; whether it has thrown; and the words that fit the block.
 */
export const EXCHANGE_HELD = 267808;
export const EXCHANGE_REQUEST = 267812;
export const EXCHANGE_COUNT = 267816;
export const EXCHANGE_WORDS = 267824;
export const EXCHANGE_TEXT = 267832;
export const EXCHANGE_THREW = 267856;
export const EXCHANGE_SMALL = 267864;
export const MAX_SMALL_WORDS = 64;

/**
 * The address of the regions of memory that are copied for a background call of a C function, each of {@link REGION_WORDS}
 * words; their number; and that of the pointers in them, whose places follow.
 */
export const BLOCK_REGIONS = 268376;
export const BLOCK_REGION_COUNT = 268384;
export const BLOCK_POINTER_COUNT = 268388;
export const REGION_WORDS = 3;

/**
 * Callbacks that were posted with few words: their size, and offsets in each of the number of the function, the number of
 * words, and the words.
 */
export const BLOCK_POSTS = 268392;
export const POST_SIZE = 48;
export const POST_COUNT = 4;
export const POST_WORDS = 8;

/** The requests of callbacks whose result nobody waits for, and of those that the current call makes. */
export const POSTED = -1;
export const NOW = -2;

/** The most words of a result that fit the block. */
export const OUT_WORDS = 32768;

/** The most 8-byte words of arguments on the stack. */
export const STACK_WORDS = 32;

/** The most strings that the addon encodes in one call, and the most UTF-16 units of each. */
export const TEXTS = 4;
export const TEXT_UNITS = 336;

/** The bit of the number of strings that is set if they are strings of C, which end with a NUL and may hold none. */
export const TEXTS_OF_C = 0x100;

/**
 * The most bytes of UTF-8 in a string from which others are sliced. A program that keeps one of those keeps all of it
 * alive, which takes twice as much memory if it is not ASCII.
 */
export const TEXT_PIECE = 1 << 13;

/**
 * The call code of a framed function, and the bits that are added when arguments of its call are in the stream, when the
 * text of its result may be taken in pieces, and when it is lent functions.
 */
export const CALL_CODE_FRAMED = 8;
export const CALL_CODE_STREAM = 16;
export const CALL_CODE_PIECES = 32;
export const CALL_CODE_FUNCTIONS = 128;

/** Offsets in the block of the fields of its frame. */
export const FRAME_IN_WORDS = BLOCK_FRAME;
export const FRAME_IN_COUNT = BLOCK_FRAME + 8;
/** Behind the address of the text are its bytes and its UTF-16 units, as in the exchange. */
export const FRAME_IN_TEXT = BLOCK_FRAME + 16;
export const FRAME_OPERATION = BLOCK_FRAME + 56;
export const FRAME_RESULT = BLOCK_FRAME + 64;
export const FRAME_WORDS = BLOCK_FRAME + 72;
export const FRAME_TEXT = BLOCK_FRAME + 104;
export const FRAME_TEXT_UNITS = BLOCK_FRAME + 136;
export const FRAME_ARGUMENTS = BLOCK_FRAME + 160;
const FRAME_SIZE = 424;

export const layout = native.layout();

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
  blockTextPiece: BLOCK_TEXT_PIECE,
  blockTexts: BLOCK_TEXTS,
  texts: TEXTS,
  textUnits: TEXT_UNITS,
  textsOfC: TEXTS_OF_C,
  blockFrame: BLOCK_FRAME,
  blockOut: BLOCK_OUT,
  outWords: OUT_WORDS,
  blockBackground: BLOCK_BACKGROUND,
  blockListens: BLOCK_LISTENS,
  blockLentCount: BLOCK_LENT_COUNT,
  blockArgumentCount: BLOCK_ARGUMENT_COUNT,
  blockLent: BLOCK_LENT,
  maxLent: MAX_LENT,
  blockObjects: BLOCK_OBJECTS,
  blockObjectCount: BLOCK_OBJECT_COUNT,
  blockWaits: BLOCK_WAITS,
  blockExchange: EXCHANGE_HELD,
  exchangeWords: MAX_SMALL_WORDS,
  blockRegions: BLOCK_REGIONS,
  blockRegionCount: BLOCK_REGION_COUNT,
  blockPointerCount: BLOCK_POINTER_COUNT,
  blockPosts: BLOCK_POSTS,
  postSize: POST_SIZE,
  frameSize: FRAME_SIZE,
  frameArguments: FRAME_ARGUMENTS - BLOCK_FRAME,
};

for (const [field, value] of Object.entries(expected)) {
  if (layout[field as keyof typeof expected] !== value) {
    throw new RustDLLError('ERR_RUSTDLL_ABI', `rustdll's addon is of another version: its ${field} differs`);
  }
}

/** The address that an empty list or view has: not null, aligned for every type, never read. */
export const EMPTY_ADDRESS = 8;
