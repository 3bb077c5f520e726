import { FRAME_RESULT, FRAME_TEXT, FRAME_WORDS } from '../../crossing/block';
import { doorbell } from '../../crossing/doorbell';
import { rangeError } from '../../errors/errors';
import type { Callee } from '../../errors/words';
import { type Decode, reader, refuseTooLong } from '../../memory/reader';
import type { Scalar } from '../../types/scalar';
import { wordAt } from '../slot';
import { elementsOf } from './kinds/scalar-list';

const { i32 } = doorbell;

/** True if a pointer in the frame is not null. Either of its halves may be zero. */
function isSet(offset: number): boolean {
  return ((i32[offset >> 2] as number) | (i32[(offset >> 2) + 1] as number)) !== 0;
}

/**
 * Points the reader at the result of the call just made.
 *
 * @param bytes - The size of the result, if it is in the block.
 * @param own - True if one typed array is the whole result, and can keep its buffer.
 * @returns The size of the result in bytes.
 */
function open(bytes: number, text: string, own: boolean): number {
  const whole = text === '' && isSet(FRAME_TEXT) ? null : text;
  if (!isSet(FRAME_WORDS)) {
    reader.open(bytes, whole);
    return bytes;
  }
  const large = wordAt(FRAME_WORDS + 8);
  reader.openLarge(large, whole, own);
  return large;
}

/** Reads a stream to its end. */
function readStream(text: string, decode: Decode): unknown {
  open(8 * wordAt(FRAME_RESULT), text, false);
  let value: unknown;
  let complete: boolean;
  try {
    value = decode(reader);
  } finally {
    complete = reader.close();
  }
  if (!complete) throw rangeError('ERR_RUSTDLL_RANGE', 'the result is not as long as it says');
  return value;
}

/** Makes the reader of results that are streams. */
export function streamReader(decode: Decode): (callee: Callee, text: string) => unknown {
  return (callee, text) => {
    try {
      return readStream(text, decode);
    } catch (error) {
      throw named(callee, error);
    }
  };
}

/** Makes the reader of results that are JSON. They are a stream only if they have integers that no number holds. */
export function jsonReader(decode: Decode): (callee: Callee, text: string) => unknown {
  const readWithIntegers = streamReader(decode);
  return (callee, text) => {
    if (wordAt(FRAME_RESULT) !== 0) return readWithIntegers(callee, text);
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      throw named(callee, error);
    }
  };
}

/** Makes the reader of results that are lists of scalars, which have no length word. */
export function listReader(scalar: Scalar, bigint: boolean, typed: boolean): (callee: Callee) => unknown {
  return (callee) => {
    const length = wordAt(FRAME_RESULT);
    try {
      const bytes = length * scalar.size;
      if (open(bytes, '', typed || scalar.name === 'u8') < bytes) {
        throw rangeError('ERR_RUSTDLL_RANGE', `the result claims ${length} elements, which are not there`);
      }
      if (typed) return reader.typedArray(scalar.view, scalar.size, length);
      if (scalar.name !== 'u8') refuseTooLong(length);
      return elementsOf(reader, scalar, length, bigint);
    } catch (error) {
      throw named(callee, error);
    } finally {
      reader.close();
    }
  };
}

/** Adds the name of the function to an error about its result. */
function named(callee: Callee, error: unknown): unknown {
  if (error instanceof Error) error.message = `${callee.name}: ${error.message}`;
  return error;
}
