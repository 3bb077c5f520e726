/** What is known of a call of a C function while it is made. */

import type { Arena } from '../../memory/arena';
import { Chunk } from '../../memory/chunk';
import { append, makeFloats, makeList } from '../../runtime/list';
import type { View } from '../lent/view';
import { type Running, type Thunk, unbind } from './thunk';

/** An empty place. */
const NOWHERE = new Chunk(8);

/** The memory of one argument. */
export class Place {
  /** The memory, if it is the arena's. */
  chunk = NOWHERE;
  offset = 0;
  /** The view whose memory is passed; null if another memory is. */
  view: View | null = null;
  /** The bytes of the view, if a copy of it is passed that the library may change. */
  before: Uint8Array | null = null;
  /** The argument, if it is needed after the call. */
  value: unknown;
}

/** One call: what each parameter passes, by its index. */
export class CCall implements Running {
  thrown: Running['thrown'] = null;
  /** The thunks that are bound until the call ends. */
  #lent: Thunk[] | null = null;

  /** What is passed: an address, or 0 for NULL. */
  readonly addresses: number[];
  /** The numbers of elements behind the addresses; -1 if nobody knows. */
  readonly lengths: number[];
  readonly places: (Place | undefined)[];
  /** The memory of views that a call in the background only reads. */
  readonly lentForReading: { readonly address: number; readonly bytes: number }[] = [];

  constructor(
    readonly arena: Arena,
    parameters: number,
  ) {
    this.addresses = makeFloats(parameters);
    this.lengths = makeFloats(parameters);
    this.places = makeList<Place | undefined>(parameters);
  }

  /** Makes the place of a parameter. */
  place(index: number): Place {
    return (this.places[index] = new Place());
  }

  /** Reserves zeroed memory for a parameter, and passes its address. */
  reserve(index: number, bytes: number): Place {
    const place = this.place(index);
    this.arena.reserve(bytes);
    const { chunk, offset } = this.arena;
    chunk.u8.fill(0, offset, offset + bytes);
    place.chunk = chunk;
    place.offset = offset;
    this.addresses[index] = chunk.address + offset;
    return place;
  }

  /** Notes a thunk that is bound for this call. */
  lend(thunk: Thunk): void {
    append((this.#lent ??= []), thunk);
  }

  /** Ends the call, in whatever way. */
  end(): void {
    if (this.#lent !== null) for (const thunk of this.#lent) unbind(thunk);
  }
}
