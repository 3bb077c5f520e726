/** Generates the tests by which code of one function accepts the usual scalars in place. */

import { type Code, code } from '../runtime/code';
import type { Scalar } from '../types/scalar';

/** The greatest value of an f32. */
const MAX_F32 = (2 - 2 ** -23) * 2 ** 127;

/** Returns the source of a test for a number between the least and the greatest of the f32s. */
export function isSingle(value: Code): Code {
  return code`typeof ${value} === 'number' && ${value} >= ${-MAX_F32} && ${value} <= ${MAX_F32}`;
}

/** Returns the source of a test for an int32 that an integer type has. */
export function isShort(value: Code, scalar: Scalar): Code {
  const isInt = code`typeof ${value} === 'number' && (${value} | 0) === ${value}`;
  return isOf(value, isInt, scalar, 4);
}

/** Returns the source of a test for a number of more digits that an integer type has. `isInteger` has to be in scope. */
export function isLong(value: Code, scalar: Scalar): Code {
  const isInt = code`typeof ${value} === 'number' && isInteger(${value})`;
  return isOf(value, isInt, scalar, 8);
}

/** Returns the source of a test for an integer of so many bytes at the most that a type has. */
function isOf(value: Code, isInt: Code, { signed, size, min, max }: Scalar, most: number): Code {
  if (size < most) return code`${isInt} && ${value} >= ${min} && ${value} <= ${max}`;
  return signed ? isInt : code`${isInt} && ${value} >= 0`;
}
