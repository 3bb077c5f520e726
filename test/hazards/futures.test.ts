/** Futures that wait while environments end. */

import { group, type Tools } from '../support/hazards';

const row = group();

row(83, 'a Worker that is terminated while its futures wait: they are dropped', async ({ assert, open, worker }) => {
  const lib = open('futures_fixture');
  const guards = () => Number(lib.guards!());
  const program = async ({ open }: Tools, kind: number) => {
    const own = open('futures_fixture') as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    const gate = own.new_gate!();
    for (let k = 0; k < 50; k++) {
      if (kind === 0) void own.never!();
      else if (kind === 1) void own.pass!(gate);
      else if (kind === 2) void own.sleep!(100_000);
      else void own.spin!();
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  };
  for (let i = 0; i < 16; i++) {
    const running = worker(program, i % 4);
    await running.begun;
    await new Promise((resolve) => setTimeout(resolve, i));
    await running.thread.terminate();
    await running.ended;
  }
  for (let tries = 0; guards() !== 0 && tries < 400; tries++) await new Promise((go) => setTimeout(go, 5));
  assert.equal(guards(), 0);
});

row(99, 'a Worker that is terminated while futures wait for its answers', async ({ assert, open, worker }) => {
  const lib = open('futures_fixture');
  const guards = () => Number(lib.guards!());
  const program = async ({ open }: Tools, kind: number) => {
    const own = open('futures_fixture') as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    const never = () => new Promise(() => undefined);
    for (let k = 0; k < 50; k++) {
      void own.ask_each!(['a', 'b'], kind === 0 ? never : (text: string) => text);
      if (kind === 2) void own.ask_in_vain!(never);
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  };
  for (let i = 0; i < 12; i++) {
    const running = worker(program, i % 3);
    await running.begun;
    await new Promise((resolve) => setTimeout(resolve, i % 4));
    await running.thread.terminate();
    await running.ended;
  }
  for (let tries = 0; guards() !== 0 && tries < 400; tries++) await new Promise((go) => setTimeout(go, 5));
  assert.equal(guards(), 0);
});

row(119, 'futures are woken when their Worker has ended', async ({ assert, open, worker }) => {
  const lib = open('futures_fixture');
  const program = async ({ open }: Tools) => {
    const own = open('futures_fixture') as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    for (let k = 0; k < 20; k++) {
      void own.wakes!(2, 100);
      void own.join!([], k % 5);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  };
  for (let i = 0; i < 10; i++) {
    const running = worker(program);
    await running.begun;
    await running.thread.terminate();
    await running.ended;
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(await (lib as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>).add!(1, 2), 3);
});

row(87, 'the process waits for a future, unless its call was cancelled', ({ assert, paths, require }) => {
  const { spawnSync } = require('node:child_process') as typeof import('node:child_process');
  const run = (body: string) =>
    spawnSync(
      process.execPath,
      [
        '-e',
        `const { RustDLL } = require(${JSON.stringify(paths.root)});
         const lib = new RustDLL(${JSON.stringify(paths.futures_fixture)});
         ${body}`,
      ],
      { encoding: 'utf8', timeout: 20_000 },
    );
  const waited = run("lib.sleep(50).then(() => console.log('done'));");
  assert.deepEqual([waited.status, waited.stdout], [0, 'done\n']);
  const cancelled = run(`const gone = new AbortController();
    lib.never({ signal: gone.signal }).catch(() => console.log('gone'));
    setTimeout(() => gone.abort(), 10);`);
  assert.deepEqual([cancelled.status, cancelled.stdout], [0, 'gone\n']);
  const exited = run('lib.never(); lib.spin(); lib.sleep(100000); setTimeout(() => process.exit(7), 20);');
  assert.equal(exited.status, 7);
});
