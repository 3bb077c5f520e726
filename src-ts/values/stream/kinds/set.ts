/** Sets: a list as an argument, a `Set` as a result. */

import { unbound } from '../../../runtime/property';
import type { ListShape, SetShape } from '../../../types/shape';
import { exactly } from '../json';
import type { Kind } from './kind';
import { listDecodeWalk, listEncodeWalk, listKind } from './list';

export const setKind: Kind<SetShape> = {
  spellings: {
    set: (value, shapes) => ({ kind: 'set', element: shapes.of(exactly(value, 2)[1], 1) }),
  },
  parts: ({ element }) => [{ shape: element, needed: false }],
  encoder: (shape, encoders) => listKind.encoder(listOf(shape), encoders),
  decoder(shape, decoders) {
    const decode = listKind.decoder(listOf(shape), decoders);
    return (reader) => setFrom(decode(reader) as ArrayLike<unknown>);
  },
  encodeWalk: ({ element }, encoders) => listEncodeWalk(encoders.inner(element), null),
  decodeWalk({ element }, decoders) {
    const walk = listDecodeWalk(decoders.inner(element));
    return function* (reader) {
      return setFrom((yield walk(reader)) as ArrayLike<unknown>);
    };
  },
  input: (shape, printer) => listKind.input(listOf(shape), printer),
  output: ({ element }, { union, global }) => [`${global('Set')}<${union(element)}>`],
  rust: ({ element }, rust) => `Set<${rust(element)}>`,
};

/** Returns the shape of the list of the elements. */
export function listOf({ element }: SetShape): ListShape {
  return { kind: 'list', element, length: null };
}

// Taken from the prototype once, as a program may replace it.
const add = unbound(Set.prototype, 'add');

/** Makes a set of the elements of a list. */
export function setFrom(list: ArrayLike<unknown>): Set<unknown> {
  const set = new Set();
  const { length } = list;
  for (let k = 0; k < length; k++) add(set, list[k]);
  return set;
}
