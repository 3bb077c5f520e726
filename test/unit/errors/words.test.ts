import { runInNewContext } from 'node:vm';
import { describe as wordsFor, oneOf } from '../../../src-ts/errors/words';

class Point {
  x = 1;
}

/** A class without a name. */
const Base = (() =>
  class {
    x = 1;
  })();

class Tagged {
  get [Symbol.toStringTag](): string {
    throw new Error('asked');
  }
}

const bait = (): never => {
  throw new Error('asked');
};

/** A Proxy handler that throws at every access. */
const traps = new Proxy({}, { get: () => bait });

function generate(): object {
  return (function* () {
    yield 1;
  })();
}

test.each<[unknown, string]>([
  [null, 'null'],
  [undefined, 'undefined'],
  [-0, 'number -0'],
  ['a', 'string "a"'],
  [1n, 'bigint 1'],
  [2n ** 200n, 'bigint of more than 128 bits'],
  [true, 'boolean true'],
  [Symbol('s'), 'symbol'],
  [Point, 'function'],
  [[], 'a list'],
  [new Float64Array(1), 'Float64Array'],
  [new DataView(new ArrayBuffer(1)), 'DataView'],
  [new ArrayBuffer(1), 'an ArrayBuffer'],
  [new SharedArrayBuffer(1), 'a SharedArrayBuffer'],
  [{}, 'an object'],
  [Object.create(null), 'an object'],
  [Object.create({}), 'an object'],
  [new Date(), 'a Date'],
  [new Set(), 'a Set'],
  [new Map(), 'a Map'],
  [new WeakMap(), 'a WeakMap'],
  [new WeakSet(), 'a WeakSet'],
  [new WeakRef({}), 'a WeakRef'],
  [/a/, 'a RegExp'],
  [new URL('file:///'), 'a URL'],
  [new URLSearchParams(), 'a URLSearchParams'],
  [Promise.resolve(1), 'a Promise (missing await?)'],
  [(async () => Promise.resolve(1))(), 'a Promise (missing await?)'],
  [new Error('e'), 'an Error'],
  [new TypeError('e'), 'a TypeError'],
  [new (class HttpError extends Error {})('e'), 'an instance of HttpError'],
  [new Number(1), 'a Number object'],
  [new String('a'), 'a String object'],
  [generate(), 'a generator'],
  [new Map().keys(), 'an iterator of a Map'],
  [new Point(), 'an instance of Point'],
  [Object.create(new Point()), 'an instance of Point'],
  [new (class extends Point {})(), 'an instance of Point'],
  [new (class Pixel extends Point {})(), 'an instance of Pixel'],
  [new (class MyMap extends Map {})(), 'a Map'],
  [new (class List extends Array {})(), 'a list'],
  [new Intl.NumberFormat(), 'an instance of NumberFormat'],
])('%# is described: %s', (value, words) => {
  expect(wordsFor(value)).toBe(words);
});

test('objects of another realm are named as those of this one', () => {
  const [date, promise, error, plain] = runInNewContext(
    '[new Date(), Promise.resolve(), new TypeError(), {}]',
  ) as unknown[];
  expect([date, promise, plain].map(wordsFor)).toEqual(['a Date', 'a Promise (missing await?)', 'an object']);
  expect(wordsFor(error)).toBe('an instance of TypeError');
});

describe('no code of the value runs', () => {
  test.each<[string, () => unknown, string]>([
    ['a Proxy', () => new Proxy({}, traps), 'a Proxy'],
    ['a Proxy of a list', () => new Proxy([], traps), 'a Proxy'],
    ['a Proxy of a function', () => new Proxy(() => 1, traps), 'function'],
    [
      'a revoked Proxy',
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      },
      'a Proxy',
    ],
    ['an object whose prototype is a Proxy', () => Object.setPrototypeOf({}, new Proxy({}, traps)), 'an object'],
    ['a getter `constructor` of its own', () => Object.defineProperty({}, 'constructor', { get: bait }), 'an object'],
    [
      'a getter `constructor` of its prototype',
      () => Object.create(Object.defineProperty({}, 'constructor', { get: bait })),
      'an object',
    ],
    ['a constructor that is a Proxy', () => Object.create({ constructor: new Proxy(Point, traps) }), 'an object'],
    [
      'a class with a getter `name`',
      () =>
        new (class extends Base {
          static override get name(): string {
            return bait();
          }
        })(),
      'an object',
    ],
    [
      'a class with a method `name`',
      () =>
        new (class extends Base {
          static override name(): string {
            return bait();
          }
        })(),
      'an object',
    ],
    ['a getter of the tag', () => new Tagged(), 'an instance of Tagged'],
    ['a `then`', () => Object.defineProperty({}, 'then', { get: bait }), 'an object'],
    ['a `toString`', () => ({ toString: bait, toJSON: bait, [Symbol.toPrimitive]: bait }), 'an object'],
    ['a Date with a prototype of its own', () => Object.setPrototypeOf(new Date(), new Proxy({}, traps)), 'a Date'],
    [
      'a class whose name is a whole message',
      () => {
        class Loud extends Base {}
        Object.defineProperty(Loud, 'name', { value: 'x\n\u001b[31mpanic' });
        return new Loud();
      },
      'an object',
    ],
    [
      'a class whose name is long',
      () => {
        class Long extends Base {}
        Object.defineProperty(Long, 'name', { value: 'x'.repeat(1e6) });
        return new Long();
      },
      'an object',
    ],
    ['a constructor that is a text', () => Object.create({ constructor: 'Point' }), 'an object'],
  ])('%s', (_, make, words) => {
    expect(wordsFor(make())).toBe(words);
  });

  test('with descriptors that Object.prototype has spoiled', () => {
    const value = Object.create(Object.defineProperty({}, 'constructor', { get: bait })) as unknown;
    Object.defineProperty(Object.prototype, 'value', { get: bait, configurable: true });
    try {
      expect(wordsFor(value)).toBe('an object');
    } finally {
      Reflect.deleteProperty(Object.prototype, 'value');
    }
  });
});

test.each([
  'an Account',
  'an index',
  'an Untyped',
  'an Umbrella',
  'a User',
  'a Unit',
  'a Url',
  'a Counter',
  'a Year',
  'a _Hidden',
])('the article of %s', (words) => {
  expect(oneOf(words.split(' ')[1] as string)).toBe(words);
});
