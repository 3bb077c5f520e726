import * as fc from 'fast-check';
import { runInNewContext } from 'node:vm';
import { texts } from '../../support/arbitraries';
import { reader } from '../../../src-ts/memory/reader';
import { RustDLL } from '../../../src-ts/index';
import { Writer } from '../../../src-ts/memory/writer';
import { expectWorking, WAYS } from '../../support/exported';
import { libraryPath } from '../../support/kernels';

// After many maps with the same names there is code for these names, which the next maps are made by.

/** More maps than code is generated after, and than have other names until it is given up. */
const MANY = 600;

/** Maps beside `bread`, `milk` and `water`, with names that begin alike, stand for something else, or are longer than a map. */
const OTHERS: readonly (readonly string[])[] = [
  ['bread', 'milk', 'wine'],
  ['bread', 'mild', 'water'],
  ['bread', 'milk', 'waters'],
  ['', 'bread', 'milk'],
  ['bread', 'milk'],
  [],
  ['bread', 'milk', 'water', 'yeast'],
  ['brot', 'größer', '👍'],
  ['1', '2', '3'],
  ['__proto__', 'constructor', 'toString'],
  ['b', 'readmilk', 'water'],
  Array.from({ length: 40 }, (_, k) => `name ${String(k).padStart(2, '0')}`),
];

const entries = (): Record<string, number> => ({ bread: 1, milk: 2, water: 3 });

/** A subclass of `Map` that iterates otherwise. */
class Stock extends Map<string, number> {
  override entries(): never {
    throw new Error('no code of a subclass is run');
  }
  override [Symbol.iterator](): never {
    return this.entries();
  }
}

class Prices {
  bread = 1;
  milk = 2;
  water = 3;
}

/** Values that are nearly maps with these names, or are such maps in another way. */
const ODD: readonly (() => unknown)[] = [
  entries,
  () => ({ bread: 1, milk: 2 }),
  () => ({ ...entries(), yeast: 4 }),
  () => ({ water: 3, milk: 2, bread: 1 }),
  () => ({ bread: 1, milk: 2, wines: 3 }),
  () => Object.create(entries()) as unknown,
  () => Object.assign(Object.create({ water: 3 }) as object, { bread: 1, milk: 2 }),
  () => Object.assign(Object.create({ other: 4 }) as object, entries()),
  () => Object.assign(Object.create(null) as object, entries()),
  () => new Prices(),
  () => Object.assign(new Map([['other', 4]]), entries()),
  () => new Map(Object.entries(entries())),
  () => new Map<unknown, unknown>(Object.entries({ ...entries(), yeast: 4 })),
  () => new Map<unknown, unknown>(Object.entries({ bread: 1, milk: 2 })),
  () => new Map<unknown, unknown>(Object.entries({ water: 3, milk: 2, bread: 1 })),
  () => new Map<unknown, unknown>(Object.entries({ bread: 1, milk: 2, wines: 3 })),
  () => new Map<unknown, unknown>(Object.entries({ ...entries(), water: 'three' })),
  () => new Map<unknown, unknown>([...Object.entries({ ...entries(), milk: 'two' }).slice(0, 2), [3, 3]]),
  () => new Map<unknown, unknown>([...Object.entries(entries()), [3, 3]]),
  () => new Map<unknown, unknown>([['bread', undefined]]),
  () => new Map<unknown, unknown>(),
  () => {
    const map = new Map(Object.entries(entries()));
    map.delete('bread');
    return map.set('bread', 5);
  },
  () => {
    const map = new Map(Object.entries({ other: 1, ...entries() }));
    map.delete('other');
    return map;
  },
  () => new Stock(Object.entries(entries())),
  () => runInNewContext('new Map([["bread", 1], ["milk", 2], ["water", 3]])') as unknown,
  () => new Proxy(new Map(Object.entries(entries())), {}),
  () => Object.create(Map.prototype) as unknown,
  () => Object.assign(Object.create(Map.prototype) as object, entries()),
  () => Object.setPrototypeOf(new Map(Object.entries(entries())), Object.prototype) as unknown,
  () => Object.setPrototypeOf(new Map(Object.entries(entries())), null) as unknown,
  () => Object.assign(new Map(Object.entries(entries())), { constructor: Object }),
  () => Object.setPrototypeOf(Object.assign(new Set(), entries()), Map.prototype) as unknown,
  () => Object.assign(new Date(0), entries()),
  () => Object.assign([], entries()),
  () => Object.setPrototypeOf(Object.assign([], entries()), Object.prototype) as unknown,
  () => Object.defineProperty(entries(), 'hidden', { value: 4 }),
  () => Object.defineProperty(entries(), 'constructor', { value: Array }),
  () => Object.defineProperty(entries(), 'water', { enumerable: false }),
  () => ({ ...entries(), [Symbol('other')]: 4 }),
  () => ({ ...entries(), water: 'three' }),
  () => ({ ...entries(), milk: undefined }),
  () => new Proxy(entries(), {}),
  () => ({ ...entries(), milk: 2n }),
  () => {
    const map = {
      get bread() {
        delete (map as { water?: number }).water;
        return 1;
      },
      milk: 2,
      water: 3,
    };
    return map;
  },
  () => runInNewContext('({ bread: 1, milk: 2, water: 3 })') as unknown,
  () => ({}),
  () => null,
  () => undefined,
  () => 'bread',
  () => entries,
];

afterEach(expectWorking);

function mapOf(names: readonly string[], value: unknown): Record<string, string> {
  const map: Record<string, string> = {};
  for (const name of names) {
    Object.defineProperty(map, name, {
      value: `${String(value)} ${name}`,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return map;
}

describe.each(WAYS)('%s', (_, { rustdll }) => {
  // A library has code of its own, so each test begins without.
  let lib: RustDLL;
  beforeEach(() => {
    lib = new rustdll.RustDLL(libraryPath('exported'));
  });
  const echo = (map: Record<string, string>): Record<string, string> =>
    lib.echo_map_string(map) as Record<string, string>;

  function expectEcho(map: Record<string, string>): void {
    const result = echo(map);
    expect(Object.getOwnPropertyDescriptors(result)).toEqual(Object.getOwnPropertyDescriptors(map));
    expect(Object.keys(result)).toEqual(Object.keys(map));
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
  }

  test('maps with the same names, and others between them', () => {
    for (let k = 0; k < MANY; k++) expectEcho(mapOf(['bread', 'milk', 'water'], k));
    for (const names of OTHERS) {
      expectEcho(mapOf(names, 'other'));
      expectEcho(mapOf(['bread', 'milk', 'water'], 'again'));
    }
  });

  test('more maps with other names than there is code for', () => {
    for (let round = 0; round < 6; round++) {
      const names = ['a', 'b', `c${round}`];
      for (let k = 0; k < MANY; k++) expectEcho(mapOf(names, k));
    }
    for (let k = 0; k < MANY; k++) expectEcho(mapOf(OTHERS[k % OTHERS.length] as readonly string[], k));
  });

  test('names that are properties of all objects', () => {
    const names = ['__proto__', 'constructor', 'toString'];
    for (let k = 0; k < MANY; k++) expectEcho(mapOf(names, k));
  });

  test('no setter of the prototype of all objects is run', () => {
    for (let k = 0; k < MANY; k++) expectEcho(mapOf(['bread', 'milk', 'water'], k));
    const run = jest.fn();
    Object.defineProperty(Object.prototype, 'milk', { set: run, configurable: true });
    try {
      expectEcho(mapOf(['bread', 'milk', 'water'], 'own'));
      expectEcho(mapOf(['bread', 'milk', 'wine'], 'own'));
    } finally {
      delete (Object.prototype as { milk?: unknown }).milk;
    }
    expect(run).not.toHaveBeenCalled();
  });

  test.each([
    ['objects', (map: Record<string, number>): unknown => map],
    ['Maps', (map: Record<string, number>): unknown => new Map(Object.entries(map))],
  ])('what is not exactly such a map is taken as it was before there was code for %s', (_, make) => {
    const take = lib.echo_map_f64 as unknown as (map: unknown) => Record<string, number>;
    const outcome = (make: () => unknown): unknown => {
      try {
        return { result: take(make()) };
      } catch (error) {
        const { name, message } = error as Error;
        return { name, message };
      }
    };
    const before = ODD.map(outcome);
    for (let k = 0; k < MANY; k++)
      expect(take(make({ bread: k, milk: 2, water: -k }))).toEqual({ bread: k, milk: 2, water: -k });
    expect(ODD.map(outcome)).toEqual(before);
    for (let k = 0; k < MANY; k++) outcome(ODD[k % ODD.length] as () => unknown);
    expect(ODD.map(outcome)).toEqual(before);
  });

  test('Maps whose entries change while they are encoded', () => {
    const take = lib.echo_map_points as unknown as (map: unknown) => unknown;
    const point = { x: 1, y: 2, label: 'é' };
    for (let round = 0; round < MANY; round++) {
      const map = new Map<string, unknown>();
      const change = (): void => {
        map.delete('milk');
        map.set('water', []);
        map.set('yeast', [point]);
        take(new Map([['bread', [point]]]));
      };
      const changing = Object.defineProperty({ x: 1, label: null }, 'y', {
        get: () => (change(), 2),
        enumerable: true,
      });
      map.set('bread', [point, changing]).set('milk', [point]).set('water', [point, point]);
      const expected = { bread: [point, { x: 1, y: 2, label: null }], milk: [point], water: [point, point] };
      expect(take(map)).toEqual(expected);
    }
  });

  test('methods of Map that a program has replaced are not called', () => {
    const take = lib.echo_map_f64 as unknown as (map: unknown) => unknown;
    const map = new Map(Object.entries(entries()));
    for (let k = 0; k < MANY; k++) take(map);
    const iterator = Object.getPrototypeOf(map.entries()) as object;
    const replaced = jest.fn(() => {
      throw new Error('called');
    });
    const places: [object, PropertyKey][] = [
      [Map.prototype, 'entries'],
      [Map.prototype, 'forEach'],
      [Map.prototype, 'size'],
      [Map.prototype, 'constructor'],
      [Map.prototype, Symbol.iterator],
      [iterator, 'next'],
      [iterator, Symbol.iterator],
    ];
    for (const [holder, key] of places) {
      const own = Object.getOwnPropertyDescriptor(holder, key);
      let result;
      Object.defineProperty(holder, key, { value: replaced, configurable: true });
      try {
        result = take(map);
      } finally {
        if (own === undefined) Reflect.deleteProperty(holder, key);
        else Object.defineProperty(holder, key, own);
      }
      expect(result).toEqual(entries());
    }
    expect(replaced).not.toHaveBeenCalled();
  });

  test('a name that objects inherit is none of the map', () => {
    const take = lib.echo_map_f64 as unknown as (map: unknown) => Record<string, number>;
    for (let k = 0; k < MANY; k++) take({ bread: 1, milk: 2, water: 3 });
    Object.defineProperty(Object.prototype, 'water', { value: 4, enumerable: true, configurable: true });
    try {
      expect(Object.keys(take({ bread: 1, milk: 2 })).sort()).toEqual(['bread', 'milk']);
      const own = take({ bread: 1, milk: 2, ['water']: 3 });
      expect(Object.getOwnPropertyDescriptor(own, 'milk')?.value).toBe(2);
    } finally {
      delete (Object.prototype as { water?: unknown }).water;
    }
  });

  test('any names, many times', () => {
    fc.assert(
      fc.property(fc.uniqueArray(texts, { maxLength: 5 }), fc.uniqueArray(texts, { maxLength: 5 }), (some, others) => {
        const sorted = (names: string[]): string[] =>
          names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        for (let k = 0; k < 300; k++) echo(mapOf(sorted(some), k));
        expectEcho(mapOf(sorted(some), 'some'));
        expectEcho(mapOf(sorted(others), 'others'));
        expectEcho(mapOf(sorted([...new Set([...some.slice(0, 2), ...others])]), 'both'));
      }),
      { numRuns: 20 },
    );
  });
});

test.each([
  ['objects', (map: Record<string, number>): object => map],
  ['Maps', (map: Record<string, number>): object => new Map(Object.entries(map))],
])('%s with the same names are written by code that has them, until most have other names', (_, make) => {
  const lib = new RustDLL(libraryPath('exported'));
  const join = jest.spyOn(Writer.prototype, 'join');
  /** Passes maps with these names, and returns the texts that were written for the last. */
  const written = (names: string[], times = 1): string[] => {
    const map = Object.fromEntries(names.map((name, k) => [name, k]));
    for (let k = 0; k < times; k++) {
      join.mockClear();
      expect(lib.echo_map_f64(make(map))).toEqual(map);
    }
    return join.mock.calls.map(([text]) => text);
  };
  try {
    expect(written(['bread', 'milk'], 257)).toEqual(['bread', 'milk']);
    expect(written(['bread', 'milk'])).toEqual(['breadmilk']);
    expect(written(['bread', 'wine'])).toEqual(['bread', 'wine']);
    expect(written(['bread', 'milk'])).toEqual(['breadmilk']);
    expect(written(['bread', 'wine'], 600)).toEqual(['breadwine']);
    expect(written(['bread', 'milk'])).toEqual(['bread', 'milk']);
  } finally {
    join.mockRestore();
  }
});

test('there is no code for objects among Maps that are as many', () => {
  const lib = new RustDLL(libraryPath('exported'));
  const map = { bread: 1, milk: 2 };
  const join = jest.spyOn(Writer.prototype, 'join');
  try {
    for (let k = 0; k < MANY; k++) {
      join.mockClear();
      expect([lib.echo_map_f64(map), lib.echo_map_f64(new Map(Object.entries(map)))]).toEqual([map, map]);
    }
    expect(join.mock.calls.flat()).toEqual(['bread', 'milk', 'bread', 'milk']);
  } finally {
    join.mockRestore();
  }
});

test('names across the pieces of a long text are taken as others are', () => {
  const { lib } = (WAYS[0] as (typeof WAYS)[0])[1];
  const echo = lib.echo_map_map as unknown as (maps: object) => object;
  const maps = Object.fromEntries(Array.from({ length: 3000 }, (_, k) => [`map ${k}`, { quantity: k }]));
  for (let round = 0; round < 10; round++) expect(echo(maps)).toEqual(maps);

  const take = jest.spyOn(reader, 'takeName');
  try {
    expect(echo(maps)).toEqual(maps);
    expect(take.mock.results).toEqual(Array.from({ length: 3000 }, () => ({ type: 'return', value: true })));
    expect(echo({ ...maps, 'map 1700': { quality_: 1 } })).toEqual({ ...maps, 'map 1700': { quality_: 1 } });
    expect(take.mock.results.filter(({ value }) => value === false)).toHaveLength(1);
  } finally {
    take.mockRestore();
  }
});

test('the code is kept if few maps have other names', () => {
  const { lib } = (WAYS[0] as (typeof WAYS)[0])[1];
  const echo = lib.echo_map_map as unknown as (maps: object) => object;
  const maps = Object.fromEntries(
    Array.from({ length: 3000 }, (_, k) => [`map ${k}`, k % 25 === 0 ? { packages: k } : { quantity: k }]),
  );
  // Those with another name are more than make the code given up, as often as it is made at most.
  for (let round = 0; round < 15; round++) expect(echo(maps)).toEqual(maps);

  const take = jest.spyOn(reader, 'takeName');
  try {
    expect(echo(maps)).toEqual(maps);
    expect(take.mock.results.filter(({ value }) => value === true)).toHaveLength(2880);
  } finally {
    take.mockRestore();
  }
});
