/** The iterator of an array, which has the helpers such as `map` and `[Symbol.dispose]` if the compiler knows them. */
type BuiltInIterator<Item> = ReturnType<Item[]['values']>;

/** The method `[Symbol.dispose]`, for `using`, if the compiler knows that symbol. */
type DisposableIfKnown = typeof Symbol extends { readonly dispose: infer Dispose extends symbol }
  ? { readonly [Name in Dispose]: () => void }
  : unknown;

/**
 * An iterator that stays in Rust. It is released when it has ended, when a loop is left before that, by `using`, and some
 * time after it was collected.
 */
export type RustIterator<Item> = BuiltInIterator<Item> &
  DisposableIfKnown & {
    /** Releases the iterator, which has then ended. A loop that is left before the end does so by itself. */
    return(): IteratorReturnResult<undefined>;
  };
