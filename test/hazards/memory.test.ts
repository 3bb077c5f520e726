/** Calls without enough memory, and memory that the garbage collector could release during a call. */

import { group, type Tools } from '../support/hazards';

const linux = process.platform === 'linux';

describe('memory that is not there', () => {
  const row = group();

  row(50, 'an arena that no memory can be had for', ({ assert, declare, kernels, healthy, throws }) => {
    const lib =
      declare(`fn add_to_f64(a: &mut PyVec<f64>, b: &PyVec<f64>); fn sum_i64(v: &PyVec<i64>) -> i64; fn str_len(s: &PyStr) -> u32;
      fn add_one_nested_i64_2(v: &mut PyVec<&mut PyVec<i64>>); fn hash_strs(v: &PyVec<&PyStr>) -> u64`);
    healthy();
    const before = kernels.call_count!();
    const none = { type: 'RangeError', code: 'ERR_RUSTDLL_MEMORY' } as const;
    // The list reports far more elements than fit the memory.
    const endless = new Proxy([1], { get: (_list, key) => (key === 'length' ? 2 ** 32 - 1 : 1) });
    const list = [1, 2, 3];
    for (let round = 0; round < 4; round++) {
      const { cause } = throws(() => lib.sum_i64!(endless), none);
      assert.ok(cause === undefined || cause instanceof Error);
      throws(() => lib.add_to_f64!(list, endless), none);
      throws(() => lib.add_one_nested_i64_2!([[1], endless]), none);
      throws(() => lib.hash_strs!(endless), none);
      healthy();
    }
    assert.deepEqual(list, [1, 2, 3]);
    assert.equal(kernels.call_count!(), before);
  });

  row(50, 'memory after huge calls is what it was before', ({ assert, declare, kernels }) => {
    const lib = declare(
      'fn add_one_f64(v: &mut PyVec<f64>); fn str_len(s: &PyStr) -> u32; fn sum_rows(v: &PyVec<&PyVec<f64>>) -> f64',
    );
    const huge = new Array<number>(2_000_000).fill(0.5);
    const text = 'é'.repeat(5_000_000);
    const rows = Array.from({ length: 30_000 }, (_, i) => [i, 1]);
    const call = () => {
      lib.add_one_f64!(huge);
      kernels.add_one_f64!(huge);
      lib.str_len!(text);
      lib.sum_rows!(rows);
    };
    const external = () => process.memoryUsage().arrayBuffers;
    call();
    call();
    const before = external();
    for (let i = 0; i < 6; i++) call();
    // One round takes about 80 MB. The collector may not have released that of the last rounds.
    assert.ok(external() - before < 3e8, `${external() - before} bytes more`);
    assert.equal(huge[1_999_999], 16.5);
  });
});

(linux ? describe : describe.skip)('with a limit on the address space', () => {
  // Within the limit the engine still needs memory for its young generation, up to 16 MB at once.
  const row = group({ flags: ['--expose-gc', '--max-semi-space-size=1'] });

  row(
    50,
    'an arena beyond the limit, at each of its steps',
    async ({ assert, declare, healthy, require, throws, kernels }) => {
      const fs = require('node:fs') as typeof import('node:fs');
      const { execFileSync } = require('node:child_process') as typeof import('node:child_process');
      const { gc } = globalThis as unknown as { gc: () => void };
      const lib =
        declare(`fn add_one_i64(v: &mut PyVec<i64>); fn sum_i64(v: &PyVec<i64>) -> i64; fn add_one_f64(v: &mut PyVec<f64>);
      fn str_len(s: &PyStr) -> u32`);
      // Of pieces of 40 MB, malloc keeps none after they are freed.
      const count = 5_000_000;
      const list = new Array<number>(count).fill(1);
      const text = 'x'.repeat(60_000_000);
      const resizable = new Float64Array(new ArrayBuffer(8 * count, { maxByteLength: 8 * count }));
      // All calls are made once, so that code is generated and the string is flat.
      lib.add_one_i64!(list);
      lib.str_len!(text);
      lib.add_one_f64!(resizable);
      healthy();
      // Another thread frees the buffers, and the next collection accounts for them.
      for (let i = 0; i < 3; i++) {
        gc();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const before = kernels.call_count!();
      const used = Number(/VmSize:\s+(\d+) kB/.exec(fs.readFileSync('/proc/self/status', 'utf8'))![1]) * 1024;
      const limit = (bytes: number) =>
        execFileSync('prlimit', [
          `--pid=${process.pid}`,
          `--as=${bytes === Infinity ? 'unlimited' : used + bytes}:unlimited`,
        ]);
      const none = { type: 'RangeError', code: 'ERR_RUSTDLL_MEMORY' } as const;
      const size = 8 * count;
      // First there is no memory for the copy of the list, then none for the snapshot of the copy.
      limit(size / 2);
      throws(() => lib.sum_i64!(list), none);
      throws(() => lib.add_one_i64!(list), none);
      throws(() => lib.add_one_f64!(resizable), none);
      throws(() => lib.str_len!(text), none);
      limit(size + size / 2);
      throws(() => lib.add_one_i64!(list), none);
      throws(() => kernels.add_one_i64!(list), none);
      throws(() => lib.add_one_f64!(resizable), none);
      healthy();
      limit(Infinity);
      assert.equal(kernels.call_count!(), before);
      assert.ok(list.every((x) => x === 2) && resizable.every((x) => x === 1));
      lib.add_one_i64!(list);
      lib.add_one_f64!(resizable);
      assert.ok(list.every((x) => x === 3) && resizable.every((x) => x === 2));
      assert.equal(lib.str_len!(text), 60_000_000);
    },
  );
});

const pressures: [name: string, flags: string[]][] = [
  ['collections in getters', ['--expose-gc']],
  ['compaction at every collection', ['--expose-gc', '--stress-compaction', '--gc-interval=2000']],
  ['a collection every 211 allocations', ['--expose-gc', '--gc-interval=211']],
  ['a young generation of a megabyte, verified', ['--expose-gc', '--max-semi-space-size=1', '--verify-heap']],
];

describe.each(pressures)('%s', (_name, flags) => {
  const row = group({ flags });

  row(58, 'arguments stay alive and stay where they are', ({ assert, declare, kernels, rustdll }: Tools) => {
    const { gc } = globalThis as unknown as { gc: () => void };
    const lib = declare(`fn sum_i64(v: &PyVec<i64>) -> i64; fn add_to_f64(a: &mut PyVec<f64>, b: &PyVec<f64>);
      fn sum_rows(v: &PyVec<&PyVec<f64>>) -> f64; fn join_len(v: &PyVec<&PyStr>) -> u64; fn sum_u8(v: &PyVec<u8>) -> u8;
      fn add_one_nested_f64_2(v: &mut PyVec<&mut PyVec<f64>>); fn str_len(s: &PyStr) -> u32;
      fn mixed_references(a: f64, s: &PyStr, b: i8, v: &mut PyVec<f64>, c: f32, w: &PyVec<i64>, d: bool) -> f64`);
    const litter = () => {
      let kept: unknown[] = [];
      for (let i = 0; i < 200; i++) kept = [kept, new Uint8Array(100), String(i).repeat(5)];
      return kept.length;
    };
    // Returns a list with a getter that forces a collection.
    const late = <T>(list: T[], index: number): T[] => {
      const value = list[index]!;
      return Object.defineProperty(list, index, { get: () => (litter(), gc(), value), set: () => gc() });
    };
    for (let round = 0; round < 10; round++) {
      assert.equal(lib.sum_i64!(late([1, 2, 3, 4], 2)), 10);
      assert.equal(kernels.sum_i64!(late([1, 2, 3, 4], 1)), 10);
      const a = [1, 2, 3];
      lib.add_to_f64!(a, late([10, 20, 30], 1));
      assert.deepEqual(a, [11, 22, 33]);
      // Only the call refers to these views and lists.
      assert.equal(lib.sum_rows!([new Float64Array([1, 2]), late([3, 4], 1), new Float64Array(1000).fill(1)]), 1010);
      assert.equal(lib.sum_u8!(new Uint8Array(new ArrayBuffer(1 << 16)).fill(1).subarray(10, 20)), 10);
      assert.equal(lib.join_len!(late(['a', 'é', 'x'.repeat(500 + round)], 1)), 503 + round);
      assert.equal(lib.str_len!(`${round}${'y'.repeat(400)}`), String(round).length + 400);
      const view = new Float64Array([0.5]);
      assert.equal(
        lib.mixed_references!(1, `text ${round % 10}`, 0, view, 0, late([2, 3], 1), true),
        1 + 12 + 2 + 30 + 7,
      );
      assert.equal(view[0], 1.5);
      const rows = [late([1, 2], 0), [3, 4]];
      lib.add_one_nested_f64_2!(rows);
      assert.deepEqual(rows[1], [4, 5]);
      assert.equal(rustdllOf().add!(round, 1), round + 1);
    }

    // Only the call refers to this library.
    function rustdllOf() {
      return new rustdll.RustDLL(kernels.path);
    }
  });
});
