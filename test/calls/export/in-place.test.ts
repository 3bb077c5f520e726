import { expectWorking, WAYS } from '../../support/exported';
import { expectError, expectTypeError, thrownBy } from '../../support/errors';
import { listWords } from '../../support/scalar-values';
import { detach, elements, fill, foreignMemory, KINDS, resizable } from '../../support/views';
import { watched, withAccessor } from '../../support/watched';

/** The greatest value of each type, and the value that adding one to it wraps to. */
const WRAPS: [string, unknown, unknown][] = [
  ['i8', 127, -128],
  ['i16', 2 ** 15 - 1, -(2 ** 15)],
  ['i32', 2 ** 31 - 1, -(2 ** 31)],
  ['i64', 2n ** 63n - 1n, -(2n ** 63n)],
  ['isize', 2n ** 63n - 1n, -(2n ** 63n)],
  ['u8', 255, 0],
  ['u16', 2 ** 16 - 1, 0],
  ['u32', 2 ** 32 - 1, 0],
  ['u64', 2n ** 64n - 1n, 0n],
  ['usize', 2n ** 64n - 1n, 0n],
];
const INTEGERS = WRAPS.map(([type]) => type);

afterEach(expectWorking);

describe.each(WAYS)('%s', (_, { lib, faults, rustdll }) => {
  const bump = (type: string): ((list: unknown) => unknown) => lib[`bump_${type}`];

  test.each([...INTEGERS, 'f32', 'f64'])('lists of %s are written back', (type) => {
    for (const length of [0, 1, 2, 3, 9, 100, 70_000]) {
      const list = Array.from({ length }, (_, i) => i % 100);
      expect(bump(type)(list)).toBeUndefined();
      expect(list.findIndex((x, i) => x !== (i % 100) + 1)).toBe(-1);
    }
  });

  test('an option of a list', () => {
    expect([lib.double_maybe(2), lib.double_maybe(2, null), lib.double_maybe(2, undefined)]).toEqual([0, 0, 0]);
    const list = [1, 0.5];
    const view = new Float64Array(list);
    expect([lib.double_maybe(3, list), lib.double_maybe(3, view)]).toEqual([2, 2]);
    expect([list, [...view]]).toEqual([
      [3, 1.5],
      [3, 1.5],
    ]);
    expectTypeError(
      () => lib.double_maybe(2, 'x'),
      'double_maybe: argument 2 (list): expected a list or typed array of f64',
    );
    expectTypeError(() => lib.double_maybe(2, new Float32Array(1)), /: expected a list or typed array of f64/);
  });

  test('a list of as many elements as its type has', () => {
    const list = [1, 2, 3];
    const view = Float32Array.of(1, 2, 3);
    lib.turn(list);
    lib.turn(view);
    expect([list, [...view]]).toEqual([
      [3, 2, 1],
      [3, 2, 1],
    ]);
    for (const wrong of [[], [1, 2], [1, 2, 3, 4], new Float32Array(2), new Float32Array(0)]) {
      expectTypeError(
        () => lib.turn(wrong),
        `turn: argument 1 (vector): expected a list of 3 elements, got one of ${wrong.length}`,
      );
    }
    expectTypeError(() => lib.turn(new Float64Array(3)), /: expected a list or typed array of f32/);
  });

  test('lists of lists', () => {
    const rows = [[1, 2], new Float64Array([3]), []];
    expect(lib.number_rows(rows)).toEqual([1, 2, 0]);
    expect(rows).toEqual([[1, 2], new Float64Array([4]), []]);
    expect(lib.number_rows([])).toEqual([]);
    const lists = [[3, 1, 2], [2n, 1n], new BigInt64Array([5n, 4n])];
    expect(lib.sort_all(lists)).toBe(3);
    expect(lists).toEqual([[1, 2, 3], [1n, 2n], new BigInt64Array([4n, 5n])]);
    const row = [1];
    expectTypeError(() => lib.number_rows([row, row]), /the same list/, 'ERR_RUSTDLL_ALIAS');
    const view = new Float64Array(4);
    expectTypeError(() => lib.number_rows([view, view.subarray(2)]), /overlaps/, 'ERR_RUSTDLL_ALIAS');
    expectTypeError(() => lib.number_rows([[1], ['x']]), 'number_rows: argument 1 (rows)[1][0]: ');
    expectTypeError(() => lib.number_rows([[1], null]), 'number_rows: argument 1 (rows)[1]: ');
    expect(row).toEqual([1]);
  });

  test('a typed array inside a record is not copied', () => {
    const values = new Float64Array(1000).fill(0.5);
    const sum = (matrix: object): number => lib.sum_matrix({ columns: 10, ...matrix }) as number;
    expect([sum({ values, mask: null }), lib.is_matrix_of({ columns: 10, values }, values)]).toEqual([500, true]);
    values[3] = 1.5;
    const part = values.subarray(2);
    expect([sum({ values: part }), lib.is_matrix_of({ columns: 10, values: part }, part)]).toEqual([500, true]);
    expect(lib.is_matrix_of({ columns: 10, values: [...values] }, values)).toBe(false);
    const mask = new Uint8Array(4000).fill(1);
    mask[3] = 0;
    expect(sum({ values, mask })).toBe(1.5);
    // Small, misaligned and shared typed arrays are copied, as are arrays and other iterables.
    for (const given of [[1, 2, 3], new Float64Array([1, 2, 3]), new Set([1, 2, 3]), []]) {
      expect(sum({ values: given })).toBeCloseTo([...given].length === 0 ? 0 : 6);
    }
    const shared = new Float64Array(new SharedArrayBuffer(8000)).fill(2);
    expect(sum({ values: shared })).toBe(2000);
    expect(lib.lengths_of([new BigInt64Array(5000), [1, 2n], new BigInt64Array(0)], 'é')).toEqual([5000, 2, 0]);
    expect(
      lib.sum_matrices(
        [
          { columns: 1, values },
          { columns: 1, values },
        ],
        [1],
      ),
    ).toEqual([501, 501]);
    expectTypeError(
      () => lib.sum_matrices([{ columns: 1, values }], values.subarray(999)),
      /overlaps the memory/,
      'ERR_RUSTDLL_ALIAS',
    );
    expectTypeError(() => lib.sum_matrix({ columns: 1, values: new Float32Array(1000) }), '(matrix).values: expected');
    const gone = new Float64Array(1000);
    structuredClone(gone, { transfer: [gone.buffer] });
    expectTypeError(() => lib.sum_matrix({ columns: 1, values: gone }), /detached/, 'ERR_RUSTDLL_DETACHED');
  });

  test('in the background a typed array inside a record is copied', async () => {
    const background = lib.async as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    const values = new Float64Array(1000).fill(0.5);
    const call = background['sum_matrix']!({ columns: 10, values });
    const same = background['is_matrix_of']!({ columns: 10, values }, values);
    values.fill(7);
    expect([await call, await same]).toEqual([500, false]);
    expect(lib.is_matrix_of({ columns: 10, values }, values)).toBe(true);
  });

  test('the same in the background', async () => {
    const background = lib.async as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    const list = [1, 2];
    const vector = [1, 2, 3];
    const rows = [[1, 2], new Float64Array([3])];
    const lists = [
      [3, 1, 2],
      [2n, 1n],
    ];
    expect(
      await Promise.all([
        background['double_maybe']!(2, list),
        background['double_maybe']!(2, null),
        background['turn']!(vector),
        background['number_rows']!(rows),
        background['sort_all']!(lists),
      ]),
    ).toEqual([2, 0, undefined, [1, 2], 2]);
    expect([list, vector, rows, lists]).toEqual([
      [2, 4],
      [3, 2, 1],
      [[1, 2], new Float64Array([4])],
      [
        [1, 2, 3],
        [1n, 2n],
      ],
    ]);
  });

  test.each(WRAPS)('the greatest %s becomes the least', (type, greatest, least) => {
    const list = [greatest, least];
    bump(type)(list);
    expect(list).toEqual([least, typeof least === 'bigint' ? least + 1n : (least as number) + 1]);
  });

  test('booleans and characters', () => {
    const truths = [true, false, true];
    bump('bool')(truths);
    expect(truths).toEqual([false, true, false]);
    const letters = ['a', 'é', '\ud7ff', '😀', '\u{10ffff}'];
    bump('char')(letters);
    expect(letters).toEqual(['b', 'ê', '\ue000', '😁', '\0']);
  });

  test('kinds stay what they are', () => {
    const bigs = [1n, -1n];
    bump('i64')(bigs);
    expect(bigs).toEqual([2n, 0n]);
    const floats = [0.5, NaN, -0, Infinity];
    bump('f64')(floats);
    expect(floats).toEqual([1.5, NaN, 1, Infinity]);
    const limit = [1, 2 ** 53 - 1];
    expectError(() => bump('i64')(limit), RangeError, 'ERR_RUSTDLL_RANGE', 'bump_i64: argument 1 (list)[1]');
    expect(limit).toEqual([1, 2 ** 53 - 1]);
  });

  test.each(KINDS)('a %s is changed where it is', (_name, Kind, of) => {
    const types = of.endsWith('64') && of !== 'f64' ? [of, of.replace('64', 'size')] : [of];
    for (const type of types) {
      for (const length of [0, 1, 7, 100]) {
        const view = fill(new Kind(length));
        bump(type)(view);
        expect(elements(view)).toEqual(elements(fill(new Kind(length), 2)));
      }
      const whole = fill(new Kind(6), 0);
      bump(type)(whole.subarray(2, 4));
      expect(elements(whole)).toEqual([0, 1, 3, 4, 4, 5]);
    }
  });

  test('bytes of every kind of view', () => {
    const bytes = Uint8Array.of(1, 2, 3, 255);
    bump('u8')(bytes.buffer);
    bump('u8')(new DataView(bytes.buffer, 1, 2));
    bump('u8')(Buffer.from(bytes.buffer, 3));
    expect([...bytes]).toEqual([2, 4, 5, 1]);
  });

  test('memory that is shared, misaligned or resizable is copied and written back', () => {
    const shared = new SharedArrayBuffer(24);
    for (const buffer of [shared, foreignMemory(24, 1), foreignMemory(24, 4), resizable(24)]) {
      const view = new Float64Array(buffer);
      view.set([1, 2, 3]);
      bump('f64')(view);
      lib.normalize(view);
      expect([...view]).toEqual([2 / 9, 3 / 9, 4 / 9]);
    }
    const skewed = new Int16Array(foreignMemory(8, 1));
    skewed.fill(-1);
    bump('i16')(skewed);
    expect([...skewed]).toEqual([0, 0, 0, 0]);
  });

  test('what Rust must not be given', () => {
    const message = (type: string): string => `bump_${type}: argument 1 (list): expected ${listWords(type)}, got `;
    for (const value of [
      undefined,
      null,
      1,
      'abc',
      {},
      new Set(),
      new Int8Array(1),
      new DataView(new ArrayBuffer(8)),
    ]) {
      expectTypeError(() => bump('f64')(value), message('f64'));
      expectTypeError(() => bump('char')(value), message('char'));
      expectTypeError(() => bump('bool')(value), message('bool'));
    }
    for (const value of [new Uint8Array(2), new Uint32Array(2)]) {
      expectTypeError(() => bump('bool')(value), message('bool'));
      expectTypeError(() => bump('char')(value), message('char'));
    }
    const gone = new Float64Array(1);
    detach(gone);
    expectTypeError(() => bump('f64')(gone), 'bump_f64: argument 1 (list): ', 'ERR_RUSTDLL_DETACHED');
    const list = [1, '2'];
    expectTypeError(() => bump('f64')(list), 'bump_f64: argument 1 (list)[1]: expected a number (f64), got string "2"');
    expect(list).toEqual([1, '2']);
  });

  test('only what has changed is stored', () => {
    const { list, stores } = watched([1, 2, 3]);
    lib.copy_into([1, 5], list);
    expect(stores).toEqual([[1, 5]]);
    const frozen = Object.freeze([4, 5]);
    lib.copy_into([4], frozen);
    expectTypeError(() => lib.copy_into([4, 6], frozen), 'copy_into: argument 2 (to)[1]', 'ERR_RUSTDLL_WRITE_BACK');
    // A list that Rust only reads may be frozen.
    lib.copy_into(Object.freeze([9]), list);
    expect(list[0]).toBe(9);
  });

  test('all or nothing', () => {
    const mine = new Error('mine');
    const list = withAccessor(
      [1, 2, 3],
      2,
      () => 3,
      () => {
        throw mine;
      },
    );
    expect(thrownBy(() => lib.normalize(list))).toBe(mine);
    expect(list).toEqual([1, 2, 3]);
    const other = [7, 8];
    const frozen = Object.freeze([1, 2]);
    expectTypeError(() => faults.exchange(other, frozen), 'exchange: argument 2 (b)[0]', 'ERR_RUSTDLL_WRITE_BACK');
    expect(other).toEqual([7, 8]);
  });

  test('two lists', () => {
    const [a, b] = [[1, 2, 3], new Float64Array([4, 5])];
    faults.exchange(a, b);
    expect([a, [...b]]).toEqual([
      [4, 5, 3],
      [1, 2],
    ]);
    lib.copy_into([9], a);
    lib.copy_into(a, b);
    expect([...b]).toEqual([9, 5]);
  });

  test('lists beside others that are in the stream', () => {
    const list = [1, 2];
    faults.add_all(list, [[1], [2, 3], []]);
    const view = new Float64Array(list);
    faults.add_all(view, [list, view]);
    expect([list, [...view]]).toEqual([
      [7, 8],
      [37, 38],
    ]);
    expect(faults.sum_beside(view, [view, list, [0.5]])).toBe(165.5);
  });

  test('one memory twice, one of it to be changed', () => {
    const view = new Float64Array([1, 2, 3, 4]);
    const alias = (call: () => unknown, place: string): void => expectTypeError(call, place, 'ERR_RUSTDLL_ALIAS');
    alias(() => faults.exchange(view, view), 'exchange: argument 2 (b)');
    alias(() => faults.exchange(view.subarray(0, 3), view.subarray(2)), 'exchange: argument 2 (b)');
    alias(() => lib.copy_into(view, view), 'copy_into: argument 2 (to)');
    const list = [1, 2];
    alias(() => faults.exchange(list, list), 'exchange: argument 2 (b)');
    expect([[...view], list]).toEqual([
      [1, 2, 3, 4],
      [1, 2],
    ]);
    faults.exchange(view.subarray(0, 2), view.subarray(2));
    expect([...view]).toEqual([3, 4, 1, 2]);
    // The stream has a copy that was made before the call.
    expect(faults.sum_beside(view, [view])).toBe(20);
  });

  test('after an Err or a panic lists are as before, and typed arrays as Rust left them', () => {
    const ends = [
      ['Failure', rustdll.RustError],
      ['Panic', rustdll.RustPanic],
    ] as const;
    for (const [end, kind] of ends) {
      const list = [1, 2];
      const view = new Float64Array([1, 2]);
      expect(thrownBy(() => faults.change_and_end(list, end))).toBeInstanceOf(kind);
      expect(thrownBy(() => faults.change_and_end(view, end))).toBeInstanceOf(kind);
      expect([list, [...view]]).toEqual([
        [1, 2],
        [9, 9],
      ]);
      faults.change_and_end(list, 'Well');
      expect(list).toEqual([9, 9]);
    }
  });

  test('in the style of the seed', () => {
    const rows = [[1, 2], new Float64Array([3]), []];
    lib.py_scale(rows, 2);
    expect(rows).toEqual([[2, 4], new Float64Array([6]), []]);
    expectTypeError(() => lib.py_scale([[1], ['2']], 2), 'py_scale: argument 1 (lists)[1][0]');
    const row = [1];
    expectTypeError(() => lib.py_scale([row, row], 2), 'py_scale: argument 1 (lists)', 'ERR_RUSTDLL_ALIAS');
    expect(lib.py_sum([0.5, 1])).toBe(1.5);
    expect(lib.py_maybe([1, 2])).toBe(2);
    expect(lib.py_maybe(null)).toBe(-1);
    expect(lib.py_maybe(undefined)).toBe(-1);
    expect(lib.py_texts(['a', Buffer.from('é'), ''])).toBe('aé');
    expectTypeError(() => lib.py_texts(['a', 1]), 'py_texts: argument 1 (texts)[1]: expected a string, got number 1');
    expectTypeError(() => lib.py_sum('x'), /: expected a list or typed array of f64, got string "x"$/);
    expect(lib.py_maybe(new Set([1, 2, 1]))).toBe(2);
    expectTypeError(() => lib.py_maybe(new Date()), /: expected a list or typed array of \w+, got a Date$/);
  });
});
