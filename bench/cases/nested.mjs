/** A list of 1,000 lists of 10 integers in, one added to each, and written back. */

export const title = '1,000 lists of 10 integers, in and written back';

export const budget = [
  { contender: 'declared', against: 'per-element Node-API', most: 0.05 },
  { contender: 'guessed', against: 'per-element Node-API', most: 0.05 },
];

export const baseline = 'per-element Node-API';

export const missing = { koffi: 'no list of lists written back', 'ffi-rs': 'no lists of lists' };

const ROWS = 1000;
const LENGTH = 10;

export function contenders({ rustdll, addon }) {
  const declared = rustdll.declare('fn add_one_nested_i64_2(v: &mut PyVec<&mut PyVec<i64>>)');
  return {
    declared: overLists((lists) => declared.add_one_nested_i64_2(lists)),
    guessed: overLists((lists) => rustdll.add_one_nested_i64_2(lists)),
    'per-element Node-API': overLists((lists) => addon.addOneNested(lists)),
  };
}

/** Makes calls with lists of their own, and returns the sum of what was added to their elements. */
function overLists(call) {
  const lists = [];
  for (let i = 0; i < ROWS; i++) {
    const list = [];
    for (let k = 0; k < LENGTH; k++) list.push(7 * i + k - 1000);
    lists.push(list);
  }
  const first = lists[0];
  const last = lists[ROWS - 1];
  return (n) => {
    const before = first[0] + last[LENGTH - 1];
    for (let i = 0; i < n; i++) call(lists);
    return first[0] + last[LENGTH - 1] - before;
  };
}
