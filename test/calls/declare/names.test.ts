import { RustDLL, RustDLLError } from '../../../src-ts/index';
import { expectError, expectTypeError } from '../../support/errors';
import { expectHealthy } from '../../support/health';
import { declared, guessed, kernels, libraryPath, type LooseFunction } from '../../support/kernels';

const NAMES: Readonly<Record<string, number>> = {
  then: 101,
  constructor: 102,
  toJSON: 103,
  close: 104,
  hasOwnProperty: 105,
  ['__proto__']: 106,
  toString: 107,
  valueOf: 108,
  prototype: 109,
  declare: 110,
  path: 111,
  length: 112,
  inspect: 113,
};

afterEach(expectHealthy);

describe('functions whose names mean something to JavaScript', () => {
  const lib = kernels.declare(
    Object.keys(NAMES)
      .map((name) => `fn ${name}() -> u32`)
      .join(';') as string,
  ) as Readonly<Record<string, LooseFunction>>;

  test.each(Object.entries(NAMES))('%s', (name, result) => {
    const own = Object.getOwnPropertyDescriptor(lib, name)!;
    expect((own.value as LooseFunction)()).toBe(result);
    expect(lib[name]!()).toBe(result);
    expect(declared(`fn ${name}() -> u32`)()).toBe(result);
  });

  test('are the only properties', () => {
    expect(Object.keys(lib)).toEqual(Object.keys(NAMES));
    expect(Object.prototype.hasOwnProperty.call(lib, 'noop')).toBe(false);
    const one = kernels.declare('fn add(a: i64, b: i64) -> i64');
    expect(Reflect.ownKeys(one)).toEqual(['add', 'async']);
    expect(Object.keys(one)).toEqual(['add']);
    for (const name of ['toString', 'constructor', 'hasOwnProperty', '__proto__', 'then', 'valueOf']) {
      expect(name in one).toBe(false);
    }
  });

  test('a raw identifier is its name', () => {
    expect(declared('fn r#then() -> u32')()).toBe(101);
  });
});

test('what is declared with `then` is not taken for a promise unless it is called so', async () => {
  const lib = kernels.declare('fn add(a: i64, b: i64) -> i64');
  expect(await Promise.resolve(lib)).toBe(lib);
});

test('a declared function has its name and number of parameters', () => {
  const add = declared('fn add(a: i64, b: i64) -> i64');
  expect(add.name).toBe('add');
  expect(add).toHaveLength(2);
  expect(declared('fn noop()')).toHaveLength(0);
});

test('it needs no this, and can be taken from its object', () => {
  const { add } = kernels.declare('fn add(a: i64, b: i64) -> i64');
  expect([1, 2, 3].map((x) => add(x, 1))).toEqual([2, 3, 4]);
  expect(Reflect.apply(add, null, [1, 2])).toBe(3);
});

test('one function declared twice, with different types', () => {
  const signed = declared('fn id_i64(x: i64) -> i64');
  const unsigned = declared('fn id_i64(x: u64) -> u64', { bigint: true });
  const byte = declared('fn id_i64(x: i8) -> u8');
  const { id_i64: again } = kernels.declare('fn id_i64(x: i64) -> i64', { bigint: true });
  for (let i = 0; i < 3; i++) {
    expect(signed(-1)).toBe(-1);
    expect(unsigned(2n ** 64n - 1n)).toBe(2n ** 64n - 1n);
    expect(byte(-1)).toBe(255);
    expect(again(-1)).toBe(-1n);
    expect(kernels.id_i64(-1)).toBe(-1);
  }
  const list = [1];
  declared('fn add_one_i64(v: &PyVec<i64>)')(list);
  expect(list).toEqual([1]);
  declared('fn add_one_i64(v: &mut PyVec<i64>)')(list);
  expect(list).toEqual([2]);
});

test('one function twice in one text is an error', () => {
  const source: string = 'fn add(a: i64, b: i64) -> i64; fn add(a: i64, b: i64) -> i64';
  expectError(() => kernels.declare(source), SyntaxError, 'ERR_RUSTDLL_DECLARATION', 'add');
});

test('a declaration of sixty functions', () => {
  const types = ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'isize', 'usize', 'f32', 'f64'];
  const source = types.flatMap((type) => [
    `fn id_${type}(x: ${type}) -> ${type}`,
    `pub extern "C" fn sum_${type}(v: &PyVec<${type}>) -> ${type} { v.iter().sum() }`,
    `#[no_mangle] pub extern "C" fn add_one_${type}(v: &mut PyVec<${type}>);`,
    `unsafe extern "C" fn reverse_${type}(v: &mut rustdll::PyVec<${type}>)`,
    `/* the hash */ fn hash_${type}<'a>(v: &'a PyVec<${type}>) -> u64 // of a list`,
  ]);
  const lib = kernels.declare(source.join('\n')) as Readonly<Record<string, LooseFunction>>;
  expect(Object.keys(lib)).toHaveLength(60);
  for (const type of types) {
    expect(lib[`id_${type}`]!(100)).toBe(100);
    expect(lib[`sum_${type}`]!([1, 2, 3])).toBe(6);
    const list = [1, 2, 3];
    lib[`add_one_${type}`]!(list);
    lib[`reverse_${type}`]!(list);
    expect(list).toEqual([4, 3, 2]);
  }
});

describe('what cannot be declared', () => {
  test('a function that the library does not have', () => {
    const source: string = 'fn add(a: i64, b: i64) -> i64; fn ad_f64(a: f64, b: f64) -> f64';
    expectError(() => kernels.declare(source), RustDLLError, 'ERR_RUSTDLL_SYMBOL', 'add_f64');
  });

  test('more parameters than a call can carry', () => {
    const parameters = Array.from({ length: 60 }, (_, i) => `p${i}: f64`).join(', ');
    const source = `fn noop(${parameters})`;
    expectError(() => kernels.declare(source), SyntaxError, 'ERR_RUSTDLL_DECLARATION', 'fn noop(p0: f64');
  });

  test.each([undefined, null, 1, {}, ['fn noop()']])('%p', (source) => {
    expectTypeError(() => kernels.declare(source as never), 'declare: expected');
  });

  test.each([null, true, 'bigint', { bigint: 1 }, { bigint: 'yes' }])('with options %p', (options) => {
    expectTypeError(() => kernels.declare('fn noop()', options as never), 'declare: expected options');
  });
});

test("guessed functions are the instance's own properties once they were called, one for each name", () => {
  const library = new RustDLL(libraryPath('kernels'));
  expect(Object.keys(library)).toEqual([]);
  const { add } = library;
  expect(library.add).toBe(add);
  expect(Object.keys(library)).toEqual(['add']);
  expect(add!.name).toBe('add');
  expect(add!(1, 2)).toBe(3);
  expect(guessed('add')).not.toBe(add);
});
