/**
 * A service under load: how much its event loop is delayed while a kernel runs in the background and when it is called
 * synchronously, and how many requests it answers with one thread and with two. Run by cases/service.mjs. Prints JSON.
 *
 *     node bench/service.mjs [rounds]
 */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { RustDLL } from 'rustdll';

/** The requests under way at any time. */
const CONNECTIONS = 8;
/** How many requests each server gets in a round. */
const AMOUNT = 40;
/** How long the kernel takes, in milliseconds. */
const LENGTH = 250;
/** The passes with which the time of one is measured. */
const TRIAL_PASSES = 10;
const MOST_PASSES = 64;

const service = new URL('../examples/service/', import.meta.url);
const autocannon = createRequire(service)('autocannon');
const script = fileURLToPath(new URL('service-server.mjs', import.meta.url));

const lib = new RustDLL(RustDLL.find('service', { from: service }));
const trials = Array.from({ length: 5 }, () => timeOf(TRIAL_PASSES) / TRIAL_PASSES);
const passes = Math.min(MOST_PASSES, Math.round(LENGTH / Math.min(...trials)));

function timeOf(passes) {
  const start = performance.now();
  lib.hash_password('open sesame', passes);
  return performance.now() - start;
}

/** Loads a server; returns the delay of its event loop in milliseconds, and the requests that it answers in a second. */
async function load(form, threads) {
  const args = [form, passes, AMOUNT].map(String);
  const server = fork(script, args, { env: { ...process.env, RUSTDLL_THREADS: String(threads) } });
  const [port] = await once(server, 'message');
  const measured = once(server, 'message');
  const start = performance.now();
  const requests = autocannon({
    url: `http://127.0.0.1:${port}`,
    connections: CONNECTIONS,
    amount: AMOUNT,
    // Requests wait for those before them.
    timeout: 60,
  });
  // It ends at a full second, long after the last response.
  let last = start;
  requests.on('response', () => {
    last = performance.now();
  });
  const { non2xx, errors } = await requests;
  const seconds = (last - start) / 1000;
  const [delay] = await measured;
  server.disconnect();
  await once(server, 'exit');
  if (non2xx + errors > 0) throw new Error(`${non2xx + errors} requests failed`);
  return { delay, throughput: AMOUNT / seconds };
}

const CONTENDERS = {
  sync: () => load('sync', 1),
  'one thread': () => load('background', 1),
  'two threads': () => load('background', 2),
};

const [rounds = 5] = process.argv.slice(2).map(Number);
const results = [];
for (let round = 0; round < rounds; round++) {
  const measured = {};
  for (const [name, contender] of Object.entries(CONTENDERS)) measured[name] = await contender();
  results.push(measured);
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const medianOf = (name, what) => median(results.map((round) => round[name][what]));
console.log(
  JSON.stringify({
    ...Object.fromEntries(
      Object.keys(CONTENDERS).map((name) => [
        name,
        { delay: medianOf(name, 'delay'), throughput: medianOf(name, 'throughput') },
      ]),
    ),
    speedup: median(results.map((round) => round['two threads'].throughput / round['one thread'].throughput)),
    passes,
  }),
);
