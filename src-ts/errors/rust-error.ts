/**
 * What went wrong inside Rust, as exceptions. They have no constructor and no fields of their own: whoever makes one
 * assigns them, since either would take a good part of the time that an error takes.
 */

/**
 * An `Err` that an exported function returned. Its message is the error's own; what the error's `source()` gives is the
 * `cause`, and that one's source its cause in turn.
 */
export class RustError extends Error {
  /** What the library calls the error (`rustdll::Error::with_code`), or `ERR_RUSTDLL_RUST`. */
  declare readonly code: string;
}

/** A panic in an exported function. The library goes on working, as far as its own state allows. */
export class RustPanic extends Error {
  declare readonly code: 'ERR_RUSTDLL_PANIC';
  /** Where in the Rust source: `file:line:column`; null when a panic hook of the library's own hides it. */
  declare readonly location: string | null;
}

// On the prototype, as with the built-in errors, so that they do not show among an error's own fields.
for (const kind of [RustError, RustPanic]) {
  Object.defineProperty(kind.prototype, 'name', { value: kind.name, writable: true, configurable: true });
}
