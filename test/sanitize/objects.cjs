// Objects that stay in Rust, run with an instrumented addon and an instrumented library by scripts/test/sanitize.mjs.
//
// node objects.cjs <folder of the package> <objects>
'use strict';

const assert = require('node:assert/strict');
const { createRequire } = require('node:module');
const path = require('node:path');
const { setTimeout: wait } = require('node:timers/promises');
const { Worker, isMainThread, workerData, parentPort } = require('node:worker_threads');

const [folder, libPath] = isMainThread ? process.argv.slice(2) : workerData;
const { RustDLL } = createRequire(path.join(folder, 'package.json'))('rustdll');
const lib = new RustDLL(libPath);
const { Counter, Shelf } = lib;

function here() {
  const counters = Counter.many(500);
  assert.equal(lib.total(counters, counters[1]), (499 * 500) / 2 + 1);
  const shelf = new Shelf();
  for (const counter of counters) shelf.put(counter);
  for (let i = 0; i < counters.length; i += 2) counters[i].close();
  assert.equal(shelf.find(4).counter.add(1), 5);
  assert.throws(() => counters[0].add(1), { code: 'ERR_RUSTDLL_RELEASED' });
  assert.throws(() => counters[1].merge(counters[1]), { code: 'ERR_RUSTDLL_BUSY' });
  assert.throws(() => Counter.parse('x'));
  assert.throws(() => counters[1].explode());
  assert.equal(counters[3].finish(), 3);
  assert.equal(lib.chosen(lib.choose([counters[5], counters[7]])).length, 2);
  assert.throws(() => new Counter(-1).close());
  let seen = 0;
  for (const counter of shelf.each()) if (counter instanceof Counter && ++seen > 40) break;
  shelf[Symbol.dispose]();
  assert.equal([...lib.texts(1000, 5)].length, 1000);
  for (const piece of lib.pieces(1e6, 1000)) if (piece[0] === 200) break;
  assert.throws(() => [...lib.integers('1 2 x')]);
  assert.throws(() => [...lib.panicking(50)]);
  for (let i = 0; i < 100; i++) lib.below(1000).next();
}

async function elsewhere() {
  const counter = new Counter(0);
  const controller = new AbortController();
  const calls = Array.from({ length: 300 }, (_, i) =>
    i % 3 === 0 ? counter.async.add(1) : counter.async.read_slowly(0, { signal: controller.signal }),
  );
  const given = Array.from({ length: 50 }, () => Counter.async.many(20, { signal: controller.signal }));
  counter.close();
  await wait(1);
  controller.abort();
  await Promise.allSettled([...calls, ...given]);
}

async function main() {
  for (let i = 0; i < 5; i++) {
    here();
    await elsewhere();
    globalThis.gc?.();
  }
  for (let i = 0; i < 6; i++) {
    const worker = new Worker(__filename, { workerData: [folder, libPath] });
    await new Promise((resolve) => worker.once('message', resolve));
    if (i % 2 === 0) await wait(5 * i);
    await worker.terminate();
  }
  console.log('objects: done');
}

if (isMainThread) {
  void main();
} else {
  globalThis.kept = Counter.many(200);
  for (const counter of globalThis.kept) void counter.async.add_slowly(1, 1);
  for (let i = 0; i < 50; i++) void globalThis.kept[0].async.add_slowly(1, 1);
  parentPort.postMessage('ready');
  here();
}
