/**
 * A map that Rust takes: an object, or a `Map`. The name of a property of the object is a string key, or stands for an integer or a
 * boolean.
 */
export type MapLike<T, K = string> =
  (string extends K ? Readonly<Record<string, T>> : Readonly<Partial<Record<NameOf<K>, T>>>) | ReadonlyMap<K, T>;

/** The names of the properties that stand for keys. */
type NameOf<K> = K extends string | number ? K : K extends bigint | boolean ? `${K}` : never;
