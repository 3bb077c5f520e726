/**
 * Finds the element type and the memory of typed arrays, DataViews and ArrayBuffers.
 *
 * Only the getters of the engine's own prototypes are used, as a subclass may override them.
 */

import { types } from 'node:util';
import { getter, method } from '../../runtime/property';
import { type Scalar, type ScalarName, SCALARS } from '../../types/scalar';

export type View = ArrayBufferView | ArrayBufferLike;

const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;

const tagOf = getter(typedArray, Symbol.toStringTag) as (view: unknown) => string | undefined;

/** The getters of typed arrays. All but the tag's throw for any other value. */
export const ofTypedArray = {
  tag: tagOf,
  length: getter(typedArray, 'length') as (view: unknown) => number,
  buffer: getter(typedArray, 'buffer') as (view: unknown) => ArrayBufferLike,
  byteOffset: getter(typedArray, 'byteOffset') as (view: unknown) => number,
  byteLength: getter(typedArray, 'byteLength') as (view: unknown) => number,
};

const ofDataView = {
  buffer: getter(DataView.prototype, 'buffer') as (view: unknown) => ArrayBufferLike,
  byteOffset: getter(DataView.prototype, 'byteOffset') as (view: unknown) => number,
  byteLength: getter(DataView.prototype, 'byteLength') as (view: unknown) => number,
};

const arrayBufferByteLength = getter(ArrayBuffer.prototype, 'byteLength') as (buffer: unknown) => number;

const sharedByteLength = getter(SharedArrayBuffer.prototype, 'byteLength') as (buffer: unknown) => number;

const keysOf = method(typedArray, 'keys');

/** The Rust type of the elements of each typed array. */
const ELEMENTS: Readonly<Record<string, ScalarName>> = {
  Int8Array: 'i8',
  Uint8Array: 'u8',
  Uint8ClampedArray: 'u8',
  Int16Array: 'i16',
  Uint16Array: 'u16',
  Int32Array: 'i32',
  Uint32Array: 'u32',
  BigInt64Array: 'i64',
  BigUint64Array: 'u64',
  Float32Array: 'f32',
  Float64Array: 'f64',
};

/** True if `value` is a typed array, DataView, ArrayBuffer or SharedArrayBuffer. */
export function isView(value: unknown): value is View {
  return ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value);
}

/**
 * Returns the element type of a view: `u8` for a DataView or a buffer, undefined for a type that Rust does not have.
 */
export function elementOf(view: View): Scalar | undefined {
  const tag = tagOf(view);
  if (tag === undefined) return SCALARS.u8;
  const name = ELEMENTS[tag];
  return name === undefined ? undefined : SCALARS[name];
}

/** True if `value` is a view of `want` elements. `usize` and `u64` are the same here, and so are `isize` and `i64`. */
export function isViewOf(value: unknown, want: Scalar): value is View {
  if (!isView(value)) return false;
  const have = elementOf(value);
  return have !== undefined && isSame(have, want);
}

/** True if elements of two types have the same bits. */
function isSame(have: Scalar, want: Scalar): boolean {
  return have === want || (want.kind === 'wide' && have.kind === 'wide' && have.signed === want.signed);
}

/** Returns the name of the usual typed array of `want` elements; undefined if there is none. */
export function typedArrayOf(want: Scalar): string | undefined {
  return Object.keys(ELEMENTS).find((tag) => isSame(SCALARS[ELEMENTS[tag] as ScalarName], want));
}

/** True if an exported function can read `value` as `want` elements: bytes are those of any view. */
export function isReadableAs(value: unknown, want: Scalar): value is View {
  return want.name === 'u8' ? isView(value) : isViewOf(value, want);
}

/** True if `value` is a typed array of `want` elements; false for a DataView or a buffer. */
export function isTypedArrayOf(value: unknown, want: Scalar): value is ArrayBufferView {
  return ArrayBuffer.isView(value) && tagOf(value) !== undefined && isViewOf(value, want);
}

/** Returns the bytes of a view, or null if its buffer is detached or the view is out of the buffer's bounds. */
export function bytesOf(view: View): Uint8Array | null {
  const extent = extentOf(view);
  return extent && new Uint8Array(extent.buffer, extent.byteOffset, extent.byteLength);
}

/** The memory of a view. */
export interface Extent {
  buffer: ArrayBufferLike;
  byteOffset: number;
  byteLength: number;
}

/** Returns the memory of a view, or null if its buffer is detached or the view is out of the buffer's bounds. */
export function extentOf(view: View): Extent | null {
  if (!ArrayBuffer.isView(view)) {
    const byteLength = types.isSharedArrayBuffer(view) ? sharedByteLength(view) : arrayBufferByteLength(view);
    return byteLength === 0 && isDetached(view) ? null : { buffer: view, byteOffset: 0, byteLength };
  }
  const fields = tagOf(view) === undefined ? ofDataView : ofTypedArray;
  try {
    const extent = {
      buffer: fields.buffer(view),
      byteOffset: fields.byteOffset(view),
      byteLength: fields.byteLength(view),
    };
    // The getters of typed arrays return 0 for one that is detached or out of bounds; methods throw.
    if (extent.byteLength === 0 && fields === ofTypedArray) Reflect.apply(keysOf, view, []);
    return extent;
  } catch {
    // The getters of a DataView throw as well.
    return null;
  }
}

function isDetached(buffer: ArrayBufferLike): boolean {
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}
