/** Lists of scalars, whose elements are contiguous in a stream, as they are in Rust. */

import { Mismatch, wrongType } from '../../../errors/mismatch';
import type { Decode, Reader } from '../../../memory/reader';
import type { Encode, Writer } from '../../../memory/writer';
import { canSpecialize, type Code, code, identifier, specialize } from '../../../runtime/code';
import { makeFloats, makeIntegers, makeList } from '../../../runtime/list';
import { MAX_LENGTH } from '../../../types/limits';
import type { Scalar } from '../../../types/scalar';
import { listFrom, packScalars } from '../../lent/list';
import { bytesOf, isReadableAs } from '../../lent/view';
import { expectedList, tooLong } from '../../refusal';
import { countOf } from '../count';
import { boolFrom, charFrom, exact } from './scalar';

/** Makes the decoder of a list of scalars that follows a word with its length. */
export function packedDecoder(scalar: Scalar, bigint: boolean, buffer?: true): Decode {
  if (buffer === true) return (reader) => bufferOf(reader.typedArray('u8', 1, packedLength(reader, scalar)));
  return (reader) => elementsOf(reader, scalar, packedLength(reader, scalar), bigint);
}

/** Returns bytes as a `Buffer`, which has the same memory. */
export function bufferOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}

/** Reads a length from the next word, and refuses one for which the stream has too few bytes left. */
export function packedLength(reader: Reader, scalar: Scalar): number {
  return reader.length(((reader.end - reader.at - 1) * 8) / scalar.size);
}

/** Reads the next `length` elements as a list, or as a `Uint8Array` if they are `u8`. */
export function elementsOf(reader: Reader, scalar: Scalar, length: number, bigint: boolean): unknown {
  if (scalar.name === 'u8') return reader.typedArray('u8', 1, length);
  if (scalar.kind === 'wide') return bigint ? bigsOf(reader, scalar, length) : widesOf(reader, scalar, length);
  const at = reader.at;
  if (scalar.name === 'f64') {
    reader.at += length;
    return floatsOf(reader.f64, at, length);
  }
  const view = reader.lend(scalar.view, scalar.size, length) as Int32Array;
  if (scalar.kind === 'bool') return convert(view, length, boolFrom);
  if (scalar.kind === 'char') return convert(view, length, charFrom);
  const list = scalar.kind === 'float' ? makeFloats(length) : makeIntegers(length);
  for (let k = 0; k < length; k++) list[k] = view[k] as number;
  return list;
}

function floatsOf(view: Float64Array, at: number, length: number): number[] {
  const list = makeFloats(length);
  for (let k = 0; k < length; k++) list[k] = view[at + k] as number;
  return list;
}

function convert<T>(view: Int32Array, length: number, make: (value: number) => T): T[] {
  const list = makeList<T>(length);
  for (let k = 0; k < length; k++) list[k] = make(view[k] as number);
  return list;
}

function bigsOf(reader: Reader, scalar: Scalar, length: number): bigint[] {
  const view = scalar.signed ? reader.i64 : reader.u64;
  const { at } = reader;
  const list = makeList<bigint>(length);
  for (let k = 0; k < length; k++) list[k] = view[at + k] as bigint;
  reader.at += length;
  return list;
}

function widesOf(reader: Reader, { signed }: Scalar, length: number): number[] {
  const { i32 } = reader;
  const first = 2 * reader.at;
  // The first element decides: if it is no int32, probably most are not, and a list of doubles is quicker to fill.
  const isLarge = length > 0 && i32[first + 1] !== (i32[first] as number) >> 31;
  const list = isLarge ? makeFloats(length) : makeIntegers(length);
  for (let k = 0; k < length; k++) {
    const lo = i32[first + 2 * k] as number;
    const hi = i32[first + 2 * k + 1] as number;
    list[k] = hi === lo >> 31 && (signed || hi === 0) ? lo : exact(lo, hi, signed);
  }
  reader.at += length;
  return list;
}

/** Makes the encoder of a list of scalars, which are stored contiguously. */
export function packedEncoder(scalar: Scalar, wanted: number | null): Encode {
  const { size } = scalar;
  const encode: Encode = (writer, given) => {
    if (isReadableAs(given, scalar)) {
      encodeView(writer, given, scalar, wanted);
      return;
    }
    const value = Array.isArray(given) ? (given as unknown[]) : listFrom(given);
    if (value === null) throw wrongType(expectedList(scalar.name), given);
    const length = countOf(writer, value, wanted);
    const words = Math.ceil((length * size) / 8);
    writer.ensure(1 + words);
    writer.count(length);
    const { at } = writer;
    packScalars(writer, value, length, scalar, writer.chunk, 8 * at);
    writer.at = at + words;
  };
  return scalar.kind === 'wide' && canSpecialize ? shortEncoder(scalar, wanted, encode) : encode;
}

/** From how many bytes on a view is lent: for less, the notes that it takes cost more than a copy. */
const LEAST_LENT = 2048;

/**
 * Makes the encoder of a list of scalars that Rust only borrows: of a large view the address of a descriptor, of anything else
 * 0 and the list.
 */
export function lendingEncoder(scalar: Scalar, wanted: number | null): Encode {
  const encode = packedEncoder(scalar, wanted);
  return (writer, value) => {
    const { lender } = writer;
    if (lender !== null && writer.lends && isReadableAs(value, scalar)) {
      const bytes = bytesOf(value);
      if (bytes !== null && bytes.length >= LEAST_LENT) {
        writer.integer(lender.lend(value, scalar));
        return;
      }
    }
    writer.count(0);
    encode(writer, value);
  };
}

/**
 * Makes the encoder of lists of 64-bit integers, with generated code for lists of int32s. With thousands of short lists
 * most of the time is spent around the loop, so all of it is in one function. The loop takes two elements at a time, as
 * the engine checks the list anew in each iteration.
 *
 * @param encodeOther - Encodes any other list, from its first element on.
 */
function shortEncoder({ name, signed }: Scalar, wanted: number | null, encodeOther: Encode): Encode {
  const [a, b] = [identifier('a'), identifier('b')];
  const isShort = (element: Code): Code =>
    signed
      ? code`Object.is(${element} | 0, ${element})`
      : code`Object.is(${element} | 0, ${element}) && ${element} >= 0`;
  const store = (element: Code): Code => code`i32[at++] = ${element}; i32[at++] = ${element} >> 31;`;
  return specialize(
    { encodeOther },
    code`return function (writer, list) {
      if (Array.isArray(list)) {
        const { length } = list;
        if (${wanted === null ? code`length >>> 0 === length` : code`length === ${wanted}`}) {
          writer.ensure(1 + length);
          const { i32 } = writer;
          let at = 2 * writer.at;
          i32[at++] = length;
          i32[at++] = 0;
          let k = 0;
          for (; k + 1 < length; k += 2) {
            const a = list[k];
            const b = list[k + 1];
            if (typeof a !== 'number' || typeof b !== 'number' || !(${isShort(a)} && ${isShort(b)})) break;
            ${store(a)}
            ${store(b)}
          }
          if (k + 1 === length) {
            const a = list[k];
            if (typeof a === 'number' && ${isShort(a)}) {
              ${store(a)}
              k++;
            }
          }
          if (k === length) {
            writer.at += 1 + length;
            return;
          }
        }
      }
      encodeOther(writer, list);
    };`,
    'encode',
    `list-${name}`,
  );
}

/** Encodes a view, whose memory has the elements in Rust's layout already. */
export function encodeView(
  writer: Writer,
  view: ArrayBufferView | ArrayBufferLike,
  scalar: Scalar,
  wanted: number | null,
): void {
  const bytes = bytesOf(view);
  if (bytes === null)
    throw new Mismatch('the buffer is detached, or has shrunk away from the view', 'ERR_RUSTDLL_DETACHED');
  const length = bytes.length / scalar.size;
  if (length > MAX_LENGTH) {
    const { code, problem } = tooLong(length);
    throw new Mismatch(problem, code);
  }
  if (wanted !== null && length !== wanted) {
    throw new Mismatch(`expected ${wanted} elements, got ${length}`);
  }
  const words = Math.ceil(bytes.length / 8);
  writer.ensure(1 + words);
  writer.count(length);
  writer.chunk.u8.set(bytes, 8 * writer.at);
  writer.at += words;
}
