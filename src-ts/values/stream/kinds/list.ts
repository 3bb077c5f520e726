/** Lists, of any length or of a fixed one. Those of scalars are packed; see scalar-list.ts. */

import { along } from '../../../errors/mismatch';
import type { Decode } from '../../../memory/reader';
import type { Encode } from '../../../memory/writer';
import { canSpecialize, code, specialize } from '../../../runtime/code';
import { MAX_LENGTH } from '../../../types/limits';
import { SCALARS } from '../../../types/scalar';
import { countOf } from '../count';
import type { ListShape } from '../../../types/shape';
import { listType, scalarListTypes } from '../../../types/typescript';
import { count, exactly } from '../json';
import type { Kind } from './kind';
import { packedDecoder, packedEncoder } from './scalar-list';

/** How many elements that take no words a list may claim to have. */
const MOST_OF_NOTHING = 2 ** 16;

export const listKind: Kind<ListShape> = {
  spellings: {
    vec(place, shapes) {
      const [, element] = exactly(place, 2);
      return { kind: 'list', element: shapes.of(element), length: null };
    },
    array(place, shapes) {
      const [, element, length] = exactly(place, 3);
      return { kind: 'list', element: shapes.of(element), length: count(length, MAX_LENGTH) };
    },
  },
  parts: ({ element, length }) => [{ shape: element, needed: length !== null && length > 0 }],
  encoder: ({ element, length }, encoders) =>
    element.kind === 'scalar'
      ? packedEncoder(SCALARS[element.name], length)
      : listEncoder(encoders.of(element), length),
  decoder: ({ element }, decoders) =>
    element.kind === 'scalar'
      ? packedDecoder(SCALARS[element.name], decoders.bigint)
      : listDecoder(decoders.of(element), decoders.takesNothing(element)),
  input: ({ element }, { of, global }) =>
    element.kind === 'scalar' ? scalarListTypes(element.name, false, global) : [`readonly ${listType(of(element))}`],
  output: ({ element }, { of, global }) =>
    element.kind === 'scalar' && element.name === 'u8' ? [global('Uint8Array')] : [listType(of(element))],
  rust: ({ element, length }, rust) => `[${rust(element)}${length === null ? '' : `; ${length}`}]`,
};

function listEncoder(encode: Encode, wanted: number | null): Encode {
  if (canSpecialize) {
    return specialize(
      { encode, countOf, along },
      code`return function (writer, list) {
        const length = countOf(writer, list, ${wanted});
        writer.count(length);
        let k = 0;
        try { for (; k < length; k++) encode(writer, list[k]); } catch (error) { throw along(error, k); }
      };`,
      'encode',
      'list',
    );
  }
  return (writer, value) => {
    const length = countOf(writer, value, wanted);
    writer.count(length);
    const elements = value as readonly unknown[];
    let k = 0;
    try {
      for (; k < length; k++) encode(writer, elements[k]);
    } catch (error) {
      throw along(error, k);
    }
  };
}

function listDecoder(decode: Decode, ofNothing: boolean): Decode {
  if (canSpecialize) {
    return specialize(
      { decode },
      code`return (reader) => {
        const length = reader.length(${ofNothing ? code`${MOST_OF_NOTHING}` : code`reader.end - reader.at - 1`});
        const list = new Array(length);
        for (let k = 0; k < length; k++) list[k] = decode(reader);
        return list;
      };`,
      'decode',
      'list',
    );
  }
  return (reader) => {
    const length = reader.length(ofNothing ? MOST_OF_NOTHING : reader.end - reader.at - 1);
    const list = new Array<unknown>(length);
    for (let k = 0; k < length; k++) list[k] = decode(reader);
    return list;
  };
}
