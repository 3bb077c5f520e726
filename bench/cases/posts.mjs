/** Callbacks that a thread posts, measured in a process of their own. */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const title = 'posts';

const AGAINST = 'napi-rs ThreadsafeFunction';

/** The greatest multiple of napi-rs's time. */
const MOST = 0.4;

/** Returns the lines of the table. */
export function lines({ quick }) {
  const script = fileURLToPath(new URL('../posts.mjs', import.meta.url));
  const results = JSON.parse(execFileSync(process.execPath, [script, quick ? '5' : '25'], { encoding: 'utf8' }));
  const { ratio } = results[AGAINST];
  const others = Object.entries(results).map(([name, { microseconds }]) => `${name} ${microseconds.toFixed(2)} us`);
  return [
    {
      contender: 'a post from a thread: processor time',
      budget: `${MOST} x ${AGAINST}`,
      measured: `${ratio.toFixed(2)} (${others.join(', ')})`,
      value: ratio,
      ok: ratio <= MOST,
      detail: results,
    },
  ];
}
