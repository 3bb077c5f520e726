/** Makes the errors of calls that were made: for one that the library refused, an `Err` and a panic. */

import { BLOCK_RESULT } from '../crossing/block';
import { doorbell } from '../crossing/doorbell';
import { takeThrown } from '../crossing/mailbox';
import { native, type RingStatus } from '../crossing/node-api/native';
import { rangeError, RustDLLError, typeError } from '../errors/errors';
import { RustError, RustPanic } from '../errors/rust-error';
import { noteData } from '../errors/error-data';
import { makeUntraced, notThrown } from '../errors/trace';
import { type Path, pathText, placeOf } from '../errors/words';
import type { Reader } from '../memory/reader';
import { makeList } from '../runtime/list';
import { hiddenProperty, property } from '../runtime/property';
import type { Definition } from '../types/shape';
import { illFormed } from '../values/stream/argument';
import { addressResult } from '../values/slot';
import { streamReader } from '../values/stream/result';
import { notRung } from './not-rung';
import type { RustFrame } from './panic';
import type { ErrorData, Plan, Target } from './plan';

const { i32 } = doorbell;

/**
 * The statuses of a framed call that are handled individually. The last two are set by the addon (src-native/abi.h),
 * the others by the library (rust/rustdll/src/call.rs).
 */
export const Status = {
  Err: 1,
  Panic: 2,
  /** A string ends with the first half of a surrogate pair whose second half begins the next string. */
  SplitSurrogate: 3,
  Inexpressible: 5,
  /** An `Err` where a cause of the error has a code. */
  ErrWithCodes: 6,
  /** A panic that comes with Rust's frames. */
  PanicWithFrames: 8,
  /** An object among the arguments is in use by another call. */
  Busy: 9,
  /** The value of an object among the arguments was given away. */
  Taken: 10,
  /** A value among the arguments, or of the result, was refused when it was converted. */
  Refused: 11,
  /** An `Err` that is a record or an enum, with its data. */
  ErrWithData: 12,
  /** An `Err` that is a `TypeError`. */
  TypeErr: 13,
  /** An `Err` that is a `RangeError`. */
  RangeErr: 14,
  /** A callback has thrown, and the library has passed that on. */
  Threw: 15,
  /** A callback was called on another thread while this one waits for the call. */
  WouldDeadlock: 16,
  /** An `Err`, one of whose sources is what a callback has thrown. */
  ErrOfThrown: 18,
  TextTooLong: 0x100,
  BadResult: 0x101,
} as const;

/** The data of an `Err` or a panic, from which the function that the user called makes the exception. */
export class PendingException {
  constructor(
    readonly type: new (message?: string, options?: ErrorOptions) => Error,
    readonly message: string,
    readonly options: { cause: unknown } | undefined,
    /** The properties to add to the exception. */
    readonly fields: { code: string; location?: string | null; backtrace?: string; data?: unknown },
    /** Lines of a stack trace that lead from where it happened to the call. Only a panic has some. */
    readonly frames?: string,
    /** The type of the data, if there is any. */
    readonly definition?: Definition,
  ) {}

  /** Makes the exception, whose stack trace `thrownBy` captures. */
  exception(): Error {
    return notThrown(this.untraced(), this.frames);
  }

  /** Makes it without a stack trace. */
  untraced(): Error {
    const error = makeUntraced(this.type, this.message, this.options);
    const { code, location, backtrace } = this.fields;
    if (this.definition !== undefined) {
      noteData(error, this.definition);
      Object.defineProperty(error, 'code', property(code));
      Object.defineProperty(error, 'data', property(this.fields.data));
      return error;
    }
    // An assignment is quicker, but would run a setter that the prototype of errors has.
    if ('code' in error || 'location' in error || 'backtrace' in error) {
      Object.defineProperty(error, 'code', property(code));
      if (backtrace !== undefined) Object.defineProperty(error, 'backtrace', property(backtrace));
      if (location !== undefined) Object.defineProperty(error, 'location', property(location));
      return error;
    }
    return Object.assign(error, this.fields);
  }
}

/**
 * Handles a framed call without a result: returns the data of an `Err` or a panic, for the caller to throw.
 *
 * @param answer - The value that the doorbell returned.
 * @throws The error for any other status.
 */
export function failed(
  { target, error }: Pick<Plan, 'target' | 'error'>,
  answer: string | RingStatus | undefined,
  args: ArrayLike<unknown>,
): PendingException {
  if (typeof answer === 'number') throw notRung(target, answer, args);
  const text = answer;
  const status = (i32[BLOCK_RESULT >> 2] as number) >>> 0;
  if (status === Status.Err) return readErr(target, text ?? '') as PendingException;
  if (status === Status.ErrWithCodes) return readErrWithCodes(target, text ?? '') as PendingException;
  if (status === Status.ErrWithData && error !== undefined) return errWithData(target, text ?? '', error);
  if (status === Status.TypeErr) return readTypeErr(target, text ?? '') as PendingException;
  if (status === Status.RangeErr) return readRangeErr(target, text ?? '') as PendingException;
  if (status === Status.Panic) return panicOf(target, readPanic(target, text ?? '') as Panic);
  if (status === Status.PanicWithFrames) return panicOf(target, readPanicWithFrames(target, text ?? '') as Panic);
  if (status === Status.Refused) throw refusedError(target, readRefused(target, text ?? '') as RefusedValue);
  // Frees any memory that the call returned.
  native.take();
  if (status === Status.Threw) throw thrownBack(target, text ?? '');
  if (status === Status.ErrOfThrown) return errOfThrown(text ?? '');
  switch (status) {
    case Status.Busy:
      throw new RustDLLError('ERR_RUSTDLL_BUSY', `${target.name}: ${text ?? 'an object is in use'}`);
    case Status.WouldDeadlock:
      throw new RustDLLError('ERR_RUSTDLL_DEADLOCK', `${target.name}: ${text ?? 'a callback cannot be called'}`);
    case Status.Taken:
      throw typeError('ERR_RUSTDLL_RELEASED', `${target.name}: ${text ?? 'an object was given away'}`);
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

/** Returns what a callback has thrown: the same value, unless that is in another environment. */
function thrownBack({ name }: Target, text: string): unknown {
  const thrown = takeThrown(addressResult());
  return thrown === undefined ? new RustError(`${name}: a callback has thrown: ${text}`) : thrown.value;
}

/** The classes of errors by their numbers. */
const CLASSES = [RustError, TypeError, RangeError];

/**
 * Reads an `Err`, one of whose sources is what a callback has thrown: the number of its class, and the code and the message of each
 * error. The last one is the value itself, unless that is in another environment.
 */
function errOfThrown(text: string): PendingException {
  const thrown = takeThrown(addressResult());
  const [number, ...errors] = JSON.parse(text) as [number, ...Described[]];
  let cause: unknown = thrown?.value;
  if (thrown !== undefined) errors.pop();
  let options = thrown && { cause };
  while (errors.length > 1) {
    cause = causeOf(...(errors.pop() as Described), options);
    options = { cause };
  }
  const [code, message] = errors[0] as Described;
  return new PendingException(CLASSES[number] ?? RustError, message, options, { code: code ?? 'ERR_RUSTDLL_RUST' });
}

/** Reads an `Err`: an optional code, and the messages of the error and its causes. */
const readErr = streamReader((reader) => {
  const code = !reader.flag() ? 'ERR_RUSTDLL_RUST' : reader.string();
  const messages = makeList<string>(reader.length(reader.end - reader.at - 1));
  for (let k = 0; k < messages.length; k++) messages[k] = reader.string();
  let cause: Error | undefined;
  while (messages.length > 1) cause = causeOf(null, messages.pop() as string, cause && { cause });
  return new PendingException(RustError, messages[0] ?? '', cause && { cause }, { code });
});

const readErrWithCodes = streamReader((reader) => readErrors(reader, RustError));
const readTypeErr = streamReader((reader) => readErrors(reader, TypeError));
const readRangeErr = streamReader((reader) => readErrors(reader, RangeError));

/** Reads an `Err` of a class: an optional code and the message of the error and of each cause. */
function readErrors(reader: Reader, type: PendingException['type']): PendingException {
  const { message, code, cause } = readChain(reader);
  return new PendingException(type, message, cause && { cause }, { code: code ?? 'ERR_RUSTDLL_RUST' });
}

/** Reads an `Err` that is a record or an enum. */
function errWithData(target: Target, text: string, { definition, decoder }: ErrorData): PendingException {
  const read = streamReader((reader) => {
    const { message, options, fields } = readErrors(reader, RustError);
    let data: unknown;
    try {
      data = decoder()(reader);
    } catch (error) {
      // The data cannot be read, but the error can be.
      const cause = Object.assign(new RustError(message, options), fields);
      Object.defineProperty(error, 'cause', hiddenProperty(cause));
      throw error;
    }
    return new PendingException(RustError, message, options, { ...fields, data }, undefined, definition);
  });
  return read(target, text) as PendingException;
}

/** An error of Rust's. */
type Described = [code: string | null, message: string];

/** An error of Rust's: the outermost of a chain, and the others as its cause. */
interface Chain {
  readonly message: string;
  readonly code: string | null;
  readonly cause: Error | undefined;
}

function readChain(reader: Reader): Chain {
  const errors = makeList<Described>(reader.length(reader.end - reader.at - 1));
  for (let k = 0; k < errors.length; k++) {
    const code = reader.flag() ? reader.string() : null;
    errors[k] = [code, reader.string()];
  }
  let cause: Error | undefined;
  while (errors.length > 1) cause = causeOf(...(errors.pop() as Described), cause && { cause });
  const [code, message] = errors[0] ?? [null, ''];
  return { message, code, cause };
}

/** A value that Rust refused to convert. */
interface RefusedValue extends Chain {
  /** The argument it is in; null if it is in the result. */
  readonly argument: number | null;
  readonly path: Path;
  readonly isRange: boolean;
}

const readRefused = streamReader((reader): RefusedValue => {
  const argument = reader.flag() ? reader.word() : null;
  const path = makeList<number | string>(reader.length(reader.end - reader.at - 1));
  for (let k = 0; k < path.length; k++) path[k] = reader.flag() ? reader.string() : reader.word();
  const isRange = reader.flag();
  return { argument, path, isRange, ...readChain(reader) };
});

function refusedError(target: Target, refused: RefusedValue): TypeError | RangeError {
  const { argument, path, message, code, cause } = refused;
  const place = argument === null ? `${target.name}: the result${pathText(path)}` : placeOf(target, argument, path);
  const options = cause && { cause };
  const error = refused.isRange
    ? rangeError('ERR_RUSTDLL_RANGE', `${place}: ${message}`, options)
    : typeError('ERR_RUSTDLL_TYPE', `${place}: ${message}`, options);
  return code === null ? error : Object.defineProperty(error, 'code', property(code));
}

/** Makes the error for a cause, with a cause of its own if there is one. */
function causeOf(code: string | null, message: string, options: { cause: unknown } | undefined): Error {
  const error = new Error(message, options);
  if (code !== null) Object.defineProperty(error, 'code', property(code));
  // The stack where the result was read says nothing about an error in Rust.
  setStack(error, `Error: ${message}`);
  return error;
}

/** Replaces the stack. Engines define it as an own property, which is slow to redefine and quick to assign. */
function setStack(error: Error, stack: string): void {
  if (Object.hasOwn(error, 'stack')) error.stack = stack;
  else Object.defineProperty(error, 'stack', hiddenProperty(stack));
}

/** The data of a panic. */
interface Panic {
  readonly message: string;
  /** Its location, if that is known. */
  readonly location: string | null;
  /** The functions that led to it, the innermost first, if Rust was asked to tell them. */
  readonly frames: readonly RustFrame[] | null;
}

const readPanic = streamReader((reader): Panic => {
  const message = reader.string();
  return { message, location: optionalString(reader), frames: null };
});

const readPanicWithFrames = streamReader((reader): Panic => {
  const message = reader.string();
  const location = optionalString(reader);
  const frames = makeList<RustFrame>(reader.length((reader.end - reader.at) / 2));
  for (let k = 0; k < frames.length; k++) {
    const name = reader.string();
    frames[k] = { name, place: optionalString(reader) };
  }
  return { message, location, frames };
});

function optionalString(reader: Reader): string | null {
  return reader.flag() ? reader.string() : null;
}

function panicOf(target: Target, { message, location, frames }: Panic): PendingException {
  const { backtraceOf, frameAt } = require('./panic') as typeof import('./panic');
  const fields = { code: 'ERR_RUSTDLL_PANIC', location };
  return new PendingException(
    RustPanic,
    message,
    undefined,
    frames === null ? fields : { ...fields, backtrace: backtraceOf(target, frames) },
    location === null ? '' : frameAt(target, location),
  );
}

/** The data of a function's number of arguments, of which each slot has one. */
export interface Arity extends Pick<Plan, 'target' | 'required' | 'text'> {
  readonly slots: { readonly length: number };
}

/** Makes the error for a call with too few or too many arguments. */
export function wrongArity({ target, slots, required, text }: Arity, given: number): TypeError {
  const hidden = target.hasReceiver === true ? 1 : 0;
  const most = slots.length - hidden;
  const least = required - hidden;
  const wanted = least === most ? String(most) : `${least} to ${most}`;
  return typeError(
    'ERR_RUSTDLL_ARITY',
    `${target.name}: expected ${wanted} argument${wanted === '1' ? '' : 's'}, got ${given - hidden} (${text()})`,
  );
}
