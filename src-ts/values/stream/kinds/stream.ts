/** Streams that stay in Rust: in the stream of words, the address of a reference of this environment's. */

import { Mismatch } from '../../../errors/mismatch';
import type { StreamShape } from '../../../types/shape';
import { exactly } from '../json';
import type { Kind } from './kind';

function refuse(): never {
  throw new Mismatch('a stream cannot be passed to Rust');
}

export const streamKind: Kind<StreamShape> = {
  spellings: { stream: (value, shapes) => ({ kind: 'stream', item: shapes.of(exactly(value, 2)[1], 1) }) },
  parts: ({ item }) => [{ shape: item, needed: false }],
  // Only results have such a type; see levels/export/table.ts.
  encoder: () => refuse,
  decoder({ item }, decoders) {
    const make = decoders.streams(decoders.of(item));
    return (reader) => make(reader.address());
  },
  encodeWalk: () => refuse,
  decodeWalk(shape, decoders) {
    const decode = streamKind.decoder(shape, decoders);
    // eslint-disable-next-line require-yield -- the items are not inside of the value
    return function* (reader) {
      return decode(reader);
    };
  },
  input: () => ['never'],
  output: ({ item }, { union, stream }) => [stream(union(item))],
  rust: ({ item }, rust) => `Stream<${rust(item)}>`,
};
