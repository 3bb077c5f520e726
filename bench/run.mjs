/**
 * `npm run bench`: measures speed and memory, and prints the results beside the budget.
 *
 *     npm run bench                      everything; writes results.json and results.svg beside this file
 *     npm run bench -- --quick           fewer and shorter rounds; writes nothing
 *     npm run bench -- --filter list     the files of cases that have this in their name; writes nothing
 *     npm run bench -- --limits          only how far calls are from what cannot be less; see limits.mjs
 *     npm run bench -- --cpu             counts processor time, where the machine has other things to do
 *
 * The table says which lines of the budget are missed; the exit code is 0 even so.
 */

import { readdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildLibraries, describeMachine, openLibraries } from './libraries.mjs';
import { printLimits } from './limits.mjs';
import { compareResults, measure, useClock, warmUp } from './measure.mjs';
import { drawRatios } from './plot.mjs';
import { budgetTable, format, ratio, runtimeRows, timeTable } from './table.mjs';

/** The files in cases, in the order of the table. Each is one work, or exports several as `works`. */
const ORDER = [
  'add-i64',
  'add-f64',
  'string',
  'c-calls',
  'list-i64',
  'list-f64',
  'nested',
  'in-place',
  'exported-scalars',
  'exported-string',
  'exported-floats',
  'exported-strings',
  'exported-records',
  'exported-lists',
  'exported-maps',
  'exported-types',
  'exported-json',
  'exported-error',
  'objects',
  'callbacks',
  'background',
  'futures',
  'posts',
  'pyo3',
  'runtimes',
  'service',
  'memory',
  'startup',
  'debug-info',
];

const { quick, filter, cpu, limits } = parseArgs({
  options: {
    limits: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    filter: { type: 'string', default: '' },
    cpu: { type: 'boolean', default: false },
  },
}).values;
const clock = cpu ? 'processor time' : 'wall clock';
const effort = quick
  ? { warmUpSeconds: 0.05, seconds: 0.25, leastRounds: 3 }
  : { warmUpSeconds: 0.2, seconds: 2, leastRounds: 7 };

const cases = await loadCases();
if (cases.length === 0) {
  console.error(`no work is called like '${filter}'; there are: ${ORDER.join(', ')}`);
  process.exit(2);
}

buildLibraries();
if (limits) {
  printLimits();
  process.exit(0);
}
useClock(clock);
const libraries = openLibraries();
const timed = cases.filter((each) => each.contenders);
const contenders = new Map(timed.map((each) => [each, each.contenders(libraries)]));
// What the compiler has learned from a work must not depend on its place in the order. So each is warmed up before any is
// measured, and once more right before it is measured itself, as the engine discards code that is not in use.
for (const [{ unlike = [], checks }, all] of contenders) {
  compareResults(all, unlike, checks);
  warmUp(all, effort.warmUpSeconds);
}

const works = cases.map((each) => {
  process.stderr.write(`${each.title} ...\n`);
  return contenders.has(each)
    ? timedWork(each, contenders.get(each))
    : { title: each.title, ...(each.measure?.({ quick }) ?? { lines: each.lines({ quick }) }) };
});
const machine = { ...describeMachine(), clock };

console.log(`\n${timeTable(works)}\n\n${budgetTable(works)}\n`);
for (const { runtimes } of works) if (runtimes) console.log(`${format(runtimeRows(runtimes))}\n`);
const { cpu: model, cores, node, koffi, ffiRs, napiRs } = machine;
console.log(`${model}, ${cores} cores; Node ${node}, koffi ${koffi}, ffi-rs ${ffiRs}, napi-rs ${napiRs}`);

if (!quick && filter === '') {
  writeFileSync(new URL('results.json', import.meta.url), `${JSON.stringify({ machine, works }, null, 2)}\n`);
  writeFileSync(new URL('results.svg', import.meta.url), drawRatios(works, machine));
  console.log('wrote bench/results.json and bench/results.svg');
}

/** Returns the works that were asked for. */
async function loadCases() {
  const files = readdirSync(new URL('cases', import.meta.url)).map((file) => file.replace(/\.mjs$/, ''));
  const unlisted = files.filter((name) => !ORDER.includes(name));
  if (unlisted.length > 0) throw new Error(`bench/cases/${unlisted[0]}.mjs has no place in the order`);
  const names = ORDER.filter((name) => name.includes(filter));
  const modules = await Promise.all(names.map((name) => import(`./cases/${name}.mjs`)));
  return modules.flatMap((module) => module.works ?? [module]);
}

/** Measures one work. Ratios are of times within a round, so their medians are not the ratios of the medians. */
function timedWork({ title, budget, baseline, missing, slice, collect }, all) {
  warmUp(all, effort.warmUpSeconds);
  const measured = measure(all, { ...effort, slice, collect });
  const ratios = Object.fromEntries(Object.keys(all).map((name) => [name, measured.ratio(name, baseline)]));
  const lines = budget.map(({ contender, against, most, aim }) => {
    const { median, low, high } = measured.ratio(contender, against);
    return {
      contender,
      budget: `${most} x ${against}${aim === undefined ? '' : `; aim: ${aim}`}`,
      measured: `${ratio(median)} (${ratio(low)} to ${ratio(high)})`,
      against,
      most,
      value: median,
      ok: median <= most,
    };
  });
  return {
    title,
    baseline,
    ...(missing && { missing }),
    rounds: measured.rounds,
    times: measured.times,
    ratios,
    lines,
  };
}
