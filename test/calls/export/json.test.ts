import * as vm from 'node:vm';
import * as fc from 'fast-check';
import { expectRangeError, expectTypeError } from '../../support/errors';
import { expectWorking, WAYS } from '../../support/exported';
import { libraryPath } from '../../support/kernels';

const MAX = Number.MAX_SAFE_INTEGER;

afterEach(expectWorking);

describe.each(WAYS)('%s', (_, { rustdll: { RustDLL } }) => {
  const lib = new RustDLL(libraryPath('crates'));

  const VALUES = [
    null,
    true,
    0,
    -1,
    1.5,
    1e300,
    5e-324,
    0.1 + 0.2,
    MAX,
    -MAX,
    '',
    'é😀\0"\\\n\u2028',
    [],
    [[[]]],
    {},
    { '': 1, 'a b': [null, false], __proto__x: 1 },
    [1, 'a', { b: [2, { c: null }] }],
    'x'.repeat(100_000),
    Array.from({ length: 2000 }, (__, i) => ({ id: i, name: `é ${i}`, tags: ['a', String(i)], at: i / 3 })),
  ];

  test.each(VALUES.map((value) => [JSON.stringify(value).slice(0, 60), value]))(
    '%s comes back as it was',
    (__, value) => {
      expect(lib.echo_value(value)).toEqual(value);
      expect(lib.echo_values([value, value])).toEqual([value, value]);
      expect(lib.echo_option_value(value)).toEqual(value);
      expect(lib.echo_bigint_value(value)).toEqual(value);
    },
  );

  test('any JSON value is the same to Rust as by JSON.stringify', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        // An integer beyond 2^53 - 1 is a float, whose text has a point; a -0 is 0.
        const text = JSON.stringify(value);
        fc.pre(!/\d{16}/.test(text));
        expect(lib.text_of(value)).toBe(lib.text_of(JSON.parse(text)));
        expect(lib.echo_value(value)).toEqual(JSON.parse(text));
      }),
    );
  });

  test('a property called __proto__ is a property', () => {
    const value = JSON.parse('{"__proto__":{"a":1}}') as object;
    expect(Object.keys(lib.echo_value(value) as object)).toEqual(['__proto__']);
  });

  test('integers are exact', () => {
    expect(lib.text_of([2n ** 64n - 1n, -(2n ** 63n), 5n])).toBe('[18446744073709551615,-9223372036854775808,5]');
    // A number of that size is a float.
    expect(lib.text_of([2 ** 53, -(2 ** 60), 1e21])).toBe('[9007199254740992.0,-1.152921504606847e+18,1e+21]');
    expect(lib.echo_numbers([2 ** 53, 2 ** 60, 1e300])).toEqual([2 ** 53, 2 ** 60, 1e300]);
    expectTypeError(
      () => lib.echo_integers([1, 2 ** 53]),
      'echo_integers: argument 1 (value)[1]: invalid type: floating point `9007199254740992.0`, expected i64',
    );
    expectRangeError(
      () => lib.echo_integers([1, 2n ** 53n]),
      'echo_integers: the result[1] is 9007199254740992, beyond what a number holds; export the function with #[export(bigint)]',
    );
    expectRangeError(
      () => lib.echo_value({ a: [0, { 'b c': 2n ** 64n - 1n }] }),
      'echo_value: the result.a[1]["b c"] is 18446744073709551615, beyond',
    );
    expectRangeError(() => lib.echo_value(2n ** 63n), 'echo_value: the result is 9223372036854775808, beyond');
    expectRangeError(
      () => lib.echo_value([2n ** 64n]),
      'argument 1 (value)[0]: the bigint 18446744073709551616 has more than 64 bits',
    );
    const large = { a: [0, { 'b c': 2n ** 64n - 1n }], d: -(2n ** 63n), e: 2n ** 53n, f: MAX, __proto__: null };
    expect(lib.echo_bigint_value(large)).toEqual({ ...large });
    expect(lib.echo_bigint_value(2n ** 63n)).toBe(2n ** 63n);
    expect(lib.sizes_bigint()).toEqual([2n ** 128n - 1n, -(2n ** 127n), { '-1': 2n ** 64n - 1n, 2: 3 }, { é: null }]);
    expectRangeError(() => lib.sizes(), 'sizes: the result[0] is 340282366920938463463374607431768211455, beyond');
  });

  test('attributes of serde are honoured', () => {
    const inner = { fileName: 'b', shapes: [], layers: {}, inner: null, id: 7 };
    const drawing = {
      fileName: 'é "a"',
      shapes: [
        'empty',
        { named: 'n' },
        { rect: [1, 2.5] },
        { circle: { radius: 0.5, filled: 0.25 } },
        { circle: { radius: 1 } },
      ],
      layers: { 0: [1, true], 255: [-1, false] },
      inner,
      id: 0,
    };
    expect(lib.echo_drawing(drawing)).toEqual(drawing);
    expect(lib.echo_drawing({ fileName: '', shapes: [], inner: null })).toEqual({ ...inner, fileName: '', id: 0 });
    expect(lib.echo_drawing({ fileName: '', shapes: [], inner: null })).toEqual(
      JSON.parse(lib.by_hand('{"fileName":"","shapes":[],"inner":null}') as string),
    );
  });

  test.each<[unknown, string]>([
    [{ shapes: [] }, ': missing field `fileName`'],
    [{ fileName: 1, shapes: [] }, '.fileName: invalid type: integer `1`, expected a string'],
    [{ fileName: 'a', shapes: [], more: 1 }, '.more: unknown field `more`, expected one of '],
    [{ fileName: 'a', shapes: [{ rect: [1] }] }, '.shapes[0].rect: invalid length 1, expected '],
    [
      { fileName: 'a', shapes: ['empty', { circle: { radius: '1' } }] },
      '.shapes[1].circle.radius: invalid type: string "1", expected f64',
    ],
    [{ fileName: 'a', shapes: ['full'] }, '.shapes[0]: unknown variant `full`, expected one of '],
    [{ fileName: 'a', shapes: [], layers: { 256: [1, true] } }, '.layers'],
    [
      { fileName: 'a', shapes: [], layers: { 1: [1, 1] } },
      '.layers["1"][1]: invalid type: integer `1`, expected a boolean',
    ],
    [{ fileName: 'a', shapes: [], id: -1 }, '.id: invalid value: integer `-1`, expected u64'],
    [{ fileName: 'a', shapes: [], inner: { fileName: '\ud800', shapes: [] } }, '.inner.fileName: '],
    [[], ': invalid length 0, expected struct Drawing'],
    ['text', ': invalid type: string "text", expected struct Drawing'],
  ])('%j is refused', (value, message) => {
    expectTypeError(() => lib.echo_drawing(value), `echo_drawing: argument 1 (drawing)${message}`);
    expect(() => lib.echo_drawing(value)).not.toThrow(/line \d/);
  });

  class Point {
    #hidden = 3;
    constructor(
      readonly x: number,
      readonly y: number,
    ) {}
    get sum(): number {
      return this.x + this.y + this.#hidden;
    }
  }

  test('objects of classes, of other realms, and with toJSON', () => {
    expect(lib.echo_value(new Point(1, 2))).toEqual({ x: 1, y: 2 });
    expect(lib.echo_value([new Date(0)])).toEqual(['1970-01-01T00:00:00.000Z']);
    expect(lib.echo_value(new URL('https://a.b/c'))).toBe('https://a.b/c');
    expect(lib.echo_value({ a: { toJSON: (key: string) => [key, 1] } })).toEqual({ a: ['a', 1] });
    expect(lib.echo_value(vm.runInNewContext('({ a: [1, { b: null }] })'))).toEqual({ a: [1, { b: null }] });
    expect(lib.echo_value(Object.assign(Object.create(null), { a: 1 }))).toEqual({ a: 1 });
    expect(lib.echo_value(Object.create({ inherited: 1 }))).toEqual({});
    expect(lib.echo_value(new Proxy({ a: [1] }, {}))).toEqual({ a: [1] });
    // What says of itself that it is a plain object is written as JSON.stringify writes it, or is looked at more closely.
    expect(lib.echo_value({ constructor: 'a' })).toEqual({ constructor: 'a' });
    expect(lib.echo_value(Object.create({ toJSON: () => 'made' }))).toBe('made');
    expect(lib.echo_value(Object.assign(Object.create({ inherited: 1, run: () => 1 }), { own: 1 }))).toEqual({
      own: 1,
    });
    expect(lib.echo_value(Object.assign([1], { toJSON: () => 2 }))).toBe(2);
    expect(lib.echo_value(new (class extends Array<number> {})(1, 2))).toEqual([1, 2]);
    expect(lib.echo_value(Object.setPrototypeOf([3], null))).toEqual([3]);
    for (const liar of [new Map([['a', 1]]), /a/]) {
      expectTypeError(
        () => lib.echo_value(Object.assign(liar, { constructor: Object })),
        'expected a JSON value, got ',
      );
    }
    const shared = { a: 1 };
    expect(lib.echo_value([shared, shared, new Point(1, 2)])).toEqual([shared, shared, { x: 1, y: 2 }]);
  });

  test('what JSON cannot say is an error with the path', () => {
    const NOT_JSON: [unknown, string][] = [
      [undefined, 'undefined'],
      [NaN, 'number NaN'],
      [Infinity, 'number Infinity'],
      [-Infinity, 'number -Infinity'],
      [new Map([['a', 1]]), 'a Map'],
      [new Set([1]), 'a Set'],
      [/a/, 'a RegExp'],
      [() => 1, 'function'],
      [Symbol('s'), 'symbol'],
      [new Uint8Array(2), 'Uint8Array'],
      [Buffer.from('a'), 'an instance of Buffer'],
      [new ArrayBuffer(1), 'an ArrayBuffer'],
      [Promise.resolve(1), 'a Promise'],
      [new Error('e'), 'an Error'],
      [{ toJSON: () => undefined }, 'undefined'],
    ];
    for (const [value, words] of NOT_JSON) {
      const expected = `expected a JSON value, got ${words === 'an instance of Buffer' ? '' : words}`;
      expectTypeError(() => lib.echo_value(value), `echo_value: argument 1 (value): ${expected}`);
      expectTypeError(() => lib.echo_value([1, value]), `echo_value: argument 1 (value)[1]: ${expected}`);
      expectTypeError(() => lib.echo_value({ a: { 'b c': [value] } }), `argument 1 (value).a["b c"][0]: ${expected}`);
      expectTypeError(() => lib.echo_values([{ a: value }]), `echo_values: argument 1 (value)[0].a: ${expected}`);
    }
    // eslint-disable-next-line no-sparse-arrays
    expectTypeError(() => lib.echo_value([1, , 2]), 'argument 1 (value)[1]: expected a JSON value, got undefined');
  });

  test('cycles, and values that are nested too deeply', () => {
    const list: unknown[] = [1];
    list.push({ list });
    expectRangeError(
      () => lib.echo_value(list),
      'echo_value: argument 1 (value)[1].list: the object is inside of itself',
    );
    const nested = (depth: number): unknown => (depth === 0 ? null : [nested(depth - 1)]);
    expect(lib.echo_value(nested(127))).toEqual(nested(127));
    expect(lib.deep(127)).toEqual(nested(127));
    expectRangeError(
      () => lib.echo_value(nested(128)),
      /echo_value: argument 1 \(value\)\[0\].+: values are nested more than 127 deep/,
    );
    expectRangeError(() => lib.echo_value(nested(5000)), 'values are nested more than 127 deep');
    expectTypeError(() => lib.deep(128), 'values are nested more than 127 deep');
    const endless = { toJSON: () => endless };
    expectRangeError(() => lib.echo_value(endless), 'the object is inside of itself');
    const more = (): unknown => ({ toJSON: more });
    expectRangeError(() => lib.echo_value(more()), 'values are nested more than 127 deep');
  });

  test('what a result has that JSON cannot say is an error with the path', () => {
    expect(lib.floats([1, -0.5])).toEqual({ 'a b': [1, -0.5] });
    expectTypeError(() => lib.floats([1, NaN]), 'floats: the result["a b"][1]: JSON has no NaN');
    expectTypeError(() => lib.floats([-Infinity]), 'floats: the result["a b"][0]: JSON has no -Infinity');
    expectTypeError(() => lib.odd_keys(), 'odd_keys: the result[0]: a key of a map is neither a string nor');
    expectTypeError(() => lib.refused(), 'refused: the result[0]: it refuses');
  });

  test('a getter that throws, or calls', () => {
    const error = new Error('mine');
    const throwing = {
      get a(): never {
        throw error;
      },
    };
    expect(() => lib.echo_value({ b: throwing })).toThrow(error);
    const calling = {
      get a(): unknown {
        return lib.echo_value([1]);
      },
    };
    expect(lib.echo_values([calling, 2])).toEqual([{ a: [1] }, 2]);
  });

  test('in the background', async () => {
    await expect(lib.async.echo_value({ a: [1] })).resolves.toEqual({ a: [1] });
    await expect(lib.async.echo_value({ a: [NaN] })).rejects.toThrow('echo_value: argument 1 (value).a[0]');
    await expect(lib.async.floats([NaN])).rejects.toThrow('floats: the result["a b"][0]: JSON has no NaN');
  });
});
