/** Options: the value, or null. */

import type { Decode } from '../../../memory/reader';
import type { Encode } from '../../../memory/writer';
import { canSpecialize, code, specialize } from '../../../runtime/code';
import type { OptionShape } from '../../../types/shape';
import { exactly } from '../json';
import type { DecodeWalk, EncodeWalk, InnerDecoder, InnerEncoder, Kind } from './kind';

export const optionKind: Kind<OptionShape> = {
  spellings: {
    option: (value, shapes) => ({ kind: 'option', some: shapes.of(exactly(value, 2)[1], 1) }),
  },
  parts: ({ some }) => [{ shape: some, needed: false }],
  encoder: ({ some }, encoders) => optionEncoder(encoders.of(some)),
  decoder: ({ some }, decoders) => optionDecoder(decoders.of(some)),
  encodeWalk: ({ some }, encoders) => optionEncodeWalk(encoders.inner(some)),
  decodeWalk: ({ some }, decoders) => optionDecodeWalk(decoders.inner(some)),
  input: ({ some }, { of }) => [...of(some), 'null', 'undefined'],
  output: ({ some }, { of }) => [...of(some), 'null'],
  rust: ({ some }, rust) => `Option<${rust(some)}>`,
};

function optionEncoder(encode: Encode): Encode {
  if (canSpecialize) {
    return specialize(
      { encode },
      code`return function (writer, value) {
        if (value === null || value === undefined) writer.count(0);
        else { writer.count(1); encode(writer, value); }
      };`,
      'encode',
      'option',
    );
  }
  return (writer, value) => {
    if (value === null || value === undefined) {
      writer.count(0);
      return;
    }
    writer.count(1);
    encode(writer, value);
  };
}

function optionDecoder(decode: Decode): Decode {
  return (reader) => (reader.flag() ? decode(reader) : null);
}

function optionEncodeWalk({ encode, walk }: InnerEncoder): EncodeWalk {
  return function* (writer, value) {
    if (value === null || value === undefined) {
      writer.count(0);
      return;
    }
    writer.count(1);
    if (walk === null) encode(writer, value);
    else yield walk(writer, value);
  };
}

function optionDecodeWalk({ decode, walk }: InnerDecoder): DecodeWalk {
  return function* (reader) {
    if (!reader.flag()) return null;
    return walk === null ? decode(reader) : yield walk(reader);
  };
}
