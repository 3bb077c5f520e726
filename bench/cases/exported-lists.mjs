/** 1,000 lists of 10 integers into an exported function, and new ones out of it. */

import { sameCalls } from '../calls.mjs';

const ROWS = 1000;
const LENGTH = 10;

const shared = {
  budget: [{ contender: 'exported', against: 'napi-rs', most: 0.1 }],
  baseline: 'napi-rs',
};

export const works = [
  {
    ...shared,
    title: 'exported, 1,000 lists of 10 integers in',
    contenders: ({ exported, napiRs }) => {
      const lists = makeLists();
      return sameCalls({
        exported: { call: () => exported.total_of_lists(lists) },
        'napi-rs': { call: () => napiRs.totalOfLists(lists) },
        JSON: { call: () => JSON.parse(exported.total_of_lists_json(JSON.stringify([lists]))) },
      });
    },
  },
  {
    ...shared,
    title: 'exported, 1,000 lists of 10 integers in and out',
    contenders: ({ exported, napiRs }) => {
      const lists = makeLists();
      return sameCalls({
        exported: {
          call: () => exported.increase_lists(lists),
          use: (result) => result[0][0] + result[ROWS - 1][LENGTH - 1],
        },
        'napi-rs': {
          call: () => napiRs.increaseLists(lists),
          use: (result) => result[0][0] + result[ROWS - 1][LENGTH - 1],
        },
        JSON: {
          call: () => JSON.parse(exported.increase_lists_json(JSON.stringify([lists]))),
          use: (result) => result[0][0] + result[ROWS - 1][LENGTH - 1],
        },
      });
    },
  },
];

function makeLists() {
  const lists = [];
  for (let i = 0; i < ROWS; i++) {
    const list = [];
    for (let k = 0; k < LENGTH; k++) list.push(7 * i + k - 1000);
    lists.push(list);
  }
  return lists;
}
