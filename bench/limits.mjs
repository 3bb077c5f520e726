/**
 * Shows how far calls are from what cannot be less: the time of each work beside that of the smallest programs with the same
 * values, one in the engine, which makes or reads them, and one in Rust, which makes and drops them. For a string and for a
 * callback it is an addon in C++ that does nothing else.
 *
 *     npm run bench -- --limits
 */

import { createRequire } from 'node:module';
import { openExported, paths } from './libraries.mjs';
import { IN_AND_OUT, WORKS } from './alone.mjs';
import { duration, format } from './table.mjs';

const COUNT = 1000;
/** The nanoseconds of a round. */
const SLICE = 1e6;
const ROUNDS = 100;

const now = () => Number(process.hrtime.bigint());

/** Depends on the results, so that the engine cannot leave the work out. */
export let last;

function time(call, argument, times) {
  const start = now();
  for (let i = 0; i < times; i++) last = call(argument);
  return now() - start;
}

/** Returns how often something is done in a round. The engine compiles it meanwhile. */
function timesOf(call, argument) {
  for (const end = now() + 2e8; now() < end;) time(call, argument, 10);
  let times = 1;
  for (let taken = 0; taken < SLICE / 2; times *= 2) taken = time(call, argument, times);
  return times;
}

/** Returns the least time of each contender, a function with its argument. */
function leastOf(contenders) {
  const times = contenders.map((each) => timesOf(...each));
  const least = contenders.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, each] of contenders.entries()) least[i] = Math.min(least[i], time(...each, times[i]) / times[i]);
  }
  return least;
}

/** Prints the least time of each work, and of both programs together. */
export function printLimits() {
  const { exported } = openExported();
  const addon = createRequire(import.meta.url)(paths.addon);
  const rows = Object.entries({ ...WORKS, ...IN_AND_OUT }).map(([name, { make, call, engine, rust }]) => {
    const argument = make(COUNT);
    const [ours, ofEngine, ofRust] = leastOf([
      [call(exported), argument],
      [engine, argument],
      [rust(exported), COUNT],
    ]);
    return [name, ...[ours, ofEngine, ofRust].map(duration), `${(ours / (ofEngine + ofRust)).toFixed(2)} x`];
  });
  console.log(format([[`${COUNT} of them`, 'a call', 'engine', 'Rust', 'a call by both'], ...rows], [1, 2, 3, 4]));

  const half = (number) => number / 2;
  const text = 'a string of forty-one ASCII characters...';
  const others = {
    'a string of 41 characters in and out': [(each) => exported.shout(each), (each) => addon.shout(each), text],
    '100 callbacks': [(times) => exported.call_times(times, half), (times) => addon.callTimes(times, half), 100],
  };
  const besideAddon = Object.entries(others).map(([name, [call, inAddon, argument]]) => {
    const [ours, theirs] = leastOf([
      [call, argument],
      [inAddon, argument],
    ]);
    return [name, duration(ours), duration(theirs), `${(ours / theirs).toFixed(2)} x`];
  });
  console.log(`\n${format([['once', 'a call', 'addon in C++', 'a call by it'], ...besideAddon], [1, 2, 3])}`);
}
