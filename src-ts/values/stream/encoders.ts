/**
 * Makes the functions that encode the arguments of exported functions, once for each shape. Those of records, lists and
 * options are generated code where code may be generated.
 */

import type { Encode } from '../../memory/writer';
import type { Definition, Shape } from '../../types/shape';
import { Decoders } from './decoders';
import type { DecoderMaker, EncoderMaker, EncodeWalk, InnerEncoder } from './kinds/kind';
import { definitionKindOf, kindOf } from './kinds/registry';
import { isDeep, MOST_RECURSION } from './recursion';
import { finish } from './walk';

/** The encoders of one library. */
export class Encoders implements EncoderMaker {
  readonly #named = new Map<Definition, Encode>();
  readonly #walks = new Map<Definition, EncodeWalk>();

  /** @param results - The decoders of what callbacks are called with. */
  constructor(readonly results: DecoderMaker = new Decoders(new Decoders())) {}

  of(shape: Shape): Encode {
    return kindOf(shape).encoder(shape, this);
  }

  named(definition: Definition): Encode {
    const known = this.#named.get(definition);
    if (known !== undefined) return known;
    // A named type may contain itself: its own encoder, and all made before that is complete, reach it through this
    // function. If making it fails, encoders of other types that were made meanwhile keep calling this function.
    let made: Encode | undefined;
    this.#named.set(definition, (writer, value) => {
      if (writer.recursion < MOST_RECURSION) {
        writer.recursion++;
        (made ??= this.named(definition))(writer, value);
        writer.recursion--;
      } else finish(this.namedWalk(definition)(writer, value));
    });
    try {
      made = definitionKindOf(definition).encoder(definition, this);
    } finally {
      if (made === undefined) this.#named.delete(definition);
      else this.#named.set(definition, made);
    }
    return made;
  }

  inner(shape: Shape): InnerEncoder {
    const kind = kindOf(shape);
    return { encode: this.of(shape), walk: isDeep(shape) ? (kind.encodeWalk?.(shape, this) ?? null) : null };
  }

  namedWalk(definition: Definition): EncodeWalk {
    const known = this.#walks.get(definition);
    if (known !== undefined) return known;
    // The same as for `made` in `named`.
    let made: EncodeWalk | undefined;
    this.#walks.set(definition, (writer, value) => (made ??= this.namedWalk(definition))(writer, value));
    try {
      made = definitionKindOf(definition).encodeWalk(definition, this);
    } finally {
      if (made === undefined) this.#walks.delete(definition);
      else this.#walks.set(definition, made);
    }
    return made;
  }
}
