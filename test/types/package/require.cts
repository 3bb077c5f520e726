// The package's types in a CommonJS module. scripts/test/types.mjs compiles it beside an installed copy.
import rustdll = require('rustdll');
import type { GuessedFunction, RustDLL, Typed } from 'rustdll';

using dll: RustDLL = new rustdll.RustDLL('libmylib.so');
const path: string = dll.path;
const found: string = rustdll.RustDLL.find('mylib', { from: __filename });

const lib = dll.declare('fn mean(v: &PyVec<f64>) -> f64; fn count(s: &PyStr) -> u64', { bigint: true });
const mean: number = lib.mean(new Float64Array(3));
const count: bigint = lib.count('text');
// @ts-expect-error -- a string is no list
lib.mean('text');
// @ts-expect-error -- not declared
lib.other();
// @ts-expect-error -- no such export
type None = rustdll.None;

const guessed: GuessedFunction = dll.test;
guessed('World', [1, 2, 3], rustdll.f64([1]));
const typed: Typed = rustdll.u8(1);
const isError = (error: unknown): error is rustdll.RustDLLError => error instanceof rustdll.RustDLLError;
const one: number = mean;

export { count, found, isError, one, path, typed };
export type { None };
