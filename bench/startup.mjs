/**
 * Measures the time before the first call of a program: loading the package, opening a library, the first call of a
 * function. Each is measured in a process of its own, as it happens only once in a process.
 *
 *     node bench/startup.mjs          builds the library and prints the table; `npm run bench` has the same lines
 */

import { execFileSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildMany, paths } from './libraries.mjs';
import { budgetTable, ratio } from './table.mjs';

const CHILD = fileURLToPath(new URL('startup-child.cjs', import.meta.url));
/** The number of measurements of each. The least one counts, as other work of the machine can only add to it. */
const ROUNDS = 20;
/** The limits in milliseconds, except that of `require`, which is a multiple of koffi's time. */
const MOST = { require: 1.5, open: 5, call: 0.5 };

function child(...args) {
  return JSON.parse(execFileSync(process.execPath, [CHILD, ...args], { encoding: 'utf8' }));
}

/** Measures the least number of milliseconds for each work, by its name. The works take turns. */
function leastTimes(rounds) {
  const times = {};
  const names = child();
  for (let round = 0; round < rounds; round++) {
    for (const name of names) times[name] = Math.min(times[name] ?? Infinity, child(name, paths.many));
  }
  return times;
}

/**
 * Returns the lines of the budget. The library must have been built.
 *
 * @param rounds - The number of measurements of each.
 */
export function startupLines(rounds = ROUNDS) {
  const times = leastTimes(rounds);
  const loaded = times['require rustdll'] / times['require koffi'];
  const open = times['open 400 functions'];
  const calls = Object.entries(times).filter(([name]) => name.startsWith('call '));
  const [slowest, call] = calls.reduce((worst, each) => (each[1] > worst[1] ? each : worst));
  return [
    {
      contender: 'require',
      budget: `${MOST.require} x koffi`,
      measured: `${ratio(loaded)} (${milliseconds(times['require rustdll'])})`,
      value: loaded,
      ok: loaded <= MOST.require,
      detail: times,
    },
    {
      contender: 'opening 400 functions',
      budget: milliseconds(MOST.open),
      measured: milliseconds(open),
      value: open,
      ok: open <= MOST.open,
    },
    {
      contender: 'first call of one',
      budget: milliseconds(MOST.call),
      measured: `${milliseconds(call)} (${slowest.slice('call '.length)})`,
      value: call,
      ok: call <= MOST.call,
    },
  ];
}

function milliseconds(value) {
  return `${Number(value.toPrecision(3))} ms`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  buildMany();
  const lines = startupLines();
  console.log(`${budgetTable([{ title: 'startup', lines }])}\n`);
  for (const [name, time] of Object.entries(lines[0].detail)) console.log(`${name.padEnd(20)} ${milliseconds(time)}`);
}
