/** The growth of memory by calls, measured in a process of its own. */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { paths } from '../libraries.mjs';

export const title = 'memory';

/** The limit for each call, in bytes. */
const MOST_A_CALL = 1;
/** The limit after calls with 100 MB, in bytes: an allocator keeps some pages at hand. */
const MOST_AFTER_HUGE = 1e6;

/** Returns the lines of the table, each with the greatest of the measurements. */
export function lines({ quick }) {
  const script = fileURLToPath(new URL('../memory.mjs', import.meta.url));
  const calls = quick ? 100_000 : 1_000_000;
  const output = execFileSync(process.execPath, ['--expose-gc', script, paths.kernels, paths.exported, String(calls)], {
    encoding: 'utf8',
  });
  const { perCall, huge } = JSON.parse(output);
  const worst = Object.entries(perCall)
    .map(([kind, { heap, rss }]) => ({ kind, bytes: Math.max(heap, rss) }))
    .sort((a, b) => b.bytes - a.bytes)[0];
  const afterHuge = Math.max(huge.heap, huge.rss);
  return [
    {
      contender: `${calls.toLocaleString('en')} calls of each kind`,
      budget: 'under 1 byte a call',
      measured: `${Math.max(0, worst.bytes).toFixed(2)} bytes (${worst.kind})`,
      value: worst.bytes,
      ok: worst.bytes < MOST_A_CALL,
      detail: perCall,
    },
    {
      contender: 'after calls with 100 MB',
      budget: 'no growth',
      measured: `${(Math.max(0, afterHuge) / 1e6).toFixed(2)} MB`,
      value: afterHuge,
      ok: afterHuge < MOST_AFTER_HUGE,
      detail: huge,
    },
  ];
}
