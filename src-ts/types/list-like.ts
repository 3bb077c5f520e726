/**
 * A list that an exported function takes: an array, a Set, a generator, or anything else that can be iterated, except
 * strings and typed arrays. A typed array is taken where its own type stands beside this one.
 */
// A string and a `String` have `charAt`, a typed array has `buffer`.
export type ListLike<T> = readonly T[] | (Iterable<T> & { readonly buffer?: never; readonly charAt?: never });
