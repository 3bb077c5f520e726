/** Exported functions in Worker threads that are terminated during calls. */

import { group, type Tools } from '../support/hazards';

const row = group();

row(
  51,
  'eight Workers at once, terminated at any moment, again and again',
  async ({ assert, env, faults, healthy, require, worker }) => {
    const fs = require('node:fs') as typeof import('node:fs');
    const cycles = Number(env.RUSTDLL_HAZARD_CYCLES ?? 16);
    const program = ({ faults: library }: Tools, kind: number) => {
      const item = library.nested_items!(3) as Record<string, unknown>;
      const items = Array.from({ length: 20 }, (_, i) => ({ ...item, name: `item ${i}` }));
      const many = Array.from({ length: 300 }, () => item);
      const [a, b] = [new Float64Array(100_000).fill(1), new Float64Array(100_000)];
      const attempt = (call: () => unknown) => {
        try {
          call();
        } catch {
          // An exception is expected.
        }
      };
      for (;;) {
        switch (kind) {
          case 0:
            library.echo_items!(items, 'Well');
            break;
          case 1:
            library.echo_items!(many, 'Well');
            break;
          case 2:
            library.exchange!(a, b);
            break;
          case 3:
            library.large!('é', 5000);
            break;
          case 4:
            attempt(() => library.echo_items!(items, 'Panic'));
            attempt(() => library.echo_items!(items, 'Failure'));
            attempt(() => library.not_texts!(['a']));
            break;
          case 5:
            library.spin_ms!(1);
            break;
          case 6:
            new (library.constructor as new (path: string) => { close(): void })(library.path).close();
            break;
          default: {
            const get = () => library.concat!('a', 'é', 'c', ['d'], 'e', 'f', 'g') as unknown;
            library.echo_items!([Object.defineProperty({ ...item }, 'name', { get, enumerable: true })], 'Well');
          }
        }
      }
    };
    const measure = () => ({
      rss: process.memoryUsage().rss,
      maps: process.platform === 'linux' ? fs.readFileSync('/proc/self/maps', 'utf8').split('\n').length : 0,
    });
    const cycle = async (i: number) => {
      const running = worker(program, i % 8);
      await running.begun;
      if (i % 3 !== 0) await new Promise((resolve) => setTimeout(resolve, i % 11));
      await running.thread.terminate();
      const { exitCode, error } = await running.ended;
      assert.deepEqual([exitCode, error], [1, undefined]);
    };
    const cycleOf = async (first: number, count: number) => {
      for (let i = 0; i < count; i++) await cycle(first + 8 * i);
    };
    const allAtOnce = (count: number) => Promise.all(Array.from({ length: 8 }, (_, first) => cycleOf(first, count)));
    await allAtOnce(1);
    healthy();
    const before = measure();
    const live = faults.live_blocks!() as number;
    await allAtOnce(cycles / 8);
    const after = measure();
    healthy();
    assert.ok(after.maps - before.maps < 60 + cycles / 10, JSON.stringify({ before, after }));
    assert.ok(after.rss - before.rss < 128e6 + cycles * 50_000, JSON.stringify({ before, after }));
    // A result that a Worker has not taken is released with its environment.
    assert.ok((faults.live_blocks!() as number) - live <= 8, String((faults.live_blocks!() as number) - live));
  },
);

row(60, '8 Workers open the same file and use it at the same time', async ({ assert, worker, exported }) => {
  const start = new Int32Array(new SharedArrayBuffer(4));
  const before = exported.touched!() as number;
  const workers = Array.from({ length: 8 }, (_, i) =>
    worker(
      ({ exported: library, healthy }, data: { start: Int32Array; i: number }) => {
        const points = [{ x: data.i, y: 0, label: `é ${data.i}` }];
        Atomics.wait(data.start, 0, 0);
        const errors: unknown[] = [];
        for (let k = 0; k < 300; k++) {
          library.touch!(points);
          const [back] = library.echo_points!(points) as [{ x: number; label: string }];
          if (back.x !== data.i || back.label !== `é ${data.i}`) throw new Error(JSON.stringify(back));
          try {
            library.panic_string!(`panic ${data.i}`);
          } catch (error) {
            if ((error as Error).message !== `panic ${data.i}`) throw error;
            errors.push((error as { location?: string }).location);
          }
          if (k % 3 === 0) library.zeros!(40_000);
        }
        healthy();
        return new Set(errors).size;
      },
      { start, i },
    ),
  );
  await Promise.all(workers.map(({ begun }) => begun));
  Atomics.store(start, 0, 1);
  Atomics.notify(start, 0);
  for (const { exitCode, error, result } of await Promise.all(workers.map(({ ended }) => ended))) {
    assert.deepEqual([exitCode, error, result], [0, undefined, 1]);
  }
  assert.equal(exported.touched!(), before + 2400);
});

describe('the main thread never loads the addon', () => {
  const row = group();

  row(53, 'Workers alone load it and call exported functions, again and again', async ({ assert, worker }) => {
    const running: ReturnType<typeof worker>[] = [];
    for (let i = 0; i < 6; i++) {
      running.push(
        worker(({ exported, healthy, throws }, n: number) => {
          healthy();
          throws(() => exported.panic_str!(), { type: 'RustPanic', message: /^a string slice$/ });
          throws(() => exported.fail_code!(), { type: 'RustError', code: 'E_SHAPE' });
          healthy();
          return exported.centroid!([{ x: n, y: 1 }]);
        }, i),
      );
      if (running.length === 3) {
        const { exitCode, error, result } = await running.shift()!.ended;
        assert.deepEqual([exitCode, error, result], [0, undefined, { x: i - 2, y: 1, label: null }]);
      }
    }
    for (const each of running) assert.equal((await each.ended).exitCode, 0);
  });
});

row(51, 'process.exit and errors in Workers while arguments are read', async ({ assert, worker }) => {
  for (let i = 0; i < 4; i++) {
    const leaving = worker(({ exported }) => {
      exported.echo_points!([
        Object.defineProperty({ x: 1, label: 'a' }, 'y', { get: () => process.exit(7), enumerable: true }),
      ]);
    });
    const failing = worker(({ exported }) => exported.fail_boxed!());
    const panicking = worker(({ exported }) => exported.panic_str!());
    assert.equal((await leaving.ended).exitCode, 7);
    const { exitCode, error } = await failing.ended;
    assert.deepEqual([exitCode, error?.message], [1, 'no sandwich']);
    assert.deepEqual([(await panicking.ended).exitCode, (await panicking.ended).error?.message], [1, 'a string slice']);
  }
});

row(17, 'values ten thousand deep, on the small stacks of Workers', async ({ assert, worker }) => {
  for (const stackSizeMb of [4, 1, 0.5]) {
    const { exitCode, error, result } = await worker(
      ({ exported, healthy }, depth: number) => {
        let tree: object = { name: 'top', children: [] };
        let expression: object = { type: 'Number', value: 1 };
        for (let i = 1; i < depth; i++) {
          tree = { name: 'é', children: [tree] };
          expression = { type: 'Negate', of: expression };
        }
        const value = exported.evaluate!(expression);
        let height = 0;
        interface Tree {
          readonly children: Tree[];
        }
        for (let at: Tree | undefined = exported.echo_tree!(tree) as Tree; at !== undefined; at = at.children[0]) {
          height++;
        }
        exported.deep!(depth);
        healthy();
        return [value, height];
      },
      10_000,
      { stackSizeMb },
    ).ended;
    assert.deepEqual([exitCode, error, result], [0, undefined, [-1, 10_000]]);
  }
});

row(17, 'values ten thousand deep, where little of the stack is left', ({ assert, exported, healthy }) => {
  let tree: object = { name: 'top', children: [] };
  for (let i = 1; i < 10_000; i++) tree = { name: 'é', children: [tree] };
  let done = 0;
  // The function is called at every depth of the stack, until the engine throws.
  const descend = (left: number): void => {
    if (left > 0) descend(left - 1);
    else {
      exported.echo_tree!(tree);
      exported.deep!(10_000);
      done++;
    }
  };
  let frames = 1;
  for (; frames < 1e6; frames *= 2) {
    try {
      descend(frames);
    } catch (error) {
      assert.ok(error instanceof RangeError);
      break;
    }
  }
  for (let k = 0; k < 10; k++) {
    try {
      descend(frames / 2 + (k * frames) / 20);
    } catch (error) {
      assert.ok(error instanceof RangeError);
    }
    healthy();
  }
  assert.ok(done > 5);
});
