import { WAYS } from '../../support/exported';
import { libraryPath } from '../../support/kernels';

const OPENED = WAYS.map(([name, { rustdll }]) => [name, new rustdll.RustDLL(libraryPath('callbacks'))] as const);

interface Row {
  name: string;
  size: number;
}

interface Counter {
  count: number;
  add(f: (count: number) => number): number;
  listen(on: ((count: number) => void) | null): void;
  set(count: number): void;
  close(): void;
}

/** Runs `call`, which has to throw, and returns what it throws. */
function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe.each(OPENED)('callbacks, %s', (_, lib) => {
  const guards = (): number => lib.guards() as number;

  test('a lent function is called until the call ends, as often as Rust likes', () => {
    expect(lib.apply((x: number) => x * 2, 21)).toBe(42);
    expect(lib.total(1000, (x: number) => x)).toBe(499_500);
    const words: string[] = [];
    expect(lib.each(['x', 'Größe', '', '🦀'], (word: string) => words.push(word))).toBe(4);
    expect(words).toEqual(['x', 'Größe', '', '🦀']);
    let ticks = 0;
    lib.tick(() => ticks++);
    expect(ticks).toBe(1);
  });

  test('an optional function may be left out', () => {
    expect(lib.maybe(1)).toBe(1);
    expect(lib.maybe(1, null)).toBe(1);
    expect(lib.maybe(1, (x: number) => x + 1)).toBe(2);
  });

  test('it gets and returns values of all kinds', () => {
    const rows: Row[] = [
      { name: 'c', size: 3 },
      { name: 'a', size: 1 },
      { name: 'b', size: 2 },
    ];
    expect(lib.sort_by(rows, (a: Row, b: Row) => a.size < b.size)).toEqual([rows[1], rows[2], rows[0]]);
    let given: unknown[] = [];
    const row = { name: 'Größe', size: 1.5 };
    const exact = lib as unknown as { mix(f: (...args: unknown[]) => Row[]): Row[] };
    expect(
      exact.mix((...args) => {
        given = args;
        return [...(args[3] as Row[]), { name: '🦀', size: -0 }];
      }),
    ).toEqual([row, { name: '🦀', size: -0 }]);
    expect(given).toEqual([[1, -0.5], null, [true, 'ß'], [row], 2 ** 53 - 1, -8, Uint8Array.of(0, 255)]);
  });

  test.each([0, 1, 31, 32, 33, 63, 64, 65, 1000, 100_000])('arguments and a result of %d values', (count) => {
    const result = lib.large(count, (list: number[], text: string) => {
      expect(list).toEqual(Array.from({ length: count }, (__, k) => k));
      expect(text).toBe('ä'.repeat(count));
      return list.map((value) => `${value}ß`);
    }) as string[];
    expect(result).toEqual(Array.from({ length: count }, (__, k) => `${k}ß`));
  });

  test('exact integers', () => {
    expect(lib.exact(2n ** 60n, (x: bigint) => x + 1n)).toBe(2n ** 60n + 1n);
  });

  test('it may call the library again, with short strings in both calls', () => {
    const inner: string[] = [];
    const numbers = [1, 2];
    const result = lib.between('outer', numbers, (text: string) => {
      inner.push(lib.between('in', [9], (other: string) => inner.push(other)) as string);
      inner.push(lib.between(`${text} of many more letters than the other`, [], () => undefined) as string);
      lib.each(['w'.repeat(300), 'ä'.repeat(300)], () => undefined);
      expect(lib.large(200, (list: number[]) => list.map(String))).toHaveLength(200);
      expect(() => lib.apply(() => 'no number', 1)).toThrow(TypeError);
    });
    expect(result).toBe('outer!');
    expect(numbers).toEqual([2, 3]);
    expect(inner).toEqual(['in', 'in!', 'outer of many more letters than the other!']);
  });

  test.each([
    ['an error', new RangeError('mine')],
    ['a frozen error', Object.freeze(new Error('frozen'))],
    ['a number', 5],
    ['undefined', undefined],
    ['null', null],
    ['an object with getters that throw', Object.defineProperty({}, 'message', { get: () => lib.nothing_there })],
  ])('what it throws is thrown by the call, the same value: %s', (__, value) => {
    const before = guards();
    const throwing = (): never => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- a function may throw anything
      throw value;
    };
    const stack = value instanceof Error ? value.stack : undefined;
    expect(thrownBy(() => lib.apply(throwing, 1))).toBe(value);
    for (const name of ['passed_on', 'passed_on_as_error', 'passed_on_in_box'] as const) {
      expect(thrownBy(() => lib[name](throwing))).toBe(value);
    }
    if (value instanceof Error) expect(value.stack).toBe(stack);
    // Destructors have run.
    expect(guards()).toBe(before);
    expect(lib.apply((x: number) => x, 1)).toBe(1);
  });

  test('Rust learns what it has thrown', () => {
    const told = (value: unknown): unknown =>
      lib.caught(() => {
        throw value;
      });
    expect(told(Object.assign(new TypeError('oh'), { code: 'E_MINE' }))).toBe('TypeError / oh / Some("E_MINE")');
    expect(told(new Error('Größe 🦀'))).toBe('Error / Größe 🦀 / None');
    expect(told('text')).toBe('string / text / None');
    expect(told(null)).toBe('object / null / None');
    expect(told(new Error('\ud800'))).toBe('Error / \ufffd / None');
    expect(lib.caught((x: number) => x + 1)).toBe('returned 2');
  });

  test.each([new RangeError('too far'), Object.freeze({}), 'text', null, undefined])(
    'what was thrown is the cause of another error: %s',
    async (thrown) => {
      const fail = (): number => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- a function may throw anything
        throw thrown;
      };
      const error = thrownBy(() => lib.explained(fail)) as Error;
      expect(error).toMatchObject({ name: 'RustError', message: 'no value', code: 'ERR_RUSTDLL_RUST' });
      expect('cause' in error).toBe(true);
      expect(error.cause).toBe(thrown);

      const outer = thrownBy(() => lib.explained_twice(fail)) as Error;
      expect(outer).toBeInstanceOf(TypeError);
      expect(outer).toMatchObject({ message: 'outer', cause: { message: 'inner "ä"', code: 'E_INNER' } });
      expect((outer.cause as Error).cause).toBe(thrown);

      const later = lib as unknown as { explained_later(f: () => number): Promise<number> };
      const failed = await later.explained_later(fail).catch((error: unknown) => error);
      expect(failed).toMatchObject({ name: 'RustError', message: 'no value later' });
      expect((failed as Error).cause).toBe(thrown);
    },
  );

  test('a result of the wrong type is an error that names the function', () => {
    expect(thrownBy(() => lib.apply(() => 'x', 1))).toMatchObject({
      name: 'TypeError',
      code: 'ERR_RUSTDLL_TYPE',
      message: 'apply: the result of argument 1 (f): expected a number (f64), got string "x"',
    });
    expect(thrownBy(() => lib.large(1, () => ['a', 5]))).toMatchObject({
      message: 'large: the result of argument 2 (f)[1]: expected a string, got number 5',
    });
    expect(thrownBy(() => lib.exact(1n, () => -1n))).toMatchObject({ code: 'ERR_RUSTDLL_RANGE' });
    expect(lib.caught(() => 1.5)).toMatch(/^RangeError|^TypeError/);
    expect(thrownBy(() => lib.apply(5, 1))).toMatchObject({
      message: 'apply: argument 1 (f): expected a function, got number 5',
    });
  });

  test('arguments that JavaScript cannot represent are an error that names the function', () => {
    const error = thrownBy(() => lib.inexact((x: number) => x));
    expect(error).toMatchObject({ name: 'RangeError', code: 'ERR_RUSTDLL_RANGE' });
    expect((error as Error).message).toMatch(/^inexact: the call of argument 1 \(f\): /);
  });

  test('a synchronous call does not wait for a promise', () => {
    const error = thrownBy(() => lib.apply(() => Promise.reject(new Error('nobody sees it')), 1));
    expect(error).toMatchObject({ name: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
    expect((error as Error).message).toContain('call apply in the background, through lib.async');
  });

  test('on another thread, while a synchronous call waits for it, it cannot be called', () => {
    const before = guards();
    expect(thrownBy(() => lib.on_thread((x: number) => x, 1))).toMatchObject({
      name: 'RustDLLError',
      code: 'ERR_RUSTDLL_DEADLOCK',
    });
    expect(guards()).toBe(before);
  });

  test('recursion ends as in JavaScript', () => {
    const recurse = (x: number): number => lib.apply(recurse, x) as number;
    expect(thrownBy(() => recurse(1))).toMatchObject({ name: 'RangeError' });
    expect(lib.apply((x: number) => x, 7)).toBe(7);
  });

  test('a kept function is called later, returned as itself, and dropped', () => {
    const half = (x: number): number => x / 2;
    lib.keep(half);
    expect(lib.call_kept(3)).toBe(1.5);
    expect(lib.kept_function()).toBe(half);
    const mine = new Error('mine');
    lib.keep(() => {
      throw mine;
    });
    expect(thrownBy(() => lib.call_kept(1))).toBe(mine);
    lib.drop_kept();
    expect(lib.kept_function()).toBeNull();
    expect(thrownBy(() => lib.call_kept(1))).toMatchObject({ message: 'nothing is kept' });
  });

  test('functions in records and lists', () => {
    const seen: unknown[] = [];
    const on = (name: string, value: number): boolean => {
      seen.push(name, value);
      return name !== 'b';
    };
    const listeners = [
      { name: 'a', on, after: () => seen.push('after') },
      { name: 'b', on, after: null },
      { name: 'c', on },
    ];
    expect(lib.notify(listeners, 1)).toBe(2);
    expect(seen).toEqual(['a', 1, 'after', 'b', 1]);
    expect(thrownBy(() => lib.notify([{ name: 'a', on: {} }], 1))).toMatchObject({
      message: 'notify: argument 1 (listeners)[0].on: expected a function, got an object',
    });
  });

  test('methods take functions, which find their object in use', () => {
    const counter = new lib.Counter(1) as unknown as Counter;
    expect(counter.add((count) => count + 1)).toBe(3);
    expect(thrownBy(() => counter.add(() => counter.count))).toMatchObject({ code: 'ERR_RUSTDLL_BUSY' });
    const seen: number[] = [];
    counter.listen((count) => seen.push(count));
    counter.set(5);
    counter.listen(null);
    counter.set(6);
    expect(seen).toEqual([5]);
    counter.close();
  });

  test('objects are passed to functions and returned by them', () => {
    let kept: Counter | undefined;
    const other = (counter: Counter): Counter => {
      kept = counter;
      return new lib.Counter(counter.count + 5) as unknown as Counter;
    };
    expect(lib.through(other)).toBe(6);
    expect(kept?.count).toBe(1);
    kept?.close();
  });

  test('many functions leave nothing behind', () => {
    const before = guards();
    for (let k = 0; k < 10_000; k++) {
      lib.apply((x: number) => x + k, 1);
      lib.keep((x: number) => x + k);
      thrownBy(() =>
        lib.apply(() => {
          throw new Error(String(k));
        }, 1),
      );
    }
    expect(lib.call_kept(1)).toBe(10_000);
    lib.drop_kept();
    expect(guards()).toBe(before);
  });
});
