import { convention } from '../../../src-ts/crossing/convention';
import { STACK_WORDS } from '../../../src-ts/crossing/block';
import * as api from '../../../src-ts/index';
import type { ScalarName } from '../../../src-ts/types/scalar';
import { PARAMETERS } from '../../support/arguments';
import { hashOfAll } from '../../support/canonical';
import { expectRangeError, expectTypeError } from '../../support/errors';
import { expectHealthy } from '../../support/health';
import { guessed, kernels, unsigned } from '../../support/kernels';

const { f32, f64, i8, i64, u8, u64, bool } = api;

/** Wraps a value with the wrapper of the type's name. */
function wrap(type: ScalarName, value: unknown): unknown {
  return (api[type as keyof typeof api] as (value: unknown) => unknown)(value);
}

/** Returns the hash that Rust computes of ten `f64` arguments. */
function hashOfFloats(...values: unknown[]): bigint {
  return unsigned(guessed('hash_floats_10')(...values));
}

afterEach(expectHealthy);

describe('numbers', () => {
  test.each([
    0,
    1,
    -1,
    2 ** 31 - 1,
    2 ** 31,
    -(2 ** 31),
    -(2 ** 31) - 1,
    2 ** 32,
    -(2 ** 32),
    2 ** 53 - 1,
    1 - 2 ** 53,
  ])('%s is an integer', (value) => {
    expect(kernels.id_i64(value)).toBe(value);
  });

  test('-0 is the integer 0', () => {
    expect(kernels.id_i64(-0)).toBe(0);
  });

  test('a narrow parameter takes the low part of the register', () => {
    expect(Number(kernels.id_u8(200)) & 0xff).toBe(200);
    expect((Number(kernels.id_i16(-2)) << 16) >> 16).toBe(-2);
    expect(Number(kernels.id_i32(-1)) | 0).toBe(-1);
    expect(Number(kernels.id_u32(2 ** 32 - 1)) >>> 0).toBe(2 ** 32 - 1);
  });

  test.each([2 ** 53, -(2 ** 53), 2 ** 60, 1e300, -1e300])('%s may have lost digits and is refused', (value) => {
    expectRangeError(() => kernels.add(1, value), /^add: argument 2: number .* BigInt .*f64\(\)/);
  });

  test('all others are floats', () => {
    const values = [0.5, -0.5, NaN, Infinity, -Infinity, 1e-320, 5e-324, 1.7e308 + 0.1, 2 ** 52 + 0.5, -1e-300];
    const floats = values.map((value) => (Number.isInteger(value) ? f64(value) : value));
    expect(hashOfFloats(...floats)).toBe(hashOfAll(PARAMETERS.floats_10!, values));
  });
});

describe('results', () => {
  test('a number where that is exact', () => {
    expect(kernels.add(2 ** 53 - 2, 1)).toBe(2 ** 53 - 1);
    expect(kernels.add(2 - 2 ** 53, -1)).toBe(1 - 2 ** 53);
    expect(kernels.id_i64(-(2n ** 31n))).toBe(-(2 ** 31));
  });

  test('a bigint elsewhere', () => {
    expect(kernels.add(2 ** 53 - 1, 1)).toBe(2n ** 53n);
    expect(kernels.add(1 - 2 ** 53, -1)).toBe(-(2n ** 53n));
    expect(kernels.id_i64(2n ** 63n - 1n)).toBe(2n ** 63n - 1n);
    expect(kernels.id_i64(-(2n ** 63n))).toBe(-(2n ** 63n));
  });
});

describe('bigints and booleans', () => {
  test.each([0n, -1n, 2n ** 63n - 1n, -(2n ** 63n)])('%s as i64', (value) => {
    expect(BigInt(kernels.id_i64(value))).toBe(value);
  });

  test.each([0n, 2n ** 63n, 2n ** 64n - 1n])('%s as u64', (value) => {
    expect(unsigned(kernels.id_u64(value))).toBe(value);
  });

  test.each([2n ** 64n, -(2n ** 63n) - 1n, 2n ** 200n])('%s fits neither', (value) => {
    expectRangeError(() => kernels.add(1, value), /^add: argument 2: bigint .* fits neither i64 nor u64/);
  });

  test.each([true, false])('%s', (value) => {
    expect(Number(kernels.id_bool(value)) & 0xff).toBe(Number(value));
  });
});

describe('wrappers', () => {
  const EDGES: Partial<Record<ScalarName, unknown[]>> = {
    i8: [-128, 127, -0],
    u8: [0, 255],
    i16: [-32768, 32767],
    u16: [0, 65535],
    i32: [-(2 ** 31), 2 ** 31 - 1],
    u32: [0, 2 ** 32 - 1],
    i64: [-(2n ** 63n), 2n ** 63n - 1n, 1 - 2 ** 53, 2 ** 53 - 1],
    u64: [0, 2n ** 64n - 1n, 2 ** 53 - 1],
    isize: [-(2n ** 63n), 2n ** 63n - 1n, -5],
    usize: [0n, 2n ** 64n - 1n, 2 ** 40],
    f32: [0.1, -0, NaN, Infinity, 3.4028234e38, 1e-45],
    f64: [1, -0, NaN, 2 ** 60, Number.MAX_VALUE],
    bool: [true, false],
  };
  const BITS: Partial<Record<ScalarName, bigint>> = { i8: 8n, u8: 8n, i16: 16n, u16: 16n, i32: 32n, u32: 32n };

  test.each(Object.keys(EDGES).filter((type) => /^[iu]/.test(type)) as ScalarName[])('%s', (type) => {
    for (const value of EDGES[type]!) {
      const result = unsigned(guessed(`id_${type}`)(wrap(type, value)));
      const bits = Number(BITS[type] ?? 64n);
      expect(BigInt.asUintN(bits, result)).toBe(BigInt.asUintN(bits, BigInt(value as number)));
    }
  });

  test('f64 makes a float of an integer, f32 one of 32 bits', () => {
    const f64s = [...EDGES.f64!, 0, 2, 3, 4, 5];
    expect(hashOfFloats(...f64s.map((value) => f64(value as number)))).toBe(hashOfAll(PARAMETERS.floats_10!, f64s));
    const f32s = [...EDGES.f32!, 1, 2, 3, 4];
    expect(unsigned(guessed('hash_f32s_10')(...f32s.map((value) => f32(value as number))))).toBe(
      hashOfAll(PARAMETERS.f32s_10!, f32s),
    );
  });

  test.each<[string, () => unknown, RegExp]>([
    ['u8(256)', () => u8(256), /number 256 does not fit u8/],
    ['u8(-1)', () => u8(-1), /number -1 does not fit u8/],
    ['i8(-129)', () => i8(-129), /number -129 does not fit i8/],
    ['u64(-1)', () => u64(-1), /number -1 does not fit u64/],
    ['u64(-1n)', () => u64(-1n), /bigint -1 does not fit u64/],
    ['u64(2n ** 64n)', () => u64(2n ** 64n), /does not fit u64/],
    ['i64(2n ** 63n)', () => i64(2n ** 63n), /does not fit i64/],
    ['i64(2 ** 53)', () => i64(2 ** 53), /beyond 2\^53.*BigInt/],
    ['f32(3.5e38)', () => f32(3.5e38), /does not fit f32/],
  ])('%s is out of range', (_, value, message) => {
    expectRangeError(() => kernels.add(1, value()), new RegExp(`^add: argument 2: .*${message.source}`));
  });

  test.each<[string, unknown]>([
    ['u8(1.5)', u8(1.5)],
    ['u8(NaN)', u8(NaN)],
    ['i64(Infinity)', i64(Infinity)],
    ['i8(1n)', i8(1n as never)],
    ['f64(1n)', f64(1n as never)],
    ['f64("1")', f64('1' as never)],
    ['f64(null)', f64(null as never)],
    ['f64(undefined)', f64(undefined as never)],
    ['f64({})', f64({} as never)],
    ['f64(f64(1))', f64(f64(1) as never)],
    ['i64(true)', i64(true as never)],
    ['i64("1")', i64('1' as never)],
    ['bool(1)', bool(1 as never)],
    ['bool(null)', bool(null as never)],
  ])('%s is of the wrong type', (_, value) => {
    expectTypeError(() => kernels.add(1, value), /^add: argument 2: expected .*, got /);
  });
});

describe('many arguments', () => {
  const VALUES: Readonly<Record<string, (i: number) => unknown>> = {
    bool: (i) => i % 3 === 0,
    f32: (i) => i * 0.25 + 0.125,
    f64: (i) => -i * 1.1 - 0.123,
  };
  const integer = (type: ScalarName, i: number): number => (type.startsWith('u') ? 3 * i + 1 : -3 * i - 1);

  test.each(Object.keys(PARAMETERS))('%s', (name) => {
    const types = PARAMETERS[name]!;
    const values = types.map((type, i) => VALUES[type]?.(i) ?? integer(type, i));
    const expected = hashOfAll(types, values);
    const call = guessed(`hash_${name}`);
    // All types are given by wrappers, and then only those that cannot be guessed.
    expect(unsigned(call(...values.map((value, i) => wrap(types[i]!, value))))).toBe(expected);
    expect(unsigned(call(...values.map((value, i) => (types[i] === 'f32' ? wrap('f32', value) : value))))).toBe(
      expected,
    );
  });

  test('scalars between references', () => {
    const v = [1, 2, 3];
    const w = [0.5, 1.25];
    // The kernel returns len(s) + 2 a + 3 trunc(x) + 4 sum(v) + 5 flag + 6 trunc(sum(w)).
    expect(kernels.mixed_guess('héllo', 10, 2.75, v, true, w)).toBe(6 + 20 + 6 + 24 + 5 + 6);
    expect(v).toEqual([2, 3, 4]);
    expect(w).toEqual([1.5, 2.25]);
  });

  const ints = convention.intRegisters + STACK_WORDS;
  const floats = (convention.floatRegisters || convention.intRegisters) + STACK_WORDS;

  test('as many as fit', () => {
    const call = guessed('hash_ints_36');
    const values = Array.from({ length: ints }, (_, i) => i * i - 100);
    expect(unsigned(call(...values))).toBe(hashOfAll(PARAMETERS.ints_36!, values.slice(0, 36)));
    expect(() => kernels.noop(...new Array<number>(floats).fill(0.5))).not.toThrow();
  });

  test.each([
    ['integers', ints, 1],
    ['floats', floats, 0.5],
    ['wrapped floats', floats, f32(1)],
    ['lists', ints, [] as unknown],
    ['strings', ints, 'text'],
  ])('one more is refused: %s', (_, count, value) => {
    const args = new Array<unknown>(count + 1).fill(value);
    expectTypeError(() => kernels.noop(...args), `noop: argument ${count + 1}: `, 'ERR_RUSTDLL_ARITY');
  });
});

test.each<[string, unknown]>([
  ['null', null],
  ['undefined', undefined],
  ['a plain object', { length: 1, 0: 1 }],
  ['a symbol', Symbol('s')],
  ['a function', () => 1],
  ['a date', new Date(0)],
  ['a map', new Map()],
  ['a boxed number', Object(1)],
  ['a boxed string', Object('text')],
  ['a promise', Promise.resolve(1)],
])('%s is refused before the call', (_, value) => {
  const before = kernels.call_count();
  expectTypeError(() => kernels.count_call(1, value), /^count_call: argument 2: expected .*, got /);
  expectTypeError(() => kernels.count_call(value), /^count_call: argument 1: /);
  expect(kernels.call_count()).toBe(before);
});
