import { declaredAs, WAYS } from '../support/ways';
import * as fc from 'fast-check';
import * as api from '../../src-ts/index';
import type { ScalarName } from '../../src-ts/types/scalar';
import { BIGINTS, mapLeaves, nested, SCALARS, texts } from '../support/arbitraries';
import { hashOf } from '../support/canonical';
import { expectHealthy } from '../support/health';
import { guessed, unsigned } from '../support/kernels';
import { KINDS } from '../support/views';

/** The depths of nested lists for which there are kernels, by the type of the leaves. */
const DEPTHS: Partial<Record<ScalarName, number[]>> = {
  i64: [2, 3, 4, 5],
  f64: [2, 3, 4, 5],
  i32: [2, 3],
  u8: [2, 3],
  f32: [2, 3],
  u64: [2],
  bool: [2],
};
const TYPES = Object.keys(SCALARS) as ScalarName[];
/**
 * All lists for which there is a kernel: the type of the leaves, the depth, and the name without `hash_` or `add_one_`.
 */
const LISTS: [ScalarName, number, string][] = TYPES.flatMap((type) => [
  [type, 1, type] as [ScalarName, number, string],
  ...(DEPTHS[type] ?? []).map((depth): [ScalarName, number, string] => [type, depth, `nested_${type}_${depth}`]),
]);

const listType = (type: string, depth: number, held = '&mut '): string =>
  depth === 0 ? type : `${held}PyVec<${listType(type, depth - 1, held)}>`;

/** Returns the value that the kernels make of a value. */
function next(type: ScalarName, value: unknown): unknown {
  switch (type) {
    case 'f32':
      return Math.fround((value as number) + 1);
    case 'f64':
      return (value as number) + 1;
    case 'bool':
      return !(value as boolean);
    case 'char': {
      const code = (value as string).codePointAt(0)!;
      return String.fromCodePoint(code === 0xd7ff ? 0xe000 : code === 0x10ffff ? 0 : code + 1);
    }
    default: {
      const bits = Number(/\d+/.exec(type)?.[0] ?? 64);
      const wrap = type.startsWith('i') ? BigInt.asIntN : BigInt.asUintN;
      const result = wrap(bits, BigInt(value as number | bigint) + 1n);
      return typeof value === 'bigint' ? result : Number(result);
    }
  }
}

/** Returns the name of the kernel that replaces each element by the next value. */
const stepName = (type: ScalarName, depth: number, name: string): string => {
  if (type === 'char') return 'next_chars';
  if (type === 'bool') return depth === 1 ? 'not_all' : 'not_all_nested_2';
  return `add_one_${name}`;
};

/** Replaces some of the innermost lists by typed arrays. */
function withViews(type: ScalarName, list: unknown[], depth: number, pick: () => boolean): unknown {
  const kind = KINDS.find(([, , element]) => element === type);
  if (depth > 1) return list.map((inner) => withViews(type, inner as unknown[], depth - 1, pick));
  const isBig = type === 'i64' || type === 'u64';
  if (kind === undefined || list.some((leaf) => (typeof leaf === 'bigint') !== isBig) || !pick()) return list;
  const view = new kind[1](list.length);
  list.forEach((leaf, k) => ((view as unknown as unknown[])[k] = leaf));
  return view;
}

afterEach(expectHealthy);

describe.each(LISTS)('%s, %i deep', (type, depth, name) => {
  const safe =
    type.endsWith('64') || type.endsWith('size')
      ? (SCALARS[type] as fc.Arbitrary<number>).filter((x) => x < 2 ** 53 - 1)
      : SCALARS[type];
  const numbers = nested(safe, depth);
  const lists = type in BIGINTS ? fc.oneof(numbers, nested(BIGINTS[type as keyof typeof BIGINTS], depth)) : numbers;

  test.each(WAYS)('%s: Rust sees what JavaScript has', (way) => {
    const hash = declaredAs(way, `fn hash_${name}(v: ${listType(type, depth)}) -> u64`, { bigint: true });
    fc.assert(
      fc.property(lists, fc.infiniteStream(fc.boolean()), (list, picks) => {
        const given = withViews(type, list, depth, () => picks.next().value as boolean);
        expect(hash(given)).toBe(hashOf(type, list));
      }),
      { numRuns: 60 },
    );
  });

  test.each(WAYS)('%s: JavaScript gets what Rust made of it', (way) => {
    const step = declaredAs(way, `fn ${stepName(type, depth, name)}(v: ${listType(type, depth)})`);
    fc.assert(
      fc.property(lists, (list) => {
        const expected = mapLeaves(list, (leaf) => next(type, leaf));
        step(list);
        expect(list).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  if (type !== 'char') {
    const wrap = api[type as keyof typeof api] as (value: unknown) => unknown;

    test('guessed with the type said', () => {
      const [hash, step] = [guessed(`hash_${name}`), guessed(stepName(type, depth, name))];
      fc.assert(
        fc.property(lists, (list) => {
          expect(unsigned(hash(wrap(list)))).toBe(hashOf(type, list));
          const expected = mapLeaves(list, (leaf) => next(type, leaf));
          step(wrap(list));
          expect(list).toEqual(expected);
        }),
        { numRuns: 60 },
      );
    });
  }
});

describe('guessed', () => {
  const numbers = fc.oneof(SCALARS.i32, SCALARS.i64, SCALARS.f64, fc.constantFrom(0.5, NaN, Infinity, 1));

  test.each([1, 2, 3, 4, 5])('numbers, %i deep: i64, or f64 if one is no integer', (depth) => {
    fc.assert(
      fc.property(nested(numbers, depth), (list) => {
        const leaves = list.flat(Infinity) as number[];
        const isFloat = leaves.some((leaf) => !Number.isInteger(leaf));
        fc.pre(isFloat || leaves.every((leaf) => Number.isSafeInteger(leaf) && leaf < 2 ** 53 - 1));
        const type = isFloat ? 'f64' : 'i64';
        const name = depth === 1 ? type : `nested_${type}_${depth}`;
        expect(unsigned(guessed(`hash_${name}`)(list))).toBe(hashOf(type, list));
        const expected = mapLeaves(list, (leaf) => next(type, leaf));
        guessed(`add_one_${name}`)(list);
        expect(list).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  test('bigints: i64, or u64 if one needs it', () => {
    fc.assert(
      fc.property(nested(fc.oneof(BIGINTS.u64, fc.bigInt({ min: 0n, max: 5n })), 2), (list) => {
        const type = list.flat().some((leaf) => (leaf as bigint) >= 2n ** 63n) ? 'u64' : 'i64';
        expect(unsigned(guessed(`hash_nested_${type}_2`)(list))).toBe(hashOf(type, list));
      }),
    );
  });

  test('strings', () => {
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 12 }), nested(texts, 2), (flat, deep) => {
        expect(unsigned(guessed('hash_strs')(flat))).toBe(hashOf('str', flat));
        expect(unsigned(guessed('hash_nested_strs_2')(deep))).toBe(hashOf('str', deep));
      }),
      { numRuns: 100 },
    );
  });
});

describe.each(WAYS)('%s', (way) => {
  test.each<[string, ScalarName, number]>([
    ['inline_f64_2', 'f64', 2],
    ['inline_f64_3', 'f64', 3],
    ['inline_i64_2', 'i64', 2],
    ['inline_u8_2', 'u8', 2],
  ])('%s', (name, type, depth) => {
    const inline = `&mut ${listType(type, depth, '')}`;
    const hash = declaredAs(way, `fn hash_${name}(v: ${inline}) -> u64`, { bigint: true });
    const step = declaredAs(way, `fn add_one_${name}(v: ${inline})`);
    const leaf = type === 'i64' ? SCALARS.i32 : SCALARS[type];
    fc.assert(
      fc.property(nested(leaf, depth), (list) => {
        expect(hash(list)).toBe(hashOf(type, list));
        const expected = mapLeaves(list, (value) => next(type, value));
        step(list);
        expect(list).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('shared lists and inline strings', () => {
    const shared = declaredAs(way, 'fn hash_shared_f64_3(v: &PyVec<&PyVec<&PyVec<f64>>>) -> u64', { bigint: true });
    const inline = declaredAs(way, 'fn hash_inline_strs(v: &PyVec<PyStr>) -> u64', { bigint: true });
    const bytes = texts.map((text) => Buffer.from(text));
    fc.assert(
      fc.property(nested(SCALARS.f64, 3), fc.array(fc.oneof(texts, bytes)), (list, strings) => {
        expect(shared(list)).toBe(hashOf('f64', list));
        expect(inline(strings)).toBe(hashOf('str', strings.map(String)));
      }),
      { numRuns: 60 },
    );
  });
});
