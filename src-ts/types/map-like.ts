/** A map from strings that Rust takes: an object, or a `Map`. */
export type MapLike<T> = Readonly<Record<string, T>> | ReadonlyMap<string, T>;
