import { cabi } from '../../../support/cabi';
import { expectRangeError, expectTypeError } from '../../../support/errors';
import { expectHealthy } from '../../../support/health';

const lib = cabi.declare(`
  fn sum_f64(data: *const f64, length: usize) -> f64;
  fn sum_bytes(data: *const c_void, #[len = "data"] length: c_int) -> u64;
  fn double_i32(data: *mut i32, length: usize);
  fn add_all(a: *const i64, b: *const i64, sums: *mut i64, #[len = "a, b, sums"] length: u32);
  fn copy_bytes(into: *mut u8, #[inout] room: *mut c_ulong, from: *const u8, #[len = "from"] length: c_ulong) -> c_int;
  fn give_all(#[out] a: *mut u8, #[out] b: *mut i64, #[out] c: *mut f32, #[out] d: *mut bool, #[out] e: *mut char, #[out] f: *mut *mut c_void);
  fn some_bytes() -> *const u8;
  fn address_of(data: *const c_void) -> usize;
  fn many(a: *const u8, b: f64, c: *const u8, d: i8, e: *const u8, f: f32, g: *const u8, h: u16, i: *const u8, j: *const u8, k: i64) -> f64;
`);

afterEach(expectHealthy);

describe('numbers', () => {
  test('a typed array, a list, a pointer and null', () => {
    expect(lib.sum_f64(new Float64Array([1, 2.5]), 2)).toBe(3.5);
    expect(lib.sum_f64([1, 2.5, 3], 2n)).toBe(3.5);
    expect(lib.sum_f64([], 0)).toBeCloseTo(0);
    expect(lib.sum_f64(new Float64Array(0), 0)).toBeCloseTo(0);
    expect(lib.sum_f64(null, 0)).toBeCloseTo(0);
    expect(lib.sum_f64(undefined, 0)).toBeCloseTo(0);
  });

  test('a view is not copied, and a list is written back', () => {
    const view = new Int32Array([1, 2, 3, 4]).subarray(1, 3);
    lib.double_i32(view, 2);
    expect([...new Int32Array(view.buffer)]).toEqual([1, 4, 6, 4]);
    const list = [1, 2, 3];
    lib.double_i32(list, 2);
    expect(list).toEqual([2, 4, 3]);
  });

  test('nothing is null only if it is said to be', () => {
    expect(lib.address_of(null)).toBe(0);
    expect(lib.address_of(new Uint8Array(0))).not.toBe(0);
    const bytes = new Uint8Array(16);
    expect(lib.address_of(bytes.subarray(5))).toBe(lib.address_of(bytes) + 5);
    expect(lib.address_of(new DataView(bytes.buffer, 3))).toBe(lib.address_of(bytes.buffer) + 3);
    expect(lib.address_of(new Float32Array(new SharedArrayBuffer(8)))).not.toBe(0);
  });

  test.each([
    [new Float32Array(2), 'got Float32Array'],
    ['1', 'got string "1"'],
    [{}, 'got an object'],
    [new Set([1]), 'got a Set'],
    [1, 'got number 1'],
  ])('%p is refused', (value, message) => {
    expectTypeError(
      () => lib.sum_f64(value as never, 0),
      /^sum_f64: argument 1 \(data\): expected a typed array or list of f64/,
    );
    expectTypeError(() => lib.sum_f64(value as never, 0), new RegExp(message));
  });

  test('a wrong element is named', () => {
    expectTypeError(
      () => lib.sum_f64([1, '2'] as never, 2),
      /^sum_f64: argument 1 \(data\)\[1\]: expected a number \(f64\)/,
    );
    expectRangeError(() => lib.double_i32([1, 2 ** 31], 2), /^double_i32: argument 1 \(data\)\[1\]: /);
  });

  test('memory that may go away is refused', () => {
    const resizable = new ArrayBuffer(8, { maxByteLength: 16 });
    expectTypeError(() => lib.sum_bytes(resizable), /^sum_bytes: argument 1 \(data\): the buffer is resizable/);
    const bytes = new Uint8Array(8);
    structuredClone(bytes, { transfer: [bytes.buffer] });
    expectTypeError(
      () => lib.sum_bytes(bytes),
      /^sum_bytes: argument 1 \(data\): the buffer is detached/,
      'ERR_RUSTDLL_DETACHED',
    );
  });

  test('a frozen list that is changed', () => {
    expectTypeError(
      () => lib.double_i32(Object.freeze([1]) as number[], 1),
      /double_i32: argument 1 \(data\)/,
      'ERR_RUSTDLL_WRITE_BACK',
    );
  });
});

describe('lengths', () => {
  test('beyond the end are refused', () => {
    expectRangeError(
      () => lib.sum_f64(new Float64Array(2), 3),
      /^sum_f64: argument 2 \(length\): 3 is beyond the length of data, which has 2 elements$/,
    );
    expectRangeError(() => lib.sum_f64([1], 2n ** 60n), /beyond the length of data/);
    expectRangeError(() => lib.sum_f64(null, 1), /beyond the length of data, which has 0 elements/);
    expectRangeError(() => lib.double_i32([1], 2), /^double_i32: argument 2/);
  });

  test('are filled in', () => {
    expect(lib.sum_bytes).toHaveLength(1);
    expect(lib.sum_bytes(Buffer.from([1, 2, 250]))).toBe(253);
    expect(lib.sum_bytes(new Uint16Array([0x0102]))).toBe(3);
    expect(lib.sum_bytes(null)).toBe(0);
    const sums = [0, 0];
    lib.add_all([1, 2], new BigInt64Array([10n, 20n]), sums);
    expect(sums).toEqual([11, 22]);
  });

  test('of several pointers have to be the same', () => {
    expectRangeError(
      () => lib.add_all([1, 2], [1], [0, 0]),
      /^add_all: argument 2 \(b\): it has 1 elements, and 2 are needed, as length is the length of both$/,
    );
  });

  test('of a pointer are not known', () => {
    const bytes = lib.some_bytes()!;
    const sum = cabi.declare('fn sum_bytes(data: *const c_void, length: c_int) -> u64').sum_bytes;
    expect(sum(bytes, 4)).toBe(261);
    expectTypeError(() => lib.sum_bytes(bytes), /^sum_bytes: argument 1 \(data\): the length of a Pointer is unknown/);
  });
});

describe('what comes out', () => {
  test('is an object', () => {
    const given = lib.give_all();
    expect(given).toEqual({ a: 200, b: -(2 ** 40), c: 0.5, d: true, e: '🦀', f: null });
    expect(Object.keys(given)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(lib.give_all).toHaveLength(0);
    const big = cabi.declare(
      'fn give_all(#[out] a: *mut u8, #[out] b: *mut i64, c: *mut f32, d: *mut u8, e: *mut u32, #[out] f: *mut usize)',
      { bigint: true },
    );
    const c = [0];
    expect(big.give_all(c, [0], new Uint32Array(1))).toEqual({ a: 200, b: -(2n ** 40n), f: 0n });
    expect(c).toEqual([0.5]);
  });

  test('and goes in', () => {
    const into = new Uint8Array(5);
    expect(lib.copy_bytes(into, 5, [1, 2, 3])).toEqual({ result: 0, room: 3 });
    expect([...into]).toEqual([1, 2, 3, 0, 0]);
    expect(lib.copy_bytes(into, 2, [1, 2, 3])).toEqual({ result: -5, room: 3 });
    expectTypeError(
      () => lib.copy_bytes(into, 'x' as never, []),
      /^copy_bytes: argument 2 \(room\): expected an integer/,
    );
    expectRangeError(() => lib.copy_bytes(into, -1, []), /^copy_bytes: argument 2 \(room\): /);
  });

  test('bits that are no value are refused', () => {
    const { give_no_bool } = cabi.declare('fn give_no_bool(#[out] flag: *mut bool)');
    expectTypeError(() => give_no_bool(), /^give_no_bool: flag: 0x7 is no bool$/);
  });
});

test('a pointer to data', () => {
  const bytes = lib.some_bytes()!;
  expect(bytes.type).toBe('u8');
  expect(bytes.bytes(4)).toEqual(new Uint8Array([1, 2, 3, 255]));
  expect(bytes.bytes(0)).toHaveLength(0);
  expect(lib.some_bytes()).toBe(bytes);
  for (const wrong of [-1, 1.5, NaN, '1', undefined]) {
    expectRangeError(() => bytes.bytes(wrong as number), /^bytes: expected a number of bytes/);
  }
  expectTypeError(() => lib.sum_f64(bytes as never, 1), /expected a Pointer<f64>, got a Pointer<u8>/);
});

test('arguments of all kinds, in registers and on the stack', () => {
  const data = new Uint8Array(1);
  expect(lib.many(data, 0.5, null, -3, data, 0.25, null, 65535, data, null, -(2 ** 40))).toBe(
    0.75 - 3 + 65535 - 2 ** 40 + 3,
  );
});

test('the number of arguments', () => {
  expectTypeError(
    () => (lib.sum_f64 as (...args: unknown[]) => unknown)([1]),
    /^sum_f64: expected 2 arguments, got 1/,
    'ERR_RUSTDLL_ARITY',
  );
  expectTypeError(
    () => (lib.give_all as (...args: unknown[]) => unknown)(1),
    /^give_all: expected 0 arguments, got 1/,
    'ERR_RUSTDLL_ARITY',
  );
});

test('a getter that makes a call while a list is packed', () => {
  const list = [1, 2, 3];
  Object.defineProperty(list, 1, { get: () => lib.sum_f64([5, 6], 2), enumerable: true });
  expect(lib.sum_f64(list, 3)).toBe(15);
});
