/** Framed calls: how their results are read, and what their failures become. */

import { BLOCK_RESULT, FRAME_RESULT, FRAME_WORDS } from './abi';
import { notRung, type Target } from './call';
import { elementsOf, type Decode } from './decode';
import { decoder, refuseTooLong } from './decoder';
import { doorbell } from './doorbell';
import { rangeError, RustDLLError } from './errors';
import { native, type RingStatus } from './native';
import { RustError, RustPanic } from './rust-error';
import type { Scalar } from './scalars';
import { illFormed } from './stream';

const { i32 } = doorbell;

/** The status of a framed call. src-native/abi.h names the last two; the others are the library's. */
const Status = {
  Err: 1,
  Panic: 2,
  /** A string ended within a surrogate pair whose other half begins the next one. */
  SplitSurrogate: 3,
  Inexpressible: 5,
  TextTooLong: 0x100,
  BadResult: 0x101,
} as const;

/** A count in the frame; beyond 2^53 it is not exact, and larger than any there can be. */
function countAt(offset: number): number {
  return ((i32[(offset >> 2) + 1] as number) >>> 0) * 2 ** 32 + ((i32[offset >> 2] as number) >>> 0);
}

/**
 * Points the decoder at what the call just made gave back.
 *
 * @param bytes - How much that is, if it is in the block.
 * @param own - Whether a typed array will be all of it.
 * @returns How many bytes there are.
 */
function open(bytes: number, text: string, own: boolean): number {
  // The pointer to what did not fit the block; both halves, since either may be zero.
  if (((i32[FRAME_WORDS >> 2] as number) | (i32[(FRAME_WORDS >> 2) + 1] as number)) === 0) {
    decoder.open(bytes, text);
    return bytes;
  }
  const large = countAt(FRAME_WORDS + 8);
  decoder.openLarge(large, text, own);
  return large;
}

/** Reads a stream to its end. */
function readStream(text: string, decode: Decode): unknown {
  open(8 * countAt(FRAME_RESULT), text, false);
  let value: unknown;
  let complete: boolean;
  try {
    value = decode(decoder);
  } finally {
    complete = decoder.close();
  }
  if (!complete) throw rangeError('ERR_RUSTDLL_RANGE', 'the result is not as long as it says');
  return value;
}

/** For a function whose result is a stream. */
export function streamReader(decode: Decode): (target: Target, text: string) => unknown {
  return (target, text) => {
    try {
      return readStream(text, decode);
    } catch (error) {
      throw named(target, error);
    }
  };
}

/** For a function whose result is a list of scalars, which come without a length. */
export function listReader(scalar: Scalar, bigint: boolean, typed: boolean): (target: Target) => unknown {
  return (target) => {
    const length = countAt(FRAME_RESULT);
    try {
      const bytes = length * scalar.size;
      if (open(bytes, '', typed || scalar.name === 'u8') < bytes) {
        throw rangeError('ERR_RUSTDLL_RANGE', `the result claims ${length} elements, which are not there`);
      }
      if (typed) return decoder.typedArray(scalar.view, scalar.size, length);
      if (scalar.name !== 'u8') refuseTooLong(length);
      return elementsOf(decoder, scalar, length, bigint);
    } catch (error) {
      throw named(target, error);
    } finally {
      decoder.close();
    }
  };
}

/** Says which function's result an error is about. */
function named(target: Target, error: unknown): unknown {
  if (error instanceof Error) error.message = `${target.name}: ${error.message}`;
  return error;
}

/**
 * An `Err` or a panic before it is an exception. The function that was called makes that itself: engines take the longer
 * for a stack trace the more calls lead to it, and the user wants to see none of ours.
 */
export class Failure {
  constructor(
    readonly type: typeof RustError | typeof RustPanic,
    readonly message: string,
    readonly options: { cause: Error } | undefined,
    /** The error's own fields. */
    readonly fields: { code: string; location?: string | null },
  ) {}

  /** Adds its fields to the exception. */
  complete(error: RustError | RustPanic): Error {
    return Object.assign(error, this.fields);
  }
}

/**
 * What went wrong with a framed call that gave no result.
 *
 * @param answer - What the ring returned.
 * @throws All but what Rust says: that is left to the caller.
 */
export function failed(target: Target, answer: string | RingStatus | undefined, args: ArrayLike<unknown>): Failure {
  if (typeof answer === 'number') throw notRung(target, answer, args);
  const text = answer;
  const status = (i32[BLOCK_RESULT >> 2] as number) >>> 0;
  if (status === Status.Err) return readErr(target, text ?? '') as Failure;
  if (status === Status.Panic) return readPanic(target, text ?? '') as Failure;
  // Whatever else it left behind.
  native.take();
  switch (status) {
    case Status.SplitSurrogate:
      throw illFormed(target, args);
    case Status.TextTooLong:
      throw rangeError('ERR_RUSTDLL_RANGE', `${target.name}: the result's text is longer than any string can be`);
    case Status.Inexpressible:
      throw rangeError('ERR_RUSTDLL_RANGE', `${target.name}: ${text ?? 'the result cannot be expressed'}`);
    case Status.BadResult:
      throw rangeError('ERR_RUSTDLL_RANGE', `${target.name}: the result claims more bytes than it has`);
    default:
      throw new RustDLLError(
        'ERR_RUSTDLL_ABI',
        `${target.name}: the library ${target.path} refused the call (status ${status}): ${text ?? 'it does not say why'}`,
      );
  }
}

/** An `Err`: perhaps a code, and the messages of the error and of what led to it. */
const readErr = streamReader((decoder) => {
  const code = !decoder.flag() ? 'ERR_RUSTDLL_RUST' : decoder.string();
  const messages: string[] = [];
  for (let left = decoder.length(decoder.end - decoder.at - 1); left > 0; left--) messages.push(decoder.string());
  let cause: Error | undefined;
  while (messages.length > 1) {
    const message = messages.pop();
    cause = cause === undefined ? new Error(message) : new Error(message, { cause });
    // It happened in Rust; where it was read means nothing.
    cause.stack = `Error: ${message}`;
  }
  return new Failure(RustError, messages[0] ?? '', cause && { cause }, { code });
});

/** A panic: what it says, and where it was if that is known. */
const readPanic = streamReader((decoder) => {
  const message = decoder.string();
  const location = !decoder.flag() ? null : decoder.string();
  return new Failure(RustPanic, message, undefined, { code: 'ERR_RUSTDLL_PANIC', location });
});
