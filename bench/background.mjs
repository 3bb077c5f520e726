/**
 * Calls in the background beside those of napi-rs, koffi and Piscina, in one process: each adds two floats. Run by
 * cases/background.mjs as a process of its own, as threads that begin and end would disturb other work. Prints JSON.
 *
 *     node bench/background.mjs [rounds]
 */

import { createRequire } from 'node:module';
import { Piscina } from 'piscina';
import { openLibraries } from './libraries.mjs';

/** The number of calls that are under way at once. */
const AT_ONCE = 1000;
/** The number of calls that are made one after the other. */
const IN_TURN = 200;

const require = createRequire(import.meta.url);
const { exported, napiRs, koffi } = openLibraries();
const pool = new Piscina({ filename: require.resolve('./background-worker.cjs'), maxThreads: 2, minThreads: 2 });
const koffiAdd = koffi.func('double add_f64(double, double)');

/** @type {Record<string, (a: number, b: number) => Promise<number>>} */
const contenders = {
  rustdll: exported.async.add_floats,
  'napi-rs AsyncTask': napiRs.addFloatsTask,
  'koffi async': (a, b) =>
    new Promise((resolve, reject) => {
      koffiAdd.async(a, b, (error, sum) => (error === null ? resolve(sum) : reject(error)));
    }),
  Piscina: (a, b) => pool.run([a, b]),
};

/** Measures, in microseconds for each call, the processor time, and the time until all calls are submitted. */
async function atOnce(call) {
  const before = process.cpuUsage();
  const start = performance.now();
  const calls = Array.from({ length: AT_ONCE }, (_, i) => call(i, 0.5));
  const submitted = performance.now() - start;
  const sums = await Promise.all(calls);
  const { user, system } = process.cpuUsage(before);
  if (sums.some((sum, i) => sum !== i + 0.5)) throw new Error('a call has another result');
  return { processor: (user + system) / AT_ONCE, submitting: (1000 * submitted) / AT_ONCE };
}

/** Measures the microseconds from a call to its result, one call at a time. */
async function inTurn(call) {
  const start = performance.now();
  for (let i = 0; i < IN_TURN; i++) if ((await call(i, 1)) !== i + 1) throw new Error('a call has another result');
  return { latency: (1000 * (performance.now() - start)) / IN_TURN };
}

const rounds = Number(process.argv[2] ?? 25);
const names = Object.keys(contenders);
const times = [];
for (let round = -3; round < rounds; round++) {
  const measured = {};
  // The contenders take turns to be first.
  for (const index of names.keys()) {
    const name = names[(index + round + names.length) % names.length];
    measured[name] = { ...(await atOnce(contenders[name])), ...(await inTurn(contenders[name])) };
  }
  // The first rounds warm up.
  if (round >= 0) times.push(measured);
}
await pool.destroy();

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const results = {};
for (const what of ['processor', 'submitting', 'latency']) {
  results[what] = Object.fromEntries(
    names.map((name) => [
      name,
      {
        microseconds: median(times.map((round) => round[name][what])),
        ratio: median(times.map((round) => round.rustdll[what] / round[name][what])),
      },
    ]),
  );
}
console.log(JSON.stringify(results));
