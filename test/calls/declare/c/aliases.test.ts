import { cabi } from '../../../support/cabi';
import { expectHealthy } from '../../../support/health';

afterEach(expectHealthy);

test('names stand for types wherever these may be', () => {
  const lib = cabi.declare(`
    pub type Handle = *mut Thing;
    type Number = i64; // a scalar; and more
    type Text = *const c_char;
    type MaybeText = Option<Text>;
    type Callback = extern "C" fn(Number) -> Number;
    type Same = P;
    type Pair = [Same; 2];
    type P = Point;
    #[repr(C)] struct Point { x: Coordinate, y: Coordinate }
    type Coordinate = f64;
    fn thing_new(number: Number) -> Handle;
    fn thing_number(thing: Handle) -> Number;
    fn thing_open(number: Number, #[out] thing: *mut Handle) -> c_int;
    fn thing_close(#[release] thing: Handle);
    fn text_length(text: MaybeText) -> Number;
    fn error_text(code: c_int) -> Text;
    fn call_i64(call: Callback, x: Number) -> Number;
    fn point_length(point: *const Same) -> Coordinate;
    fn point_scale(point: &mut P, by: Coordinate);
    fn sum_f64(data: *const Coordinate, length: usize) -> Coordinate
  `);
  const thing = lib.thing_new(7)!;
  expect(lib.thing_number(thing)).toBe(7);
  lib.thing_close(thing);
  const { thing: opened } = lib.thing_open(8);
  expect(lib.thing_number(opened!)).toBe(8);
  lib.thing_close(opened!);
  expect(lib.text_length('abc')).toBe(3);
  expect(lib.text_length(null)).toBe(-1);
  expect(typeof lib.error_text(1)).toBe('string');
  expect(lib.call_i64((x) => x + 1, 1)).toBe(2);
  expect(lib.point_length({ x: 3, y: 4 })).toBe(5);
  const point = { x: 1, y: 2 };
  lib.point_scale(point, 2);
  expect(point).toEqual({ x: 2, y: 4 });
  expect(lib.sum_f64([1, 2], 2)).toBe(3);
});

test.each([
  ['type A = B; type B = A; fn f(a: A)', 'expected a name that does not stand for itself, found `A`'],
  ['type A = Option<A>; fn f(a: A)', 'expected'],
  ['type A = *const A; fn f(a: A)', 'expected at most four `*` in a pointer'],
  ['type A = Vec<f64>; fn f(a: A)', 'found `Vec<f64>`; write `&PyVec<f64>`'],
  ['type A = i64; type A = i32; fn f(a: A)', 'expected each name of a type once, found `A` again'],
  ['type A; fn f(a: A)', 'expected `=` and a type after the name `A`'],
  ['type A = i64 fn f(a: A)', 'expected'],
  ['type A = (); fn f(a: A)', 'expected a parameter type'],
  ['fn f(a: A)', 'expected a parameter type'],
  ['#[repr(C)] union U { a: i32, b: f32 } fn f(u: *mut U)', 'which of its fields a union holds is not in the text'],
  ['pub enum sqlite3 {} fn f(u: *mut sqlite3)', 'leave out one that is only used behind pointers'],
])('%s', (source, message) => {
  expect(() => cabi.declare(source)).toThrow(expect.objectContaining({ code: 'ERR_RUSTDLL_DECLARATION' }));
  expect(() => cabi.declare(source)).toThrow(message);
});

test('an error is where the type is written', () => {
  const declare = (): unknown => cabi.declare('fn f(a: Names);\ntype Names = Vec<String>;');
  expect(declare).toThrow(expect.objectContaining({ line: 2, column: 14 }));
});
