/** The members that every object of a Rust class has, besides those that Rust exports. */
export interface Closable {
  /**
   * Releases the object: Rust drops it, unless calls are using it or other objects refer to it. The object cannot be used
   * any more; closing it again does nothing. Objects that are not closed are released after they have been collected.
   *
   * @throws RustPanic if the destructor panics.
   */
  close(): void;
}

/** The method `[Symbol.dispose]`, for `using`, if the compiler knows that symbol. */
type DisposableIfKnown = typeof Symbol extends { readonly dispose: infer Dispose extends symbol }
  ? { readonly [Name in Dispose]: () => void }
  : unknown;

/** An object of a Rust class: a value that stays in Rust. */
export type RustObject = Closable & DisposableIfKnown;
