import { RustDLL, RustDLLError } from '../../../src-ts/index';
import { expectError } from '../../support/errors';
import { isElf, plainLibrary } from '../../support/plain';

const describeElf = isElf ? describe : describe.skip;

describeElf('declarations and the debug information', () => {
  const open = (options?: object): RustDLL => new RustDLL(isElf ? plainLibrary('debug') : '', options);
  const dll = open();

  test.each<[string, string, string]>([
    ['fn add(a: i64) -> i64', 'the library takes 2 parameters, not 1', 'fn add(a: i64, b: i64) -> i64'],
    [
      'fn add(a: i64, b: u64) -> i64',
      'parameter 2 (b): the library takes i64, not u64',
      'fn add(a: i64, b: i64) -> i64',
    ],
    [
      'fn add(a: i64, b: f64) -> i64',
      'parameter 2 (b): the library takes i64, not f64',
      'fn add(a: i64, b: i64) -> i64',
    ],
    ['fn add(x: i64, y: i64) -> i32', 'the library returns i64, not i32', 'fn add(a: i64, b: i64) -> i64'],
    [
      'fn add(a: &PyVec<i64>, b: i64) -> i64',
      'parameter 1 (a): the library takes i64, not &PyVec<i64>',
      'fn add(a: i64, b: i64) -> i64',
    ],
    ['fn half(x: f64) -> f32', 'the library returns f64, not f32', 'fn half(x: f64) -> f64'],
    ['fn not(x: u8) -> bool', 'parameter 1 (x): the library takes bool, not u8', 'fn not(x: bool) -> bool'],
    ['fn letter(c: u32) -> char', 'parameter 1 (c): the library takes char, not u32', 'fn letter(c: char) -> char'],
    [
      'fn scale(v: &PyVec<f64>, by: f64)',
      'parameter 1 (v): the library takes &mut PyVec<f64>, not &PyVec<f64>',
      'fn scale(v: &mut PyVec<f64>, by: f64)',
    ],
    [
      'fn scale(v: &mut PyVec<f32>, by: f64)',
      'parameter 1 (v): the library takes &mut PyVec<f64>, not &mut PyVec<f32>',
      'fn scale(v: &mut PyVec<f64>, by: f64)',
    ],
    [
      'fn scale(v: &mut PyVec<f64>, by: f64) -> f64',
      'the library returns nothing, not f64',
      'fn scale(v: &mut PyVec<f64>, by: f64)',
    ],
    [
      'fn mean(v: Option<&PyVec<f64>>) -> f64',
      'parameter 1 (v): the library takes &PyVec<f64>, not Option<&PyVec<f64>>',
      'fn mean(v: &PyVec<f64>) -> f64',
    ],
    [
      'fn mean(v: i64) -> f64',
      'parameter 1 (v): the library takes &PyVec<f64>, not i64',
      'fn mean(v: &PyVec<f64>) -> f64',
    ],
    [
      'fn mean(v: &PyStr) -> f64',
      'parameter 1 (v): the library takes &PyVec<f64>, not &PyStr',
      'fn mean(v: &PyVec<f64>) -> f64',
    ],
    [
      'fn nested(v: &PyVec<&PyVec<i64>>) -> i64',
      'parameter 1 (v): the library takes &PyVec<&mut PyVec<i64>>, not &PyVec<&PyVec<i64>>',
      'fn nested(v: &PyVec<&mut PyVec<i64>>) -> i64',
    ],
    [
      'fn in_place(v: &PyVec<&PyVec<i64>>) -> i64',
      'parameter 1 (v): the library takes &PyVec<PyVec<i64>>, not &PyVec<&PyVec<i64>>',
      'fn in_place(v: &PyVec<PyVec<i64>>) -> i64',
    ],
    [
      'fn nested_floats(v: &PyVec<PyVec<f64>>) -> i64',
      'parameter 1 (v): the library takes &PyVec<&PyVec<f64>>, not &PyVec<PyVec<f64>>',
      'fn nested_floats(v: &PyVec<&PyVec<f64>>) -> i64',
    ],
    [
      'fn c_string(v: &PyStr) -> i32',
      'parameter 1 (v): the library takes *const i8, not &PyStr',
      'fn c_string(v: *const i8) -> i32',
    ],
    [
      'fn raw(v: &PyVec<f64>, n: usize) -> usize',
      'parameter 1 (v): the library takes *mut f64, not &PyVec<f64>',
      'fn raw(v: *mut f64, n: usize) -> usize',
    ],
    ['fn colour(c: f64) -> i64', 'parameter 1 (c): the library takes Colour, not f64', 'fn colour(c: Colour) -> i64'],
    ['fn nothing() -> i64', 'the library returns nothing, not i64', 'fn nothing()'],
  ])('%s is refused', (source, problem, library) => {
    expectError(
      () => dll.declare(source as 'fn add(a: i64)'),
      RustDLLError,
      'ERR_RUSTDLL_MISMATCH',
      `${/\w+(?=\()/.exec(source)?.[0]}: ${problem}\n  declared: ${source}\n  library:  ${library}`,
    );
  });

  test.each([
    'fn add(a: i64, b: i64) -> i64',
    'fn add(x: isize, _: i64) -> isize',
    'fn add(a: i64, b: i64)',
    'fn index(a: i64, b: u64) -> u64',
    'fn scale(v: &mut PyVec<f64>, by: f64)',
    'fn mean(v: &mut PyVec<f64>) -> f64',
    'fn optional(v: &PyVec<i64>) -> i64',
    'fn optional(v: Option<&mut PyVec<i64>>) -> i64',
    'fn count(text: &PyStr) -> usize',
    'fn count(text: &PyVec<u8>) -> usize',
    'fn sum_bytes(v: &PyStr) -> u64',
    'fn join(v: &PyVec<&PyStr>) -> i64',
    'fn in_place(v: &PyVec<PyVec<i64>>) -> i64',
    'fn anything(v: usize) -> usize',
    'fn c_string(v: usize) -> i32',
    'fn raw_list(v: &PyVec<i64>) -> i64',
    'fn norm_of(p: usize) -> f64',
    'fn norm(x: f64, y: f64) -> f64',
    'fn text(address: usize, length: usize) -> i64',
    'fn metres(m: f64) -> f64',
    'fn colour(c: i32) -> i64',
    'fn call(f: usize) -> i32',
    'fn letter(c: char) -> char',
    'fn forever()',
  ])('%s is accepted', (source) => {
    expect(Object.keys(dll.declare(source as 'fn add(a: i64)'))).toHaveLength(1);
  });

  test('nothing of one text is made if one of its declarations is wrong', () => {
    expect(() => dll.declare('fn add(a: i64, b: i64) -> i64; fn half(x: f32) -> f32')).toThrow('half: parameter 1 (x)');
  });

  test('a function of which nothing is known, and a library that is not checked', () => {
    const merged = new RustDLL(plainLibrary('release'));
    const twins = ['fn twin_a(x: f64) -> i64', 'fn twin_b(x: f64) -> u64'] as const;
    const refused = twins.filter((source) => {
      try {
        merged.declare(source);
        return false;
      } catch {
        return true;
      }
    });
    expect(refused).toHaveLength(1);
    expect(() => open({ check: false }).declare('fn add(a: f64)')).not.toThrow();
    expect(() => new RustDLL(plainLibrary('none')).declare('fn add(a: f64)')).not.toThrow();
  });

  test('a reloaded library is checked as it was before', () => {
    expect(() => RustDLL.reload(open({ check: false })).declare('fn add(a: f64)')).not.toThrow();
  });
});
