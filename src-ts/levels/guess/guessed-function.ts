/**
 * A function of a library, before anyone has said its types.
 *
 * It returns all 64 bits of the integer register, read as signed: a number if that is a safe integer, else a bigint. Only
 * an `i64`, or a `u64` below 2^63, arrives as it is. Of a narrower integer only the lowest bits count, and the others may be
 * anything: `fn low(x: u64) -> u8 { x as u8 }` may give 4660 for 0x1234. A `bool` is a number whose lowest 8 bits are 0 or 1,
 * so that a `false` may be truthy; a negative `i8`, `i16` or `i32` arrives as a positive number; a float does not arrive.
 * `RustDLL.declare` gives a function whose result has its own type.
 */
export type GuessedFunction = (...args: unknown[]) => number | bigint;
