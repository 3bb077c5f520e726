/**
 * A list of 1,000 integers in, one added to each by Rust, and written back into the list. By hand, the list is copied
 * into typed arrays that are kept for it, and out of them again.
 */

export const title = 'list of 1,000 integers, in and written back';

export const budget = [
  { contender: 'declared', against: 'koffi', most: 0.05 },
  { contender: 'declared', against: 'by hand', most: 2.0 },
  { contender: 'guessed', against: 'koffi', most: 0.05 },
  { contender: 'guessed', against: 'by hand', most: 2.0 },
];

export const baseline = 'koffi';

export const missing = { 'ffi-rs': 'no lists of i64, and no list written back' };

const LENGTH = 1000;
const UPPER = 2 ** -32;

export function contenders({ rustdll, koffiFlat }) {
  const declared = rustdll.declare('fn add_one_i64(v: &mut PyVec<i64>)');
  const koffiAddOne = koffiFlat.func('void add_one_i64(_Inout_ int64_t *v, uint32_t n)');
  return {
    declared: overList((list) => declared.add_one_i64(list)),
    guessed: overList((list) => rustdll.add_one_i64(list)),
    koffi: overList((list) => koffiAddOne(list, list.length)),
    'by hand': byHand(declared),
    'by hand, BigInt64Array': byBigInt(declared),
  };
}

function makeList() {
  const list = [];
  for (let k = 0; k < LENGTH; k++) list.push(3 * k - 1000);
  return list;
}

/** Makes calls with a list of their own, and returns the sum of what was added to its elements. */
function overList(call) {
  const list = makeList();
  return (n) => {
    const before = list[0] + list[LENGTH - 1];
    for (let i = 0; i < n; i++) call(list);
    return list[0] + list[LENGTH - 1] - before;
  };
}

/** Converts every safe integer exactly, as rustdll does: by halves of 32 bits, or by one half if that is enough. */
function byHand({ add_one_i64 }) {
  const list = makeList();
  const memory = new BigInt64Array(LENGTH);
  const halves = new Int32Array(memory.buffer);
  return (n) => {
    const before = list[0] + list[LENGTH - 1];
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < LENGTH; k++) {
        const value = list[k];
        const low = value | 0;
        halves[2 * k] = value;
        halves[2 * k + 1] = low === value ? low >> 31 : Math.floor(value * UPPER);
      }
      add_one_i64(memory);
      for (let k = 0; k < LENGTH; k++) {
        const low = halves[2 * k];
        const high = halves[2 * k + 1];
        list[k] = high === low >> 31 ? low : high / UPPER + (low >>> 0);
      }
    }
    return list[0] + list[LENGTH - 1] - before;
  };
}

/** Converts through bigints, which is the simplest code. */
function byBigInt({ add_one_i64 }) {
  const list = makeList();
  const memory = new BigInt64Array(LENGTH);
  return (n) => {
    const before = list[0] + list[LENGTH - 1];
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < LENGTH; k++) memory[k] = BigInt(list[k]);
      add_one_i64(memory);
      for (let k = 0; k < LENGTH; k++) list[k] = Number(memory[k]);
    }
    return list[0] + list[LENGTH - 1] - before;
  };
}
