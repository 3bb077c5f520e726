/** A program with the declarations that `rustdll types` writes; `tsc -p test/types` is the test. */
import type { RustDLL } from '../../src-ts/library/library';
import type * as geometry from './geometry';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function expectTrue<_T extends true>(): void {}

declare const RustDLLClass: typeof import('../../src-ts/library/library').RustDLL;
const lib: RustDLL<typeof geometry> = new RustDLLClass<typeof geometry>('./libgeometry.so');

// The library has the members of the class, and no others.
{
  using opened = lib;
  const path: string = opened.path;
  expectTrue<Equal<ReturnType<typeof lib.declare<'fn f() -> i32'>>['f'], () => number>>();
  // @ts-expect-error -- no such function
  lib.centre([]);
  // @ts-expect-error -- functions cannot be replaced
  lib.Point = () => undefined;
  void path;
}

// Records.
{
  const points: geometry.Point[] = [{ x: 1, y: 2, label: null }];
  expectTrue<Equal<ReturnType<typeof lib.centroid>, geometry.Point>>();
  expectTrue<Equal<geometry.Point['label'], string | null>>();
  const centre = lib.centroid(points);
  lib.centroid([centre, { x: 1, y: 2 }, { x: 1, y: 2, label: 'a' }, { x: 1, y: 2, label: undefined }]);
  lib.centroid(Object.freeze([{ x: 1, y: 2 } as const]));
  // @ts-expect-error -- a missing field
  lib.centroid([{ x: 1 }]);
  // @ts-expect-error -- an unknown field
  lib.centroid([{ x: 1, y: 2, z: 3 }]);
  // @ts-expect-error -- a field of another type
  lib.centroid([{ x: 1, y: '2' }]);
  // @ts-expect-error -- no list
  lib.centroid({ x: 1, y: 2 });
  // @ts-expect-error -- too few
  lib.centroid();
  // @ts-expect-error -- too many
  lib.centroid([], []);
  // @ts-expect-error -- it may be null
  const label: string = centre.label;
  // @ts-expect-error -- there is none such
  void centre.z;
  lib.shape({ type: 'Empty' }, 'Low', {});
  // @ts-expect-error -- a record without fields has none
  lib.shape({ type: 'Empty' }, 'Low', { a: 1 });
  lib.edge({ type: 'Rect', value: [1, 2] }, { x: 1, 'the level': "It's high" });
  void label;
}

// Enums.
{
  expectTrue<Equal<geometry.Level, 'Low' | "It's high">>();
  const shape = lib.shape({ type: 'Circle', radius: 1 }, 'Low', {});
  if (shape.type === 'Circle') expectTrue<Equal<typeof shape.radius, number>>();
  if (shape.type === 'Name') expectTrue<Equal<typeof shape.value, string>>();
  // @ts-expect-error -- not before it is known which it is
  void shape.radius;
  // @ts-expect-error -- no such variant
  lib.shape({ type: 'Square' }, 'Low', {});
  // @ts-expect-error -- the field of another variant
  lib.shape({ type: 'Name', radius: 1 }, 'Low', {});
  // @ts-expect-error -- no such name
  lib.shape(shape, 'low', {});
  const edges = lib.edge({ type: 'Path', points: [{ x: 1, y: 2 }] }, { x: 1, 'the level': 'Low' });
  expectTrue<Equal<typeof edges, (geometry.Edge | null)[]>>();
  lib.edge({ type: 'Rect', value: [1, 2] } as const, { x: 1, 'the level': 'Low' });
  // @ts-expect-error -- a value too few
  lib.edge({ type: 'Rect', value: [1] }, { x: 1, 'the level': 'Low' });
  const edge = edges[0];
  if (edge?.type === 'Path') lib.edge(edge, { x: 1, 'the level': 'Low' });
}

// Integers: a result can be passed as an argument.
{
  expectTrue<Equal<typeof lib.add, (a: number | bigint, b: number | bigint) => number>>();
  expectTrue<Equal<typeof lib.add_big, (a: number | bigint, b: number | bigint) => bigint>>();
  expectTrue<Equal<typeof lib.huge, (a: number | bigint) => bigint>>();
  const counters = lib.counters({ list: [{ id: 1n }, { id: 2, next: { id: 3n, next: null } }], other: pair() });
  expectTrue<Equal<(typeof counters.list)[number]['id'], number>>();
  const bigs = lib.counters_big(counters);
  if (bigs !== null) {
    expectTrue<Equal<(typeof bigs.list)[number]['id'], bigint>>();
    expectTrue<Equal<(typeof bigs.list)[number]['next'], geometry.Counter<bigint> | null>>();
    lib.counters(bigs);
    // @ts-expect-error -- its integers are bigints
    const numbers: geometry.Counters = bigs;
    void numbers;
  }
  // @ts-expect-error -- a string is no integer
  lib.add(1, '2');
  function pair(): geometry.Pair {
    return { x: 1, 'the level': 'Low' };
  }
}

// What can be iterated is a list, except for strings and typed arrays of other elements.
{
  function* points(): Generator<geometry.PointInput> {
    yield { x: 1, y: 2 };
  }
  lib.centroid(new Set([{ x: 1, y: 2 }]));
  lib.centroid(new Set([{ x: 1, y: 2 }]) as ReadonlySet<geometry.Point | { x: number; y: number }>);
  lib.centroid(points());
  lib.centroid(new Map([['a', { x: 1, y: 2 }]]).values());
  lib.edge({ type: 'Path', points: points() }, { x: 1, 'the level': 'Low' });
  lib['my-func'](new Set([1, 2n]), new Set([true]));
  lib.seed('a', null, new Set(['a', new Uint8Array(1)]));
  lib.seed(
    'a',
    null,
    (function* () {
      yield 'a';
    })(),
  );
  // @ts-expect-error -- elements of another type
  lib.centroid(new Set([1]));
  // @ts-expect-error -- elements of another type
  lib.centroid(new Map([['a', { x: 1, y: 2 }]]));
  // @ts-expect-error -- a text is no list of texts
  lib.seed('a', null, 'abc');
  // @ts-expect-error -- nor is an object around it
  lib.seed('a', null, new String('abc'));
  const large = lib.matrix.length;
  type Large = Parameters<typeof lib.matrix>[1];
  const lists: Large[] = [[1], new Float64Array(1), new Set([1]), [1, 2] as const, [] as never[]];
  // @ts-expect-error -- a view of other elements
  const floats: Large = new Float32Array(1);
  // @ts-expect-error -- numbers of bytes
  const bytes: Large = Buffer.from('a');
  // @ts-expect-error -- Rust writes to it
  lib.normalize(new Set([1]));
  void [large, lists, floats, bytes];
}

// Lists, bytes, maps and tuples.
{
  const bytes: Uint8Array = lib.delete(Buffer.from('abcd'));
  lib.delete([1, 2, 3, 4]);
  // A `HashSet<u8>` is taken as a list of bytes is.
  lib.delete(new Set([1, 2, 3, 4]));
  // @ts-expect-error -- a text is no bytes
  lib.delete('abcd');
  lib.delete(new ArrayBuffer(4));
  lib.delete(new DataView(new ArrayBuffer(4)));
  lib.delete(new Uint16Array(4));
  lib.normalize([1, 2]);
  lib.normalize(new Float64Array(2));
  // @ts-expect-error -- Rust writes to it
  lib.normalize([1, 2] as readonly number[]);
  expectTrue<Equal<ReturnType<typeof lib.typed>, BigUint64Array<ArrayBuffer>>>();
  expectTrue<Equal<ReturnType<typeof lib.delete>, Uint8Array<ArrayBuffer>>>();
  expectTrue<Equal<geometry.Image['pixels'], Uint8Array<ArrayBuffer>>>();
  expectTrue<Equal<ReturnType<typeof lib.async.delete>, Promise<Uint8Array<ArrayBuffer>>>>();
  void new Blob([lib.delete([1, 2, 3, 4]), lib.look([]).pixels]);
  // An argument may be memory of any buffer.
  const shared = new SharedArrayBuffer(8);
  lib.delete(new Uint8Array(shared));
  lib.typed(new Float32Array(shared));
  expectTrue<Equal<ReturnType<typeof lib.samples>, geometry.Bytes>>();
  lib.samples({ data: new Float32Array(shared) });
  lib.samples(lib.samples({ data: new Float32Array(2) }));
  // @ts-expect-error -- only a typed array will do
  lib.typed([1]);
  const map: Record<string, [number, string]> = lib['my-func']([1n], [true]);
  lib['my-func'](new BigInt64Array(1), []);
  lib['my-func']([1, 1n], []);
  lib.maps({ a: { a: { b: 1 } } }, { b: bytes });
  lib.maps(new Map([['a', { a: new Map([['b', 1]]) }]]), { b: [1] });
  expectTrue<Equal<ReturnType<typeof lib.maps>, Record<string, geometry.Record>>>();
  // @ts-expect-error -- keys are strings
  lib.maps(new Map([[1, { a: {} }]]), { b: [] });
  lib.tuple([1, 'a']);
  lib.tuple([1, null] as const);
  expectTrue<Equal<ReturnType<typeof lib.tuple>, [number, string | null]>>();
  // @ts-expect-error -- an element too many
  lib.tuple([1, 'a', 2]);
  lib.seed('a', null, [bytes, 'b']);
  lib.seed('a', [[1], [2n]], []);
  // @ts-expect-error -- a reference that may be null must be given
  lib.seed('a');
  expectTrue<Equal<ReturnType<typeof lib.unit>, undefined[]>>();
  expectTrue<Equal<ReturnType<typeof lib.Point>, void>>();
  void map;
}

// Arrays.
{
  const matrix = lib.matrix([row(), row(), [1, 2, 3, 4], new Float64Array(4)], [1], [1, 2]);
  expectTrue<Equal<typeof matrix, [Big3, Big3, Big3] | null>>();
  expectTrue<Equal<ReturnType<typeof lib.seed>, [number, number]>>();
  expectTrue<Equal<geometry.Image['scale'], [number, number, number]>>();
  lib.look([[1, 2, 3] as const, new Float64Array(3), lib.look([]).scale]);
  lib.matrix([row(), row(), row(), row()], new Float64Array(17), [1n, 2n], Buffer.alloc(32));
  // @ts-expect-error -- a number too many
  lib.look([[1, 2, 3, 4]]);
  // @ts-expect-error -- nobody knows how many there are
  lib.look([[1, 2, 3] as number[]]);
  lib.matrix([row(), row(), row(), row()], [], [1n, 2]);
  type Big3 = [bigint, bigint, bigint];
  function row(): [number, number, number, number] {
    return [1, 2, 3, 4];
  }
}

// A type that is only an argument accepts everything that can be passed.
{
  const options: geometry.Options = { window: { size: [1, 2] } };
  lib.look([], options);
  lib.look([], { limit: undefined });
  lib.look([], { window: { size: new Float64Array(2) } });
  // @ts-expect-error -- no such field
  lib.look([], { window: { size: [1, 2] }, limits: 1 });
  // @ts-expect-error -- there is no second type
  type None = geometry.OptionsInput;
  // @ts-expect-error -- nor one for what only comes out
  type Neither = geometry.ImageInput;
  // @ts-expect-error -- nor any for what no function has
  type Lost = geometry.Lost;
  const all: [None?, Neither?, Lost?] = [];
  void all;
}

// Trailing parameters that accept null may be omitted.
{
  lib.pick(null, 1);
  lib.pick(undefined, 1, 'c', undefined);
  lib.words('a', null);
  // @ts-expect-error -- not before others
  lib.pick(1);
  // @ts-expect-error -- not a null where there is no Option
  lib.words(null);
}

// Background forms take the same arguments and options, and return a promise of the same result.
{
  const { signal } = new AbortController();
  const call: Promise<geometry.Point> = lib.async.centroid([], { signal });
  expectTrue<Equal<Awaited<ReturnType<typeof lib.async.words>>, ReturnType<typeof lib.words>>>();
  void lib.async.pick(null, 1, 'c', undefined, { signal });
  // @ts-expect-error -- no signal
  void lib.async.centroid([], { signal: 1 });
  void lib.async.centroid([], { onProgress: ({ done, total, message }) => [done, total ?? 1, message?.length] });
  // @ts-expect-error -- what is told is no text
  void lib.async.centroid([], { onProgress: (text: string) => text });
  // @ts-expect-error -- no such function
  void lib.async.centre([]);
  const declared = lib.declare('fn mean(v: &PyVec<f64>) -> f64');
  expectTrue<Equal<ReturnType<typeof declared.async.mean>, Promise<number>>>();
  void call;
}

// The class can be extended, whether or not the functions are known.
{
  class Loose extends RustDLLClass {}
  class Geometry extends RustDLLClass<typeof geometry> {
    middle(): Promise<geometry.Point> {
      return this.async.centroid([]);
    }
  }
  class Bare extends RustDLLClass<object> {}
  void [Loose, Geometry, Bare];
}

// Functions with attributes that determine how they are called.
{
  const { signal } = new AbortController();
  expectTrue<Equal<ReturnType<typeof lib.digest>, Promise<Uint8Array<ArrayBuffer>>>>();
  expectTrue<Equal<typeof lib.async.digest, typeof lib.digest>>();
  void lib.digest('a', 2, { signal });
  void lib.async.digest('a', undefined, { signal });
  expectTrue<Equal<ReturnType<typeof lib.settle>, Promise<void>>>();
  expectTrue<Equal<ReturnType<typeof lib.thread>, number>>();
  // @ts-expect-error -- it runs on the thread that calls it
  void lib.async.thread();
  // @ts-expect-error -- it takes no options
  lib.thread({ signal });
  const on: number = lib.switch(true);
  void on;
}
