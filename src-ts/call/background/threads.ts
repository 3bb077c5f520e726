/** The threads that calls in the background run on. All environments of a process share them. */

import { availableParallelism } from 'node:os';
import { native } from '../../crossing/node-api/native';
import { rangeError } from '../../errors/errors';
import { describe } from '../../errors/words';

/** A thread has a stack of 8 MiB; more than this are a mistake. */
const MOST_THREADS = 1024;

/** What the threads do now. */
export interface ThreadUse {
  /** How many threads there may be. */
  readonly limit: number;
  /** How many there are. They are started when there is work, and end when there has been none for ten seconds. */
  readonly started: number;
  /** How many make a call. */
  readonly busy: number;
  /** How many calls wait for a thread. */
  readonly queued: number;
}

function isLimit(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MOST_THREADS;
}

/** As many as can run at once, unless the environment says otherwise. */
function usualLimit(): number {
  const wanted = Number(process.env['RUSTDLL_THREADS']);
  return isLimit(wanted) ? wanted : availableParallelism();
}

/** Sees to it that there is a limit. */
export function limitThreads(): void {
  if (native.threads()[0] === 0) native.setThreads(usualLimit());
}

/** How many threads there may be. */
export function threadLimit(): number {
  return native.threads()[0] || usualLimit();
}

/** @throws RangeError `ERR_RUSTDLL_RANGE` for what is no number of threads. */
export function setThreadLimit(limit: unknown): void {
  if (!isLimit(limit)) {
    throw rangeError(
      'ERR_RUSTDLL_RANGE',
      `RustDLL.threads: expected an integer from 1 to ${MOST_THREADS}, got ${describe(limit)}`,
    );
  }
  native.setThreads(limit);
}

export function threadUse(): ThreadUse {
  const [limit, started, busy, queued] = native.threads();
  return { limit: limit || usualLimit(), started, busy, queued };
}
