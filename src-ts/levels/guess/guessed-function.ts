/**
 * A function of a library whose types have not been declared.
 *
 * It returns all 64 bits of the integer register, read as signed: a number if that is a safe integer, else a bigint.
 * Only an `i64`, or a `u64` below 2^63, is returned correctly. Of a narrower integer only the lowest bits are defined:
 * `fn low(x: u64) -> u8 { x as u8 }` may return 4660 for 0x1234. A `bool` is a number whose lowest 8 bits are 0 or 1,
 * so a `false` may be truthy; a negative `i8`, `i16` or `i32` is returned as a positive number; a float is not returned
 * at all. `RustDLL.declare` makes a function whose result has its own type.
 */
export type GuessedFunction = (...args: unknown[]) => number | bigint;
