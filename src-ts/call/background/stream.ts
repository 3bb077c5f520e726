/** Streams that stay in Rust: asynchronous iterators, whose items are taken by calls in the background. */

import { CALL_CODE_FRAMED, CALL_CODE_PIECES, FRAME_ARGUMENTS } from '../../crossing/block';
import { RustDLLError } from '../../errors/errors';
import { thrownBy } from '../../errors/trace';
import type { Decode } from '../../memory/reader';
import { hiddenProperty } from '../../runtime/property';
import { SCALARS } from '../../types/scalar';
import type { ClassDefinition } from '../../types/shape';
import { adopt, close, register, RustObject } from '../../values/object';
import { type Batch, batchReader, sizeAfter } from '../batch';
import type { Target } from '../plan';
import { makeBackground } from './function';
import type { BackgroundFunction } from './submitting';

/** Takes batches from streams of items of one type. */
export class StreamSource {
  readonly definition: ClassDefinition = { kind: 'class', name: 'stream', doc: '', send: true, sync: true };
  /** Takes from a stream so many items at the most. */
  readonly take: BackgroundFunction;

  /**
   * @param targetOf - Resolves the function that takes items.
   * @param decode - Reads an item.
   * @param panicked - Makes the error for a destructor that has panicked.
   */
  constructor(targetOf: () => Target, decode: Decode, panicked: (text: string | undefined) => Error) {
    const { definition } = this;
    register(definition, { make: class extends RustObject {}, panicked });
    this.take = makeBackground({
      name: 'next',
      required: 2,
      most: 2,
      plan: () => ({
        target: targetOf(),
        text: () => 'next(): Promise<IteratorResult>',
        required: 2,
        slots: [
          { kind: 'object', definition, exclusive: true, offset: FRAME_ARGUMENTS },
          { kind: 'scalar', scalar: SCALARS.u64, offset: FRAME_ARGUMENTS + 8, packed: false },
        ],
        streams: false,
        callCode: CALL_CODE_FRAMED | CALL_CODE_PIECES,
        framed: true,
        result: { kind: 'decoded', read: batchReader(decode) },
      }),
    });
  }
}

/** The reason with which a call ends whose items nobody wants any more. */
const LEFT = Symbol('the stream was left');

/** A stream in Rust. */
class RustStream {
  readonly #source: StreamSource;
  readonly #object: RustObject;
  readonly #left = new AbortController();
  #items: readonly unknown[] = [];
  #at = 0;
  /** The number of items to take next; 0 once there are no more. */
  #most = 1;
  /** What is thrown after the items. */
  #failure: { readonly error: unknown } | null = null;
  /** The steps that were asked for and are not over, of which each waits for the one before it. */
  #steps = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(source: StreamSource, address: number) {
    this.#source = source;
    this.#object = adopt(source.definition, address);
  }

  next(): Promise<IteratorResult<unknown, undefined>> {
    if (this.#steps === 0 && this.#at < this.#items.length) {
      return Promise.resolve({ done: false, value: this.#items[this.#at++] });
    }
    const step = this.#step(this.#steps === 0 ? null : this.#last);
    this.#last = step;
    return step;
  }

  async #step(before: Promise<unknown> | null): Promise<IteratorResult<unknown, undefined>> {
    this.#steps++;
    try {
      // Whoever asked for that step gets its failure.
      if (before !== null) await before.catch(() => undefined);
      for (;;) {
        if (this.#at < this.#items.length) return { done: false, value: this.#items[this.#at++] };
        if (this.#most === 0) break;
        await this.#more();
      }
      this.#items = [];
      const failure = this.#failure;
      this.#failure = null;
      if (failure !== null) throw failure.error;
      return { done: true, value: undefined };
    } catch (error) {
      throw thrownBy(next, error);
    } finally {
      this.#steps--;
    }
  }

  /** Takes the next items. */
  async #more(): Promise<void> {
    let batch: Batch;
    try {
      batch = (await this.#source.take(this.#object, this.#most, { signal: this.#left.signal })) as Batch;
    } catch (error) {
      if (error === LEFT) return;
      this.#end();
      throw error;
    }
    this.#items = batch.items;
    this.#at = 0;
    this.#failure = batch.failure;
    if (batch.over || batch.items.length === 0) this.#end();
    else if (batch.items.length < this.#most) this.#most = Math.max(1, batch.items.length);
    // How long the items were waited for does not count.
    else this.#most = sizeAfter(this.#most, batch, 0);
  }

  return(value?: unknown): Promise<IteratorResult<unknown, unknown>> {
    this.#items = [];
    this.#failure = null;
    try {
      this.#end();
    } catch (error) {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- it is the panic of a destructor
      return Promise.reject(thrownBy(stop, error));
    }
    return Promise.resolve({ done: true, value });
  }

  /** Releases the stream, and gives up the call that waits for its items. */
  #end(): void {
    if (this.#most === 0) return;
    this.#most = 0;
    this.#left.abort(LEFT);
    close(this.#source.definition, this.#object);
  }
}

const { prototype } = RustStream;

/** The methods that users call, at which stack traces begin. */
const { next, return: stop } = prototype as unknown as { next: () => void; return: () => void };

// Its own constructor is nobody's business, and it has the helpers of all asynchronous iterators, if the engine knows some.
Reflect.deleteProperty(prototype, 'constructor');
// eslint-disable-next-line @typescript-eslint/no-empty-function -- only its prototype is of interest
const ofGenerators = Object.getPrototypeOf(async function* () {}.prototype as object) as object;
Object.setPrototypeOf(prototype, Object.getPrototypeOf(ofGenerators) as object);
Object.defineProperty(prototype, Symbol.toStringTag, { ...hiddenProperty('Rust Stream'), writable: false });
const { asyncDispose } = Symbol as { readonly asyncDispose?: symbol };
if (asyncDispose !== undefined && !(asyncDispose in prototype)) {
  const dispose = async function (this: RustStream): Promise<void> {
    await this.return();
  };
  Object.defineProperty(prototype, asyncDispose, hiddenProperty(dispose));
}

/** Makes the stream for a reference that a result has. */
export function streamOf(source: StreamSource, address: number): object {
  if (address === 0) throw new RustDLLError('ERR_RUSTDLL_ABI', 'the result has a stream that is none');
  return new RustStream(source, address);
}
