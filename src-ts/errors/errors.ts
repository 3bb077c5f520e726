/**
 * The errors of this package. Every one carries a `code`; docs/errors.md lists them all.
 *
 * A wrong argument is a `TypeError` or a `RangeError`, as JavaScript's own functions throw them. An error of the
 * library itself (when it is opened, when a symbol is looked for, when it is called after `close()`) is a {@link
 * RustDLLError}.
 */

import { hiddenProperty, property, rename } from '../runtime/property';
import { notThrown } from './trace';

/** The codes a `TypeError`, `RangeError` or `SyntaxError` of this package can carry. */
export type ArgumentErrorCode =
  /** A declared function was called with too few or too many arguments. `TypeError`. */
  | 'ERR_RUSTDLL_ARITY'
  /** A value has the wrong type for its place. `TypeError`. */
  | 'ERR_RUSTDLL_TYPE'
  /** A value has the right type but is out of range. `RangeError`. */
  | 'ERR_RUSTDLL_RANGE'
  /** A string has a lone surrogate, which UTF-8 cannot represent. `TypeError`. */
  | 'ERR_RUSTDLL_SURROGATE'
  /** Two arguments would give Rust two references to one memory, one of them `&mut`. `TypeError`. */
  | 'ERR_RUSTDLL_ALIAS'
  /** An object was closed, or its value was given away. `TypeError`. */
  | 'ERR_RUSTDLL_RELEASED'
  /** A typed array's buffer was detached. `TypeError`. */
  | 'ERR_RUSTDLL_DETACHED'
  /** A list could not be written back (frozen, or changed during the call); none was. `TypeError`. */
  | 'ERR_RUSTDLL_WRITE_BACK'
  /** There is not enough memory for the arguments or the result. `RangeError`. */
  | 'ERR_RUSTDLL_MEMORY'
  /** The text given to `declare` is not a declaration this package can call. `SyntaxError`. */
  | 'ERR_RUSTDLL_DECLARATION'
  /** A path is invalid, for example because it contains a NUL. `TypeError`. */
  | 'ERR_RUSTDLL_PATH';

/** The codes a {@link RustDLLError} can carry. */
export type LibraryErrorCode =
  /** There is no file at the path, or (for `RustDLL.find`) at any of the places tried. */
  | 'ERR_RUSTDLL_NOT_FOUND'
  /** A name without a directory, such as `libx.so`: libraries are never searched for. */
  | 'ERR_RUSTDLL_BARE_NAME'
  /** The file is empty, a directory, or not a shared library. */
  | 'ERR_RUSTDLL_NOT_A_LIBRARY'
  /** A library for another platform or processor. */
  | 'ERR_RUSTDLL_WRONG_TARGET'
  /** The file is shorter than its headers say. */
  | 'ERR_RUSTDLL_TRUNCATED'
  /** A library on which this one depends is missing, too old, or built for another C library. */
  | 'ERR_RUSTDLL_DEPENDENCY'
  /** The operating system's loader refused the library; its error is the `cause`. */
  | 'ERR_RUSTDLL_LOAD'
  /** The library exports no function of that name. */
  | 'ERR_RUSTDLL_SYMBOL'
  /** A declaration contradicts the debug information of the library. */
  | 'ERR_RUSTDLL_MISMATCH'
  /** The library's table of its exported functions is damaged, or of another version. */
  | 'ERR_RUSTDLL_TABLE'
  /** The library's exported functions follow another version of the contract; both are named. */
  | 'ERR_RUSTDLL_CONTRACT'
  /** The library has no records for the option `log`, or a logger of its own gets them. */
  | 'ERR_RUSTDLL_LOG'
  /** An object is in use by another call. */
  | 'ERR_RUSTDLL_BUSY'
  /** A callback was called on another thread while a synchronous call waits for that thread. */
  | 'ERR_RUSTDLL_DEADLOCK'
  /** The library was closed. */
  | 'ERR_RUSTDLL_CLOSED'
  /** As many calls in the background are under way as the library may have; see the option `pending`. */
  | 'ERR_RUSTDLL_FULL'
  /** The native addon does not match the package's JavaScript, or there is none for this platform. */
  | 'ERR_RUSTDLL_ABI';

/** The error for a problem with a library or with this package's own addon, rather than with an argument. */
export class RustDLLError extends Error {
  /** The code of the error; docs/errors.md explains each. */
  readonly code: LibraryErrorCode;

  constructor(code: LibraryErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    notThrown(this);
  }
}

nameErrors(RustDLLError, 'RustDLLError');

/**
 * Sets the name of a class of errors, and of its errors. The class declaration's own name may be changed by a bundler.
 * The name of the errors is on the prototype, as with built-in errors, so that it is not an own property.
 */
export function nameErrors(kind: abstract new (...args: never[]) => Error, name: string): void {
  rename(kind, name);
  Object.defineProperty(kind.prototype, 'name', hiddenProperty(name));
}

/** An argument error: `kind` is the JavaScript class, `code` the machine-readable reason. */
export type ArgumentError<E extends Error = Error> = E & { readonly code: ArgumentErrorCode };

function withCode<E extends Error>(error: E, code: ArgumentErrorCode): ArgumentError<E> {
  return notThrown(Object.defineProperty(error, 'code', property(code)) as ArgumentError<E>);
}

/** Makes a `TypeError` with a code. */
export function typeError(
  code: ArgumentErrorCode,
  message: string,
  options?: { cause?: unknown },
): ArgumentError<TypeError> {
  return withCode(new TypeError(message, options), code);
}

/** Makes a `RangeError` with a code. */
export function rangeError(
  code: ArgumentErrorCode,
  message: string,
  options?: { cause?: unknown },
): ArgumentError<RangeError> {
  return withCode(new RangeError(message, options), code);
}

/** Makes an error about an argument, of the class that belongs to its code. */
export function argumentError(code: ArgumentErrorCode, message: string): ArgumentError<TypeError | RangeError> {
  return code === 'ERR_RUSTDLL_RANGE' || code === 'ERR_RUSTDLL_MEMORY'
    ? rangeError(code, message)
    : typeError(code, message);
}

/** Makes a `SyntaxError` with a code. */
export function syntaxError(code: ArgumentErrorCode, message: string): ArgumentError<SyntaxError> {
  return withCode(new SyntaxError(message), code);
}
