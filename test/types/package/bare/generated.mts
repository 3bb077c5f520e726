// Declarations that `rustdll types` has written, where nothing is known of Node.
import { RustDLL, type BytesLike, type ListLike, type MapLike } from 'rustdll';
import type * as geometry from './geometry.js';

const lib = new RustDLL<typeof geometry>('./libgeometry.so');
const options: geometry.Options = { limit: 1 };
const image: geometry.Image = lib.look([[1, 2, 3], new Float64Array(3)], options);
const set: ListLike<geometry.PointInput> = new Set([{ x: 1, y: 2 }]);
const centre: geometry.Point = lib.centroid(set);
const bytes: BytesLike = image.pixels;
const map: MapLike<geometry.RecordInput> = { a: { a: new Map([['b', 1]]) } };
const out: Record<string, geometry.Record> = lib.maps(map, { b: bytes });
const later: Promise<geometry.Image> = lib.async.look([]);
const scale: [number, number, number] = image.scale;
// @ts-expect-error -- a number too few
lib.look([[1, 2]]);
// @ts-expect-error -- no such function
lib.looks([]);

// @ts-expect-error -- a text is no list of texts
lib.seed('a', null, 'text');
// @ts-expect-error -- nor a view of numbers one of points
lib.centroid(new Float64Array(2));

export { centre, later, out, scale };
