/** Lists, of any length or of a fixed one. Those of scalars are packed; see scalar-list.ts. */

import { along } from '../../../errors/mismatch';
import type { Decode } from '../../../memory/reader';
import type { Encode, Writer } from '../../../memory/writer';
import { canSpecialize, type Code, code, specialize } from '../../../runtime/code';
import { MAX_LENGTH } from '../../../types/limits';
import { makeList } from '../../../runtime/list';
import { SCALARS } from '../../../types/scalar';
import { listFrom } from '../../lent/list';
import { countOf } from '../count';
import type { ListShape } from '../../../types/shape';
import { listType, scalarListTypes, tupleLength } from '../../../types/typescript';
import { count, exactly } from '../json';
import type { DecodeWalk, EncodeWalk, InnerDecoder, InnerEncoder, Kind } from './kind';
import { readScalarName } from './scalar';
import { lendingEncoder, packedDecoder, packedEncoder } from './scalar-list';

/** The most elements of a list whose elements take no words: the size of the stream does not bound their number. */
const MOST_OF_NOTHING = 2 ** 16;

export const listKind: Kind<ListShape> = {
  spellings: {
    buffer: { kind: 'list', element: { kind: 'scalar', name: 'u8' }, length: null, buffer: true },
    vec: (value, shapes) => ({ kind: 'list', element: shapes.of(exactly(value, 2)[1], 1), length: null }),
    slice(value) {
      const [, element] = exactly(value, 2);
      return { kind: 'list', element: { kind: 'scalar', name: readScalarName(element, 1) }, length: null, lent: true };
    },
    array(value, shapes) {
      const [, element, length] = exactly(value, 3);
      return { kind: 'list', element: shapes.of(element, 1), length: count(length, 2, MAX_LENGTH) };
    },
  },
  parts: ({ element, length }) => [{ shape: element, needed: length !== null && length > 0 }],
  encoder: ({ element, length, lent }, encoders) =>
    element.kind === 'scalar'
      ? (lent === true ? lendingEncoder : packedEncoder)(SCALARS[element.name], length)
      : listEncoder(encoders.of(element), length, element.kind === 'string'),
  decoder: ({ element, buffer }, decoders) =>
    element.kind === 'scalar'
      ? packedDecoder(SCALARS[element.name], decoders.bigint, buffer)
      : listDecoder(decoders.of(element), decoders.takesNothing(element)),
  encodeWalk: ({ element, length }, encoders) => listEncodeWalk(encoders.inner(element), length),
  decodeWalk: ({ element }, decoders) => listDecodeWalk(decoders.inner(element)),
  input(shape, { of, global, list, bytes }) {
    const { element } = shape;
    const length = tupleLength(shape);
    const lists = (elements: readonly string[]): string[] => [
      length === null ? list(elements.join(' | ')) : `readonly ${listType(elements, length)}`,
    ];
    if (element.kind !== 'scalar' || element.brand !== undefined) return lists(of(element));
    return element.name === 'u8' ? [bytes()] : scalarListTypes(element.name, lists, global);
  },
  output(shape, { of, view, global }) {
    const { element } = shape;
    if (shape.buffer === true) return [global('Buffer')];
    return element.kind === 'scalar' && element.name === 'u8'
      ? [view('Uint8Array')]
      : [listType(of(element), tupleLength(shape))];
  },
  rust: ({ element, length }, rust) => `[${rust(element)}${length === null ? '' : `; ${length}`}]`,
};

/** The strings from which on their lengths are added up first: it takes a little, and saves memory that grows. */
const MANY_STRINGS = 4096;

/** The shortest list of which a part is encoded first, to estimate the memory that all of it takes: so many bits less. */
const LONG = 1024;
const PART_BITS = 4;

/** Makes room for the strings of a list. A list with something else is left to the encoder, which refuses it. */
function expectStrings(writer: Writer, list: readonly unknown[], length: number): void {
  let units = 0;
  for (let k = 0; k < length; k++) {
    const value = list[k];
    if (typeof value !== 'string') return;
    units += value.length;
  }
  writer.expectStrings(length, units);
}

/**
 * Returns code that encodes the strings of a list from `k` to `end`; `encode` throws for anything else. The text is stored once, as
 * each new one is a young object in an old one.
 */
const eachString = (): Code => code`
  writer.ensure(end - k);
  const { i32, joinedUnits } = writer;
  let { text } = writer;
  let at = 2 * writer.at;
  for (; k < end; k++) {
    const value = list[k];
    if (typeof value !== 'string') encode(writer, value);
    i32[at] = value.length;
    i32[at + 1] = 0;
    at += 2;
    if (text.length + value.length > joinedUnits) {
      writer.encodeText(text);
      text = '';
    }
    text += value;
  }
  writer.at = at / 2;
  writer.text = text;`;

function listEncoder(encode: Encode, wanted: number | null, ofStrings: boolean): Encode {
  if (canSpecialize) {
    const prepare = ofStrings ? code`if (length >= ${MANY_STRINGS}) expectStrings(writer, list, length);` : code``;
    const part = ofStrings ? eachString() : code`for (; k < end; k++) encode(writer, list[k]);`;
    return specialize(
      { encode, countOf, along, listFrom, expectStrings, isArray: Array.isArray },
      code`return function (writer, list) {
        if (!isArray(list)) list = listFrom(list) ?? list;
        const length = countOf(writer, list, ${wanted});
        writer.count(length);
        ${prepare}
        let k = 0;
        let end = length;
        let words = 0;
        let units = 0;
        if (length >= ${LONG}) {
          end >>= ${PART_BITS};
          words = writer.at;
          units = writer.units;
        }
        try {
          for (;;) {
            ${part}
            if (end === length) return;
            const times = (length - end) / end;
            writer.expect((writer.at - words) * times, (writer.units - units) * times);
            end = length;
          }
        } catch (error) { throw along(error, k); }
      };`,
      'encode',
      'list',
    );
  }
  return (writer, given) => {
    const value = Array.isArray(given) ? given : (listFrom(given) ?? given);
    const length = countOf(writer, value, wanted);
    writer.count(length);
    const elements = value as readonly unknown[];
    if (ofStrings && length >= MANY_STRINGS) expectStrings(writer, elements, length);
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
      { decode, makeList },
      code`return (reader) => {
        const length = reader.length(${ofNothing ? code`${MOST_OF_NOTHING}` : code`reader.end - reader.at - 1`});
        const list = makeList(length);
        for (let k = 0; k < length; k++) list[k] = decode(reader);
        return list;
      };`,
      'decode',
      'list',
    );
  }
  return (reader) => {
    const length = reader.length(ofNothing ? MOST_OF_NOTHING : reader.end - reader.at - 1);
    const list = makeList(length);
    for (let k = 0; k < length; k++) list[k] = decode(reader);
    return list;
  };
}

export function listEncodeWalk({ encode, walk }: InnerEncoder, wanted: number | null): EncodeWalk {
  return function* (writer, given) {
    const value = Array.isArray(given) ? given : (listFrom(given) ?? given);
    const length = countOf(writer, value, wanted);
    writer.count(length);
    const elements = value as readonly unknown[];
    let k = 0;
    try {
      for (; k < length; k++) {
        if (walk === null) encode(writer, elements[k]);
        else yield walk(writer, elements[k]);
      }
    } catch (error) {
      throw along(error, k);
    }
  };
}

export function listDecodeWalk({ decode, walk }: InnerDecoder): DecodeWalk {
  return function* (reader) {
    const length = reader.length(reader.end - reader.at - 1);
    const list = makeList(length);
    for (let k = 0; k < length; k++) {
      list[k] = walk === null ? decode(reader) : yield walk(reader);
    }
    return list;
  };
}
