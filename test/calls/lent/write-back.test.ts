import * as api from '../../../src-ts/index';
import type { ScalarName } from '../../../src-ts/types/scalar';
import { expectHealthy } from '../../support/health';
import { declared, guessed, kernels } from '../../support/kernels';
import { watched } from '../../support/watched';

const setAt = (type: ScalarName): ((list: unknown, index: number, value: unknown) => void) =>
  declared(`fn set_at_${type}(v: &mut PyVec<${type}>, i: usize, x: ${type})`);

afterEach(expectHealthy);

describe('only what Rust changed is stored', () => {
  const LISTS: [ScalarName, unknown[], unknown][] = [
    ['i8', [1, 2, 3], -9],
    ['u8', [1, 2, 3], 255],
    ['i16', [1, 2, 3], -300],
    ['u16', [1, 2, 3], 65535],
    ['i32', [1, 2, 3], -70000],
    ['u32', [1, 2, 3], 2 ** 32 - 1],
    ['i64', [1, 2, 3], -(2 ** 40)],
    ['i64', [1n, 2n, 3n], -(2n ** 63n)],
    ['u64', [1, 2, 3], 2 ** 53 - 1],
    ['u64', [1n, 2n, 3n], 2n ** 64n - 1n],
    ['isize', [1, 2, 3], -1],
    ['usize', [1, 2, 3], 2 ** 32],
    ['f32', [0.1, 0.2, 0.3], 0.5],
    ['f64', [NaN, 0.1, -0], 0.5],
    ['bool', [true, true, false], false],
    ['char', ['a', '😀', 'z'], '\u{10ffff}'],
  ];

  test.each(LISTS)('%s, declared: %j', (type, values, value) => {
    for (const index of [0, 1]) {
      const { list, stores } = watched([...values]);
      setAt(type)(list, index, value);
      expect(stores).toEqual([[index, value]]);
      expect(list).toEqual(values.map((old, k) => (k === index ? value : old)));
    }
  });

  test.each(LISTS.filter(([type]) => type !== 'char'))('%s, guessed: %j', (type, values, value) => {
    const wrap = api[type as keyof typeof api] as (value: unknown) => unknown;
    const { list, stores } = watched([...values]);
    guessed(`set_at_${type}`)(wrap(list), 1, wrap(value));
    expect(stores).toEqual([[1, value]]);
  });

  test.each(LISTS)('%s: nothing where nothing changed', (type, values) => {
    const { list, stores } = watched([...values]);
    const frozen = Object.freeze([...values]);
    for (const subject of [list, frozen]) {
      setAt(type)(subject, 1, values[1]);
      declared(`fn hash_${type}(v: &mut PyVec<${type}>) -> u64`, { bigint: true })(subject);
      guessed(`hash_${type}`)(subject);
    }
    expect(stores).toEqual([]);
  });

  test('bits are compared: 0 and -0 differ, a NaN that stays does not', () => {
    for (const type of ['f32', 'f64'] as const) {
      const { list, stores } = watched([0, NaN, -0]);
      setAt(type)(list, 0, -0);
      setAt(type)(list, 1, NaN);
      setAt(type)(list, 2, 0);
      expect(stores).toEqual([
        [0, -0],
        [2, 0],
      ]);
    }
  });

  test('an f32 that Rust did not touch is not rounded', () => {
    const list = [0.1, 0.2];
    setAt('f32')(list, 0, 0.3);
    expect(list).toEqual([Math.fround(0.3), 0.2]);
  });

  test('a list that Rust may only read is never stored to', () => {
    const { list, stores } = watched([1, 2]);
    declared('fn add_one_i64(v: &PyVec<i64>)')(list);
    expect(stores).toEqual([]);
  });

  test('the length is that of the call, and extra properties stay', () => {
    const list: number[] & { note?: string } = [1, 2, 3];
    list.note = 'mine';
    kernels.add_one_i64(list);
    expect(Object.keys(list)).toEqual(['0', '1', '2', 'note']);
    expect(list).toHaveLength(3);
  });
});

describe('the kind of an element is kept', () => {
  test.each<[string, unknown[], unknown[]]>([
    ['add_one_i64', [1, -1, 2 ** 40], [2, 0, 2 ** 40 + 1]],
    ['add_one_i64', [1n, -1n, 2n ** 62n], [2n, 0n, 2n ** 62n + 1n]],
    ['add_one_i64', [2n ** 63n - 1n], [-(2n ** 63n)]],
    ['add_one_u64', [2n ** 63n], [2n ** 63n + 1n]],
    ['add_one_f64', [1.5, 2], [2.5, 3]],
    ['not_all', [true, false], [false, true]],
    ['reverse_bool', [true, false, false], [false, false, true]],
    ['reverse_i64', [1, 2, 3], [3, 2, 1]],
  ])('%s(%p)', (name, list, expected) => {
    guessed(name)(list);
    expect(list).toEqual(expected);
  });

  test('u64 and usize as numbers', () => {
    const list = [0, 2 ** 31 - 1, 2 ** 32 - 1, 2 ** 53 - 2];
    declared('fn add_one_u64(v: &mut PyVec<u64>)')(list);
    expect(list).toEqual([1, 2 ** 31, 2 ** 32, 2 ** 53 - 1]);
    declared('fn add_one_usize(v: &mut PyVec<usize>)')(list.slice(0, 3));
  });

  test('each list of a nest has its own', () => {
    const lists = [[1, 2], [3n], [], [-4]];
    declared('fn add_one_nested_i64_2(v: &mut PyVec<&mut PyVec<i64>>)')(lists);
    expect(lists).toEqual([[2, 3], [4n], [], [-3]]);
  });

  test('char', () => {
    const list = ['a', '\ud7ff', '\u{ffff}', '\u{10ffff}', 'é'];
    declared('fn next_chars(v: &mut PyVec<char>)')(list);
    expect(list).toEqual(['b', '\ue000', '\u{10000}', '\0', 'ê']);
  });

  test('narrow integers wrap as Rust says', () => {
    for (const [type, last, first] of [
      ['i8', 127, -128],
      ['u8', 255, 0],
      ['i16', 32767, -32768],
      ['u16', 65535, 0],
      ['i32', 2 ** 31 - 1, -(2 ** 31)],
      ['u32', 2 ** 32 - 1, 0],
    ] as const) {
      const list = [last, 5];
      declared(`fn add_one_${type}(v: &mut PyVec<${type}>)`)(list);
      expect(list).toEqual([first, 6]);
    }
  });
});

describe('large lists', () => {
  const counting = (length: number): number[] => Array.from({ length }, (_, i) => i);

  test('a million integers', () => {
    const list = counting(1_000_000);
    kernels.add_one_i64(list);
    expect(list.every((value, i) => value === i + 1)).toBe(true);
  });

  test('a million floats, of which Rust changes one', () => {
    const { list, stores } = watched(counting(1_000_000).map((x) => x + 0.5));
    setAt('f64')(list, 765_432, -1);
    expect(stores).toEqual([[765_432, -1]]);
  });

  test.each([32_767, 32_768, 32_769, 65_536, 130_000, 131_072, 262_144])('%i elements', (length) => {
    const list = counting(length);
    kernels.add_one_i64(list);
    expect(list.every((value, i) => value === i + 1)).toBe(true);
    const bytes = counting(length).map((x) => x % 256);
    declared('fn add_one_u8(v: &mut PyVec<u8>)')(bytes);
    expect(bytes.every((value, i) => value === (i + 1) % 256)).toBe(true);
  });

  test('several in one call', () => {
    const [v, w] = [counting(300_000), counting(400_000).map((x) => x + 0.25)];
    kernels.mixed_guess('x'.repeat(300_000), 1, 0.5, v, true, w);
    expect(v.every((value, i) => value === i + 1)).toBe(true);
    expect(w.every((value, i) => value === i + 1.25)).toBe(true);
    const nested = Array.from({ length: 8 }, (_, i) => counting(100_000 + i));
    kernels.add_one_nested_i64_2(nested);
    expect(nested.every((list) => list.every((value, i) => value === i + 1))).toBe(true);
  });

  test('many small ones, which outgrow the memory that calls share', () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => [i, -i]);
    kernels.add_one_nested_i64_2(rows);
    expect(rows.every(([a, b], i) => a === i + 1 && b === 1 - i)).toBe(true);
    const deep = Array.from({ length: 2_000 }, (_, i) => [[[i]], [[], [i + 0.5]]]);
    kernels.add_one_nested_f64_4(deep);
    expect(deep.every(([a, b], i) => a![0]![0] === i + 1 && b![1]![0] === i + 1.5)).toBe(true);
  });

  test('large and small ones in turn', () => {
    const rows = Array.from({ length: 64 }, (_, i) => counting(i % 2 ? 40_000 : 10));
    kernels.add_one_nested_i64_2(rows);
    expect(rows.every((row) => row.every((value, i) => value === i + 1))).toBe(true);
  });

  test('the next call is as ever', () => {
    kernels.add_one_i64(counting(1_000_000));
    for (let i = 0; i < 3; i++) {
      const list = [i];
      kernels.add_one_i64(list);
      expect(list).toEqual([i + 1]);
    }
  });
});

describe('what Rust does to the descriptors is not followed', () => {
  test('exchanged, emptied, garbled', () => {
    const [a, b] = [[1, 2], [3]];
    kernels.swap_descriptors(a, b);
    expect([a, b]).toEqual([[1, 2], [3]]);
    kernels.swap_outer([a, b]);
    expect([a, b]).toEqual([[1, 2], [3]]);
    kernels.empty_descriptor(a);
    kernels.garble_descriptor(b);
    expect([a, b]).toEqual([[2, 3], [4]]);
    const view = new BigInt64Array([5n]);
    kernels.garble_descriptor(view);
    kernels.empty_descriptor(view);
    expect(view).toEqual(new BigInt64Array([7n]));
  });
});
