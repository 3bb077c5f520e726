/**
 * The doorbell is the function of the addon through which every call is made. A call is stored in the block, which is
 * memory that both sides share; then the doorbell is called ("rung"), and the addon reads the block, makes the call and
 * stores the result in the block. Only strings are passed as arguments, since the addon encodes them fastest. Without
 * strings, Bun's own foreign call is the doorbell there.
 *
 * Between the first store into the block and reading the result no code of the user's may run: a call made in between
 * would overwrite the block. So lists are packed first and only their addresses are stored here; where that is not
 * possible, arguments.ts saves the arguments.
 */

import { BLOCK_FRAME, BLOCK_SIZE, BLOCK_TEXT_PIECE, BLOCK_TEXTS, TEXT_PIECE, TEXTS, VEC_SIZE } from './block';
import { foreignRing } from './foreign-ring';
import { native, type RingStatus } from './node-api/native';

export interface Doorbell {
  /** The address of the block. */
  readonly address: number;
  /** Views of the block; the offsets are in block.ts. */
  readonly i8: Int8Array;
  readonly i16: Int16Array;
  readonly i32: Int32Array;
  readonly f32: Float32Array;
  readonly f64: Float64Array;
  readonly i64: BigInt64Array;
  readonly u64: BigUint64Array;
  /**
   * Makes the call that is in the block, with the strings that the addon has to encode. Returns undefined, the text of
   * a framed function's result, or the reason why nothing was called.
   */
  readonly ring: (...texts: string[]) => undefined | string | RingStatus;
  /** Does the same for a call without strings, best for one whose result has no text and no object. */
  readonly ringPlain: () => undefined | string | RingStatus;
}

function makeDoorbell(): Doorbell {
  const buffer = native.attach(new ArrayBuffer(BLOCK_SIZE));
  const i32 = new Int32Array(buffer);
  i32[BLOCK_TEXT_PIECE >> 2] = TEXT_PIECE;
  return {
    address: native.address(new Uint8Array(buffer)),
    i8: new Int8Array(buffer),
    i16: new Int16Array(buffer),
    i32,
    f32: new Float32Array(buffer),
    f64: new Float64Array(buffer),
    i64: new BigInt64Array(buffer),
    u64: new BigUint64Array(buffer),
    ring: native.ring,
    ringPlain: foreignRing() ?? native.ring,
  };
}

/** The doorbell of this environment. */
export const doorbell = makeDoorbell();

/** The addresses of the descriptors of the strings that the addon encodes. */
export const TEXT_ADDRESSES: readonly number[] = Array.from(
  { length: TEXTS },
  (_, i) => doorbell.address + BLOCK_TEXTS + VEC_SIZE * i,
);

/** The bytes of the block for the descriptor and the encoded text of each string. */
const TEXT_SIZE = (BLOCK_FRAME - BLOCK_TEXTS) / TEXTS;

/** The addresses of the encoded texts themselves, which end with a NUL. They are behind all descriptors. */
export const C_TEXT_ADDRESSES: readonly number[] = Array.from(
  { length: TEXTS },
  (_, i) => doorbell.address + BLOCK_TEXTS + VEC_SIZE * TEXTS + (TEXT_SIZE - VEC_SIZE) * i,
);
