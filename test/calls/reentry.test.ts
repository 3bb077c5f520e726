import { declaredAs, WAYS } from '../support/ways';
import { f64 } from '../../src-ts/index';
import { expectRangeError, expectTypeError, thrownBy } from '../support/errors';
import { expectHealthy } from '../support/health';
import { callsDuring, declared, guessed, kernels, libraryPath, type LooseFunction } from '../support/kernels';
import { FORBID_CODE, runProgram } from '../support/program';
import { detach, resizable } from '../support/views';
import { whileReplaced } from '../support/replaced';
import { withAccessor, withLength } from '../support/watched';

// These lists run code of the user's while they are packed or written back.

/** The ways of calling `add_one` with a list of integers. */
const ADD_ONE: readonly (readonly [string, LooseFunction])[] = [
  ...WAYS.map((way) => [way, declaredAs(way, 'fn add_one_i64(v: &mut PyVec<i64>)')] as const),
  ['guessed', guessed('add_one_i64')],
];
const sum = declared('fn sum_i64(v: &PyVec<i64>) -> i64');

afterEach(expectHealthy);

describe.each(ADD_ONE)('%s', (_, addOne) => {
  test('a getter is an element like any other', () => {
    let stored: number | undefined;
    const list = withAccessor<number>(
      [1, 2, 3],
      1,
      () => 20,
      (value) => (stored = value),
    );
    addOne(list);
    expect(stored).toBe(21);
    expect([list[0], list[2]]).toEqual([2, 4]);
  });

  test('what a getter throws is thrown, and nothing is called', () => {
    const mine = new Error('mine');
    const list = withAccessor([1, 2, 3], 2, () => {
      throw mine;
    });
    expect(callsDuring(() => expect(thrownBy(() => guessed('count_call_with')(list))).toBe(mine))).toBe(0);
    expect(thrownBy(() => addOne(list))).toBe(mine);
    expect(list.slice(0, 2)).toEqual([1, 2]);
  });

  test('a getter that calls: each call has memory of its own', () => {
    const inner = [10, 20, 30];
    let read: number | undefined;
    let stored: number | undefined;
    const outer = withAccessor<number>(
      [1, 2, 3],
      1,
      () => {
        if (read !== undefined) return read;
        addOne(inner);
        return (read = Number(kernels.str_len('x'.repeat(100))) + inner[0]!);
      },
      (value) => (stored = value),
    );
    addOne(outer);
    expect(inner).toEqual([11, 21, 31]);
    expect([outer[0], stored, outer[2]]).toEqual([2, 112, 4]);
  });

  test('a setter that calls', () => {
    const inner = [1];
    const outer = withAccessor<number>(
      [5, 6, 7],
      1,
      () => 6,
      (value) => inner.push(value, Number(kernels.add(value, 1))),
    );
    addOne(outer);
    expect([outer[0], outer[2]]).toEqual([6, 8]);
    expect(inner).toEqual([1, 7, 8]);
  });

  test('fifty calls inside one another', () => {
    const lists: number[][] = [];
    /** Adds one to a list with a getter that does the same at the next depth. Returns the first element. */
    const descend = (depth: number): number => {
      let read: number | undefined;
      const list = withAccessor<number>(
        [depth, 0, -depth],
        1,
        () => (read ??= depth < 50 ? descend(depth + 1) : 1000),
        (value) => (read = value),
      );
      lists.unshift(list);
      addOne(list);
      return list[1]!;
    };
    expect(descend(0)).toBe(1051);
    expect(lists.map((list) => [...list])).toEqual(Array.from({ length: 51 }, (_, i) => [51 - i, 1001 + i, i - 49]));
  });

  test('a list that grows, shrinks or is emptied while it is packed', () => {
    const values = (): number[] => Array.from({ length: 1000 }, (_, i) => i);
    for (const change of [
      (list: number[]) => (list.length = 0),
      (list: number[]) => (list.length = 500),
      (list: number[]) => list.splice(200, 700),
    ]) {
      const list = values();
      Object.defineProperty(list, 100, { get: () => (change(list), 100), configurable: true, enumerable: true });
      expectTypeError(() => addOne(list), /^add_one_i64: argument 1/);
    }
    const growing: number[] = withAccessor(
      values(),
      0,
      () => (growing.push(1), 0),
      () => undefined,
    );
    expectTypeError(() => addOne(growing), /^add_one_i64: argument 1/, 'ERR_RUSTDLL_WRITE_BACK');
  });

  test('an element that is another each time it is read', () => {
    const answers: unknown[] = [1, 'x', 2.5, null, 2n, 2 ** 60, [1], undefined, {}, NaN];
    answers.forEach((_, first) => {
      let asked = first;
      const list = new Proxy([0, 0, 0], {
        get: (target, key, receiver) =>
          /^\d+$/.test(String(key)) ? answers[asked++ % 10] : (Reflect.get(target, key, receiver) as unknown),
      });
      const error = thrownBy(() => addOne(list)) as { code?: string };
      expect(error.code).toMatch(/^ERR_RUSTDLL_(TYPE|RANGE)$/);
    });
  });

  test.each<[unknown, typeof expectTypeError]>([
    [2 ** 32, expectRangeError],
    [2 ** 53, expectRangeError],
    [-1, expectRangeError],
    [1e300, expectRangeError],
    [-Infinity, expectTypeError],
    [NaN, expectTypeError],
    [Infinity, expectTypeError],
    [1.5, expectTypeError],
    ['3', expectTypeError],
    [3n, expectTypeError],
    [undefined, expectTypeError],
    [null, expectTypeError],
    [{ valueOf: () => 1 }, expectTypeError],
    [true, expectTypeError],
  ])('a length of %p', (length, expectIt) => {
    expectIt(() => addOne(withLength([1, 2, 3], length)), /^add_one_i64: argument 1/);
  });

  test('a length that is too long for the elements', () => {
    expectTypeError(() => addOne(withLength([1, 2, 3], 4)), /^add_one_i64: argument 1.*\[3\]: .*undefined/);
    expectTypeError(() => addOne(withLength([1], 1_000_000)), /^add_one_i64: argument 1.*\[1\]: .*undefined/);
  });

  test('a length of 2^32-1, for which there may be no memory', () => {
    const error = thrownBy(() => addOne(withLength([1, 2, 3], 2 ** 32 - 1)));
    expect(error).toMatchObject({ code: expect.stringMatching(/^ERR_RUSTDLL_(MEMORY|TYPE)$/) });
  });

  test('a Proxy that is revoked', () => {
    const { proxy, revoke } = Proxy.revocable([1, 2], {});
    revoke();
    expect(thrownBy(() => addOne(proxy))).toBeInstanceOf(TypeError);
  });

  test('a getter that calls without end', () => {
    const list: number[] = withAccessor(
      [1, 2],
      0,
      () => (addOne(list), 1),
      () => undefined,
    );
    expect(thrownBy(() => addOne(list))).toBeInstanceOf(RangeError);
  });
});

describe('strings of a call whose getter calls with other strings', () => {
  const call = declared(
    'fn mixed_references(a: f64, s: &PyStr, b: i8, v: &mut PyVec<f64>, c: f32, w: &PyVec<i64>, d: bool) -> f64',
  );

  test.each(['', 'né', 'x'.repeat(30), '😀'.repeat(200)])('%#', (text) => {
    const disturb = (): number => {
      kernels.hash_str('an other text, which is somewhat longer');
      kernels.hash_strs(['a', 'list', 'of', 'strings', 'é']);
      kernels.noop('1', '2', '3', '4', '5', '6');
      return 1;
    };
    const bytes = Buffer.byteLength(text);
    expect(call(0, text, 0, withAccessor([1, 2], 1, disturb, disturb), 0, [], false)).toBe(2 * bytes + 4 * 2);
    const guess = guessed('mixed_guess')(text, 0, 0.5, withAccessor([1, 2], 1, disturb, disturb), false, [0.5]);
    expect(guess).toBe(bytes + 4 * 2);
    const hash = kernels.hash_str(text);
    expect(kernels.hash_str(text, withAccessor([1, 2], 1, disturb, disturb))).toBe(hash);
    expect(kernels.hash_str(text, 'b', 'c', 'd', 'e', withAccessor([1, 2], 1, disturb, disturb), 'f')).toBe(hash);
  });
});

/** Makes a list that calls other functions at every access, and lets `set_at` change one of its elements. */
const DISTURBED = `
  const add = lib.declare('fn add(a: i64, b: i64) -> i64').add;
  const values = [1, 2, 3, 4];
  const handler = {};
  for (const trap of ['get', 'set', 'has', 'getPrototypeOf', 'getOwnPropertyDescriptor', 'ownKeys', 'isExtensible']) {
    handler[trap] = (...args) => {
      add(1000, 2000);
      lib.add(1000, 2000);
      return Reflect[trap](...args);
    };
  }
  setAt(new Proxy(values, handler), 2, 9);
  console.log(JSON.stringify(values));`;

describe('arguments in registers, which a call in between would replace', () => {
  test.each([
    ['declared', "lib.declare('fn set_at(v: &mut PyVec<i64>, i: usize, x: i64)').set_at", []],
    ['interpreted', "lib.declare('fn set_at(v: &mut PyVec<i64>, i: usize, x: i64)').set_at", [FORBID_CODE]],
    ['guessed', 'lib.set_at', []],
  ])('%s: no code of the user runs any more', (_, setAt, flags) => {
    const open = `const lib = new rustdll.RustDLL(${JSON.stringify(libraryPath('kernels'))}); const setAt = ${setAt};`;
    expect(runProgram(open + DISTURBED, flags)).toEqual([1, 2, 9, 4]);
  });

  test('guessed: a Proxy behind scalars', () => {
    const list = new Proxy([1, 2], {
      getPrototypeOf: (target) => (kernels.add(1000, 2000), Reflect.getPrototypeOf(target)),
    });
    // `add` has no parameter for the list.
    expect(kernels.add(1, 2, list)).toBe(3);
  });
});

describe('a list is read by its length and indices, by no method of its own', () => {
  const METHODS = ['slice', 'map', 'join', 'every', 'some', 'indexOf', 'includes', 'at', 'forEach', 'concat', 'values'];
  const KEYS = [...METHODS, 'constructor', 'toString', 'toJSON', 'valueOf', Symbol.iterator, Symbol.toPrimitive];

  function withoutMethods<T>(values: T[]): T[] {
    for (const key of KEYS) {
      Object.defineProperty(values, key, {
        get: () => {
          throw new Error(`${String(key)} was asked for`);
        },
      });
    }
    return values;
  }

  test.each<[string, unknown[], string]>([
    ['numbers', [1, 2], 'i64'],
    ['fractions', [0.5, 2], 'f64'],
    ['bigints', [1n], 'i64'],
    ['booleans', [true], 'bool'],
    ['strings', ['a', 'é', '😀'], 'strs'],
    ['bytes', [Buffer.from('a'), Buffer.from('bc')], 'strs'],
    ['lists', [withoutMethods([1]), withoutMethods([2])], 'nested_i64_2'],
    ['lists of strings', [withoutMethods(['a']), withoutMethods(['b'])], 'nested_strs_2'],
  ])('%s', (_, list, name) => {
    const call = guessed(`hash_${name}`);
    const expected = call([...list]);
    expect(call(withoutMethods(list))).toBe(expected);
  });

  test('strings that a method would exchange for longer ones', () => {
    const list = ['a', 'b'];
    const call = declared('fn join_len(v: &PyVec<&PyStr>) -> u64');
    Object.defineProperty(list, 'slice', { value: () => ['x'.repeat(1000), 'y'.repeat(1000)] });
    expect(call(list)).toBe(2);
    class Copy extends Array<string> {
      static override get [Symbol.species](): ArrayConstructor {
        return function () {
          return ['x'.repeat(1000), 'y'.repeat(1000)];
        } as unknown as ArrayConstructor;
      }
    }
    expect(call(Copy.from(['a', 'b']))).toBe(2);
  });
});

describe('a getter that takes an earlier argument away', () => {
  const addTo = declared('fn add_to_f64(a: &mut PyVec<f64>, b: &PyVec<f64>)');
  const spoil = (act: () => void): number[] => withAccessor([1, 2], 0, () => (act(), 1));

  test.each(['declared', 'guessed'])('detached, %s', (how) => {
    const call = how === 'declared' ? addTo : guessed('add_to_f64');
    const view = new Float64Array([1, 2]);
    const list = how === 'declared' ? spoil(() => detach(view)) : f64(spoil(() => view.length > 0 && detach(view)));
    expectTypeError(() => call(view, list), /^add_to_f64: argument 1/, 'ERR_RUSTDLL_DETACHED');
  });

  test('a view of bytes for text', () => {
    const lines = declared(
      'fn mixed_references(a: f64, s: &PyStr, b: i8, v: &mut PyVec<f64>, c: f32, w: &PyVec<i64>, d: bool) -> f64',
    );
    const text = Buffer.from(new ArrayBuffer(4));
    const list = spoil(() => detach(text));
    expectTypeError(() => lines(0, text, 0, list, 0, [], false), /argument 2 \(s\)/, 'ERR_RUSTDLL_DETACHED');
    const spoilt = Buffer.from(new ArrayBuffer(4));
    expectTypeError(
      () =>
        lines(
          0,
          spoilt,
          0,
          spoil(() => spoilt.fill(0xff)),
          0,
          [],
          false,
        ),
      /argument 2 \(s\).*UTF-8/,
    );
  });

  test('resized: Rust gets what there is at the call', () => {
    const buffer = resizable(32);
    const view = new Float64Array(buffer);
    addTo(
      view,
      spoil(() => buffer.resize(8)),
    );
    expect([...view]).toEqual([1]);
    addTo(
      view,
      spoil(() => buffer.resize(64)),
    );
    expect([...view].slice(0, 3)).toEqual([2, 2, 0]);
  });

  test('moved to another buffer by transfer', () => {
    const view = new Float64Array([1, 2]);
    let moved: ArrayBuffer | undefined;
    const list = spoil(() => {
      moved ??= structuredClone(view.buffer, { transfer: [view.buffer] });
    });
    expectTypeError(() => addTo(view, list), /^add_to_f64: argument 1/, 'ERR_RUSTDLL_DETACHED');
    expect([...new Float64Array(moved!)]).toEqual([1, 2]);
  });

  test('an earlier list: what was packed of it', () => {
    const early = [1, 2];
    addTo(
      early,
      spoil(() => (early[1] = 50)),
    );
    expect(early[0]).toBe(2);
    expectTypeError(
      () =>
        addTo(
          early,
          spoil(() => early.pop()),
        ),
      /^add_to_f64: argument 1/,
      'ERR_RUSTDLL_WRITE_BACK',
    );
  });
});

test('a setter that takes a copied view away after the call', () => {
  const call = declared('fn add_one_nested_f64_2(v: &mut PyVec<&mut PyVec<f64>>)');
  const buffer = resizable(16);
  const view = new Float64Array(buffer);
  const list = withAccessor(
    [1],
    0,
    () => 1,
    () => buffer.resize(8),
  );
  const error = thrownBy(() => call([view, list])) as { code?: string };
  expect(error.code).toBe('ERR_RUSTDLL_WRITE_BACK');
  expect([...view]).toEqual([0]);
});

test('sum is not disturbed by calls of other functions in the getters of its list', () => {
  const list = Array.from({ length: 100 }, (_, i) => i);
  for (let k = 0; k < 100; k += 7) {
    Object.defineProperty(list, k, {
      get: () => Number(kernels.add(k, 0)) + (sum([1, -1]) as number) + Number(kernels.str_len('')),
    });
  }
  expect(sum(list)).toBe(4950);
  expect(kernels.sum_i64(list)).toBe(4950);
});

describe.each(WAYS)('%s: methods of lists that somebody replaced by ones that call', (way) => {
  const call = (): void => {
    kernels.noop(-1, -2, -3, -4, -5, -6, -0.5, 'other');
  };

  test('scalars', () => {
    const add = declaredAs(way, 'fn add(a: i64, b: i64) -> i64');
    expect(whileReplaced(call, () => add(1, 2) as unknown)).toBe(3);
  });

  test('scalars, strings, lists and views', () => {
    const mixed = declaredAs(
      way,
      'fn mixed_references(a: f64, s: &PyStr, b: i8, v: &mut PyVec<f64>, c: f32, w: &PyVec<i64>, d: bool) -> f64',
    );
    const args = (): unknown[] => [0, 'text', 0, new Float64Array([1, 2]), 0, new BigInt64Array(2), false];
    const expected: unknown = mixed(...args());
    expect(whileReplaced(call, () => mixed(...args()) as unknown)).toBe(expected);
    const lists = (): unknown[] => [0, 'text', 0, [1, 2], 0, [0, 0], false];
    expect(whileReplaced(call, () => mixed(...lists()) as unknown)).toBe(expected);
  });
});
