/** Many short strings out of an exported function, and into it. */

import { plain, sameCalls } from '../calls.mjs';

const COUNT = 1000;

const budgetWith = (aim) => [{ contender: 'exported', against: 'napi-rs', most: 0.5, aim }];

export const works = [
  {
    title: 'exported, 1,000 strings out',
    budget: budgetWith('61 µs, as PyO3'),
    baseline: 'napi-rs',
    contenders: ({ exported, napiRs }) =>
      sameCalls({
        exported: {
          call: () => exported.names(COUNT),
          use: (texts) => texts[0].charCodeAt(0) + texts[COUNT - 1].length,
        },
        'napi-rs': {
          call: () => napiRs.names(COUNT),
          use: (texts) => texts[0].charCodeAt(0) + texts[COUNT - 1].length,
        },
        JSON: {
          call: () => JSON.parse(exported.names_json(JSON.stringify([COUNT]))),
          use: (texts) => texts[0].charCodeAt(0) + texts[COUNT - 1].length,
        },
      }),
  },
  {
    title: 'exported, 1,000 strings in and out',
    budget: budgetWith('72 µs, as PyO3'),
    baseline: 'napi-rs',
    contenders: ({ exported, napiRs }) => {
      const texts = plain(Array.from({ length: COUNT }, (_, k) => `text of number ${k}`));
      return sameCalls({
        exported: {
          call: () => exported.shout_all(texts),
          use: (texts) => texts[0].charCodeAt(0) + texts[COUNT - 1].length,
        },
        'napi-rs': {
          call: () => napiRs.shoutAll(texts),
          use: (texts) => texts[0].charCodeAt(0) + texts[COUNT - 1].length,
        },
        JSON: {
          call: () => JSON.parse(exported.shout_all_json(JSON.stringify([texts]))),
          use: (texts) => texts[0].charCodeAt(0) + texts[COUNT - 1].length,
        },
      });
    },
  },
];
