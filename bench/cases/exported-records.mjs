/** 1,000 records of two floats and a string into an exported function, and new ones out of it. */

import { plain, sameCalls } from '../calls.mjs';

const COUNT = 1000;

const budgetWith = (aim) => [
  { contender: 'exported', against: 'napi-rs', most: 0.2, aim },
  { contender: 'exported', against: 'JSON', most: 0.25 },
];

export const works = [
  {
    title: 'exported, 1,000 records in',
    budget: budgetWith('40 µs, as PyO3'),
    baseline: 'napi-rs',
    contenders: ({ exported, napiRs }) => {
      const points = makePoints();
      return sameCalls({
        exported: { call: () => exported.measure(points) },
        'napi-rs': { call: () => napiRs.measure(points) },
        JSON: { call: () => JSON.parse(exported.measure_json(JSON.stringify([points]))) },
      });
    },
  },
  {
    title: 'exported, 1,000 records in and out',
    budget: budgetWith('79 µs, as PyO3'),
    baseline: 'napi-rs',
    contenders: ({ exported, napiRs }) => {
      const points = makePoints();
      return sameCalls({
        exported: {
          call: () => exported.moved(points),
          use: (moved) => moved[0].x + moved[COUNT - 1].y + moved[COUNT - 1].label.length,
        },
        'napi-rs': {
          call: () => napiRs.moved(points),
          use: (moved) => moved[0].x + moved[COUNT - 1].y + moved[COUNT - 1].label.length,
        },
        JSON: {
          call: () => JSON.parse(exported.moved_json(JSON.stringify([points]))),
          use: (moved) => moved[0].x + moved[COUNT - 1].y + moved[COUNT - 1].label.length,
        },
      });
    },
  },
];

function makePoints() {
  const labels = plain(Array.from({ length: COUNT }, (_, k) => `point ${k}`));
  return labels.map((label, k) => ({ x: k + 0.5, y: k + 0.25, label }));
}
