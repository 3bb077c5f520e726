/**
 * Call any Rust `cdylib` at run time.
 *
 * {@link RustDLL} opens a library. Its functions have their types from one of three levels: the library's own table
 * (`#[export]`), a declaration ({@link RustDLL.declare}), or a guess from the values of each call.
 *
 * @packageDocumentation
 */

export { RustDLLError, type ArgumentErrorCode, type LibraryErrorCode } from './errors/errors';
export type { CallOptions } from './call/background/options';
export type { AbortSignalLike } from './call/background/signal';
export type { ThreadUse } from './call/background/threads';
export type { Progress } from './call/background/progress';
export type { Background, WithBackground, WithoutBackground } from './call/background/typed';
export type { FindOptions } from './file/find';
export type { URLLike } from './file/url-like';
export type { GuessedFunction } from './levels/guess/guessed-function';
export type { Branded } from './types/branded';
export type { Bytes, BytesLike } from './types/bytes';
export type { Json, JsonLike } from './types/json';
export type { ListLike } from './types/list-like';
export type { KeptCallback } from './types/kept-callback';
export type { Pointer } from './types/pointer';
export type { RustIterator } from './types/rust-iterator';
export type { RustStream } from './types/rust-stream';
export type { RustObject } from './types/rust-object';
export type { MapLike } from './types/map-like';
export type { NdArray, NdArrayLike } from './types/nd-array';
export type { LogLevel, LogOptions, LogRecord, LogSpan } from './types/log';
export { RustDLL } from './library/library';
export type { LibraryOptions } from './library/options';
export { RustError, RustPanic } from './errors/rust-error';
export type { DeclarationError } from './levels/declare/lexer';
export type { BigIntsOf, Declared, DeclareOptions, LooseFunction, Malformed } from './levels/declare/types/declared';
export type { Unsupported } from './levels/declare/types/values';
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
} from './levels/guess/typed';
