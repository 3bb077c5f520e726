/**
 * Values for exported functions that change while they are read, are inconsistent, throw, contain themselves, or are
 * too large.
 */

import { group, type DeclareRow } from '../support/hazards';

const ways: [how: string, row: DeclareRow][] = [
  ['generated', group()],
  ['interpreted (fault 66)', group({ flags: ['--disallow-code-generation-from-strings'] })],
];

describe.each(ways)('%s', (_how, row) => {
  row(11, 'a getter that changes what is being encoded', ({ assert, exported }) => {
    const point = () => ({ x: 1, y: 1, label: null });
    const changes: ((list: unknown[]) => void)[] = [
      (list) => (list.length = 0),
      (list) => (list.length = 3),
      (list) => list.push(...new Array<number>(5000).fill(9)),
      (list) => (list[3] = 'text'),
      (list) => (list[3] = null),
      (list) => (list[3] = [1]),
      (list) => (list[4] = 5n),
      (list) => Reflect.deleteProperty(list, 4),
      (list) => list.splice(0, list.length, 'a', 'b'),
      (list) => Object.freeze(list),
      (list) => Object.setPrototypeOf(list, null),
      (list) => Object.defineProperty(list, 4, { get: () => list.push(1) }),
      // The calls in between need much more memory than the stream has.
      () => exported.echo_vec_vec_i64!([new Array<number>(50_000).fill(7)]),
      () => exported.echo_vec_string!(new Array<string>(5000).fill('née')),
    ];
    const calls: [element: unknown, call: (list: unknown[]) => unknown][] = [
      [point(), (list) => exported.lengths!(list)],
      [1, (list) => exported.echo_vec_vec_f64!([[1], list, [2]])],
      [1, (list) => exported.echo_vec_f64!(list)],
      ['a', (list) => exported.echo_vec_string!(list)],
      ['a', (list) => exported.echo_vec_option_string!(list)],
      [{ type: 'Rect', value: [1, 2] }, (list) => exported.echo_shapes!(list)],
      [[1, 2], (list) => exported.echo_vec_array!(list)],
      [
        1,
        (list) =>
          exported.echo_map_f64!(
            [...list.keys()].reduce(
              (map, key) => Object.defineProperty(map, `k${key}`, { get: () => list[key], enumerable: true }),
              {},
            ),
          ),
      ],
      ['high!', (list) => exported.echo_levels!(list)],
    ];
    let results = 0;
    let errors = 0;
    for (const change of changes) {
      for (const [element, call] of calls) {
        const list: unknown[] = Array.from({ length: 6 }, () => structuredClone(element));
        let changed = false;
        Object.defineProperty(list, 2, {
          get: () => {
            // Some changes read the list themselves, so they are applied only once.
            if (!changed) {
              changed = true;
              change(list);
            }
            return element;
          },
          configurable: true,
          enumerable: true,
        });
        try {
          const result = call(list) as unknown[];
          const length = Array.isArray(result) ? result.length : Object.keys(result).length;
          assert.ok(length === 6 || length === 3, String(length));
          results++;
        } catch (error) {
          assert.ok(
            (error instanceof TypeError || error instanceof RangeError) &&
              ((error as { code?: string }).code ?? '').startsWith('ERR_RUSTDLL_'),
            String((error as Error).stack),
          );
          errors++;
        }
      }
    }
    assert.ok(results > 30 && errors > 30, `${results} ${errors}`);
  });

  row(11, 'Proxies that answer differently every time', ({ assert, exported, faults }) => {
    let asked = 0;
    const answers = [
      () => 1,
      () => 300,
      () => 'x',
      () => 'Empty',
      () => [1],
      () => undefined,
      () => null,
      () => new Uint8Array(2),
      () => shifting(),
      () => ({ x: 1, y: 2 }),
      () => 2n ** 70n,
      () => new Map([['a', 1]]),
      () => exported.add_i64!(1, 2),
    ];
    const shifting = (): object =>
      new Proxy(asked % 2 === 0 ? [] : {}, {
        get: (_target, key) =>
          key === 'length' ? asked++ % 5 : typeof key === 'symbol' ? undefined : answers[asked++ % answers.length]!(),
        ownKeys: (target) => (Array.isArray(target) ? ['length', '0', 'x'] : ['x', 'y', `k${asked++ % 3}`]),
        getOwnPropertyDescriptor: (target, key) =>
          key === 'length'
            ? Reflect.getOwnPropertyDescriptor(target, key)
            : { value: 1, enumerable: asked++ % 3 > 0, configurable: true, writable: true },
        has: () => asked++ % 2 === 0,
        getPrototypeOf: () => (asked++ % 2 === 0 ? Array.prototype : Map.prototype),
      });
    const names = [
      'echo_points',
      'echo_point',
      'echo_everything',
      'echo_tree',
      'echo_shape',
      'echo_expression',
      'echo_event',
      'echo_map_f64',
      'echo_map_points',
      'echo_map_map',
      'echo_tuple',
      'echo_nested_tuple',
      'echo_vec_string',
      'echo_vec_vec_f64',
      'echo_vec_bytes',
      'echo_vec_f64',
      'bump_i64',
      'echo_array_string',
      'echo_option_point',
      'optional',
    ];
    let errors = 0;
    for (let i = 0; i < 400; i++) {
      for (const name of names) {
        asked = i;
        try {
          exported[name]!(shifting());
        } catch (error) {
          const { code, name: kind } = error as Error & { code?: string };
          // The engine refuses a Proxy that contradicts its target.
          assert.ok(
            /^(Type|Range)Error$/.test(kind) && (code === undefined || code.startsWith('ERR_RUSTDLL_')),
            String((error as Error).stack),
          );
          errors++;
        }
      }
      try {
        faults.add_all!([1], shifting());
      } catch (error) {
        assert.ok(error instanceof TypeError || error instanceof RangeError);
      }
    }
    assert.ok(errors > 3000, String(errors));
  });

  row(12, 'a Proxy that lies about its length', ({ assert, exported, faults, throws }) => {
    const liar = (length: unknown, list: unknown[] = []) =>
      new Proxy(list, { get: (target, key) => (key === 'length' ? length : (Reflect.get(target, key) as unknown)) });
    const calls: ((list: unknown) => unknown)[] = [
      (list) => exported.echo_vec_f64!(list),
      (list) => exported.echo_vec_vec_f64!([[1], list]),
      (list) => exported.echo_vec_vec_f64!(list),
      (list) => exported.echo_vec_string!(list),
      (list) => exported.echo_points!(list),
      (list) => exported.echo_option_vec_f64!(list),
      (list) => exported.echo_tree!({ name: '', children: list }),
      (list) => exported.echo_map_points!({ a: list }),
      (list) => exported.py_texts!(list),
      (list) => exported.bump_u8!(list),
      (list) => faults.add_all!([1], list),
    ];
    for (const call of calls) {
      for (const length of [2 ** 32, 2 ** 53, 1e300, -1, -(2 ** 32)])
        throws(() => call(liar(length)), { type: 'RangeError', code: 'ERR_RUSTDLL_RANGE', message: /argument [12]/ });
      for (const length of [NaN, Infinity, 1.5, '3', undefined, null, 3n, {}, Symbol('s')])
        throws(() => call(liar(length)), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE', message: /argument [12]/ });
      throws(() => call(liar(1000)), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
    }
    assert.deepEqual(exported.echo_vec_string!(liar(1, ['a', 'b'])), ['a']);
    throws(() => exported.echo_array_f64!(liar(3)), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE', message: /\[0\]/ });
    throws(() => exported.echo_array_f64!(liar(2, [1, 2, 3])), {
      type: 'TypeError',
      code: 'ERR_RUSTDLL_TYPE',
      message: /one of 2/,
    });
    // A missing element of a list of options is null, so the list has the length that it reported.
    assert.equal((exported.echo_vec_option_string!(liar(1000)) as unknown[]).length, 1000);
  });

  row(
    13,
    'a getter that throws: its error, and nothing is kept of the call',
    ({ assert, exported, faults, healthy }) => {
      const fault = { thrown: true };
      const fail = () => {
        throw fault as unknown;
      };
      const at = (list: unknown[], index: number) =>
        Object.defineProperty(list, index, { get: fail, enumerable: true });
      const point = { x: 1, y: 2, label: 'é'.repeat(1000) };
      const bad = Object.defineProperty({ x: 1, label: 'a' }, 'y', { get: fail, enumerable: true });
      const many = Array.from({ length: 20_000 }, () => point);
      const trap = (target: object, key: string) =>
        new Proxy(target, { get: (from, asked) => (asked === key ? fail() : (Reflect.get(from, asked) as unknown)) });
      const list = [1, 2];
      const calls: (() => unknown)[] = [
        () => exported.touch!([point, bad]),
        () => exported.touch!([...many, bad]),
        () => exported.touch!(at([point, point], 1)),
        () => exported.touch!(trap([point], 'length')),
        () => exported.touch_text!(at(['a', 'b'], 1)),
        () => exported.echo_vec_vec_f64!([[1], at([1, 2], 1)]),
        () => exported.echo_map_f64!(new Proxy({ a: 1 }, { ownKeys: fail })),
        () => exported.echo_map_f64!(trap({ a: 1 }, 'a')),
        () => exported.echo_shape!(trap({ type: 'Empty' }, 'type')),
        () => exported.echo_shape!(trap({ type: 'Circle', radius: 1 }, 'radius')),
        () => exported.echo_tuple!(at([1, 'a', 2], 2)),
        () => exported.optional!(1, 2, 'x', at([1], 0)),
        () => exported.echo_point!(new Proxy({ x: 1 }, { has: fail })),
        () => exported.bump_f64!(at([1, 2], 1)),
        () => faults.add_all!(list, [[1], at([1], 0)]),
        () => exported.py_scale!([[1], at([1], 0)], 2),
      ];
      healthy();
      const touched = exported.touched!();
      for (let round = 0; round < 10; round++) {
        for (const call of calls) assert.throws(call, (error) => error === fault);
        healthy();
      }
      assert.equal(exported.touched!(), touched);
      assert.deepEqual(list, [1, 2]);
    },
  );

  row(13, 'a stack that overflows in the middle of a call', ({ assert, exported, faults, healthy }) => {
    healthy();
    let calls = 0;
    const take = (next: () => unknown, ..._room: number[]): unknown => [next()];
    const padded = (count: number, next: () => unknown): unknown => take(next, ...new Array<number>(count).fill(0));
    const withGetter = (again: () => unknown) =>
      Object.defineProperty({ x: 1, label: 'é' }, 'y', { get: () => (calls++, again(), 2), enumerable: true });
    for (let round = 0; round < 40; round++) {
      const deeper = (): unknown =>
        padded((round % 20) + 1, () => {
          const point = withGetter(deeper);
          switch (round % 5) {
            case 0:
              return exported.touch!([{ x: 1, y: 2 }, point]);
            case 1:
              return exported.echo_map_points!({ a: [point] });
            case 2:
              return exported.move_point!(point, [1, 2]);
            case 3:
              return faults.add_all!(
                [1],
                [[1], Object.defineProperty([1, 2], 1, { get: () => (calls++, deeper(), 1) })],
              );
            default:
              return [
                exported.echo_vec_string!(['long '.repeat(100), 'é']),
                exported.words!('a b'),
                exported.echo_vec_f64!([1, 2]),
                deeper(),
              ];
          }
        });
      assert.throws(deeper, RangeError);
      healthy();
    }
    assert.ok(calls > 1000, String(calls));
  });

  row(14, 'a getter that calls the library again: each call has its own frame', ({ assert, exported, throws }) => {
    const seen: unknown[] = [];
    const nest = (level: number): unknown => {
      const point = { x: level, label: `level ${level}` };
      Object.defineProperty(point, 'y', {
        get: () => (level > 0 && seen.push(nest(level - 1)), 0 - level),
        enumerable: true,
      });
      return exported.echo_points!([{ x: 0, y: 0, label: 'first' }, point, { x: 0, y: 0, label: 'last é' }]);
    };
    seen.push(nest(100));
    seen.forEach((points, level) =>
      assert.deepEqual(points, [
        { x: 0, y: 0, label: 'first' },
        { x: level, y: 0 - level, label: `level ${level}` },
        { x: 0, y: 0, label: 'last é' },
      ]),
    );
    const outer = Object.defineProperty({ x: 1, label: 'outer' }, 'y', {
      get: () => {
        throws(() => exported.fail_code!(), { type: 'RustError', code: 'E_SHAPE' });
        throws(() => exported.panic_str!(), { type: 'RustPanic' });
        throws(() => exported.touch_text!(['\ud800']), { type: 'TypeError', code: 'ERR_RUSTDLL_SURROGATE' });
        throws(() => exported.optional!('x', 1), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
        const list = [1, 3];
        exported.normalize!(list);
        return list[1];
      },
      enumerable: true,
    });
    assert.deepEqual(exported.echo_point!(outer), { x: 1, y: 0.75, label: 'outer' });
  });

  row(16, 'values that contain themselves', ({ exported, throws }) => {
    const list: unknown[] = [];
    list.push(list);
    const tree: { name: string; children: unknown[] } = { name: 'self', children: [] };
    tree.children.push(tree, tree);
    const two: { type: string; of?: unknown } = { type: 'Negate' };
    two.of = { type: 'Negate', of: two };
    const sum: { type: string; value: unknown[] } = { type: 'Add', value: [] };
    sum.value.push(sum, sum);
    const map: Record<string, unknown> = {};
    map.map = map;
    for (const name of ['echo_vec_f64', 'echo_vec_vec_f64', 'echo_vec_string', 'echo_points', 'echo_vec_array']) {
      throws(() => exported[name]!(list), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE', message: /argument 1/ });
    }
    const deep = { type: 'RangeError', code: 'ERR_RUSTDLL_RANGE', message: /object is inside of itself/ } as const;
    throws(() => exported.echo_tree!(tree), deep);
    throws(() => exported.evaluate!(two), deep);
    throws(() => exported.echo_expression!(sum), deep);
    throws(() => exported.echo_map_map!(map), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
  });

  row(17, 'values nested 200,000 deep', ({ exported, faults, throws }) => {
    const deep = { type: 'RangeError', code: 'ERR_RUSTDLL_RANGE', message: /nested more than 100000 deep/ } as const;
    let tree: unknown = { name: 'top', children: [] };
    let expression: unknown = { type: 'Number', value: 1 };
    let list: unknown = 1;
    let choice: unknown = { type: 'Nothing' };
    for (let i = 0; i < 200_000; i++) {
      tree = { name: '', children: [tree] };
      expression = { type: 'Negate', of: expression };
      list = [list];
      choice = { type: 'Part', of: choice };
    }
    throws(() => exported.echo_tree!(tree), deep);
    throws(() => exported.evaluate!(expression), deep);
    throws(() => faults.echo_items!([{ ...(faults.nested_items!(1) as object), choices: [choice] }], 'Well'), deep);
    for (const name of ['echo_vec_f64', 'echo_vec_vec_i64', 'echo_points', 'echo_tuple', 'echo_vec_string']) {
      throws(() => exported[name]!(list), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
    }
    // The value has no end: each level is made when it is read.
    const endless = (): object => ({
      name: 'é',
      get children() {
        return [endless()];
      },
    });
    throws(() => exported.echo_tree!(endless()), deep);
  });

  row(20, 'more elements than a list can have, sizes that overflow', ({ assert, exported, throws }) => {
    const bytes = new Uint8Array(2 ** 32);
    for (const view of [bytes, bytes.buffer, new DataView(bytes.buffer)]) {
      throws(() => exported.echo_vec_u8!(view), {
        type: 'RangeError',
        code: 'ERR_RUSTDLL_RANGE',
        message: /argument 1/,
      });
      throws(() => exported.bump_u8!(view), { type: 'RangeError', code: 'ERR_RUSTDLL_RANGE', message: /argument 1/ });
      throws(() => exported.echo_vec_bytes!([[1], view]), {
        type: 'RangeError',
        code: 'ERR_RUSTDLL_RANGE',
        message: /\(value\)\[1\]/,
      });
    }
    const promised = (length: number, list: unknown[]) =>
      new Proxy(list, { get: (target, key) => (key === 'length' ? length : (Reflect.get(target, key) as unknown)) });
    for (const length of [2 ** 32 - 1, 2 ** 31, 2 ** 30 + 1]) {
      for (const call of [
        () => exported.echo_vec_f64!(promised(length, [1, 2])),
        () => exported.echo_vec_vec_f64!([[1], promised(length, [1])]),
        () => exported.echo_option_vec_f64!(promised(length, [1])),
        () => exported.echo_vec_string!(promised(length, ['a'])),
        () => exported.echo_points!(promised(length, [{ x: 1, y: 2 }])),
        () => exported.echo_vec_f64!(new Array<number>(length)),
        () => exported.echo_vec_vec_f64!([new Array<number>(length)]),
      ]) {
        let error: (Error & { code?: string }) | undefined;
        try {
          call();
        } catch (thrown) {
          error = thrown as Error;
        }
        const code = error?.code;
        assert.ok(
          (error instanceof RangeError && code === 'ERR_RUSTDLL_MEMORY') ||
            (error instanceof TypeError && code === 'ERR_RUSTDLL_TYPE'),
          String(error),
        );
      }
    }
    // The text is longer than one string can be.
    const long = 'x'.repeat(2 ** 28);
    exported.touch_text!([long, long, 'é']);
  });
});
