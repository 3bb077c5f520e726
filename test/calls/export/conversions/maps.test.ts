import { CONVERSIONS } from '../../../support/conversions';
import { thrownBy } from '../../../support/errors';
import { expectWorking } from '../../../support/exported';
import type { LooseFunction } from '../../../support/kernels';

const FORMS = {
  plain: { b: 1, a: 2 },
  ordered: new Map([['10', 1]]),
  listed: ['a', 'b'],
  set: new Set(['a', 'b']),
  deep: new Map([['so-so', new Set([7])]]),
  bytes: new Uint8Array([1, 2]),
  buffer: Buffer.from([3, 4]),
  buffers: [Buffer.from([5]), Buffer.alloc(0)],
};

afterEach(expectWorking);

describe.each(CONVERSIONS)('maps and sets, %s', (_, { lib }) => {
  const call = (name: string, ...args: unknown[]): unknown => (lib[name] as LooseFunction)(...args);

  test.each<[string, ...unknown[]]>([
    ['echo_map_string', {}, { a: 1, 'é 🦀': 2, __proto__x: 3 }],
    ['echo_map_char', {}, { a: 'x', '🦀': 'y' }],
    ['echo_map_level', {}, { low: 1, 'so-so': 2, 'top!': 3 }],
    [
      'echo_map_bool',
      new Map(),
      new Map([
        [false, 1],
        [true, 2],
      ]),
    ],
    [
      'echo_map_i8',
      new Map([
        [-128, 'a'],
        [127, 'b'],
      ]),
    ],
    ['echo_map_u32', new Map([[2 ** 32 - 1, 0.5]])],
    [
      'echo_map_i64',
      new Map([
        [-(2 ** 53 - 1), 'a'],
        [0, 'b'],
      ]),
    ],
    ['echo_map_u64', new Map([[2 ** 53 - 1, 'a']])],
    [
      'echo_map_u128',
      new Map([
        [0n, 1],
        [2n ** 128n - 1n, 2],
      ]),
    ],
    ['echo_map_path', { '/a': 1, 'ä/b': 2 }],
    ['echo_map_paths', { '/a': 1, 'ä/b': 2 }],
    ['echo_map_os_string', { '': 1, 'ä b': 2 }],
    ['echo_map_os_str', { '': 1, 'ä b': 2 }],
    ['echo_map_address', { '1.2.3.4': 1 }],
    ['echo_map_non_zero', new Map([[1, 2]])],
    [
      'echo_map_of_maps',
      new Map([
        [1, { a: new Map([[true, 1]]) }],
        [2, {}],
      ]),
    ],
    ['echo_map_of_durations', new Map([[1, [0.5, 2]]])],
    ['echo_forms', FORMS, { ...FORMS, deep: null }],
    [
      'echo_many_forms',
      [
        { type: 'Set', value: new Set([-1, 2]) },
        { type: 'Bytes', value: [Buffer.from([1]), new Uint8Array([2])] },
        { type: 'Map', map: new Map([['a', FORMS]]) },
      ],
    ],
    [
      'ordered_map',
      new Map([
        ['10', 1],
        ['9', 2],
        ['a', 3],
      ]),
    ],
    ['set_of_strings', new Set(), new Set(['a'])],
    ['set_of_i64', new Set(), new Set([-1, 2])],
    ['set_of_bigints', new Set([-1n, 2n ** 62n])],
    ['map_of_bigints', new Map([[2n ** 64n - 1n, -(2n ** 63n)]])],
    ['set_of_u8', new Set([0, 255])],
    ['buffer', Buffer.from([1, 2, 3]), Buffer.alloc(0)],
  ])('%s', (name, ...values) => {
    for (const value of values) expect(call(name, value)).toEqual(value);
  });

  test('entries are in the order of Rust', () => {
    const ordered = call('ordered_map', { b: 1, '9': 2, a: 3, '10': 4 }) as Map<string, number>;
    expect([...ordered]).toEqual([
      ['10', 4],
      ['9', 2],
      ['a', 3],
      ['b', 1],
    ]);
    expect([
      ...(
        call(
          'echo_map_i64',
          new Map([
            [3, 'a'],
            [-1, 'b'],
          ]),
        ) as Map<number, string>
      ).keys(),
    ]).toEqual([-1, 3]);
  });

  test('the names of properties stand for keys', () => {
    expect(call('echo_map_i8', { '-1': 'a', 0: 'b' })).toEqual(
      new Map([
        [-1, 'a'],
        [0, 'b'],
      ]),
    );
    expect(call('echo_map_u64', new Map([[1n, 'a']]))).toEqual(new Map([[1, 'a']]));
    expect(call('map_of_bigints', { '18446744073709551615': 1n })).toEqual(new Map([[2n ** 64n - 1n, 1n]]));
    expect(call('echo_map_u128', { '340282366920938463463374607431768211455': 1 })).toEqual(
      new Map([[2n ** 128n - 1n, 1]]),
    );
    expect(call('echo_map_bool', { true: 1, false: 2 })).toEqual(
      new Map([
        [false, 2],
        [true, 1],
      ]),
    );
    expect(call('echo_map_level', new Map([['low', 1]]))).toEqual({ low: 1 });
    expect(call('tickets', { 2: '#2', 1: '#1' })).toEqual(['#1', '#2']);
  });

  test('names are integers exactly if JavaScript writes them so', () => {
    const numbers = [0, 9, 10, 101, 999_999_999, 1_000_000_000, 4_294_967_295];
    const named = Object.fromEntries(numbers.map((number) => [String(number), number / 2]));
    expect(call('echo_map_u32', named)).toEqual(new Map(numbers.map((number) => [number, number / 2])));
    for (const name of ['', '00', '007', '1e3', '+1', ' 1', '1 ', '1.0', '0x1', '-', '١', '1/', '/1', ':', '12:']) {
      expect(thrownBy(() => call('echo_map_u32', { [name]: 1 })).message).toContain('in a key: expected an integer');
    }
  });

  test('names that are read again and again are told apart', () => {
    // Each has the length, the first and the last unit of others.
    const alike = ['axb', 'ayb', 'a b', 'aéb', 'a\0b', 'a🦀b', 'aéèb', 'a', 'aa', '', 'é', '🦀', '🦀🦀'];
    const long = [63, 64, 65, 300].flatMap((length) =>
      ['x', 'y'].map((inner) => inner.padStart(length - 1, 'a') + 'b'),
    );
    const names = [...alike, ...long, 'constructor', 'toString', '1', '10'];
    for (let round = 0; round < 5; round++) {
      for (const name of names) expect(call('echo_map_string', { [name]: round })).toEqual({ [name]: round });
      const all = Object.fromEntries(names.map((name, k) => [name, k + round]));
      expect(call('echo_map_string', all)).toEqual(all);
    }
  });

  test('what a value is does not depend on its prototype alone', () => {
    const bare = (value: object): unknown => Object.setPrototypeOf(value, Object.prototype);
    expect(call('echo_map_string', bare(new Map([['a', 1]])))).toEqual({ a: 1 });
    expect(call('echo_map_string', Object.create(null, { a: { value: 1, enumerable: true } }))).toEqual({ a: 1 });
    for (const value of [bare([1]), bare(new Date()), bare(new Error('x'))]) {
      expect(thrownBy(() => call('echo_map_string', value)).message).toContain('expected an object or Map');
    }
  });

  test('a set is made of anything that can be iterated', () => {
    function* numbers(): Generator<number> {
      yield* [1, 2, 1];
    }
    expect(call('set_of_i64', numbers())).toEqual(new Set([1, 2]));
    expect(call('set_of_i64', [1, 2, 1])).toEqual(new Set([1, 2]));
    expect(call('set_of_i64', new BigInt64Array([1n, 2n]))).toEqual(new Set([1, 2]));
    expect(call('sets_of_tickets', [new Set(['a']), ['b', 'b']])).toEqual([new Set(['a']), new Set(['b'])]);
  });

  test('buffers are buffers, with memory of their own', () => {
    for (const length of [0, 1, 100, 100_000, 3_000_000]) {
      const buffer = call('buffer_of', length) as Buffer;
      expect(Buffer.isBuffer(buffer)).toBe(true);
      expect(buffer.length).toBe(length);
      expect(buffer[length - 1]).toBe(length === 0 ? undefined : (length - 1) & 255);
    }
    const [maybe, map] = call('buffers', new Uint8Array([1, 2])) as [Buffer, Record<string, Buffer>];
    expect([Buffer.isBuffer(maybe), Buffer.isBuffer(map.a), maybe.toString('hex')]).toEqual([true, true, '0102']);
    const first = call('buffer', [1]) as Buffer;
    call('buffer', [2]);
    expect(first[0]).toBe(1);
  });

  test.each<[string, unknown, string, string]>([
    ['echo_map_u32', new Map([['1', 1]]), 'TypeError', ': in a key: expected an integer (u32), got string "1"'],
    ['echo_map_u32', { x: 1 }, 'TypeError', ': in a key: expected an integer (u32), got string "x"'],
    ['echo_map_u32', { '01': 1 }, 'TypeError', ': in a key: expected an integer (u32), got string "01"'],
    ['echo_map_u32', { '-1': 1 }, 'RangeError', ': in a key: number -1 does not fit u32'],
    ['echo_map_u32', { 1: 'x' }, 'TypeError', '["1"]: expected a number (f64), got string "x"'],
    ['echo_map_u32', new Map([[1, 'x']]), 'TypeError', '["1"]: expected a number (f64), got string "x"'],
    [
      'echo_map_u32',
      new Map<unknown, unknown>([
        [1, 2],
        ['1', 1],
      ]),
      'TypeError',
      ': in a key: expected an integer (u32), got string "1"',
    ],
    [
      'echo_map_u32',
      new Map<unknown, unknown>([
        [1, 2],
        [2, 'x'],
      ]),
      'TypeError',
      '["2"]: expected a number (f64), got string "x"',
    ],
    ['echo_map_u32', [1], 'TypeError', ': expected an object or Map, got a list'],
    ['echo_map_bool', { yes: 1 }, 'TypeError', ': in a key: expected a boolean, got string "yes"'],
    [
      'echo_map_char',
      { ab: 'x' },
      'TypeError',
      ': in a key: expected a string of one code point (char), got string "ab"',
    ],
    [
      'echo_map_level',
      { middle: 1 },
      'TypeError',
      `: in a key: expected 'low', 'so-so' or 'top!', got string "middle"`,
    ],
    ['echo_map_string', new Map([[1, 1]]), 'TypeError', ': expected a string as the key, got number 1'],
    ['echo_map_address', { here: 1 }, 'TypeError', ': expected an IPv4 address, got string "here"'],
    ['echo_map_non_zero', { 0: 1 }, 'RangeError', ': 0 is not an integer other than 0'],
    [
      'echo_map_of_durations',
      { 7: [1, -1] },
      'RangeError',
      '["7"][1]: -1 is not the number of milliseconds of a duration',
    ],
    [
      'echo_forms',
      { ...FORMS, deep: { low: ['x'] } },
      'TypeError',
      '.deep.low[0]: expected an integer (u32), got string "x"',
    ],
  ])('%s(%j) is refused', (name, value, kind, rest) => {
    const error = thrownBy(() => call(name, value));
    expect(error.message).toBe(`${name}: argument 1 (value)${rest}`);
    expect(error.name).toBe(kind);
  });

  test('large maps', () => {
    const map = call('many_entries', 10_000) as Map<number, number>;
    expect([map.size, map.get(9_999)]).toEqual([10_000, 4_999.5]);
    expect(call('sum_entries', map)).toBe(24_997_500);
  });
});
