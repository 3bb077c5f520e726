/** Functions that return their argument, with lists of any length and strings of any characters. */

import * as fc from 'fast-check';
import { BIGINTS, SCALARS, texts, units } from '../support/arbitraries';
import { fnv1a, utf8Bytes } from '../support/canonical';
import { difference } from '../support/difference';
import { thrownBy } from '../support/errors';
import { expectWorking, WAYS } from '../support/exported';
import type { ScalarName } from '../../src-ts/types/scalar';

afterEach(expectWorking);

/** A list of up to 5,000 elements, with lengths often near multiples of eight bytes and near the room for a result. */
function listOf(element: fc.Arbitrary<unknown>): fc.Arbitrary<unknown[]> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.array(element, { maxLength: 20 }) },
    // A few elements are repeated, which is as good a test and quicker to make.
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.array(element, { minLength: 1, maxLength: 5 }), fc.integer({ min: 0, max: 5000 }))
        .map(([some, length]) => Array.from({ length }, (_, i) => some[i % some.length])),
    },
  );
}

describe.each(WAYS)('%s', (_, { lib, faults }) => {
  test.each(Object.entries(SCALARS))('lists of %s', (type, element) => {
    fc.assert(
      fc.property(listOf(element), (list) => {
        for (const name of [`echo_vec_${type}`, `echo_slice_${type}`]) {
          expect(difference(lib[name](list), list)).toBe(-1);
        }
      }),
      { numRuns: 20 },
    );
  });

  test.each(['i64', 'isize', 'u64', 'usize'] as const)('bigints in lists of %s', (type: keyof typeof BIGINTS) => {
    const lists = Object.fromEntries(Object.keys(faults.echo_options({}) as object).map((key) => [key, []]));
    fc.assert(
      fc.property(listOf(BIGINTS[type]), (list) => {
        expect(difference(faults.echo_big_lists({ ...lists, [type]: list })[type], list)).toBe(-1);
      }),
      { numRuns: 20 },
    );
  });

  test.each(Object.keys(SCALARS))('a list of %s is written back', (type) => {
    const step = (value: unknown, bits: number, signed: boolean): unknown =>
      signed
        ? Number(BigInt.asIntN(bits, BigInt(value as number) + 1n))
        : Number(BigInt.asUintN(bits, BigInt(value as number) + 1n));
    const next = (value: unknown): unknown => {
      if (type === 'bool') return value !== true;
      if (type === 'char') {
        const code = (value as string).codePointAt(0)!;
        return code === 0x10ffff ? '\0' : String.fromCodePoint(code === 0xd7ff ? 0xe000 : code + 1);
      }
      if (type === 'f32') return Math.fround((value as number) + 1);
      if (type === 'f64') return (value as number) + 1;
      return step(value, type.endsWith('size') ? 64 : Number(type.slice(1)), type.startsWith('i'));
    };
    // The greatest integer of a number has no next one.
    const element = SCALARS[type as ScalarName].filter((value) => value !== Number.MAX_SAFE_INTEGER);
    fc.assert(
      fc.property(listOf(element), (list) => {
        const changed = [...list];
        lib[`bump_${type}`](changed);
        expect(difference(changed, list.map(next))).toBe(-1);
      }),
      { numRuns: 20 },
    );
  });

  test('strings of all planes', () => {
    const planes = fc.string({
      unit: fc
        .integer({ min: 0, max: 0x10ffff })
        .filter((code) => code < 0xd800 || code > 0xdfff)
        .map((code) => String.fromCodePoint(code)),
      maxLength: 400,
    });
    fc.assert(
      fc.property(fc.oneof(texts, planes), fc.array(fc.oneof(texts, planes), { maxLength: 6 }), (text, list) => {
        expect(lib.echo_str(text)).toBe(text);
        expect(lib.text_hash(text)).toBe(fnv1a(utf8Bytes(text)).toString(16).padStart(16, '0'));
        expect(lib.echo_vec_string([...list, text])).toEqual([...list, text]);
        expect(lib.join(list, text)).toBe(list.join(text));
        expect(faults.concat(text, ...['a', text, 'é'].slice(0, 2), list, text, '', 'z')).toBe(
          `${text}a${text}${list.join('')}${text}z`,
        );
        expect(thrownBy(() => lib.panic_string(text)).message).toBe(text);
      }),
      { numRuns: 80 },
    );
  });

  test('strings that may have lone surrogates', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(units, texts), { maxLength: 6 }), (list) => {
        const bad = list.findIndex((text) => !text.isWellFormed());
        if (bad < 0) {
          expect(lib.echo_vec_string(list)).toEqual(list);
          return;
        }
        const { code, message } = thrownBy(() => lib.echo_vec_string(list));
        expect(code).toBe('ERR_RUSTDLL_SURROGATE');
        expect(message).toContain(`echo_vec_string: argument 1 (value)[${bad}]: `);
      }),
      { numRuns: 100 },
    );
  });

  test('lists of lists', () => {
    const rows = fc.array(fc.array(SCALARS.i64, { maxLength: 12 }), { maxLength: 60 });
    fc.assert(
      fc.property(rows, (list) => {
        expect(lib.echo_vec_vec_i64(list)).toEqual(list);
        expect(lib.count_vec_vec(list)).toBe(list.flat().length);
        const views = list.map((row, i) => (i % 2 === 0 ? row : BigInt64Array.from(row as number[], BigInt)));
        expect(lib.echo_vec_vec_i64(views)).toEqual(list);
      }),
      { numRuns: 60 },
    );
  });
});

test('whatever an exported function is given, it answers or throws an error of this package, in both ways the same', () => {
  const [[, usual], [, interpreted]] = WAYS as [(typeof WAYS)[number], (typeof WAYS)[number]];
  const names = Object.keys(usual.lib).filter((name) =>
    /^(echo_(?!hash_set|map|box_map)|bump_|add_|divide|join|sum|lengths|centroid|optional|greet|copy_into|normalize|py_(?!at)|area|evaluate|swap|pattern|transpose|words|first_word|move_point|parse|fail_if)/.test(
      name,
    ),
  );
  const outcome = (call: (...args: unknown[]) => unknown, args: unknown[]): unknown => {
    try {
      return { result: call(...args), args };
    } catch (error) {
      const { name, message, code } = error as Error & { code?: string };
      expect(name).toMatch(/^(TypeError|RangeError|RustError|RustPanic)$/);
      expect(code).toMatch(/^ERR_RUSTDLL_/);
      return { name, message, code, args };
    }
  };
  const anything = fc.oneof(
    {
      weight: 2,
      arbitrary: fc.oneof(...Object.values(SCALARS), texts, units, fc.bigInt(), fc.constantFrom(null, undefined)),
    },
    { weight: 2, arbitrary: fc.oneof(...Object.values(SCALARS).map((each) => fc.array(each, { maxLength: 4 }))) },
    {
      weight: 1,
      arbitrary: fc.record(
        { x: SCALARS.f64, y: fc.oneof(SCALARS.f64, texts), label: fc.option(texts) },
        { requiredKeys: ['x'] },
      ),
    },
    {
      weight: 1,
      arbitrary: fc.oneof(
        fc.uint8Array({ maxLength: 9 }),
        fc.float64Array({ maxLength: 4 }),
        fc.bigInt64Array({ maxLength: 4 }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.record(
        {
          type: fc.constantFrom('Circle', 'Rect', 'Name', 'Empty'),
          radius: SCALARS.f64,
          value: fc.oneof(texts, fc.array(SCALARS.f64, { maxLength: 3 })),
        },
        { requiredKeys: ['type'] },
      ),
    },
    {
      weight: 1,
      arbitrary: fc.anything({
        withBigInt: true,
        withMap: true,
        withSparseArray: true,
        withTypedArray: true,
        withNullPrototype: true,
        maxDepth: 3,
      }),
    },
  );
  const args = fc.array(fc.oneof(anything, fc.array(anything, { maxLength: 3 })), { maxLength: 4 });
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.clone(args, 2), (name, [first, second]) => {
      // Mostly, the number of arguments is that of the parameters.
      const wanted = Math.max(1, usual.lib[name].length as number);
      const expected = outcome(usual.lib[name], first.slice(0, wanted));
      expect(outcome(interpreted.lib[name], second.slice(0, wanted))).toEqual(expected);
    }),
    { numRuns: 800 },
  );
});
