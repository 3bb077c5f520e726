/** Tuples: lists of a fixed length whose elements each have a type of their own. */

import { along } from '../../../errors/mismatch';
import type { Decode } from '../../../memory/reader';
import type { Encode } from '../../../memory/writer';
import { countOf } from '../count';
import { canSpecialize, type Code, code, identifier, join, MOST_UNROLLED, specialize } from '../../../runtime/code';
import { makeList } from '../../../runtime/list';
import type { TupleShape } from '../../../types/shape';
import { fault } from '../json';
import type { DecodeWalk, EncodeWalk, InnerDecoder, InnerEncoder, Kind } from './kind';

export const tupleKind: Kind<TupleShape> = {
  spellings: {
    tuple(value, shapes) {
      if (value.length === 1) fault(null, 'a tuple has elements');
      return { kind: 'tuple', elements: value.slice(1).map((element, index) => shapes.of(element, index + 1)) };
    },
  },
  parts: ({ elements }) => elements.map((shape) => ({ shape, needed: true })),
  encoder: ({ elements }, encoders) => tupleEncoder(elements.map((element) => encoders.of(element))),
  decoder: ({ elements }, decoders) => tupleDecoder(elements.map((element) => decoders.of(element))),
  encodeWalk: ({ elements }, encoders) => tupleEncodeWalk(elements.map((element) => encoders.inner(element))),
  decodeWalk: ({ elements }, decoders) => tupleDecodeWalk(elements.map((element) => decoders.inner(element))),
  takesNothing: ({ elements }, decoders) => elements.every((element) => decoders.takesNothing(element)),
  input: ({ elements }, { union }) => [`readonly [${elements.map(union).join(', ')}]`],
  output: ({ elements }, { union }) => [`[${elements.map(union).join(', ')}]`],
  rust: ({ elements }, rust) => `(${elements.map(rust).join(', ')}${elements.length === 1 ? ',' : ''})`,
};

function isUnrolled(coders: readonly unknown[]): boolean {
  return canSpecialize && coders.length <= MOST_UNROLLED;
}

/** Names the encoders or decoders of the elements in generated code. */
function namesOf<Coder>(coders: readonly Coder[]): {
  readonly names: readonly Code[];
  readonly parts: Readonly<Record<string, Coder>>;
} {
  const names = coders.map((_, k) => identifier(`coder${k}`));
  return { names, parts: Object.fromEntries(coders.map((coder, k) => [`coder${k}`, coder])) };
}

/**
 * Makes the encoder. Each type has its own code: code that reads the tuples of all types would be compiled to some that first
 * converts those of numbers alone to lists of objects, in place.
 */
function tupleEncoder(encoders: readonly Encode[]): Encode {
  if (isUnrolled(encoders)) {
    const { names, parts } = namesOf(encoders);
    const steps = names.map((name, k) => code`k = ${k}; ${name}(writer, list[${k}]);`);
    return specialize(
      { ...parts, countOf, along },
      code`return function (writer, list) {
        countOf(writer, list, ${names.length});
        let k = 0;
        try { ${steps} } catch (error) { throw along(error, k); }
      };`,
      'encode',
      'tuple',
    );
  }
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
  if (isUnrolled(decoders)) {
    const { names, parts } = namesOf(decoders);
    const elements = names.map((name) => code`${name}(reader)`);
    return specialize(parts, code`return (reader) => [${join(elements, code`, `)}];`, 'decode', 'tuple');
  }
  // A loop rather than `map`, which a program may have replaced.
  return (reader) => {
    const tuple = makeList(decoders.length);
    for (let k = 0; k < decoders.length; k++) tuple[k] = (decoders[k] as Decode)(reader);
    return tuple;
  };
}

function tupleEncodeWalk(encoders: readonly InnerEncoder[]): EncodeWalk {
  return function* (writer, value) {
    const length = countOf(writer, value, encoders.length);
    const list = value as readonly unknown[];
    let k = 0;
    try {
      for (; k < length; k++) {
        const { encode, walk } = encoders[k] as InnerEncoder;
        if (walk === null) encode(writer, list[k]);
        else yield walk(writer, list[k]);
      }
    } catch (error) {
      throw along(error, k);
    }
  };
}

function tupleDecodeWalk(decoders: readonly InnerDecoder[]): DecodeWalk {
  return function* (reader) {
    const tuple = makeList(decoders.length);
    for (let k = 0; k < decoders.length; k++) {
      const { decode, walk } = decoders[k] as InnerDecoder;
      tuple[k] = walk === null ? decode(reader) : yield walk(reader);
    }
    return tuple;
  };
}
