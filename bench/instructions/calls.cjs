/**
 * Makes six calls, each so often that its code is compiled, and then between two calls of `next_count`, at which valgrind
 * begins a new count. Every second count is of one of these calls: some of the first, as many of the second, and so on.
 * Prints the number of counts of each call, and the number of calls in a count.
 *
 * usage: calls.cjs <the package> <the library of this folder>
 */

const [, , entry, library] = process.argv;
const { RustDLL } = require(entry);

const dll = new RustDLL(library);
const { add, length, raise_first, next_count } = dll.declare(`
  fn add(a: i64, b: i64) -> i64;
  fn length(text: &PyStr) -> u32;
  fn raise_first(values: &mut PyVec<f64>) -> u32;
  fn next_count();
`);

const text = 'a string of forty-one ASCII characters...';
const floats = Array.from({ length: 100 }, (_, i) => i + 0.5);
const numbers = [1, 2, 3, 4, 5];
const points = Array.from({ length: 20 }, (_, i) => ({ x: i, y: -0.5, label: `label ${i}` }));

/** The number of calls in a count, and the loop that makes them. Each call has a loop of its own, as in a program. */
const CALLS = {
  'declared: add(i64, i64)': [
    1000,
    (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += add(i, 1);
      return sum;
    },
  ],
  'declared: a string of 41 characters': [
    1000,
    (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += length(text);
      return sum;
    },
  ],
  'declared: a list of 100 floats, one of them changed': [
    500,
    (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += raise_first(floats);
      return sum;
    },
  ],
  "guessed: 'World' and [1, 2, 3, 4, 5], one of them changed": [
    1000,
    (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += dll.greet('World', numbers);
      return sum;
    },
  ],
  'exported: 20 records in': [
    200,
    (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += dll.measure(points);
      return sum;
    },
  ],
  'exported: 20 records with strings out': [
    200,
    (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += dll.points(20).length;
      return sum;
    },
  ],
};

/** The number of calls before the counts, as a multiple: after them nearly all of a call's code is compiled. */
const WARM_UP = 40;
/** The number of rounds: more than one, since the engine compiles functions that are called rarely later than others. */
const COUNTS = 6;

let sum = 0;
for (const [times, loop] of Object.values(CALLS)) {
  for (let i = 0; i < WARM_UP; i++) sum += loop(times);
  for (let i = 0; i < COUNTS; i++) {
    // Prevents a collection within the count. One that includes old objects would discard compiled code that refers to some.
    globalThis.gc({ type: 'minor' });
    next_count();
    sum += loop(times);
    next_count();
  }
}
if (!Number.isSafeInteger(sum)) throw new Error(`the calls have wrong results: ${sum}`);
const calls = Object.entries(CALLS).map(([name, [times]]) => ({ name, times }));
console.log(JSON.stringify({ counts: COUNTS, calls }));
