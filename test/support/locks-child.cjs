'use strict';

// Has 16 Workers call at once, and writes as JSON how many locks the process takes for each call of each kind; see
// test/hazards/worker-locks.test.ts.
//
//     LD_PRELOAD=locks.so node locks-child.cjs <the package> <the exported library> <locks.so>

const { once } = require('node:events');
const { isMainThread, parentPort, Worker } = require('node:worker_threads');

const [, , entry, file, locks] = process.argv;
const { RustDLL } = require(entry);

const WORKERS = 16;
const CALLS = 1000;

const list = Array.from({ length: 100 }, (_, k) => k + 0.5);
const points = [{ x: 1.5, y: 2.5, label: 'here' }];
const KINDS = {
  numbers: (lib) => lib.echo_f64(1.5),
  strings: (lib) => lib.repeat('a string', 2),
  lists: (lib) => lib.sum(list),
  records: (lib) => lib.touch(points),
  // This one shows that locks are counted.
  'a lock': (_lib, counter) => counter.take_lock(),
};

const counter = new RustDLL(locks).declare('fn locks_taken() -> f64; fn take_lock()');

if (isMainThread) {
  void (async () => {
    const workers = Array.from({ length: WORKERS }, () => new Worker(__filename, { argv: process.argv.slice(2) }));
    /** Lets all Workers make calls, and returns the locks that were taken meanwhile. */
    const takenBy = async (kind, calls) => {
      const before = counter.locks_taken();
      const answers = workers.map((worker) => once(worker, 'message'));
      for (const worker of workers) worker.postMessage({ kind, calls });
      await Promise.all(answers);
      return counter.locks_taken() - before;
    };
    const byCall = {};
    for (const kind of Object.keys(KINDS)) {
      // The first calls make code, which the engine compiles on other threads.
      await takenBy(kind, 4 * CALLS);
      const few = await takenBy(kind, CALLS);
      const many = await takenBy(kind, 5 * CALLS);
      byCall[kind] = (many - few) / (4 * CALLS * WORKERS);
    }
    await Promise.all(workers.map((worker) => worker.terminate()));
    console.log(JSON.stringify(byCall));
  })();
} else {
  const lib = new RustDLL(file);
  parentPort.on('message', ({ kind, calls }) => {
    const call = KINDS[kind];
    for (let i = 0; i < calls; i++) call(lib, counter);
    parentPort.postMessage(null);
  });
}
