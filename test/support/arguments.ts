/** The kernels of many arguments (test/fixtures/kernels/src/arguments.rs): the types of their parameters. */

import type { ScalarName } from '../../src-ts/types/scalar';

/** `'2i64 f32'` is `i64, i64, f32`. */
function types(text: string): ScalarName[] {
  return text.split(' ').flatMap((word) => {
    const [, count, name] = /^(\d*)([a-z].*)$/.exec(word) as unknown as [string, string, ScalarName];
    return new Array<ScalarName>(Number(count || 1)).fill(name);
  });
}

const repeat = (text: string, times: number): string => new Array<string>(times).fill(text).join(' ');

/**
 * The types by the name of the function that returns the weighted sum; the name of the one for the hash has `hash_` in
 * front.
 */
export const PARAMETERS: Readonly<Record<string, readonly ScalarName[]>> = {
  ints_then_floats: types('6i64 8f64'),
  floats_then_ints: types('8f64 6i64'),
  alternating_int_first: types(`${repeat('i64 f64', 6)} 2f64`),
  alternating_float_first: types(`${repeat('f64 i64', 6)} 2f64`),
  grouped: types('2i64 3f64 2i64 3f64 i64 2f64 i64'),
  float_then_ints: types('f64 7i64'),
  int_then_floats: types('i64 9f64'),
  floats_10: types('10f64'),
  f32s_2: types('2f32'),
  f32s_10: types('10f32'),
  f32s_and_f64s: types(repeat('f32 f64', 6)),
  f32s_and_ints: types(repeat('f32 i32', 9)),
  ints_10: types('10i64'),
  ints_of_all_sizes: types(repeat('i8 u8 i16 u16 i32 u32 i64 u64 isize usize', 2)),
  mixed_16: types('i8 f32 bool f64 u64 i16 f32 u8 f64 i32 bool f64 u32 f32 i64 u16'),
  mixed_24: types('f32 i8 f64 bool i64 f32 u16 f64 i32 f64 u8 f32 isize f64 bool f64 i16 f32 u32 f64 u64 f32 i8 usize'),
  narrow_on_stack: types('8i64 8f64 i8 u8 i16 f32 bool i32 i8 i64 u16 f32 u8 f64'),
  ints_14: types('14i64'),
  ints_22: types('22i64'),
  ints_36: types('36i64'),
};

const RESULTS: Readonly<Record<string, ScalarName>> = {
  f32s_2: 'f32',
  f32s_10: 'f32',
  ints_10: 'i64',
  ints_14: 'i64',
  ints_22: 'i64',
  ints_36: 'i64',
};

/** Returns the declaration of the function that returns the sum. */
export function sumDeclaration(name: string): string {
  return `fn ${name}(${parameterList(name)}) -> ${RESULTS[name] ?? 'f64'}`;
}

/** Returns the declaration of the function that returns the hash. */
export function hashDeclaration(name: string): string {
  return `fn hash_${name}(${parameterList(name)}) -> u64`;
}

function parameterList(name: string): string {
  return (PARAMETERS[name] as readonly ScalarName[]).map((type, i) => `p${i}: ${type}`).join(', ');
}
