/**
 * Writes the numbers of bench/results.json into README.md, between two comments. With `--check` it only sets the exit
 * code: 0 if they are there already.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import * as prettier from 'prettier';
import { duration, ratio, runtimeRows } from '../../bench/table.mjs';

const README = new URL('../../README.md', import.meta.url);
const [BEGIN, END] = ['<!-- numbers: begin -->', '<!-- numbers: end -->'];

/** Returns the part of the README with the numbers. */
function numbersOf({ machine, works }) {
  const lines = works.flatMap(({ title, lines, times }) => lines.map((line) => ({ title, times, ...line })));
  const met = lines.filter(({ ok }) => ok).length;
  const rows = lines.map(({ title, contender, times, value, against, budget, measured, ok }) => {
    const once = times === undefined ? '' : duration(times[contender].median);
    const found = against === undefined ? measured : `${ratio(value)} x ${against}`;
    return `| ${[title, contender, once, found, budget, ok ? 'yes' : '**no**'].join(' | ')} |`;
  });
  return `
\`npm run bench\` does the same work with rustdll, koffi ${machine.koffi}, ffi-rs ${machine.ffiRs}, napi-rs ${machine.napiRs} and others, side by side in one
process, and compares the times of short rounds; the numbers are medians. These are from ${machine.cpu} with ${machine.cores} cores,
${machine.system}, Node ${machine.node}, on ${machine.date}. ${met} of the ${lines.length} lines of the budget are met.

| work | level | once | measured | budget: at most | met |
| --- | --- | ---: | --- | --- | --- |
${rows.join('\n')}
${works.map(({ runtimes }) => runtimesOf(runtimes)).join('')}
![The time of each work, as a multiple of the baseline's](bench/results.svg)
`;
}

/** Returns the table with a column for each runtime, if there were several. */
function runtimesOf(runtimes) {
  if (runtimes === undefined) return '';
  const [heading, ...rows] = runtimeRows(runtimes);
  const lines = [heading, heading.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `
Ten works on each runtime: the least times of a process of each, beside napi-rs in the same process:

${lines.join('\n')}
`;
}

const results = JSON.parse(readFileSync(new URL('../../bench/results.json', import.meta.url), 'utf8'));
const readme = readFileSync(README, 'utf8');
const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
if (begin < 0 || end < begin) throw new Error(`README.md has no ${BEGIN} ... ${END}`);
const text = `${readme.slice(0, begin)}${BEGIN}\n${numbersOf(results)}\n${readme.slice(end)}`;
const config = await prettier.resolveConfig(README);
const formatted = await prettier.format(text, { ...config, parser: 'markdown' });
if (process.argv.includes('--check')) {
  if (formatted !== readme) {
    console.error('README.md does not have the numbers of bench/results.json: node scripts/check/readme-numbers.mjs');
    process.exit(1);
  }
} else if (formatted !== readme) {
  writeFileSync(README, formatted);
  console.log('README.md: wrote the numbers of bench/results.json');
}
