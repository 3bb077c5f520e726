/**
 * Futures and streams beside those of napi-rs, and work on two threads beside the same work on one, in one process. Run by
 * cases/futures.mjs as a process of its own, as threads that begin and end would disturb other work. Prints JSON.
 *
 *     node bench/futures.mjs [rounds]
 */

import { availableParallelism } from 'node:os';
import { openExported } from './libraries.mjs';

/**
 * The number of futures at once, how often there are so many in a turn, and the number of the items of a stream. After a
 * single time the engine's collector would count what the other contender has left for the one that comes after it.
 */
const AT_ONCE = 1000;
const TIMES = 10;
const ITEMS = 2000;
/** The number of calls of about a millisecond each, and the rounds of one that take so long; see {@link roundsFor}. */
const KERNELS = 64;
const KERNEL_MILLISECONDS = 1;

const { exported, napiRs } = openExported();

/** Measures the processor time of a future, many of them at once, in microseconds. */
async function futures(call) {
  const before = process.cpuUsage();
  for (let time = 0; time < TIMES; time++) {
    const sums = await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => call(i, 0.5)));
    if (sums.some((sum, i) => sum !== i + 0.5)) throw new Error('a call has another result');
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (TIMES * AT_ONCE);
}

/** Measures a step of a stream in microseconds. */
async function steps(stream) {
  const start = performance.now();
  let next = 0;
  for await (const number of stream(ITEMS)) if (number !== next++) throw new Error('an item is not in its order');
  if (next !== ITEMS) throw new Error('there are fewer items');
  return (1000 * (performance.now() - start)) / ITEMS;
}

/** Returns the rounds of the kernel that take about a millisecond. */
function roundsFor() {
  // The first call makes the code of the function.
  exported.spin(1);
  let rounds = 1000;
  for (;;) {
    const start = performance.now();
    exported.spin(rounds);
    const taken = performance.now() - start;
    if (taken >= KERNEL_MILLISECONDS / 2) return Math.round((rounds * KERNEL_MILLISECONDS) / taken);
    rounds *= 2;
  }
}

const rounds = roundsFor();

/**
 * Measures the milliseconds that the kernels take one after the other, in the background, and on threads of Rust's alone, of
 * which nobody hears before the last kernel is over.
 */
async function kernels() {
  const start = performance.now();
  for (let i = 0; i < KERNELS; i++) exported.spin(rounds);
  const one = performance.now();
  await Promise.all(Array.from({ length: KERNELS }, () => exported.async.spin(rounds)));
  const all = performance.now();
  exported.spin_on_threads(availableParallelism(), KERNELS, rounds);
  return { one: one - start, all: all - one, alone: performance.now() - all };
}

const works = {
  future: { measure: futures, rustdll: exported.async.add_floats_later, napiRs: napiRs.addFloatsLater },
  stream: { measure: steps, rustdll: exported.numbers_later, napiRs: (n) => new napiRs.NumbersLater(n) },
};
const times = [];
for (let round = -3; round < Number(process.argv[2] ?? 25); round++) {
  const measured = { kernels: await kernels() };
  for (const [name, { measure, ...contenders }] of Object.entries(works)) {
    measured[name] = {};
    // They take turns to be first.
    const order = Object.entries(contenders);
    for (const [contender, call] of round % 2 === 0 ? order : order.reverse()) {
      measured[name][contender] = await measure(call);
    }
  }
  // The first rounds warm up.
  if (round >= 0) times.push(measured);
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const of = (name) => ({
  rustdll: median(times.map((round) => round[name].rustdll)),
  napiRs: median(times.map((round) => round[name].napiRs)),
  ratio: median(times.map((round) => round[name].rustdll / round[name].napiRs)),
});
console.log(
  JSON.stringify({
    future: of('future'),
    stream: of('stream'),
    // As many times the work in a time as one thread does.
    cores: {
      number: availableParallelism(),
      times: median(times.map(({ kernels: { one, all } }) => one / all)),
      alone: median(times.map(({ kernels: { one, alone } }) => one / alone)),
    },
  }),
);
