import type { ListLike } from './list-like';

/** Bytes that Rust gives: a `Uint8Array` with a buffer of its own, which `Blob`, `Response` or `crypto.subtle` take. */
// Only from TypeScript 5.7 on is there `Uint8Array<ArrayBuffer>`; `of` returns just that there, and `Uint8Array` before.
export type Bytes = ReturnType<typeof Uint8Array.of>;

/**
 * Bytes that Rust takes: those of a `Buffer`, of any other typed array or `DataView`, those of an `ArrayBuffer`, or a list of
 * numbers from 0 to 255. Bytes of a `SharedArrayBuffer` are taken too.
 */
export type BytesLike = ListLike<number> | ArrayBufferView | ArrayBufferLike;
