import { f32 } from '../../../src-ts/index';
import { expectRangeError, expectTypeError, thrownBy } from '../../support/errors';
import { expectHealthy } from '../../support/health';
import { declared, guessed, kernels } from '../../support/kernels';
import { foreignMemory } from '../../support/views';
import { watched, withAccessor, withLength } from '../../support/watched';

const CODE = 'ERR_RUSTDLL_WRITE_BACK';
const addOneNested = declared('fn add_one_nested_i64_2(v: &mut PyVec<&mut PyVec<i64>>)');
const addOne = declared('fn add_one_i64(v: &mut PyVec<i64>)');
const setAt = declared('fn set_at(v: &mut PyVec<i64>, i: usize, x: i64)');

afterEach(expectHealthy);

describe('a list that cannot take what Rust changed', () => {
  test('frozen', () => {
    const list = Object.freeze([1, 2]);
    expectTypeError(() => addOne(list), /^add_one_i64: argument 1 \(v\).*\b0\b.*frozen/, CODE);
    expectTypeError(() => kernels.add_one_i64(list), /^add_one_i64: argument 1.*\b0\b.*frozen/, CODE);
    expect(list).toEqual([1, 2]);
  });

  test('one element read-only', () => {
    const list = [1, 2, 3];
    Object.defineProperty(list, 1, { writable: false });
    expectTypeError(() => addOne(list), /argument 1 \(v\).*\b1\b/, CODE);
    expect(list).toEqual([1, 2, 3]);
    setAt(list, 2, 9);
    expect(list).toEqual([1, 2, 9]);
  });

  test('a getter without a setter', () => {
    const list = withAccessor([1, 2, 3], 1, () => 7);
    expectTypeError(() => addOne(list), /argument 1 \(v\).*\b1\b/, CODE);
    expect(list).toEqual([1, 7, 3]);
  });

  test('sealed and not extensible are no hindrance', () => {
    for (const restrict of [Object.seal, Object.preventExtensions]) {
      const list = restrict([1, 2]);
      addOne(list);
      expect(list).toEqual([2, 3]);
    }
  });

  test('a setter that throws: its own error', () => {
    const mine = new Error('mine');
    const list = withAccessor(
      [1, 2, 3],
      1,
      () => 2,
      () => {
        throw mine;
      },
    );
    for (const call of [addOne, guessed('add_one_i64')]) expect(thrownBy(() => call(list))).toBe(mine);
    expect(list).toEqual([1, 2, 3]);
  });

  test('a setter that throws a TypeError: its own error too', () => {
    const mine = new TypeError('mine');
    const throwing = (): never => {
      throw mine;
    };
    expect(thrownBy(() => addOne(withAccessor([1, 2], 0, () => 1, throwing)))).toBe(mine);
    const proxy = new Proxy([1, 2], { set: throwing });
    expect(thrownBy(() => addOne(proxy))).toBe(mine);
  });

  test('a Proxy that refuses', () => {
    const list = new Proxy([1, 2], { set: () => false });
    expect(thrownBy(() => addOne(list))).toBeInstanceOf(TypeError);
    expect(list).toEqual([1, 2]);
  });

  test('a list whose length changed', () => {
    let asked = 0;
    const values = [1, 2, 3];
    const list = new Proxy(values, {
      get: (target, key, receiver) =>
        key === 'length' && ++asked > 1 ? 2 : (Reflect.get(target, key, receiver) as unknown),
    });
    expectTypeError(() => addOne(list), /^add_one_i64: argument 1 \(v\): .*length/, CODE);
    expect(values).toEqual([1, 2, 3]);
  });
});

describe('a value that the list cannot hold', () => {
  test('an integer beyond 2^53 in a list of numbers', () => {
    const list = [1, 2, 3];
    for (const value of [2n ** 53n, -(2n ** 53n), 2n ** 63n - 1n]) {
      expectRangeError(() => setAt(list, 1, value), /^set_at: argument 1 \(v\).*\b1\b.*bigint/i);
      expectRangeError(() => kernels.set_at(list, 1, value), /^set_at: argument 1.*\b1\b.*bigint/i);
      expect(list).toEqual([1, 2, 3]);
    }
    const bigints = [1n];
    setAt(bigints, 0, 2n ** 53n);
    expect(bigints).toEqual([2n ** 53n]);
    expectRangeError(
      () => declared('fn set_at_u64(v: &mut PyVec<u64>, i: usize, x: u64)')(list, 0, 2n ** 64n - 1n),
      /^set_at_u64: argument 1 \(v\).*\b0\b.*18446744073709551615/,
    );
    expect(list).toEqual([1, 2, 3]);
  });

  test('a byte that is no bool, a number that is no char', () => {
    const bools = [true, false];
    const setByte = declared('fn set_at_u8(v: &mut PyVec<bool>, i: usize, x: u8)');
    expectTypeError(() => setByte(bools, 1, 2), /^set_at_u8: argument 1 \(v\).*\b1\b.*0x2.* no bool/);
    expect(bools).toEqual([true, false]);
    setByte(bools, 1, 1);
    expect(bools).toEqual([true, true]);
    const chars = ['a', 'b'];
    const setCode = declared('fn set_at_u32(v: &mut PyVec<char>, i: usize, x: u32)');
    for (const code of [0xd800, 0xdfff, 0x110000, 0xffffffff]) {
      expectTypeError(() => setCode(chars, 0, code), /^set_at_u32: argument 1 \(v\).*\b0\b.* no char/);
    }
    expect(chars).toEqual(['a', 'b']);
    setCode(chars, 0, 0x1f600);
    expect(chars).toEqual(['😀', 'b']);
  });

  test('in a nest', () => {
    const lists = [[1], [2, 2 ** 53 - 1]];
    expectRangeError(() => addOneNested(lists), /^add_one_nested_i64_2: argument 1 \(v\).*bigint/i);
    expect(lists).toEqual([[1], [2, 2 ** 53 - 1]]);
  });
});

describe('the path to the list that failed is named', () => {
  const place = 'add_one_nested_i64_2: argument 1 (v)[1]';

  test('a value it cannot hold', () => {
    expectRangeError(() => addOneNested([[1], [2, 2 ** 53 - 1]]), place);
  });

  test('frozen', () => {
    expectTypeError(() => addOneNested([[1], Object.freeze([2])]), place, CODE);
  });

  test('a length that changed', () => {
    const shrinking = [1, 2];
    const watcher = withAccessor([5], 0, () => (shrinking.length = 1));
    expectTypeError(() => addOneNested([[1], shrinking, watcher]), place, CODE);
  });
});

describe('all lists or none', () => {
  const frozen = Object.freeze([5, 6]);

  test.each([0, 1, 2, 3])('nested, the list that fails at %i', (at) => {
    const lists: (readonly number[])[] = [[1, 2], [], [3]];
    lists.splice(at, 0, frozen);
    const before = structuredClone(lists);
    expectTypeError(() => addOneNested(lists), /frozen/, CODE);
    expectTypeError(() => kernels.add_one_nested_i64_2(lists), /frozen/, CODE);
    expect(lists).toEqual(before);
  });

  test('several arguments', () => {
    const v = [1, 2, 3];
    const w = [0.5, 1.5];
    const readOnly = Object.freeze([0.5, 1.5]);
    expectTypeError(
      () => kernels.mixed_guess('', 0, 0.5, v, true, readOnly),
      /^mixed_guess: argument 6\[0\]: .*frozen/,
      CODE,
    );
    expect([v, readOnly]).toEqual([
      [1, 2, 3],
      [0.5, 1.5],
    ]);
    expectTypeError(
      () => kernels.mixed_guess('', 0, 0.5, frozen, true, w),
      /^mixed_guess: argument 4\[0\]: .*frozen/,
      CODE,
    );
    expect(w).toEqual([0.5, 1.5]);
  });

  test('a length that changed: nothing is stored', () => {
    const list = [1];
    const shrinking = [1, 2, 3];
    const watcher = withAccessor([5], 0, () => {
      shrinking.length = 2;
      return 5;
    });
    expectTypeError(() => addOneNested([list, shrinking, watcher]), /argument 1 \(v\).*length/, CODE);
    expect([list, shrinking]).toEqual([[1], [1, 2]]);
  });

  test('what was stored before the failure is taken back', () => {
    const { list, stores } = watched([1, 2]);
    expectTypeError(() => addOneNested([list, frozen]), /frozen/, CODE);
    expect(list).toEqual([1, 2]);
    // Nothing was stored, or every store has been undone.
    const last = new Map(stores);
    for (const [index, value] of last) expect(value).toBe([1, 2][index]);
  });

  test.each<[string, string, unknown[], readonly unknown[]]>([
    ['f64', 'add_one_nested_f64_2', [0.1, NaN, -0, 5e-324], [0.5]],
    ['f32', 'add_one_nested_f32_2', [0.1, 1 / 3, -0, 16777217], [0.5]],
    ['u8', 'add_one_nested_u8_2', [0, 255], [1]],
    ['i32', 'add_one_nested_i32_2', [-1, 2 ** 31 - 1], [1]],
    ['i64', 'add_one_nested_i64_2', [1, -1, 2 ** 53 - 2], [1]],
    ['i64', 'add_one_nested_i64_2', [1n, -(2n ** 63n), 2n ** 63n - 1n], [1n]],
    ['u64', 'add_one_nested_u64_2', [0n, 2n ** 64n - 1n], [1n]],
    ['u64', 'add_one_nested_u64_2', [0, 2 ** 53 - 2], [1]],
    ['bool', 'not_all_nested_2', [true, false], [true]],
  ])('%s, %s: the very values from before', (type, name, values, last) => {
    const list = [...values];
    const call = declared(`fn ${name}(v: &mut PyVec<&mut PyVec<${type}>>)`);
    expectTypeError(() => call([list, Object.freeze(last)]), /frozen/, CODE);
    expect(list.map((value, k) => Object.is(value, values[k]))).toEqual(values.map(() => true));
  });

  test('an f32 is not rounded on the way', () => {
    const list = [0.1, 0.2];
    expectTypeError(() => kernels.add_one_nested_f32_2(f32([list, Object.freeze([0.3]) as number[]])), /frozen/, CODE);
    expect(list).toEqual([0.1, 0.2]);
  });

  test('an integer -0 stays one', () => {
    const list = [-0];
    expectTypeError(() => addOneNested([list, frozen]), /frozen/, CODE);
    expect(list[0]).toBe(-0);
  });

  test('thousands of lists, the last one frozen', () => {
    const lists: (readonly number[])[] = Array.from({ length: 5000 }, (_, i) => [i, i + 1]);
    lists.push(frozen);
    expectTypeError(() => addOneNested(lists), /argument 1 \(v\).*frozen/, CODE);
    expect(lists.slice(0, -1).every((list, i) => list[0] === i && list[1] === i + 1)).toBe(true);
  });

  test('large lists, the last one frozen', () => {
    const large = Array.from({ length: 200_000 }, (_, i) => i);
    expectTypeError(() => addOneNested([large, [1], frozen]), /frozen/, CODE);
    expect(large.every((value, i) => value === i)).toBe(true);
  });

  test('a copied typed array stays as it was as well', () => {
    const odd = new Float64Array(foreignMemory(16, 4));
    const call = declared('fn add_one_nested_f64_2(v: &mut PyVec<&mut PyVec<f64>>)');
    expectTypeError(() => call([odd, Object.freeze([1])]), /frozen/, CODE);
    expect([...odd]).toEqual([0, 0]);
  });

  test('a setter that also throws when its old value is put back does not keep the others from theirs', () => {
    let stored = 0;
    const stubborn = withAccessor(
      [1],
      0,
      () => 1,
      () => {
        stored++;
        throw new Error(`store ${stored}`);
      },
    );
    const [before, after] = [[1], [1]];
    expect(thrownBy(() => addOneNested([before, stubborn, after])).message).toBe('store 1');
    expect([before, after]).toEqual([[1], [1]]);
  });
});

test('a length that lies the same way each time is the length', () => {
  const values = [1, 2, 3];
  addOne(withLength(values, 2));
  expect(values).toEqual([2, 3, 3]);
});
