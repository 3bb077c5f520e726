/** Lists of exported functions, from JavaScript into a stream: of anything, of scalars, typed arrays, and tuples. */

import type { Encode, Encoder } from './encoder';
import { lengthOf, MAX_LENGTH, packScalars } from './lists';
import { along, Mismatch, outOfRange, wrongType } from './mismatch';
import type { Scalar } from './scalars';
import { canSpecialize, specialize } from './specialize';
import { bytesOf, isTypedArrayOf, isViewOf } from './views';

/** The length of a list that is to have `wanted` elements, if that is a number. */
function countOf(encoder: Encoder, value: unknown, wanted: number | null): number {
  if (!Array.isArray(value)) throw wrongType(wanted === null ? 'a list' : `a list of ${wanted} elements`, value);
  const length = lengthOf(encoder, value);
  if (wanted !== null && length !== wanted) {
    throw new Mismatch(`expected a list of ${wanted} elements, got one of ${length}`);
  }
  return length;
}

export function listEncoder(encode: Encode, wanted: number | null): Encode {
  if (canSpecialize) {
    return specialize(
      { encode, countOf, along },
      `return function (encoder, list) {
        const length = countOf(encoder, list, ${wanted});
        encoder.count(length);
        let k = 0;
        try { for (; k < length; k++) encode(encoder, list[k]); } catch (error) { throw along(error, k); }
      };`,
    );
  }
  return (encoder, value) => {
    const length = countOf(encoder, value, wanted);
    encoder.count(length);
    encodeElements(encoder, value as readonly unknown[], length, () => encode);
  };
}

function encodeElements(
  encoder: Encoder,
  list: readonly unknown[],
  length: number,
  encoderOf: (index: number) => Encode,
): void {
  let k = 0;
  try {
    for (; k < length; k++) encoderOf(k)(encoder, list[k]);
  } catch (error) {
    throw along(error, k);
  }
}

export function tupleEncoder(encoders: readonly Encode[]): Encode {
  return (encoder, value) => {
    const length = countOf(encoder, value, encoders.length);
    encodeElements(encoder, value as readonly unknown[], length, (index) => encoders[index] as Encode);
  };
}

/** A list of scalars, which lie one beside the other. */
export function packedEncoder(scalar: Scalar, wanted: number | null): Encode {
  const { size } = scalar;
  const encode: Encode = (encoder, value) => {
    if (!Array.isArray(value)) {
      if (!isViewOf(value, scalar)) throw wrongType(`a list or typed array of ${scalar.name}`, value);
      encodeView(encoder, value, scalar, wanted);
      return;
    }
    const length = countOf(encoder, value, wanted);
    const words = Math.ceil((length * size) / 8);
    encoder.ensure(1 + words);
    encoder.count(length);
    const { at } = encoder;
    packScalars(encoder, value, length, scalar, encoder.chunk, 8 * at);
    encoder.at = at + words;
  };
  return scalar.kind === 'wide' && canSpecialize ? shortEncoder(scalar, wanted, encode) : encode;
}

/**
 * Lists of 64-bit integers that are all small: of thousands of short ones most of the time goes into what surrounds the
 * loop, so it is right here. Two elements at a time, as what is known of the list is forgotten with every round.
 *
 * @param encodeOther - For all other lists, from the start.
 */
function shortEncoder({ signed }: Scalar, wanted: number | null, encodeOther: Encode): Encode {
  const isShort = (name: string): string => `Object.is(${name} | 0, ${name})${signed ? '' : ` && ${name} >= 0`}`;
  const store = (name: string): string => `i32[at++] = ${name}; i32[at++] = ${name} >> 31;`;
  return specialize(
    { encodeOther },
    `return function (encoder, list) {
      if (Array.isArray(list)) {
        const { length } = list;
        if (${wanted === null ? 'length >>> 0 === length' : `length === ${wanted}`}) {
          encoder.ensure(1 + length);
          const { i32 } = encoder;
          let at = 2 * encoder.at;
          i32[at++] = length;
          i32[at++] = 0;
          let k = 0;
          for (; k + 1 < length; k += 2) {
            const a = list[k];
            const b = list[k + 1];
            if (typeof a !== 'number' || typeof b !== 'number' || !(${isShort('a')} && ${isShort('b')})) break;
            ${store('a')}
            ${store('b')}
          }
          if (k + 1 === length) {
            const a = list[k];
            if (typeof a === 'number' && ${isShort('a')}) {
              ${store('a')}
              k++;
            }
          }
          if (k === length) {
            encoder.at += 1 + length;
            return;
          }
        }
      }
      encodeOther(encoder, list);
    };`,
  );
}

export function typedEncoder(scalar: Scalar): Encode {
  return (encoder, value) => {
    if (!isTypedArrayOf(value, scalar)) throw wrongType(`a typed array of ${scalar.name}`, value);
    encodeView(encoder, value, scalar, null);
  };
}

function encodeView(
  encoder: Encoder,
  view: ArrayBufferView | ArrayBufferLike,
  scalar: Scalar,
  wanted: number | null,
): void {
  const bytes = bytesOf(view);
  if (bytes === null)
    throw new Mismatch('the buffer is detached, or has shrunk away from the view', 'ERR_RUSTDLL_DETACHED');
  const length = bytes.length / scalar.size;
  if (length > MAX_LENGTH) throw outOfRange(`a list of ${length} elements does not fit a PyVec`);
  if (wanted !== null && length !== wanted) {
    throw new Mismatch(`expected ${wanted} elements, got ${length}`);
  }
  const words = Math.ceil(bytes.length / 8);
  encoder.ensure(1 + words);
  encoder.count(length);
  encoder.chunk.u8.set(bytes, 8 * encoder.at);
  encoder.at += words;
}
