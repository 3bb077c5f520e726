import { cabi } from '../../../support/cabi';
import { expectRangeError, expectTypeError } from '../../../support/errors';
import { expectHealthy } from '../../../support/health';

const STRUCTURES = `
  #[repr(C)]
  pub struct Mixed {
    a: u8, b: i64, pub c: bool, d: f32, e: [u16; 3], f: Point, g: char,
    h: *const c_char, i: Option<*mut Thing>, j: [Point; 2], k: i8,
  }
  #[repr(C)]
  #[derive(Clone, Copy)]
  struct Point { x: f64, y: f64 }
`;
const lib = cabi.declare(`
  ${STRUCTURES}
  extern "C" {
    fn point_length(point: *const Point) -> f64;
    fn point_scale(point: *mut Point, by: f64);
    fn point_between(a: Option<&Point>, b: Option<*const Point>, #[out] between: *mut Point) -> c_int;
    fn point_known(index: c_int) -> *const Point;
    fn mixed_change(mixed: &mut Mixed) -> i64;
    fn mixed_leave(mixed: *mut Mixed);
  }
`);

afterEach(expectHealthy);

function mixed() {
  return {
    a: 1,
    b: 2 ** 40,
    c: false,
    d: 0.75,
    e: [1, 2, 65535],
    f: { x: -1, y: 1e300 },
    g: 'x',
    h: 'né' as string | null,
    i: null,
    j: [
      { x: 1, y: 2 },
      { x: 3, y: 4 },
    ],
    k: -128,
  };
}

test('go in, come out and are written back', () => {
  expect(lib.point_length({ x: 3, y: -4 })).toBe(5);
  const point = { x: 1.5, y: -2 };
  lib.point_scale(point, 2);
  expect(point).toEqual({ x: 3, y: -4 });
  expect(lib.point_between({ x: 0, y: 0 }, { x: 1, y: 3 })).toEqual({ result: 0, between: { x: 0.5, y: 1.5 } });
  expect(lib.point_between(null, undefined)).toEqual({ result: -1, between: { x: 0, y: 0 } });
  expect(lib.point_known(1)).toEqual({ x: -3, y: 0.5 });
  expect(lib.point_known(2)).toBeNull();
});

test('have the layout of Rust', () => {
  const value = { ...mixed(), k: -127 };
  const { f } = value;
  const { e } = value;
  expect(lib.mixed_change(value)).toBe(3);
  expect(value).toEqual({
    a: 2,
    b: -(2 ** 40),
    c: true,
    d: 1.5,
    e: [65535, 2, 1],
    f: { x: 0, y: 1e300 },
    g: 'X',
    h: 'changed',
    i: null,
    j: [
      { x: 3, y: 4 },
      { x: 1, y: 2 },
    ],
    k: -128,
  });
  // Objects and lists inside are changed and not replaced.
  expect(value.f).toBe(f);
  expect(value.e).toBe(e);
});

test('fields that have not changed are not written', () => {
  const value = Object.freeze({ ...mixed(), e: new Uint16Array([1, 2, 3]) });
  expect(() => lib.mixed_leave(value)).not.toThrow();
  expectTypeError(
    () => lib.mixed_change({ ...mixed(), k: -127, e: Object.freeze([1, 2, 3]) as number[] }),
    /mixed_change: mixed\.e\[0\]: it is read-only/,
    'ERR_RUSTDLL_WRITE_BACK',
  );
});

test('wrong values have a path', () => {
  const refused = (change: object, message: RegExp): void => {
    expectTypeError(() => lib.mixed_leave({ ...mixed(), ...change } as never), message);
  };
  refused({ a: '1' }, /^mixed_leave: argument 1 \(mixed\)\.a: expected an integer \(u8\), got string "1"$/);
  refused({ e: [1, 2] }, /^mixed_leave: argument 1 \(mixed\)\.e: expected a list of 3 elements, got one of 2$/);
  refused({ e: [1, 2, null] }, /^mixed_leave: argument 1 \(mixed\)\.e\[2\]: expected an integer/);
  refused({ f: 1 }, /^mixed_leave: argument 1 \(mixed\)\.f: expected an object \(Point\), got number 1$/);
  refused({ j: [{ x: 1, y: 2 }, { x: 1 }] }, /^mixed_leave: argument 1 \(mixed\)\.j\[1\]\.y: the field is missing$/);
  refused({ h: 'a\0' }, /^mixed_leave: argument 1 \(mixed\)\.h: the string has a NUL/);
  refused({ i: {} }, /^mixed_leave: argument 1 \(mixed\)\.i: expected a Pointer<Thing> or null, got an object$/);
  refused({ g: 'xy' }, /^mixed_leave: argument 1 \(mixed\)\.g: /);
  expectRangeError(
    () => lib.mixed_leave({ ...mixed(), k: 128 }),
    /^mixed_leave: argument 1 \(mixed\)\.k: number 128 does not fit i8$/,
  );
  expectTypeError(
    () => lib.point_length([1, 2] as never),
    /^point_length: argument 1 \(point\): expected an object \(Point\)/,
  );
  expectTypeError(() => lib.point_length(null as never), /where NULL is allowed, write Option<\*const Point>$/);
});

test('of which only pointers are passed on', () => {
  const opaque = cabi.declare(
    'fn point_known(index: c_int) -> *const Point; fn point_length(point: *const Point) -> f64',
  );
  const point = opaque.point_known(0)!;
  expect(opaque.point_length(point)).toBeCloseTo(Math.sqrt(5));
  expect(lib.point_length(point)).toBeCloseTo(Math.sqrt(5));
});

test('a getter that calls while a structure is packed', () => {
  const point = {
    get x() {
      return lib.point_length({ x: 3, y: 4 });
    },
    y: 12,
  };
  expect(lib.point_length(point)).toBe(13);
});

test.each([
  ['struct P { x: i32 } fn f(p: *const P)', 'expected `#[repr(C)]` before the structure `P`'],
  ['#[repr(C)] struct P { p: P } fn f(p: *const P)', 'expected a structure of finite size, found `P` inside itself'],
  ['#[repr(C)] struct P { p: [P; 2] } fn f(p: *const P)', 'inside itself'],
  ['#[repr(C)] struct P {} fn f(p: *const P)', 'a type that is only used behind pointers is not declared'],
  ['#[repr(C)] struct P { _p: [u8; 0] } fn f(p: *const P)', 'a type that is only used behind pointers is not declared'],
  ['#[repr(C)] struct P { x: i32, x: i32 } fn f(p: *const P)', 'expected each field once'],
  ['#[repr(C)] struct P { x: String } fn f(p: *const P)', 'expected the type of a field'],
  ['#[repr(C)] struct P { x: Q } fn f(p: *const P)', 'expected the type of a field'],
  ['#[repr(C)] struct P(i32); fn f(p: *const P)', 'expected `{` and the fields of the structure'],
  ['#[repr(C)] struct P<T> { x: i32 } fn f(p: *const P)', 'expected `{`'],
  ['#[repr(C)] struct P { x: [u8; N] } fn f(p: *const P)', 'the length of the array, as a number'],
  ['#[repr(C)] struct P { x: i32 } #[repr(C)] struct P { x: i32 } fn f(p: *const P)', 'expected each structure once'],
])('%s', (source, message) => {
  expect(() => cabi.declare(source)).toThrow(expect.objectContaining({ code: 'ERR_RUSTDLL_DECLARATION' }));
  expect(() => cabi.declare(source)).toThrow(message);
});
