/** The words with which a value is refused. A slot, a list and a stream take theirs from here, so they say the same. */

import { describe, type Level } from '../errors/words';
import { misfit, type Rule, type Scalar, SCALARS, type ScalarName } from '../types/scalar';

/** Why a value is refused, without its place. */
export interface Refusal {
  readonly code: 'ERR_RUSTDLL_TYPE' | 'ERR_RUSTDLL_RANGE';
  readonly problem: string;
}

/**
 * The refusal of a value that `rule` does not accept.
 *
 * @param level - The level decides which remedies there are: only where types are guessed can `f64()` settle one.
 * @param inList - Whether the value is an element of a list, whose elements have one type together.
 */
export function refusal(rule: Rule, value: unknown, level: Level, inList = false): Refusal {
  switch (misfit(rule, value)) {
    case 'digits':
      return outOfRange(
        `${describe(value)} is beyond 2^53 - 1 and may have lost digits already; ${remedyFor(level, inList)}`,
      );
    case 'range':
      return outOfRange(`${describe(value)} does not fit ${rule.name}`);
    default:
      return { code: 'ERR_RUSTDLL_TYPE', problem: `expected ${rule.expected}, got ${describe(value)}` };
  }
}

function remedyFor(level: Level, inList: boolean): string {
  if (level !== 'guess') return 'use a BigInt';
  return inList ? 'use a BigInt, or f64() for a list of floats' : 'use a BigInt for an integer, or f64() for a float';
}

/** The refusal of a list that is longer than its length can say. */
export function tooLong(length: number): Refusal {
  return outOfRange(`a list of ${length} elements is too long; 2^32 - 1 are the most`);
}

function outOfRange(problem: string): Refusal {
  return { code: 'ERR_RUSTDLL_RANGE', problem };
}

/** The values in words that stand for a list of scalars. */
export function expectedList(name: ScalarName): string {
  const { kind }: Scalar = SCALARS[name];
  if (name === 'u8') return 'bytes (Uint8Array, Buffer, DataView, ArrayBuffer or a list of u8)';
  if (kind === 'bool') return 'a list of booleans';
  return kind === 'char' ? 'a list of strings of one code point' : `a list or typed array of ${name}`;
}
