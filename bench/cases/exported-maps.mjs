/**
 * Maps out of an exported function and into it, beside JSON: the whole way, and the engine's part of it alone; and beside what
 * Rust takes to make such maps and to drop them.
 */

import { sameCalls } from '../calls.mjs';

const COUNT = 20_000;
const ROWS = 1000;

const shared = {
  baseline: 'JSON',
  budget: [
    { contender: 'exported', against: 'JSON', most: 1.0 },
    { contender: 'exported', against: 'JSON alone', most: 1.0 },
  ],
  unlike: ['JSON alone', 'Rust alone'],
  collect: true,
};

/**
 * The works with one type: `make(size)` returns a value of it, whose entries `total` adds up; `made` makes such maps as
 * `make` returns and drops them, and `added` adds up the entries of such as `total` takes.
 */
function worksOf(title, size, { make, total, made, added }, valueOf) {
  return [
    {
      ...shared,
      title: `exported, ${title} out`,
      contenders: ({ exported }) => {
        const text = exported[`${make}_json`](`[${size}]`);
        return {
          ...sameCalls({
            exported: { call: () => valueOf(exported[make](size)) },
            JSON: { call: () => valueOf(JSON.parse(exported[`${make}_json`](`[${size}]`))) },
          }),
          'JSON alone': repeated(() => valueOf(JSON.parse(text))),
          'Rust alone': repeated(() => exported[made](size)),
        };
      },
    },
    {
      ...shared,
      title: `exported, ${title} in`,
      contenders: ({ exported }) => {
        const value = JSON.parse(exported[`${make}_json`](`[${size}]`));
        return {
          ...sameCalls({
            exported: { call: () => exported[total](value) },
            JSON: { call: () => JSON.parse(exported[`${total}_json`](JSON.stringify([value]))) },
          }),
          'JSON alone': repeated(() => JSON.stringify([value]).length),
          'Rust alone': repeated(() => exported[added](size)),
        };
      },
    },
  ];
}

function repeated(call) {
  return (n) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += call();
    return sum;
  };
}

export const works = [
  ...worksOf(
    '20,000 maps of 3 entries',
    COUNT,
    { make: 'prices', total: 'total_of_prices', made: 'made_prices', added: 'added_prices' },
    (maps) => maps[COUNT - 1].milk,
  ),
  ...worksOf(
    '1,000 maps of 10 entries in a map, by number',
    ROWS,
    { make: 'table', total: 'total_of_table', made: 'made_table', added: 'added_table' },
    // Maps with other keys than text are instances of Map, and objects in JSON.
    (table) => (table instanceof Map ? table.get(ROWS - 1).get(9) : table[ROWS - 1][9]),
  ),
];
