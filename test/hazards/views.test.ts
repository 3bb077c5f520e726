/** Typed arrays, DataViews and buffers that are detached, resized, shared, misaligned or overlapping. */

import { group } from '../support/hazards';

/** The part of WebAssembly's types that is used here. They belong to the DOM. */
declare const WebAssembly: {
  Memory: new (options: { initial: number; maximum?: number; shared?: boolean }) => {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  };
};

const row = group();

row(22, 'a detached typed array', ({ assert, declare, kernels, rustdll, throws }) => {
  const lib = declare(`fn add_one_f64(v: &mut PyVec<f64>); fn sum_u8(v: &PyVec<u8>) -> u8; fn str_len(s: &PyStr) -> u32;
    fn add_to_f64(a: &mut PyVec<f64>, b: &PyVec<f64>); fn sum_rows(v: &PyVec<&PyVec<f64>>) -> f64; fn sum_f64(v: &PyVec<f64>) -> f64`);
  const detached = { type: 'TypeError', code: 'ERR_RUSTDLL_DETACHED', message: /detached/ } as const;
  const detach = (buffer: ArrayBuffer) => void structuredClone(buffer, { transfer: [buffer] });
  const make = () => {
    const buffer = new ArrayBuffer(32);
    const made = {
      buffer,
      f64: new Float64Array(buffer),
      u8: new Uint8Array(buffer, 8, 8),
      view: new DataView(buffer, 8),
    };
    detach(buffer);
    return made;
  };
  const gone = make();
  throws(() => lib.add_one_f64!(gone.f64), { ...detached, message: /argument 1/ });
  for (const view of [gone.u8, gone.view, gone.buffer]) {
    throws(() => lib.sum_u8!(view), detached);
    throws(() => kernels.sum_u8!(view), detached);
    throws(() => lib.str_len!(view), detached);
  }
  throws(() => kernels.sum_f64!(gone.f64), detached);
  throws(() => kernels.sum_f64!(rustdll.f64(gone.f64 as never)), detached);
  throws(() => lib.sum_rows!([[1], gone.f64]), detached);
  throws(() => lib.add_to_f64!([1], gone.f64), { ...detached, message: /argument 2/ });

  // A getter of a later argument detaches the buffer after the view was classified.
  const early = new Float64Array([1, 2, 3]);
  const late: number[] = [0];
  Object.defineProperty(late, 0, { get: () => (early.length > 0 && detach(early.buffer), 1) });
  throws(() => lib.add_to_f64!(early, late), { ...detached, message: /argument 1/ });
  const again = new Float64Array([1, 2, 3]);
  const nest = [again, [0]];
  Object.defineProperty(nest[1]!, 0, { get: () => (again.length > 0 && detach(again.buffer), 1) });
  throws(() => lib.sum_rows!(nest), detached);
  // WebAssembly memory detaches its buffer when it grows.
  const memory = new WebAssembly.Memory({ initial: 1 });
  const inMemory = new Float64Array(memory.buffer, 0, 4);
  lib.add_one_f64!(inMemory);
  assert.deepEqual([...inMemory], [1, 1, 1, 1]);
  memory.grow(1);
  throws(() => lib.add_one_f64!(inMemory), detached);
  assert.equal(lib.sum_f64!(new Float64Array(memory.buffer, 0, 4)), 4);
});

row(23, 'a resizable buffer', ({ assert, declare, kernels, throws }) => {
  const lib = declare(`fn add_one_f64(v: &mut PyVec<f64>); fn add_to_f64(a: &mut PyVec<f64>, b: &PyVec<f64>);
    fn add_one_u8(v: &mut PyVec<u8>); fn upper(s: &mut PyStr)`);
  const buffer = new ArrayBuffer(32, { maxByteLength: 1 << 20 });
  const tracking = new Float64Array(buffer);
  const fixed = new Float64Array(buffer, 8, 2);
  lib.add_one_f64!(tracking);
  lib.add_one_f64!(fixed);
  kernels.add_one_f64!(fixed);
  assert.deepEqual([...tracking], [1, 3, 3, 1]);
  buffer.resize(64);
  lib.add_one_f64!(tracking);
  assert.deepEqual([...tracking], [2, 4, 4, 2, 1, 1, 1, 1]);
  lib.add_one_u8!(new DataView(buffer, 0, 1));
  assert.equal(new Uint8Array(buffer)[0], 1);
  lib.upper!(new Uint8Array(buffer, 0, 1).fill(97));
  assert.equal(new Uint8Array(buffer)[0], 65);
  buffer.resize(16);
  assert.equal(tracking.length, 2);
  // The view is beyond the end of the buffer now.
  throws(() => lib.add_one_f64!(fixed), { type: 'TypeError', code: 'ERR_RUSTDLL_DETACHED' });
  const view = new DataView(buffer, 8, 8);
  buffer.resize(8);
  throws(() => lib.add_one_u8!(view), { type: 'TypeError', code: 'ERR_RUSTDLL_DETACHED' });
  // A getter of a later argument resizes the buffer.
  const changing = new ArrayBuffer(32, { maxByteLength: 64 });
  const first = new Float64Array(changing);
  for (const size of [64, 8, 0]) {
    const second: number[] = [0];
    Object.defineProperty(second, 0, { get: () => (changing.resize(size), 5) });
    lib.add_to_f64!(first, second);
    assert.equal(first.length, size / 8);
  }
});

row(24, 'a SharedArrayBuffer: bytes are passed on, wider elements are copied', async (tools) => {
  const { assert, declare, kernels, worker, throws } = tools;
  const lib =
    declare(`fn add_one_u8(v: &mut PyVec<u8>); fn add_one_f64(v: &mut PyVec<f64>); fn sum_f64(v: &PyVec<f64>) -> f64;
    fn address_of(v: &PyVec<u8>) -> usize; fn swap_descriptors(a: &mut PyVec<i64>, b: &mut PyVec<i64>); fn str_len(s: &PyStr) -> u32`);
  const shared = new SharedArrayBuffer(4096);
  const bytes = new Uint8Array(shared);
  const floats = new Float64Array(shared);
  lib.add_one_u8!(bytes);
  assert.ok(bytes.every((byte) => byte === 1));
  assert.equal(lib.address_of!(bytes.subarray(8)) - lib.address_of!(bytes), 8, 'not copied');
  floats.fill(0.5);
  lib.add_one_f64!(floats);
  kernels.add_one_f64!(floats);
  assert.ok(floats.every((float) => float === 2.5));
  const longs = new BigInt64Array(shared, 0, 4);
  throws(() => lib.swap_descriptors!(longs, longs), { type: 'TypeError', code: 'ERR_RUSTDLL_ALIAS' });
  // Another object has the same memory.
  const twin = new BigInt64Array(structuredClone(shared), 8, 4);
  throws(() => lib.swap_descriptors!(longs, twin), { type: 'TypeError', code: 'ERR_RUSTDLL_ALIAS' });
  const growable = new SharedArrayBuffer(16, { maxByteLength: 64 });
  lib.add_one_u8!(growable);
  lib.add_one_f64!(new Float64Array(growable, 8));
  growable.grow(64);
  lib.add_one_u8!(growable);
  assert.deepEqual([new Uint8Array(growable)[0], new Uint8Array(growable)[63]], [2, 1]);

  // Another thread writes to the memory during all calls.
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const writer = worker(
    (_tools, data: { shared: SharedArrayBuffer; stop: Int32Array }) => {
      const view = new Uint8Array(data.shared);
      for (let i = 0; Atomics.load(data.stop, 0) === 0; i++) view[i % view.length] = i;
      return 'stopped';
    },
    { shared, stop },
  );
  await writer.begun;
  for (let i = 0; i < 3000; i++) {
    lib.add_one_u8!(bytes);
    lib.add_one_f64!(floats);
    lib.sum_f64!(floats);
    kernels.sum_u8!(shared);
    try {
      lib.str_len!(bytes);
    } catch (error) {
      assert.equal((error as { code?: string }).code, 'ERR_RUSTDLL_TYPE');
    }
  }
  Atomics.store(stop, 0, 1);
  const { exitCode, result } = await writer.ended;
  assert.deepEqual([exitCode, result], [0, 'stopped']);
});

row(25, 'a view not aligned for its Rust type is copied', ({ assert, declare, kernels, require }) => {
  // JavaScript aligns its own memory, so only foreign memory can be misaligned.
  const koffi = require('koffi') as {
    address(view: object): bigint;
    view(address: bigint, length: number): ArrayBuffer;
  };
  const lib =
    declare(`fn add_one_f64(v: &mut PyVec<f64>); fn sum_f64(v: &PyVec<f64>) -> f64; fn add_one_i16(v: &mut PyVec<i16>);
    fn address_of(v: &PyVec<f64>) -> usize; fn add_one_nested_f64_2(v: &mut PyVec<&mut PyVec<f64>>); fn add_one_u8(v: &mut PyVec<u8>)`);
  const buffer = new ArrayBuffer(64);
  const address = koffi.address(new Uint8Array(buffer));
  for (const shift of [1, 2, 4, 7]) {
    const view = new Float64Array(koffi.view(address + BigInt(shift), 32));
    view.set([1, 2, 3, 4]);
    lib.add_one_f64!(view);
    kernels.add_one_f64!(view);
    lib.add_one_nested_f64_2!([[0], view]);
    assert.deepEqual([...view], [4, 5, 6, 7]);
    assert.equal(lib.sum_f64!(view), 22);
    assert.equal(lib.address_of!(view) % 8, 0);
  }
  const narrow = new Int16Array(koffi.view(address + 1n, 8));
  narrow.fill(-1);
  lib.add_one_i16!(narrow);
  assert.deepEqual([...narrow], [0, 0, 0, 0]);
  const bytes = new Uint8Array(koffi.view(address + 1n, 8)).fill(9);
  lib.add_one_u8!(bytes);
  assert.equal(new Uint8Array(buffer)[1], 10);
});

row(26, 'the same typed array twice, one of them `&mut`', ({ assert, declare, kernels, throws }) => {
  const lib = declare(`fn add_to_f64(a: &mut PyVec<f64>, b: &PyVec<f64>); fn dot(a: &PyVec<f64>, b: &PyVec<f64>) -> f64;
    fn descriptor_dump(v: &PyVec<u64>, out: &mut PyVec<u64>); fn sum_rows(v: &PyVec<&PyVec<f64>>) -> f64;
    fn add_one_nested_f64_2(v: &mut PyVec<&mut PyVec<f64>>); fn mixed_references(a: f64, s: &PyStr, b: i8, v: &mut PyVec<f64>, c: f32, w: &PyVec<i64>, d: bool) -> f64`);
  const alias = { type: 'TypeError', code: 'ERR_RUSTDLL_ALIAS' } as const;
  const view = new Float64Array([1, 2, 3]);
  throws(() => lib.add_to_f64!(view, view), { ...alias, message: /argument 2 \(b\).*argument 1/ });
  throws(() => kernels.add_to_f64!(view, view), alias);
  throws(() => lib.add_one_nested_f64_2!([view, [1], view]), alias);
  const words = new BigUint64Array(3);
  throws(() => lib.descriptor_dump!(words, words), alias);
  // The same memory is passed as a string and as numbers.
  const text = new Uint8Array(view.buffer, 0, 8).fill(0x41);
  throws(() => lib.mixed_references!(1, text, 1, view, 1, [1], true), alias);
  assert.deepEqual([...view.subarray(1)], [2, 3]);
  assert.equal(lib.dot!(view.subarray(1), view.subarray(1)), 13);
  assert.equal(lib.sum_rows!([view.subarray(1), view.subarray(1)]), 10);
});

row(27, 'overlapping views of one buffer, and disjoint ones', ({ assert, declare, kernels, throws }) => {
  const lib = declare(`fn add_to_f64(a: &mut PyVec<f64>, b: &PyVec<f64>); fn dot(a: &PyVec<f64>, b: &PyVec<f64>) -> f64;
    fn add_one_nested_f64_2(v: &mut PyVec<&mut PyVec<f64>>); fn add_one_nested_u8_2(v: &mut PyVec<&mut PyVec<u8>>)`);
  const alias = { type: 'TypeError', code: 'ERR_RUSTDLL_ALIAS' } as const;
  const buffer = new ArrayBuffer(80);
  const at = (first: number, length: number) => new Float64Array(buffer, 8 * first, length);
  at(0, 10).set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  for (const [a, b] of [
    [at(0, 4), at(3, 4)],
    [at(3, 4), at(0, 4)],
    [at(0, 10), at(4, 1)],
    [at(4, 1), at(0, 10)],
    [at(2, 3), at(2, 3)],
  ] as const) {
    throws(() => lib.add_to_f64!(a, b), alias);
    throws(() => kernels.add_to_f64!(a, b), alias);
    throws(() => lib.add_one_nested_f64_2!([a, [1], b]), alias);
    assert.ok(lib.dot!(a, b) >= 0);
  }
  lib.add_to_f64!(at(0, 2), at(2, 2));
  lib.add_to_f64!(at(9, 1), at(8, 1));
  kernels.add_to_f64!(at(2, 2), at(4, 2));
  assert.deepEqual([...at(0, 10)], [2, 4, 6, 8, 4, 5, 6, 7, 8, 17]);
  // Empty views share no memory.
  lib.add_to_f64!(at(0, 10), at(5, 0));
  // Any one of many views is found.
  const parts = Array.from({ length: 10 }, (_, i) => at(i, 1));
  lib.add_one_nested_f64_2!(parts);
  for (const i of [0, 4, 9]) throws(() => lib.add_one_nested_f64_2!([...parts.toReversed(), at(i, 1)]), alias);
  // The views of bytes overlap within one float.
  const byte = (offset: number) => new Uint8Array(buffer, offset, 2);
  throws(() => lib.add_one_nested_u8_2!([byte(0), byte(1)]), alias);
  throws(() => lib.add_one_nested_u8_2!([byte(0), new DataView(buffer, 1, 1)]), alias);
  throws(() => lib.add_one_nested_u8_2!([byte(0), buffer]), alias);
  lib.add_one_nested_u8_2!([byte(2), byte(0), new DataView(buffer, 4, 1)]);
  // Two buffers of the same WebAssembly memory are recognised as one.
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const twin = structuredClone(memory.buffer);
  throws(() => lib.add_one_nested_u8_2!([new Uint8Array(memory.buffer, 0, 2), new Uint8Array(twin, 1, 2)]), alias);
});
