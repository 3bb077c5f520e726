/** A list of 1,000,000 floats in, one added to each by Rust, and written back into the list. */

export const title = 'list of 1,000,000 floats, in and written back';

export const budget = [
  { contender: 'declared', against: 'koffi', most: 0.05 },
  { contender: 'guessed', against: 'koffi', most: 0.05 },
];

export const baseline = 'koffi';

/** A contender that makes millions of numbers also pays for their collection. */
export const collect = true;

export const missing = { 'ffi-rs': 'no list written back' };

const LENGTH = 1_000_000;

export function contenders({ rustdll, koffiFlat }) {
  const declared = rustdll.declare('fn add_one_f64(v: &mut PyVec<f64>)');
  const koffiAddOne = koffiFlat.func('void add_one_f64(_Inout_ double *v, uint32_t n)');
  return {
    declared: overList((list) => declared.add_one_f64(list)),
    guessed: overList((list) => rustdll.add_one_f64(list)),
    koffi: overList((list) => koffiAddOne(list, list.length)),
    'by hand': byHand(declared),
  };
}

function makeList() {
  const list = [];
  for (let k = 0; k < LENGTH; k++) list.push(k + 0.5);
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

/** Copies through a Float64Array that is kept for all calls. */
function byHand({ add_one_f64 }) {
  const list = makeList();
  const memory = new Float64Array(LENGTH);
  return (n) => {
    const before = list[0] + list[LENGTH - 1];
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < LENGTH; k++) memory[k] = list[k];
      add_one_f64(memory);
      for (let k = 0; k < LENGTH; k++) list[k] = memory[k];
    }
    return list[0] + list[LENGTH - 1] - before;
  };
}
