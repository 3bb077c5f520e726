/** The messages for refused values, which are the same for a slot, a list and a stream. */

import { describe, type Level } from '../errors/words';
import { misfit, type Rule, type Scalar, SCALARS, type ScalarName } from '../types/scalar';

/** The reason why a value is refused, without its place. */
export interface Refusal {
  readonly code: 'ERR_RUSTDLL_TYPE' | 'ERR_RUSTDLL_RANGE';
  readonly problem: string;
}

/**
 * Makes the refusal of a value that `rule` does not accept.
 *
 * @param level - The level of the function, which decides the remedy: only guessed functions accept `f64()`.
 * @param inList - True if the value is an element of a list, for which the remedy concerns the whole list.
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

/** Makes the refusal of a list that has more elements than a `u32` can count. */
export function tooLong(length: number): Refusal {
  return outOfRange(`a list of ${length} elements is too long; 2^32 - 1 are the most`);
}

function outOfRange(problem: string): Refusal {
  return { code: 'ERR_RUSTDLL_RANGE', problem };
}

/** Describes the values that are accepted as a list of scalars. */
export function expectedList(name: ScalarName): string {
  const { kind }: Scalar = SCALARS[name];
  if (name === 'u8') return 'bytes (Uint8Array, Buffer, DataView, ArrayBuffer or a list of u8)';
  if (kind === 'bool') return 'a list of booleans';
  return kind === 'char' ? 'a list of strings of one code point' : `a list or typed array of ${name}`;
}
