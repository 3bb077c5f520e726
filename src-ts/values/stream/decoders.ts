/**
 * Makes the functions that decode the results of exported functions, once for each shape. Those of records and lists
 * are generated code where code may be generated.
 */

import type { Decode } from '../../memory/reader';
import type { Definition, Shape } from '../../types/shape';
import type { DecoderMaker, DecodeWalk, InnerDecoder } from './kinds/kind';
import { definitionKindOf, kindOf } from './kinds/registry';
import { isDeep, MOST_RECURSION } from './recursion';
import { finish } from './walk';

function noIterators(): never {
  throw new TypeError('there are no iterators here');
}

/** The decoders of one library, for functions whose 64-bit integers are bigints or for the others. */
export class Decoders implements DecoderMaker {
  readonly bigint: boolean;
  readonly exact: Decoders;
  readonly #named = new Map<Definition, Decode>();
  readonly #walks = new Map<Definition, DecodeWalk>();

  /**
   * @param exact - Those whose integers are bigints; none if these are.
   * @param iterators - Makes the function that makes iterators, of that which reads an item.
   * @param streams - Does the same for streams.
   */
  constructor(
    exact?: Decoders,
    readonly iterators: DecoderMaker['iterators'] = noIterators,
    readonly streams: DecoderMaker['streams'] = noIterators,
  ) {
    this.bigint = exact === undefined;
    this.exact = exact ?? this;
  }

  of(shape: Shape): Decode {
    return kindOf(shape).decoder(shape, this);
  }

  named(definition: Definition): Decode {
    const known = this.#named.get(definition);
    if (known !== undefined) return known;
    // A named type may contain itself: its own decoder, and all made before that is complete, reach it through this
    // function. If making it fails, decoders of other types that were made meanwhile keep calling this function.
    let made: Decode | undefined;
    this.#named.set(definition, (reader) => {
      if (reader.recursion === MOST_RECURSION) return finish(this.namedWalk(definition)(reader));
      reader.recursion++;
      const value = (made ??= this.named(definition))(reader);
      reader.recursion--;
      return value;
    });
    try {
      made = definitionKindOf(definition).decoder(definition, this);
    } finally {
      if (made === undefined) this.#named.delete(definition);
      else this.#named.set(definition, made);
    }
    return made;
  }

  inner(shape: Shape): InnerDecoder {
    const kind = kindOf(shape);
    return { decode: this.of(shape), walk: isDeep(shape) ? (kind.decodeWalk?.(shape, this) ?? null) : null };
  }

  namedWalk(definition: Definition): DecodeWalk {
    const known = this.#walks.get(definition);
    if (known !== undefined) return known;
    // The same as for `made` in `named`.
    let made: DecodeWalk | undefined;
    this.#walks.set(definition, (reader) => (made ??= this.namedWalk(definition))(reader));
    try {
      made = definitionKindOf(definition).decodeWalk(definition, this);
    } finally {
      if (made === undefined) this.#walks.delete(definition);
      else this.#walks.set(definition, made);
    }
    return made;
  }

  takesNothing(shape: Shape): boolean {
    return kindOf(shape).takesNothing?.(shape, this) ?? false;
  }

  namedTakesNothing(definition: Definition): boolean {
    return definitionKindOf(definition).takesNothing?.(definition, this) ?? false;
  }
}
