/** Calls in the background, measured in a process of their own. */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const title = 'background calls';

const AGAINST = 'napi-rs AsyncTask';

/** The lines of the budget: the measurement, and the greatest multiple of napi-rs's time. */
const BUDGET = [
  { what: 'processor', contender: '1,000 at once: processor time', most: 0.4 },
  { what: 'submitting', contender: '1,000 at once: until submitted', most: 0.25 },
  { what: 'latency', contender: 'one at a time', most: 0.9 },
];

/** Returns the lines of the table. */
export function lines({ quick }) {
  const script = fileURLToPath(new URL('../background.mjs', import.meta.url));
  const results = JSON.parse(execFileSync(process.execPath, [script, quick ? '5' : '25'], { encoding: 'utf8' }));
  return BUDGET.map(({ what, contender, most }) => {
    const { ratio } = results[what][AGAINST];
    const others = Object.entries(results[what]).map(
      ([name, { microseconds }]) => `${name} ${microseconds.toFixed(2)} us`,
    );
    return {
      contender,
      budget: `${most} x ${AGAINST}`,
      measured: `${ratio.toFixed(2)} (${others.join(', ')})`,
      value: ratio,
      ok: ratio <= most,
      detail: results[what],
    };
  });
}
