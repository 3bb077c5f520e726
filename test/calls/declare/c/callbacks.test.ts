import { RustDLL } from '../../../../src-ts/index';
import { cabi } from '../../../support/cabi';
import { expectRangeError, expectTypeError, thrownBy } from '../../../support/errors';
import { expectHealthy } from '../../../support/health';

const lib = cabi.declare(`
  fn each(data: *const i32, length: usize, visit: extern "C" fn(value: i32, usize, user: *mut c_void) -> c_int, user: *mut c_void) -> c_int;
  fn sort_f64(data: *mut f64, length: usize, compare: extern "C" fn(&f64, &f64) -> c_int);
  fn rows(
    row: Option<unsafe extern "C" fn(
      user: *mut c_void, #[len = "values, names"] count: c_int, values: *mut *const c_char, names: *mut *const c_char,
    ) -> c_int>,
    user: *mut c_void,
  ) -> c_int;
  fn call_many(call: extern "C" fn(i8, f32, u64, f64, bool, char, i64, *const c_char, u16, f32, i32, u8, i64) -> f64) -> f64;
  fn call_f32(call: extern "C" fn(f32) -> f32, x: f32) -> f32;
  fn call_bool(call: extern "C" fn() -> bool) -> bool;
  fn call_i64(call: extern "C" fn(i64) -> i64, x: i64) -> i64;
  fn call_thing(call: extern "C" fn(*mut Thing) -> *mut Thing) -> bool;
  fn call_bytes(call: extern "C" fn(data: *const u8, #[len = "data"] n: usize));
  fn call_elsewhere(call: extern "C" fn(i64) -> i64) -> i64;
  fn keep(call: Option<extern "C" fn(i64) -> i64>);
  fn call_kept(x: i64) -> i64;
  fn call_kept_elsewhere(x: i64) -> i64;
`);
const big = cabi.declare(
  'fn call_many(call: extern "C" fn(i8, f32, u64, f64, bool, char, i64, *const c_char, u16, f32, i32, u8, i64) -> f64) -> f64',
  { bigint: true },
);

afterEach(expectHealthy);

test('are called for each element, with their results', () => {
  const seen: unknown[] = [];
  expect(lib.each([5, -6, 7], 3, (...args) => (seen.push(args), 0), null)).toBe(0);
  expect(seen).toEqual([
    [5, 0, null],
    [-6, 1, null],
    [7, 2, null],
  ]);
  expect(lib.each([5, -6, 7], 3, (value) => (value < 0 ? value : 0), null)).toBe(-6);
});

test('user data is the pointer that was passed', () => {
  const thing = cabi.declare('fn some_bytes() -> *const u8').some_bytes()!;
  lib.each([1], 1, (_value, _index, user) => (expect(user?.bytes(4)).toEqual(thing.bytes(4)), 0), thing);
  lib.each(
    [1],
    1,
    (_value, _index, user) => (expect(user?.bytes(1)).toEqual(new Uint8Array([9])), 0),
    Buffer.from([9]),
  );
});

test('references are given as values', () => {
  const data = new Float64Array([3, 1, 2]);
  lib.sort_f64(data, 3, (a, b) => Math.sign(b - a));
  expect([...data]).toEqual([3, 2, 1]);
  const list = [3, 1, 2];
  lib.sort_f64(list, 3, (a, b) => Math.sign(a - b));
  expect(list).toEqual([1, 2, 3]);
});

test('lists with their length', () => {
  const seen: unknown[] = [];
  expect(lib.rows((user, values, names) => (seen.push([user, values, names]), 0), null)).toBe(0);
  expect(seen).toEqual([
    [null, ['1', 'né'], ['id', 'name']],
    [null, ['2', null], ['id', 'name']],
  ]);
  expect(lib.rows(() => 1, null)).toBe(4);
  expect(lib.rows(null, null)).toBe(0);
  const bytes: unknown[] = [];
  lib.call_bytes((data) => bytes.push(data));
  expect(bytes).toEqual([new Uint8Array([1, 2, 3]), new Uint8Array(0)]);
});

test('arguments of every kind, in registers and on the stack', () => {
  const given: unknown[] = [];
  expect(big.call_many((...args) => (given.push(...args), -0.125))).toBe(-0.125);
  expect(given).toEqual([-1, 0.5, 2n ** 64n - 1n, 1.25, true, '🦀', -(2n ** 63n), 'né', 65535, -2, -3, 200, -4n]);
  expect(lib.call_f32((x) => x * 2, 0.25)).toBe(0.5);
  expect(lib.call_bool(() => true)).toBe(true);
  expect(lib.call_bool(() => false)).toBe(false);
  expect(lib.call_i64((x) => BigInt(x) - 2n ** 40n, -1)).toBe(-1 - 2 ** 40);
  expect(lib.call_thing((thing) => thing)).toBe(true);
  expect(lib.call_thing(() => null)).toBe(false);
});

test('an argument that no number holds', () => {
  expectRangeError(
    () => lib.call_many(() => 0),
    /^call_many: the call of argument 1 \(call\): its argument 3: 18446744073709551615 is beyond what a number holds/,
  );
});

describe('what they throw', () => {
  test.each([new Error('no'), 'text', undefined, null, { an: 'object' }])('%p is thrown by the call', (thrown) => {
    let calls = 0;
    let caught: unknown = 'nothing';
    try {
      lib.each(
        [1, 2, 3],
        3,
        () => {
          calls++;
          // eslint-disable-next-line @typescript-eslint/only-throw-error -- anything can be thrown
          throw thrown;
        },
        null,
      );
    } catch (error) {
      caught = error;
    }
    expect(caught).toBe(thrown);
    // The library goes on, but no other callback is called.
    expect(calls).toBe(1);
  });

  test('the next call is as usual', () => {
    expect(() =>
      lib.call_i64(() => {
        throw new RangeError('x');
      }, 1),
    ).toThrow(new RangeError('x'));
    expect(lib.call_i64((x) => x, 1)).toBe(1);
  });

  test('through calls within calls', () => {
    const error = new Error('inside');
    const run = (depth: number): number =>
      lib.call_i64((x) => {
        if (depth === 0) throw error;
        return run(depth - 1) + x;
      }, 1);
    expect(thrownBy(() => run(20))).toBe(error);
  });

  test('an overflow of the stack', () => {
    const recurse = (): number => lib.call_i64(() => recurse(), 1);
    // The engine's own error is of another realm than the test.
    expect(thrownBy(recurse).message).toBe('Maximum call stack size exceeded');
    expect(lib.call_i64((x) => x, 3)).toBe(3);
  });
});

test('a wrong result is a TypeError', () => {
  expectTypeError(
    () => lib.call_i64((() => 'x') as never, 1),
    /^call_i64: the result of argument 1 \(call\): expected an integer \(i64\), got string "x"$/,
  );
  expectTypeError(() => lib.call_i64((() => undefined) as never, 1), /expected an integer \(i64\), got undefined$/);
  expectTypeError(
    () => lib.call_i64((() => Promise.resolve(1)) as never, 1),
    /expected an integer \(i64\), got a Promise/,
  );
  expectTypeError(
    () => lib.call_bytes((() => Promise.resolve()) as () => void),
    /expected nothing: C does not wait for a promise, got a Promise/,
  );
  expectRangeError(() => lib.each([1], 1, () => 2 ** 31, null), /^each: the result of argument 3 \(visit\): /);
  expectTypeError(() => lib.call_thing((() => 5) as never), /expected a Pointer<Thing>, got number 5$/);
});

test('what is no function is a TypeError', () => {
  for (const value of [1, 'x', {}, null, undefined]) {
    expectTypeError(() => lib.call_bool(value as never), /^call_bool: argument 1 \(call\): expected a function, got /);
  }
});

test('calls within calls have callbacks of their own', () => {
  const nest = (depth: number): number => lib.call_i64((x) => (depth === 0 ? x : nest(depth - 1) + x), 1);
  expect(nest(60)).toBe(61);
});

test('there is a limit, and room again once some are closed', () => {
  const callbacks = Array.from({ length: 129 }, () => RustDLL.callback((x: number | bigint) => x));
  expectRangeError(
    () => callbacks.forEach((callback) => lib.call_i64(callback, 1)),
    /^call_i64: argument 1 \(call\): all callbacks of this kind are in use: the process has 128 /,
    'ERR_RUSTDLL_MEMORY',
  );
  expectRangeError(() => lib.call_i64((x) => x, 1), /all callbacks of this kind are in use/, 'ERR_RUSTDLL_MEMORY');
  // Those of another kind have places of their own.
  expect(lib.call_f32((x) => x, 1)).toBe(1);
  callbacks[0]!.close();
  expect(lib.call_i64((x) => x, 1)).toBe(1);
  callbacks.forEach((callback) => callback.close());
});

test('a call on another thread calls nothing', () => {
  let calls = 0;
  expect(() => lib.call_elsewhere(() => ++calls)).toThrow(
    expect.objectContaining({
      code: 'ERR_RUSTDLL_DEADLOCK',
      message: expect.stringMatching(/^call_elsewhere: /) as string,
    }),
  );
  expect(calls).toBe(0);
});

describe('that are kept', () => {
  test('are called until they are closed', () => {
    const callback = RustDLL.callback((x: number | bigint) => Number(x) * 2);
    expect(lib.call_kept(1)).toBe(-1);
    lib.keep(callback);
    expect(lib.call_kept(21)).toBe(42);
    expect(lib.call_i64(callback, 4)).toBe(8);
    expect(callback.call(3)).toBe(6);
    lib.keep(null);
    callback.close();
    expectTypeError(
      () => lib.keep(callback),
      /^keep: argument 1 \(call\): the callback was closed$/,
      'ERR_RUSTDLL_RELEASED',
    );
  });

  test('throw out of the call during which they are called', () => {
    const error = new Error('kept');
    const callback = RustDLL.callback((x: number | bigint): number => {
      if (x === 0) throw error;
      return 1;
    });
    lib.keep(callback);
    expect(thrownBy(() => lib.call_kept(0))).toBe(error);
    expect(lib.call_kept(1)).toBe(1);
    expect(() => lib.call_kept_elsewhere(1)).toThrow(expect.objectContaining({ code: 'ERR_RUSTDLL_DEADLOCK' }));
    lib.keep(null);
    callback.close();
  });

  test('are nothing once they are closed, or were only lent', () => {
    lib.keep((x) => x);
    expect(lib.call_kept(5)).toBe(0);
    const callback = RustDLL.callback((x: number | bigint) => x);
    lib.keep(callback);
    callback.close();
    expect(lib.call_kept(5)).toBe(0);
    lib.keep(null);
  });

  test('only functions can be', () => {
    expectTypeError(() => RustDLL.callback(1 as never), /^RustDLL\.callback: expected a function, got number 1$/);
  });
});

test.each([
  ['fn each(f: extern "C" fn(...))', 'a callback cannot be variadic'],
  ['fn each(f: extern "C" fn() -> *const c_char)', 'a callback can return a scalar or a Pointer'],
  ['fn each(f: extern "C" fn(extern "C" fn()))', 'a scalar or a pointer as the parameter of a callback'],
  ['fn each(f: extern "system" fn())', 'only functions of the C calling convention'],
  ['fn each(f: fn())', 'a function is `extern "C" fn(...)`'],
  ['fn each(f: extern "C" fn(#[out] x: *mut i32))', 'the parameters of a callback have no attribute but `len`'],
  ['fn each(f: extern "C" fn(#[len = "y"] x: i32))', 'there is no pointer `y` whose length it could be'],
  ['fn each(f: extern "C" fn(#[len = "y"] x: i32, y: *mut Thing))', 'nobody knows how large a Thing is'],
  [`fn each(f: extern "C" fn(${'i64, '.repeat(20)}))`, 'a callback has more parameters than it can get'],
  ['fn each() -> extern "C" fn()', 'expected a scalar result'],
])('%s', (source, message) => {
  expect(() => cabi.declare(source)).toThrow(expect.objectContaining({ code: 'ERR_RUSTDLL_DECLARATION' }));
  expect(() => cabi.declare(source)).toThrow(message);
});
