/** The limit of the threads on which calls in the background run. All environments of a process share them. */

import { availableParallelism } from 'node:os';
import { native } from '../../crossing/node-api/native';
import { rangeError } from '../../errors/errors';
import { describe } from '../../errors/words';

/** The greatest limit that is accepted. A thread has a stack of 8 MiB, so a greater one is probably a mistake. */
const MOST_THREADS = 1024;

/** The current state of the threads. */
export interface ThreadUse {
  /** The most threads. */
  readonly limit: number;
  /** The number of threads. They are started when there is work, and end after ten seconds without work. */
  readonly started: number;
  /** The number of threads that are making a call. */
  readonly busy: number;
  /** The number of calls that wait for a thread. */
  readonly queued: number;
}

function isLimit(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MOST_THREADS;
}

/** Returns the default limit: the number of processors, unless the environment sets another one. */
function usualLimit(): number {
  const wanted = Number(process.env['RUSTDLL_THREADS']);
  return isLimit(wanted) ? wanted : availableParallelism();
}

/** Sets the default limit if there is none. */
export function limitThreads(): void {
  if (native.threads()[0] === 0) native.setThreads(usualLimit());
}

/** Returns the most threads. */
export function threadLimit(): number {
  const limit = native.threads()[0] as number;
  return limit === 0 ? usualLimit() : limit;
}

/** Sets the most threads. @throws RangeError `ERR_RUSTDLL_RANGE` for an invalid number */
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
  const numbers = native.threads();
  return {
    limit: threadLimit(),
    started: numbers[1] as number,
    busy: numbers[2] as number,
    queued: numbers[3] as number,
  };
}
