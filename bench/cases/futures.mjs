/** Futures, streams and work on several threads, measured in a process of their own. */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const title = 'futures and streams';

/** The greatest multiples of napi-rs's time, and the least part of the cores that calls in the background use. */
const MOST = { future: 0.15, stream: 0.1 };
const LEAST_OF_CORES = 0.95;

const NAMES = {
  future: ['1,000 futures at once: processor time', 'napi-rs async fn'],
  stream: ['a step of a stream', 'napi-rs AsyncGenerator'],
};

/** Returns the lines of the table. */
export function lines({ quick }) {
  const script = fileURLToPath(new URL('../futures.mjs', import.meta.url));
  const results = JSON.parse(execFileSync(process.execPath, [script, quick ? '5' : '25'], { encoding: 'utf8' }));
  const ofNapi = Object.entries(MOST).map(([name, most]) => {
    const { rustdll, napiRs, ratio } = results[name];
    const [contender, against] = NAMES[name];
    return {
      contender,
      budget: `${most} x ${against}`,
      measured: `${ratio.toFixed(3)} (rustdll ${rustdll.toFixed(2)} us, ${against} ${napiRs.toFixed(2)} us)`,
      value: ratio,
      ok: ratio <= most,
      detail: results[name],
    };
  });
  const { number, times, alone } = results.cores;
  const least = LEAST_OF_CORES * number;
  return [
    ...ofNapi,
    {
      contender: `64 calls of 1 ms in the background, ${number} cores`,
      budget: `${least.toFixed(1)} x the speed of one thread, at least`,
      measured: `${times.toFixed(2)} (threads of Rust alone ${alone.toFixed(2)})`,
      value: times,
      ok: times >= least,
      detail: results.cores,
    },
  ];
}
