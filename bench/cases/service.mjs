/** A service under load, measured with processes of its own. */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { installed } from '../../scripts/shared/tools.mjs';
import { buildCrate } from '../libraries.mjs';

export const title = 'a service under load';

/** The delay of the event loop in milliseconds, 99th percentile. */
const MOST_DELAY = 10;
/** The least of the throughput of two threads, as a multiple of that of one. */
const LEAST_SPEEDUP = 1.8;

/** Returns the lines of the table. */
export function lines({ quick }) {
  installed(fileURLToPath(new URL('../../examples/service', import.meta.url)));
  buildCrate('examples/service');
  const script = fileURLToPath(new URL('../service.mjs', import.meta.url));
  const results = JSON.parse(execFileSync(process.execPath, [script, quick ? '1' : '5'], { encoding: 'utf8' }));
  const { sync, 'one thread': one, 'two threads': two, speedup } = results;
  return [
    {
      contender: "the event loop's delay, 99 %",
      budget: `${MOST_DELAY} ms`,
      measured: `${two.delay.toFixed(1)} ms (sync: ${sync.delay.toFixed(0)} ms)`,
      value: two.delay,
      ok: two.delay <= MOST_DELAY,
      detail: results,
    },
    {
      contender: 'throughput with two threads',
      budget: `at least ${LEAST_SPEEDUP} x one thread`,
      measured: `${speedup.toFixed(2)} x (${two.throughput.toFixed(1)} and ${one.throughput.toFixed(1)} a second)`,
      value: speedup,
      ok: speedup >= LEAST_SPEEDUP,
      detail: results,
    },
  ];
}
