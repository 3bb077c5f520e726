import { RustDLL } from '../../../../src-ts/index';
import { checkByValue } from '../../../support/by-value.cjs';
import { expectRangeError, expectTypeError } from '../../../support/errors';
import { expectHealthy } from '../../../support/health';
import { libraryPath } from '../../../support/kernels';

const clib = new RustDLL(libraryPath('clib'));

const STRUCTURES = `
  #[repr(C)] struct Floats { x: f32, y: f32 }
  #[repr(C)] struct Range { from: i64, to: i64 }
  #[repr(C)] struct Large { range: Range, name: *const c_char, open: bool }
`;
const lib = clib.declare(`
  ${STRUCTURES}
  fn c_of_floats(before: f64, v: Floats) -> f64;
  fn c_of_large(before: f64, v: Large) -> f64;
`);

afterEach(expectHealthy);

test('are where C expects them', () => {
  const refused = checkByValue(clib);
  // Apple has other rules for what is on the stack.
  const isApple = process.arch === 'arm64' && process.platform === 'darwin';
  expect(refused).toEqual(isApple ? ['c_after_ints', 'c_after_floats'] : []);
});

test('wrong values have a path', () => {
  const large = { range: { from: 1, to: 2 }, name: 'a', open: false };
  expect(lib.c_of_large(0, large)).toBe(9721);
  const refused = (change: object, message: RegExp): void => {
    expectTypeError(() => lib.c_of_large(0, { ...large, ...change } as never), message);
  };
  refused({ open: 1 }, /^c_of_large: argument 2 \(v\)\.open: expected a boolean, got number 1$/);
  refused({ range: { from: 1 } }, /^c_of_large: argument 2 \(v\)\.range\.to: the field is missing$/);
  expectTypeError(
    () => lib.c_of_large(0, null as never),
    /^c_of_large: argument 2 \(v\): expected an object \(Large\), got null$/,
  );
  expectRangeError(() => lib.c_of_floats(0, { x: 1e300, y: 0 }), /^c_of_floats: argument 2 \(v\)\.x: /);
});

test('what a callback returns has a path', () => {
  const { c_take_floats: take } = clib.declare(
    `${STRUCTURES} fn c_take_floats(call: extern "C" fn(before: f64) -> Floats, #[out] into: *mut Floats)`,
  );
  expect(take(() => ({ x: 1, y: 2 }))).toEqual({ into: { x: 1, y: 2 } });
  expectTypeError(
    () => take(() => ({ x: 1 }) as never),
    /^c_take_floats: the result of argument 1 \(call\)\.y: the field is missing$/,
  );
  expectTypeError(() => take(() => null as never), /expected an object \(Floats\), got null$/);
});

test('a getter that calls while one is packed', () => {
  const floats = {
    x: 1,
    get y() {
      return lib.c_of_floats(0, { x: 0, y: 1 });
    },
  };
  expect(lib.c_of_floats(0.5, floats)).toBe(101.5);
});

test.each([
  ['fn f(v: Option<Floats>)', 'a structure by value can only be a parameter or the result of a function'],
  ['fn f(v: &PyVec<Floats>)', 'a structure by value can only be a parameter or the result of a function'],
  ['fn c_add(v: extern "C" fn() -> Large)', 'a callback cannot return a Large, which does not fit one register'],
  [
    '#[repr(C)] struct T { text: *const c_char } fn c_add(v: extern "C" fn() -> T)',
    'a callback cannot return a T: nobody would own the texts in it',
  ],
  ['fn f(v: extern "C" fn(Option<Floats>))', 'a scalar, a pointer or a structure as the parameter of a callback'],
  ['#[repr(C)] struct E { a: f32, b: [u8; 0] } fn c_add(v: extern "C" fn(E))', 'it has an array without elements'],
  [
    `fn c_add(v: extern "C" fn(${'Large, '.repeat(9)}${'i64, '.repeat(9)}))`,
    'a callback has more parameters than it can get',
  ],
  ['#[out] fn f(#[out] v: Floats)', '`out` is for `*mut T`'],
  ['#[repr(C)] struct E { a: f32, b: [u8; 0] } fn c_of_floats(v: E)', 'it has an array without elements'],
  ['#[repr(C)] struct B { a: [u64; 40] } fn c_of_floats(v: B, w: B) -> f64', undefined],
])('%s', (source, message) => {
  const declared = (): unknown => clib.declare(`${STRUCTURES} ${source}`);
  if (message === undefined) {
    // Where it is on the stack, the stack has no room for it.
    if (process.arch !== 'x64' || process.platform === 'win32') return;
    message = 'v: a B by value does not fit the registers and the stack that a call can fill';
  }
  expect(declared).toThrow(expect.objectContaining({ code: 'ERR_RUSTDLL_DECLARATION' }));
  expect(declared).toThrow(message);
});
