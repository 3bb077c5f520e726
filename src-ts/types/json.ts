/**
 * A JSON value that Rust gives.
 *
 * @typeParam W - The type of integers beyond 2^53 - 1: `bigint` if the function is exported with `#[export(bigint)]`, and
 *   otherwise there are none.
 */
export type Json<W extends number | bigint = number> =
  null | boolean | number | W | string | Json<W>[] | { [name: string]: Json<W> };

/**
 * A JSON value that Rust takes: what `JSON.stringify` takes and JSON can say. An integer beyond 2^53 - 1 is a bigint.
 */
// An interface has no index signature, so a type with one would refuse objects that are JSON values.
export type JsonLike = null | boolean | number | bigint | string | object;
