/**
 * Measures the growth of memory by calls; run by cases/memory.mjs as a process of its own, with --expose-gc. Prints JSON:
 * by how many bytes the collector's heaps and the whole process grew for each call of each kind, and in all by calls with
 * 100 MB of data.
 */

import { setImmediate } from 'node:timers/promises';
import { RustDLL } from 'rustdll';

const [library, exportedLibrary, calls] = [process.argv[2], process.argv[3], Number(process.argv[4])];
/** The number of floats of 8 bytes. */
const HUGE = 12_500_000;
const HUGE_CALLS = 3;
const HUGE_ROUNDS = 3;

const dll = new RustDLL(library);
const exported = new RustDLL(exportedLibrary);
const lib = dll.declare(`
  fn add(a: i64, b: i64) -> i64; fn str_len(s: &PyStr) -> u32;
  fn add_one_i64(v: &mut PyVec<i64>); fn add_one_f64(v: &mut PyVec<f64>); fn add_one_nested_i64_2(v: &mut PyVec<&mut PyVec<i64>>)`);

const list = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const lists = [[1, 2], [3], [4, 5, 6]];
const array = new Float64Array(10);
const points = [
  { x: 1, y: 2, label: 'here' },
  { x: 3, y: 4, label: 'dort drüben' },
];

/** Makes calls that fail, and drops the errors. */
function fail() {
  try {
    exported.divide(1, 0);
  } catch {
    // The call is meant to fail.
  }
}

const KINDS = {
  'add, declared': (i) => lib.add(i, 1),
  'add, guessed': (i) => dll.add(i, 1),
  'string, declared': (i) => lib.str_len(i % 2 === 0 ? 'a string' : 'eine Zeichenkette für sich'),
  'string, guessed': (i) => dll.str_len(i % 2 === 0 ? 'a string' : 'eine Zeichenkette für sich'),
  'list, declared': () => lib.add_one_i64(list),
  'list, guessed': () => dll.add_one_i64(list),
  'list of lists, declared': () => lib.add_one_nested_i64_2(lists),
  'Float64Array, declared': () => lib.add_one_f64(array),
  'string, exported': (i) => exported.shout(i % 2 === 0 ? 'a string' : 'eine Zeichenkette für sich'),
  'list, exported': () => exported.increase(list),
  'records, exported': () => exported.moved(points),
  'error, exported': fail,
};

function repeat(call, times) {
  for (let i = 0; i < times; i++) call(i);
}

/** Returns the sizes, in bytes, of V8's heap with its ArrayBuffers, and of the memory of the process. */
async function settled() {
  // The memory of ArrayBuffers is released some turns of the event loop after the collection that finds them.
  for (let turn = 0; turn < 4; turn++) {
    globalThis.gc();
    await setImmediate();
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, rss };
}

async function growth(work) {
  const before = await settled();
  work();
  const after = await settled();
  return { heap: after.heap - before.heap, rss: after.rss - before.rss };
}

function hugeList() {
  const huge = [];
  for (let k = 0; k < HUGE; k++) huge.push(k + 0.5);
  return huge;
}

const perCall = {};
for (const [kind, call] of Object.entries(KINDS)) {
  repeat(call, calls / 5);
  const grown = await growth(() => repeat(call, calls));
  perCall[kind] = { heap: grown.heap / calls, rss: grown.rss / calls };
}

// The list itself is made and dropped once before, as the collector's own heap grows with it. A leak of the calls shows in
// every round, unlike other growth, so the least of the rounds counts.
hugeList();
const huge = { heap: Infinity, rss: Infinity };
for (let round = 0; round < HUGE_ROUNDS; round++) {
  const grown = await growth(() => {
    const payload = hugeList();
    repeat(() => lib.add_one_f64(payload), HUGE_CALLS);
  });
  huge.heap = Math.min(huge.heap, grown.heap);
  huge.rss = Math.min(huge.rss, grown.rss);
}

console.log(JSON.stringify({ perCall, huge }));
