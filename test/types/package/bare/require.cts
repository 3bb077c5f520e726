// The package's types where nothing is known of Node, nor of the web, nor of `Symbol.dispose`: in a CommonJS module.
import rustdll = require('rustdll');

const dll = new rustdll.RustDLL('./libmylib.so');
dll['test']('World', [1, 2, 3, 4, 5], rustdll.f64(1));
const found: string = rustdll.RustDLL.find('mylib', { from: './src' });

const lib = dll.declare('fn mean(v: &PyVec<f64>) -> f64');
const mean: number = lib.mean(new Float64Array(3));
// @ts-expect-error -- a string is no list
lib.mean('text');

export = { found, mean };
