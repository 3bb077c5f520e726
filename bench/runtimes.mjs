/**
 * Ten works on the runtime that runs this script, Node, Bun or Deno, each beside the same in an addon made with napi-rs. Run by
 * cases/runtimes.mjs as a process of its own. Prints JSON: the least time of each work with either, in nanoseconds.
 *
 *     bun bench/runtimes.mjs [rounds]
 */

import process from 'node:process';
import { plain } from './calls.mjs';
import { openExported } from './libraries.mjs';

/** The nanoseconds of a round. */
const SLICE = 2e6;
/** The least length of a loop. */
const LOOP = 100;
/** The callbacks of a call, and the calls in the background at once. */
const [TIMES, AT_ONCE] = [100, 1000];

const { exported, napiRs } = openExported();
const thousand = (make) => Array.from({ length: 1000 }, (_, k) => make(k));
const text = 'a string of forty-one ASCII characters...';
const texts = plain(thousand((k) => `text number ${k}`));
const floats = thousand((k) => k + 0.5);
const points = thousand((k) => ({ x: k + 0.5, y: -0.5, label: `label ${k}` }));
const lists = thousand((i) => Array.from({ length: 10 }, (_, k) => 10 * i + k));
const half = (number) => number / 2;

/** Makes the work of one method, which is called on an object that is made once. */
function methodOf(Counter) {
  const counter = new Counter(0);
  return (n) => {
    for (let i = 0; i < n; i++) counter.add(1);
  };
}

/** Makes the work of callbacks, of which there are always whole calls. */
function callbacks(call) {
  return (n) => {
    for (let i = 0; i < n; i += TIMES) call(half);
  };
}

/** Makes the work of calls in the background, many of them at once. */
function background(call) {
  return async (n) => {
    for (let i = 0; i < n; i += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, (_, k) => call(k, 0.5)));
  };
}

/** The works. Each has a loop of its own for each contender, as in a program. */
const WORKS = {
  add: [
    (n) => {
      for (let i = 0; i < n; i++) exported.add_floats(1.5, 2.5);
    },
    (n) => {
      for (let i = 0; i < n; i++) napiRs.addFloats(1.5, 2.5);
    },
  ],
  'string in and out': [
    (n) => {
      for (let i = 0; i < n; i++) exported.shout(text);
    },
    (n) => {
      for (let i = 0; i < n; i++) napiRs.shout(text);
    },
  ],
  '1,000 floats in and out': [
    (n) => {
      for (let i = 0; i < n; i++) exported.increase(floats);
    },
    (n) => {
      for (let i = 0; i < n; i++) napiRs.increase(floats);
    },
  ],
  '1,000 strings out': [
    (n) => {
      for (let i = 0; i < n; i++) exported.names(1000);
    },
    (n) => {
      for (let i = 0; i < n; i++) napiRs.names(1000);
    },
  ],
  '1,000 strings in and out': [
    (n) => {
      for (let i = 0; i < n; i++) exported.shout_all(texts);
    },
    (n) => {
      for (let i = 0; i < n; i++) napiRs.shoutAll(texts);
    },
  ],
  '1,000 records in and out': [
    (n) => {
      for (let i = 0; i < n; i++) exported.moved(points);
    },
    (n) => {
      for (let i = 0; i < n; i++) napiRs.moved(points);
    },
  ],
  '1,000 lists of 10 in': [
    (n) => {
      for (let i = 0; i < n; i++) exported.total_of_lists(lists);
    },
    (n) => {
      for (let i = 0; i < n; i++) napiRs.totalOfLists(lists);
    },
  ],
  'a method': [() => methodOf(exported.Counter), () => methodOf(napiRs.Counter)].map((make) => make()),
  'a callback': [callbacks((f) => exported.call_times(TIMES, f)), callbacks((f) => napiRs.callTimes(TIMES, f))],
  'a background call': [background(exported.async.add_floats), background(napiRs.addFloatsTask)],
};

/** How often a work is done at once, where that is more than one. */
const UNITS = { 'a callback': TIMES, 'a background call': AT_ONCE };

const now = () => Number(process.hrtime.bigint());

/** Does the work `n` times, and returns the nanoseconds. */
async function time(work, n) {
  const start = now();
  await work(n);
  return now() - start;
}

/**
 * Returns how often the work is done in a round, a multiple of `unit`. The engine compiles it meanwhile, in loops as long as those
 * that are measured.
 */
async function countFor(work, unit) {
  for (const end = now() + 3e8; now() < end;) await work(LOOP * unit);
  let n = unit;
  for (;;) {
    const taken = await time(work, n);
    if (taken >= SLICE / 2) return unit * Math.max(1, Math.round((n * SLICE) / taken / unit));
    n *= 2;
  }
}

/** Returns the least time of each contender. */
async function measure(works, unit, rounds) {
  const counts = [];
  for (const work of works) counts.push(await countFor(work, unit));
  const least = works.map(() => Infinity);
  for (let round = 0; round < rounds; round++) {
    for (const [i, work] of works.entries()) least[i] = Math.min(least[i], (await time(work, counts[i])) / counts[i]);
  }
  return least;
}

const rounds = Number(process.argv[2] ?? 25);
const results = {};
for (const [name, works] of Object.entries(WORKS)) {
  const [rustdll, napi] = await measure(works, UNITS[name] ?? 1, rounds);
  results[name] = { rustdll, napiRs: napi };
}
const { bun, deno, node } = process.versions;
console.log(JSON.stringify({ version: bun ?? deno ?? node, results }));
// Threads of either package may wait for work.
process.exit(0);
