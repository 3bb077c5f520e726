/** Calls whose arguments need no memory of their own are made by generated code, with the same outcome as all others. */

import { RustDLL } from '../../../../src-ts/index';
import { cabi } from '../../../support/cabi';
import { expectRangeError, expectTypeError } from '../../../support/errors';
import { expectHealthy } from '../../../support/health';
import { libraryPath } from '../../../support/kernels';

const lib = cabi.declare(`
  fn text_length(text: *const c_char) -> i64;
  fn error_text(code: c_int) -> *const c_char;
  fn sum_f64(data: *const f64, length: usize) -> f64;
  fn sum_bytes(data: *const c_void, #[len = "data"] length: c_int) -> u64;
  fn address_of(data: *const c_void) -> usize;
  fn add_all(a: *const i64, b: *const i64, sums: *mut i64, #[len = "a, b, sums"] length: u32);
`);
const kept = cabi.declare(`
  fn keep(call: Option<extern "C" fn(i64) -> i64>);
  fn sums_around(text: *const c_char, #[out] before: *mut i64, #[out] after: *mut i64) -> *const c_char;
`);

afterEach(expectHealthy);

test.each([0, 1, 7, 8, 9, 335, 336, 337, 1024, 70_000])('texts of %i units', (units) => {
  for (const unit of ['x', 'é', '語', '\u007f']) {
    const text = unit.repeat(units);
    expect(lib.text_length(text)).toBe(Buffer.byteLength(text));
  }
  if (units === 0) return;
  expectTypeError(() => lib.text_length(`${'x'.repeat(units - 1)}\0`), `the string has a NUL at index ${units - 1}`);
  expectTypeError(
    () => lib.text_length(`${'x'.repeat(units - 1)}\ud83e`),
    /^text_length: argument 1 \(text\): .*lone surrogate/,
    'ERR_RUSTDLL_SURROGATE',
  );
});

test('a text, a value that comes out, and a text that is the result, while other calls are made in between', () => {
  const seen: unknown[] = [];
  let depth = 0;
  const callback = RustDLL.callback((x: number) => {
    seen.push(++depth, lib.text_length('y'.repeat(300)), lib.error_text(1));
    if (depth < 3) seen.push(kept.sums_around('zz'));
    depth--;
    return x;
  });
  kept.keep(callback);
  try {
    const sums = { before: 3 * 97, after: 3 * 97 };
    expect(kept.sums_around('aaa')).toEqual({ result: 'around', ...sums });
    const inner = { result: 'around', before: 244, after: 244 };
    const calls = (at: number): unknown[] => [at, 300, lib.error_text(1)];
    expect(seen).toEqual([...calls(1), ...calls(2), ...calls(3), inner, inner]);
    expect(kept.sums_around('a'.repeat(340))).toEqual({ result: 'around', before: 340 * 97, after: 340 * 97 });
  } finally {
    kept.keep(null);
    callback.close();
  }
});

test('what a kept callback throws', () => {
  const error = new Error('kept');
  const callback = RustDLL.callback((): number => {
    throw error;
  });
  kept.keep(callback);
  try {
    for (const text of ['a', 'a'.repeat(400)]) expect(() => kept.sums_around(text)).toThrow(error);
  } finally {
    kept.keep(null);
    callback.close();
  }
  expect(kept.sums_around('b')).toEqual({ result: 'around', before: 98, after: 98 });
});

test('views of every kind', () => {
  const buffer = new ArrayBuffer(64);
  const floats = new Float64Array(buffer, 8, 3);
  floats.set([1, 2, 3]);
  expect(lib.sum_f64(floats, 3)).toBe(6);
  expect(lib.sum_f64(floats.subarray(1), 2)).toBe(5);
  expect(lib.sum_f64(floats, 2n)).toBe(3);
  expect(lib.sum_f64([1, 2, 3], 3)).toBe(6);
  expect(lib.sum_f64(null, 0) + 0).toBe(0);
  expect(lib.sum_f64(undefined, 0) + 0).toBe(0);
  expect(lib.address_of(floats)).toBe(lib.address_of(buffer) + 8);
  expect(lib.sum_bytes(Buffer.from([1, 2, 3]))).toBe(6);
  expect(lib.sum_bytes(new Uint16Array([257, 1]))).toBe(3);
  expect(lib.sum_bytes(new DataView(new Uint8Array([4, 5]).buffer))).toBe(9);
  expect(lib.sum_bytes(new SharedArrayBuffer(2))).toBe(0);
  expect(lib.sum_bytes(new Uint8Array(new SharedArrayBuffer(2)).fill(2))).toBe(4);
  expect(lib.sum_bytes(new Uint8Array(0))).toBe(0);
  const sums = new BigInt64Array(2);
  lib.add_all(new BigInt64Array([1n, 2n]), new BigInt64Array([3n, 4n]), sums);
  expect(sums).toEqual(new BigInt64Array([4n, 6n]));

  expectRangeError(() => lib.sum_f64(floats, 4), /^sum_f64: argument 2 \(length\): 4 is beyond the length of data/);
  expectRangeError(() => lib.sum_f64(null, 1), /1 is beyond the length of data, which has 0 elements$/);
  expectRangeError(() => lib.sum_f64(floats, -1), /^sum_f64: argument 2 \(length\): number -1 does not fit usize/);
  expectTypeError(() => lib.sum_f64(new Float32Array(3) as never, 3), /^sum_f64: argument 1 \(data\): expected/);
  expectTypeError(() => lib.sum_f64(Object.create(Float64Array.prototype) as never, 0), /expected a typed array/);
  expectTypeError(() => lib.sum_bytes(new Proxy(new Uint8Array(2), {})), /expected a typed array/);
  expectRangeError(
    () => lib.add_all(new BigInt64Array(2), new BigInt64Array(3), sums),
    /^add_all: argument 2 \(b\): it has 3 elements, and 2 are needed/,
  );
});

test('a view is what the engine says, whatever its own properties say', () => {
  const bytes = new Uint8Array([1, 2, 3]);
  Object.defineProperties(bytes, { length: { value: 1e9 }, byteLength: { value: 1e9 }, byteOffset: { value: 1e9 } });
  Object.defineProperty(bytes, Symbol.toStringTag, { value: 'Float64Array' });
  expect(lib.sum_bytes(bytes)).toBe(6);
});

test('a view that was passed before, and whose memory is gone', () => {
  const bytes = new Uint8Array([1, 2, 3]);
  expect(lib.sum_bytes(bytes)).toBe(6);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  expectTypeError(() => lib.sum_bytes(bytes), /the buffer is detached/, 'ERR_RUSTDLL_DETACHED');
  const resizable = new Uint8Array(new ArrayBuffer(8, { maxByteLength: 16 }));
  expectTypeError(() => lib.sum_bytes(resizable), /the buffer is resizable/);
});

test('too few and too many arguments, and a closed library', () => {
  const short = lib.text_length as (...args: unknown[]) => unknown;
  expectTypeError(() => short(), /^text_length: expected 1 argument, got 0/, 'ERR_RUSTDLL_ARITY');
  expectTypeError(() => short('a', 'b'), /^text_length: expected 1 argument, got 2/, 'ERR_RUSTDLL_ARITY');
  const dll = new RustDLL(libraryPath('cabi'));
  const { text_length } = dll.declare('fn text_length(text: *const c_char) -> i64');
  expect(text_length('abc')).toBe(3);
  dll.close();
  expect(() => text_length('abc')).toThrow(expect.objectContaining({ code: 'ERR_RUSTDLL_CLOSED' }));
});

test('a parameter with the name of a property of all objects', () => {
  const odd = cabi.declare(
    'fn sums_around(text: *const c_char, #[out] __proto__: *mut i64, #[out] after: *mut i64) -> *const c_char',
  );
  const result = odd.sums_around('a');
  expect(Object.entries(result)).toEqual([
    ['result', 'around'],
    ['__proto__', 97],
    ['after', 97],
  ]);
  expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
});

test('the trace of an error begins where the call is', () => {
  function caller(): unknown {
    return lib.sum_f64(new Float64Array(1), 2);
  }
  expect(caller).toThrow(RangeError);
  try {
    caller();
  } catch (error) {
    expect((error as Error).stack!.split('\n')[1]).toContain('direct.test.ts:');
  }
});
