/** A piece of memory that JavaScript owns, into which Rust may be given pointers. */

import { native } from '../crossing/node-api/native';
import { rangeError } from '../errors/errors';
import { UPPER } from '../types/bits';

/** An ArrayBuffer with its address and a view of every kind. Its memory does not move while the chunk is alive. */
export class Chunk {
  readonly size: number;
  /** The address of its first byte, a multiple of 8. A number represents it exactly: user space has at most 52 bits. */
  readonly address: number;
  /** The offset of the first free byte; always a multiple of 8. */
  top = 0;
  // The halves of the address, and the offset from which on the upper half is one more.
  readonly #low: number;
  readonly #high: number;
  readonly #carry: number;
  readonly buffer: ArrayBuffer;
  readonly u8: Uint8Array;
  readonly i32: Int32Array;
  readonly f64: Float64Array;
  #i8: Int8Array | undefined;
  #i16: Int16Array | undefined;
  #u16: Uint16Array | undefined;
  #u32: Uint32Array | undefined;
  #f32: Float32Array | undefined;
  #i64: BigInt64Array | undefined;
  #u64: BigUint64Array | undefined;
  #bytes: Buffer | undefined;

  /** @throws RangeError `ERR_RUSTDLL_MEMORY` if there is not enough memory. */
  constructor(size: number) {
    this.size = size;
    try {
      this.buffer = new ArrayBuffer(size);
      this.u8 = new Uint8Array(this.buffer);
      this.i32 = new Int32Array(this.buffer);
      this.f64 = new Float64Array(this.buffer);
    } catch (cause) {
      throw rangeError('ERR_RUSTDLL_MEMORY', `no memory to pack ${size} bytes of arguments`, { cause });
    }
    this.address = native.address(this.u8);
    this.#low = this.address | 0;
    this.#high = Math.floor(this.address * UPPER);
    this.#carry = 2 ** 32 - (this.address % 2 ** 32);
  }

  /** Takes `bytes`, a multiple of 8, and returns their offset. The caller has checked that they fit. */
  take(bytes: number): number {
    const offset = this.top;
    this.top = offset + bytes;
    return offset;
  }

  /** Stores a pointer at `offset`. */
  setPointer(offset: number, address: number): void {
    // Storing a number into an Int32Array keeps its lowest 32 bits.
    this.i32[offset >> 2] = address;
    this.i32[(offset >> 2) + 1] = address * UPPER;
  }

  /** Reads a pointer. */
  pointerAt(offset: number): number {
    const at = offset >> 2;
    return ((this.i32[at + 1] as number) >>> 0) * 2 ** 32 + ((this.i32[at] as number) >>> 0);
  }

  /** Stores a pointer to byte `target` of `chunk`; quicker than by its address. */
  setPointerTo(offset: number, chunk: Chunk, target: number): void {
    this.i32[offset >> 2] = chunk.#low + target;
    this.i32[(offset >> 2) + 1] = target < chunk.#carry ? chunk.#high : chunk.#high + 1;
  }

  // Few calls need these views, so each is made at the first access.
  get i8(): Int8Array {
    return (this.#i8 ??= new Int8Array(this.buffer));
  }
  get i16(): Int16Array {
    return (this.#i16 ??= new Int16Array(this.buffer));
  }
  get u16(): Uint16Array {
    return (this.#u16 ??= new Uint16Array(this.buffer));
  }
  get u32(): Uint32Array {
    return (this.#u32 ??= new Uint32Array(this.buffer));
  }
  get f32(): Float32Array {
    return (this.#f32 ??= new Float32Array(this.buffer));
  }
  get i64(): BigInt64Array {
    return (this.#i64 ??= new BigInt64Array(this.buffer));
  }
  get u64(): BigUint64Array {
    return (this.#u64 ??= new BigUint64Array(this.buffer));
  }
  get bytes(): Buffer {
    return (this.#bytes ??= Buffer.from(this.buffer));
  }
}
