/** A list of floats into an exported function, and a new list out of it. */

import { sameCalls } from '../calls.mjs';

const LENGTHS = [1000, 1_000_000];

const shared = {
  budget: [{ contender: 'exported', against: 'napi-rs', most: 0.1 }],
  baseline: 'napi-rs',
};

export const works = LENGTHS.flatMap((length) => [
  {
    ...shared,
    ...effortFor(length),
    title: `exported, list of ${length.toLocaleString('en')} floats in`,
    contenders: ({ exported, napiRs }) => {
      const list = makeList(length);
      return sameCalls({
        exported: { call: () => exported.total(list) },
        'napi-rs': { call: () => napiRs.total(list) },
        JSON: { call: () => JSON.parse(exported.total_json(JSON.stringify([list]))) },
      });
    },
  },
  {
    ...shared,
    ...effortFor(length),
    title: `exported, list of ${length.toLocaleString('en')} floats in and out`,
    contenders: ({ exported, napiRs }) => {
      const list = makeList(length);
      return sameCalls({
        exported: { call: () => exported.increase(list), use: (values) => values[0] + values[length - 1] },
        'napi-rs': { call: () => napiRs.increase(list), use: (values) => values[0] + values[length - 1] },
        JSON: {
          call: () => JSON.parse(exported.increase_json(JSON.stringify([list]))),
          use: (values) => values[0] + values[length - 1],
        },
      });
    },
  },
]);

function makeList(length) {
  const list = [];
  for (let k = 0; k < length; k++) list.push(k + 0.5);
  return list;
}

/** A contender that makes millions of numbers also pays for their collection. One call shows if a result is wrong. */
function effortFor(length) {
  return length > 1000 ? { collect: true, checks: 1 } : {};
}
