/** Delivers the progress of calls in the background to their listeners. */

import { setImmediate, setTimeout } from 'node:timers';
import { BLOCK_FLOATS } from '../../crossing/block';
import { doorbell } from '../../crossing/doorbell';
import type { NativeBackground } from '../../crossing/node-api/native';

/** The progress of a call, which its function reports with `rustdll::Progress`. */
export interface Progress {
  /** The amount that is done, in the function's own unit. */
  readonly done: number;
  /** The total amount, or null if the function has not reported it. */
  readonly total: number | null;
  /** The function's last message, or null if there is none. */
  readonly message: string | null;
}

const { f64 } = doorbell;

/** The milliseconds between two events of a call, about the time between two frames of a screen. */
const INTERVAL = 16;

/** A call with a listener. */
export interface Listening {
  readonly number: number;
  readonly onProgress: (progress: Progress) => void;
}

/** The calls with listeners, and the last message of each. */
const listening = new Map<Listening, string | null>();

let last = -Infinity;

let isTimed = false;

export function listen(call: Listening): void {
  listening.set(call, null);
}

export function unlisten(call: Listening): void {
  listening.delete(call);
}

/** Delivers new progress, if there is any, now or at the end of the interval. */
export function hear(background: NativeBackground): void {
  if (isTimed || !background.hasNews()) return;
  const wait = last + INTERVAL - performance.now();
  if (wait <= 0) {
    tellAll(background);
    return;
  }
  isTimed = true;
  // The calls keep the process alive, so the timer does not have to.
  setTimeout(() => {
    isTimed = false;
    // Delivers the progress that was reported during the interval.
    background.hasNews();
    tellAll(background);
  }, wait).unref();
}

function tellAll(background: NativeBackground): void {
  last = performance.now();
  for (const call of listening.keys()) tell(background, call);
}

/** Calls the listener of a call, if there is new progress. */
export function tell(background: NativeBackground, call: Listening): void {
  const news = background.progress(call.number);
  if (news === undefined) return;
  const done = f64[BLOCK_FLOATS >> 3] as number;
  const total = f64[(BLOCK_FLOATS >> 3) + 1] as number;
  const message = news ?? listening.get(call) ?? null;
  listening.set(call, message);
  try {
    call.onProgress({ done, total: total < 0 ? null : total, message });
  } catch (error) {
    // An error of the listener must not affect the call or other listeners.
    setImmediate(() => {
      throw error;
    });
  }
}
