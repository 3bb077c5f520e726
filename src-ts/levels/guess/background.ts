/** Makes the background form of guessed functions, which submits the call instead of ringing the doorbell. */

import {
  type BackgroundFunction,
  type Lent,
  lentOf,
  OPTIONS,
  type Packing,
  storeLents,
  submitting,
  type Wishes,
  wishesOf,
} from '../../call/background/background';
import type { Result } from '../../call/plan';
import { seal } from '../../call/steps';
import { placement, texts } from '../../crossing/arguments';
import { BLOCK_CALL_CODE, BLOCK_RESULT, BLOCK_SYMBOL, BLOCK_TEXT_COUNT } from '../../crossing/block';
import { ResultBank } from '../../crossing/convention';
import { doorbell } from '../../crossing/doorbell';
import { typeError } from '../../errors/errors';
import { placeOf } from '../../errors/words';
import type { Arena } from '../../memory/arena';
import { makeList } from '../../runtime/list';
import { isPlain } from '../../runtime/plain-object';
import { wideResult } from '../../values/slot';
import type { Packed } from './check';
import { type GuessTarget, storePacked, storePlain, STR } from './guess';
import { isTyped } from './typed';

const { i32 } = doorbell;

/** The result of a guessed call, the same as that of a {@link GuessedFunction}. */
const RESULT: Result = { kind: 'decoded', read: () => wideResult(BLOCK_RESULT, true) };

/**
 * Makes the function to call. Its options are the last argument: a guessed function accepts neither a plain object nor
 * undefined otherwise.
 */
export function makeGuessedBackground(target: GuessTarget): BackgroundFunction {
  return submitting(() => packingOf(target));
}

function packingOf(target: GuessTarget): Packing {
  return {
    target,
    framed: false,
    result: RESULT,
    needsArena: true,
    takeOptions: (args) => takeOptions(target, args),
    // All objects may have to be written back.
    mayWrite: (args) => args.some((value) => typeof value === 'object'),
    pack: (args, arena) => pack(target, args, arena as Arena),
  };
}

function takeOptions(target: GuessTarget, args: unknown[]): Wishes {
  let options: unknown;
  if (args.length > 0 && mayBeOptions(args[args.length - 1])) {
    options = args.pop();
    refuseOthers(target, args.length, options);
  }
  return wishesOf(target, args.length, options);
}

function mayBeOptions(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && isPlain(value) && !isTyped(value));
}

/** Refuses an object that is not options but was meant as an argument: omitting it would make another call. */
function refuseOthers(target: GuessTarget, index: number, options: unknown): void {
  for (const key of Object.keys(options ?? {})) {
    if (OPTIONS.has(key)) continue;
    throw typeError(
      'ERR_RUSTDLL_TYPE',
      `${placeOf(target, index)}: expected a value to guess the type of, or options such as { signal }, got an object with ${JSON.stringify(key)}`,
    );
  }
}

function pack(target: GuessTarget, args: unknown[], arena: Arena): readonly string[] {
  const { check } = target;
  check?.warn();
  check?.checkValues(args);
  placement.reset();
  texts.count = 0;
  arena.makeRoom(args.length);
  const lents = makeList<Lent>(args.length);
  const types = makeList<Packed>(args.length);
  let count = 0;
  for (let i = 0; i < args.length; i++) {
    const value = args[i];
    const isPlain = storePlain(target, args, i, i + 1) === i + 1;
    const type = !isPlain ? storePacked(arena, i, value) : typeof value === 'string' ? STR : null;
    if (!isPlain) types[i] = type;
    if (type !== null) lents[count++] = lentOf(target, i, type, placement.last);
  }
  lents.length = count;
  seal(arena);
  check?.checkPacked(arena, args, types);
  storeLents(lents);
  i32[BLOCK_SYMBOL >> 2] = target.symbol;
  i32[BLOCK_CALL_CODE >> 2] = placement.callCode(ResultBank.Int);
  i32[BLOCK_TEXT_COUNT >> 2] = texts.count;
  return texts.list;
}
