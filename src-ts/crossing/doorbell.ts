/**
 * The doorbell is the one way into native code. A call is written into the block, which lies in memory that both sides
 * know; then the doorbell is rung, and the addon reads the block, makes the call and leaves the result in the block.
 * Only strings are passed when it is rung, since engines encode them fastest there; without any, a runtime's own fast
 * foreign call could ring for the same block.
 *
 * Between the first store into the block and the read of the result no code of the user may run: a call made in
 * between would fill the same block. So lists are packed first and only their addresses are stored here; where
 * that cannot be, arguments.ts saves what is stored.
 */

import { BLOCK_SIZE, BLOCK_TEXT_PIECE, BLOCK_TEXTS, TEXT_PIECE, TEXTS, VEC_SIZE } from './block';
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
   * Makes the call that is in the block, with the strings that the addon is to encode. Returns undefined, the text that
   * a framed function gave, or the reason why nothing was called.
   */
  readonly ring: (...texts: string[]) => undefined | string | RingStatus;
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
  };
}

/** The doorbell of this environment. */
export const doorbell = makeDoorbell();

/** The addresses of the descriptors of the strings that the crossing encodes. */
export const TEXT_ADDRESSES: readonly number[] = Array.from(
  { length: TEXTS },
  (_, i) => doorbell.address + BLOCK_TEXTS + VEC_SIZE * i,
);
