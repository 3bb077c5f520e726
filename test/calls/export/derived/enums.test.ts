import { DERIVED } from '../../../support/derived';
import { thrownBy } from '../../../support/errors';

describe.each(DERIVED)('untagged enums, %s', (_, { lib }) => {
  test.each<[unknown, string, unknown?]>([
    [null, 'Nothing'],
    [true, 'Flag'],
    [255, 'Small'],
    [256, 'Number'],
    [-1, 'Number'],
    [0.5, 'Number'],
    [NaN, 'Number'],
    [2n ** 50n, 'Large', 2 ** 50],
    ['', 'Text'],
    ['wörld 🦀', 'Text'],
    [{ x: 1, y: -2 }, 'Spot'],
    [{ fromNumber: 1, toNumber: null }, 'Range'],
    [{ fromNumber: 1 }, 'Range', { fromNumber: 1, toNumber: null }],
    [['a', 2], 'Pair'],
    [[], 'Many'],
    [[1.5, 2], 'Many'],
    [new Float64Array([1, 2]), 'Many', [1, 2]],
    [new Set([3]), 'Many', [3]],
    [{}, 'Named'],
    [{ x: 1, y: 2, z: 3 }, 'Named'],
    [new Map([['x', 1]]), 'Named', { x: 1 }],
  ])('%p is a %s', (value, name, given = value) => {
    expect(lib.echo_mixed(value)).toEqual([given, name]);
    expect(lib.echo_all_mixed([value, 'and', value])).toEqual([
      typeof value === 'bigint' ? value : given,
      'and',
      typeof value === 'bigint' ? value : given,
    ]);
  });

  test('a value is read as one variant after the other, and what was written for one that did not fit is discarded', () => {
    const values = ['a', ['b', 1], { x: 1, y: 2 }, { x: 1 }, ['c', 2], [1], 'd'];
    expect(lib.echo_all_mixed(values)).toEqual(values);
    const long = Array.from({ length: 1000 }, (_unused, i) =>
      i % 2 === 0 ? { fromNumber: i, toNumber: i } : { x: i },
    );
    expect(lib.echo_all_mixed(long)).toEqual(long);
  });

  test('what can be iterated only once is iterated once', () => {
    function* numbers(): Generator {
      yield* [1, 2, 3];
    }
    // A pair is tried first.
    expect(lib.echo_mixed(numbers())).toEqual([[1, 2, 3], 'Many']);
    function* texts(): Generator<string> {
      yield* ['a b', 'c'];
    }
    expect(lib.kind_of_address(texts())).toBe('texts');
    expect(lib.echo_all_mixed(new Set([numbers(), numbers()]))).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  test.each<[unknown, string]>([
    [
      undefined,
      'expected null, a boolean, an integer (u8), a number (f64), an integer (u64), a string, an object (Spot), ' +
        'an object (Mixed.Range), a list of 2 elements, a list or typed array of f64 or an object or Map, got undefined',
    ],
    [-1n, 'bigint -1 does not fit u64'],
    [2n ** 64n, 'bigint 18446744073709551616 does not fit u64'],
  ])('%p is none of them', (value, message) => {
    const error = thrownBy(() => lib.echo_mixed(value));
    expect(error.message).toBe(`echo_mixed: argument 1 (value): ${message}`);
    expect(error).toBeInstanceOf(value === undefined ? TypeError : RangeError);
  });

  test('the error is that of the variant whose form the value has', () => {
    const messageOf = (value: unknown): string => thrownBy(() => lib.echo_mixed(value)).message;
    expect(messageOf({ x: 1, y: '2' })).toMatch(/^echo_mixed: argument 1 \(value\): no variant of Mixed fits \(Spot/);
    expect(thrownBy(() => lib.echo_nest([1, [{ a: true }]])).message).toBe(
      'echo_nest: argument 1 (nest)[1][0].a: expected a number (f64), a list or an object or Map, got boolean true',
    );
    expect(thrownBy(() => lib.echo_one_of([true, 'a'])).message).toBe(
      'echo_one_of: argument 1 (one)[1]: expected a boolean or an integer (i32), got string "a"',
    );
    expect(thrownBy(() => lib.echo_one_of([2 ** 31])).message).toBe(
      'echo_one_of: argument 1 (one)[0]: number 2147483648 does not fit i32',
    );
  });

  test('an error of the program is thrown as it is', () => {
    const own = new Error('own');
    const value = {
      get x() {
        throw own;
      },
      y: 1,
    };
    expect(thrownBy(() => lib.echo_mixed(value))).toBe(own);
    expect(lib.echo_mixed('after')).toEqual(['after', 'Text']);
  });

  test('an enum may contain itself, as deep as one likes', () => {
    const nest = [1, { a: [2, {}], b: 3 }, []];
    expect(lib.echo_nest(nest)).toEqual(nest);
    let deep: unknown = 1;
    for (let i = 0; i < 5000; i++) deep = i % 2 === 0 ? [deep] : { deep };
    expect(lib.depth_of_nest(deep)).toBe(5001);
    expect(lib.depth_of_nest(lib.echo_nest(deep))).toBe(5001);
    const cyclic: unknown[] = [1];
    cyclic.push([cyclic]);
    expect(thrownBy(() => lib.echo_nest(cyclic))).toBeInstanceOf(RangeError);
    const object: Record<string, unknown> = {};
    object['a'] = { b: object };
    expect(thrownBy(() => lib.echo_nest(object)).message).toMatch(/the object is inside of itself$/);
    expect(lib.echo_nest([])).toEqual([]);
  });

  test('what Rust refuses is tried as the later variants that have the same form', () => {
    expect(lib.kind_of_address('127.0.0.1')).toBe('v4');
    expect(lib.kind_of_address('::1')).toBe('v6');
    expect(lib.kind_of_address(1)).toBe('port');
    expect(lib.kind_of_address(['a', 'b'])).toBe('names');
    expect(lib.kind_of_address(['a', 'b c'])).toBe('texts');
    expect(lib.echo_addresses(['1.2.3.4', ['wörld d', '🦀'], '::1', 2, ['é']])).toEqual([
      '1.2.3.4',
      ['wörld d', '🦀'],
      '::1',
      2,
      ['é'],
    ]);
    expect(thrownBy(() => lib.kind_of_address('x')).message).toBe(
      'kind_of_address: argument 1 (address): expected an IPv4 address, got string "x"; expected an IPv6 address, got string "x"',
    );
    expect(thrownBy(() => lib.echo_addresses(['::1', 0])).message).toBe(
      'echo_addresses: argument 1 (addresses)[1]: 0 is not an integer other than 0',
    );
  });

  test('an error may be one', () => {
    const error = thrownBy(() => lib.fail_with_reason()) as unknown as { data: unknown; code: string };
    expect([error.data, error.code]).toEqual(['why not', 'Text']);
    const other = thrownBy(() => lib.fail_with_reason(2)) as unknown as { data: unknown; code: string };
    expect([other.data, other.code]).toEqual([{ x: 2, y: 0 }, 'At']);
    expect(lib.isReason(error) && lib.isReason(other)).toBe(true);
  });

  test('enums of strings and numbers are recognised among others', () => {
    expect(['left-hand', 'up', 10, 3].map((value) => lib.kind_of_degree(value) as string)).toEqual([
      'named',
      'other',
      'numbered',
      'exactly',
    ]);
  });
});

describe.each(DERIVED)('enums with content, %s', (_, { lib }) => {
  test.each([
    { kind: 'ping' },
    { kind: 'text', body: 'wörld' },
    { kind: 'move', body: [1, 2] },
    { kind: 'sized', body: { width: 1, height: null } },
    { kind: 'nested', body: { kind: 'nested', body: { kind: 'ping' } } },
  ])('%p', (message) => {
    expect(lib.echo_message(message)).toEqual(message);
  });

  test('may be generic', () => {
    const number = { type: 'One', value: { of: 1 } };
    expect(lib.echo_holding(number, { type: 'None' })).toEqual([number, { type: 'None' }]);
  });

  test('wrong values are told with their place', () => {
    const messageOf = (value: unknown): string => thrownBy(() => lib.echo_message(value)).message;
    const place = 'echo_message: argument 1 (message)';
    expect(messageOf({ kind: 'sized', width: 1 })).toBe(`${place}.body: the field is missing`);
    expect(messageOf({ kind: 'sized', body: { width: -1 } })).toBe(`${place}.body.width: number -1 does not fit u32`);
    expect(messageOf({ kind: 'sized', body: { width: 1, depth: 2 } })).toBe(
      `${place}.body.depth: MessageSized has no such field`,
    );
    expect(messageOf({ kind: 'ping', body: null })).toBe(`${place}.body: Message.ping has no such field`);
    expect(messageOf({ kind: 'text', value: '' })).toBe(`${place}.body: the field is missing`);
  });
});

describe.each(DERIVED)('enums of numbers, %s', (_, { lib }) => {
  test('a variant is its discriminant', () => {
    for (const priority of [1, 10, 11]) expect(lib.echo_priority(priority)).toBe(priority);
    for (const offset of [-Number.MAX_SAFE_INTEGER, 0, Number.MAX_SAFE_INTEGER, null]) {
      expect(lib.echo_offset(offset)).toBe(offset);
    }
  });

  test.each<[unknown, string]>([
    [2, 'number 2'],
    ['High', 'string "High"'],
    [10n, 'bigint 10'],
    [null, 'null'],
  ])('%p is none', (value, got) => {
    const error = thrownBy(() => lib.echo_priority(value));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toBe(
      `echo_priority: argument 1 (priority): expected 1 (Low), 10 (High) or 11 (Highest), got ${got}`,
    );
  });

  test('they are keys of maps', () => {
    expect(lib.count_priorities([10, 1, 10])).toEqual(
      new Map([
        [1, 1],
        [10, 2],
      ]),
    );
    expect(lib.echo_priorities({ 1: true, 11: false })).toEqual(
      new Map([
        [1, true],
        [11, false],
      ]),
    );
    expect(thrownBy(() => lib.echo_priorities({ 2: true })).message).toMatch(/in a key: expected 1 \(Low\)/);
  });
});

describe.each(DERIVED)('enums as objects, %s', (_, { lib, rustdll }) => {
  test('have their variants', () => {
    expect(lib.Priority).toEqual({ Low: 1, High: 10, Highest: 11 });
    expect(lib.Direction).toEqual({ 'left-hand': 'left-hand', 'right-hand': 'right-hand' });
    expect(lib.Offset).toMatchObject({ NO_OFFSET: 0 });
    expect(lib.turn_around(lib.Direction['left-hand'])).toBe(lib.Direction['right-hand']);
    expect(lib.echo_priority(lib.Priority.High)).toBe(lib.Priority.High);
  });

  test('are made once and cannot be changed', () => {
    const fresh = new rustdll.RustDLL(lib.path);
    expect(Object.keys(fresh)).not.toContain('Direction');
    expect(Object.getOwnPropertyNames(fresh)).toContain('Direction');
    expect(typeof Object.getOwnPropertyDescriptor(fresh, 'Priority')?.get).toBe('function');
    const { Priority } = fresh;
    expect(fresh.Priority).toBe(Priority);
    expect(Object.isFrozen(Priority)).toBe(true);
    expect('Mixed' in fresh || 'Message' in fresh).toBe(false);
  });
});
