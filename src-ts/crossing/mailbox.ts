/**
 * What other threads have for this environment: the results of calls in the background, and callbacks that are to be
 * called. The addon calls `drain` when something has arrived.
 */

import { setImmediate } from 'node:timers';
import { BLOCK_POSTS, POST_SIZE } from './block';
import { native, type NativeBackground, type RingStatus } from './node-api/native';

/** The milliseconds for which arrivals are handled in one turn of the event loop, so that other events are not delayed. */
const MOST_IN_TURN = 4;

/** The number of arrivals after which the clock is read. */
const ARRIVALS_BY_CLOCK = 32;

/** What is done with the results of calls. */
export interface ResultHandler {
  /** Handles new progress of calls. */
  hear(background: NativeBackground): void;
  /** Completes the call whose result is in the block. */
  settle(answer: null | string | RingStatus): void;
}

/** What is done with callbacks. */
export interface CallbackHandler {
  /** Calls the callback in the exchange for another thread. */
  deliver(text: string | null): void;
  /** Calls the posted callback at this offset in the block. */
  deliverPost(at: number): void;
  /**
   * Calls the callback in the exchange for the call that is being made on this thread. Unless it passes on a reply, the
   * result is in the small words.
   */
  dispatch(text: string | undefined): void;
  /** Returns what a callback has thrown, by the address that a call returned; undefined if another environment has it. */
  takeThrown(address: number): { readonly value: unknown } | undefined;
  /** Takes back the number of a value that no library has any more. */
  takeBack(number: number): void;
}

let made: NativeBackground | undefined;

let results: ResultHandler | undefined;

let callbacks: CallbackHandler | undefined;

/** Returns the addon's functions, which are made when they are first needed. */
export function mailbox(): NativeBackground {
  return (made ??= native.background(drain, (text) => callbacks?.dispatch(text)));
}

export function handleResults(handler: ResultHandler): void {
  results = handler;
}

export function handleCallbacks(handler: CallbackHandler): void {
  callbacks = handler;
}

/** Does what {@link CallbackHandler} says. */
export function takeThrown(address: number): { readonly value: unknown } | undefined {
  return callbacks?.takeThrown(address);
}

/** The number of arrivals until the clock is read. */
let untilClock = ARRIVALS_BY_CLOCK;

/** The time at which `drain` was called last. */
let drainBegan = 0;

/** The time at which it was called in this turn of the event loop, once that has many arrivals; otherwise 0. */
let turnBegan = 0;

/** True if there are arrivals left for the next turn. */
let isYielding = false;

function endTurn(): void {
  turnBegan = 0;
  if (!isYielding) return;
  isYielding = false;
  drain();
}

/**
 * Handles what has arrived. The engine may call this repeatedly in one turn of the event loop, while threads deliver
 * more and functions submit new calls, so the time limit applies to the turn and not to one call of this function.
 */
function drain(): void {
  if (isYielding) return;
  const box = mailbox();
  drainBegan = performance.now();
  results?.hear(box);
  for (let handled = handleNext(box); handled > 0; handled = handleNext(box)) {
    untilClock -= handled;
    if (untilClock <= 0 && hasTakenLong()) return;
  }
  if (callbacks !== undefined) takeBackAll(box, callbacks);
}

/** The offsets of the next posted callback in the block, and of the end of those that were taken together. */
let nextPost = 0;
let endOfPosts = 0;

/**
 * Calls the posted callbacks that are in the block, and returns how many there were. One of them may end the process,
 * before which the others are called.
 */
function deliverPosts(handler: CallbackHandler): number {
  let handled = 0;
  while (nextPost < endOfPosts) {
    const at = nextPost;
    nextPost += POST_SIZE;
    handler.deliverPost(at);
    handled++;
  }
  return handled;
}

/** The most callbacks that are called before a result is looked for, which takes as long as calling a quick one. */
const CALLBACKS_BY_RESULT = 16;

/** Handles the next result and some callbacks. Returns how many there were. */
function handleNext(box: NativeBackground): number {
  let handled = callbacks === undefined ? 0 : deliverPosts(callbacks);
  const answer = box.next();
  if (answer !== undefined) {
    results?.settle(answer);
    handled++;
  }
  if (callbacks === undefined) return handled;
  for (const most = handled + CALLBACKS_BY_RESULT; handled < most;) {
    const next = box.message();
    if (next === undefined) break;
    if (typeof next === 'number') {
      nextPost = BLOCK_POSTS;
      endOfPosts = BLOCK_POSTS + next * POST_SIZE;
      handled += deliverPosts(callbacks);
    } else {
      callbacks.deliver(next);
      handled++;
    }
  }
  return handled;
}

/** The most arrivals that are handled at the end: more than can wait then, as each may cause another one. */
const MOST_AT_END = 10_000;

function drainAtEnd(): void {
  const box = mailbox();
  for (let left = MOST_AT_END; left > 0;) {
    const handled = handleNext(box);
    if (handled === 0) return;
    left -= handled;
  }
}

let isDrainedAtEnd = false;

/** Has what has arrived handled before the process or the Worker ends, which does not wait for it otherwise. */
export function drainBeforeEnd(): void {
  if (isDrainedAtEnd) return;
  isDrainedAtEnd = true;
  // The event loop may go on after the first event, but not after the second, which is also that of `process.exit`.
  process.on('beforeExit', drain).on('exit', drainAtEnd);
}

function takeBackAll(box: NativeBackground, handler: CallbackHandler): void {
  for (let number = box.unused(); number !== undefined; number = box.unused()) handler.takeBack(number);
}

/** Reads the clock, and returns true if the rest of the arrivals have to wait for the next turn. */
function hasTakenLong(): boolean {
  untilClock = ARRIVALS_BY_CLOCK;
  const now = performance.now();
  if (turnBegan === 0) {
    turnBegan = drainBegan;
    setImmediate(endTurn);
  }
  isYielding = now - turnBegan > MOST_IN_TURN;
  return isYielding;
}
