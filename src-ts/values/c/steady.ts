/** The addresses of typed arrays whose memory neither moves nor shrinks. */

import { types } from 'node:util';
import { native } from '../../crossing/node-api/native';
import { getter } from '../../runtime/property';
import { ofTypedArray } from '../lent/view';

const resizable = getter(ArrayBuffer.prototype, 'resizable') as (buffer: unknown) => boolean;

/** True if memory may be taken away from a buffer. A growable SharedArrayBuffer only grows. */
export function isResizable(buffer: ArrayBufferLike): boolean {
  return !types.isSharedArrayBuffer(buffer) && resizable(buffer);
}

/** The addresses of buffers, each a multiple of 8. One that was detached since has no view with elements. */
const addresses = new WeakMap<ArrayBufferLike, number>();

/**
 * Returns the address of a typed array that has elements; 0 if its buffer is resizable, or not aligned to 8. No code of the
 * user's runs.
 */
export function steadyAddress(view: ArrayBufferView): number {
  const buffer = ofTypedArray.buffer(view);
  const address = addresses.get(buffer) ?? find(buffer);
  return address === 0 ? 0 : address + ofTypedArray.byteOffset(view);
}

function find(buffer: ArrayBufferLike): number {
  if (isResizable(buffer)) return 0;
  const address = native.address(new Uint8Array(buffer));
  if (address % 8 !== 0) return 0;
  addresses.set(buffer, address);
  return address;
}
