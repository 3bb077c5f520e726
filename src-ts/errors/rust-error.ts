/**
 * The exceptions for errors and panics in Rust. The classes have no constructor and define no fields, since either
 * would take much of the time that an error takes: the code that makes an exception assigns its properties.
 */

import { nameErrors } from './errors';

/**
 * An `Err` that an exported function returned. Its message is that of the error; the error's `source()` is the `cause`,
 * whose own source is its `cause` in turn.
 */
export class RustError extends Error {
  /** The code that the library gave the error (`rustdll::Error::with_code`), or `ERR_RUSTDLL_RUST`. */
  declare readonly code: string;
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
