/**
 * What it costs that a guess is checked by debug information: the first look-up in libraries of several sizes, measured in
 * processes of their own, and each call.
 */

import { describedLines } from '../described.mjs';

/** A checked guess and one that is not, of the same function of two instances of one library. */
function checkedWork(title, call) {
  return {
    title: `checked guess: ${title}`,
    baseline: 'unchecked',
    budget: [{ contender: 'checked', against: 'unchecked', most: 1.1 }],
    contenders: ({ checked, unchecked }) => ({ checked: call(checked), unchecked: call(unchecked) }),
  };
}

const BIG = [5n, 2n ** 40n, -(2n ** 50n), 7n];

export const works = [
  {
    title: 'debug information',
    lines: ({ quick }) => describedLines(quick ? 3 : undefined),
  },
  checkedWork('add(i64, i64)', (library) => (n) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += library.add(i, 3);
    return sum;
  }),
  checkedWork('a bigint', (library) => (n) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += Number(library.id_i64(BIG[i & 3])) & 1;
    return sum;
  }),
  checkedWork('bigint results', (library) => (n) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += Number(library.add(2 ** 53 - 1, 1 + (i & 7))) & 15;
    return sum;
  }),
  checkedWork('a string', (library) => (n) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += Number(library.hash_str('text') & 15n);
    return sum;
  }),
  checkedWork('a list of 10 floats', (library) => {
    const list = Array.from({ length: 10 }, (_, i) => i + 0.5);
    return (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += Number(BigInt(library.hash_f64(list)) & 15n);
      return sum;
    };
  }),
];
