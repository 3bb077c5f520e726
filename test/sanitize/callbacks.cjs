// Functions of JavaScript that Rust calls, run with an instrumented addon and an instrumented library by
// scripts/test/sanitize.mjs: arguments and results of all sizes, calls from within callbacks, what is thrown, other threads,
// posts, and Workers that end in the middle of it.
//
// node callbacks.cjs <folder of the package> <callbacks>
'use strict';

const assert = require('node:assert/strict');
const { createRequire } = require('node:module');
const path = require('node:path');
const { setTimeout: wait } = require('node:timers/promises');
const { Worker, isMainThread, workerData } = require('node:worker_threads');

const [folder, libPath] = isMainThread ? process.argv.slice(2) : workerData;
const { RustDLL } = createRequire(path.join(folder, 'package.json'))('rustdll');
const lib = new RustDLL(libPath);

function exchange() {
  for (const count of [0, 1, 31, 33, 65, 5000]) {
    const result = lib.large(count, (list, text) => {
      assert.equal(text.length, count);
      lib.between('in', [1], () => {
        lib.large(count, (other) => other.map(String));
      });
      return list.map(String);
    });
    assert.equal(result.length, count);
  }
  const numbers = [1, 2];
  assert.equal(
    lib.between('outer', numbers, () => lib.between('a longer one', [5], () => undefined)),
    'outer!',
  );
  assert.deepEqual(numbers, [2, 3]);
  const mine = new Error('mine');
  const throwing = () => {
    throw mine;
  };
  for (const call of [() => lib.apply(throwing, 1), () => lib.passed_on(throwing)]) assert.throws(call, mine);
  assert.equal(lib.caught(throwing), 'Error / mine / None');
  const recurse = (x) => lib.apply(recurse, x);
  assert.throws(() => recurse(1), RangeError);
  assert.equal(
    lib.through((counter) => new lib.Counter(counter.count + 1)),
    2,
  );
  lib.keep((x) => x);
  assert.equal(lib.call_kept(2), 2);
  lib.drop_kept_on_thread();
}

async function onThreads() {
  assert.equal(await lib.async.on_threads(4, 200, async (x) => x), 319600);
  let seen = 0;
  assert.equal(await lib.async.post(4, 3000, () => seen++), 12000);
  assert.equal(seen, 12000);
  const controller = new AbortController();
  const never = lib.async.apply(() => new Promise(() => undefined), 1, { signal: controller.signal });
  setTimeout(() => controller.abort(), 10);
  await assert.rejects(never, { name: 'AbortError' });
}

async function endInTheMiddle() {
  lib.flood(() => undefined);
  lib.call_apart(() => new Promise(() => undefined));
  for (let k = 0; k < 4; k++) void lib.async.on_threads(2, 1e6, (x) => x);
  exchange();
  await wait(1e6);
}

async function main() {
  for (let round = 0; round < 10; round++) exchange();
  await onThreads();
  for (let k = 0; k < 4; k++) {
    const worker = new Worker(__filename, { workerData: [folder, libPath] });
    await wait(200 + 40 * k);
    await worker.terminate();
  }
  await onThreads();
  for (let tries = 0; lib.guards() > 0 && tries < 200; tries++) {
    global.gc?.();
    await wait(10);
  }
}

void (isMainThread ? main() : endInTheMiddle());
