import { f64 } from '../../../src-ts/index';
import { expectTypeError } from '../../support/errors';
import { expectHealthy } from '../../support/health';
import { callsDuring, declared, kernels } from '../../support/kernels';
import { foreignMemory, memoryOf, resizable } from '../../support/views';
import { withAccessor } from '../../support/watched';

const CODE = 'ERR_RUSTDLL_ALIAS';
const swap = declared('fn swap_descriptors(a: &mut PyVec<i64>, b: &mut PyVec<i64>)');
const addTo = declared('fn add_to_f64(a: &mut PyVec<f64>, b: &PyVec<f64>)');
const dot = declared('fn dot(a: &PyVec<f64>, b: &PyVec<f64>) -> f64');
const addOneNested = declared('fn add_one_nested_i64_2(v: &mut PyVec<&mut PyVec<i64>>)');
const readNested = declared('fn hash_shared_i64_2(v: &PyVec<&PyVec<i64>>) -> u64', { bigint: true });

afterEach(expectHealthy);

describe('one list twice', () => {
  test('both mutable', () => {
    const list = [1, 2];
    expectTypeError(() => swap(list, list), /^swap_descriptors: argument 2 \(b\): .*argument 1/, CODE);
    expectTypeError(() => kernels.swap_descriptors(list, list), /^swap_descriptors: argument 2: .*argument 1/, CODE);
    expect(callsDuring(() => expectTypeError(() => kernels.count_call_with(list, 1, list), /argument 3/, CODE))).toBe(
      0,
    );
    expect(list).toEqual([1, 2]);
  });

  test('both only read, and one of each: Rust gets copies', () => {
    const list = [1, 2];
    expect(dot(list, list)).toBe(5);
    addTo(list, list);
    expect(list).toEqual([2, 4]);
  });

  test('empty lists have nothing to share', () => {
    const empty: number[] = [];
    expect(() => swap(empty, empty)).not.toThrow();
    expect(() => addOneNested([empty, empty])).not.toThrow();
  });

  test('lists of the same content are different lists', () => {
    expect(() => swap([1, 2], [1, 2])).not.toThrow();
    const lists = Array.from({ length: 1000 }, () => [7, 7]);
    addOneNested(lists);
    expect(lists.every(([a, b]) => a === 8 && b === 8)).toBe(true);
  });

  test('strings are values', () => {
    expect(() => kernels.noop('same', 'same', ['same', 'same'])).not.toThrow();
  });

  test('a list of strings or bytes twice, which Rust only reads', () => {
    const strings = ['a', 'b'];
    const bytes = [Buffer.from('a')];
    expect(() => kernels.noop(strings, strings)).not.toThrow();
    expect(() => kernels.noop(bytes, bytes, [strings, strings])).not.toThrow();
  });
});

describe.each([2, 8, 9, 20, 5000])('one inner list twice among %i', (count) => {
  const contents: [string, (i: number) => number[]][] = [
    ['different contents', (i) => [i, i + 1, -i]],
    ['equal contents', () => [1, 2, 3]],
    ['different lengths', (i) => Array.from({ length: 1 + (i % 7) }, (_, k) => k)],
    ['one element each', (i) => [i % 3]],
  ];

  test.each(contents)('%s', (_, content) => {
    for (const [first, second] of [
      [0, count - 1],
      [count >> 1, (count >> 1) - 1],
    ] as const) {
      const lists = Array.from({ length: count }, (_, i) => content(i));
      lists[first] = lists[second]!;
      const before = structuredClone(lists);
      expectTypeError(() => addOneNested(lists), /^add_one_nested_i64_2: argument 1 \(v\)/, CODE);
      expectTypeError(() => kernels.add_one_nested_i64_2(lists), /^add_one_nested_i64_2: argument 1/, CODE);
      expect(lists).toEqual(before);
      expect(() => readNested(lists)).not.toThrow();
    }
  });

  test('of other elements', () => {
    const shared = { f64: [0.5, 1], bool: [true], u8: [1] };
    for (const type of ['f64', 'u8', 'bool'] as const) {
      const name = type === 'bool' ? 'not_all_nested_2' : `add_one_nested_${type}_2`;
      const call = declared(`fn ${name}(v: &mut PyVec<&mut PyVec<${type}>>)`);
      const lists: unknown[][] = Array.from({ length: count }, () => [...shared[type]]);
      lists[0] = lists[count - 1]!;
      expectTypeError(() => call(lists), 'argument 1 (v)', CODE);
    }
  });
});

test('one list in two arguments of different types', () => {
  const list = [1];
  const others = Array.from({ length: 20 }, (_, i) => [i + 2]);
  expectTypeError(() => kernels.noop([list], f64(list)), /^noop: argument 2: .*argument 1/, CODE);
  expectTypeError(() => kernels.noop([list, ...others], f64(list)), /^noop: argument 2: .*argument 1/, CODE);
});

test('a list whose content differs each time it is read is as many lists', () => {
  let next = 0;
  const list = withAccessor(
    [0, 5],
    0,
    () => next++,
    () => undefined,
  );
  const others = Array.from({ length: 20 }, (_, i) => [100 + i, 5]);
  addOneNested([list, ...others, list]);
  // Each element was packed separately, so Rust saw no memory twice; the list that is written back last determines the
  // result.
  expect(list[1]).toBe(6);
  expect(others).toEqual(others.map((_, i) => [101 + i, 6]));
});

describe('one memory twice', () => {
  const floats = new Float64Array([1, 2, 3, 4]);
  const part = (from: number, to: number): Float64Array => floats.subarray(from, to);

  test('both only read', () => {
    expect(dot(floats, floats)).toBe(30);
    expect(dot(part(0, 3), part(1, 4))).toBe(20);
  });

  test('one of them mutable', () => {
    const before = [...floats];
    expectTypeError(() => addTo(floats, floats), /^add_to_f64: argument 2 \(b\): .*argument 1/, CODE);
    expectTypeError(() => addTo(part(0, 3), part(2, 4)), /^add_to_f64: argument 2 \(b\): .*argument 1/, CODE);
    expectTypeError(() => addTo(part(2, 4), part(0, 3)), /^add_to_f64: argument 2 \(b\): .*argument 1/, CODE);
    expectTypeError(() => addTo(part(1, 2), floats), /^add_to_f64: argument 2 \(b\): .*argument 1/, CODE);
    expectTypeError(() => addTo(floats, part(1, 2)), /^add_to_f64: argument 2 \(b\): .*argument 1/, CODE);
    expect([...floats]).toEqual(before);
  });

  test('disjoint parts of one buffer', () => {
    const array = new Float64Array([1, 2, 3, 4]);
    addTo(array.subarray(0, 2), array.subarray(2, 4));
    expect([...array]).toEqual([4, 6, 3, 4]);
    addTo(array.subarray(3, 4), array.subarray(0, 3));
    expect([...array]).toEqual([4, 6, 3, 8]);
  });

  test('empty parts overlap with nothing', () => {
    expect(() => addTo(floats, floats.subarray(1, 1))).not.toThrow();
    expect(() => addTo(floats.subarray(2, 2), floats)).not.toThrow();
    expect(() => kernels.noop(floats.subarray(2, 2), floats.subarray(2, 2))).not.toThrow();
  });

  test('guessed, every view is mutable', () => {
    expectTypeError(() => kernels.noop(floats, 1, floats), /^noop: argument 3: .*argument 1/, CODE);
    expectTypeError(() => kernels.noop(floats, floats.buffer), /^noop: argument 2: .*argument 1/, CODE);
    expectTypeError(() => kernels.noop(new Uint8Array(floats.buffer, 3, 2), floats), /^noop: argument 2/, CODE);
    expectTypeError(() => kernels.noop([floats, floats]), /^noop: argument 1/, CODE);
    expectTypeError(() => kernels.noop(floats, [part(0, 1)]), /^noop: argument 2/, CODE);
    expect(() => kernels.noop(part(0, 1), part(1, 2), [part(2, 3), part(3, 4)])).not.toThrow();
  });

  test('views of different kinds', () => {
    const bytes = new Uint8Array(64);
    expectTypeError(
      () => kernels.noop(new DataView(bytes.buffer, 0, 9), new Int32Array(bytes.buffer, 8)),
      /argument 2/,
      CODE,
    );
    expect(() => kernels.noop(new DataView(bytes.buffer, 0, 8), new Int32Array(bytes.buffer, 8))).not.toThrow();
    expectTypeError(() => kernels.noop(Buffer.from(bytes.buffer), bytes.buffer), /argument 2/, CODE);
  });

  test('a small one inside a large one, among others', () => {
    const buffer = new ArrayBuffer(1000);
    const large = new Uint8Array(buffer, 0, 900);
    const inside = new Uint8Array(buffer, 700, 10);
    const apart = Array.from({ length: 8 }, () => new Uint8Array(20));
    expectTypeError(() => kernels.noop(inside, ...apart, large), /^noop: argument 10: .*argument 1/, CODE);
    expectTypeError(() => kernels.noop(large, ...apart, inside), /^noop: argument 10: .*argument 1/, CODE);
    const read = declared('fn noop(a: &PyVec<u8>, b: &PyVec<u8>, c: &mut PyVec<u8>, d: &PyVec<u8>)');
    // Sorted by their beginnings, the two views that overlap are not neighbours.
    expectTypeError(
      () => read(large, new Uint8Array(buffer, 100, 10), inside, new Uint8Array(buffer, 950)),
      /^noop: argument 3 \(c\): .*argument 1/,
      CODE,
    );
    expect(() => read(large, new Uint8Array(buffer, 100, 10), new Uint8Array(buffer, 900), inside)).not.toThrow();
  });

  test('two buffers over one memory', () => {
    const shared = new SharedArrayBuffer(8);
    const again = structuredClone(shared);
    expect(memoryOf(again)).toBe(memoryOf(shared));
    expectTypeError(() => kernels.noop(shared, again), /^noop: argument 2: .*argument 1/, CODE);
    const memory = foreignMemory(32, 0);
    expectTypeError(() => kernels.noop(new Uint8Array(memory), memory.slice(0), memory), /^noop: argument 3/, CODE);
  });

  test('copied views count as well: only one could be written back', () => {
    const array = new Float64Array(resizable(16));
    expectTypeError(() => kernels.noop(array, array), /^noop: argument 2/, CODE);
    const odd = new Float64Array(foreignMemory(16, 4));
    expectTypeError(() => addTo(odd, odd), /^add_to_f64: argument 2/, CODE);
    expect(dot(odd, odd)).toBe(0);
  });

  test('text', () => {
    const bytes = Buffer.from('abc');
    const call = declared('fn noop(a: &PyStr, b: &PyStr, c: &PyVec<u8>)');
    expect(() => call(bytes, bytes, bytes)).not.toThrow();
    const mutable = declared('fn noop(a: &mut PyStr, b: &PyStr)');
    expectTypeError(() => mutable(bytes, bytes), /^noop: argument 2 \(b\)/, CODE);
    expect(() => mutable('abc', 'abc')).not.toThrow();
  });
});
