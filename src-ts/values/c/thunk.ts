/**
 * Functions of C that call functions of JavaScript. There is a fixed number of them in the process (src-native/thunk.cc), and
 * each is bound to one function of JavaScript at a time: for the length of a call, or until a kept callback is closed.
 */

import { BLOCK_SYMBOL, EXCHANGE_HELD } from '../../crossing/block';
import { doorbell } from '../../crossing/doorbell';
import { native, type NativeThunks } from '../../crossing/node-api/native';
import { RustDLLError } from '../../errors/errors';
import { Mismatch } from '../../errors/mismatch';

const { i32 } = doorbell;

/** A function that C can call. */
export interface Thunk {
  readonly number: number;
  readonly address: number;
}

/** What is done when a thunk is called: its arguments are in the block, and its result is to be. */
export type Bound = () => void;

/** What the thunks are bound to, by their numbers. */
const bound = new Map<number, Bound>();

let made: NativeThunks | undefined;

function thunks(): NativeThunks {
  return (made ??= native.thunks(dispatch));
}

function dispatch(): void {
  bound.get(i32[BLOCK_SYMBOL >> 2] as number)?.();
}

/**
 * Binds a thunk. The one that has not been bound for longest is taken.
 *
 * @throws Mismatch if all of the kind are in use.
 */
export function bind(kind: number, call: Bound): Thunk {
  const address = thunks().acquire(kind);
  if (address === 0) {
    throw new Mismatch(
      'all callbacks of this kind are in use: the process has 128 that take and return integers or pointers, and fewer of each other kind',
      'ERR_RUSTDLL_MEMORY',
    );
  }
  const number = i32[EXCHANGE_HELD >> 2] as number;
  bound.set(number, call);
  return { number, address };
}

/** Ends the use of a thunk. If the library still calls it, nothing is called until it is bound again. */
export function unbind({ number }: Thunk): void {
  bound.delete(number);
  thunks().release(number);
}

/** A call of a library during which functions of JavaScript may be called. */
export interface Running {
  /** What a function of JavaScript has thrown. */
  thrown: { readonly value: unknown } | null;
}

let running: Running | null = null;

/** Notes that a call begins, and returns the one that goes on behind it. */
export function begin(call: Running): Running | null {
  const outer = running;
  running = call;
  return outer;
}

/** Notes that a call has ended, by what {@link begin} has returned. */
export function end(outer: Running | null): void {
  running = outer;
}

/** Returns the call that a library is performing for this thread. */
export function runningCall(): Running | null {
  return running;
}

/**
 * Returns what has gone wrong in callbacks during a call, besides what they have thrown themselves.
 *
 * @param isElsewhere - True if the call was made in the background.
 */
export function faultOf(name: string, isElsewhere = false): unknown {
  const fault = made?.fault();
  if (typeof fault !== 'number') return fault;
  const where = isElsewhere ? 'the thread of a call in the background' : 'another thread, which waits for this one';
  return new RustDLLError(
    'ERR_RUSTDLL_DEADLOCK',
    `${name}: the library has called a callback on ${where}; nothing was called, and it got 0`,
  );
}
