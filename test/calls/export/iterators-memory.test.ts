import { libraryPath } from '../../support/kernels';
import { runProgram } from '../../support/program';

const HEAD = `const { setTimeout: wait } = require('node:timers/promises');
  const { Worker } = require('node:worker_threads');
  const path = ${JSON.stringify(libraryPath('objects'))};
  const lib = new rustdll.RustDLL(path);
  const live = () => lib.iterators()[0];
  /** Collects until no more iterators live than that, for at most some seconds. */
  async function untilLive(count) {
    for (let tries = 0; live() > count && tries < 400; tries++) { gc(); await wait(5); }
    return live();
  }\n`;

/** Runs the body of an async function whose result is printed. */
function run(body: string): unknown {
  const source = `${HEAD}(async () => { ${body} })().then((value) => console.log(JSON.stringify(value)));`;
  return runProgram(source, ['--expose-gc']);
}

test('a hundred thousand iterators leave no memory behind, left at once, at the end, or collected', () => {
  const { left, grown } = run(`
    const round = async (count) => {
      for (let i = 0; i < count; i++) for (const item of lib.texts(1000, 10)) break;
      for (let i = 0; i < count; i++) for (const item of lib.texts(2, 10));
      const closed = live();
      for (let i = 0; i < count; i++) { lib.texts(3, 10).next(); if (i % 1000 === 0) await wait(0); }
      return [closed, await untilLive(0)];
    };
    const memory = () => { gc(); gc(); const { heapUsed, external } = process.memoryUsage(); return heapUsed + external; };
    // The collector keeps its tables at the size that they once had for some time, so the least of several is compared.
    const left = new Set();
    const least = async () => {
      let bytes = Infinity;
      for (let i = 0; i < 3; i++) {
        for (const count of await round(33334)) left.add(count);
        bytes = Math.min(bytes, memory());
      }
      return bytes;
    };
    const before = await least();
    const grown = (await least()) - before;
    return { left: [...left], grown };`) as { left: number[]; grown: number };
  expect(left).toEqual([0]);
  expect(grown).toBeLessThan(4 << 20);
});

test('a long iterator of large items takes the memory of few of them', () => {
  const grown = run(`
    const before = process.memoryUsage.rss();
    let most = 0;
    let bytes = 0;
    for (const piece of lib.pieces(4000, 1 << 20)) {
      bytes += piece.length;
      if (bytes % (100 << 20) === 0) { gc(); await wait(0); most = Math.max(most, process.memoryUsage.rss() - before); }
    }
    if (bytes !== 4000 * 2 ** 20) throw new Error(String(bytes));
    return most;`);
  expect(grown).toBeLessThan(512 << 20);
});

test('all iterators are dropped when a Worker ends, however it ends', () => {
  expect(
    run(`
      const program = (rest) => \`
        const { RustDLL } = require(\${JSON.stringify(require.resolve('rustdll'))});
        const lib = new RustDLL(\${JSON.stringify(path)});
        globalThis.kept = Array.from({ length: 1000 }, () => lib.texts(1000, 1));
        for (const iterator of kept) iterator.next();
        const { parentPort } = require('node:worker_threads');
        parentPort.postMessage(lib.iterators()[0]);
        \${rest}\`;
      const outcomes = [];
      for (const rest of ['', 'process.exit(3)', 'for (;;) for (const item of lib.below(1e9));', 'setInterval(() => {}, 1000)']) {
        const worker = new Worker(program(rest), { eval: true });
        const ended = new Promise((resolve) => worker.on('exit', resolve));
        const there = await new Promise((resolve) => worker.once('message', resolve));
        if (/^(for|set)/.test(rest)) { await wait(20); worker.terminate(); }
        await ended;
        outcomes.push([there, await untilLive(0)]);
      }
      return outcomes;`),
  ).toEqual([
    [1000, 0],
    [1000, 0],
    [1000, 0],
    [1000, 0],
  ]);
});
