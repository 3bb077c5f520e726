import { expectWorking, WAYS } from '../../support/exported';
import { expectError, expectRangeError, expectTypeError } from '../../support/errors';
import type { LooseFunction } from '../../support/kernels';
import { EXAMPLES, HUGE, SCALAR_NAMES } from '../../support/scalar-values';

const INTEGERS = SCALAR_NAMES.filter((type) => /^[iu]/.test(type));
const WIDE = ['i64', 'isize', 'u64', 'usize'] as const;
const HUGES = ['i128', 'u128'] as const;

afterEach(expectWorking);

describe.each(WAYS)('%s', (_, { lib, faults }) => {
  const echo = (type: string): LooseFunction => lib[`echo_${type}`];

  describe.each(SCALAR_NAMES)('%s', (type) => {
    const { fits, wrong, beyond } = EXAMPLES[type];

    test('comes back as it was', () => {
      for (const value of fits) expect(echo(type)(value)).toBe(value);
    });

    test('of another type', () => {
      for (const value of wrong)
        expectTypeError(() => echo(type)(value), `echo_${type}: argument 1 (value): expected `);
    });

    test('out of range', () => {
      for (const value of beyond) expectRangeError(() => echo(type)(value), `echo_${type}: argument 1 (value): `);
    });
  });

  test.each(HUGES)('%s', (type) => {
    const { fits, wrong, beyond } = HUGE[type];
    for (const value of fits) expect(echo(type)(value)).toBe(value);
    // A bigint type accepts integers that are numbers.
    for (const value of [0, 1, 2 ** 53 - 1]) expect(echo(type)(value)).toBe(BigInt(value));
    expect(echo(type)(-0)).toBe(0n);
    for (const value of wrong) expectTypeError(() => echo(type)(value), `echo_${type}: argument 1 (value): expected `);
    for (const value of beyond) expectRangeError(() => echo(type)(value), `echo_${type}: argument 1 (value): `);
  });

  test('messages say what was expected and what came', () => {
    const cases: [string, unknown, string][] = [
      ['i8', '1', 'expected an integer (i8), got string "1"'],
      ['i32', 1.5, 'expected an integer (i32), got number 1.5'],
      ['u64', null, 'expected an integer (u64), got null'],
      ['i128', 'x', 'expected an integer (i128), got string "x"'],
      ['f32', 1n, 'expected a number (f32), got bigint 1'],
      ['f64', [1], 'expected a number (f64), got a list'],
      ['bool', 1, 'expected a boolean, got number 1'],
      ['char', 'ab', 'expected a string of one code point (char), got string "ab"'],
    ];
    for (const [type, value, message] of cases) {
      expectTypeError(
        () => echo(type)(value),
        new RegExp(`^echo_${type}: argument 1 \\(value\\): ${escape(message)}$`),
      );
    }
    const beyond: [string, unknown, string][] = [
      ['i8', 128, 'number 128 does not fit i8'],
      ['u64', -1, 'number -1 does not fit u64'],
      ['u64', 2n ** 64n, 'bigint 18446744073709551616 does not fit u64'],
      ['u128', -1n, 'bigint -1 does not fit u128'],
      ['f32', 1e39, 'number 1e+39 does not fit f32'],
    ];
    for (const [type, value, message] of beyond) {
      expectRangeError(
        () => echo(type)(value),
        new RegExp(`^echo_${type}: argument 1 \\(value\\): ${escape(message)}$`),
      );
    }
    const digits = /: number 9007199254740992 is beyond 2\^53 - 1 and may have lost digits already; use a BigInt$/;
    for (const type of [...WIDE, ...HUGES]) expectRangeError(() => echo(type)(2 ** 53), digits);
    for (const type of WIDE) {
      expectRangeError(() => lib[`echo_vec_${type}`]([1, 2 ** 53]), digits);
      expectRangeError(() => lib[`echo_slice_${type}`]([2 ** 53]), digits);
    }
    expectRangeError(() => lib.echo_vec_vec_i64([[2 ** 53]]), digits);
  });

  test('what was passed is named by its class, in a slot, a list and a stream', () => {
    class Point {
      x = 1;
    }
    const cases: [unknown, string][] = [
      [Promise.resolve(1), 'a Promise \\(missing await\\?\\)'],
      [new Date(), 'a Date'],
      [new Map(), 'a Map'],
      [new Set(), 'a Set'],
      [new URL('file:///'), 'a URL'],
      [new Point(), 'an instance of Point'],
      [{}, 'an object'],
    ];
    for (const [value, words] of cases) {
      const message = new RegExp(`expected .*, got ${words}$`);
      expectTypeError(() => echo('f64')(value), message);
      expectTypeError(() => lib.echo_string(value), message);
      if (!(value instanceof Map || value instanceof Set)) expectTypeError(() => lib.echo_vec_f64(value), message);
      expectTypeError(() => lib.echo_vec_f64([1, value]), message);
      if (!(value instanceof Map || value instanceof Set))
        expectTypeError(() => lib.echo_vec_vec_i64([value]), message);
    }
  });

  test('minus zero is zero for integers, and stays what it is for floats', () => {
    for (const type of INTEGERS) expect(echo(type)(-0)).toBe(0);
    for (const type of ['f32', 'f64']) expect(echo(type)(-0)).toBe(-0);
  });

  test('bigints go in, and numbers come out where they are exact', () => {
    for (const type of WIDE) {
      for (const value of EXAMPLES[type].fits) expect(echo(type)(BigInt(value as number))).toBe(value);
    }
  });

  test('what no number holds is an error that says what to do', () => {
    const remedy = /^echo_\w+: the result -?\d+ is beyond what a number holds; export it with #\[export\(bigint\)\]$/;
    for (const type of ['i64', 'isize']) {
      for (const value of [2n ** 53n, 2n ** 63n - 1n, -(2n ** 63n), -(2n ** 53n)]) {
        expectRangeError(() => echo(type)(value), remedy);
      }
    }
    for (const type of ['u64', 'usize']) {
      for (const value of [2n ** 53n, 2n ** 64n - 1n]) expectRangeError(() => echo(type)(value), remedy);
    }
  });

  test('functions with bigints give them always', () => {
    for (const value of [0n, 1n, 2n ** 53n, 2n ** 64n - 1n]) expect(lib.echo_u64_bigint(value)).toBe(value);
    expect(lib.echo_u64_bigint(7)).toBe(7n);
    expect(lib.echo_bigints([1, 2, 3])).toEqual([1n, 2n, 3n]);
    expect(lib.echo_bigints([0n, 2n ** 64n - 1n])).toEqual([0n, 2n ** 64n - 1n]);
    expect(lib.echo_bigints(new BigUint64Array([5n, 2n ** 63n]))).toEqual([5n, 2n ** 63n]);
    expect(lib.echo_bigint_pair([-(2n ** 63n), 2n ** 128n - 1n])).toEqual([-(2n ** 63n), 2n ** 128n - 1n]);
    expect(lib.echo_bigint_pair([1, 2])).toEqual([1n, 2n]);
  });

  test('several arguments, each in its place', () => {
    expect(lib.add_i64(2 ** 40, -1)).toBe(2 ** 40 - 1);
    expect(lib.add_i64(2n ** 63n - 1n, 1n - 2n ** 63n)).toBe(0);
    expect(lib.add_f64(0.1, 0.2)).toBe(0.1 + 0.2);
    expect(lib.divide(1, 4)).toBe(0.25);
    const numbers = Array.from({ length: 32 }, (_, i) => 3 ** i % 1000);
    expect(lib.many(...numbers)).toBe(numbers.reduce((sum, x) => sum + x));
    expectTypeError(() => lib.many(...numbers.with(31, 0.5)), 'many: argument 32 (a31): expected an integer (i64)');
    expectTypeError(() => lib.add_i64(1, '2'), 'add_i64: argument 2 (b): ');
  });

  describe('inside others', () => {
    const types = [...SCALAR_NAMES, ...HUGES, 'string'] as const;
    const examples = { ...EXAMPLES, ...HUGE, string: { fits: ['', 'né', '\0'], wrong: [1, null, ['a']], beyond: [] } };
    const row = Object.fromEntries(types.map((type) => [type, examples[type].fits[1]]));
    const deepest = Math.max(...types.map((type) => examples[type].fits.length));
    const rows = Array.from({ length: deepest }, (_, i) =>
      Object.fromEntries(types.map((type) => [type, examples[type].fits[i % examples[type].fits.length]])),
    );

    test('records of all types', () => {
      expect(faults.echo_rows(rows)).toEqual(rows);
      expect(faults.echo_rows([])).toEqual([]);
    });

    test('options of all types', () => {
      const nothing = Object.fromEntries(types.map((type) => [type, null]));
      expect(faults.echo_options({})).toEqual(nothing);
      expect(faults.echo_options(Object.fromEntries(types.map((type) => [type, undefined])))).toEqual(nothing);
      for (const each of rows) expect(faults.echo_options(each)).toEqual(each);
      for (const type of types)
        expect(faults.echo_options({ [type]: row[type] })).toEqual({ ...nothing, [type]: row[type] });
    });

    test('lists of all types, of every length', () => {
      for (const length of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 17, 1000]) {
        const lists = Object.fromEntries(
          types.map((type) => {
            const { fits } = examples[type];
            const list = Array.from({ length }, (_, i) => fits[i % fits.length]);
            return [type, list];
          }),
        );
        expect(faults.echo_lists(lists)).toEqual({ ...lists, u8: Uint8Array.from(lists['u8'] as number[]) });
      }
    });

    test('lists of a fixed length of all types', () => {
      const pairs = Object.fromEntries(types.map((type) => [type, examples[type].fits.slice(0, 2)]));
      const expected = { ...pairs, u8: Uint8Array.from(pairs['u8'] as number[]) };
      expect(faults.echo_pairs(pairs)).toEqual(expected);
      expect(faults.echo_same(pairs)).toEqual(expected);
      for (const type of types) {
        const [first] = examples[type].fits;
        for (const list of [[], [first], [first, first, first]]) {
          expectTypeError(
            () => faults.echo_pairs({ ...pairs, [type]: list }),
            `echo_pairs: argument 1 (pairs).${type}: expected a list of 2 elements, got one of ${list.length}`,
          );
        }
      }
    });

    test.each(types)('%s of another type or out of range', (type) => {
      const lists = Object.fromEntries(types.map((other) => [other, []]));
      const { fits, wrong, beyond } = examples[type];
      const good = fits[0];
      const attempts = [
        [wrong, TypeError, 'ERR_RUSTDLL_TYPE'],
        [beyond, RangeError, 'ERR_RUSTDLL_RANGE'],
      ] as const;
      for (const [values, kind, code] of attempts) {
        for (const value of values) {
          // The error names the kind of the first element that differs from those before it.
          const list = kind === RangeError && typeof value === 'bigint' ? [1n, value] : [good, value];
          const inRow = `echo_rows: argument 1 (rows)[1].${type}: `;
          const inList = `echo_lists: argument 1 (lists).${type}[1]: `;
          expectError(() => faults.echo_rows([row, { ...row, [type]: value }]), kind, code, inRow);
          expectError(() => faults.echo_lists({ ...lists, [type]: list }), kind, code, inList);
          if (value === null || value === undefined) continue;
          expectError(
            () => faults.echo_options({ [type]: value }),
            kind,
            code,
            `echo_options: argument 1 (options).${type}: `,
          );
        }
      }
    });

    test('64-bit integers that no number holds', () => {
      const more = 'beyond what a number holds; export the function with #[export(bigint)]';
      const lists = Object.fromEntries(types.map((other) => [other, []]));
      for (const type of WIDE) {
        const values = type.startsWith('i') ? [2n ** 53n, -(2n ** 63n), 2n ** 63n - 1n] : [2n ** 53n, 2n ** 64n - 1n];
        for (const value of values) {
          expectRangeError(
            () => faults.echo_rows([row, { ...row, [type]: value }]),
            `echo_rows: the result holds ${value}, ${more}`,
          );
          expectRangeError(
            () => faults.echo_lists({ ...lists, [type]: [1n, value] }),
            `echo_lists: the result holds ${value}, ${more}`,
          );
        }
        expect(faults.echo_big_rows([{ ...row, [type]: values[1] }])[0][type]).toBe(values[1]);
        expect(faults.echo_big_lists({ ...lists, [type]: values })[type]).toEqual(values);
      }
      expect(faults.echo_big_rows([row])).toEqual([
        { ...row, ...Object.fromEntries(WIDE.map((type) => [type, BigInt(row[type] as number)])) },
      ]);
    });
  });
});

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
