/** Arrays of n dimensions: the elements that Rust sees are those that the layout says, counted one by one in JavaScript. */

import * as fc from 'fast-check';
import { RustDLL } from '../../../src-ts/index';
import { expectRangeError, expectTypeError } from '../../support/errors';
import { libraryPath } from '../../support/kernels';
import { detach, fill, foreignMemory, KINDS, resizable } from '../../support/views';

const lib = new RustDLL(libraryPath('crates'));

interface Array_ {
  data: ArrayLike<number>;
  shape: number[];
  strides?: number[];
  offset?: number;
}

/** Returns the elements in row-major order, each found by its index. */
function elementsOf({ data, shape, strides, offset = 0 }: Array_): number[] {
  const steps = strides ?? shape.map((_, k) => shape.slice(k + 1).reduce((product, length) => product * length, 1));
  let places = [offset];
  shape.forEach((length, k) => {
    places = places.flatMap((at) => Array.from({ length }, (_, index) => at + index * (steps[k] as number)));
  });
  return places.map((at) => data[at] as number);
}

/** Any array, whose elements stand in any order of its dimensions, in either direction, with gaps. */
const arrays = fc
  .record({
    shape: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }),
    order: fc.infiniteStream(fc.nat()),
    turned: fc.infiniteStream(fc.boolean()),
    gaps: fc.infiniteStream(fc.nat(2)),
    before: fc.nat(3),
    after: fc.nat(3),
  })
  .map(({ shape, order, turned, gaps, before, after }): Array_ => {
    const axes = shape.map((_, k) => ({ k, rank: order.next().value as number }));
    axes.sort((a, b) => a.rank - b.rank);
    const strides = shape.map(() => 0);
    let step = 1 + (gaps.next().value as number);
    let offset = before;
    for (const { k } of axes) {
      const length = shape[k] as number;
      const isTurned = turned.next().value as boolean;
      strides[k] = isTurned ? -step : step;
      if (isTurned) offset += Math.max(0, length - 1) * step;
      step *= Math.max(1, length) + (gaps.next().value as number);
    }
    const data = Float64Array.from({ length: before + step + after }, (_, index) => index + 0.5);
    return { data, shape, strides, offset };
  });

/** The ways in which an array comes back. */
const ECHOES = ['echo_array_dyn', 'echo_array_view'];

test.each(ECHOES)('%s: any layout', (name) => {
  fc.assert(
    fc.property(arrays, (array) => {
      expect(lib[name](array)).toEqual({ data: Float64Array.from(elementsOf(array)), shape: array.shape });
    }),
  );
});

test('what comes out goes in, and is an array of its own', () => {
  fc.assert(
    fc.property(arrays, (array) => {
      const { data, shape } = lib.echo_array_dyn(array) as Array_;
      expect(Object.keys(lib.echo_array_dyn({ data, shape }) as object)).toEqual(['data', 'shape']);
      expect(lib.echo_array_dyn({ data, shape })).toEqual({ data, shape });
      expect((data as Float64Array).buffer.byteLength).toBe(8 * data.length);
    }),
  );
});

test.each(KINDS.filter(([kind]) => kind !== 'Uint8ClampedArray' && kind !== 'Float64Array'))(
  'elements of a %s',
  (_, View, name) => {
    const data = fill(new View(6));
    expect(lib[`echo_array_${name}`]({ data, shape: [3, 2] })).toEqual({ data, shape: [3, 2] });
    expectTypeError(
      () => lib[`echo_array_${name}`]({ data: new Float64Array(6), shape: [3, 2] }),
      `echo_array_${name}: argument 1 (value).data: expected a typed array of ${name}, got Float64Array`,
    );
  },
);

test('each number of dimensions', () => {
  const ones = (count: number): Float64Array => new Float64Array(count).fill(1);
  const pairs: [string, number[]][] = [
    ['echo_array0', []],
    ['echo_array1', [4]],
    ['echo_array2', [4, 2]],
    ['echo_array3', [4, 2, 3]],
    ['echo_shared_array', [2, 2]],
    ['echo_cow_array', [2, 2]],
  ];
  for (const [name, shape] of pairs) {
    const array = { data: ones(shape.reduce((a, b) => a * b, 1)), shape };
    expect(lib[name](array)).toEqual(array);
    expectTypeError(
      () => lib[name]({ data: ones(1), shape: [...shape, 1] }),
      new RegExp(`\\.shape: expected a list of ${shape.length} elements, got one of ${shape.length + 1}$`),
    );
  }
});

test('inside of other values, large and small', () => {
  for (const size of [2, 300]) {
    const data = Float64Array.from({ length: size * size }, (_, index) => index);
    const array = { data, shape: [size, size] };
    expect(lib.echo_arrays([array, null, array])).toEqual([array, null, array]);
    const picture = {
      pixels: { data: new Uint8Array(size * size * 4).fill(7), shape: [size, size, 4] },
      mask: null,
      channels: [{ data: new Float32Array(size), shape: [1, size] }, array],
    };
    expect(lib.echo_picture(picture)).toEqual(picture);
    expect(lib.echo_picture({ ...picture, mask: { data: new Uint8ClampedArray(3), shape: [3, 1] } })).toEqual({
      ...picture,
      mask: { data: new Uint8Array(3), shape: [3, 1] },
    });
    expect([...lib.array_rows(array)]).toHaveLength(size);
    expect(lib.echo_series(array)).toEqual(array);
    expect(lib.echo_series({ data, shape: [size * size] })).toEqual({ data, shape: [size * size] });
  }
  expect(lib.echo_series('none')).toBe('none');
  expectTypeError(
    () => lib.echo_picture({ pixels: { data: new Uint8Array(8), shape: [1, 2, '4'] }, mask: null, channels: [] }),
    'echo_picture: argument 1 (value).pixels.shape[2]: expected an integer (u32), got string "4"',
  );
  expectTypeError(
    () => lib.echo_arrays([null, { data: new Float64Array(5), shape: [2, 3] }]),
    'echo_arrays: argument 1 (value)[1].data: expected 6 elements (2 × 3), got 5',
  );
});

test('by reference, in another order, and through a function', async () => {
  const array = { data: Float64Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] };
  expect(lib.array_sum(array)).toBe(21);
  expect(lib.array_element(array, [1, 0])).toBe(4);
  expect(lib.array_element(array, [1, 3])).toBeNull();
  expect(lib.array_transposed(array)).toEqual({ data: Float64Array.of(1, 4, 2, 5, 3, 6), shape: [3, 2] });
  const double = ({ data, shape }: { data: Float64Array; shape: number[] }): object => ({
    data: data.map((element) => 2 * element),
    shape,
  });
  expect(lib.array_through(array, double)).toEqual({ data: Float64Array.of(5, 7, 9), shape: [3] });
  expect(lib.array_through(array, () => ({ data: new Float64Array(2), shape: [0, 2] }))).toBeNull();
  await expect(lib.async.array_sum(array)).resolves.toBe(21);
  await expect(lib.async.echo_array2(array)).resolves.toEqual(array);
});

test('a large typed array is not copied for a view', () => {
  const data = new Float64Array(1000);
  const array = { data, shape: [1000] };
  expect(lib.is_array_lent(array, data)).toBe(true);
  expect(lib.are_arrays_lent([array, array], data)).toBe(true);
  expect(lib.is_array_lent({ ...array, shape: [200], strides: [5] }, data)).toBe(true);
  expect(lib.is_array_lent({ ...array, shape: [999], offset: 1 }, data.subarray(1))).toBe(true);
});

describe('in place', () => {
  test('any layout', () => {
    fc.assert(
      fc.property(arrays, (array) => {
        const data = Int32Array.from(array.data, () => -1);
        const count = elementsOf({ ...array, data }).length;
        lib.array_count({ ...array, data });
        expect(elementsOf({ ...array, data })).toEqual(Array.from({ length: count }, (_, index) => index));
        // Nothing else has changed.
        expect(data.filter((element) => element === -1)).toHaveLength(data.length - count);
      }),
    );
  });

  test('in the background', async () => {
    const data = Float64Array.of(1, 2, 3, 4, 5, 6);
    await expect(lib.async.array_scale({ data, shape: [3, 1], strides: [2, 1] }, 10)).resolves.toBe(3);
    expect([...data]).toEqual([10, 2, 30, 4, 50, 6]);
  });

  test('memory that cannot be lent is written back', () => {
    for (const buffer of [resizable(32), foreignMemory(32, 0), new SharedArrayBuffer(32)]) {
      const data = new Float64Array(buffer);
      data.set([1, 2, 3, 4]);
      expect(lib.array_scale({ data, shape: [2, 2] }, 2)).toBe(4);
      expect([...data]).toEqual([2, 4, 6, 8]);
    }
  });

  test('beside other arguments of the stream', () => {
    const data = Float64Array.of(1, 2);
    lib.array_add({ data, shape: [2], strides: [-1], offset: 1 }, { data: Float64Array.of(10, 20), shape: [2] });
    expect([...data]).toEqual([21, 12]);
  });

  test('a function that fails has changed it nevertheless, as any typed array', () => {
    const data = Float64Array.of(1, 2);
    expect(() => lib.array_fail({ data, shape: [2] })).toThrow('after the change');
    expect([...data]).toEqual([-1, -1]);
  });

  test('no element is there twice', () => {
    const data = new Float64Array(2000);
    const both = 'overlaps the memory of argument 1, and Rust may change one of them';
    expectTypeError(
      () => lib.array_add({ data: data.subarray(0, 1000), shape: [1000] }, { data, shape: [1000], offset: 500 }),
      `array_add: argument 2 (from): ${both}`,
      'ERR_RUSTDLL_ALIAS',
    );
    for (const strides of [
      [0, 1],
      [1, 1],
      [2, 2],
      [1, -1],
    ]) {
      expectTypeError(
        () => lib.array_scale({ data, shape: [3, 3], strides, offset: 100 }, 1),
        'array_scale: argument 1 (view).strides: elements share their place, and Rust may change them',
        'ERR_RUSTDLL_ALIAS',
      );
      expect(lib.array_sum({ data, shape: [3, 3], strides, offset: 100 })).toBe(0);
    }
  });
});

describe('what is refused', () => {
  const data = new Float64Array(6);
  const shape = [2, 3];
  const place = 'array_sum: argument 1 (array)';

  test.each<[unknown, string]>([
    [undefined, ': expected an object with data and shape, got undefined'],
    [data, ': expected an object with data and shape, got Float64Array'],
    [[[1, 2]], ': expected an object with data and shape, got a list'],
    [{ shape }, '.data: the field is missing'],
    [{ data }, '.shape: the field is missing'],
    [{ data: [1, 2, 3, 4, 5, 6], shape }, '.data: expected a typed array of f64, got a list'],
    [{ data: new DataView(data.buffer), shape }, '.data: expected a typed array of f64, got DataView'],
    [{ data: data.buffer, shape }, '.data: expected a typed array of f64, got an ArrayBuffer'],
    [{ data, shape: 6 }, '.shape: expected a list of 2 elements, got number 6'],
    [{ data, shape: [6] }, '.shape: expected a list of 2 elements, got one of 1'],
    [{ data, shape: [2, 1.5] }, '.shape[1]: expected an integer (u32), got number 1.5'],
    [{ data, shape: [2, 3n] }, '.shape[1]: expected an integer (u32), got bigint 3'],
    [{ data, shape: [2, 2] }, '.data: expected 4 elements (2 × 2), got 6'],
    [{ data, shape: [0, 3] }, '.data: expected 0 elements (0 × 3), got 6'],
    [{ data, shape, strides: null }, '.strides: expected a list of 2 elements, got null'],
    [{ data, shape, strides: [1] }, '.strides: expected a list of 2 elements, got one of 1'],
    [{ data, shape, strides: [1, '1'] }, '.strides[1]: expected an integer (i64), got string "1"'],
    [{ data, shape, strides: [1, NaN] }, '.strides[1]: expected an integer (i64), got number NaN'],
    [{ data, shape, offset: '0' }, '.offset: expected an integer (u32), got string "0"'],
  ])('%p', (value, problem) => {
    expectTypeError(() => lib.array_sum(value), place + problem);
  });

  test.each<[unknown, string]>([
    [{ data, shape: [-2, -3] }, '.shape[0]: number -2 does not fit u32'],
    [{ data, shape, offset: -1 }, '.offset: number -1 does not fit u32'],
    [{ data, shape, offset: 1 }, '.data: the elements are at 1 to 6, and there are 6'],
    [{ data, shape, strides: [3, 2] }, '.data: the elements are at 0 to 7, and there are 6'],
    [{ data, shape, strides: [3, -1] }, '.data: the elements are at -2 to 3, and there are 6'],
    [{ data, shape: [2 ** 32 - 1, 2], strides: [0, 0] }, '.shape: 4294967295 × 2 elements, and data has 6'],
    [{ data, shape: [2 ** 32 - 1, 2], strides: [2 ** 53 - 1, 1] }, '.data: the elements are at 0 to '],
  ])('%p, by its range', (value, problem) => {
    expectRangeError(() => lib.array_sum(value), new RegExp(`^${(place + problem).replace(/[.()[\]]/g, '\\$&')}`));
  });

  test('too many dimensions', () => {
    const many = Array<number>(65).fill(1);
    expectRangeError(
      () => lib.echo_array_dyn({ data: new Float64Array(1), shape: many }),
      'echo_array_dyn: argument 1 (value).shape: 65 dimensions are too many; 64 are the most',
    );
    const most = { data: new Float64Array(1), shape: many.slice(1) };
    expect(lib.echo_array_dyn(most)).toEqual(most);
  });

  test('a buffer that is gone', () => {
    for (const length of [1, 1000]) {
      const gone = new Float64Array(length);
      detach(gone);
      expectTypeError(
        () => lib.echo_array1({ data: gone, shape: [length] }),
        `echo_array1: argument 1 (value).data: expected ${length} elements, got 0`,
      );
      const going = new Float64Array(length);
      const array = {
        data: going,
        get shape() {
          detach(going);
          return [length];
        },
      };
      expectTypeError(() => lib.echo_array1(array), /\.data: expected \d+ elements/);
      expectTypeError(() => lib.echo_array1({ data: gone, shape: [0] }), /detached/, 'ERR_RUSTDLL_DETACHED');
      expectTypeError(() => lib.array_fail({ data: gone, shape: [0] }), /detached/, 'ERR_RUSTDLL_DETACHED');
    }
  });

  test('a pollution of Object.prototype is not a layout', () => {
    const polluted = Object.prototype as { strides?: unknown; offset?: unknown };
    polluted.strides = [0, 0];
    polluted.offset = 5;
    try {
      expect(lib.array_element({ data: Float64Array.of(1, 2), shape: [2] }, [1])).toBe(2);
    } finally {
      delete polluted.strides;
      delete polluted.offset;
    }
  });

  test('other properties are ignored, and getters of a class are read once', () => {
    let count = 0;
    class Matrix {
      order = 'row-major';
      get data(): Float64Array {
        count++;
        return Float64Array.of(1, 2);
      }
      get shape(): number[] {
        count++;
        return [1, 2];
      }
    }
    expect(lib.array_sum(new Matrix())).toBe(3);
    expect(count).toBe(2);
  });
});
