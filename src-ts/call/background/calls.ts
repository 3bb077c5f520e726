/**
 * The calls that are under way in the background. When a call is submitted, the addon gives it a number and makes it on
 * another thread; afterwards the addon calls back and stores the result in the block, as the doorbell would. What is
 * needed to complete the call is stored here under its number.
 */

import { setImmediate } from 'node:timers';
import { BLOCK_BACKGROUND, BLOCK_LISTENS, BLOCK_RESULT, BLOCK_TEXT_COUNT } from '../../crossing/block';
import { doorbell } from '../../crossing/doorbell';
import { native, type NativeBackground, RingStatus } from '../../crossing/node-api/native';
import { rangeError } from '../../errors/errors';
import type { Arena } from '../../memory/arena';
import { readAnswer } from '../answer';
import { PendingException, failed, notRung } from '../failure';
import type { Result, Target } from '../plan';
import { complete } from '../steps';
import type { Wishes } from './options';
import { hear, listen, type Listening, tell, unlisten } from './progress';
import { type AbortSignalLike, type Cancellable, unwatch, watch } from './signal';
import { limitThreads } from './threads';

const { i32 } = doorbell;

/** The milliseconds for which results are taken in one turn of the event loop, so that other events are not delayed. */
const MOST_IN_TURN = 4;

/** The number of results after which the clock is read. */
const RESULTS_BY_CLOCK = 64;

let background: NativeBackground | undefined;

/** Returns the addon's object for calls in the background, which is made at the first call. */
function begun(): NativeBackground {
  if (background === undefined) {
    background = new native.Background(drain);
    limitThreads();
  }
  return background;
}

/** The calls by their numbers. */
const calls: (BackgroundCall | undefined)[] = [];

/** The number of calls that keep the process alive. */
let awaited = 0;

let isFlushing = false;

function flush(): void {
  isFlushing = false;
  background?.flush();
}

/** A call that has been submitted. */
export class BackgroundCall implements Cancellable {
  readonly #target: Target;
  readonly #framed: boolean;
  readonly #result: Result;
  readonly #args: ArrayLike<unknown>;
  readonly #arena: Arena | null;
  readonly #signal: AbortSignalLike | null;
  readonly #onProgress: Wishes['onProgress'];
  readonly #resolve: (value: unknown) => void;
  readonly #reject: (error: unknown) => void;
  #number = -1;
  #listening: Listening | null = null;

  /**
   * @param resolve - Called with the result, or with a {@link PendingException} for an `Err` or a panic.
   * @param args - The arguments, for messages.
   * @param arena - The memory that is kept until the call is complete, if something has to be written back.
   */
  constructor(
    { target, framed, result }: { target: Target; framed: boolean; result: Result },
    args: ArrayLike<unknown>,
    arena: Arena | null,
    { signal, onProgress }: Wishes,
    resolve: (value: unknown) => void,
    reject: (error: unknown) => void,
  ) {
    this.#target = target;
    this.#framed = framed;
    this.#result = result;
    this.#args = args;
    this.#arena = arena;
    this.#signal = signal;
    this.#onProgress = onProgress;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /**
   * Submits the call that is in the block.
   *
   * @param texts - The strings that the addon has to encode, which are the first `count` of the list.
   * @throws The error for a call that cannot be made.
   */
  submit(texts: readonly string[], count: number): void {
    i32[BLOCK_TEXT_COUNT >> 2] = count;
    i32[BLOCK_LISTENS >> 2] = this.#onProgress === null ? 0 : 1;
    // The addon reads as many strings as the block says.
    const answer =
      count === 0
        ? begun().submit()
        : begun().submit(texts[0] as string, texts[1] as string, texts[2] as string, texts[3] as string);
    if (answer !== undefined) throw notSubmitted(this.#target, answer, this.#args);
    const number = i32[BLOCK_BACKGROUND >> 2] as number;
    this.#number = number;
    calls[number] = this;
    this.#target.backlog.count++;
    if (awaited++ === 0) begun().hold(true);
    if (!isFlushing) {
      isFlushing = true;
      queueMicrotask(flush);
    }
    if (this.#onProgress !== null) {
      this.#listening = { number, onProgress: this.#onProgress };
      listen(this.#listening);
    }
    // Code of the user's may run from here on.
    if (this.#signal !== null) watch(this.#signal, this);
  }

  /** Rejects at once. A function that has not started is not called; the result of one that has is dropped. */
  cancel(reason: unknown): void {
    begun().cancel(this.#number);
    if (this.#listening !== null) unlisten(this.#listening);
    this.#end();
    this.#arena?.leave();
    this.#reject(reason);
  }

  #end(): void {
    calls[this.#number] = undefined;
    this.#target.backlog.count--;
    if (--awaited === 0) begun().hold(false);
  }

  /** Completes the call with the result that is in the block. */
  settle(answer: null | string | RingStatus): void {
    this.#end();
    if (this.#signal !== null) unwatch(this.#signal, this);
    let value: unknown;
    try {
      value = this.#read(answer);
      // As with any other call, nothing is written back if Rust has failed.
      if (this.#arena !== null && !(value instanceof PendingException)) complete(this.#arena);
    } catch (error) {
      this.#tellLast();
      this.#reject(error);
      return;
    } finally {
      this.#arena?.leave();
    }
    this.#tellLast();
    this.#resolve(value);
  }

  /** Tells of what has not been told yet. The user's code may run, which may fill the block. */
  #tellLast(): void {
    if (this.#listening === null) return;
    tell(begun(), this.#listening);
    unlisten(this.#listening);
  }

  #read(answer: null | string | RingStatus): unknown {
    if (typeof answer === 'number') throw notSubmitted(this.#target, answer, this.#args);
    if (this.#framed && i32[BLOCK_RESULT >> 2] !== 0) return failed(this.#target, answer ?? undefined, this.#args);
    return readAnswer(this.#target, this.#result, answer ?? undefined);
  }
}

/** Makes the error for a call that was not made. */
function notSubmitted(target: Target, status: RingStatus, args: ArrayLike<unknown>): Error {
  if (status === RingStatus.NoMemory || status === RingStatus.NoThread) {
    const what = status === RingStatus.NoMemory ? 'memory to copy the arguments to' : 'thread';
    return rangeError('ERR_RUSTDLL_MEMORY', `${target.name}: there is no ${what} for a call in the background`);
  }
  return notRung(target, status, args);
}

/** The time that has been spent on results in this turn of the event loop. */
let spent = 0;

let isTurnWatched = false;

/** True if there are results left for the next turn. */
let isYielding = false;

function endTurn(): void {
  isTurnWatched = false;
  spent = 0;
  if (!isYielding) return;
  isYielding = false;
  drain();
}

/**
 * Settles the complete calls. The engine may call this repeatedly in one turn of the event loop, while threads deliver
 * results and functions submit new calls, so the time limit applies to the turn and not to one call of this function.
 */
function drain(): void {
  if (isYielding) return;
  hear(begun());
  if (!isTurnWatched) {
    isTurnWatched = true;
    setImmediate(endTurn);
  }
  const began = performance.now();
  for (let taken = 1; ; taken++) {
    const answer = begun().next();
    if (answer === undefined) break;
    calls[i32[BLOCK_BACKGROUND >> 2] as number]?.settle(answer);
    if (taken % RESULTS_BY_CLOCK === 0 && spent + performance.now() - began > MOST_IN_TURN) {
      isYielding = true;
      return;
    }
  }
  spent += performance.now() - began;
  isYielding = spent > MOST_IN_TURN;
}
