/**
 * A function that a C library may call after the call to which it was passed, as `RustDLL.callback` makes it. The library
 * must not call it any more once it is closed.
 *
 * @typeParam Call - The function.
 */
export interface KeptCallback<Call extends (...args: never[]) => unknown> {
  /** The function. */
  readonly call: Call;
  /** Gives its place to other callbacks. A library that calls it nevertheless calls nothing, or another one. */
  close(): void;
}
