/** C functions in the background: what a call gives is what the same call gives on its own thread. */
import { RustDLL } from '../../../../src-ts/index';
import { cabi } from '../../../support/cabi';
import { expectTypeError } from '../../../support/errors';
import { expectHealthy } from '../../../support/health';
import { libraryPath } from '../../../support/kernels';

const clib = new RustDLL(libraryPath('clib'));
const lib = cabi.declare(`
  #[repr(C)] struct Point { x: f64, y: f64 }
  #[repr(C)] struct Mixed {
    a: u8, b: i64, c: bool, d: f32, e: [u16; 3], f: Point, g: char,
    h: *const c_char, i: Option<*mut Thing>, j: [Point; 2], k: i8,
  }
  fn sum_f64(data: *const f64, length: usize) -> f64;
  fn sum_bytes(data: *const c_void, #[len = "data"] length: c_int) -> u64;
  fn double_i32(data: *mut i32, length: usize);
  fn add_all(a: *const i64, b: *const i64, sums: *mut i64, #[len = "a, b, sums"] length: u32);
  fn copy_bytes(into: *mut u8, #[inout] room: *mut c_ulong, from: *const u8, #[len = "from"] length: c_ulong) -> c_int;
  fn text_length(text: Option<*const c_char>) -> i64;
  fn error_text(code: c_int) -> *const c_char;
  #[free = "text_free"] fn text_upper(text: *const c_char) -> *mut c_char;
  fn text_upper_into(text: *const c_char, #[out] #[free = "text_free"] upper: *mut *mut c_char) -> c_int;
  fn text_count() -> i64;
  fn texts_size(texts: *const *const c_char) -> i64;
  fn texts_bytes(#[len = "texts"] count: usize, texts: *const *const c_char, room: usize) -> i64;
  fn point_length(point: *const Point) -> f64;
  fn point_scale(point: *mut Point, by: f64);
  fn point_between(a: Option<&Point>, b: Option<*const Point>, #[out] between: *mut Point) -> c_int;
  fn point_known(index: c_int) -> *const Point;
  fn mixed_change(mixed: &mut Mixed) -> i64;
  fn mixed_leave(mixed: *mut Mixed);
  fn thing_new(number: i64) -> *mut Thing;
  fn thing_number(thing: *const Thing) -> i64;
  fn thing_close(#[release] thing: *mut Thing);
  fn thing_count() -> i64;
  fn call_kept(x: i64) -> i64;
`);

afterEach(expectHealthy);

const mixed = (h: string | null) => ({
  ...{ a: 1, b: 2 ** 40, c: false, d: 0.75, e: [1, 2, 65535], f: { x: -1, y: 1e300 }, g: 'x', h, i: null, k: -127 },
  j: [
    { x: 1, y: 2 },
    { x: 3, y: 4 },
  ],
});

type Call = (...args: unknown[]) => unknown;

const CASES: readonly (readonly [keyof typeof lib.async, () => unknown[]])[] = [
  ['sum_f64', () => [new Float64Array([1, 2.5, 3]), 2]],
  ['sum_f64', () => [[1, 2.5, 3], 3]],
  ['sum_f64', () => [new Float64Array(100_000).fill(0.5), 100_000]],
  ['sum_f64', () => [null, 0]],
  ['sum_bytes', () => [Buffer.from('abc')]],
  ['sum_bytes', () => [new Uint8Array(0)]],
  ['double_i32', () => [[1, 2, 3], 2]],
  ['double_i32', () => [new Int32Array(300_000).fill(3), 300_000]],
  ['double_i32', () => [new Int32Array([1, 2, 3]).subarray(1), 2]],
  ['add_all', () => [[1n, 2n], new BigInt64Array([3n, 4n]), [0n, 0n]]],
  ['copy_bytes', () => [new Uint8Array(8), 8, Buffer.from('hello')]],
  ['copy_bytes', () => [new Uint8Array(2), 2, Buffer.from('hello')]],
  ['text_length', () => ['né🦀']],
  ['text_length', () => [null]],
  ['text_length', () => ['x'.repeat(1_000_000)]],
  ['error_text', () => [1]],
  ['error_text', () => [-99]],
  ['text_upper', () => ['abc']],
  ['text_upper_into', () => ['abc']],
  ['texts_size', () => [['', 'né', '🦀']]],
  ['texts_size', () => [Array.from({ length: 5000 }, (_, k) => 'x'.repeat(k % 100))]],
  ['texts_bytes', () => [['ab', 'c'], 2]],
  ['point_length', () => [{ x: 3, y: -4 }]],
  ['point_scale', () => [{ x: 1.5, y: -2 }, 2]],
  [
    'point_between',
    () => [
      { x: 0, y: 0 },
      { x: 1, y: 3 },
    ],
  ],
  ['point_between', () => [null, undefined]],
  ['point_known', () => [1]],
  ['mixed_change', () => [mixed('né')]],
  ['mixed_change', () => [mixed(null)]],
  ['mixed_leave', () => [Object.freeze(mixed('stays'))]],
];

test.each(CASES)('%s', async (name, makeArguments) => {
  const [here, there] = [makeArguments(), makeArguments()];
  const expected = (lib[name] as Call)(...here);
  expect(await (lib.async[name] as Call)(...there)).toEqual(expected);
  expect(there).toEqual(here);
  expect(lib.text_count()).toBe(0);
});

test('many at once, whose memory is their own', async () => {
  const data = new Int32Array(1000).fill(1);
  const texts = Array.from({ length: 200 }, (_, k) => 'x'.repeat(k));
  const all = texts.map((text) => lib.async.text_upper(text));
  const doubled = Array.from({ length: 50 }, () => lib.async.double_i32(data.slice(), 1000));
  const points = Array.from({ length: 50 }, (_, k) => ({ x: k, y: 1 }));
  await Promise.all(points.map((point) => lib.async.point_scale(point, 2)));
  await Promise.all(doubled);
  expect(await Promise.all(all)).toEqual(texts.map((text) => text.toUpperCase()));
  expect(points).toEqual(points.map((_, k) => ({ x: 2 * k, y: 2 })));
});

test('the program changes what it has passed, which the call does not see', async () => {
  const data = new Float64Array([1, 2, 3]);
  const sum = lib.async.sum_f64(data, 3);
  data.fill(100);
  expect(await sum).toBe(6);
  const doubled = new Int32Array([1, 2, 3]);
  const done = lib.async.double_i32(doubled, 2);
  doubled[2] = 7;
  await done;
  expect([...doubled]).toEqual([2, 4, 7]);
});

test('a view that was detached cannot get what the library has changed', async () => {
  const data = new Int32Array([1, 2, 3]);
  const done = lib.async.double_i32(data, 3);
  structuredClone(data, { transfer: [data.buffer] });
  await expect(done).rejects.toMatchObject({
    message: 'double_i32: data: the buffer was resized or detached during the call',
  });
});

test('structures by value', async () => {
  const values = clib.declare(`
    #[repr(C)] struct Range { from: i64, to: i64 }
    #[repr(C)] struct Point { x: f64, y: f64 }
    #[repr(C)] struct Mixed { id: i64, weight: f64 }
    #[repr(C)] struct Matrix { m: [f64; 4] }
    #[repr(C)] struct Large { range: Range, name: *const c_char, open: bool }
    fn c_of_large(before: f64, v: Large) -> f64;
    fn c_to_range(from: i64, to: i64) -> Range;
    fn c_to_point(x: f64, y: f64) -> Point;
    fn c_to_mixed(id: i64, weight: f64) -> Mixed;
    fn c_to_matrix(a: f64, b: f64, c: f64, d: f64) -> Matrix;
    fn c_to_large(from: i64, to: i64, open: bool) -> Large;
  `);
  const large = { range: { from: 3, to: -4 }, name: 'large', open: true };
  expect(await values.async.c_of_large(0.5, large)).toBe(values.c_of_large(0.5, large));
  expect(await values.async.c_to_range(-1, 2)).toEqual({ from: -1, to: 2 });
  expect(await values.async.c_to_point(0.5, -1)).toEqual({ x: 0.5, y: -1 });
  expect(await values.async.c_to_mixed(-7, 2.5)).toEqual({ id: -7, weight: 2.5 });
  expect(await values.async.c_to_matrix(1, 2, 3, 4)).toEqual({ m: [1, 2, 3, 4] });
  expect(await values.async.c_to_large(3, -4, true)).toEqual(large);
});

test('a pointer is released when the call is submitted', async () => {
  const thing = (await lib.async.thing_new(42))!;
  expect(await lib.async.thing_number(thing)).toBe(42);
  const closed = lib.async.thing_close(thing);
  expect(thing.released).toBe(true);
  expectTypeError(() => lib.thing_number(thing), /the Thing was released$/, 'ERR_RUSTDLL_RELEASED');
  await closed;
  expect(lib.thing_count()).toBe(0);
});

test('a kept callback that the library calls on that thread is no fault of another call', async () => {
  const kept = cabi.declare(`
    fn keep(call: Option<extern "C" fn(i64) -> i64>);
    fn call_kept(x: i64) -> i64;
    fn thing_count() -> i64;
  `);
  const called: number[] = [];
  const callback = RustDLL.callback((x: number) => called.push(x));
  kept.keep(callback);
  const inBackground = kept.async.call_kept(5);
  await expect(inBackground).rejects.toMatchObject({
    code: 'ERR_RUSTDLL_DEADLOCK',
    message:
      'call_kept: the library has called a callback on the thread of a call in the background; nothing was called, and it got 0',
  });
  expect(kept.thing_count()).toBe(0);
  expect(kept.call_kept(7)).toBe(1);
  expect(called).toEqual([7]);
  kept.keep(null);
  callback.close();
});

test('what is refused rejects the promise, and the next call works', async () => {
  const refused = (call: Promise<unknown>, message: RegExp) =>
    expect(call).rejects.toMatchObject({ message: expect.stringMatching(message) });
  await refused(
    lib.async.point_length({ x: 1 } as never),
    /^point_length: argument 1 \(point\)\.y: the field is missing$/,
  );
  await refused(lib.async.sum_f64([1], 2), /2 is beyond the length of data, which has 1 elements$/);
  await refused((lib.async.sum_f64 as Call)([1]) as Promise<unknown>, /^sum_f64: expected 2 arguments, got 1/);
  await refused(lib.async.text_length('a\0'), /the string has a NUL at index 1/);
  const { each } = cabi.declare(
    'fn each(data: *const i32, length: usize, visit: Option<extern "C" fn(value: i32, usize, user: *mut c_void) -> c_int>, user: *mut c_void) -> c_int',
  ).async;
  const reason =
    /^each: argument 3 \(visit\): expected null, got function: no function of JavaScript can be called on the thread/;
  await refused(
    each([1], 1, () => 0, null),
    reason,
  );
  await refused(
    each(
      [1],
      1,
      RustDLL.callback(() => 0),
      null,
    ),
    /expected null, got/,
  );
  const signal = AbortSignal.abort(new Error('enough'));
  await refused(lib.async.text_upper('a', { signal }), /^enough$/);
  expect(await lib.async.text_upper('a')).toBe('A');
  expect(lib.text_count()).toBe(0);
});
