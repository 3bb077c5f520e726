import { libraryPath } from '../../support/kernels';
import { runNode, runProgram } from '../../support/program';

const HEAD = `const { setTimeout: wait } = require('node:timers/promises');
  const { Worker } = require('node:worker_threads');
  const path = ${JSON.stringify(libraryPath('objects'))};
  const lib = new rustdll.RustDLL(path);
  const { Counter, Shelf } = lib;
  /** Collects until no more objects live than that, for at most some seconds. */
  async function untilLive(count) {
    for (let tries = 0; lib.live() > count && tries < 400; tries++) { gc(); await wait(5); }
    return lib.live();
  }
  const settled = (worker) => new Promise((resolve) => worker.on('exit', resolve));\n`;

/** Runs the body of an async function whose result is printed. */
function run(body: string, flags: readonly string[] = []): unknown {
  const source = `${HEAD}(async () => { ${body} })().then((value) => console.log(JSON.stringify(value)));`;
  return runProgram(source, ['--expose-gc', ...flags]);
}

test('a hundred thousand objects leave no memory behind, closed or collected', () => {
  const { live, grown } = run(`
    const round = async (count) => {
      for (let i = 0; i < count; i++) new Counter(i).close();
      const closed = lib.live();
      for (let i = 0; i < count; i += 1000) { Counter.many(1000); await wait(0); }
      return [closed, await untilLive(0)];
    };
    const memory = () => { gc(); gc(); const { heapUsed, external } = process.memoryUsage(); return heapUsed + external; };
    // The collector keeps its tables at the size that they once had for some time, so the least of several is compared.
    const least = async () => {
      let bytes = Infinity;
      const live = new Set();
      for (let i = 0; i < 3; i++) {
        for (const count of await round(100000)) live.add(count);
        bytes = Math.min(bytes, memory());
      }
      return { bytes, live };
    };
    const before = await least();
    const { bytes, live } = await least();
    return { live: [...live], grown: bytes - before.bytes };`) as { live: number[]; grown: number };
  expect(live).toEqual([0]);
  // Of 600,000 objects, of which each would keep some 10 bytes at the least.
  expect(grown).toBeLessThan(4 << 20);
});

/** Makes 2,000 objects and returns the most of them that were alive at a time, and how often the collector ran over the whole heap. */
const CROWD = `async (Class, live, forget) => {
  let collections = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { detail } of list.getEntries()) if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) collections++;
  });
  observer.observe({ entryTypes: ['gc'] });
  let most = 0;
  for (let i = 0; i < 2000; i++) {
    forget(new Class(1 << 20));
    most = Math.max(most, live());
    if (i % 10 === 0) await wait(0);
  }
  await wait(10);
  observer.disconnect();
  return [most, collections];
}`;

test('the collector is told of the memory of objects that nobody refers to, and of that of objects that are closed', () => {
  const [told, untold, closed] = run(`
    const { PerformanceObserver, constants } = require('node:perf_hooks');
    const crowd = ${CROWD};
    const ignore = () => undefined;
    return [
      await crowd(lib.Blob, lib.Blob.live, ignore),
      await crowd(Counter, lib.live, ignore),
      await crowd(lib.Blob, lib.Blob.live, (blob) => blob.close()),
    ];`) as [number, number][];
  expect((told as [number, number])[0]).toBeLessThan(1000);
  expect((told as [number, number])[1]).toBeGreaterThan(2);
  // Nothing makes the collector run for small objects, nor for memory that is gone already.
  expect((untold as [number, number])[0]).toBeGreaterThan(1000);
  expect((closed as [number, number])[1]).toBeLessThan((told as [number, number])[1]);
});

test('an object that another one keeps in Rust lives as long as that', () => {
  expect(
    run(`
      const shelf = new Shelf();
      for (let i = 0; i < 100; i++) shelf.put(new Counter(i));
      gc(); await wait(20); gc(); await wait(20);
      const kept = lib.live();
      const found = shelf.find(5).counter;
      shelf[Symbol.dispose]();
      const after = await untilLive(1);
      return [kept, after, found.count];`),
  ).toEqual([100, 1, 5]);
});

test('an object in use by a call in the background is not collected', () => {
  expect(
    run(`
      const results = await Promise.all(Array.from({ length: 50 }, (_, i) => {
        const call = new Counter(i).async.add_slowly(1, 2);
        gc();
        return call;
      }));
      return [results, await untilLive(0)];`),
  ).toEqual([Array.from({ length: 50 }, (_, i) => i + 1), 0]);
});

test('all objects are dropped when a Worker ends, however it ends', () => {
  expect(
    run(`
      const program = (rest) => \`
        const { RustDLL } = require(\${JSON.stringify(require.resolve('rustdll'))});
        const lib = new RustDLL(\${JSON.stringify(path)});
        globalThis.kept = lib.Counter.many(1000);
        const { parentPort } = require('node:worker_threads');
        parentPort.postMessage(lib.live());
        \${rest}\`;
      const outcomes = [];
      for (const rest of [
        '',
        'process.exit(3)',
        'for (;;) kept[0].add(1)',
        'setInterval(() => {}, 1000); for (const counter of kept) counter.async.add_slowly(1, 1)',
        'setInterval(() => {}, 1000); for (let i = 0; i < 300; i++) kept[0].async.add_slowly(1, 1)',
      ]) {
        const worker = new Worker(program(rest), { eval: true });
        await new Promise((resolve) => worker.once('message', resolve));
        if (rest.startsWith('for') || rest.startsWith('set')) { await wait(20); worker.terminate(); }
        await settled(worker);
        outcomes.push(await untilLive(0));
      }
      return outcomes;`),
  ).toEqual([0, 0, 0, 0, 0]);
});

test('a destructor that panics while the collector or the end of a Worker runs it', () => {
  const source = `${HEAD}
    process.on('uncaughtException', (error) => { console.log(error.name, error.message.split('\\n')[0]); process.exit(0); });
    (() => { new Counter(-1); })();
    (async () => { for (;;) { gc(); await wait(5); } })();`;
  const collected = runNode(['--expose-gc', '-e', `const rustdll = require('rustdll');\n${source}`]);
  expect(collected).toMatchObject({
    status: 0,
    stdout: 'RustPanic assertion `left != right` failed: a counter at -1 cannot be dropped\n',
  });
  expect(
    run(`
      const worker = new Worker(\`const { RustDLL } = require(\${JSON.stringify(require.resolve('rustdll'))});
        globalThis.kept = new (new RustDLL(\${JSON.stringify(path)}).Counter)(-1);\`, { eval: true });
      return [await settled(worker), new Counter(2).count];`),
  ).toEqual([0, 2]);
});

test('objects do not keep the process alive, and calls that wait for one do', () => {
  expect(
    run(`
      globalThis.kept = Counter.many(10);
      const last = Array.from({ length: 5 }, () => kept[0].async.add_slowly(1, 5)).at(-1);
      return last;`),
  ).toBe(5);
});
