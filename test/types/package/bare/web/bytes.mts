// A typed array from Rust can be passed where the web's functions expect bytes.
import { RustDLL, type Bytes } from 'rustdll';
import type * as geometry from './geometry.js';

const lib = new RustDLL<typeof geometry>(new URL('file:///app/libgeometry.so'));
const bytes: Bytes = lib.delete([1, 2, 3, 4]);
const { pixels } = lib.look([]);
const [, shorts] = lib.views(new Uint8Array(2));
const blob = new Blob([
  bytes,
  pixels,
  shorts,
  lib.typed(new Float32Array(2)),
  lib.samples({ data: new Float32Array(1) }).data,
]);
const response = new Response(bytes);
const digest = crypto.subtle.digest('SHA-256', pixels);
const compiled = WebAssembly.compile(bytes);
const later = lib.async.delete(bytes).then((copy) => new Blob([copy]));
const array: ArrayBufferView = bytes;

export { array, blob, compiled, digest, later, response };
