/** Typed arrays, whose memory Rust accesses without a copy. */

import assert from 'node:assert/strict';
import { declared, kernels, throws } from './context.mjs';

const KINDS = {
  i8: Int8Array,
  u8: Uint8Array,
  i16: Int16Array,
  u16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
  i64: BigInt64Array,
  u64: BigUint64Array,
  f32: Float32Array,
  f64: Float64Array,
};
const numbers = (view) => Array.from(view, Number);
const counting = (Kind, length) => {
  const big = Kind === BigInt64Array || Kind === BigUint64Array;
  return Kind.from({ length }, (_, i) => (big ? BigInt(i) : i));
};

export default {
  'every kind, guessed and declared, small and large'() {
    for (const [type, Kind] of Object.entries(KINDS)) {
      const addOne = declared(`fn add_one_${type}(v: &mut PyVec<${type}>)`);
      for (const length of [0, 1, 3, 100, 5000]) {
        const view = counting(Kind, length);
        const before = numbers(view);
        addOne(view);
        kernels[`add_one_${type}`](view);
        const expected = Kind.from(before, (x) => (view[0]?.constructor === BigInt ? BigInt(x + 2) : x + 2));
        assert.deepEqual(numbers(view), numbers(expected), `${Kind.name} of ${length}`);
      }
    }
  },

  'it is the memory itself: every view of a buffer lies where it should'() {
    const address = declared('fn address_of(v: &PyVec<u8>) -> usize');
    for (const length of [1, 8, 64, 1000, 1_000_000]) {
      const bytes = new Uint8Array(length);
      const start = address(bytes);
      assert.equal(address(bytes.buffer), start);
      assert.equal(address(new DataView(bytes.buffer)), start);
      assert.equal(address(Buffer.from(bytes.buffer)), start);
      if (length > 1) assert.equal(address(bytes.subarray(1)), start + 1);
      kernels.add_one_u8(bytes.subarray(length >> 1));
      assert.equal(bytes[length - 1], 1);
    }
  },

  'memory stays where it is while much else is collected'() {
    const address = declared('fn address_of(v: &PyVec<u8>) -> usize');
    const views = Array.from({ length: 200 }, (_, i) => new Uint8Array(i + 1));
    const starts = views.map((view) => address(view));
    let litter = [];
    for (let i = 0; i < 200_000; i++) {
      litter.push(new Uint8Array(i % 300), { i });
      if (litter.length > 5000) litter = [];
    }
    views.forEach((view, i) => {
      assert.equal(address(view), starts[i]);
      kernels.add_one_u8(view);
      assert.ok(view.every((x) => x === 1));
    });
  },

  'views of parts, and lists of views'() {
    const all = new Float64Array(10);
    kernels.add_one_f64(all.subarray(2, 5));
    assert.deepEqual([...all], [0, 0, 1, 1, 1, 0, 0, 0, 0, 0]);
    const rows = [new Float64Array([1, 2]), new Float64Array(0), new Float64Array([3])];
    declared('fn add_one_nested_f64_2(v: &mut PyVec<&mut PyVec<f64>>)')(rows);
    assert.deepEqual(
      rows.map((row) => [...row]),
      [[2, 3], [], [4]],
    );
    const mixed = [[1, 2], new Float64Array([3])];
    declared('fn add_one_nested_f64_2(v: &mut PyVec<&mut PyVec<f64>>)')(mixed);
    assert.deepEqual([mixed[0], [...mixed[1]]], [[2, 3], [4]]);
  },

  'a view that is not aligned is copied there and back'() {
    const view = new Float64Array(new ArrayBuffer(64, { maxByteLength: 128 }), 8, 2);
    kernels.add_one_f64(view);
    assert.deepEqual([...view], [1, 1]);
    const shared = new Int32Array(new SharedArrayBuffer(16));
    kernels.add_one_i32(shared);
    assert.deepEqual([...shared], [1, 1, 1, 1]);
    const sharedBytes = new Uint8Array(new SharedArrayBuffer(3));
    kernels.add_one_u8(sharedBytes);
    assert.deepEqual([...sharedBytes], [1, 1, 1]);
  },

  "WebAssembly's memory"() {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 2 });
    const view = new Uint32Array(memory.buffer, 16, 4);
    kernels.add_one_u32(view);
    assert.deepEqual([...new Uint32Array(memory.buffer, 16, 5)], [1, 1, 1, 1, 0]);
    memory.grow(1);
    throws(() => kernels.add_one_u32(view), TypeError, 'ERR_RUSTDLL_DETACHED');
  },

  'a detached buffer'() {
    const view = new Float64Array(4);
    kernels.add_one_f64(view);
    structuredClone(view.buffer, { transfer: [view.buffer] });
    throws(() => kernels.add_one_f64(view), TypeError, 'ERR_RUSTDLL_DETACHED');
  },

  'views that overlap'() {
    const all = new Float64Array(8);
    const add = declared('fn add_to_f64(a: &mut PyVec<f64>, b: &PyVec<f64>)');
    throws(() => add(all, all), TypeError, 'ERR_RUSTDLL_ALIAS');
    throws(() => add(all.subarray(0, 5), all.subarray(4)), TypeError, 'ERR_RUSTDLL_ALIAS');
    all.fill(1);
    add(all.subarray(0, 4), all.subarray(4));
    assert.deepEqual([...all], [2, 2, 2, 2, 1, 1, 1, 1]);
  },

  'the wrong type of element'() {
    const sum = declared('fn sum_f64(v: &PyVec<f64>) -> f64');
    for (const Kind of Object.values(KINDS).filter((kind) => kind !== Float64Array)) {
      throws(() => sum(new Kind(2)), TypeError, 'ERR_RUSTDLL_TYPE');
    }
  },
};
