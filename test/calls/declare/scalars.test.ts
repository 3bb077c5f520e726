import { declaredAs, WAYS } from '../../support/ways';
import type { ScalarName } from '../../../src-ts/types/scalar';
import { hashDeclaration, PARAMETERS, sumDeclaration } from '../../support/arguments';
import { hashOfAll } from '../../support/canonical';
import { expectRangeError, expectTypeError } from '../../support/errors';
import { expectHealthy } from '../../support/health';
import { kernels, type LooseFunction } from '../../support/kernels';

const M = 2 ** 53;
const WIDE_EDGES = [0, 1, -1, 2 ** 31, -(2 ** 31) - 1, M - 1, 1 - M];

/** For each type, values that are returned unchanged, values out of range, and values of other types. */
const CASES: Readonly<Record<ScalarName, { good: unknown[]; beyond: unknown[]; wrong: unknown[] }>> = {
  i8: { good: [-128, -1, 0, 127], beyond: [-129, 128, 2 ** 31, M, -1e300], wrong: [1n] },
  u8: { good: [0, 128, 255], beyond: [-1, 256, 2 ** 32, M], wrong: [1n] },
  i16: { good: [-32768, -1, 32767], beyond: [-32769, 32768, M], wrong: [1n] },
  u16: { good: [0, 32768, 65535], beyond: [-1, 65536], wrong: [1n] },
  i32: { good: [-(2 ** 31), -1, 2 ** 31 - 1], beyond: [-(2 ** 31) - 1, 2 ** 31, 2 ** 32], wrong: [1n] },
  u32: { good: [0, 2 ** 31, 2 ** 32 - 1], beyond: [-1, 2 ** 32, M], wrong: [1n] },
  i64: {
    good: WIDE_EDGES,
    beyond: [M, -M, 2 ** 63, 1e300, 2n ** 63n, -(2n ** 63n) - 1n, 2n ** 64n],
    wrong: [],
  },
  u64: { good: WIDE_EDGES.filter((value) => value >= 0), beyond: [-1, -M, M, 2 ** 64, -1n, 2n ** 64n], wrong: [] },
  isize: { good: WIDE_EDGES, beyond: [M, -M, 2n ** 63n], wrong: [] },
  usize: { good: WIDE_EDGES.filter((value) => value >= 0), beyond: [-1, M, -1n, 2n ** 64n], wrong: [] },
  f32: {
    good: [0, -0, 1.5, -0.25, Math.fround(0.1), Math.fround(3.4028234e38), 2 ** -149, NaN, Infinity, -Infinity],
    beyond: [3.5e38, -1e300],
    wrong: [1n],
  },
  f64: { good: [0, -0, 0.1, M, 1e308, 5e-324, NaN, Infinity, -Infinity, -1e-300], beyond: [], wrong: [1n] },
  bool: { good: [true, false], beyond: [], wrong: [0, 1, 1n, 'true'] },
  char: {
    good: ['a', '\0', 'é', '€', '\ud7ff', '\ue000', '\uffff', '😀', '\u{10ffff}'],
    beyond: [],
    wrong: ['', 'ab', '\ud800', '\udfff', '😀a', 97, true],
  },
};
const NEVER = [undefined, null, {}, [], [1], Symbol('s'), () => 1, Object(1), new Uint8Array(1), new Date(0)];
const FRACTIONS = [1.5, -0.5, NaN, Infinity, -Infinity];
const TYPES = Object.keys(CASES) as ScalarName[];

afterEach(expectHealthy);

describe.each(WAYS)('%s', (way) => {
  describe.each(TYPES)('%s', (type) => {
    const { good, beyond, wrong } = CASES[type];
    let call: LooseFunction;
    beforeAll(() => {
      call = declaredAs(way, `fn id_${type}(x: ${type}) -> ${type}`);
    });

    test('goes in and comes out', () => {
      for (const value of good) expect(call(value)).toBe(value);
      if (!['bool', 'char', 'f32', 'f64'].includes(type)) expect(call(-0)).toBe(0);
    });

    if (beyond.length > 0) {
      test('beyond its range is a RangeError', () => {
        for (const value of beyond)
          expectRangeError(() => call(value), new RegExp(`^id_${type}: argument 1 \\(x\\): `));
      });
    }

    test('of another type is a TypeError', () => {
      const isInteger = /^[iu]/.test(type);
      for (const value of [...wrong, ...NEVER, ...(isInteger ? FRACTIONS : []), ...(type === 'char' ? [] : ['1'])]) {
        expectTypeError(() => call(value), new RegExp(`^id_${type}: argument 1 \\(x\\): expected .*, got `));
      }
    });
  });

  test('an f32 is rounded to the nearest', () => {
    const call = declaredAs(way, 'fn id_f32(x: f32) -> f32');
    for (const value of [0.1, 1 / 3, 3.4028235e38, 1e-50, 16777217]) expect(call(value)).toBe(Math.fround(value));
  });

  describe('64-bit integers', () => {
    const BIG = {
      i64: [0n, -1n, 2n ** 53n, -(2n ** 53n), 2n ** 63n - 1n, -(2n ** 63n), 2n ** 32n, -(2n ** 31n)],
      u64: [0n, 1n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n],
    };

    test.each(['i64', 'isize', 'u64', 'usize'] as const)('%s as bigint', (type) => {
      const source = `fn id_${type}(x: ${type}) -> ${type}`;
      const [asNumber, asBigint] = [declaredAs(way, source), declaredAs(way, source, { bigint: true })];
      for (const value of BIG[type.startsWith('i') ? 'i64' : 'u64']) {
        expect(asBigint(value)).toBe(value);
        if (Number.isSafeInteger(Number(value))) {
          expect(asNumber(value)).toBe(Number(value));
          expect(asBigint(Number(value))).toBe(value);
        } else {
          expectRangeError(() => asNumber(value), new RegExp(`^id_${type}: the result ${value} .*bigint: true`));
        }
      }
    });

    test('the message for a number beyond 2^53 asks for a BigInt', () => {
      expectRangeError(
        () => declaredAs(way, 'fn id_i64(x: i64) -> i64')(M),
        /^id_i64: argument 1 \(x\): .* 2\^53 - 1 .*; use a BigInt$/,
      );
    });

    test('bigint: false is as without', () => {
      expect(declaredAs(way, 'fn id_i64(x: i64) -> i64', { bigint: false })(5)).toBe(5);
    });

    test('the option changes no other result', () => {
      expect(declaredAs(way, 'fn id_u32(x: u32) -> u32', { bigint: true })(5)).toBe(5);
      expect(declaredAs(way, 'fn id_f64(x: f64) -> f64', { bigint: true })(5)).toBe(5);
    });
  });

  describe('results', () => {
    test('() is undefined', () => {
      expect(declaredAs(way, 'fn noop()')()).toBeUndefined();
      expect(declaredAs(way, 'fn count_call() -> ()')()).toBeUndefined();
    });

    test('only the bits of the type count', () => {
      // The value fills all 64 bits of the register.
      for (const [type, value] of [
        ['i8', -1],
        ['u8', 255],
        ['i16', -1],
        ['u16', 65535],
        ['i32', -1],
        ['u32', 2 ** 32 - 1],
      ] as const) {
        expect(declaredAs(way, `fn id_i64(x: i64) -> ${type}`)(-1)).toBe(value);
        expect(declaredAs(way, `fn id_i64(x: i64) -> ${type}`)(2n ** 62n)).toBe(0);
      }
      expect(declaredAs(way, 'fn id_i64(x: i64) -> bool')(0x7f01)).toBe(true);
    });

    test.each([
      ['fn bad_bool() -> bool', 'bad_bool: the result 0x2 is no bool'],
      ['fn bad_char() -> char', 'bad_char: the result 0xd800 is no char'],
      ['fn huge_char() -> char', 'huge_char: the result 0x110000 is no char'],
    ])('%s is an error', (source, message) => {
      const call = declaredAs(way, source);
      for (let i = 0; i < 3; i++) expectTypeError(call, message);
    });
  });

  describe('many arguments', () => {
    /** Makes values of each type in which most bits are set. */
    const VALUES: Readonly<Record<ScalarName, (i: number) => unknown>> = {
      i8: (i) => -1 - i,
      u8: (i) => 255 - i,
      i16: (i) => -257 * (i + 1),
      u16: (i) => 65535 - 257 * i,
      i32: (i) => -0x01010101 * (i + 1),
      u32: (i) => 0xffffffff - 0x01010101 * i,
      i64: (i) => -0x0001010101010101n * BigInt(i + 1),
      u64: (i) => 2n ** 64n - 1n - BigInt(i),
      isize: (i) => -(2n ** 63n) + BigInt(i),
      usize: (i) => 2n ** 63n + BigInt(i),
      f32: (i) => Math.fround(-0.1 * (i + 1)),
      f64: (i) => 0.1 * (i + 1),
      bool: (i) => i % 2 === 0,
      char: () => 'x',
    };

    test.each(Object.keys(PARAMETERS))('%s', (name) => {
      const types = PARAMETERS[name]!;
      const values = types.map((type, i) => VALUES[type](i));
      const hash = declaredAs(way, hashDeclaration(name), { bigint: true });
      expect(hash(...values)).toBe(hashOfAll(types, values));
      const zeros = types.map((type) => (type === 'bool' ? false : 0));
      expect(hash(...zeros)).toBe(hashOfAll(types, zeros));
      const small = types.map((type, i) => (type === 'bool' ? true : i + 1));
      const sum = small.reduce<number>((total, value, i) => total + (i + 1) * Number(value), 0);
      expect(declaredAs(way, sumDeclaration(name))(...small)).toBe(sum);
    });

    test('the wrong one is named', () => {
      const types = PARAMETERS.mixed_24!;
      const call = declaredAs(way, hashDeclaration('mixed_24'));
      const good = types.map((type) => (type === 'bool' ? true : 1));
      types.forEach((_, i) => {
        const args: unknown[] = [...good];
        args[i] = 'x';
        expectTypeError(() => call(...args), `hash_mixed_24: argument ${i + 1} (p${i}): expected`);
      });
    });
  });

  test('references between scalars', () => {
    const call = declaredAs(
      way,
      'fn mixed_references(a: f64, s: &PyStr, b: i8, v: &mut PyVec<f64>, c: f32, w: &PyVec<i64>, d: bool) -> f64',
    );
    const v = [1, 2.5];
    const w = new BigInt64Array([10n, -4n]);
    expect(call(0.5, 'né', -3, v, 1.5, w, true)).toBe(0.5 + 2 * 3 - 3 * 3 + 4 * 3.5 + 5 * 1.5 + 6 * 6 + 7);
    expect(v).toEqual([2, 3.5]);
    expectTypeError(() => call(0.5, 'né', -3, v, 1.5, w, 1), 'mixed_references: argument 7 (d): expected a boolean');
    expectTypeError(() => call(0.5, 'né', -3, v, '1', w, true), 'mixed_references: argument 5 (c): expected');
    expect(v).toEqual([2, 3.5]);
  });

  test('a wrong number of arguments quotes the declaration', () => {
    const quoted = 'fn add(a: i64, b: i64) -> i64';
    const call = declaredAs(way, ` pub extern "C"  fn add ( a:i64,b : i64, )->i64 { a + b }`);
    for (const [count, args] of [
      [0, []],
      [1, [1]],
      [3, [1, 2, 3]],
      [3, [1, 2, undefined]],
    ] as const) {
      const message = `add: expected 2 arguments, got ${count} (${quoted})`;
      expectTypeError(() => call(...args), message, 'ERR_RUSTDLL_ARITY');
    }
    const one = declaredAs(way, 'fn id_i8(x: i8) -> i8');
    expectTypeError(() => one(), 'id_i8: expected 1 argument, got 0 (fn id_i8(x: i8) -> i8)', 'ERR_RUSTDLL_ARITY');
    expectTypeError(() => declaredAs(way, 'fn noop()')(1), 'noop: expected 0 arguments, got 1', 'ERR_RUSTDLL_ARITY');
    const list = [1];
    const lists = declaredAs(way, 'fn count_call_with(v: &mut PyVec<i64>)');
    const before = kernels.call_count();
    expectTypeError(() => lists(list, 1), 'count_call_with: expected 1 argument, got 2', 'ERR_RUSTDLL_ARITY');
    expectTypeError(() => lists(), 'count_call_with: expected 1 argument, got 0', 'ERR_RUSTDLL_ARITY');
    expect(kernels.call_count()).toBe(before);
  });
});
