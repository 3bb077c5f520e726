import * as vm from 'node:vm';
import { expectWorking, WAYS } from '../../support/exported';
import { expectRangeError, expectTypeError } from '../../support/errors';

const POINT = { x: 1, y: 2, label: null };

afterEach(expectWorking);

describe.each(WAYS)('%s', (_, { lib }) => {
  describe('options', () => {
    test('null and undefined are nothing, which comes out as null', () => {
      for (const kind of ['f64', 'string', 'vec_f64', 'point']) {
        const echo = lib[`echo_option_${kind}`];
        expect([echo(null), echo(undefined), echo()]).toEqual([null, null, null]);
      }
    });

    test('anything else is the value', () => {
      expect(lib.echo_option_f64(0)).toBe(0);
      expect(lib.echo_option_f64(NaN)).toBeNaN();
      expect(lib.echo_option_string('')).toBe('');
      expect(lib.echo_option_vec_f64([])).toEqual([]);
      expect(lib.echo_option_point(POINT)).toEqual(POINT);
      expect(lib.echo_vec_option_string([null, '', undefined, 'é'])).toEqual([null, '', null, 'é']);
      for (const value of ['', false, {}, []])
        expectTypeError(
          () => lib.echo_option_f64(value),
          'echo_option_f64: argument 1 (value): expected a number (f64), got ',
        );
    });

    test('trailing ones may be left out, and no others', () => {
      expect(lib.optional(1)).toBe('1 None None None');
      expect(lib.optional(1, null)).toBe('1 None None None');
      expect(lib.optional(1, 2)).toBe('1 Some(2) None None');
      expect(lib.optional(1, undefined, 'é')).toBe('1 None Some("é") None');
      expect(lib.optional(1, null, null, [0.5])).toBe('1 None None Some([0.5])');
      expect([lib.optional.length, lib.optional.name]).toEqual([1, 'optional']);
      const message = (given: number): RegExp =>
        new RegExp(
          `^optional: expected 1 to 4 arguments, got ${given} \\(optional\\(a: number, b\\?: number \\| null, `,
        );
      expectTypeError(() => lib.optional(), message(0), 'ERR_RUSTDLL_ARITY');
      expectTypeError(() => lib.optional(1, 2, 'a', [], 5), message(5), 'ERR_RUSTDLL_ARITY');
      expectTypeError(
        () => lib.echo_option_f64(1, 2),
        'echo_option_f64: expected 0 to 1 arguments, got 2',
        'ERR_RUSTDLL_ARITY',
      );
      expectTypeError(() => lib.optional('1', 2, 'x'), 'optional: argument 1 (a): expected an integer (i64)');
      expectTypeError(() => lib.optional(1, 2, 3), 'optional: argument 3 (c): expected a string, got number 3');
      expectTypeError(() => lib.optional(1, 2, 'x', [1, 'y']), 'optional: argument 4 (d)[1]: ');
    });
  });

  describe('tuples', () => {
    test('are lists', () => {
      expect(lib.echo_tuple([1, 'é', 0.5])).toEqual([1, 'é', 0.5]);
      expect(lib.echo_tuple([1, '', null])).toEqual([1, '', null]);
      expect(lib.echo_tuple([1, '', undefined])).toEqual([1, '', null]);
      expect(
        lib.echo_nested_tuple([
          [0.5, true],
          [
            ['a', 1],
            ['😀', 255],
          ],
        ]),
      ).toEqual([
        [0.5, true],
        [
          ['a', 1],
          ['😀', 255],
        ],
      ]);
      expect(lib.swap_pair([1.5, 'x'])).toEqual(['x', 1.5]);
      expect(lib.echo_one_tuple([3])).toEqual([3]);
      expect(lib.pattern([1, 2], [0.5, 0.25], true, false)).toBe(4.75);
    });

    test('of another length, or of other types', () => {
      for (const value of [[], [1], [1, 'x'], [1, 'x', 2, 3]]) {
        expectTypeError(
          () => lib.echo_tuple(value),
          `echo_tuple: argument 1 (value): expected a list of 3 elements, got one of ${value.length}`,
        );
      }
      for (const value of [null, undefined, 1, 'abc', { 0: 1, 1: 'a', 2: 3, length: 3 }, new Float64Array(3)]) {
        expectTypeError(
          () => lib.echo_tuple(value),
          'echo_tuple: argument 1 (value): expected a list of 3 elements, got ',
        );
      }
      expectTypeError(
        () => lib.echo_tuple(['x', 1, 1]),
        'echo_tuple: argument 1 (value)[0]: expected an integer (i64)',
      );
      expectTypeError(
        () =>
          lib.echo_nested_tuple([
            [1, true],
            [
              ['a', 1],
              ['bc', 1],
            ],
          ]),
        'echo_nested_tuple: argument 1 (value)[1][1][0]: ',
      );
      expectRangeError(
        () => lib.echo_nested_tuple([[1, true], [['a', 256]]]),
        'echo_nested_tuple: argument 1 (value)[1][0][1]: ',
      );
      expectTypeError(() => lib.echo_one_tuple(3), 'echo_one_tuple: argument 1 (value): expected a list of 1 elements');
    });
  });

  describe('maps', () => {
    test('are objects, or Maps', () => {
      const object = { a: 1, 'with space': -0.5, '': 0, é: 2, 10: 3 };
      expect(lib.echo_map_f64(object)).toEqual(object);
      expect(lib.echo_map_f64(new Map(Object.entries(object)))).toEqual(object);
      expect(lib.echo_map_f64({})).toEqual({});
      expect(lib.echo_map_f64(new Map())).toEqual({});
      expect(lib.echo_map_string({ b: 'x', a: '' })).toEqual({ a: '', b: 'x' });
      expect(lib.echo_map_points({ a: [POINT], b: [] })).toEqual({ a: [POINT], b: [] });
      expect(
        lib.echo_map_map(
          new Map([
            [
              'a',
              new Map([
                ['b', 1],
                ['c', null],
              ]),
            ],
          ]),
        ),
      ).toEqual({ a: { b: 1, c: null } });
      expect(lib.echo_map_map({ a: { b: undefined } })).toEqual({ a: { b: null } });
      expect(lib.echo_box_map({ k: [1, 2] })).toEqual({ k: [1, 2] });
      expect(lib.sum_map({ a: 1, b: 2.5 })).toBe(3.5);
      // A `BTreeMap` is in the order of its keys.
      expect(Object.keys(lib.echo_map_string({ z: '', é: '', a: '', B: '' }) as object)).toEqual(['B', 'a', 'z', 'é']);
    });

    test('a map’s names can be any strings', () => {
      const names = [
        '__proto__',
        'constructor',
        'toString',
        'hasOwnProperty',
        'length',
        'then',
        '\0',
        '😀',
        'x'.repeat(1000),
        '0',
      ];
      const map = new Map(names.map((name, index) => [name, index]));
      const result = lib.echo_map_f64(map) as object;
      expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
      expect(new Map(Object.entries(result))).toEqual(map);
      expect(Object.getOwnPropertyDescriptor(result, '__proto__')).toEqual({
        value: 0,
        enumerable: true,
        writable: true,
        configurable: true,
      });
      const parsed = JSON.parse('{ "__proto__": 5 }') as object;
      expect(Object.entries(lib.echo_map_f64(parsed) as object)).toEqual([['__proto__', 5]]);
    });

    test('what else is no map', () => {
      const others = [
        undefined,
        null,
        1,
        'a',
        true,
        [],
        [['a', 1]],
        new Float64Array(1),
        new ArrayBuffer(8),
        new Set(['a']),
        new WeakMap(),
        new Date(0),
        /x/,
        () => 1,
        new Error('x'),
        Promise.resolve(1),
        new String('a'),
      ];
      for (const value of others) {
        expectTypeError(
          () => lib.echo_map_f64(value),
          'echo_map_f64: argument 1 (value): expected an object or Map, got ',
        );
        expectTypeError(
          () => lib.echo_map_map({ a: value }),
          'echo_map_map: argument 1 (value).a: expected an object or Map, got ',
        );
      }
      for (const value of [Object.create(Map.prototype), new Proxy(new Map([['a', 1]]), {})]) {
        expectTypeError(
          () => lib.echo_map_f64(value),
          'echo_map_f64: argument 1 (value): expected an object or Map, got ',
        );
      }
    });

    test('of another realm, of a class, with a null prototype', () => {
      expect(lib.echo_map_f64(vm.runInNewContext('new Map([["a", 1]])'))).toEqual({ a: 1 });
      expect(lib.echo_map_f64(vm.runInNewContext('({ a: 1 })'))).toEqual({ a: 1 });
      expect(lib.echo_map_f64(Object.assign(Object.create(null) as object, { a: 1 }))).toEqual({ a: 1 });
      class Sub extends Map<string, number> {
        override forEach(): void {
          throw new Error('not to be asked');
        }
        override get size(): number {
          return 1000;
        }
        override [Symbol.iterator](): never {
          throw new Error('not to be asked');
        }
      }
      expect(lib.echo_map_f64(new Sub([['a', 1]]))).toEqual({ a: 1 });
      // Inherited properties and symbols are not entries of a map.
      expect(lib.echo_map_f64(Object.assign(Object.create({ b: 2 }) as object, { a: 1, [Symbol('c')]: 3 }))).toEqual({
        a: 1,
      });
    });

    test('with wrong values or keys', () => {
      expectTypeError(
        () => lib.echo_map_f64({ a: 1, b: '2' }),
        'echo_map_f64: argument 1 (value).b: expected a number (f64), got string "2"',
      );
      expectTypeError(
        () => lib.echo_map_f64({ a: undefined }),
        'echo_map_f64: argument 1 (value).a: expected a number (f64), got undefined',
      );
      expectTypeError(() => lib.echo_map_f64({ 'a b': null }), 'echo_map_f64: argument 1 (value)["a b"]: ');
      expectTypeError(() => lib.echo_map_f64(new Map([['a', 'x']])), 'echo_map_f64: argument 1 (value).a: ');
      expectTypeError(
        () => lib.echo_map_points({ a: [POINT, { x: 1 }] }),
        'echo_map_points: argument 1 (value).a[1].y: the field is missing',
      );
      for (const key of [1, null, undefined, Symbol('s'), {}, 1n]) {
        expectTypeError(
          () =>
            lib.echo_map_f64(
              new Map([
                ['a', 1],
                [key as never, 2],
              ]),
            ),
          'echo_map_f64: argument 1 (value): expected a string as the key, got ',
        );
      }
      expectRangeError(() => lib.echo_map_map({ a: { b: 2 ** 53 } }), 'echo_map_map: argument 1 (value).a.b: ');
    });

    test('many', () => {
      const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`key ${i}`, i]));
      const result = lib.echo_map_f64(many) as Record<string, number>;
      expect(Object.keys(result)).toHaveLength(10_000);
      for (const [key, value] of Object.entries(many)) if (result[key] !== value) throw new Error(key);
      expect(lib.sum_map(new Map(Object.entries(many)))).toBe(49_995_000);
    });
  });
});
