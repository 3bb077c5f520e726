/**
 * A pointer that a C library has given away: a handle such as `Pointer<'sqlite3'>`, or data such as `Pointer<'u8'>`. What
 * is behind it belongs to the library, which alone knows for how long it is there. The same pointer is the same object.
 *
 * @typeParam Type - The name of the type behind it, in Rust.
 */
export interface Pointer<Type extends string = string> {
  /** The name of the type behind the pointer, in Rust. */
  readonly type: Type;
  /** True once a call has released what is behind the pointer, which then cannot be passed any more. */
  readonly released: boolean;
  /**
   * Copies bytes from behind the pointer. There have to be so many: nobody can check it.
   *
   * @param length - The number of bytes.
   * @throws RangeError `ERR_RUSTDLL_RANGE`; TypeError `ERR_RUSTDLL_RELEASED`
   */
  bytes(length: number): Uint8Array;
}
