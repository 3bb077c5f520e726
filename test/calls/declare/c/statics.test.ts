import { RustDLL } from '../../../../src-ts/index';
import { cabi } from '../../../support/cabi';
import { expectRangeError, expectTypeError } from '../../../support/errors';
import { expectHealthy } from '../../../support/health';
import { libraryPath } from '../../../support/kernels';

const SOURCE = `
  extern "C" {
    pub static LIMIT: c_int;
    static RATIO: f64;
    static LARGE: u64;
    static mut LEVEL: u16;
    static mut ORIGIN: [f64; 2];
    static VERSION: *const c_char;
    fn level() -> u16;
    fn set_level(level: u16);
  }
`;
const lib = cabi.declare(SOURCE);

afterEach(expectHealthy);

test('are read', () => {
  expect([lib.LIMIT, lib.RATIO, lib.VERSION]).toEqual([-42, 0.25, '1.2.3']);
  expect(cabi.declare(SOURCE, { bigint: true }).LARGE).toBe(2n ** 64n - 1n);
  expectRangeError(() => lib.LARGE, /^LARGE: 18446744073709551615 is beyond what a number holds/);
  expect(Object.keys(lib)).toEqual(['level', 'set_level', 'LIMIT', 'RATIO', 'LARGE', 'LEVEL', 'ORIGIN', 'VERSION']);
});

test('are read and written if they are mut', () => {
  lib.set_level(7);
  expect(lib.LEVEL).toBe(7);
  lib.LEVEL = 65535;
  expect(lib.level()).toBe(65535);
  expectRangeError(() => (lib.LEVEL = 65536), /^LEVEL: number 65536 does not fit u16$/);
  expectTypeError(() => (lib.LEVEL = 'x' as never), /^LEVEL: expected an integer \(u16\), got string "x"$/);
  lib.ORIGIN = [3, 4];
  expect(lib.ORIGIN).toEqual([3, 4]);
  expectTypeError(() => (lib.ORIGIN = [1, null] as never), /^ORIGIN\[1\]: expected a number \(f64\), got null$/);
  expect(lib.ORIGIN).toEqual([3, 4]);
  expect(() => {
    (lib as { LIMIT: number }).LIMIT = 1;
  }).toThrow(TypeError);
});

test.each([
  ['extern { static LIMITS: i32; }', 'ERR_RUSTDLL_SYMBOL'],
  ['extern { static level: i32; }', 'ERR_RUSTDLL_SYMBOL'],
  ['extern { static mut VERSION: *const c_char; }', 'ERR_RUSTDLL_DECLARATION'],
  ['extern { static LIMIT: i32; static LIMIT: i32; }', 'ERR_RUSTDLL_DECLARATION'],
  ['extern { static LIMIT: i32 }', 'ERR_RUSTDLL_DECLARATION'],
  ['static LIMIT: i32;', 'ERR_RUSTDLL_DECLARATION'],
  ['extern { static LIMIT: Name; }', 'ERR_RUSTDLL_DECLARATION'],
])('%s is refused', (source, code) => {
  expect(() => cabi.declare(source)).toThrow(expect.objectContaining({ code }));
});

test('are gone once the library is closed', () => {
  const other = new RustDLL(libraryPath('cabi'));
  const { declare } = other;
  const statics = Reflect.apply(declare, other, [SOURCE]) as typeof lib;
  other.close();
  expect(() => statics.LIMIT).toThrow(expect.objectContaining({ code: 'ERR_RUSTDLL_CLOSED' }));
  expect(() => (statics.LEVEL = 1)).toThrow(expect.objectContaining({ code: 'ERR_RUSTDLL_CLOSED' }));
});
