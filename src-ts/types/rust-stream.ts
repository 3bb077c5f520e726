/** The method `[Symbol.asyncDispose]`, for `await using`, if the compiler knows that symbol. */
type AsyncDisposableIfKnown = typeof Symbol extends { readonly asyncDispose: infer Dispose extends symbol }
  ? { readonly [Name in Dispose]: () => PromiseLike<void> }
  : unknown;

/**
 * A stream that stays in Rust, for `for await`. It is released when it has ended, when a loop is left before that, by
 * `await using`, and some time after it was collected.
 */
export type RustStream<Item> = AsyncIterableIterator<Item> &
  AsyncDisposableIfKnown & {
    /**
     * Returns the next item once it is there. It may be called again before that; the items come in the order of the calls.
     */
    next(): Promise<IteratorResult<Item, undefined>>;
    /** Releases the stream, which has then ended. A loop that is left before the end does so by itself. */
    return(): Promise<IteratorReturnResult<undefined>>;
  };
