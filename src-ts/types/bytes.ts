/** Bytes that Rust gives: a `Uint8Array` with a buffer of its own, which `Blob`, `Response` or `crypto.subtle` take. */
// The type's own name says whose the buffer is from TypeScript 5.7 on only, and is an error before with that.
export type Bytes = ReturnType<typeof Uint8Array.of>;

/** Bytes that Rust takes: a `Buffer` or any other view of bytes, the memory itself, or a list of numbers from 0 to 255. */
export type BytesLike = readonly number[] | Uint8Array | Uint8ClampedArray | DataView | ArrayBuffer;
