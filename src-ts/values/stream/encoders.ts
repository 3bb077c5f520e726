/**
 * Values of exported functions, from JavaScript into a stream. Each shape becomes a function, made once; those of records,
 * lists and options have code of their own where code may be generated.
 */

import type { Encode } from '../../memory/writer';
import type { Definition, Shape } from '../../types/shape';
import type { EncoderMaker } from './kinds/kind';
import { definitionKindOf, kindOf } from './kinds/registry';

/** The encoders of one library. */
export class Encoders implements EncoderMaker {
  readonly #named = new Map<Definition, Encode>();

  of(shape: Shape): Encode {
    return kindOf(shape).encoder(shape, this);
  }

  named(definition: Definition): Encode {
    const known = this.#named.get(definition);
    if (known !== undefined) return known;
    // A named type may contain itself: until its encoder is made, and from within that, it is reached through this. Should
    // making it fail, what was made of other types meanwhile goes on leading here.
    let made: Encode | undefined;
    this.#named.set(definition, (writer, value) => (made ??= this.named(definition))(writer, value));
    try {
      made = definitionKindOf(definition).encoder(definition, this);
    } finally {
      if (made === undefined) this.#named.delete(definition);
      else this.#named.set(definition, made);
    }
    return made;
  }
}
