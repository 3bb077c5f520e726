/**
 * Iterators. One of Rust's stays there, and in the stream is the address of a reference of this environment's; of an iterable
 * of JavaScript's Rust has the address of a function that takes its items.
 */

import { wrongType } from '../../../errors/mismatch';
import type { Encode } from '../../../memory/writer';
import type { IterShape } from '../../../types/shape';
import type { FunctionCode } from '../../callback';
import { exactly } from '../json';
import { putFunction } from './function';
import type { EncoderMaker, Kind } from './kind';

let loaded: typeof import('../../iterable') | undefined;

/** Loads the code for iterables of JavaScript's, which few libraries need. */
export function iterables(): typeof import('../../iterable') {
  return (loaded ??= require('../../iterable') as typeof import('../../iterable'));
}

export const iterKind: Kind<IterShape> = {
  spellings: { iter: (value, shapes) => ({ kind: 'iter', item: shapes.of(exactly(value, 2)[1], 1) }) },
  parts: ({ item }) => [{ shape: item, needed: false }],
  encoder: iterEncoder,
  decoder({ item }, decoders) {
    const make = decoders.iterators(decoders.of(item));
    return (reader) => make(reader.word());
  },
  encodeWalk(shape, encoders) {
    const encode = iterEncoder(shape, encoders);
    // eslint-disable-next-line require-yield -- the items are not inside of the value
    return function* (writer, value) {
      encode(writer, value);
    };
  },
  decodeWalk(shape, decoders) {
    const decode = iterKind.decoder(shape, decoders);
    // eslint-disable-next-line require-yield -- as above
    return function* (reader) {
      return decode(reader);
    };
  },
  input: ({ item }, { union, global }) => [`${global('Iterable')}<${union(item)}>`],
  output: ({ item }, { union, iterator }) => [iterator(union(item))],
  rust: ({ item }, rust) => `Iter<${rust(item)}>`,
};

/** The type of the number of items that Rust wants. */
export const MOST = { kind: 'scalar', name: 'u32' } as const;

function iterEncoder({ item }: IterShape, encoders: EncoderMaker): Encode {
  let code: FunctionCode | undefined;
  return (writer, value) => {
    const iterator = iteratorOf(value);
    if (iterator === undefined) throw wrongType('an iterable', value);
    const { takeFrom, takingCode } = iterables();
    code ??= takingCode(encoders.results.of(MOST), encoders.of(item));
    putFunction(writer, takeFrom(iterator), code);
  };
}

/** Returns an iterator over what can be iterated and is no text; undefined for anything else. */
export function iteratorOf(value: unknown): Iterator<unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { [Symbol.iterator]: iterate } = value as Partial<Iterable<unknown>>;
  return typeof iterate === 'function' ? iterate.call(value) : undefined;
}
