/**
 * Times contenders side by side. A round times each of them once, in random order, for a slice of time so short that other
 * work of the machine affects all of them alike. The times of one round are compared, and the median over the rounds is
 * reported, so a busy machine widens the spread and hardly moves the median.
 */

import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * @typedef {(n: number) => number} Contender Does the work `n` times, as a user would write it, and returns a number
 *   that depends on every result.
 * @typedef {{ clock: (n: number) => number }} Clock Does the work `n` times and returns how many nanoseconds that took.
 * @typedef {Record<string, Contender | Clock>} Contenders
 */

/** The length of a slice in nanoseconds: far longer than reading the clock takes, and so short that most are undisturbed. */
const SLICE = 5e5;
/** The most runs of a contender in one slice. */
const MOST = 1e6;
/** The number of runs with which results are compared, unless the work has its own. */
const CHECKS = 7;

/** Depends on all results, so that the engine cannot optimise the work away. */
export let sink = 0;

/** The clocks, in nanoseconds since any moment. */
export const CLOCKS = {
  'wall clock': () => Number(process.hrtime.bigint()),
  'processor time': () => {
    const { user, system } = process.cpuUsage();
    return 1000 * (user + system);
  },
};

let now = CLOCKS['wall clock'];

/** Selects the clock for all contenders but those that are clocks. @param {keyof typeof CLOCKS} name */
export function useClock(name) {
  now = CLOCKS[name];
}

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc');

/** Collects young objects: the first collection moves those that are alive, the second promotes them. */
function collectYoung() {
  gc({ type: 'minor' });
  gc({ type: 'minor' });
}

/** Times the work done `n` times, in nanoseconds, with the collection of its garbage if `collect` is true. */
function time(contender, n, collect = false) {
  if (typeof contender !== 'function') return contender.clock(n);
  const start = now();
  const result = contender(n);
  if (collect) collectYoung();
  const end = now();
  sink = (sink + result) % 1e9;
  return end - start;
}

/**
 * Checks that the contenders do the same work.
 *
 * @param {Contenders} contenders
 * @param {readonly string[]} unlike - Contenders whose result is their own: those that do nothing, and clocks.
 * @param {number} [checks] - How often each does the work.
 */
export function compareResults(contenders, unlike, checks = CHECKS) {
  const results = Object.entries(contenders)
    .filter(([name]) => !unlike.includes(name))
    .map(([name, contender]) => [name, contender(checks)]);
  for (const [name, result] of results) {
    assert.equal(result, results[0][1], `${name} and ${results[0][0]} give different results`);
  }
}

/**
 * Lets each contender run until its code is compiled.
 *
 * @param {Contenders} contenders
 * @param {number} seconds - For each.
 */
export function warmUp(contenders, seconds) {
  for (const contender of Object.values(contenders)) {
    const end = performance.now() + 1000 * seconds;
    for (let n = 1; performance.now() < end; n = Math.min(2 * n, MOST)) time(contender, n);
  }
}

/**
 * Times contenders in interleaved rounds.
 *
 * @param {Contenders} contenders
 * @param {{ seconds: number, leastRounds: number, slice?: number, collect?: boolean }} options - The time, and the
 *   least number of rounds if it is too short for them; `slice` in nanoseconds. `collect` is for works that make much
 *   garbage each time: its collection is then timed as part of the work, and not of the work that comes after it.
 */
export function measure(contenders, { seconds, leastRounds, slice = SLICE, collect = false }) {
  const names = Object.keys(contenders);
  const counts = Object.fromEntries(names.map((name) => [name, countFor(contenders[name], slice)]));
  /** @type {Record<string, number>[]} */
  const rounds = [];
  const end = performance.now() + 1000 * seconds;
  while (performance.now() < end || rounds.length < leastRounds) {
    const round = {};
    for (const name of shuffled(names)) round[name] = time(contenders[name], counts[name], collect) / counts[name];
    rounds.push(round);
  }
  return {
    rounds: rounds.length,
    /** Nanoseconds for the work once. */
    times: Object.fromEntries(names.map((name) => [name, spread(rounds.map((round) => round[name]))])),
    /** The time of `name` as a multiple of that of `of`. */
    ratio: (name, of) => spread(rounds.map((round) => round[name] / round[of])),
  };
}

/** Returns how often the work is done in one slice. */
function countFor(contender, slice) {
  let n = 1;
  for (;;) {
    const taken = Math.min(time(contender, n), time(contender, n));
    if (taken >= slice / 2 || n >= MOST) return Math.max(1, Math.min(MOST, Math.round((n * slice) / taken)));
    n *= 4;
  }
}

function shuffled(names) {
  const order = [...names];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** Returns the median and the quartiles around it. */
function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part) => sorted[Math.floor(part * (sorted.length - 1))];
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, low: at(0.25), high: at(0.75) };
}
