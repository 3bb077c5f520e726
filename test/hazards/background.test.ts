/** Calls in the background whose environment ends, whose buffers are detached, or for which there is no memory. */

import { group, runScript, type Tools } from '../support/hazards';

const linux = process.platform === 'linux';
const row = group();

type Call = (...args: unknown[]) => Promise<unknown>;

row(31, 'a buffer that is transferred during the call: the call has a copy', async ({ assert, exported }) => {
  const { copy_into, sum } = exported.async as Record<string, Call>;
  const from = new Float64Array([1, 2, 3]);
  const call = sum!(from);
  structuredClone(from.buffer, { transfer: [from.buffer] });
  assert.equal(await call, 6);
  const to = new Float64Array(3);
  await copy_into!([4, 5, 6], to);
  assert.deepEqual([...to], [4, 5, 6]);
});

row(32, 'one buffer in two calls at once: each has a copy', async ({ assert, exported }) => {
  const { normalize, sum } = exported.async as Record<string, Call>;
  const view = new Float64Array([1, 3]);
  const list = [1, 3];
  const results = await Promise.all([normalize!(view), normalize!(list), sum!(view), sum!(list), normalize!(view)]);
  assert.deepEqual(results, [undefined, undefined, 4, 4, undefined]);
  assert.deepEqual([...view, ...list], [0.25, 0.75, 0.25, 0.75]);
});

row(33, 'close() while a call is under way: the call finishes', async ({ assert, paths, rustdll }) => {
  const library = new rustdll.RustDLL(paths.exported);
  const { sleep_ms } = library.async as Record<string, Call>;
  const calls = Array.from({ length: 20 }, (_, i) => sleep_ms!(5, `call ${i}`));
  library.close();
  assert.deepEqual(
    await Promise.all(calls),
    Array.from({ length: 20 }, (_, i) => `call ${i}`),
  );
  const error = await sleep_ms!(1, '').catch((error: unknown) => error);
  assert.equal((error as { code: string }).code, 'ERR_RUSTDLL_CLOSED');
});

row(77, 'lists and objects that change while the call is under way', async ({ assert, exported }) => {
  const { echo_points, echo_map_map } = exported.async as Record<string, Call>;
  const points = [{ x: 1, y: 2, label: 'a' }];
  const map: Record<string, Record<string, number>> = { a: { b: 1 } };
  const calls = [echo_points!(points), echo_map_map!(map)];
  points[0]!.label = 'changed';
  points.push({ x: 0, y: 0, label: '' });
  delete map.a;
  assert.deepEqual(await Promise.all(calls), [[{ x: 1, y: 2, label: 'a' }], { a: { b: 1 } }]);
});

row(
  82,
  'a Worker that is terminated with calls queued, running and made',
  async ({ assert, exported, worker, env }) => {
    const cycles = Number(env.RUSTDLL_HAZARD_CYCLES ?? 60);
    const program = async ({ exported }: Tools, kind: number) => {
      const calls = exported.async as Record<string, (...args: unknown[]) => Promise<unknown>>;
      const controller = new AbortController();
      const list = new Array<number>(1000).fill(1);
      for (;;) {
        const under: Promise<unknown>[] = [];
        for (let i = 0; i < 200; i++) {
          if (kind === 0) under.push(calls.add_f64!(i, 1));
          else if (kind === 1) under.push(calls.sleep_ms!(20, 'a text'.repeat(100)));
          else if (kind === 2) under.push(calls.normalize!(list));
          else if (kind === 3) under.push(calls.many_strings!(500));
          else under.push(calls.echo_string!('x'.repeat(1000), { signal: controller.signal }));
        }
        if (kind === 4 && Math.random() < 0.5) controller.abort();
        await Promise.allSettled(under);
      }
    };
    for (let i = 0; i < cycles; i++) {
      const running = worker(program, i % 5);
      await running.begun;
      if (i % 3 !== 0) await new Promise((resolve) => setTimeout(resolve, i % 11));
      const began = performance.now();
      await running.thread.terminate();
      const took = performance.now() - began;
      assert.ok(took < 5000, `${took} ms to terminate`);
      const { exitCode } = await running.ended;
      assert.equal(exitCode, 1);
    }
    // Calls in the queue were dropped, and the threads are free for other calls.
    assert.equal(await (exported.async as Record<string, Call>).add_f64!(1, 2), 3);
  },
);

row(81, 'a result of 256 MB: one ArrayBuffer, and its memory is given back', async ({ assert, exported }) => {
  const { zero_bytes } = exported.async as Record<string, Call>;
  for (let i = 0; i < 4; i++) {
    const bytes = (await zero_bytes!(2 ** 28)) as Uint8Array;
    assert.equal(bytes.length, 2 ** 28);
    assert.equal(bytes.buffer.byteLength, 2 ** 28);
  }
  const controller = new AbortController();
  const dropped = zero_bytes!(2 ** 28, { signal: controller.signal }).catch((error: unknown) => error);
  controller.abort();
  await dropped;
  assert.ok(process.memoryUsage().rss < 2 ** 31, String(process.memoryUsage().rss));
});

row(123, 'two copies of the package: each completes its own calls', async ({ assert, paths, require, rustdll }) => {
  const path = require('node:path') as typeof import('node:path');
  const folder = path.join(paths.root, 'dist');
  for (const file of Object.keys(require.cache)) if (file.startsWith(folder)) delete require.cache[file];
  const other = require(path.join(folder, 'index.js')) as typeof rustdll;
  assert.notEqual(other.RustDLL, rustdll.RustDLL);
  const calls = [rustdll, other].map(({ RustDLL }) => new RustDLL(paths.exported).async as Record<string, Call>);
  const results = await Promise.all(
    Array.from({ length: 2000 }, (_, i) => calls[i % 2]!.echo_string!(`${i} ${'x'.repeat(i % 400)}`)),
  );
  results.forEach((result, i) => assert.equal(result, `${i} ${'x'.repeat(i % 400)}`));
});

row(103, 'a flood of calls leaves the event loop its turns, and no memory behind', async ({ assert, exported }) => {
  const { add_f64 } = exported.async as Record<string, Call>;
  const flood = async (count: number) => {
    for (let i = 0; i < count; i += 1000) await Promise.all(Array.from({ length: 1000 }, () => add_f64!(1, 2)));
  };
  await flood(20_000);
  const before = process.memoryUsage().rss;
  let ticks = 0;
  const timer = setInterval(() => ticks++, 5);
  await flood(200_000);
  clearInterval(timer);
  assert.ok(ticks > 5, `${ticks} ticks`);
  const grown = process.memoryUsage().rss - before;
  assert.ok(grown < 60e6, `${grown} bytes more`);
});

(linux ? describe : describe.skip)('memory that is not there', () => {
  const row = group();

  row(80, 'there is no memory for the copies', async ({ assert, exported, rustdll, require }) => {
    const fs = require('node:fs') as typeof import('node:fs');
    const { sum } = exported.async as Record<string, Call>;
    const list = new Float64Array(2 ** 27);
    assert.equal(await sum!(list.subarray(0, 10)), 0);
    // The limit is the memory in use, and a little more for the engine itself.
    const limit = 1024 * Number(/^VmSize:\s+(\d+)/m.exec(fs.readFileSync('/proc/self/status', 'utf8'))![1]) + 2 ** 28;
    (require('node:child_process') as typeof import('node:child_process')).execFileSync('prlimit', [
      `--pid=${process.pid}`,
      `--as=${limit}`,
    ]);
    const error = (await sum!(list).catch((error: unknown) => error)) as Error & { code: string };
    assert.equal(error.code, 'ERR_RUSTDLL_MEMORY');
    assert.match(error.message, /^sum: /);
    assert.ok(error instanceof RangeError);
    assert.equal(await sum!([1, 2]), 3);
    assert.equal(rustdll.RustDLL.threadUse.busy, 0);
  });
});

describe('ends of the process', () => {
  /** The time in which the process has to end, although a thread sleeps for a minute. */
  const IN_TIME_MS = 30_000;

  function ended(script: (tools: Tools) => void | Promise<void>): {
    code: number | null;
    took: number;
    stdout: string;
  } {
    const began = performance.now();
    const { code, stdout, stderr } = runScript(script);
    expect(stderr).toBe('');
    return { code, stdout, took: performance.now() - began };
  }

  test('fault 52: process.exit while calls are under way', () => {
    const { code, took } = ended(async ({ exported }) => {
      const { sleep_ms, add_f64 } = exported.async as Record<string, Call>;
      for (let i = 0; i < 10; i++) void sleep_ms!(60_000, '');
      for (let i = 0; i < 1000; i++) void add_f64!(1, 2);
      await new Promise((resolve) => setTimeout(resolve, 20));
      process.exit(7);
    });
    expect(code).toBe(7);
    expect(took).toBeLessThan(IN_TIME_MS);
  });

  test('fault 86: an exception that nobody catches while calls are under way', () => {
    const { code, stderr } = runScript(async ({ exported }) => {
      const { sleep_ms } = exported.async as Record<string, Call>;
      void sleep_ms!(60_000, '');
      await new Promise((resolve) => setTimeout(resolve, 20));
      setImmediate(() => {
        throw new Error('nobody catches this');
      });
      await new Promise(() => undefined);
    });
    expect(code).not.toBe(0);
    expect(stderr).toContain('nobody catches this');
  });

  test('fault 87: the process lives until its calls are made, and not for those that were cancelled', () => {
    const waited = ended(({ exported }) => {
      const { sleep_ms } = exported.async as Record<string, Call>;
      void sleep_ms!(100, 'made').then((text) => process.stdout.write(`${String(text)}\n`));
    });
    expect(waited).toMatchObject({ code: 0, stdout: 'made\n' });
    const cancelled = ended(({ exported }) => {
      const { sleep_ms } = exported.async as Record<string, Call>;
      const controller = new AbortController();
      for (let i = 0; i < 10; i++) {
        sleep_ms!(60_000, '', { signal: controller.signal }).catch(() => process.stdout.write('.'));
      }
      setTimeout(() => controller.abort(), 20);
    });
    expect(cancelled).toMatchObject({ code: 0, stdout: '..........' });
    expect(cancelled.took).toBeLessThan(IN_TIME_MS);
  });

  (linux ? test : test.skip)('fault 122: the system gives no thread', () => {
    const { code } = ended(async ({ assert, exported, require }) => {
      const fs = require('node:fs') as typeof import('node:fs');
      const { execFileSync } = require('node:child_process') as typeof import('node:child_process');
      const { add_f64 } = exported.async as Record<string, Call>;
      const limitMemory = (bytes: string) => execFileSync('prlimit', [`--pid=${process.pid}`, `--as=${bytes}:`]);
      // The rest is smaller than the stack of a thread.
      const size = 1024 * Number(/^VmSize:\s+(\d+)/m.exec(fs.readFileSync('/proc/self/status', 'utf8'))![1]);
      limitMemory(String(size + 2 ** 22));
      const calls = [add_f64!(1, 2), add_f64!(3, 4)];
      for (const call of calls) {
        const error = (await call.catch((error: unknown) => error)) as Error & { code: string };
        assert.equal(error.code, 'ERR_RUSTDLL_MEMORY');
        assert.equal(error.message, 'add_f64: there is no thread for a call in the background');
      }
      limitMemory('unlimited');
      assert.equal(await add_f64!(1, 2), 3);
    });
    expect(code).toBe(0);
  });
});
