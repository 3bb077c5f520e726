/**
 * The calls that are under way in the background. When a call is submitted, the addon gives it a number and makes it on
 * another thread; afterwards the addon calls back and stores the result in the block, as the doorbell would. What is
 * needed to complete the call is stored here under its number.
 */

import {
  BLOCK_BACKGROUND,
  BLOCK_LISTENS,
  BLOCK_RESULT,
  BLOCK_TEXT_COUNT,
  BLOCK_WAITS,
  MATTERS,
} from '../../crossing/block';
import { doorbell } from '../../crossing/doorbell';
import { handleResults, mailbox } from '../../crossing/mailbox';
import { RingStatus } from '../../crossing/node-api/native';
import { rangeError } from '../../errors/errors';
import type { Arena } from '../../memory/arena';
import { type Holding, releaseAll } from '../../memory/writer';
import { longer, makeList } from '../../runtime/list';
import { readAnswer } from '../answer';
import { PendingException, failed } from '../failure';
import { notRung } from '../not-rung';
import type { ErrorData, Result, Target } from '../plan';
import { complete } from '../steps';
import { fail, type Settling } from './failing';
import type { Wishes } from './options';
import { hear, listen, type Listening, tell, unlisten } from './progress';
import { type Cancellable, unwatch, watch } from './signal';
import { limitThreads } from './threads';
import type { Turn } from './turn';

const { i32 } = doorbell;

/** The calls by their numbers. */
let calls = makeList<BackgroundCall | undefined>(64);

function flush(): void {
  mailbox().flush();
}

/** The data of a function that completing its calls requires. */
export interface BackgroundCallee {
  readonly target: Target;
  readonly framed: boolean;
  readonly result: Result;
  readonly error?: ErrorData;
  /** Reads the result and completes the arguments, if that takes more than {@link result} says. */
  readonly read?: (arena: Arena) => unknown;
}

/** A call that is under way. */
export class BackgroundCall implements Cancellable, Settling {
  readonly #callee: BackgroundCallee;
  readonly #args: ArrayLike<unknown>;
  readonly #wishes: Wishes;
  #number = -1;
  #arena: Arena | null = null;
  #listening: Listening | null = null;
  #turn: Turn | null = null;
  #held: Holding | null = null;

  /**
   * @param args - The arguments, for messages.
   * @param resolve - Called with the result.
   * @param reject - Called with the reason if the call is cancelled.
   */
  constructor(
    callee: BackgroundCallee,
    args: ArrayLike<unknown>,
    wishes: Wishes,
    readonly resolve: (value: unknown) => void,
    readonly reject: (error: unknown) => void,
  ) {
    this.#callee = callee;
    this.#args = args;
    this.#wishes = wishes;
  }

  /**
   * Submits the call that is in the block.
   *
   * @param texts - A list that begins with the strings that the addon has to encode, which the block counts.
   * @param arena - The memory that is kept until the call is complete, if something has to be written back.
   * @param turn - The turn of the call to use its objects, if it has some.
   * @param held - The values among the arguments that Rust has until the call ends, if it has some.
   * @throws The error for a call that cannot be made.
   */
  submit(texts: readonly string[], arena: Arena | null, turn: Turn | null, held: Holding | null = null): void {
    const { signal, onProgress } = this.#wishes;
    turn?.store();
    if (held !== null) i32[BLOCK_WAITS >> 2] = (i32[BLOCK_WAITS >> 2] as number) | MATTERS;
    i32[BLOCK_LISTENS >> 2] = onProgress === null ? 0 : 1;
    // The addon reads as many strings as the block says.
    const answer =
      i32[BLOCK_TEXT_COUNT >> 2] === 0
        ? mailbox().submit()
        : mailbox().submit(texts[0] as string, texts[1] as string, texts[2] as string, texts[3] as string);
    if (answer === true) queueMicrotask(flush);
    else if (answer !== undefined) {
      turn?.end();
      if (held !== null) releaseAll(held);
      throw notSubmitted(this.#callee.target, answer, this.#args);
    }
    const number = i32[BLOCK_BACKGROUND >> 2] as number;
    this.#number = number;
    this.#turn = turn;
    this.#held = held;
    turn?.whenFirst(() => {
      mailbox().start(number);
    });
    this.#arena = arena;
    if (number >= calls.length) calls = longer(calls);
    calls[number] = this;
    this.#callee.target.backlog.count++;
    if (onProgress !== null) {
      this.#listening = { number, onProgress };
      listen(this.#listening);
    }
    if (signal === null) return;
    try {
      // Code of the user's may run from here on.
      watch(signal, this);
    } catch (error) {
      this.cancel(error);
    }
  }

  /** Rejects at once. A function that has not started is not called; the result of one that has is dropped. */
  cancel(reason: unknown): void {
    mailbox().cancel(this.#number);
    if (this.#listening !== null) unlisten(this.#listening);
    this.#end();
    // Its objects and callbacks are in use until Rust has ended.
    if (this.#turn !== null || this.#held !== null) calls[this.#number] = this;
    this.#turn?.begin();
    this.#arena?.leave();
    this.reject(reason);
  }

  #end(): void {
    calls[this.#number] = undefined;
    this.#callee.target.backlog.count--;
  }

  /** Ends the turn of a call that was cancelled. */
  #forget(): void {
    calls[this.#number] = undefined;
    this.#turn?.end();
    if (this.#held !== null) releaseAll(this.#held);
  }

  /** Completes the call with the result that is in the block. */
  settle(answer: null | string | RingStatus): void {
    if (answer === RingStatus.GivenUp) {
      this.#forget();
      return;
    }
    this.#end();
    // The next call that uses its objects begins while this one is completed.
    this.#turn?.end();
    if (this.#held !== null) releaseAll(this.#held);
    const { signal } = this.#wishes;
    if (signal !== null) unwatch(signal, this);
    let value: unknown;
    try {
      value = this.#read(answer);
      // As with any other call, nothing is written back if Rust has failed.
      const isComplete = this.#callee.read !== undefined || value instanceof PendingException;
      if (this.#arena !== null && !isComplete) complete(this.#arena);
    } catch (error) {
      this.#tellLast();
      fail(this, error);
      return;
    } finally {
      this.#arena?.leave();
    }
    this.#tellLast();
    if (value instanceof PendingException) fail(this, value);
    else this.resolve(value);
  }

  /** Tells of what has not been told yet. The user's code may run, which may fill the block. */
  #tellLast(): void {
    if (this.#listening === null) return;
    tell(mailbox(), this.#listening);
    unlisten(this.#listening);
  }

  #read(answer: null | string | RingStatus): unknown {
    const { target, framed, result, read } = this.#callee;
    if (typeof answer === 'number') throw notSubmitted(target, answer, this.#args);
    if (framed && i32[BLOCK_RESULT >> 2] !== 0) return failed(this.#callee, answer ?? undefined, this.#args);
    if (read !== undefined && this.#arena !== null) return read(this.#arena);
    return readAnswer(target, result, answer ?? undefined);
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

limitThreads();
handleResults({
  hear,
  settle(answer) {
    calls[i32[BLOCK_BACKGROUND >> 2] as number]?.settle(answer);
  },
});
