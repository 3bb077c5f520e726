/** Values of serde's in and out by `Json<T>`, beside a text of JSON that JavaScript and Rust each read and write by hand. */

import { sameCalls } from '../calls.mjs';

const COUNT = 1000;
const points = Array.from({ length: COUNT }, (_, i) => ({ x: i + 0.5, y: -i, label: `point ${i}` }));

const work = { budget: [{ contender: 'Json<T>', against: 'by hand', most: 1.1 }], baseline: 'by hand' };

/** The work with so many points. */
const workOf = (title, list) => ({
  ...work,
  title,
  collect: list.length > 1,
  contenders: ({ exported }) =>
    sameCalls({
      'Json<T>': { call: () => exported.echo_json(list), use: (result) => result[0].x },
      'by hand': {
        call: () => JSON.parse(exported.echo_json_by_hand(JSON.stringify(list))),
        use: (result) => result[0].x,
      },
    }),
});

/** The work with one point that only goes in. */
const workIn = {
  ...work,
  title: 'exported, a JSON value of 1 record in',
  contenders: ({ exported }) => {
    const list = points.slice(0, 1);
    return sameCalls({
      'Json<T>': { call: () => exported.total_of_json(list) },
      'by hand': { call: () => exported.total_of_json_by_hand(JSON.stringify(list)) },
    });
  },
};

export const works = [
  workIn,
  workOf('exported, a JSON value of 1 record in and out', points.slice(0, 1)),
  workOf('exported, a JSON value of 1,000 records in and out', points),
];
