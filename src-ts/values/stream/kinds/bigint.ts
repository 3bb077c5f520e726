/** Values whose 64-bit integers are bigints, whatever those of the function's other results are. */

import type { BigintShape } from '../../../types/shape';
import { exactly } from '../json';
import type { Kind } from './kind';

export const bigintKind: Kind<BigintShape> = {
  spellings: {
    bigint: (value, shapes) => ({ kind: 'bigint', value: shapes.of(exactly(value, 2)[1], 1) }),
  },
  parts: ({ value }) => [{ shape: value, needed: true }],
  encoder: ({ value }, encoders) => encoders.of(value),
  decoder: ({ value }, decoders) => decoders.exact.of(value),
  encodeWalk({ value }, encoders) {
    const { encode, walk } = encoders.inner(value);
    if (walk !== null) return walk;
    return function* (writer, given) {
      encode(writer, given);
      yield* [];
    };
  },
  decodeWalk({ value }, decoders) {
    const { decode, walk } = decoders.exact.inner(value);
    if (walk !== null) return walk;
    return function* (reader) {
      yield* [];
      return decode(reader);
    };
  },
  takesNothing: ({ value }, decoders) => decoders.takesNothing(value),
  input: ({ value }, { of }) => of(value),
  output: ({ value }, { exact }) => exact().of(value),
  rust: ({ value }, rust) => rust(value),
};
