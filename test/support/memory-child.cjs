'use strict';

// Measures the memory of calls, as a program of test/hazards/call-memory.test.ts: with the name of a work, the most memory that
// one call of it takes, beside what it carries; without, by how many bytes the process grows with each of a million calls of
// each kind. Both are written as JSON.
//
//     node --expose-gc memory-child.cjs <the package> <the exported library> <the callbacks' library> [work]

const { readFileSync } = require('node:fs');

const [, , entry, exportedFile, callbacksFile, work] = process.argv;
const { RustDLL } = require(entry);
const exported = new RustDLL(exportedFile);
const callbacks = new RustDLL(callbacksFile);

const CALLS = 1_000_000;
const FLOATS = 8_000_000;
const STRINGS = 500_000;

/** The memory of a string in Rust: its place in the list, and its text as `malloc` rounds it up. */
const stringOf = (bytes) => 24 + 16 * Math.ceil((Math.max(24, bytes) + 8) / 16);

const texts = (length) =>
  Array.from({ length }, (_, k) => Buffer.from(`${'a text of some length '.repeat(3)}${k}`).toString('latin1'));

/** Each makes the arguments, and returns what the call carries in bytes, as Rust has it. */
const WORKS = {
  'a list of floats in': () => {
    const list = new Array(FLOATS).fill(0.5);
    return { carries: 8 * FLOATS, call: () => exported.sum(list) };
  },
  'a Float64Array in': () => {
    const list = new Float64Array(FLOATS).fill(0.5);
    return { carries: 8 * FLOATS, call: () => exported.sum(list) };
  },
  'a list of floats out': () => ({ carries: 8 * FLOATS, call: () => exported.zeros(FLOATS) }),
  'a string out': () => ({ carries: 80e6, call: () => exported.repeat('0123456789', 8e6) }),
  'strings in': () => {
    const list = texts(STRINGS);
    return { carries: STRINGS * stringOf(72), call: () => exported.touch_text(list) };
  },
  'strings out': () => ({ carries: 4 * STRINGS * stringOf(12), call: () => exported.many_strings(4 * STRINGS) }),
  'records in': () => {
    const points = Array.from({ length: STRINGS }, (_, k) => ({ x: k + 0.5, y: 0.5, label: 'label' }));
    return { carries: STRINGS * (16 + stringOf(5)), call: () => exported.touch(points) };
  },
};

const KINDS = {
  'a list': (k) => exported.sum([k]),
  'a string': (k) => exported.repeat(k % 2 === 0 ? 'a string' : 'größer', 2),
  'a callback': (k) => callbacks.apply((x) => x + k, 1),
};

function settled() {
  for (let round = 0; round < 4; round++) globalThis.gc();
  return process.memoryUsage.rss();
}

/** The most memory that the process has had. On Linux `maxRSS` counts that of the process which started this one, too. */
function most() {
  if (process.platform !== 'linux') return 1024 * process.resourceUsage().maxRSS;
  return 1024 * Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
}

if (work !== undefined) {
  const { carries, call } = WORKS[work]();
  const before = settled();
  call();
  console.log(JSON.stringify({ carries, peak: most() - before }));
} else {
  const grown = {};
  for (const [kind, call] of Object.entries(KINDS)) {
    const repeat = () => {
      for (let k = 0; k < CALLS; k++) call(k);
    };
    repeat();
    // A leak shows in every round, and other growth does not.
    grown[kind] = Infinity;
    for (let round = 0; round < 3 && grown[kind] >= 1; round++) {
      const before = settled();
      repeat();
      grown[kind] = Math.min(grown[kind], (settled() - before) / CALLS);
    }
  }
  console.log(JSON.stringify(grown));
}
