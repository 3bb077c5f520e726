/**
 * The exceptions for errors and panics in Rust. The classes have no constructor and define no fields, since either
 * would take much of the time that an error takes: the code that makes an exception assigns its properties.
 */

import { nameErrors } from './errors';

/**
 * An `Err` that an exported function returned. Its message is that of the error; the error's `source()` is the `cause`,
 * whose own source is its `cause` in turn.
 *
 * @typeParam Data - The type of the data; the library's `isAppError` for an error type `AppError` tells it.
 * @typeParam Code - The codes that such an error can have.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- a type guard sets them
export class RustError<Data = unknown, Code extends string = string> extends Error {
  /**
   * The code that the library gave the error (`rustdll::Error::with_code`), the name of the variant if the error is an enum
   * with `#[derive(Enum)]`, or `ERR_RUSTDLL_RUST`.
   */
  declare readonly code: Code;
  /** The error itself, if it has `#[derive(Record)]` or `#[derive(Enum)]`; any other error does not have the property. */
  declare readonly data: Data;
}

/** A panic in an exported function. The library continues to work, as far as its own state allows. */
export class RustPanic extends Error {
  declare readonly code: 'ERR_RUSTDLL_PANIC';
  /** The location in the Rust source: `file:line:column`; null if a panic hook of the library hides it. */
  declare readonly location: string | null;
  /**
   * The Rust functions that led to the panic, from the innermost to the exported one, as lines of a stack trace. It
   * exists only if the environment variable `RUST_BACKTRACE` was set to anything but 0 when the library was opened.
   */
  declare readonly backtrace?: string;
}

nameErrors(RustError, 'RustError');
nameErrors(RustPanic, 'RustPanic');
