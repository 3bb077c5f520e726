/** Values that may be left out, for which Rust has a default. */

import type { Decode } from '../../../memory/reader';
import type { Encode } from '../../../memory/writer';
import { typeError } from '../../../errors/errors';
import type { DefaultShape } from '../../../types/shape';
import { exactly } from '../json';
import type { DecodeWalk, EncodeWalk, InnerDecoder, InnerEncoder, Kind } from './kind';

export const defaultKind: Kind<DefaultShape> = {
  spellings: {
    default: (value, shapes) => ({ kind: 'default', value: shapes.of(exactly(value, 2)[1], 1) }),
  },
  // A result always has the value, so a type that contains itself here would have no finite one.
  parts: ({ value }) => [{ shape: value, needed: true }],
  encoder: ({ value }, encoders) => defaultEncoder(encoders.of(value)),
  decoder: ({ value }, decoders) => defaultDecoder(decoders.of(value)),
  encodeWalk: ({ value }, encoders) => defaultEncodeWalk(encoders.inner(value)),
  decodeWalk: ({ value }, decoders) => defaultDecodeWalk(decoders.inner(value)),
  input: ({ value }, { of }) => [...of(value), 'undefined'],
  output: ({ value }, { of }) => of(value),
  rust: ({ value }, rust) => rust(value),
};

function defaultEncoder(encode: Encode): Encode {
  return (writer, value) => {
    if (value === undefined) {
      writer.count(0);
      return;
    }
    writer.count(1);
    encode(writer, value);
  };
}

function defaultDecoder(decode: Decode): Decode {
  return (reader) => {
    if (!reader.flag()) throw missing();
    return decode(reader);
  };
}

function defaultEncodeWalk({ encode, walk }: InnerEncoder): EncodeWalk {
  return function* (writer, value) {
    if (value === undefined) {
      writer.count(0);
      return;
    }
    writer.count(1);
    if (walk === null) encode(writer, value);
    else yield walk(writer, value);
  };
}

function defaultDecodeWalk({ decode, walk }: InnerDecoder): DecodeWalk {
  return function* (reader) {
    if (!reader.flag()) throw missing();
    return walk === null ? decode(reader) : yield walk(reader);
  };
}

function missing(): TypeError {
  return typeError('ERR_RUSTDLL_TYPE', 'the result lacks a value');
}
