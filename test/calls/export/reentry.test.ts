import { expectWorking, WAYS } from '../../support/exported';
import { expectRangeError, expectTypeError, thrownBy } from '../../support/errors';
import { detach, resizable } from '../../support/views';
import { withAccessor, withLength } from '../../support/watched';

// These values run code of the user's while they are encoded.

interface Point {
  x: number;
  y: number;
  label: string | null;
}

/** Makes a point with a getter `y` that calls `run`. */
function pointThat(run: (point: Point) => void): Point {
  const point = { x: 1, y: 2, label: 'é' };
  return Object.defineProperty(point, 'y', { get: () => (run(point), 2), enumerable: true });
}

afterEach(expectWorking);

describe.each(WAYS)('%s', (_, { lib, faults }) => {
  const POINT: Point = { x: 1, y: 2, label: 'é' };

  test('what a getter throws is thrown, and nothing is called', () => {
    const mine = new Error('mine');
    const fail = (): never => {
      throw mine;
    };
    const touched = lib.touched() as number;
    for (const thrown of [mine, 'a string', null, new TypeError('of a getter')]) {
      const bad = pointThat(() => {
        throw thrown as Error;
      });
      let caught: unknown = 'nothing';
      try {
        lib.touch([POINT, bad]);
      } catch (error) {
        caught = error;
      }
      expect(caught).toBe(thrown);
    }
    expect(thrownBy(() => lib.touch(withAccessor([POINT, POINT], 1, fail)))).toBe(mine);
    expect(thrownBy(() => lib.touch_text(withAccessor(['a', 'b'], 0, fail)))).toBe(mine);
    expect(thrownBy(() => lib.touch(new Proxy([POINT], { get: fail })))).toBe(mine);
    expect(thrownBy(() => lib.echo_point(new Proxy(POINT, { get: fail })))).toBe(mine);
    expect(thrownBy(() => lib.echo_map_f64(new Proxy({ a: 1 }, { ownKeys: fail })))).toBe(mine);
    expect(thrownBy(() => lib.echo_shape(new Proxy({ type: 'Empty' }, { get: fail })))).toBe(mine);
    expect(lib.touched()).toBe(touched);
  });

  test('a getter that calls: each call has a stream of its own', () => {
    const inner: unknown[] = [];
    const outer = pointThat(() => {
      inner.push(lib.echo_points([POINT, POINT]), lib.words('a é'), lib.add_i64(1, 2), lib.echo_vec_f64([0.5]));
      expectTypeError(() => lib.echo_vec_string(['long '.repeat(100), 1]), 'echo_vec_string: argument 1 (value)[1]');
      expectTypeError(() => lib.echo_vec_string(['\ud800']), 'lone surrogate', 'ERR_RUSTDLL_SURROGATE');
      expect(thrownBy(() => lib.fail_code()).message).toBe('not a shape');
      expect(thrownBy(() => lib.panic_str()).message).toBe('a string slice');
    });
    expect(lib.echo_points([{ x: 0, y: 0, label: 'before' }, outer, { x: 9, y: 9, label: 'after' }])).toEqual([
      { x: 0, y: 0, label: 'before' },
      POINT,
      { x: 9, y: 9, label: 'after' },
    ]);
    expect(inner).toEqual([[POINT, POINT], ['a', 'é'], 3, [0.5]]);
  });

  test('a getter in a list of strings, however much text there is before it and in the call that it makes', () => {
    const texts = Array.from({ length: 5000 }, (_, k) => `text é ${k} `.repeat(10));
    const inner = texts.slice(0, 2500);
    const outer = withAccessor(texts, 3000, () => (lib.echo_vec_string(inner) as string[]).join(''));
    expect(lib.echo_vec_string(outer)).toEqual(texts.with(3000, inner.join('')));
  });

  test('fifty calls inside one another', () => {
    const results: unknown[] = [];
    const descend = (depth: number): void => {
      const points = [
        { x: depth, y: 0, label: `level ${depth}` },
        pointThat(() => depth < 50 && descend(depth + 1)),
        { x: -depth, y: 0, label: null },
      ];
      results.unshift(lib.echo_points(points));
      const list = [depth];
      faults.add_all(
        list,
        withAccessor([[1], [2]], 0, () => (lib.words('in between'), [depth])),
      );
      results.push(list[0]);
    };
    descend(1);
    expect(results.slice(0, 50)).toEqual(
      Array.from({ length: 50 }, (_, i) => [
        { x: i + 1, y: 0, label: `level ${i + 1}` },
        POINT,
        { x: -i - 1, y: 0, label: null },
      ]),
    );
    expect(results.slice(50).toReversed()).toEqual(Array.from({ length: 50 }, (_, i) => 2 * (i + 1) + 2));
  });

  test('a list that grows, shrinks or changes while it is encoded', () => {
    const make = (change: (list: unknown[]) => void): unknown[] => {
      const list: unknown[] = Array.from({ length: 6 }, () => ({ ...POINT }));
      list[1] = pointThat(() => change(list));
      return list;
    };
    // The elements are those that the list had when its length was read, or an error names the missing one.
    expect(lib.echo_points(make((list) => list.push(1, 2, 3)))).toHaveLength(6);
    for (const change of [
      (list: unknown[]) => (list.length = 2),
      (list: unknown[]) => list.splice(2),
      (list: unknown[]) => (list[2] = 'x'),
    ]) {
      expectTypeError(
        () => lib.echo_points(make(change)),
        'echo_points: argument 1 (value)[2]: expected an object (Point)',
      );
    }
    expect(lib.echo_points(make((list) => (list[5] = { x: 7, y: 7, label: null })))[5].x).toBe(7);
    expect(lib.echo_points(make((list) => (list[0] = null)))).toHaveLength(6);
    const options: unknown[] = withAccessor<unknown>(['a', 'b', 'c', 'd'], 1, () => ((options.length = 2), 'b'));
    expect(lib.echo_vec_option_string(options)).toEqual(['a', 'b', null, null]);
  });

  test('numbers that change while they are packed into the stream', () => {
    const list: number[] = withAccessor([1, 2, 3, 4], 1, () => ((list.length = 2), 2));
    expectTypeError(() => lib.echo_vec_vec_f64([[9], list]), 'echo_vec_vec_f64: argument 1 (value)[1][2]: ');
    const growing: number[] = withAccessor([1, 2, 3], 0, () => (growing.push(...Array<number>(5000).fill(7)), 1));
    expect(lib.echo_vec_vec_f64([growing, [5]])).toEqual([[1, 2, 3], [5]]);
    // The calls in between need more memory than the first stream has.
    const large = Array<number>(200_000).fill(0.5);
    const calling = withAccessor([1, 2, 3], 1, () => lib.count_vec_vec([large.map(() => 1)]) as number);
    expect(lib.echo_vec_vec_f64([[0], calling, [4]])).toEqual([[0], [1, 200_000, 3], [4]]);
  });

  test('lists that lie about their length', () => {
    const liar = (length: unknown): unknown[] => withLength<unknown>([POINT], length);
    for (const length of [2 ** 32, -1, 2 ** 53]) {
      expectRangeError(() => lib.echo_points(liar(length)), 'echo_points: argument 1 (value): ');
      expectRangeError(() => lib.echo_vec_vec_f64([[1], liar(length)]), 'echo_vec_vec_f64: argument 1 (value)[1]: ');
    }
    for (const length of [NaN, 1.5, '1', undefined, null, {}, 1n]) {
      expectTypeError(() => lib.echo_points(liar(length)), 'echo_points: argument 1 (value): ');
    }
    expectTypeError(
      () => lib.echo_points(liar(3)),
      'echo_points: argument 1 (value)[1]: expected an object (Point), got undefined',
    );
    expect(lib.echo_points(liar(0))).toEqual([]);
    expectTypeError(() => lib.echo_array_f64(withLength([1, 2, 3], 2)), 'expected a list of 3 elements, got one of 2');
    expectTypeError(() => lib.echo_array_f64(withLength([1], 3)), 'echo_array_f64: argument 1 (value)[1]: ');
  });

  test('views that are detached or resized by a later value', () => {
    const view = new Float64Array([1, 2]);
    // The stream has a copy that was made before; lent memory is examined after all arguments are packed.
    expect(lib.echo_vec_vec_f64([view, withAccessor([5], 0, () => (detach(view), 5))])).toEqual([[1, 2], [5]]);
    const lent = new Float64Array([1, 2]);
    expectTypeError(
      () => faults.sum_beside(lent, [withAccessor([5], 0, () => (detach(lent), 5))]),
      'sum_beside: argument 1 (list): ',
      'ERR_RUSTDLL_DETACHED',
    );
    const buffer = resizable(32);
    const tracking = new Float64Array(buffer);
    tracking.set([1, 2, 3, 4]);
    expect(faults.sum_beside(tracking, [withAccessor([5], 0, () => (buffer.resize(16), 5))])).toBe(8);
    expect(faults.sum_beside(tracking, [withAccessor([5], 0, () => (buffer.resize(0), 5))])).toBe(5);
  });

  test('a value that is another each time it is read', () => {
    const answers: unknown[] = [
      1,
      'x',
      2.5,
      null,
      2n,
      2 ** 60,
      [1],
      undefined,
      {},
      NaN,
      [[1]],
      POINT,
      { type: 'Empty' },
      new Float64Array(1),
      true,
    ];
    let asked = 0;
    const shifting = (): unknown =>
      new Proxy([], {
        get: (_target, key) =>
          key === 'length' ? asked++ % 4 : typeof key === 'symbol' ? undefined : answers[asked++ % answers.length],
        has: () => asked++ % 2 === 0,
        ownKeys: () => (asked++ % 2 === 0 ? ['length'] : ['length', 'x']),
        getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true, writable: true }),
      });
    const calls = [
      'echo_points',
      'echo_point',
      'echo_tree',
      'echo_shape',
      'echo_map_f64',
      'echo_tuple',
      'echo_vec_string',
      'echo_vec_vec_f64',
      'echo_vec_f64',
      'bump_f64',
      'echo_everything',
      'echo_array_f64',
      'echo_option_vec_f64',
    ];
    let errors = 0;
    for (let i = 0; i < 60; i++) {
      for (const name of calls) {
        asked = i;
        try {
          lib[name](shifting());
        } catch (error) {
          // The engine refuses a Proxy that breaks the rules, with an error that has no code.
          expect(error).toBeInstanceOf(Error);
          expect((error as Error).name).toMatch(/^(Type|Range)Error$/);
          expect((error as { code?: string }).code ?? 'ERR_RUSTDLL').toMatch(/^ERR_RUSTDLL/);
          errors++;
        }
      }
    }
    expect(errors).toBeGreaterThan(300);
  });

  test('a getter that adds what was already counted', () => {
    const point = pointThat((self) => Object.assign(self, { late: 1 }));
    expectTypeError(() => lib.echo_point(point), 'echo_point: argument 1 (value).late: Point has no such field');
    const map: Record<string, number> = {};
    Object.defineProperty(map, 'a', { get: () => ((map['b'] = 2), 1), enumerable: true });
    expect(lib.echo_map_f64(map)).toEqual({ a: 1 });
    const values = new Map<string, unknown>(
      [
        [
          'a',
          {
            get x() {
              values.set('c', 1);
              return 1;
            },
            y: 2,
            label: null,
          },
        ],
      ].map(([key, value]) => [key as string, [value]]),
    );
    expect(lib.echo_map_points(values)).toEqual({ a: [{ x: 1, y: 2, label: null }] });
  });

  test('a stack that overflows in the middle of a call', () => {
    const overflow = (call: () => unknown): void => {
      let error: unknown;
      try {
        call();
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toBeInstanceOf(RangeError);
      expectWorking();
    };
    // The amount of stack differs in each round, so that it overflows at different places.
    const padded = (count: number, next: () => unknown, ..._room: unknown[]): unknown =>
      count === 0 ? next() : padded(count - 1, next, count, count);
    for (let round = 0; round < 30; round++) {
      const deeper = (): number => {
        padded(round, () => {
          const point = pointThat(() => deeper());
          if (round % 3 === 0) lib.echo_points([POINT, point]);
          else if (round % 3 === 1) faults.add_all([1], [[1], withAccessor([2], 0, deeper)]);
          else lib.echo_map_points({ a: [point] });
        });
        return 1;
      };
      overflow(deeper);
    }
  });
});
