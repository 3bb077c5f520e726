/** Worker threads that load the addon, and are terminated while they use it. */

import { group, type Tools } from '../support/hazards';

// A Worker takes about 50 ms; with RUSTDLL_HAZARD_CYCLES=10000 this test takes an hour.
const row = group();

row(51, 'a Worker terminated during a call, again and again', async ({ assert, worker, env, require }) => {
  const fs = require('node:fs') as typeof import('node:fs');
  const cycles = Number(env.RUSTDLL_HAZARD_CYCLES ?? 100);
  const program = ({ kernels, declare }: Tools, kind: number) => {
    const lib = declare(`fn spin_ms(ms: u64); fn add_one_i64(v: &mut PyVec<i64>); fn add_one_f64(v: &mut PyVec<f64>);
      fn str_len(s: &PyStr) -> u32; fn thread_call_count() -> u64`);
    const list = [1, 2, 3];
    const large = new Array<number>(20_000).fill(1);
    const view = new Float64Array(100_000);
    for (;;) {
      lib.thread_call_count!();
      if (kind === 0) lib.spin_ms!(1);
      else if (kind === 1) lib.add_one_i64!(list);
      else if (kind === 2) lib.add_one_f64!(view);
      else if (kind === 3) lib.add_one_i64!(large);
      else if (kind === 4) kernels.str_len!('a text');
      else
        kernels.add_one_i64!(
          Object.defineProperty([1, 2], 0, { get: () => lib.str_len!('inside'), set: () => undefined }),
        );
    }
  };
  const measure = () => {
    const maps = process.platform === 'linux' ? fs.readFileSync('/proc/self/maps', 'utf8').split('\n').length : 0;
    const files = process.platform === 'linux' ? fs.readdirSync('/proc/self/fd').length : 0;
    return { rss: process.memoryUsage().rss, maps, files };
  };
  const cycle = async (i: number) => {
    const running = worker(program, i % 6);
    await running.begun;
    // Some Workers are terminated at once, others after a while.
    if (i % 3 !== 0) await new Promise((resolve) => setTimeout(resolve, i % 7));
    await running.thread.terminate();
    const { exitCode, error } = await running.ended;
    assert.equal(exitCode, 1);
    assert.equal(error, undefined);
  };
  for (let i = 0; i < 24; i++) await cycle(i);
  const before = measure();
  for (let i = 0; i < cycles; i++) await cycle(i);
  const after = measure();
  // A Worker leaves no mapping and no file behind, and every ten leave less memory than one Worker has.
  assert.ok(after.maps - before.maps < 40 + cycles / 10, JSON.stringify({ before, after }));
  assert.ok(after.files - before.files < 10, JSON.stringify({ before, after }));
  assert.ok(after.rss - before.rss < 64e6 + cycles * 20_000, JSON.stringify({ before, after }));
});

row(
  51,
  'a Worker terminated while it loads the addon or opens a library',
  async ({ assert, worker, paths, require }) => {
    const addon = (require('node-gyp-build') as { resolve(folder: string): string }).resolve(paths.root);
    for (let i = 0; i < 12; i++) {
      const running = worker(
        (tools: Tools, load: string) => {
          for (;;) {
            if (load !== '') {
              process.dlopen({ exports: {} }, load);
              continue;
            }
            const library = new tools.rustdll.RustDLL(tools.paths.kernels);
            library.noop!();
            library.declare('fn add(a: i64, b: i64) -> i64; fn id_f64(x: f64) -> f64').add(1, 2);
            library.close();
          }
        },
        i % 2 === 0 ? addon : '',
      );
      await running.begun;
      await new Promise((resolve) => setTimeout(resolve, i % 9));
      await running.thread.terminate();
      assert.equal((await running.ended).exitCode, 1);
    }
  },
);

row(51, 'a Worker is terminated once its call has ended', async ({ assert, worker, kernels }) => {
  const { count_call, call_count } = kernels as unknown as Record<string, () => number>;
  const before = call_count!();
  const running = worker(({ declare }) => {
    const { spin_ms, count_call: count } = declare('fn spin_ms(ms: u64); fn count_call()');
    count!();
    spin_ms!(300);
    count!();
    return 'not reached';
  });
  while (call_count!() === before) await new Promise((resolve) => setTimeout(resolve, 1));
  await running.thread.terminate();
  const { exitCode, result } = await running.ended;
  assert.deepEqual([exitCode, result], [1, undefined]);
  assert.equal(call_count!(), before + 1, 'the code after the call ran');
  count_call!();
  assert.equal(call_count!(), before + 2);
});

row(51, 'process.exit and errors in Workers in the middle of calls', async ({ assert, worker }) => {
  for (let i = 0; i < 8; i++) {
    const leaving = worker(({ kernels }) => {
      const list = Object.defineProperty([1, 2], 1, { get: () => process.exit(7), set: () => undefined });
      kernels.add_one_i64!(list);
    });
    const throwing = worker(({ kernels }) => {
      const list = Object.defineProperty([1, 2], 1, {
        get: () => {
          throw new Error('of the getter');
        },
      });
      kernels.add_one_i64!(list);
    });
    assert.equal((await leaving.ended).exitCode, 7);
    const { exitCode, error } = await throwing.ended;
    assert.deepEqual([exitCode, error?.message], [1, 'of the getter']);
  }
});

describe('the main thread never loads the addon', () => {
  const row = group();

  row(53, 'Workers alone load it, again and again', async ({ assert, worker }) => {
    for (let i = 0; i < 12; i++) {
      const { exitCode, result, error } = await worker(({ kernels, declare, healthy }, n: number) => {
        healthy();
        const { thread_call_count } = declare('fn thread_call_count() -> u64');
        const list = [n];
        kernels.add_one_i64!(list);
        return [list[0], thread_call_count!()];
      }, i).ended;
      assert.deepEqual([exitCode, error, result], [0, undefined, [i + 1, 1]]);
    }
    // Three Workers run at the same time, and end in any order.
    const running: ReturnType<typeof worker>[] = [];
    for (let i = 0; i < 12; i++) {
      running.push(worker(({ healthy }) => healthy()));
      if (running.length === 3) assert.equal((await running.shift()!.ended).exitCode, 0);
    }
    for (const each of running) assert.equal((await each.ended).exitCode, 0);
  });

  row(53, 'a Worker in a Worker in a Worker', async ({ assert, worker }) => {
    const { result } = await worker(async (tools) => {
      tools.healthy();
      const inner = await tools.worker(async (again) => {
        const innermost = await again.worker(({ healthy, kernels }) => (healthy(), kernels.add!(1, 2))).ended;
        return innermost.result;
      }).ended;
      tools.healthy();
      return inner.result;
    }).ended;
    assert.equal(result, 3);
  });
});

row(60, '32 Workers open the same file and use it at the same time', async ({ assert, worker, kernels }) => {
  const start = new Int32Array(new SharedArrayBuffer(4));
  const before = kernels.call_count!() as number;
  const workers = Array.from({ length: 32 }, (_, i) =>
    worker(
      ({ declare, kernels, healthy }, data: { start: Int32Array; i: number }) => {
        const lib = declare('fn count_call(); fn add_one_i64(v: &mut PyVec<i64>); fn fnv1a(s: &PyStr) -> u64', {
          bigint: true,
        });
        Atomics.wait(data.start, 0, 0);
        const list = [data.i, 0];
        for (let k = 0; k < 2000; k++) {
          lib.count_call!();
          lib.add_one_i64!(list);
          kernels.add_one_i64!(list);
        }
        healthy();
        return [list[0], lib.fnv1a!('the same')];
      },
      { start, i },
    ),
  );
  await Promise.all(workers.map(({ begun }) => begun));
  Atomics.store(start, 0, 1);
  Atomics.notify(start, 0);
  const ends = await Promise.all(workers.map(({ ended }) => ended));
  ends.forEach(({ exitCode, error, result }, i) => {
    assert.deepEqual([exitCode, error], [0, undefined]);
    assert.deepEqual(result, [i + 4000, (ends[0]!.result as unknown[])[1]]);
  });
  assert.equal(kernels.call_count!(), before + 64_000);
});
