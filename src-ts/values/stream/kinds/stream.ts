/**
 * Streams, which are asynchronous iterators in JavaScript. One of Rust's stays there, and in the stream of words is the
 * address of a reference of this environment's; of one of JavaScript's Rust has the address of a function that takes its items.
 */

import { wrongType } from '../../../errors/mismatch';
import type { Encode } from '../../../memory/writer';
import type { StreamShape } from '../../../types/shape';
import type { FunctionCode } from '../../callback';
import { exactly } from '../json';
import { putFunction } from './function';
import { iterables, iteratorOf, MOST } from './iter';
import type { EncoderMaker, Kind } from './kind';

export const streamKind: Kind<StreamShape> = {
  spellings: { stream: (value, shapes) => ({ kind: 'stream', item: shapes.of(exactly(value, 2)[1], 1) }) },
  parts: ({ item }) => [{ shape: item, needed: false }],
  encoder: streamEncoder,
  decoder({ item }, decoders) {
    const make = decoders.streams(decoders.of(item));
    return (reader) => make(reader.word());
  },
  encodeWalk(shape, encoders) {
    const encode = streamEncoder(shape, encoders);
    // eslint-disable-next-line require-yield -- the items are not inside of the value
    return function* (writer, value) {
      encode(writer, value);
    };
  },
  decodeWalk(shape, decoders) {
    const decode = streamKind.decoder(shape, decoders);
    // eslint-disable-next-line require-yield -- as above
    return function* (reader) {
      return decode(reader);
    };
  },
  input: ({ item }, { union, global }) => [
    `${global('AsyncIterable')}<${union(item)}>`,
    `${global('Iterable')}<${union(item)}>`,
  ],
  output: ({ item }, { union, stream }) => [stream(union(item))],
  rust: ({ item }, rust) => `Stream<${rust(item)}>`,
};

function streamEncoder({ item }: StreamShape, encoders: EncoderMaker): Encode {
  let code: FunctionCode | undefined;
  return (writer, value) => {
    const later = laterIteratorOf(value);
    const iterator = later === undefined ? iteratorOf(value) : undefined;
    const { takeFrom, takeLaterFrom, takingCode } = iterables();
    code ??= takingCode(encoders.results.of(MOST), encoders.of(item));
    if (later !== undefined) putFunction(writer, takeLaterFrom(later), code);
    else if (iterator !== undefined) putFunction(writer, takeFrom(iterator), code);
    else throw wrongType('an asynchronous iterable, such as a ReadableStream', value);
  };
}

function laterIteratorOf(value: unknown): AsyncIterator<unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { [Symbol.asyncIterator]: iterate } = value as Partial<AsyncIterable<unknown>>;
  return typeof iterate === 'function' ? iterate.call(value) : undefined;
}
