/** Values of each scalar type, and values that are none of them. */

import type { ScalarName } from '../../src-ts/types/scalar';

/** Values that a type accepts, and values that it refuses. */
export interface Examples {
  /** Accepted values; 64-bit integers as numbers. */
  readonly fits: readonly unknown[];
  /** Values of a wrong type. */
  readonly wrong: readonly unknown[];
  /** Values of the right type that are too large or too small. */
  readonly beyond: readonly unknown[];
}

/** Values of no scalar type. */
const NEVER: readonly unknown[] = [undefined, null, {}, [], [1], '', 'ab', Symbol('s'), () => 1, new Number(1)];
const NO_INTEGER: readonly unknown[] = [...NEVER, true, '1', NaN, Infinity, -Infinity, 1.5, new Uint8Array(1)];

const MAX = Number.MAX_SAFE_INTEGER;

function narrow(bits: number, signed: boolean): Examples {
  const min = signed ? -(2 ** (bits - 1)) : 0;
  const max = min + 2 ** bits - 1;
  return {
    fits: [0, 1, min, max, max - 1, ...(signed ? [-1] : [])],
    wrong: [...NO_INTEGER, 1n],
    beyond: [min - 1, max + 1, 2 ** 32 + 1, -(2 ** 32), 2 ** 53, 1e300, -1e300],
  };
}

function wide(signed: boolean): Examples {
  return {
    fits: [0, 1, MAX, 2 ** 31, 2 ** 32, 2 ** 31 - 1, ...(signed ? [-1, -MAX, -(2 ** 31), -(2 ** 31) - 1] : [])],
    wrong: NO_INTEGER,
    beyond: [
      ...[2 ** 53, 2 ** 63, 2 ** 64, 1e300, -1e300, 2n ** 64n, -(2n ** 63n) - 1n],
      ...(signed ? [2n ** 63n, -(2 ** 53)] : [-1, -1n]),
    ],
  };
}

function float(size: number): Examples {
  const fits = [0, -0, 1, -1.5, NaN, Infinity, -Infinity, 2 ** 53];
  const wrong = [...NEVER, true, 1n];
  if (size === 8) return { fits: [...fits, 0.1, Number.MAX_VALUE, Number.MIN_VALUE], wrong, beyond: [] };
  return { fits: [...fits, Math.fround(0.1), Math.fround(3.4e38)], wrong, beyond: [1e39, -Number.MAX_VALUE] };
}

/** The examples of each type. */
export const EXAMPLES: Readonly<Record<ScalarName, Examples>> = {
  i8: narrow(8, true),
  i16: narrow(16, true),
  i32: narrow(32, true),
  i64: wide(true),
  isize: wide(true),
  u8: narrow(8, false),
  u16: narrow(16, false),
  u32: narrow(32, false),
  u64: wide(false),
  usize: wide(false),
  f32: float(4),
  f64: float(8),
  bool: { fits: [true, false], wrong: [...NEVER, 0, 1, 'true', 1n], beyond: [] },
  char: {
    fits: ['a', '\0', 'é', '\uffff', '\ud7ff', '\ue000', '😀', '\u{10ffff}'],
    wrong: [...NEVER, 65, true, '\ud800', '\udfff', 'é'.normalize('NFD'), '👍👍', new String('a')],
    beyond: [],
  },
};

/** The names of the scalar types. */
export const SCALAR_NAMES = Object.keys(EXAMPLES) as ScalarName[];

/** The bounds of the 128-bit integers. */
export const HUGE: Readonly<Record<'i128' | 'u128', Examples>> = {
  i128: {
    fits: [
      0n,
      1n,
      -1n,
      2n ** 127n - 1n,
      -(2n ** 127n),
      2n ** 64n,
      -(2n ** 64n),
      2n ** 63n,
      0x0123456789abcdeffedcba9876543210n,
    ],
    wrong: NO_INTEGER,
    beyond: [2n ** 127n, -(2n ** 127n) - 1n, 2n ** 200n, 2 ** 53, -1e300],
  },
  u128: {
    fits: [0n, 1n, 2n ** 128n - 1n, 2n ** 64n, 2n ** 63n, 2n ** 127n, 0xfedcba98765432100123456789abcdefn],
    wrong: NO_INTEGER,
    beyond: [2n ** 128n, -1n, -1, 2 ** 53],
  },
};

/** Returns the words by which a message describes a list of a type. */
export function listWords(type: string): string {
  if (type === 'u8') return 'bytes (Uint8Array, Buffer, DataView, ArrayBuffer or a list of u8';
  if (type === 'bool') return 'a list of booleans';
  return type === 'char' ? 'a list of strings of one code point' : `a list or typed array of ${type}`;
}
