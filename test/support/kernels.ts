/** Opens the fixture libraries. */

import * as path from 'node:path';
import { libraryFile } from './library-file.cjs';
import type { GuessedFunction } from '../../src-ts/levels/guess/guessed-function';
import { RustDLL } from '../../src-ts/index';
import type { DeclareOptions } from '../../src-ts/levels/declare/types/declared';
import type { ScalarName } from '../../src-ts/types/scalar';

const TARGET = path.join(__dirname, '..', 'fixtures', 'target');

/** The profile of the kernels that the tests call. Where it is `described`, calls are checked by their debug information. */
const KERNELS_PROFILE = process.env['KERNELS_PROFILE'] ?? 'release';

export { libraryFile };

/** Returns the path of a fixture library. */
export function libraryPath(
  name:
    | 'aborting'
    | 'cabi'
    | 'clashing'
    | 'configured'
    | 'clib'
    | 'conversions'
    | 'crates'
    | 'derived'
    | 'example'
    | 'example_pyo2'
    | 'exported'
    | 'exported_faults'
    | 'futures_fixture'
    | 'kernels'
    | 'logging'
    | 'objects'
    | 'programs'
    | 'types'
    | 'callbacks',
): string {
  const folder = { clib: 'c', aborting: 'abort', kernels: KERNELS_PROFILE }[name as string] ?? 'release';
  return path.join(TARGET, folder, libraryFile(name));
}

type Number = Exclude<ScalarName, 'bool' | 'char'>;

type Kernel =
  | `${'id' | 'hash' | 'reverse' | 'set_at'}_${ScalarName}`
  | `${'sum' | 'add_one'}_${Number}`
  | `${'hash' | 'add_one'}_nested_${'i64' | 'f64'}_${2 | 3 | 4 | 5}`
  | `${'hash' | 'add_one'}_nested_${'i32' | 'u8' | 'f32'}_${2 | 3}`
  | `${'hash' | 'add_one'}_nested_u64_2`
  | 'hash_nested_bool_2'
  | 'not_all_nested_2'
  | 'add'
  | 'add_f64'
  | 'noop'
  | 'set_at'
  | 'not_all'
  | 'mixed_guess'
  | 'str_len'
  | 'count_chars'
  | 'fnv1a'
  | 'hash_str'
  | 'hash_strs'
  | 'hash_nested_strs_2'
  | 'join_len'
  | 'address_of'
  | 'descriptor_dump'
  | 'element_addresses'
  | 'count_call'
  | 'count_call_with'
  | 'call_count'
  | 'swap_outer'
  | 'swap_descriptors'
  | 'empty_descriptor'
  | 'garble_descriptor'
  | 'ints_10'
  | 'ints_14'
  | 'ints_22'
  | 'ints_36';

/** The kernels, at the guess level. Any exported name works; those most used have a type without `undefined`. */
export const kernels = new RustDLL(libraryPath('kernels')) as RustDLL & Readonly<Record<Kernel, GuessedFunction>>;

/** A function without the types TypeScript would read from its declaration, so that it can be called wrongly. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- results of every type are compared as they are
export type LooseFunction = (...args: unknown[]) => any;

/** Returns the kernel that `source` declares. */
export function declared(source: string, options?: DeclareOptions): LooseFunction {
  const functions = Object.values(kernels.declare(source, options)) as LooseFunction[];
  if (functions.length !== 1) throw new Error(`one declaration expected: ${source}`);
  return functions[0] as LooseFunction;
}

/** The kernel of that name at the guess level, whatever its name. */
export function guessed(name: string): LooseFunction {
  return kernels[name] as LooseFunction;
}

/** Converts the result of a guessed `-> u64` to an unsigned bigint. */
export function unsigned(result: unknown): bigint {
  return BigInt.asUintN(64, BigInt(result as number | bigint));
}

/** Returns the address of the memory of `view` that Rust gets. */
export function addressOf(view: ArrayBufferView | ArrayBufferLike): number {
  return Number(kernels.address_of(view));
}

/** Returns the number of calls of `count_call` and `count_call_with` that reached Rust while `run` ran. */
export function callsDuring(run: () => void): number {
  const before = Number(kernels.call_count());
  run();
  return Number(kernels.call_count()) - before;
}
