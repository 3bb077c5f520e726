import * as api from '../../../src-ts/index';
import type { ScalarName } from '../../../src-ts/types/scalar';
import { hashOf } from '../../support/canonical';
import { expectRangeError, expectTypeError } from '../../support/errors';
import { expectHealthy } from '../../support/health';
import { guessed, kernels, unsigned } from '../../support/kernels';

const { f32, f64, i32, u8, u64 } = api;

function nest(value: unknown, depth: number): unknown {
  return depth === 0 ? value : [nest(value, depth - 1)];
}

afterEach(expectHealthy);

describe('what the elements are', () => {
  test.each<[ScalarName, unknown[]]>([
    ['i64', [1, -2, 0, -0, 2 ** 31, -(2 ** 31) - 1, 2 ** 53 - 1, 1 - 2 ** 53]],
    ['i64', [7]],
    ['f64', [1, 2.5]],
    ['f64', [0.5, 1, 2 ** 60, -0]],
    ['f64', [1, NaN]],
    ['f64', [2, Infinity, -Infinity]],
    ['i64', [1n, -1n, 2n ** 63n - 1n, -(2n ** 63n)]],
    ['u64', [0n, 2n ** 63n, 2n ** 64n - 1n]],
    ['bool', [true, false, true]],
    ['i64', new Array<number>(1000).fill(3)],
    ['f64', [...new Array<number>(999).fill(3), 0.5]],
  ])('%s: %j', (type, list) => {
    expect(unsigned(guessed(`hash_${type}`)(list))).toBe(hashOf(type, list));
  });

  test.each<[ScalarName, unknown[]]>([
    ['i8', [-128, 127]],
    ['u8', [0, 255]],
    ['i16', [-32768, 32767]],
    ['u16', [65535]],
    ['i32', [-(2 ** 31), 2 ** 31 - 1]],
    ['u32', [2 ** 32 - 1, 0]],
    ['i64', [1, 2]],
    ['i64', [1n, -1n]],
    ['u64', [1, 2 ** 53 - 1]],
    ['u64', [2n ** 64n - 1n]],
    ['isize', [-1, 1]],
    ['usize', [1n]],
    ['f32', [0.1, 1, NaN, -0, Infinity]],
    ['f64', [1, 2, -0]],
    ['bool', [true, false]],
  ])('as a wrapper says, %s: %j', (type, list) => {
    const wrap = api[type as keyof typeof api] as (value: unknown) => unknown;
    expect(unsigned(guessed(`hash_${type}`)(wrap(list)))).toBe(hashOf(type, list));
  });

  test('an empty list is one of any type, its pointer neither null nor unaligned', () => {
    const dump = new BigUint64Array(3);
    for (const empty of [[], f64([]), u8([]), new Float64Array(0), '', Buffer.alloc(0), [new Uint8Array(0)].slice(1)]) {
      kernels.descriptor_dump(empty, dump);
      const [descriptor, pointer, length] = dump as unknown as [bigint, bigint, bigint];
      expect(length).toBe(0n);
      expect(pointer).toBeGreaterThan(0n);
      expect(pointer % 8n).toBe(0n);
      expect(descriptor % 8n).toBe(0n);
    }
  });
});

describe('lists of lists', () => {
  const RAGGED: Readonly<Record<number, unknown[]>> = {
    2: [[], [1], [], [2, 3, 4], [5, 6], []],
    3: [[], [[]], [[], [1]], [[2, 3], [], [4]], [[], []]],
    4: [[[[1, 2]], []], [], [[], [[], [3]]], [[[]]]],
    5: [
      [],
      [[[[]], [[1], []]], []],
      [
        [
          [
            [2, 3],
            [4, 5, 6],
          ],
        ],
      ],
      [[]],
    ],
  };
  /** Applies a function to all leaves of nested lists. */
  const map = (value: unknown, change: (leaf: number) => unknown): unknown =>
    Array.isArray(value) ? value.map((element) => map(element, change)) : change(value as number);

  describe.each([2, 3, 4, 5])('%i deep', (depth) => {
    const lists: [string, unknown][] = [
      ['one leaf', nest(1, depth)],
      ['ragged', RAGGED[depth]],
      ['empty', []],
      ...Array.from({ length: depth - 1 }, (_, i): [string, unknown] => [`empty at level ${i + 1}`, nest([], i + 1)]),
    ];

    test.each(lists)('%s', (_, list) => {
      const hash = (type: string, value: unknown): bigint => unsigned(guessed(`hash_nested_${type}_${depth}`)(value));
      expect(hash('i64', list)).toBe(hashOf('i64', list));
      const floats = map(list, (leaf) => leaf + 0.5);
      expect(hash('f64', floats)).toBe(hashOf('f64', floats));
      const bigints = map(list, (leaf) => BigInt(leaf));
      expect(hash('i64', bigints)).toBe(hashOf('i64', bigints));
      expect(hash('f64', f64(list as never))).toBe(hashOf('f64', list));
    });

    test('is written back leaf by leaf', () => {
      const list = map(RAGGED[depth], (leaf) => leaf);
      guessed(`add_one_nested_i64_${depth}`)(list);
      expect(list).toEqual(map(RAGGED[depth], (leaf) => leaf + 1));
      const floats = map(RAGGED[depth], (leaf) => leaf / 2 + 0.25);
      guessed(`add_one_nested_f64_${depth}`)(floats);
      expect(floats).toEqual(map(RAGGED[depth], (leaf) => leaf / 2 + 1.25));
    });
  });

  test('one fraction makes floats of all, wherever it stands', () => {
    const list = [[1], [2, 3], [], [4.5], [6]];
    expect(unsigned(kernels.hash_nested_f64_2(list))).toBe(hashOf('f64', list));
    const deep = [[[1, 2]], [[3], [0.5]]];
    expect(unsigned(kernels.hash_nested_f64_3(deep))).toBe(hashOf('f64', deep));
    kernels.add_one_nested_f64_2(list);
    expect(list).toEqual([[2], [3, 4], [], [5.5], [7]]);
  });

  test('one bigint beyond i64 makes u64 of all', () => {
    const list = [[1n], [2n ** 63n]];
    expect(unsigned(kernels.hash_nested_u64_2(list))).toBe(hashOf('u64', list));
    expectRangeError(
      () => kernels.noop([[2n ** 63n], [-1n]]),
      /^noop: argument 1\[1\]\[0\]: bigint -1 does not fit u64/,
    );
  });

  test('other leaves', () => {
    const bools = [[true], [], [false, true]];
    expect(unsigned(kernels.hash_nested_bool_2(bools))).toBe(hashOf('bool', bools));
    kernels.not_all_nested_2(bools);
    expect(bools).toEqual([[false], [], [true, false]]);
    expect(unsigned(kernels.hash_nested_i32_3(i32([[[1]], [[-2], []]])))).toBe(hashOf('i32', [[[1]], [[-2], []]]));
    expect(unsigned(kernels.hash_nested_u8_2(u8([[255], []])))).toBe(hashOf('u8', [[255], []]));
    expect(unsigned(kernels.hash_nested_u64_2(u64([[1], [2]])))).toBe(hashOf('u64', [[1], [2]]));
    const floats = [[0.5, 1], [2]];
    kernels.add_one_nested_f32_2(f32(floats));
    expect(floats).toEqual([[1.5, 2], [3]]);
  });

  test('lists of typed arrays, which Rust sees themselves', () => {
    const floats = [new Float64Array([1, 2]), new Float64Array(0), new Float64Array([3])];
    expect(unsigned(kernels.hash_nested_f64_2(floats))).toBe(hashOf('f64', floats));
    kernels.add_one_nested_f64_2(floats);
    expect(floats).toEqual([new Float64Array([2, 3]), new Float64Array(0), new Float64Array([4])]);
    const deep = [[new Int32Array([1])], [], [new Int32Array([2, 3]), new Int32Array([4])]];
    kernels.add_one_nested_i32_3(deep);
    expect(deep).toEqual([[new Int32Array([2])], [], [new Int32Array([3, 4]), new Int32Array([5])]]);
    expectTypeError(
      () => kernels.noop([new Float64Array(1), new Float32Array(1)]),
      /^noop: argument 1\[1\]: .*got Float32Array/,
    );
  });
});

describe('errors name the place', () => {
  // eslint-disable-next-line no-sparse-arrays -- the hole is what is tested
  const hole = [1, , 3];
  test.each<[string, unknown, string]>([
    ['a hole', hole, '[1]'],
    ['a hole at the beginning', new Array(2), '[0]'],
    ['a hole in an inner list', [[1], hole], '[1][1]'],
    ['null', [1, null], '[1]'],
    [
      'undefined',
      [
        [1, 2],
        [3, undefined],
      ],
      '[1][1]',
    ],
    ['a plain object', [{}], '[0]'],
    ['a string among numbers', [1, 'x'], '[1]'],
    ['a number among strings', ['x', 1], '[1]'],
    ['a number among booleans', [true, 1], '[1]'],
    ['a boolean among numbers', [1, 2, true], '[2]'],
    ['a boolean among fractions', [1.5, 2, true], '[2]'],
    ['a bigint among numbers', [1, 1n], '[1]'],
    ['a number among bigints', [1n, 1], '[1]'],
    ['a number among lists', [[1], 2], '[1]'],
    ['a list among numbers', [1, [2]], '[1]'],
    ['a list among booleans', [true, [true]], '[1]'],
    ['a string list among number lists', [[1], ['x']], '[1]'],
    ['null among lists', [[1], null], '[1]'],
    ['a wrapper in a list', [f64(1)], '[0]'],
    ['lists of different depth', [[[1]], [2]], '[1]'],
    ['far inside', [[[[1], [2, 3, 'x']]]], '[0][0][1][2]'],
  ])('%s', (_, list, path) => {
    const place = `count_call_with: argument 2${path}`;
    const before = kernels.call_count();
    expectTypeError(() => kernels.count_call_with([0], list), new RegExp(`^${place.replace(/[[\]]/g, '\\$&')}`));
    expect(kernels.call_count()).toBe(before);
  });

  test('an integer beyond 2^53 asks for a BigInt or f64()', () => {
    expectRangeError(
      () => kernels.sum_i64([1, 2 ** 53]),
      /^sum_i64: argument 1\[1\]: number 9007199254740992 is beyond 2\^53 - 1 .*BigInt.*f64\(\)/,
    );
    expectRangeError(() => kernels.noop([[1], [-(2 ** 60)]]), /^noop: argument 1\[1\]\[0\]: /);
    expect(() => kernels.noop([0.5, 2 ** 53])).not.toThrow();
  });

  test.each<[string, () => unknown, RegExp]>([
    ['u8([256])', () => u8([1, 256]), /\[1\]: number 256 does not fit u8/],
    ['f32([[1e39]])', () => f32([[1e39]]), /\[0\]\[0\]: number 1e\+39 does not fit f32/],
    ['[2n ** 64n]', () => [2n ** 64n], /\[0\]: .*does not fit/],
    ['[-(2n ** 63n) - 1n]', () => [1n, -(2n ** 63n) - 1n], /\[1\]: .*does not fit/],
  ])('%s is out of range', (_, value, message) => {
    expectRangeError(() => kernels.noop(value()), new RegExp(`^noop: argument 1${message.source}`));
  });

  test.each<[string, unknown, string]>([
    ['u8([1.5])', u8([1, 1.5]), '[1]'],
    ['u8([1n])', u8([1n as never]), '[0]'],
    ['f64([1n])', f64([1n as never]), '[0]'],
    ['f64([[1], 2])', f64([[1], 2]), '[1]'],
    ['f64([1, [2]])', f64([1, [2]]), '[1]'],
    ['u8(Float64Array)', u8(new Float64Array(1) as never), ''],
  ])('%s is of the wrong type', (_, value, path) => {
    expectTypeError(() => kernels.noop(value), `noop: argument 1${path}: expected`);
  });
});

describe('depth', () => {
  test('256 levels are enough for anything', () => {
    expect(() => kernels.noop(nest(1, 256))).not.toThrow();
    expect(() => kernels.noop(nest([], 255))).not.toThrow();
    expectRangeError(() => kernels.noop(nest(1, 257)), /^noop: argument 1: .*256/);
    expectRangeError(() => kernels.noop(f64(nest(1, 257) as never)), /^noop: argument 1: .*256/);
  });

  test('100,000 levels are an error, not a stack overflow', () => {
    let list: unknown = [1];
    for (let i = 0; i < 100_000; i++) list = [list];
    expectRangeError(() => kernels.noop(list), /^noop: argument 1: .*256/);
    expectRangeError(() => kernels.noop(f64(list as never)), /^noop: argument 1: .*256/);
  });

  test('a list that contains itself', () => {
    const direct: unknown[] = [];
    direct.push(direct);
    const around: unknown[] = [[[]]];
    ((around[0] as unknown[])[0] as unknown[]).push(around);
    const late: unknown[] = [[[1]], [[2]]];
    (late[1] as unknown[])[0] = late;
    expectTypeError(() => kernels.noop(direct), /^noop: argument 1: .*contains itself/);
    expectTypeError(() => kernels.noop(around), /^noop: argument 1: .*contains itself/);
    expectTypeError(() => kernels.noop(late), /^noop: argument 1/);
    expectTypeError(() => kernels.noop(f64(direct as never)), /^noop: argument 1: .*contains itself/);
  });
});
