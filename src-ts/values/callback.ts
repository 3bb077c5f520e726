/**
 * Functions of JavaScript that Rust calls, and what they throw. Rust has the address of a place of the addon's for each
 * such value; the value itself is here, under the number of the place.
 */

import {
  EXCHANGE_COUNT,
  EXCHANGE_HELD,
  EXCHANGE_REQUEST,
  EXCHANGE_SMALL,
  EXCHANGE_TEXT,
  EXCHANGE_THREW,
  EXCHANGE_WORDS,
  MAX_SMALL_WORDS,
  NOW,
  POST_COUNT,
  POST_WORDS,
  POSTED,
} from '../crossing/block';
import { doorbell } from '../crossing/doorbell';
import { handleCallbacks, mailbox } from '../crossing/mailbox';
import { rangeError, typeError } from '../errors/errors';
import { type Callee, placeOf } from '../errors/words';
import { Arena } from '../memory/arena';
import { type Decode, reader } from '../memory/reader';
import type { Encode, Holding, Writer } from '../memory/writer';
import { append, makeList } from '../runtime/list';
import { isThenable, throwLater } from '../runtime/promise';
import type { FunctionShape } from '../types/shape';
import { sealText } from './stream/argument';
import { type DirectCode, directCode } from './direct-callback';
import { storePointer } from './slot';
import { type Reference, storeObjects } from './object';

const { i32 } = doorbell;

/** How the functions of one type are called. */
export interface FunctionCode {
  readonly isLent: boolean;
  readonly parameters: readonly Decode[];
  /** Encodes the result; null if it is nothing. */
  readonly encode: Encode | null;
  /** The code for scalars; null for functions that have other values. */
  readonly direct: DirectCode<Callback> | null;
  /** Makes the error for a result that cannot be encoded, of the argument with this index. */
  readonly refused: (error: unknown, callee: Callee, argument: number) => unknown;
}

/** The values that Rust may have, by their numbers. */
const values: unknown[] = [];

/** The addresses of their places. */
const addresses: number[] = [];

/** The numbers of places that are not in use, as many as there may be, of which the first `freeCount` count. */
const free: number[] = [];
let freeCount = 0;

/** Gives a value a place, and returns its number. */
function hold(value: unknown): number {
  const number = freeCount > 0 ? (free[--freeCount] as number) : makePlace();
  values[number] = value;
  return number;
}

function makePlace(): number {
  const address = mailbox().hold();
  if (address === 0) throw rangeError('ERR_RUSTDLL_MEMORY', 'no memory for another callback');
  const number = i32[EXCHANGE_HELD >> 2] as number;
  // The addon has given other numbers to errors that no function of JavaScript could catch.
  while (addresses.length <= number) {
    append(addresses, 0);
    append(values, undefined);
    append(free, 0);
  }
  addresses[number] = address;
  return number;
}

function takeBack(number: number): void {
  // The addon has used the number for an error that no function of JavaScript could catch.
  if (!addresses[number]) return;
  values[number] = undefined;
  free[freeCount++] = number;
}

/** Gives up a value that a library may still have. */
function forget(number: number): void {
  if (mailbox().forget(number)) takeBack(number);
}

/**
 * A function that Rust may call. Its properties are assigned, as engines take far longer to define them; the prototype
 * inherits none, so no setter runs.
 */
export class Callback implements Holding {
  declare readonly call: (...args: unknown[]) => unknown;
  declare readonly code: FunctionCode;
  declare readonly callee: Callee;
  declare readonly argument: number;
  declare readonly number: number;
  declare next: Holding | null;

  /**
   * @param callee - The function that it is passed to, as the argument at `argument`.
   */
  constructor(call: (...args: unknown[]) => unknown, code: FunctionCode, callee: Callee, argument: number) {
    this.call = call;
    this.code = code;
    this.callee = callee;
    this.argument = argument;
    this.next = null;
    this.number = hold(this);
  }

  get address(): number {
    return addresses[this.number] as number;
  }

  /** Ends the call to which it was passed. */
  release(): void {
    if (this.code.isLent) takeBack(this.number);
    else forget(this.number);
  }
}
Object.setPrototypeOf(Callback.prototype, null);

/** Returns the place of a callback in the call that it was passed to: `argument 1 (f)`. */
function placeIn({ callee, argument }: Callback): string {
  return placeOf(callee, argument).slice(callee.name.length + 2);
}

/** Reads the arguments that are in the exchange. No code of the user's runs until all are read. */
function readArguments({ code: { parameters } }: Callback, text: string | null | undefined): unknown[] {
  const words = i32[EXCHANGE_COUNT >> 2] as number;
  const { length } = parameters;
  const args = makeList<unknown>(length);
  reader.openArguments(words, text ?? '', words > MAX_SMALL_WORDS ? mailbox().words() : null);
  let complete: boolean;
  try {
    for (let k = 0; k < length; k++) args[k] = (parameters[k] as Decode)(reader);
  } finally {
    complete = reader.close();
  }
  if (complete) return args;
  throw rangeError('ERR_RUSTDLL_RANGE', 'the arguments are not as long as they say');
}

/** Calls a function with the arguments that are in the exchange. */
function callWith(callback: Callback, text: string | null | undefined): unknown {
  const { call, callee } = callback;
  let args: unknown[];
  try {
    args = readArguments(callback, text);
  } catch (error) {
    if (error instanceof Error) error.message = `${callee.name}: the call of ${placeIn(callback)}: ${error.message}`;
    throw error;
  }
  switch (args.length) {
    case 0:
      return call();
    case 1:
      return call(args[0]);
    case 2:
      return call(args[0], args[1]);
    default:
      return Reflect.apply(call, undefined, args);
  }
}

/** Calls a function with the arguments of the post at this offset in the block, which it moves to the exchange. */
function callPosted(callback: Callback, at: number): unknown {
  const count = i32[(at + POST_COUNT) >> 2] as number;
  i32[EXCHANGE_COUNT >> 2] = count;
  i32[(EXCHANGE_COUNT >> 2) + 1] = 0;
  for (let k = 0; k < 2 * count; k++) i32[(EXCHANGE_SMALL >> 2) + k] = i32[((at + POST_WORDS) >> 2) + k] as number;
  return callWith(callback, null);
}

/** Returns the code for functions of scalars; see {@link directCode}. */
export function directCodeFor(shape: FunctionShape, bigint: boolean, name: string): DirectCode<Callback> | null {
  return directCode(shape, bigint, name, callWith, callPosted);
}

/**
 * Passes what a function has returned on to Rust: as the small words, if it fits them and they are waited for now.
 *
 * @param request - The number of the request that waits for it.
 */
function give(callback: Callback, value: unknown, request: number): void {
  const { encode } = callback.code;
  if (encode === null) {
    i32[EXCHANGE_COUNT >> 2] = 0;
    if (request === NOW) return;
  }
  const arena = Arena.enter(callback.callee);
  try {
    const { writer } = arena;
    // Rust reads the result after the memory of views may have changed.
    writer.lends = false;
    try {
      encode?.(writer, value);
    } catch (error) {
      throw callback.code.refused(error, callback.callee, callback.argument);
    }
    if (request === NOW && writer.at <= MAX_SMALL_WORDS && writer.text === '' && writer.objects === null) {
      storeSmall(writer);
    } else reply(arena, value, request, 0);
  } finally {
    arena.leave();
  }
}

function storeSmall({ at, i32: words }: Writer): void {
  i32[EXCHANGE_COUNT >> 2] = at;
  const offset = EXCHANGE_SMALL >> 2;
  for (let k = 0; k < 2 * at; k++) i32[offset + k] = words[k] as number;
}

/** Passes on the stream of an arena, to which `value` was encoded. */
function reply(arena: Arena, value: unknown, request: number, threw: 0 | 1): void {
  const { writer } = arena;
  const { objects } = writer;
  sealText(arena, EXCHANGE_TEXT, [value]);
  storeObjects((objects ?? []) as readonly Reference[]);
  storePointer(EXCHANGE_WORDS, writer.chunk.address);
  storePointer(EXCHANGE_COUNT, writer.at);
  i32[EXCHANGE_THREW >> 2] = threw;
  i32[EXCHANGE_REQUEST >> 2] = request;
  mailbox().reply();
}

/** Passes what a function has thrown on to Rust: the value itself, and what Rust can know of it. */
function giveThrown(callback: Callback, thrown: unknown, request: number): void {
  const arena = Arena.enter(callback.callee);
  try {
    const { writer } = arena;
    const { name, message, code } = wordsOf(thrown);
    writer.string(name);
    writer.string(message);
    writer.count(code === null ? 0 : 1);
    if (code !== null) writer.string(code);
    const number = hold(thrown);
    i32[EXCHANGE_HELD >> 2] = number;
    reply(arena, thrown, request, 1);
    forget(number);
  } finally {
    arena.leave();
  }
}

/** Returns the name, message and code of an error, or what there is instead. Its getters may throw. */
function wordsOf(thrown: unknown): { name: string; message: string; code: string | null } {
  try {
    if (typeof thrown === 'object' && thrown !== null) {
      const { name, message, code } = thrown as Record<string, unknown>;
      return {
        name: typeof name === 'string' ? name.toWellFormed() : 'Error',
        message: typeof message === 'string' ? message.toWellFormed() : '',
        code: typeof code === 'string' ? code.toWellFormed() : null,
      };
    }
    return { name: typeof thrown, message: String(thrown).toWellFormed(), code: null };
  } catch {
    return { name: 'Error', message: '', code: null };
  }
}

function promised(callback: Callback): TypeError {
  const { name } = callback.callee;
  return typeError(
    'ERR_RUSTDLL_TYPE',
    `${name}: the result of ${placeIn(callback)}: a synchronous call cannot wait for a promise; call ${name} in the background, through lib.async`,
  );
}

/** Passes on what a function has returned to a call that waits for it. */
function giveNow(callback: Callback, value: unknown): void {
  if (isThenable(value)) {
    // Nobody else learns of its failure.
    Promise.resolve(value).catch(() => undefined);
    throw promised(callback);
  }
  give(callback, value, NOW);
}

function takeThrown(address: number): { readonly value: unknown } | undefined {
  const thrown = mailbox().claim(address);
  if (thrown === undefined) return undefined;
  return { value: typeof thrown === 'number' ? values[thrown] : thrown };
}

handleCallbacks({
  takeBack,
  takeThrown,
  dispatch(text) {
    const callback = values[i32[EXCHANGE_HELD >> 2] as number] as Callback;
    const { direct } = callback.code;
    try {
      if (direct === null) giveNow(callback, callWith(callback, text));
      else {
        const value = direct.call(callback, text);
        if (!direct.store(value)) giveNow(callback, value);
      }
    } catch (error) {
      giveThrown(callback, error, NOW);
    }
  },
  deliver(text) {
    const callback = values[i32[EXCHANGE_HELD >> 2] as number] as Callback;
    const request = i32[EXCHANGE_REQUEST >> 2] as number;
    const { direct } = callback.code;
    try {
      const value = direct === null ? callWith(callback, text) : direct.call(callback, text);
      if (request !== POSTED) giveLater(callback, value, request);
    } catch (error) {
      if (request === POSTED) throwLater(error);
      else giveThrown(callback, error, request);
    }
  },
  deliverPost(at) {
    const callback = values[i32[at >> 2] as number] as Callback;
    const { direct } = callback.code;
    try {
      if (direct === null) callPosted(callback, at);
      else direct.callPosted(callback, at);
    } catch (error) {
      throwLater(error);
    }
  },
});

/** Passes on what a function has returned to another thread, or the value of the promise that it has returned. */
function giveLater(callback: Callback, value: unknown, request: number): void {
  const giveValue = (value: unknown): void => {
    try {
      give(callback, value, request);
    } catch (error) {
      giveThrown(callback, error, request);
    }
  };
  if (!isThenable(value)) giveValue(value);
  else {
    Promise.resolve(value).then(giveValue, (error: unknown) => {
      giveThrown(callback, error, request);
    });
  }
}

/** Returns the function that Rust gives back, by its address. @throws TypeError if another environment has it */
export function takeFunction(address: number): unknown {
  const taken = takeThrown(address)?.value;
  if (taken instanceof Callback) return taken.call;
  throw typeError('ERR_RUSTDLL_TYPE', 'the result holds a function of another environment');
}
