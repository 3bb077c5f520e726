/**
 * Measures the cost of an element by the length of a list, from 10 elements to as many as the argument says:
 *
 *     node bench/scale.mjs 10000000      writes scale.svg beside this file; without an argument up to 1,000,000, and only prints
 *
 * Each value goes in and another one comes out. The least of several rounds counts, without the collection of garbage in
 * between. The libraries are those of `npm run bench`, which has to have run before.
 */

import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { plain } from './calls.mjs';
import { paths } from './libraries.mjs';

const { RustDLL } = createRequire(import.meta.url)('rustdll');
const lib = new RustDLL(paths.exported);

/** The works: `make` makes an argument of so many elements. Of more than `most` the machine would need gigabytes. */
const WORKS = {
  'list of floats': {
    most: 1e7,
    make: (n) => Array.from({ length: n }, (_, k) => k + 0.5),
    call: (list) => lib.increase(list),
  },
  strings: {
    most: 1e7,
    make: (n) => plain(Array.from({ length: n }, (_, k) => `text ${k}`)),
    call: (list) => lib.shout_all(list),
  },
  records: {
    most: 1e6,
    make: (n) => Array.from({ length: n }, (_, k) => ({ x: k, y: 0.5, label: `p${k % 1000}` })),
    call: (list) => lib.moved(list),
  },
  'maps of 3 entries, out': { most: 1e6, make: (n) => n, call: (n) => lib.prices(n) },
};

/** The time for each size and work in nanoseconds, and the least and the most rounds of a size. */
const TIME = 5e8;
const [LEAST_ROUNDS, MOST_ROUNDS] = [3, 20_000];

const most = Number(process.argv[2] ?? 1e6);
if (!(most >= 10)) throw new RangeError(`the greatest length is ${process.argv[2]}, and has to be at least 10`);
const sizes = [];
for (let n = 10; n <= most; n *= 10) sizes.push(n);

const now = () => Number(process.hrtime.bigint());

/** Returns the least time for an element, in nanoseconds. */
function cost({ make, call }, n) {
  const argument = make(n);
  let least = Infinity;
  const end = now() + TIME;
  for (let round = 0; round < MOST_ROUNDS && (round < LEAST_ROUNDS || now() < end); round++) {
    const start = now();
    call(argument);
    least = Math.min(least, now() - start);
  }
  return least / n;
}

const costs = Object.entries(WORKS).map(([name, work]) => ({
  name,
  line: sizes.filter((n) => n <= work.most).map((n) => cost(work, n)),
}));
const cell = (text) => String(text).padStart(11);
console.log(`${'ns an element'.padEnd(24)}${sizes.map((n) => cell(n.toLocaleString('en'))).join('')}`);
for (const { name, line } of costs) console.log(`${name.padEnd(24)}${line.map((ns) => cell(ns.toFixed(1))).join('')}`);
if (process.argv[2] !== undefined) {
  writeFileSync(new URL('scale.svg', import.meta.url), draw());
  console.log('wrote bench/scale.svg');
}

/** Draws a line for each work, on logarithmic axes. */
function draw() {
  const [width, height, left, top] = [720, 360, 60, 20];
  const decades = Math.ceil(Math.log10(Math.max(...costs.flatMap(({ line }) => line))));
  const x = (n) => left + ((Math.log10(n) - 1) / Math.max(1, sizes.length - 1)) * (width - left - 190);
  const y = (ns) => height - 40 - (Math.log10(Math.max(ns, 1)) / decades) * (height - 40 - top);
  const colours = ['#1f77b4', '#d62728', '#2ca02c', '#9467bd'];
  const label = (at, text, more = '') => `<text x="${at[0]}" y="${at[1]}" ${more}>${text}</text>`;
  const grid = Array.from({ length: decades + 1 }, (_, i) => [
    `<path d="M${left} ${y(10 ** i)}H${width - 190}" stroke="#ddd"/>`,
    label([left - 8, y(10 ** i) + 4], `${(10 ** i).toLocaleString('en')} ns`, 'text-anchor="end"'),
  ]);
  const axis = sizes.map((n) => label([x(n), height - 20], n.toLocaleString('en'), 'text-anchor="middle"'));
  const lines = costs.map(({ name, line }, i) => [
    `<polyline fill="none" stroke="${colours[i]}" stroke-width="2" points="${line.map((ns, k) => `${x(sizes[k]).toFixed(1)},${y(ns).toFixed(1)}`).join(' ')}"/>`,
    label([width - 182, y(line.at(-1)) + 4], name, `fill="${colours[i]}"`),
  ]);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="white"/>
${[...grid, ...axis, ...lines].flat().join('\n')}
</svg>
`;
}
