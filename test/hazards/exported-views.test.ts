/** Memory of JavaScript that exported functions use and change. */

import { group } from '../support/hazards';

const row = group();

row(22, 'a detached typed array, in a place of its own and in the stream', ({ assert, exported, faults, throws }) => {
  const detached = { type: 'TypeError', code: 'ERR_RUSTDLL_DETACHED', message: /detached/ } as const;
  const detach = (buffer: ArrayBuffer) => void structuredClone(buffer, { transfer: [buffer] });
  const gone = new Float64Array(4);
  const bytes = new Uint8Array(gone.buffer, 8, 8);
  const view = new DataView(gone.buffer, 8);
  detach(gone.buffer);
  for (const name of ['echo_vec_f64', 'echo_slice_f64', 'echo_typed_f64', 'normalize', 'bump_f64', 'py_sum']) {
    throws(() => exported[name]!(gone), { ...detached, message: /argument 1/ });
  }
  for (const each of [bytes, view, gone.buffer]) {
    throws(() => exported.echo_vec_u8!(each), detached);
    throws(() => exported.echo_vec_bytes!([[1], each]), { ...detached, message: /\(value\)\[1\]/ });
  }
  throws(() => exported.echo_vec_vec_f64!([[1], gone]), { ...detached, message: /\(value\)\[1\]/ });
  throws(() => exported.echo_label!({ text: 'a', numbers: gone }), { ...detached, message: /\.numbers/ });
  // A getter of a later argument detaches the view.
  const early = new Float64Array([1, 2]);
  const late = Object.defineProperty([1], 0, { get: () => (early.length > 0 && detach(early.buffer), 1) });
  throws(() => faults.sum_beside!(early, [late]), { ...detached, message: /argument 1/ });
  throws(() => faults.add_all!(early, [[1]]), { ...detached, message: /argument 1/ });
  // The first argument was copied before the getter detached it.
  const copied = new Float64Array([1, 2]);
  const later = Object.defineProperty([1], 0, { get: () => (copied.length > 0 && detach(copied.buffer), 1) });
  assert.deepEqual(exported.echo_vec_vec_f64!([copied, later]), [[1, 2], [1]]);
});

row(23, 'a resizable buffer', ({ assert, exported, faults, throws }) => {
  const buffer = new ArrayBuffer(32, { maxByteLength: 1 << 20 });
  const tracking = new Float64Array(buffer);
  const fixed = new Float64Array(buffer, 8, 2);
  exported.bump_f64!(tracking);
  exported.bump_f64!(fixed);
  assert.deepEqual([...tracking], [1, 2, 2, 1]);
  assert.deepEqual(exported.echo_typed_f64!(tracking), new Float64Array([1, 2, 2, 1]));
  assert.deepEqual(exported.echo_vec_vec_f64!([tracking, fixed]), [
    [1, 2, 2, 1],
    [2, 2],
  ]);
  for (const size of [64, 16, 0]) {
    buffer.resize(32);
    const list = Object.defineProperty([0], 0, { get: () => (buffer.resize(size), 5) });
    faults.add_all!(tracking, [list]);
    assert.equal(tracking.length, size / 8);
    assert.ok([...tracking].slice(0, 4).every((x) => x >= 5));
  }
  throws(() => exported.bump_f64!(fixed), { type: 'TypeError', code: 'ERR_RUSTDLL_DETACHED' });
  throws(() => exported.echo_vec_vec_f64!([fixed]), { type: 'TypeError', code: 'ERR_RUSTDLL_DETACHED' });
});

row(24, 'a SharedArrayBuffer that another thread writes to', async ({ assert, exported, faults, worker, throws }) => {
  const shared = new SharedArrayBuffer(4096);
  const bytes = new Uint8Array(shared);
  const floats = new Float64Array(shared, 2048);
  const stop = new Int32Array(new SharedArrayBuffer(4));
  assert.equal(
    (faults.address_u8!(bytes.subarray(8)) as number) - (faults.address_u8!(bytes) as number),
    8,
    'not copied',
  );
  const longs = new Float64Array(shared, 0, 4);
  throws(() => faults.exchange!(longs, new Float64Array(structuredClone(shared), 8, 4)), {
    type: 'TypeError',
    code: 'ERR_RUSTDLL_ALIAS',
  });
  const writer = worker(
    (_tools, data: { shared: SharedArrayBuffer; stop: Int32Array }) => {
      const view = new Uint8Array(data.shared);
      for (let i = 0; Atomics.load(data.stop, 0) === 0; i++) view[i % view.length] = i;
      return 'stopped';
    },
    { shared, stop },
  );
  await writer.begun;
  for (let i = 0; i < 300; i++) {
    exported.bump_u8!(bytes);
    exported.bump_f64!(floats);
    assert.equal((exported.echo_vec_u8!(bytes) as Uint8Array).length, 4096);
    assert.equal((exported.echo_typed_f64!(floats) as Float64Array).length, 256);
    assert.equal((exported.echo_vec_vec_f64!([floats, floats]) as unknown[]).length, 2);
    assert.equal((exported.echo_vec_bytes!([bytes, shared]) as Uint8Array[])[1]!.length, 4096);
    exported.py_texts!(['a']);
    try {
      exported.py_texts!([bytes]);
    } catch (error) {
      assert.equal((error as { code?: string }).code, 'ERR_RUSTDLL_TYPE');
    }
  }
  Atomics.store(stop, 0, 1);
  const { exitCode, result } = await writer.ended;
  assert.deepEqual([exitCode, result], [0, 'stopped']);
});

row(25, 'a view not aligned for its Rust type', ({ assert, exported, faults, require }) => {
  const koffi = require('koffi') as {
    address(view: object): bigint;
    view(address: bigint, length: number): ArrayBuffer;
  };
  const buffer = new ArrayBuffer(64);
  const address = koffi.address(new Uint8Array(buffer));
  for (const shift of [1n, 2n, 4n, 7n]) {
    const view = new Float64Array(koffi.view(address + shift, 32));
    view.set([1, 2, 3, 4]);
    exported.bump_f64!(view);
    assert.deepEqual([...view], [2, 3, 4, 5]);
    assert.deepEqual(exported.echo_slice_f64!(view), [2, 3, 4, 5]);
    assert.deepEqual(exported.echo_vec_slice_f64!([view, [1]]), [[2, 3, 4, 5], [1]]);
    assert.deepEqual(exported.echo_typed_f64!(view), new Float64Array([2, 3, 4, 5]));
    assert.equal((faults.address_f64!(view) as number) % 8, 0);
    assert.equal((faults.address_mut!(view) as number) % 8, 0);
  }
  const narrow = new Int16Array(koffi.view(address + 1n, 8)).fill(-1);
  exported.bump_i16!(narrow);
  assert.deepEqual([...narrow], [0, 0, 0, 0]);
});

row(26, 'the same typed array twice, one of them to be changed', ({ assert, exported, faults, throws }) => {
  const alias = { type: 'TypeError', code: 'ERR_RUSTDLL_ALIAS' } as const;
  const view = new Float64Array([1, 2, 3]);
  throws(() => faults.exchange!(view, view), { ...alias, message: /argument 2 \(b\).*argument 1/ });
  throws(() => exported.copy_into!(view, view), { ...alias, message: /argument 2 \(to\)/ });
  throws(() => exported.py_scale!([view, [1], view], 2), alias);
  assert.deepEqual([...view], [1, 2, 3]);
  // The stream has copies of the views.
  faults.add_all!(view, [view, view]);
  assert.deepEqual([...view], [13, 14, 15]);
  assert.equal(faults.sum_beside!(view, [view]), 84);
});

row(27, 'overlapping views of one buffer, and disjoint ones', ({ assert, exported, faults, throws }) => {
  const alias = { type: 'TypeError', code: 'ERR_RUSTDLL_ALIAS' } as const;
  const buffer = new ArrayBuffer(80);
  const at = (first: number, length: number) => new Float64Array(buffer, 8 * first, length);
  at(0, 10).set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const overlaps = [
    [at(0, 4), at(3, 4)],
    [at(3, 4), at(0, 4)],
    [at(0, 10), at(4, 1)],
    [at(2, 3), at(2, 3)],
  ] as const;
  for (const [a, b] of overlaps) {
    throws(() => faults.exchange!(a, b), alias);
    throws(() => exported.copy_into!(a, b), alias);
    throws(() => exported.py_scale!([a, [1], b], 2), alias);
  }
  faults.exchange!(at(0, 2), at(2, 2));
  exported.copy_into!(at(8, 2), at(4, 2));
  faults.exchange!(at(0, 10), at(5, 0));
  assert.deepEqual([...at(0, 10)], [2, 3, 0, 1, 8, 9, 6, 7, 8, 9]);
});

row(28, 'the same list twice, to be changed', ({ assert, exported, faults, throws }) => {
  const alias = { type: 'TypeError', code: 'ERR_RUSTDLL_ALIAS' } as const;
  const list = [1, 2];
  throws(() => faults.exchange!(list, list), alias);
  throws(() => exported.py_scale!([list, [3], list], 2), alias);
  assert.deepEqual(list, [1, 2]);
  faults.add_all!(list, [list, list]);
  assert.deepEqual(list, [7, 8]);
  exported.copy_into!(list, [0]);
});

row(29, 'a list that cannot be written back: all of it or nothing', ({ assert, exported, faults, throws }) => {
  const refused = { type: 'TypeError', code: 'ERR_RUSTDLL_WRITE_BACK' } as const;
  const frozen = Object.freeze([1, 2]);
  throws(() => exported.normalize!(frozen), { ...refused, message: /argument 1 \(v\)\[0\]/ });
  const other = [5, 6];
  throws(() => faults.exchange!(other, frozen), { ...refused, message: /argument 2 \(b\)\[0\]/ });
  assert.deepEqual(other, [5, 6]);
  for (const [type, value] of Object.entries({ bool: true, char: 'a', u8: 1, i64: 1n, u64: 1, f32: 0.5 })) {
    throws(() => exported[`bump_${type}`]!(Object.freeze([value])), refused);
  }
  // A frozen list that Rust does not change is accepted.
  exported.copy_into!([1], frozen);
  const fault = new Error('the setter throws');
  const throwing = Object.defineProperty([1, 2, 3, 4], 2, {
    get: () => 3,
    set: () => {
      throw fault;
    },
  });
  assert.throws(
    () => exported.bump_f64!(throwing),
    (error) => error === fault,
  );
  assert.deepEqual([throwing[0], throwing[1], throwing[3]], [1, 2, 4]);
  const limit = [1, 2 ** 53 - 1];
  throws(() => exported.bump_i64!(limit), { type: 'RangeError', code: 'ERR_RUSTDLL_RANGE', message: /\[1\]/ });
  assert.deepEqual(limit, [1, 2 ** 53 - 1]);
  // After an `Err` or a panic lists are unchanged, while views have what Rust had stored.
  for (const [end, type] of [
    ['Failure', 'RustError'],
    ['Panic', 'RustPanic'],
  ] as const) {
    const list = Object.freeze([1, 2]);
    const view = new Float64Array([1, 2]);
    throws(() => faults.change_and_end!(list, end), { type });
    throws(() => faults.change_and_end!(view, end), { type });
    assert.deepEqual(
      [list, [...view]],
      [
        [1, 2],
        [9, 9],
      ],
    );
  }
});
