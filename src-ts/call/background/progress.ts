/** How far calls in the background are. */

import { setImmediate, setTimeout } from 'node:timers';
import type { NativeBackground } from '../../crossing/node-api/native';

/** How far a call is, as its function tells with `rustdll::Progress`. */
export interface Progress {
  /** How much is done, in whatever the function counts. */
  readonly done: number;
  /** How much there is to do, or null if the function does not know. */
  readonly total: number | null;
  /** What the function last said, or null if it has said nothing. */
  readonly message: string | null;
}

/** The time in milliseconds between two events of a call: a screen shows no more. */
const INTERVAL = 16;

/** A call that somebody wants to hear from. */
export interface Listening {
  readonly number: number;
  readonly onProgress: (progress: Progress) => void;
}

/** The calls, with what each has said last. */
const listening = new Map<Listening, string | null>();

let last = -Infinity;

let isTimed = false;

export function listen(call: Listening): void {
  listening.set(call, null);
}

export function unlisten(call: Listening): void {
  listening.delete(call);
}

/** Tells of news, if there are any, now or as soon as the interval is over. */
export function hear(background: NativeBackground): void {
  if (isTimed || !background.hasNews()) return;
  const wait = last + INTERVAL - performance.now();
  if (wait <= 0) {
    tellAll(background);
    return;
  }
  isTimed = true;
  // The calls keep the process alive, and the timer need not.
  setTimeout(() => {
    isTimed = false;
    // What has been told since then is told now.
    background.hasNews();
    tellAll(background);
  }, wait).unref();
}

function tellAll(background: NativeBackground): void {
  last = performance.now();
  for (const call of listening.keys()) tell(background, call);
}

/** Tells the listener of a call, if there is something new. */
export function tell(background: NativeBackground, call: Listening): void {
  const news = background.progress(call.number);
  if (news === undefined) return;
  const [done, total, text] = news;
  const message = text ?? listening.get(call) ?? null;
  listening.set(call, message);
  try {
    call.onProgress({ done, total, message });
  } catch (error) {
    // It is not the call's, and must not keep others from their news.
    setImmediate(() => {
      throw error;
    });
  }
}
