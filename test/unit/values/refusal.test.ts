import { BLOCK_INTS } from '../../../src-ts/crossing/block';
import type { Level } from '../../../src-ts/errors/words';
import { Chunk } from '../../../src-ts/memory/chunk';
import { Arena } from '../../../src-ts/memory/arena';
import { misfit, type ScalarName, SCALARS } from '../../../src-ts/types/scalar';
import { packScalars } from '../../../src-ts/values/lent/list';
import { storeScalar } from '../../../src-ts/values/slot';
import { encodeArgument } from '../../../src-ts/values/stream/argument';
import { Encoders } from '../../../src-ts/values/stream/encoders';

const VALUES: readonly unknown[] = [
  ...[0, -0, 1, -1, 0.5, NaN, Infinity, -Infinity, 1e39, -1e39, 3.4028235e38, 3.4028236e38],
  ...[7, 8, 15, 16, 31, 32, 53, 63, 64].flatMap((bits) => [2 ** bits, 2 ** bits - 1, -(2 ** bits), -(2 ** bits) - 1]),
  ...[63n, 64n].flatMap((bits) => [2n ** bits, 2n ** bits - 1n, -(2n ** bits), -(2n ** bits) - 1n]),
  ...[0n, -1n, true, false, '', 'a', 'ab', '\u{1f980}', '\ud800', null, undefined, [], [1], {}, new Date(), new Map()],
  ...[Symbol('s'), () => 1, new Number(1), Promise.resolve(1)],
];

const calleeOf = (level: Level) => ({ name: 'f', level, parameterName: () => 'x' });

/** Returns the class and the message, without the place, of the error that `act` throws, or null. */
function refusalBy(act: () => void): string | null {
  try {
    act();
    return null;
  } catch (error) {
    const { constructor, message } = error as Error;
    return `${constructor.name} ${message.replace(/^f: argument 1 \(x\)(?:\[0\])?: /, '')}`;
  }
}

function bySlot(name: ScalarName, value: unknown, level: Level): string | null {
  return refusalBy(() => {
    storeScalar(calleeOf(level), 0, SCALARS[name], value, BLOCK_INTS, false);
  });
}

function withArena(level: Level, act: (arena: Arena) => void): void {
  const arena = Arena.enter(calleeOf(level));
  try {
    act(arena);
  } finally {
    arena.leave();
  }
}

function byList(name: ScalarName, value: unknown, level: Level): string | null {
  return refusalBy(() => {
    withArena(level, (arena) => {
      packScalars(arena, [value], 1, SCALARS[name], new Chunk(64), 0);
    });
  });
}

function byStream(name: ScalarName, value: unknown): string | null {
  return refusalBy(() => {
    withArena('export', (arena) => {
      encodeArgument(arena, 0, value, new Encoders().of({ kind: 'scalar', name }));
    });
  });
}

describe.each(Object.keys(SCALARS) as ScalarName[])('%s', (name) => {
  test('is refused where the rule says so, in the same words by slot, list and stream', () => {
    for (const value of VALUES) {
      const slot = bySlot(name, value, 'export');
      expect(slot === null).toBe(misfit(SCALARS[name], value) === null);
      expect(byList(name, value, 'export')).toBe(slot);
      expect(byStream(name, value)).toBe(slot);
    }
  });
});

const DIGITS = 'RangeError number 9007199254740992 is beyond 2^53 - 1 and may have lost digits already; use a BigInt';

test.each<[Level, string, string]>([
  ['guess', ' for an integer, or f64() for a float', ', or f64() for a list of floats'],
  ['declare', '', ''],
  ['export', '', ''],
])('the remedies of the level %s', (level, scalar, list) => {
  expect(bySlot('i64', 2 ** 53, level)).toBe(DIGITS + scalar);
  expect(byList('i64', 2 ** 53, level)).toBe(DIGITS + list);
});

test('a 128-bit integer is refused in the same words', () => {
  const encode = new Encoders().of({ kind: 'huge', signed: false });
  const refused = (value: unknown): string | null =>
    refusalBy(() => {
      withArena('export', (arena) => {
        encodeArgument(arena, 0, value, encode);
      });
    });
  expect(refused(2 ** 53)).toBe(DIGITS);
  expect(refused(-1)).toBe('RangeError number -1 does not fit u128');
  expect(refused(2n ** 128n)).toBe('RangeError bigint of more than 128 bits does not fit u128');
  expect(refused(1.5)).toBe('TypeError expected an integer (u128), got number 1.5');
});
