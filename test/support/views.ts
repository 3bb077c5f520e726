/** All kinds of JavaScript buffers and views. */

import * as koffi from 'koffi';
import { native } from '../../src-ts/crossing/node-api/native';
import type { ScalarName } from '../../src-ts/types/scalar';

/** Every kind of typed array, and the Rust type of its elements. */
export const TYPED_ARRAYS = [
  [Int8Array, 'i8'],
  [Uint8Array, 'u8'],
  [Uint8ClampedArray, 'u8'],
  [Int16Array, 'i16'],
  [Uint16Array, 'u16'],
  [Int32Array, 'i32'],
  [Uint32Array, 'u32'],
  [BigInt64Array, 'i64'],
  [BigUint64Array, 'u64'],
  [Float32Array, 'f32'],
  [Float64Array, 'f64'],
] as const satisfies (readonly [unknown, ScalarName])[];

export type AnyTypedArray = InstanceType<(typeof TYPED_ARRAYS)[number][0]>;

/** A constructor of typed arrays, whatever their elements. */
export interface TypedArrayConstructor {
  readonly name: string;
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): AnyTypedArray;
  new (buffer: ArrayBufferLike, byteOffset?: number, length?: number): AnyTypedArray;
}

/** The kinds by name, for tables of tests. */
export const KINDS = TYPED_ARRAYS.map(
  ([kind, type]) => [kind.name, kind as unknown as TypedArrayConstructor, type] as const,
);

/** Sets the elements to 1, 2, 3... (or any other number), as number or bigint. */
export function fill(view: AnyTypedArray, first = 1): AnyTypedArray {
  const isBig = view instanceof BigInt64Array || view instanceof BigUint64Array;
  for (let k = 0; k < view.length; k++) (view as unknown as unknown[])[k] = isBig ? BigInt(first + k) : first + k;
  return view;
}

/** Returns the elements as numbers. */
export function elements(view: AnyTypedArray): number[] {
  return Array.from(view as ArrayLike<number | bigint>, Number);
}

/** Memory that JavaScript did not allocate, `shift` bytes behind an address that is a multiple of 8. */
export function foreignMemory(byteLength: number, shift: number): ArrayBuffer {
  const block = koffi.address(koffi.alloc('uint8_t', byteLength + 16));
  const aligned = block + ((8n - (block % 8n)) % 8n);
  return koffi.view(aligned + BigInt(shift), byteLength);
}

/** A buffer that can be resized up to twice its length. */
export function resizable(byteLength: number): ArrayBuffer & { resize(byteLength: number): void } {
  return new ArrayBuffer(byteLength, { maxByteLength: 2 * byteLength });
}

/** Detaches the buffer of a view, as `postMessage` with a transfer list does. */
export function detach(view: ArrayBufferView | ArrayBuffer): void {
  const buffer = (ArrayBuffer.isView(view) ? view.buffer : view) as ArrayBuffer;
  structuredClone(buffer, { transfer: [buffer] });
}

/** Returns the address of the memory of a buffer. */
export function memoryOf(buffer: ArrayBufferLike): number {
  return native.address(new Uint8Array(buffer));
}
