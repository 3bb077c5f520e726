import * as fc from 'fast-check';
import { runInNewContext } from 'node:vm';
import { texts } from '../../support/arbitraries';
import { reader } from '../../../src-ts/memory/reader';
import { expectWorking, WAYS } from '../../support/exported';

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

describe.each(WAYS)('%s', (_, { lib }) => {
  const echo = lib.echo_map_string as unknown as (map: Record<string, string>) => Record<string, string>;

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

  test('what is not exactly such a map is taken as it was before there was code', () => {
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
      expect(take({ bread: k, milk: 2, water: -k })).toEqual({ bread: k, milk: 2, water: -k });
    expect(ODD.map(outcome)).toEqual(before);
    for (let k = 0; k < MANY; k++) outcome(ODD[k % ODD.length] as () => unknown);
    expect(ODD.map(outcome)).toEqual(before);
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
