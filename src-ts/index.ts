/**
 * Call any Rust `cdylib` at run time.
 *
 * The way of a call: {@link RustDLL | library} resolves a name and makes the function. `guess` finds types in the values
 * (`detect`); `declared` has them from a declaration (`signature`), `exported` from the library's own table (`contract`,
 * `table`), and both make a `plan` that `checked` turns into a function (`generate`, `interpret`). An argument is stored
 * in the registers of the block (`store`), packed into a `frame` (`pack`, with `lists`, `utf8`, `views`), or encoded into
 * a `stream` (`encode`). `doorbell` crosses into native code. Then results are read (`framed`, `decode`), and `writeback`
 * brings back what Rust changed.
 *
 * @packageDocumentation
 */

export { RustDLLError, type ArgumentErrorCode, type LibraryErrorCode } from './errors/errors';
export { type CallOptions } from './call/background/options';
export { type AbortSignalLike } from './call/background/signal';
export { type ThreadUse } from './call/background/threads';
export { type Background, type WithBackground } from './call/background/typed';
export { type FindOptions } from './file/find';
export { type GuessedFunction } from './levels/guess/guess';
export { type LibraryOptions, RustDLL } from './library/library';
export { RustError, RustPanic } from './errors/rust-error';
export { type DeclarationError } from './levels/declare/lexer';
export {
  type BigIntsOf,
  type Declared,
  type DeclareOptions,
  type LooseFunction,
  type Malformed,
} from './levels/declare/types/declared';
export { type Unsupported } from './levels/declare/types/values';
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
