/** Lists of exported functions, from JavaScript into a stream: of anything, of scalars, typed arrays, and tuples. */

import { along, Mismatch, wrongType } from '../../../errors/mismatch';
import type { Decode } from '../../../memory/reader';
import type { Encode, Writer } from '../../../memory/writer';
import { canSpecialize, code, specialize } from '../../../runtime/code';
import type { Shape } from '../../../types/shape';
import { lengthOf } from '../../lent/list';

/** How many elements that take no words a list may claim to have. */
const MOST_OF_NOTHING = 2 ** 16;

/** Whether a value of a shape takes no words, so that its number is not bounded by what there is. */
export function takesNothing(shape: Shape): boolean {
  switch (shape.kind) {
    case 'unit':
      return true;
    case 'tuple':
      return shape.elements.every(takesNothing);
    case 'named':
      // One that contains itself does so by way of a list or an option, which take a word.
      return (
        shape.definition.kind === 'record' && shape.definition.fields.every((member) => takesNothing(member.shape))
      );
    default:
      return false;
  }
}

export function listDecoder(decode: Decode, ofNothing: boolean): Decode {
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

export function tupleDecoder(decoders: readonly Decode[]): Decode {
  // Not `map`, which would be the user's to replace.
  return (reader) => {
    const tuple = new Array<unknown>(decoders.length);
    for (let k = 0; k < decoders.length; k++) tuple[k] = (decoders[k] as Decode)(reader);
    return tuple;
  };
}

/** The length of a list that is to have `wanted` elements, if that is a number. */
export function countOf(writer: Writer, value: unknown, wanted: number | null): number {
  if (!Array.isArray(value)) throw wrongType(wanted === null ? 'a list' : `a list of ${wanted} elements`, value);
  const length = lengthOf(writer, value);
  if (wanted !== null && length !== wanted) {
    throw new Mismatch(`expected a list of ${wanted} elements, got one of ${length}`);
  }
  return length;
}

export function listEncoder(encode: Encode, wanted: number | null): Encode {
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
    encodeElements(writer, value as readonly unknown[], length, () => encode);
  };
}

function encodeElements(
  writer: Writer,
  list: readonly unknown[],
  length: number,
  encoderOf: (index: number) => Encode,
): void {
  let k = 0;
  try {
    for (; k < length; k++) encoderOf(k)(writer, list[k]);
  } catch (error) {
    throw along(error, k);
  }
}

export function tupleEncoder(encoders: readonly Encode[]): Encode {
  return (writer, value) => {
    const length = countOf(writer, value, encoders.length);
    encodeElements(writer, value as readonly unknown[], length, (index) => encoders[index] as Encode);
  };
}
