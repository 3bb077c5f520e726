import { OUT_WORDS } from '../../../src-ts/crossing/block';
import { SCALARS } from '../../../src-ts/types/scalar';
import { difference } from '../../support/difference';
import { expectWorking, WAYS } from '../../support/exported';
import { expectRangeError, expectTypeError, thrownBy } from '../../support/errors';
import { EXAMPLES, listWords, SCALAR_NAMES } from '../../support/scalar-values';
import { detach, fill, foreignMemory, KINDS, resizable, type AnyTypedArray } from '../../support/views';

const NUMBERS = SCALAR_NAMES.filter((type) => type !== 'bool' && type !== 'char');
/** The typed arrays for each type. Results are of the first class. */
const VIEWS = Object.fromEntries(
  NUMBERS.map((type) => {
    const element = type.replace('size', '64');
    return [type, KINDS.filter(([, , of]) => of === element).map(([, kind]) => kind)];
  }),
);
const LENGTHS = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 200];

/** The number of bytes in the room for a result. */
const LARGER = 8 * OUT_WORDS;

afterEach(expectWorking);

/** Makes a list of `length` values of a type. */
function listOf(type: keyof typeof EXAMPLES, length: number): unknown[] {
  const { fits } = EXAMPLES[type];
  return Array.from({ length }, (_, i) => fits[i % fits.length]);
}

/** Returns a list as a call returns it. */
function given(type: string, list: unknown[]): unknown {
  return type === 'u8' ? Uint8Array.from(list as number[]) : list;
}

describe.each(WAYS)('%s', (_, { lib, faults }) => {
  describe.each(SCALAR_NAMES)('lists of %s', (type) => {
    const functions = [`echo_vec_${type}`, `echo_slice_${type}`];

    test('come back as they were, whatever their length', () => {
      for (const name of functions) {
        for (const length of LENGTHS) {
          const list = listOf(type, length);
          expect(lib[name](list)).toEqual(given(type, list));
        }
      }
    });

    test('larger than the room that the host has', () => {
      const list = listOf(type, LARGER / SCALARS[type].size + 3);
      for (const name of functions) {
        const result = lib[name](list) as ArrayLike<unknown>;
        expect(difference(result, list)).toBe(-1);
        expect(Array.isArray(result)).toBe(type !== 'u8');
      }
    });

    test('elements that are none of the type', () => {
      const { fits, wrong, beyond } = EXAMPLES[type];
      for (const name of functions) {
        const place = new RegExp(`^${name}: argument 1 \\((value|list)\\)\\[2\\]: `);
        for (const value of wrong) expectTypeError(() => lib[name]([fits[0], fits[1], value]), place);
        for (const value of beyond) {
          const others = typeof value === 'bigint' ? [1n, 1n] : fits.slice(0, 2);
          expectRangeError(() => lib[name]([...others, value]), place);
        }
      }
    });

    test('what is no list', () => {
      const others = [undefined, null, 1, 'abc', new String('abc'), {}, { length: 0 }, () => [], Symbol('s'), true];
      for (const name of functions) {
        for (const value of others) {
          expectTypeError(
            () => lib[name](value),
            new RegExp(`^${name}: argument 1 \\(\\w+\\): expected (?:a list|bytes)`),
          );
        }
      }
    });
  });

  test('what can be iterated, but is no text', () => {
    const points = [
      { x: 1, y: 2, label: null },
      { x: 3, y: 4, label: 'é' },
    ];
    function* some<T>(values: Iterable<T>): Generator<T> {
      yield* values;
    }
    for (const list of [[1, 2, 3], [], [0.5]]) {
      for (const given of [new Set(list), some(list), list.values(), new Map(list.map((x) => [x, x])).keys()]) {
        expect(lib.echo_vec_f64(given)).toEqual(list);
      }
      expect(lib.echo_option_vec_f64(new Set(list))).toEqual(list);
    }
    expect(lib.echo_vec_vec_i64(new Set([new Set([1, 2n, 2 ** 40]), [3]]))).toEqual([[1, 2, 2 ** 40], [3]]);
    expect(lib.echo_points(some(points))).toEqual(points);
    expect(lib.echo_points(new Map(points.map((point, i) => [i, point])).values())).toEqual(points);
    expectTypeError(() => lib.echo_vec_f64(new Set([1, 'x'])), 'echo_vec_f64: argument 1 (value)[1]: ');
    expectTypeError(() => lib.echo_points(some([points[0], 7])), 'echo_points: argument 1 (value)[1]: ');

    // A Set cannot be written back into.
    expectTypeError(() => lib.normalize(new Set([1])), /: expected a list or typed array of f64, got a Set$/);
    const mine = new Error('mine');
    const fails = {
      *[Symbol.iterator]() {
        yield 1;
        throw mine;
      },
    };
    expect(thrownBy(() => lib.echo_vec_f64(fails))).toBe(mine);
  });

  test('bigints in lists of 64-bit integers', () => {
    for (const type of ['i64', 'isize', 'u64', 'usize']) {
      expect(lib[`echo_vec_${type}`]([1n, 2n ** 53n - 1n, 0n])).toEqual([1, 2 ** 53 - 1, 0]);
      expectRangeError(() => lib[`echo_vec_${type}`]([1n, 2n ** 53n]), /the result holds 9007199254740992, beyond/);
      expect(lib[`echo_vec_${type}`]([1, 2n, 2 ** 40, 3n])).toEqual([1, 2, 2 ** 40, 3]);
      expect(lib[`echo_vec_${type}`]([1n, 2, 3n, 4])).toEqual([1, 2, 3, 4]);
      for (const wrong of [1.5, '1', 2 ** 53, 2n ** 64n, -(2n ** 65n), undefined]) {
        for (const list of [
          [1n, 2, wrong],
          [1, 2n, wrong],
        ]) {
          const error = thrownBy(() => lib[`echo_vec_${type}`](list));
          expect(error.message).toContain(`echo_vec_${type}: argument 1 (value)[2]: `);
        }
      }
      // A list that is written back must not mix numbers and bigints.
      expectTypeError(() => lib[`bump_${type}`]([1n, 2]), `bump_${type}: argument 1 (list)[1]: expected a bigint`);
      expectTypeError(() => lib[`bump_${type}`]([1, 2n]), `bump_${type}: argument 1 (list)[1]: expected a number`);
      expectRangeError(
        () => lib[`echo_vec_${type}`]([1, 2 ** 53]),
        /\[1\]: number 9007199254740992 is beyond 2\^53.*BigInt/,
      );
    }
    expect(lib.echo_vec_i128([1, -(2n ** 127n), 2 ** 53 - 1, 2n])).toEqual([1n, -(2n ** 127n), 2n ** 53n - 1n, 2n]);
  });

  describe.each(NUMBERS)('typed arrays of %s', (type) => {
    const [Kind, ...more] = VIEWS[type]!;

    test('are taken for lists', () => {
      for (const Each of [Kind!, ...more]) {
        for (const length of LENGTHS) {
          const view = fill(new Each(length), 0);
          const numbers =
            type.startsWith('f') || type === 'u8' ? view : Array.from(view as ArrayLike<number | bigint>, Number);
          const expected = type === 'u8' ? Uint8Array.from(view as Uint8Array) : [...(numbers as number[])];
          expect(lib[`echo_vec_${type}`](view)).toEqual(expected);
          expect(lib[`echo_slice_${type}`](view)).toEqual(expected);
        }
      }
    });

    test('go in and come out of a TypedArray', () => {
      for (const length of [...LENGTHS, LARGER / SCALARS[type].size + 3]) {
        const view = fill(new Kind!(length), 0);
        const result = lib[`echo_typed_${type}`](view) as AnyTypedArray;
        expect(difference(result, view)).toBe(-1);
        expect(result.constructor).toBe(Kind);
        // The result has a buffer of its own, of exactly its size.
        expect([result.byteOffset, result.buffer.byteLength]).toEqual([0, view.byteLength]);
        expect(result.buffer === view.buffer).toBe(false);
      }
      // The view covers only a part of its buffer.
      const part = fill(new Kind!(100)).subarray(3, 50);
      expect(lib[`echo_typed_${type}`](part)).toEqual(part);
      expect(lib[`echo_vec_${type}`](part)).toHaveLength(47);
    });

    test('nothing else goes into a TypedArray', () => {
      const name = `echo_typed_${type}`;
      const message = `${name}: argument 1 (value): expected a typed array of ${type}, got `;
      for (const value of [
        [],
        [1],
        [1n],
        null,
        undefined,
        1,
        'a',
        {},
        new ArrayBuffer(8),
        new DataView(new ArrayBuffer(8)),
      ]) {
        expectTypeError(() => lib[name](value), message);
      }
      for (const [, Other, of] of KINDS) {
        if (of !== type.replace('size', '64')) expectTypeError(() => lib[name](new Other(2)), message);
      }
    });

    test('of another type are not taken for lists, but for bytes', () => {
      for (const [, Other, of] of KINDS) {
        if (of === type.replace('size', '64') || type === 'u8') continue;
        expectTypeError(() => lib[`echo_vec_${type}`](new Other(2)), `expected ${listWords(type)}`);
        expectTypeError(() => lib[`echo_slice_${type}`](new Other(2)), `expected ${listWords(type)}`);
      }
    });
  });

  test('bytes in every form', () => {
    const bytes = Uint8Array.of(1, 2, 255, 0);
    const forms = [
      bytes,
      Buffer.from(bytes),
      new Uint8ClampedArray(bytes),
      bytes.buffer,
      new DataView(bytes.buffer),
      [...bytes],
      new Int8Array(bytes),
      new Uint16Array(bytes.buffer),
      new Float32Array(bytes.buffer),
      bytes.buffer.slice(0),
    ];
    for (const form of forms) {
      for (const name of ['echo_vec_u8', 'echo_slice_u8']) expect(lib[name](form)).toEqual(bytes);
      expect(lib.echo_vec_bytes([form, [], form])).toEqual([bytes, new Uint8Array(), bytes]);
    }
    const shared = new Uint8Array(new SharedArrayBuffer(4));
    shared.set(bytes);
    expect(lib.echo_vec_u8(shared)).toEqual(bytes);
    expect(lib.echo_vec_bytes([shared, shared.buffer])).toEqual([bytes, bytes]);
    const wide = BigInt64Array.from({ length: 1000 }, (_, index) => BigInt(index));
    expect(lib.echo_vec_bytes([wide])).toEqual([new Uint8Array(wide.buffer)]);
    expect(lib.echo_slice_u8(wide.subarray(10))).toEqual(new Uint8Array(wide.buffer, 80));
    expect(lib.zero_bytes(3)).toEqual(new Uint8Array(3));
    for (const length of [0, 1, 7, 300_001]) {
      const zeros = lib.zero_bytes(length) as Uint8Array;
      expect([zeros.length, zeros.byteOffset, zeros.buffer.byteLength]).toEqual([length, 0, length]);
    }
  });

  test('slices are lent without a copy, also inside of others', () => {
    const floats = new Float64Array(10);
    expect(faults.address_f64(floats.subarray(2)) - faults.address_f64(floats)).toBe(16);
    expect(faults.address_mut(floats)).toBe(faults.address_f64(floats));
    expect(faults.address_py(floats)).toBe(faults.address_f64(floats));
    const bytes = new Uint8Array(floats.buffer);
    expect(faults.address_u8(bytes.subarray(1)) - faults.address_f64(floats)).toBe(1);
    expect(faults.address_u8(floats.buffer)).toBe(faults.address_f64(floats));
    expect(lib.echo_vec_slice_f64([[1, 2], new Float64Array([3]), []])).toEqual([[1, 2], [3], []]);
    expect(lib.echo_label({ text: 'é', numbers: new Float64Array([1, 2]) })).toEqual({ text: 'é', numbers: [1, 2] });
  });

  test('views of memory that is shared, misaligned, resizable', () => {
    const shared = new Float64Array(new SharedArrayBuffer(16));
    shared.set([1, 2]);
    const skewed = new Float64Array(foreignMemory(16, 4));
    skewed.set([3, 4]);
    const resized = new Float64Array(resizable(16));
    resized.set([5, 6]);
    for (const view of [shared, skewed, resized]) {
      const list = [...view];
      expect(lib.echo_vec_f64(view)).toEqual(list);
      expect(lib.echo_slice_f64(view)).toEqual(list);
      expect(lib.echo_typed_f64(view)).toEqual(Float64Array.from(list));
      expect(lib.echo_vec_vec_f64([view, view])).toEqual([list, list]);
      expect(lib.echo_vec_slice_f64([view])).toEqual([list]);
      expect(lib.echo_option_vec_f64(view)).toEqual(list);
      expect(lib.sum(view)).toBe(list[0]! + list[1]!);
    }
  });

  test('views that are gone', () => {
    const gone = new Float64Array(4);
    detach(gone);
    const buffer = resizable(32);
    const outside = new Float64Array(buffer, 16, 2);
    buffer.resize(8);
    for (const view of [gone, outside]) {
      for (const name of ['echo_vec_f64', 'echo_slice_f64', 'echo_typed_f64', 'sum']) {
        expectTypeError(() => lib[name](view), `${name}: argument 1 (`, 'ERR_RUSTDLL_DETACHED');
      }
      expectTypeError(
        () => lib.echo_vec_vec_f64([[1], view]),
        'echo_vec_vec_f64: argument 1 (value)[1]: ',
        'ERR_RUSTDLL_DETACHED',
      );
      expectTypeError(
        () => lib.echo_option_vec_f64(view),
        'echo_option_vec_f64: argument 1 (value): ',
        'ERR_RUSTDLL_DETACHED',
      );
    }
  });

  test('lists in lists', () => {
    const ragged = [[], [1], [1, -2, 3], [], [2 ** 53 - 1]];
    expect(lib.echo_vec_vec_i64(ragged)).toEqual(ragged);
    expect(lib.echo_vec_vec_f64([[0.5], [], [NaN, -0]])).toEqual([[0.5], [], [NaN, -0]]);
    expect(lib.echo_vec_vec_i64([])).toEqual([]);
    expect(lib.echo_vec_vec_i64([new BigInt64Array([5n]), [1n], [2]].slice(0, 2))).toEqual([[5], [1]]);
    expect(lib.count_vec_vec(ragged)).toBe(5);
    expect(
      lib.transpose([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    ).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    const many = Array.from({ length: 5000 }, (_, i) => Array.from({ length: i % 7 }, (_, k) => i * k));
    expect(lib.echo_vec_vec_i64(many)).toEqual(many);
    expect(lib.many_lists(4000).at(-1)).toEqual(Array.from({ length: 10 }, (_, i) => 3999 + i));
    expectTypeError(
      () => lib.echo_vec_vec_i64([[1], 2]),
      'echo_vec_vec_i64: argument 1 (value)[1]: expected a list or typed array of i64, got number 2',
    );
    expectTypeError(
      () => lib.echo_vec_vec_i64([[1], [2, '3']]),
      'echo_vec_vec_i64: argument 1 (value)[1][1]: expected an integer (i64), got string "3"',
    );
    expectTypeError(() => lib.count_vec_vec(1), 'count_vec_vec: argument 1 (lists): expected a list, got number 1');
  });

  test('lists of a fixed length', () => {
    expect(lib.echo_array_f64([1, 2, 3])).toEqual([1, 2, 3]);
    expect(lib.echo_array_f64(new Float64Array([1, 2, 3]))).toEqual([1, 2, 3]);
    expect(lib.echo_array_string(['a', 'é'])).toEqual(['a', 'é']);
    expect(lib.echo_vec_array([[1, 2], new Int32Array([3, 4])])).toEqual([
      [1, 2],
      [3, 4],
    ]);
    for (const list of [[], [1, 2], [1, 2, 3, 4]]) {
      expectTypeError(
        () => lib.echo_array_f64(list),
        `echo_array_f64: argument 1 (value): expected a list of 3 elements, got one of ${list.length}`,
      );
    }
    expectTypeError(
      () => lib.echo_array_f64(new Float64Array(2)),
      'echo_array_f64: argument 1 (value): expected 3 elements, got 2',
    );
    expectTypeError(
      () => lib.echo_array_string(['a']),
      'echo_array_string: argument 1 (value): expected a list of 2 elements, got one of 1',
    );
    expectTypeError(
      () => lib.echo_vec_array([[1, 2], [3]]),
      'echo_vec_array: argument 1 (value)[1]: expected a list of 2 elements',
    );
    expectTypeError(() => lib.echo_array_f64([1, 2, 'x']), 'echo_array_f64: argument 1 (value)[2]: ');
  });

  test('other collections are lists', () => {
    expect(lib.echo_box_slice([1, 2])).toEqual([1, 2]);
    expect(lib.echo_vec_box([1, 2])).toEqual([1, 2]);
    expect(lib.echo_deque([1, -2, 3])).toEqual([1, -2, 3]);
    expect((lib.echo_hash_set([3, 1, 3, 2]) as number[]).toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
  });

  /* eslint-disable no-sparse-arrays -- they are what is tested */
  test('holes are missing elements', () => {
    const holes = [1, , 3] as unknown[];
    expectTypeError(
      () => lib.echo_vec_f64(holes),
      'echo_vec_f64: argument 1 (value)[1]: expected a number (f64), got undefined',
    );
    expectTypeError(() => lib.echo_vec_vec_f64([holes]), 'echo_vec_vec_f64: argument 1 (value)[0][1]: ');
    expectTypeError(() => lib.echo_vec_string(['a', , 'b'] as unknown[]), 'echo_vec_string: argument 1 (value)[1]: ');
    expect(lib.echo_vec_option_string(['a', , 'b'] as unknown[])).toEqual(['a', null, 'b']);
  });

  /* eslint-enable no-sparse-arrays */

  // Once a part of a long list is encoded, room is made for what the others are expected to take.
  test.each([1023, 1024, 1025, 20_000])('a list of %d lists that take ever more, or ever less', (length) => {
    const more = Array.from({ length }, (_, k) => Array.from({ length: (50 * k) / length }, (_, i) => i + 0.5));
    expect(lib.echo_vec_vec_f64(more)).toEqual(more);
    const less = more.slice().reverse();
    expect(lib.echo_vec_vec_f64(less)).toEqual(less);
    expect(lib.echo_vec_vec_f64([[1], ...less.map(() => [])])).toEqual([[1], ...less.map(() => [])]);
    for (const at of [0, 63, 64, 1000, length - 1]) {
      const wrong = more.slice() as unknown[];
      wrong[at] = 'text';
      const place = `echo_vec_vec_f64: argument 1 (value)[${at}]: `;
      expectTypeError(() => lib.echo_vec_vec_f64(wrong), place);
      expect(lib.echo_vec_f64([1])).toEqual([1]);
    }
  });

  test('results are lists of their own each time', () => {
    const first = lib.echo_vec_f64([1, 2]) as number[];
    const second = lib.echo_vec_f64([3, 4]);
    const bytes = lib.echo_vec_u8([1, 2]) as Uint8Array;
    lib.echo_vec_u8([3, 4]);
    expect([first, second, [...bytes]]).toEqual([
      [1, 2],
      [3, 4],
      [1, 2],
    ]);
    first.push(5);
    expect(lib.echo_vec_f64(first)).toEqual([1, 2, 5]);
  });
});
