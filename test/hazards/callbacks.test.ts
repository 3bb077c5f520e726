/** Functions of JavaScript that Rust calls while environments end, threads wait and queues are full. */

import { group, runScript, type Tools } from '../support/hazards';

const row = group();

type Call = (...args: unknown[]) => Promise<unknown>;

row(
  84,
  'a Worker that is terminated while threads wait in its callbacks: they wake, and their destructors run',
  async ({ assert, open, worker }) => {
    const lib = open('callbacks');
    const guards = () => Number(lib.guards!());
    const before = guards();
    const program = async ({ open }: Tools, kind: number) => {
      const own = open('callbacks');
      const calls = own.async as Record<string, (...args: unknown[]) => Promise<unknown>>;
      const never = () => new Promise(() => undefined);
      for (let k = 0; k < 4; k++) {
        if (kind === 0) void calls.apply!(never, 1);
        else if (kind === 1) own.call_apart!(never);
        else if (kind === 2) void calls.on_thread!(never, 1);
        else void calls.on_threads!(2, 1000, (x: number) => x);
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    };
    for (let i = 0; i < 12; i++) {
      const running = worker(program, i % 4);
      await running.begun;
      await new Promise((resolve) => setTimeout(resolve, 10 + (i % 5)));
      await running.thread.terminate();
      await running.ended;
    }
    for (let tries = 0; guards() !== before && tries < 400; tries++) await new Promise((go) => setTimeout(go, 5));
    assert.equal(guards(), before);
    assert.equal(await (lib.async as Record<string, Call>).apply!((x: number) => x, 3), 3);
  },
);

row(85, 'a Worker that is terminated while threads wait for room in its queue', async ({ assert, open, worker }) => {
  const lib = open('callbacks');
  const guards = () => Number(lib.guards!());
  const before = guards();
  const program = ({ open }: Tools) => {
    const own = open('callbacks');
    for (let k = 0; k < 3; k++) own.flood!(() => undefined);
    // The queue fills, as nobody takes anything from it.
    const until = Date.now() + 50;
    while (Date.now() < until);
  };
  for (let i = 0; i < 6; i++) {
    const running = worker(program);
    await running.begun;
    await new Promise((resolve) => setTimeout(resolve, 20 * i));
    await running.thread.terminate();
    await running.ended;
  }
  for (let tries = 0; guards() !== before && tries < 400; tries++) await new Promise((go) => setTimeout(go, 5));
  assert.equal(guards(), before);
});

row(103, 'threads that post faster than JavaScript: timers and memory are as before', async ({ assert, open }) => {
  const lib = open('callbacks');
  let seen = 0;
  let next = 0;
  let isOrdered = true;
  lib.flood!((count: number) => {
    isOrdered &&= count === next++;
    seen++;
  });
  const memory = () => process.memoryUsage().rss;
  await new Promise((resolve) => setTimeout(resolve, 100));
  const before = memory();
  let latest = 0;
  for (let k = 0; k < 50; k++) {
    const began = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 10));
    latest = Math.max(latest, performance.now() - began);
  }
  assert.ok(seen > 4096, String(seen));
  assert.ok(isOrdered);
  // The machine may be busy with something else.
  assert.ok(latest < 2000, `${latest} ms`);
  assert.ok(memory() - before < 64 * 2 ** 20, `${memory() - before} bytes more`);
});

row(104, 'a callback that Rust has dropped on another thread can be collected', async ({ assert, gc, open }) => {
  const lib = open('callbacks');
  let watched = undefined as WeakRef<object> | undefined;
  const keepOne = () => {
    const f = (x: number) => x;
    watched = new WeakRef(f);
    lib.keep!(f);
  };
  keepOne();
  await new Promise((resolve) => setTimeout(resolve, 5));
  gc();
  assert.ok(watched?.deref());
  lib.drop_kept_on_thread!();
  for (let tries = 0; watched?.deref() && tries < 100; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    gc();
  }
  assert.equal(watched?.deref(), undefined);
});

row(96, 'an exception in a posted callback is an uncaught one, and the others go on', async ({ assert, open }) => {
  const lib = open('callbacks');
  const caught: unknown[] = [];
  const note = (error: unknown) => caught.push(error);
  process.on('uncaughtException', note);
  let seen = 0;
  await (lib.async as Record<string, Call>).post!(1, 10, (_: number, k: number) => {
    seen++;
    if (k % 5 === 0) throw new Error(`posted ${k}`);
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.off('uncaughtException', note);
  assert.equal(seen, 10);
  assert.deepEqual(
    caught.map((error) => (error as Error).message),
    ['posted 0', 'posted 5'],
  );
});

describe('in a process of its own', () => {
  const ended = (script: (tools: Tools) => void | Promise<void>) => {
    const { code, stdout } = runScript(script);
    return { code, stdout };
  };

  test('fault 88: a callback alone does not keep the process alive, unless Rust says so', () => {
    expect(
      ended(({ open }) => {
        const lib = open('callbacks');
        lib.keep!(() => process.stdout.write('called'));
        lib.call_kept_later!(1, 60_000);
      }),
    ).toMatchObject({ code: 0, stdout: '' });
    expect(
      ended(({ open }) => {
        const lib = open('callbacks');
        lib.keep!((x: number) => {
          process.stdout.write('called');
          return x;
        });
        lib.keep_alive!(true);
        lib.call_kept_later!(1, 100);
      }),
    ).toMatchObject({ code: 0, stdout: 'called' });
  });

  test('fault 95: a function that throws through a library with panic = "abort" ends the process', () => {
    // With a Result there is nothing to unwind.
    expect(
      ended(({ assert, open }) => {
        const lib = open('aborting');
        const told = lib.caught_callback!(() => {
          throw new Error('mine');
        });
        assert.equal(told, 'Error: mine');
      }),
    ).toMatchObject({ code: 0 });
    const { code, signal } = runScript(({ open }) => {
      open('aborting').uncaught_callback!(() => {
        throw new Error('mine');
      });
    });
    expect([code, signal === null]).not.toEqual([0, true]);
  });
});
