// Declarations that `rustdll types` has written, where nothing is known of Node.
import { RustDLL, type BytesLike, type MapLike } from 'rustdll';
import type * as geometry from './geometry.js';

const lib = new RustDLL<typeof geometry>('./libgeometry.so');
const options: geometry.Options = { limit: 1 };
const image: geometry.Image = lib.look([[1, 2, 3], new Float64Array(3)], options);
const bytes: BytesLike = image.pixels;
const map: MapLike<geometry.RecordInput> = { a: { a: new Map([['b', 1]]) } };
const out: Record<string, geometry.Record> = lib.maps(map, { b: bytes });
const later: Promise<geometry.Image> = lib.async.look([]);
const scale: [number, number, number] = image.scale;
// @ts-expect-error -- a number too few
lib.look([[1, 2]]);
// @ts-expect-error -- no such function
lib.looks([]);

export { later, out, scale };
