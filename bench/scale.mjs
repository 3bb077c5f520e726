/**
 * Measures the cost of an element by the length of a list, from 10 elements to as many as the argument says, beside what
 * the engine and Rust take for the same without any call:
 *
 *     node bench/scale.mjs 10000000      writes scale.svg beside this file; without an argument up to 1,000,000, and only prints
 *
 * The least of several rounds counts, so that other programs disturb little; long lists are not made without a collection of
 * garbage. Each work and what it is compared with is a process of its own, as what one leaves on the heap would be collected in
 * the other's time. The libraries are those of `npm run bench`, which has to have run before.
 */

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { WORKS } from './alone.mjs';
import { paths } from './libraries.mjs';

/** The time for each size in nanoseconds, and the least and the most rounds of a size. */
const TIME = 3e8;
const [LEAST_ROUNDS, MOST_ROUNDS] = [3, 20_000];

/** The memory for a list of ten million, in megabytes. */
const HEAP = 10_000;

const [, script, given, only, who] = process.argv;
const most = Number(given ?? 1e6);
if (!(most >= 10)) throw new RangeError(`the greatest length is ${given}, and has to be at least 10`);
const sizes = [];
for (let n = 10; n <= most; n *= 10) sizes.push(n);

const now = () => Number(process.hrtime.bigint());

/** Depends on the results, so that the engine cannot leave the work out. */
export let last;

/** Returns the least time for an element, in nanoseconds. */
function cost(make, call, n) {
  const argument = make(n);
  let least = Infinity;
  const end = now() + TIME;
  for (let round = 0; round < MOST_ROUNDS && (round < LEAST_ROUNDS || now() < end); round++) {
    last = undefined;
    const start = now();
    last = call(argument);
    least = Math.min(least, now() - start);
  }
  return least / n;
}

/** Measures a work in a process of its own. */
function measured(name, contender) {
  const args = [`--max-old-space-size=${HEAP}`, fileURLToPath(import.meta.url), String(most), name, contender];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name}, ${contender}: ${stderr}`);
  return JSON.parse(stdout);
}

if (only === undefined) {
  const costs = Object.keys(WORKS).map((name) => {
    const [engine, rust] = [measured(name, 'engine'), measured(name, 'rust')];
    return { name, ours: measured(name, 'call'), alone: engine.map((ns, k) => ns + rust[k]) };
  });
  print(costs);
  if (given !== undefined) {
    writeFileSync(new URL('scale.svg', import.meta.url), draw(costs));
    console.log('wrote bench/scale.svg');
  }
} else {
  const { make, call, engine, rust } = WORKS[only];
  const { RustDLL } = createRequire(script)('rustdll');
  const lib = new RustDLL(paths.exported);
  if (who === 'engine') console.log(JSON.stringify(sizes.map((n) => cost(make, engine, n))));
  else if (who === 'rust') console.log(JSON.stringify(sizes.map((n) => cost(Number, rust(lib), n))));
  else console.log(JSON.stringify(sizes.map((n) => cost(make, call(lib), n))));
}

function print(costs) {
  const cell = (text) => String(text).padStart(11);
  console.log(`${'ns an element'.padEnd(24)}${sizes.map((n) => cell(n.toLocaleString('en'))).join('')}`);
  for (const { name, ours, alone } of costs) {
    console.log(`${name.padEnd(24)}${ours.map((ns) => cell(ns.toFixed(1))).join('')}`);
    console.log(`${'  engine and Rust alone'.padEnd(24)}${alone.map((ns) => cell(ns.toFixed(1))).join('')}`);
  }
}

/** Draws two plots, of arguments and of results, on logarithmic axes: a line for each work, dashed for engine and Rust alone. */
function draw(costs) {
  const [width, height, left, top] = [720, 340, 70, 40];
  const decades = Math.ceil(Math.log10(Math.max(...costs.flatMap(({ ours, alone }) => [...ours, ...alone]))));
  const colours = { floats: '#1f77b4', strings: '#d62728', records: '#2ca02c', maps: '#9467bd', lists: '#ff7f0e' };
  const label = (at, text, more = '') => `<text x="${at[0].toFixed(1)}" y="${at[1].toFixed(1)}" ${more}>${text}</text>`;
  const plots = [
    ['in', 'arguments'],
    ['out', 'results'],
  ].map(([way, title], index) => {
    const base = index * height;
    const x = (n) => left + ((Math.log10(n) - 1) / Math.max(1, sizes.length - 1)) * (width - left - 110);
    const y = (ns) => base + height - 40 - (Math.log10(Math.max(ns, 1)) / decades) * (height - 40 - top);
    const grid = Array.from({ length: decades + 1 }, (_, i) => [
      `<path d="M${left} ${y(10 ** i).toFixed(1)}H${width - 110}" stroke="#ddd"/>`,
      label([left - 8, y(10 ** i) + 4], `${(10 ** i).toLocaleString('en')} ns`, 'text-anchor="end"'),
    ]);
    const axis = sizes.map((n) => label([x(n), base + height - 20], n.toLocaleString('en'), 'text-anchor="middle"'));
    const lines = costs
      .filter(({ name }) => name.endsWith(` ${way}`))
      .flatMap(({ name, ours, alone }) => {
        const kind = name.split(' ')[0];
        const points = (line) => line.map((ns, k) => `${x(sizes[k]).toFixed(1)},${y(ns).toFixed(1)}`).join(' ');
        const stroke = `fill="none" stroke="${colours[kind]}" stroke-width="2"`;
        return [
          `<polyline ${stroke} points="${points(ours)}"/>`,
          `<polyline ${stroke} stroke-dasharray="4 4" points="${points(alone)}"/>`,
          label([width - 102, y(ours.at(-1)) + 4], kind, `fill="${colours[kind]}"`),
        ];
      });
    const head = label(
      [left, base + 22],
      `${title}: time of an element by the length of the list; dashed: engine and Rust alone`,
      'font-weight="600"',
    );
    return [head, ...grid, ...axis, ...lines].flat().join('\n');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${2 * height}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="white"/>
${plots.join('\n')}
</svg>
`;
}
