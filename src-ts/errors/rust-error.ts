/**
 * The exceptions for errors and panics in Rust. The classes have no constructor and declare no fields, since either
 * would take a good part of the time that an error takes: whoever makes an exception assigns its fields.
 */

import { nameErrors } from './errors';

/**
 * An `Err` that an exported function returned. Its message is the error's own; what the error's `source()` gives is the
 * `cause`, and that one's source its cause in turn.
 */
export class RustError extends Error {
  /** The code that the library gave the error (`rustdll::Error::with_code`), or `ERR_RUSTDLL_RUST`. */
  declare readonly code: string;
}

/** A panic in an exported function. The library goes on working, as far as its own state allows. */
export class RustPanic extends Error {
  declare readonly code: 'ERR_RUSTDLL_PANIC';
  /** The place in the Rust source: `file:line:column`; null if a panic hook of the library's own hides it. */
  declare readonly location: string | null;
  /**
   * The functions of Rust's that led to it, innermost first and out to the exported one, as lines of a stack trace. Only if the
   * environment variable `RUST_BACKTRACE` was set to anything but 0 when the library was opened.
   */
  declare readonly backtrace?: string;
}

nameErrors(RustError, 'RustError');
nameErrors(RustPanic, 'RustPanic');
