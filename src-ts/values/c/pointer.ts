/** The addresses that libraries give away, as objects of JavaScript: handles of opaque types, and pointers to data. */

import { inspect } from 'node:util';
import { native } from '../../crossing/node-api/native';
import { rangeError, typeError } from '../../errors/errors';
import { describe } from '../../errors/words';
import { rename } from '../../runtime/property';
import type { Pointer as PointerOfType } from '../../types/pointer';

let addressIn: (pointer: Pointer) => number;
let makePointer: (type: string, address: number) => Pointer;
let releaseOf: (pointer: Pointer) => void;
let isPointerValue: (value: unknown) => value is Pointer;

/** The class of the pointers, which {@link PointerOfType} documents for users. */
export class Pointer implements PointerOfType {
  /** The address; 0 once what is there has been released. */
  #address: number;
  readonly #type: string;

  private constructor(type: string, address: number) {
    this.#type = type;
    this.#address = address;
  }

  get type(): string {
    return this.#type;
  }

  get released(): boolean {
    return this.#address === 0;
  }

  bytes(length: number): Uint8Array {
    if (typeof length !== 'number' || !Number.isInteger(length) || length < 0 || length > 2 ** 32) {
      throw rangeError('ERR_RUSTDLL_RANGE', `bytes: expected a number of bytes, got ${describe(length)}`);
    }
    if (this.#address === 0) {
      throw typeError('ERR_RUSTDLL_RELEASED', `bytes: the ${this.#type} was released`);
    }
    const bytes = new Uint8Array(length);
    if (length > 0) native.load(this.#address, bytes);
    return bytes;
  }

  /** @internal */
  [inspect.custom](): string {
    return `Pointer<${this.#type}>${this.#address === 0 ? ' (released)' : ''}`;
  }

  static {
    addressIn = (pointer) => pointer.#address;
    makePointer = (type, address) => new Pointer(type, address);
    releaseOf = (pointer) => {
      pointer.#address = 0;
    };
    isPointerValue = (value): value is Pointer => typeof value === 'object' && value !== null && #address in value;
  }
}

rename(Pointer, 'Pointer');
// Otherwise a program could make a pointer of any number.
Reflect.deleteProperty(Pointer.prototype, 'constructor');

/** The pointers that the program has, by their type and address, so that the same address is the same object. */
const known = new Map<string, Map<number, WeakRef<Pointer>>>();

/** Forgets the addresses of pointers that have been collected. */
const forgotten = new FinalizationRegistry<readonly [string, number]>(([type, address]) => {
  const addresses = known.get(type);
  if (addresses?.get(address)?.deref() === undefined) addresses?.delete(address);
});

/** Returns the pointer to an address; null for 0. */
export function pointerTo(type: string, address: number): Pointer | null {
  if (address === 0) return null;
  let addresses = known.get(type);
  if (addresses === undefined) known.set(type, (addresses = new Map<number, WeakRef<Pointer>>()));
  let pointer = addresses.get(address)?.deref();
  if (pointer === undefined) {
    pointer = makePointer(type, address);
    addresses.set(address, new WeakRef(pointer));
    forgotten.register(pointer, [type, address]);
  }
  return pointer;
}

export function isPointer(value: unknown): value is Pointer {
  return isPointerValue(value);
}

/** Returns the address of a pointer; 0 if it was released. */
export function addressOfPointer(pointer: Pointer): number {
  return addressIn(pointer);
}

/** Returns the address of a value that is a pointer to `type`, or to any if that is null; 0 if it is not, or was released. */
export function addressOfA(type: string | null, value: unknown): number {
  return isPointerValue(value) && (type === null || value.type === type) ? addressIn(value) : 0;
}

/** Notes that what is behind a pointer is no more. If the library uses the address again, that is another pointer. */
export function releasePointer(pointer: Pointer): void {
  known.get(pointer.type)?.delete(addressIn(pointer));
  releaseOf(pointer);
}
