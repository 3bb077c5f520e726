import { expectWorking, WAYS } from '../support/exported';
import { libraryPath } from '../support/kernels';
import { thrownBy } from '../support/errors';

// Setters on the prototypes of all objects and lists run code of the user's wherever a property is assigned instead of
// defined. Each setter here makes calls, which would overwrite the call under way.

const POINT = { x: 1, y: 2, label: 'é' };

const EVERYTHING = {
  number: 0.5,
  wide: -(2n ** 100n),
  truth: true,
  letter: '👍',
  text: 'a text of more than thirteen units',
  bytes: new Uint8Array([1, 2]),
  list: [1, -1, 2 ** 40],
  typed: new Float32Array([0.5]),
  texts: ['a', 'née', 'a text of more than thirteen units'],
  array: [1, 2, 3],
  maybe: POINT,
  pair: ['a', 1],
  map: { a: { type: 'Empty' }, 10: { type: 'Rect', value: [1, 2] } },
  inner: POINT,
  points: [POINT, { x: 0, y: 0, label: null }],
  level: 'Low',
};

const range = (length: number): number[] => Array.from({ length }, (_, k) => k);

/** Makes a map with this number of entries. */
const named = (length: number): Record<string, number> =>
  Object.fromEntries(range(length).map((k) => [`a name of many letters ${k}`, k]));

/** Runs `run` with setters, and getters that return undefined, on the prototypes. */
function polluted<T>(prototypes: readonly object[], names: readonly string[], onSet: () => void, run: () => T): T {
  const before = prototypes.flatMap((prototype) =>
    names.map((name) => ({ prototype, name, own: Object.getOwnPropertyDescriptor(prototype, name) })),
  );
  try {
    for (const { prototype, name } of before) {
      const accessor = { __proto__: null, get: () => undefined, set: onSet, configurable: true };
      Object.defineProperty(prototype, name, accessor as PropertyDescriptor);
    }
    return run();
  } finally {
    for (const { prototype, name, own } of before) {
      if (own === undefined) Reflect.deleteProperty(prototype, name);
      else Object.defineProperty(prototype, name, Object.setPrototypeOf(own, null) as PropertyDescriptor);
    }
  }
}

const INDICES = [...range(40), 100, 127, 128, 129, 199, 999, 33_000].map(String);

afterEach(expectWorking);

describe.each(WAYS)('%s', (_, { lib, faults, rustdll }) => {
  const kernels = new rustdll.RustDLL(libraryPath('kernels'));
  const declared = kernels.declare('fn add_one_i64(v: &mut PyVec<i64>); fn sum_f64(v: &PyVec<f64>) -> f64');

  const calls: Record<string, () => unknown> = {
    points: () => lib.echo_points([POINT, { x: 3, y: 4, label: null }]),
    'many points': () => lib.many_points(300),
    strings: () => lib.echo_vec_string(['a', 'née', 'a text of more than thirteen units']),
    'many strings': () => lib.many_strings(1000),
    'more strings than are copied': () => lib.many_strings(33_001),
    options: () => lib.echo_vec_option_string(['a', null, 'b']),
    lists: () => lib.echo_vec_vec_i64([[1, 2, 3], [], [-1], range(50)]),
    floats: () => lib.echo_vec_f64([0.5, 1, NaN]),
    'many floats': () => lib.echo_vec_f64(range(1000).map((k) => k / 2)),
    'more floats than are copied': () => lib.zeros(33_001),
    integers: () => lib.echo_vec_i32(range(100)),
    'large integers': () => lib.echo_vec_i64([2 ** 40, 1, -(2 ** 50)]),
    bools: () => lib.echo_vec_bool([true, false]),
    chars: () => lib.echo_vec_char(['a', '👍']),
    bigints: () => lib.echo_bigints([1n, 2n ** 63n]),
    bytes: () => lib.echo_vec_u8(new Uint8Array([1, 2])),
    'a typed array': () => lib.echo_typed_f32(new Float32Array([1, 2])),
    tuple: () => lib.swap_pair([1, 'a']),
    'nested tuple': () => lib.echo_nested_tuple([[1, true], [['a', 1]]]),
    array: () => lib.echo_array_f64([1, 2, 3]),
    map: () => lib.echo_map_f64({ a: 1, b: 2, 7: 3, toString: 4, constructor: 5, valueOf: 6 }),
    'a map of many': () => lib.echo_map_f64({ ...named(200), 7: 3, toString: 4, constructor: 5 }),
    'a Map': () => lib.echo_map_f64(new Map([...Object.entries(named(20)), ['__proto__', 1], ['toString', 2]])),
    'a Map of many': () => lib.echo_map_f64(new Map([...Object.entries(named(200)), ['__proto__', 1]])),
    'a map of maps': () => lib.echo_map_map({ a: { b: 1 }, c: {} }),
    shapes: () => lib.echo_shapes([{ type: 'Rect', value: [1, 2] }, { type: 'Empty' }]),
    levels: () => lib.echo_levels(['Low', 'high!']),
    tree: () => lib.echo_tree({ name: 'a', children: [{ name: 'b', children: [] }] }),
    everything: () => lib.echo_everything(EVERYTHING),
    'written back': () => {
      const list = range(50);
      faults.add_all(
        list,
        range(50).map(() => [1]),
      );
      return list;
    },
    'written back, declared': () => {
      const list = range(50);
      declared.add_one_i64(list);
      return list;
    },
    'written back, guessed': () => {
      const list = range(50);
      (kernels as unknown as { add_one_i64(list: number[]): void }).add_one_i64(list);
      return list;
    },
    views: () => range(20).map((k) => declared.sum_f64(new Float64Array(k + 1).fill(1))),
    'an error': () => described(thrownBy(() => lib.fail_code_source())),
    'an error in a list': () => described(thrownBy(() => lib.echo_vec_vec_f64([[1], [2, 'x']]))),
    'a panic': () => described(thrownBy(() => lib.panic_str())),
  };

  function described(error: unknown): unknown[] {
    const { message, code, location, cause } = error as Error & { code: unknown; location: unknown };
    return [message, Object.getOwnPropertyDescriptor(error, 'code'), code, location, cause && described(cause)];
  }

  const interrupt = (): void => {
    lib.echo_points([{ x: 7, y: 7, label: 'of another call' }]);
    lib.echo_vec_f64([7, 7, 7, 7, 7, 7, 7]);
    lib.many_strings(500);
    thrownBy(() => lib.fail_code_source());
    declared.add_one_i64([7, 7, 7]);
  };

  const names = [
    ...['x', 'y', 'label', 'type', 'value', 'name', 'children', 'a', 'b', 'c', 'message', 'code', 'location', 'cause'],
    ...['stack', 'options', 'fields', 'text', 'list', 'map', 'number', '__proto__', 'toString', 'constructor', 'own'],
    ...Object.keys(named(3)),
  ];

  test.each(Object.keys(calls))('%s', (title) => {
    const call = calls[title] as () => unknown;
    const expected = call();
    for (const [prototypes, keys] of [
      [[Array.prototype], INDICES],
      [[Object.prototype], INDICES],
      [[Array.prototype, Object.prototype], ['0']],
      [[Array.prototype], ['33000']],
      [[Object.prototype], names],
      [
        [Error.prototype, rustdll.RustError.prototype, rustdll.RustPanic.prototype],
        ['code', 'location', 'stack', 'cause'],
      ],
    ] as [object[], string[]][]) {
      let ran = 0;
      const result = polluted(
        prototypes,
        keys,
        () => {
          ran++;
          // The setter makes calls only once, as those calls could run it again.
          if (ran === 1) interrupt();
        },
        call,
      );
      expect(result).toEqual(expected);
      expect(ran).toBe(0);
    }
  });

  test('calls in the background', async () => {
    const { RustDLL } = rustdll;
    const background = lib.async as Record<string, (...args: unknown[]) => Promise<unknown>>;
    const guessed = kernels.async as unknown as typeof background;
    let most = 1000;
    const submit = (): Promise<unknown>[] => {
      const lists = range(300).map((k) => [k, k + 1]);
      return [
        ...lists.map((list) => guessed.add_one_i64!(list).then(() => list)),
        background.echo_points!([POINT]),
        background.steps!(1, 'a text', 0, { onProgress }),
        background.fail_code_source!().catch(described),
        background.panic_str!().catch(described),
        background.add_f64!('1').catch(described),
        background.sleep_ms!(50, '', { signal: AbortSignal.abort('enough') }).catch((reason: unknown) => reason),
      ];
    };
    let told: unknown;
    const onProgress = (progress: unknown): void => void (told = progress);
    const expected = await Promise.all(submit());
    const { limit } = RustDLL.threadUse;
    let ran = 0;
    const keys = [...INDICES, ...names, 'limit', 'busy', 'done', 'total', 'signal', 'onProgress', 'resolve', 'reject'];
    for (const prototype of [Array.prototype, Object.prototype]) {
      const own = keys.filter((key) => !Object.hasOwn(prototype, key));
      for (const key of own) {
        const accessor = { __proto__: null, get: () => undefined, set: () => ran++, configurable: true };
        Object.defineProperty(prototype, key, accessor as PropertyDescriptor);
      }
      told = null;
      let sums: unknown;
      let results: unknown;
      let use: unknown;
      try {
        // There are more calls than before, so that all lists of the package have to grow.
        most *= 2;
        sums = await Promise.all(range(most).map((k) => background.add_f64!(k, 1)));
        results = await Promise.all(submit());
        use = RustDLL.threadUse;
      } finally {
        for (const key of own) Reflect.deleteProperty(prototype, key);
      }
      expect(sums).toEqual(range(most + 1).slice(1));
      expect(results).toEqual(expected);
      expect(use).toMatchObject({ limit });
      expect(told).toEqual({ done: 1, total: 1, message: 'a text 0' });
    }
    expect(ran).toBe(0);
  });

  test('a list whose prototype is somebody else', () => {
    const expected = calls['many points']?.();
    const long = lib.many_strings(33_001);
    let ran = 0;
    const trap = new Proxy(Object.prototype, { set: () => (ran++, true), has: () => (ran++, false) });
    Object.setPrototypeOf(Array.prototype, trap);
    let results: unknown[];
    try {
      results = [lib.many_points(300), lib.many_strings(33_001)];
    } finally {
      Object.setPrototypeOf(Array.prototype, Object.prototype);
    }
    expect(results).toEqual([expected, long]);
    expect(ran).toBe(0);
  });

  test('a frozen prototype', () => {
    // The test harness needs other properties of the prototype, so only this one is frozen.
    const own = Object.getOwnPropertyDescriptor(Object.prototype, 'toString') as PropertyDescriptor;
    Object.defineProperty(Object.prototype, 'toString', { ...own, writable: false });
    try {
      expect(Object.keys(lib.echo_map_f64(new Map([['toString', 1]])) as object)).toEqual(['toString']);
    } finally {
      Object.defineProperty(Object.prototype, 'toString', own);
    }
  });

  test('maps are plain objects, whatever their size', () => {
    for (const size of [0, 1, 127, 128, 129, 1000]) {
      const map = lib.echo_map_f64(named(size)) as object;
      expect(Object.getPrototypeOf(map)).toBe(Object.prototype);
      expect(map).toEqual(named(size));
    }
  });

  test('lists have no holes', () => {
    for (const size of [0, 1, 16, 17, 127, 128, 129, 32_768, 32_769]) {
      expect(Object.keys(lib.zeros(size) as object)).toHaveLength(size);
      expect(Object.keys(lib.many_strings(size) as object)).toHaveLength(size);
    }
  });
});
