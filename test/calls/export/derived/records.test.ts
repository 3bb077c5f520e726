import * as fc from 'fast-check';
import { DERIVED } from '../../../support/derived';
import { thrownBy } from '../../../support/errors';

/** Returns the class, the code and the message of what a call throws. */
function refusal(call: () => unknown): unknown[] {
  const { constructor, code, message } = thrownBy(call);
  return [constructor, code, message];
}

const CORNER = { x: 0, y: 0 };

/** Returns options as Rust has them, from those that are passed. */
function completed(options: Record<string, unknown>): unknown {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const corner = given['corner'] as Record<string, unknown> | undefined;
  return {
    width: 1.5,
    layers: [],
    times: 3,
    style: 'plain',
    ...given,
    corner: corner === undefined ? CORNER : completedCorner(corner),
  };
}

function completedCorner({ x = 0, y = -1 }: Record<string, unknown>): unknown {
  return { x, y };
}

const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const cornerOf = fc.record({ x: maybe(int), y: maybe(int) }, { requiredKeys: [] });
const text = fc.string({ unit: 'grapheme' });
const optionsOf = fc.record(
  {
    title: text,
    width: maybe(fc.double({ noNaN: true }).map((x) => x + 0)),
    layers: maybe(fc.array(text)),
    times: maybe(fc.option(fc.nat())),
    style: maybe(text),
    corner: maybe(cornerOf),
  },
  { requiredKeys: ['title'] },
);

describe.each(DERIVED)('records, %s', (_, { lib }) => {
  test('fields with a default may be left out', () => {
    expect(lib.echo_options({ title: 'a' })).toEqual(completed({ title: 'a' }));
    const all = { title: 'b', width: 2, layers: ['x'], times: null, style: 'wild', corner: { x: 1, y: 2 } };
    expect(lib.echo_options(all)).toEqual(all);
    expect(lib.echo_options({ title: 'c', corner: {} }).corner).toEqual({ x: 0, y: -1 });
    expect(Object.keys(lib.echo_options({ title: 'a' }) as object)).toEqual([
      'title',
      'width',
      'layers',
      'times',
      'style',
      'corner',
    ]);
  });

  test('any options, as a model completes them', () => {
    const many = fc.tuple(fc.array(fc.option(optionsOf)), fc.dictionary(fc.string({ minLength: 1 }), cornerOf));
    fc.assert(
      fc.property(optionsOf, many, (options, [list, corners]) => {
        expect(lib.echo_options(options)).toEqual(completed(options));
        const names = Object.keys(corners);
        expect(lib.echo_many(list, corners)).toEqual([
          list.map((each) => each && completed(each)),
          Object.fromEntries(names.map((name) => [name, completedCorner(corners[name] as Record<string, unknown>)])),
        ]);
      }),
      { numRuns: 200 },
    );
  });

  test('wrong values are refused with their path', () => {
    const wrong = (options: unknown): unknown[] => refusal(() => lib.echo_options(options));
    const type = (message: string): unknown[] => [
      TypeError,
      'ERR_RUSTDLL_TYPE',
      `echo_options: argument 1 (options)${message}`,
    ];
    expect(wrong({})).toEqual(type('.title: the field is missing'));
    expect(wrong({ title: 'a', width: '1' })).toEqual(type('.width: expected a number (f64), got string "1"'));
    expect(wrong({ title: 'a', width: null })).toEqual(type('.width: expected a number (f64), got null'));
    expect(wrong({ title: 'a', corner: { x: 1, z: 2 } })).toEqual(type('.corner.z: Corner has no such field'));
    expect(wrong({ title: 'a', hidden: 1 })).toEqual(type('.hidden: Options has no such field'));
    expect(wrong({ title: 'a', corner: { x: 2 ** 31 } })[0]).toBe(RangeError);
    expect(wrong({ title: 'a', layers: ['a', 1] })).toEqual(type('.layers[1]: expected a string, got number 1'));
  });

  test('a field that is skipped has its default', () => {
    expect(lib.hidden_in({ title: 'a' })).toBe(7);
  });

  test('parameters with a default may be left out', async () => {
    expect(lib.joined(['a', 'b'])).toBe('a, b 4 5 [1.0, 2.0] [1, 2, 3] 18446744073709551615');
    expect(lib.joined(['a', 'b'], '-', true)).toBe('A-B 4 5 [1.0, 2.0] [1, 2, 3] 18446744073709551615');
    expect(lib.joined(['a'], undefined, undefined, { x: 1 }, undefined, new Uint8Array([9]), 7)).toBe(
      'a 1 -1 [1.0, 2.0] [9] 7',
    );
    expect([lib.joined.length, lib.middle.length]).toEqual([1, 2]);
    const background = lib.async as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    expect(await background['joined']!(['a', 'b'], undefined, true)).toMatch(/^A, B /);
    expect(lib.middle(undefined, 4)).toBe(6);
    expect(lib.middle(5, 4)).toBe(1);
    expect(refusal(() => lib.middle(5))).toEqual([
      TypeError,
      'ERR_RUSTDLL_ARITY',
      'middle: expected 2 arguments, got 1 (middle(first: number, second: number): number)',
    ]);
    expect(refusal(() => lib.joined(['a'], null))).toEqual([
      TypeError,
      'ERR_RUSTDLL_TYPE',
      'joined: argument 2 (between): expected a string, got null',
    ]);
    expect(refusal(() => lib.joined())[1]).toBe('ERR_RUSTDLL_ARITY');
    expect(refusal(() => lib.joined([], '', false, CORNER, [], [], 1, 2))[1]).toBe('ERR_RUSTDLL_ARITY');
  });

  test('a default that panics is a panic of the call', () => {
    expect(lib.panicking(3)).toBe(3);
    expect(thrownBy(() => lib.panicking()).message).toBe('no default');
    expect(lib.panicking(4)).toBe(4);
  });

  test('generic types are those that their parameters make of them', () => {
    const numbers = { items: [1, 2.5], next: { items: [], next: null } };
    expect(lib.echo_numbers(numbers)).toEqual(numbers);
    const corners = { items: [{ x: 1, y: 2 }], next: null };
    expect(lib.echo_corners(corners)).toEqual(corners);
    expect(lib.echo_corners({ items: [{}] })).toEqual({ items: [{ x: 0, y: -1 }], next: null });
    const pages = { items: [{ items: ['a', null], next: null }], next: { items: [], next: null } };
    expect(lib.echo_pages(pages)).toEqual(pages);
    for (const either of [
      { type: 'Left', value: 3 },
      { type: 'Right', value: corners },
    ]) {
      expect(lib.echo_either(either)).toEqual(either);
    }
    expect(
      lib.echo_grid({
        rows: [
          [1, 2],
          [3, 4],
        ],
      }),
    ).toEqual({
      rows: [
        [1, 2],
        [3, 4],
      ],
    });
    expect(refusal(() => lib.echo_numbers({ items: ['a'] }))[2]).toBe(
      'echo_numbers: argument 1 (page).items[0]: expected a number (f64), got string "a"',
    );
    expect(refusal(() => lib.echo_grid({ rows: [[1]] }))[2]).toMatch(/^echo_grid: argument 1 \(grid\)\.rows\[0\]: /);
    let deep: unknown = null;
    for (let i = 0; i < 5000; i++) deep = { items: [i], next: deep };
    let depth = 0;
    for (let page = lib.echo_numbers(deep) as { next: unknown } | null; page !== null; depth++) {
      page = page.next as typeof page;
    }
    expect(depth).toBe(5000);
  });

  test('a tuple struct is an array, and a unit struct an object without fields', () => {
    expect(lib.echo_pair(['a', 2])).toEqual(['a', 2]);
    expect(
      lib.echo_branches([
        1,
        [
          [2, []],
          [3, [[4, []]]],
        ],
      ]),
    ).toEqual([
      1,
      [
        [2, []],
        [3, [[4, []]]],
      ],
    ]);
    expect(lib.echo_nothing({})).toEqual({});
    expect(refusal(() => lib.echo_pair(['a']))[2]).toMatch(/^echo_pair: argument 1 \(pair\): expected .*2/);
    expect(refusal(() => lib.echo_branches([1, [[2, ['x']]]]))[2]).toBe(
      'echo_branches: argument 1 (tree)[1][0][1][0]: expected a list of 2 elements, got string "x"',
    );
    expect(refusal(() => lib.echo_nothing({ x: 1 }))[2]).toBe(
      'echo_nothing: argument 1 (nothing).x: Nothing has no such field',
    );
    let deep: unknown[] = [0, []];
    for (let i = 0; i < 5000; i++) deep = [i, [deep]];
    let depth = 0;
    for (let tree = lib.echo_branches(deep) as [number, unknown[]] | undefined; tree !== undefined; depth++) {
      tree = tree[1][0] as typeof tree;
    }
    expect(depth).toBe(5001);
  });

  test('the fields of a flattened record are those of the one around it', () => {
    const person = { fullName: 'Ada', town: 'London', x: 1, y: 2, note: null, age: 36 };
    expect(lib.echo_person(person)).toEqual(person);
    expect(Object.keys(lib.echo_person(person) as object)).toEqual(Object.keys(person));
    expect(lib.echo_person({ fullName: 'Ada', town: 'London', age: 36 })).toEqual({ ...person, x: 0, y: -1 });
    expect(refusal(() => lib.echo_person({ ...person, town: 1 }))[2]).toBe(
      'echo_person: argument 1 (person).town: expected a string, got number 1',
    );
    expect(refusal(() => lib.echo_person({ ...person, address: {} }))[2]).toBe(
      'echo_person: argument 1 (person).address: Person has no such field',
    );
    const known = { type: 'Known', town: 'Paris', x: 3, y: 4 };
    for (const someone of [known, { type: 'Unknown' }]) expect(lib.echo_someone(someone)).toEqual(someone);
    expect(refusal(() => lib.echo_someone({ type: 'Known' }))[2]).toBe(
      'echo_someone: argument 1 (someone).town: the field is missing',
    );
  });

  test('unknown fields are ignored where that is allowed', () => {
    expect(lib.echo_settings({ level: 1, name: 'a', other: 2, more: {} })).toEqual({ level: 1, name: 'a' });
    expect(lib.echo_settings({ level: 1 })).toEqual({ level: 1, name: null });
    for (let i = 0; i < 10; i++) expect(lib.echo_settings({ other: i, level: 1 })).toEqual({ level: 1, name: null });
    expect(lib.echo_event({ kind: 'Key', code: 1, type: 'x' })).toEqual({ kind: 'Key', code: 1 });
    expect(lib.echo_event({ kind: 'End', code: 1 })).toEqual({ kind: 'End' });
    expect(refusal(() => lib.echo_settings({ levl: 1 }))[2]).toBe(
      'echo_settings: argument 1 (settings).level: the field is missing',
    );
    for (const wrong of [null, 1, 'a', []]) expect(refusal(() => lib.echo_settings(wrong))[0]).toBe(TypeError);
  });

  test('a field has bigints if it says so', () => {
    const counts = (large: bigint | number, sum: bigint | number): object => ({
      small: 1,
      large,
      many: [2, null],
      others: [{ sum }],
      total: { sum: 3 },
    });
    const expected = { small: 1, large: 5n, many: [2n, null], others: [{ sum: -4n }], last: null, total: { sum: 3 } };
    expect(lib.echo_counts(counts(5, -4))).toEqual(expected);
    expect(lib.echo_counts(counts(5n, -4n))).toEqual(expected);
    expect(lib.echo_counts({ ...counts(5, -4), last: 7 })).toEqual({ ...expected, last: 7n });
    expect(lib.echo_counts({ ...counts(2n ** 64n - 1n, 0), others: undefined })).toEqual({
      ...expected,
      large: 2n ** 64n - 1n,
      others: [],
    });
    expect(refusal(() => lib.echo_counts({ ...counts(0, 0), small: 2n ** 60n }))[0]).toBe(RangeError);
    expect(refusal(() => lib.echo_counts(counts(-1, 0)))[2]).toMatch(/^echo_counts: argument 1 \(counts\)\.large: /);
  });
});
