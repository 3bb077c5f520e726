import { f32, f64, i8, RustDLL, u8 } from '../../src-ts/index';
import { libraryPath } from '../support/kernels';
import { expectHealthy } from '../support/health';

// This library was written in C for another caller, and has nothing of this package.
const clib = new RustDLL(libraryPath('clib'));
const lib = clib.declare(`
  fn c_add(a: i64, b: i64) -> i64;
  fn c_sum(v: &PyVec<i64>) -> i64;
  fn c_sum_nested(v: &PyVec<&PyVec<f64>>) -> f64;
  fn c_scale(v: &mut PyVec<f64>, factor: f64);
  fn c_count_byte(s: &PyStr, byte: u8) -> u32;
  fn c_sign(x: f32, negative: bool) -> f32;
  fn c_min(a: i8, b: i8, c: i8, d: i8, e: i8) -> i8;
`);

afterEach(expectHealthy);

describe('declared', () => {
  test('scalars', () => {
    expect(lib.c_add(2 ** 40, -1)).toBe(2 ** 40 - 1);
    expect(lib.c_sign(1.5, true)).toBe(-1.5);
    expect(lib.c_sign(1.5, false)).toBe(1.5);
    expect(lib.c_min(5, -128, 127, 0, -1)).toBe(-128);
    expect(lib.c_min(127, 127, 127, 127, 127)).toBe(127);
  });

  test('lists, strings and memory', () => {
    expect(lib.c_sum([])).toBe(0);
    expect(lib.c_sum([1, -2, 2 ** 40])).toBe(2 ** 40 - 1);
    expect(lib.c_sum(new BigInt64Array([1n, 2n]))).toBe(3);
    expect(lib.c_sum_nested([[0.5], [], [1, 2]])).toBe(3.5);
    expect(lib.c_sum_nested([new Float64Array([1, 2]), [3]])).toBe(6);
    expect(lib.c_count_byte('banana', 97)).toBe(3);
    expect(lib.c_count_byte(Buffer.from('banana'), 110)).toBe(2);
    expect(lib.c_count_byte('', 0)).toBe(0);
    const list = [1, 2.5];
    lib.c_scale(list, 2);
    expect(list).toEqual([2, 5]);
    const array = new Float64Array([1, 2.5]);
    lib.c_scale(array, -1);
    expect([...array]).toEqual([-1, -2.5]);
  });
});

describe('guessed', () => {
  test('scalars', () => {
    expect(clib.c_add!(40, 2)).toBe(42);
    expect(clib.c_add!(40n, 2n)).toBe(42);
    // Only the lower bits of a narrow result are defined.
    expect(Number(clib.c_min!(i8(3), i8(7), i8(2), i8(9), i8(4))) & 0xff).toBe(2);
  });

  test('lists and strings', () => {
    expect(clib.c_sum!([1, 2, 3])).toBe(6);
    expect(clib.c_sum!([1n, 2n ** 62n])).toBe(2n ** 62n + 1n);
    const list = [1.5, 2];
    clib.c_scale!(list, f64(2));
    expect(list).toEqual([3, 4]);
    const whole = [1, 2];
    clib.c_scale!(f64(whole), 0.5);
    expect(whole).toEqual([0.5, 1]);
    expect(Number(clib.c_count_byte!('banana', u8(97))) >>> 0).toBe(3);
    expect(() => clib.c_sign!(f32(1.5), true)).not.toThrow();
  });
});
