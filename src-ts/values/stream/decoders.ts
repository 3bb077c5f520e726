/**
 * Values of exported functions, from a result into JavaScript. Each shape becomes a function, made once; those of records
 * and lists have code of their own where code may be generated.
 */

import type { Decode } from '../../memory/reader';
import type { Definition, Shape } from '../../types/shape';
import type { DecoderMaker } from './kinds/kind';
import { definitionKindOf, kindOf } from './kinds/registry';

/** The decoders of one library, for functions whose 64-bit integers are bigints or for the others. */
export class Decoders implements DecoderMaker {
  readonly bigint: boolean;
  readonly #named = new Map<Definition, Decode>();

  constructor(bigint: boolean) {
    this.bigint = bigint;
  }

  of(shape: Shape): Decode {
    return kindOf(shape).decoder(shape, this);
  }

  named(definition: Definition): Decode {
    let decode = this.#named.get(definition);
    if (decode === undefined) {
      // A named type may contain itself: until its decoder is made, and from within that, it is reached through this.
      this.#named.set(definition, (reader) => made(reader));
      const made = definitionKindOf(definition).decoder(definition, this);
      this.#named.set(definition, (decode = made));
    }
    return decode;
  }

  takesNothing(shape: Shape): boolean {
    return kindOf(shape).takesNothing?.(shape, this) ?? false;
  }
}
