// The package's types in an ES module. scripts/test/types.mjs compiles it beside an installed copy.
import { f64, RustDLL, RustDLLError, type GuessedFunction, type Typed } from 'rustdll';
import * as rustdll from 'rustdll';

using dll = new RustDLL(new URL('libmylib.so', import.meta.url));
const path: string = dll.path;
const found: string = RustDLL.find('mylib', { from: import.meta.url });

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
guessed('World', [1, 2, 3], f64([1]));
const typed: Typed = rustdll.u8(1);
const isError = (error: unknown): error is RustDLLError => error instanceof rustdll.RustDLLError;

export { count, found, isError, mean, path, typed };
export type { None };
