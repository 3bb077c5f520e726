/**
 * Callbacks that a thread of Rust's posts, beside napi-rs's `ThreadsafeFunction`, in one process. Run by cases/posts.mjs as
 * a process of its own, as threads that begin and end would disturb other work. Prints JSON.
 *
 *     node bench/posts.mjs [rounds]
 */

import { clearInterval, setInterval } from 'node:timers';
import { openExported } from './libraries.mjs';

/** The number of posts of a thread, which are fewer than rustdll lets wait. */
const POSTS = 4000;

const { exported, napiRs } = openExported();

/** @type {Record<string, (count: number, on: (number: number) => void) => void>} */
const contenders = { rustdll: exported.post_times, 'napi-rs ThreadsafeFunction': napiRs.postTimes };

/** Measures the processor time until all have arrived, in microseconds for each. */
async function posts(post) {
  const before = process.cpuUsage();
  let seen = 0;
  await new Promise((resolve) => {
    post(POSTS, (number) => {
      if (number !== seen++) throw new Error('a post is not in its order');
      if (seen === POSTS) resolve();
    });
  });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / POSTS;
}

const rounds = Number(process.argv[2] ?? 25);
const names = Object.keys(contenders);
const times = [];
// A callback of rustdll does not keep the process alive.
const alive = setInterval(() => undefined, 1000);
for (let round = -5; round < rounds; round++) {
  const measured = {};
  // The contenders take turns to be first.
  for (const index of names.keys()) {
    const name = names[(index + round + 2 * names.length + 1) % names.length];
    measured[name] = await posts(contenders[name]);
  }
  // The first rounds warm up.
  if (round >= 0) times.push(measured);
}
clearInterval(alive);

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
console.log(
  JSON.stringify(
    Object.fromEntries(
      names.map((name) => [
        name,
        {
          microseconds: median(times.map((round) => round[name])),
          ratio: median(times.map((round) => round.rustdll / round[name])),
        },
      ]),
    ),
  ),
);
