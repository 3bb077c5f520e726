// The package's types in an ES module, without the types of Node, the web and `Symbol.dispose`.
import { f64, RustDLL, type CallOptions, type RustError } from 'rustdll';

const dll = new RustDLL('./libmylib.so', { pending: 10 });
const list = [1, 2, 3, 4, 5];
// For names from an index signature, the compiler's options require brackets.
dll['test']('World', list, f64(1));
const path: string = dll.path;
const found: string = RustDLL.find('mylib', { from: './src', profile: 'release' });
const here = { href: 'file:///app/libmylib.so', protocol: 'file:' };
const again: RustDLL = RustDLL.reload(new RustDLL(here));

const lib = dll.declare('fn mean(v: &PyVec<f64>) -> f64; fn count(s: &PyStr) -> u64', { bigint: true });
const mean: number = lib.mean(new Float64Array(3));
const options: CallOptions = {};
const count: Promise<bigint> = lib.async.count('text', options);
// @ts-expect-error -- a string is no list
lib.mean('text');
// @ts-expect-error -- nothing says where to begin
RustDLL.find('mylib');

declare const error: RustError;
const code: string = error.code;

export { again, code, count, found, mean, path };
