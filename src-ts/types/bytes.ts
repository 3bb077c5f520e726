import type { ListLike } from './list-like';

/** Bytes that Rust gives: a `Uint8Array` with a buffer of its own, which `Blob`, `Response` or `crypto.subtle` take. */
// Only from TypeScript 5.7 on is there `Uint8Array<ArrayBuffer>`; `of` returns just that there, and `Uint8Array` before.
export type Bytes = ReturnType<typeof Uint8Array.of>;

/** Bytes that Rust takes: a `Buffer` or any other view of bytes, the memory itself, or a list of numbers from 0 to 255. */
export type BytesLike = ListLike<number> | Uint8Array | Uint8ClampedArray | DataView | ArrayBuffer;
