/**
 * The exported functions beside the same functions in Python, where PyO3 is what a program would use: each contender is a
 * process of its own, and they take turns. Run by cases/pyo3.mjs. Prints JSON, the least time of each work with either; or the
 * reason why there is no comparison.
 *
 *     node bench/pyo3.mjs [rounds]
 */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { plain } from './calls.mjs';
import { openExported, paths, PYTHON } from './libraries.mjs';

/** The nanoseconds of a round. */
const SLICE = 2e6;

const { exported } = openExported();
const text = 'a string of forty-one ASCII characters...';
const thousand = (make) => Array.from({ length: 1000 }, (_, k) => make(k));
const texts = plain(thousand((k) => `text number ${k}`));
const floats = thousand((k) => k + 0.5);
const points = thousand((k) => ({ x: k + 0.5, y: -0.5, label: `label ${k}` }));
const lists = thousand((i) => Array.from({ length: 10 }, (_, k) => 10 * i + k));

/** The works by the names that pyo3.py has for them. Each has a loop of its own, as in a program. */
const WORKS = {
  add: (n) => {
    let last = 0;
    for (let i = 0; i < n; i++) last = exported.add_floats(1.5, 2.5);
    return last;
  },
  string: (n) => {
    let last = '';
    for (let i = 0; i < n; i++) last = exported.shout(text);
    return last;
  },
  floats: (n) => {
    let last;
    for (let i = 0; i < n; i++) last = exported.increase(floats);
    return last;
  },
  'strings out': (n) => {
    let last;
    for (let i = 0; i < n; i++) last = exported.names(1000);
    return last;
  },
  strings: (n) => {
    let last;
    for (let i = 0; i < n; i++) last = exported.shout_all(texts);
    return last;
  },
  'records in': (n) => {
    let last = 0;
    for (let i = 0; i < n; i++) last = exported.measure(points);
    return last;
  },
  records: (n) => {
    let last;
    for (let i = 0; i < n; i++) last = exported.moved(points);
    return last;
  },
  'lists in': (n) => {
    let last = 0;
    for (let i = 0; i < n; i++) last = exported.total_of_lists(lists);
    return last;
  },
};

if (!existsSync(paths.pyo3)) {
  console.log(JSON.stringify({ missing: 'the Python module could not be built here' }));
  process.exit(0);
}
const python = spawn(PYTHON, [fileURLToPath(new URL('pyo3.py', import.meta.url)), paths.pyo3], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]();

/** Has Python do a work, and returns the nanoseconds. */
async function inPython(name, times) {
  python.stdin.write(`${name} ${times}\n`);
  const { value, done } = await answers.next();
  if (done) throw new Error('Python has ended');
  return Number(value);
}

/** Does the same here. */
function here(name, times) {
  const start = process.hrtime.bigint();
  WORKS[name](times);
  return Number(process.hrtime.bigint() - start);
}

/** Returns how often a work is done in a round. */
async function countFor(time, name) {
  let times = 1;
  for (;;) {
    const taken = await time(name, times);
    if (taken >= SLICE / 2) return Math.max(1, Math.round((times * SLICE) / taken));
    times *= 2;
  }
}

const rounds = Number(process.argv[2] ?? 25);
const results = {};
for (const name of Object.keys(WORKS)) {
  // The engine compiles what is called often.
  for (const end = performance.now() + 300; performance.now() < end;) here(name, 5);
  const counts = [await countFor(here, name), await countFor(inPython, name)];
  const least = [Infinity, Infinity];
  for (let round = 0; round < rounds; round++) {
    least[0] = Math.min(least[0], here(name, counts[0]) / counts[0]);
    least[1] = Math.min(least[1], (await inPython(name, counts[1])) / counts[1]);
  }
  results[name] = { rustdll: least[0], pyo3: least[1], ratio: least[0] / least[1] };
}
python.stdin.end();
console.log(JSON.stringify(results));
