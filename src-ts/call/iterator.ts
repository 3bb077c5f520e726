/** Iterators that stay in Rust, whose items are taken in batches. */

import {
  BLOCK_CALL_CODE,
  BLOCK_RESULT,
  BLOCK_SYMBOL,
  CALL_CODE_FRAMED,
  CALL_CODE_PIECES,
  FRAME_ARGUMENTS,
} from '../crossing/block';
import { doorbell } from '../crossing/doorbell';
import { RustDLLError } from '../errors/errors';
import { thrownBy } from '../errors/trace';
import type { Decode } from '../memory/reader';
import { hiddenProperty } from '../runtime/property';
import type { ClassDefinition } from '../types/shape';
import { holdReference, Reference, register, releaseReference } from '../values/object';
import { storePointer } from '../values/slot';
import { type Batch, batchReader, sizeAfter } from './batch';
import { failed } from './failure';
import { notRung } from './not-rung';
import type { Target } from './plan';

const { i32, ring } = doorbell;

/** Takes batches from iterators over items of one type. */
export class Source {
  readonly #targetOf: () => Target;
  readonly #read: (target: Target, text: string) => Batch;
  #target: Target | undefined;
  readonly definition: ClassDefinition = { kind: 'class', name: 'iterator', doc: '', send: true, sync: true };

  /**
   * @param targetOf - Resolves the function that takes items.
   * @param decode - Reads an item.
   * @param panicked - Makes the error for a destructor that has panicked.
   */
  constructor(targetOf: () => Target, decode: Decode, panicked: (text: string | undefined) => Error) {
    this.#targetOf = targetOf;
    this.#read = batchReader(decode);
    register(this.definition, { panicked });
  }

  /** Takes at most `most` items. @throws the `Err` or the panic with which the iterator ends */
  take(address: number, most: number): Batch {
    const target = (this.#target ??= this.#targetOf());
    storePointer(FRAME_ARGUMENTS, address);
    storePointer(FRAME_ARGUMENTS + 8, most);
    i32[BLOCK_SYMBOL >> 2] = target.symbol;
    i32[BLOCK_CALL_CODE >> 2] = CALL_CODE_FRAMED | CALL_CODE_PIECES;
    const answer = ring();
    if (typeof answer === 'number') throw notRung(target, answer, []);
    if (i32[BLOCK_RESULT >> 2] !== 0) {
      throw failed({ target }, answer, []).exception();
    }
    return this.#read(target, answer ?? '');
  }
}

/** An iterator in Rust. */
class RustIterator {
  readonly #source: Source;
  readonly #reference: Reference;
  #items: readonly unknown[] = [];
  #at = 0;
  /** The number of items to take next; 0 once there are no more. */
  #most = 1;
  /** What is thrown after the items. */
  #failure: { readonly error: unknown } | null = null;

  constructor(source: Source, address: number) {
    this.#source = source;
    this.#reference = new Reference(source.definition, address);
    holdReference(this, this.#reference);
  }

  next(): IteratorResult<unknown, undefined> {
    if (this.#at < this.#items.length) return { done: false, value: this.#items[this.#at++] };
    try {
      return this.#more();
    } catch (error) {
      throw thrownBy(next, error);
    }
  }

  #more(): IteratorResult<unknown, undefined> {
    if (this.#most === 0) {
      this.#items = [];
      const failure = this.#failure;
      this.#failure = null;
      if (failure !== null) throw failure.error;
      return { done: true, value: undefined };
    }
    const begun = performance.now();
    let batch: Batch;
    try {
      batch = this.#source.take(this.#reference.address, this.#most);
    } catch (error) {
      // One that asks itself for items, by a function that it calls, goes on.
      if (!(error instanceof RustDLLError) || error.code !== 'ERR_RUSTDLL_BUSY') this.#end();
      throw error;
    }
    const { items, over, failure } = batch;
    this.#failure = failure;
    this.#items = items;
    this.#at = 0;
    if (over || items.length === 0) this.#end();
    else this.#most = sizeAfter(this.#most, batch, performance.now() - begun);
    return items.length === 0 ? this.#more() : this.next();
  }

  return(value?: unknown): IteratorResult<unknown, unknown> {
    this.#items = [];
    this.#failure = null;
    try {
      this.#end();
    } catch (error) {
      throw thrownBy(stop, error);
    }
    return { done: true, value };
  }

  #end(): void {
    if (this.#most === 0) return;
    this.#most = 0;
    releaseReference(this.#reference);
  }
}

const { prototype } = RustIterator;

/** The methods that users call, at which stack traces begin. */
const { next, return: stop } = prototype as unknown as { next: () => void; return: () => void };

// Its own constructor is nobody's business, and it has the helpers of all iterators, if the engine knows some.
Reflect.deleteProperty(prototype, 'constructor');
Object.setPrototypeOf(
  prototype,
  Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()) as object) as object,
);
Object.defineProperty(prototype, Symbol.toStringTag, { ...hiddenProperty('Rust Iterator'), writable: false });
if (!(Symbol.dispose in prototype)) {
  const dispose = function (this: RustIterator): void {
    this.return();
  };
  Object.defineProperty(prototype, Symbol.dispose, hiddenProperty(dispose));
}

/** Makes the iterator for a reference that a result has. */
export function iteratorOf(source: Source, address: number): object {
  if (address === 0) throw new RustDLLError('ERR_RUSTDLL_ABI', 'the result has an iterator that is none');
  return new RustIterator(source, address);
}
