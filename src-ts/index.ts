/**
 * Call any Rust `cdylib` at run time.
 *
 * The way of a call: {@link RustDLL | library} resolves a name and makes the function, `guess` or `declared` (with
 * `generate`, `interpret`) runs it: `detect` finds types that were not declared, `pack` (with `lists`, `utf8`, `views`)
 * fills a `frame`, `store` the registers of the block, `doorbell` crosses into native code, and `writeback` brings back
 * what Rust changed.
 *
 * @packageDocumentation
 */

export { RustDLLError, type ArgumentErrorCode, type LibraryErrorCode } from './errors';
export type { FindOptions } from './find';
export type { GuessedFunction } from './guess';
export { RustDLL } from './library';
export { RustError, RustPanic } from './rust-error';
export type { DeclarationError } from './lexer';
export type { BigIntsOf, Declared, DeclareOptions, LooseFunction, Malformed } from './signature-types';
export type { Unsupported } from './value-types';
export {
  bool,
  f32,
  f64,
  i16,
  i32,
  i64,
  i8,
  isize,
  u16,
  u32,
  u64,
  u8,
  usize,
  type Nested,
  type Typed,
} from './wrappers';
