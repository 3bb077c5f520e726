/** Tuples: lists of as many elements, each of a type of its own. */

import { along } from '../../../errors/mismatch';
import type { Decode } from '../../../memory/reader';
import type { Encode } from '../../../memory/writer';
import { countOf } from '../count';
import type { TupleShape } from '../../../types/shape';
import * as json from '../json';
import type { Kind } from './kind';

export const tupleKind: Kind<TupleShape> = {
  spellings: {
    tuple(place, shapes) {
      const [, ...elements] = json.elements(place);
      if (elements.length === 0) json.fault(place.at, 'a tuple has elements');
      return { kind: 'tuple', elements: elements.map((element) => shapes.of(element)) };
    },
  },
  parts: ({ elements }) => elements.map((shape) => ({ shape, needed: true })),
  encoder: ({ elements }, encoders) => tupleEncoder(elements.map((element) => encoders.of(element))),
  decoder: ({ elements }, decoders) => tupleDecoder(elements.map((element) => decoders.of(element))),
  takesNothing: ({ elements }, decoders) => elements.every((element) => decoders.takesNothing(element)),
  input: ({ elements }, { union }) => [`readonly [${elements.map(union).join(', ')}]`],
  output: ({ elements }, { union }) => [`[${elements.map(union).join(', ')}]`],
  rust: ({ elements }, rust) => `(${elements.map(rust).join(', ')}${elements.length === 1 ? ',' : ''})`,
};

function tupleEncoder(encoders: readonly Encode[]): Encode {
  return (writer, value) => {
    const length = countOf(writer, value, encoders.length);
    const list = value as readonly unknown[];
    let k = 0;
    try {
      for (; k < length; k++) (encoders[k] as Encode)(writer, list[k]);
    } catch (error) {
      throw along(error, k);
    }
  };
}

function tupleDecoder(decoders: readonly Decode[]): Decode {
  // Not `map`, which would be the user's to replace.
  return (reader) => {
    const tuple = new Array<unknown>(decoders.length);
    for (let k = 0; k < decoders.length; k++) tuple[k] = (decoders[k] as Decode)(reader);
    return tuple;
  };
}
