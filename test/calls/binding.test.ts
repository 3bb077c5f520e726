/** The functions that the names inside a library are bound to. */

import * as zlib from 'node:zlib';
import { RustDLL } from '../../src-ts/index';
import { libraryPath } from '../support/kernels';

const path = libraryPath('clashing');

/** The factor of each function in test/fixtures/clashing. */
const FACTORS = { crc32: 1, compress: 10, adler32: 100, index: 1e3, uv_run: 1e4, SSL_new: 1e5, daemon: 1e6 };

/** Declares functions. The library exports a function called `declare` itself, so the method of the class is used. */
const declare = ((source: string): unknown =>
  Reflect.apply(RustDLL.prototype.declare, new RustDLL(path), [source])) as RustDLL<object>['declare'];

describe('a library whose names are also names of Node or of the C library', () => {
  test('calls its own functions, through pointers too', () => {
    const lib = declare('fn call_all(x: u64, y: u64, z: u64) -> u64');
    const sum = Object.values(FACTORS).reduce((total, factor) => total + factor, 0);
    expect(lib.call_all(1, 2, 3)).toBe(2 * 14 * sum);
  });

  test('has its own static', () => {
    const lib = declare('fn count_opterr() -> u64');
    const before = lib.count_opterr() as number;
    expect(before).toBeGreaterThanOrEqual(8);
    expect(lib.count_opterr()).toBe(before + 1);
  });

  test('gives them to JavaScript', () => {
    const source = Object.keys(FACTORS).map((name) => `fn ${name}(x: u64, y: u64, z: u64) -> u64`);
    const lib = declare(source.join('; '));
    for (const [name, factor] of Object.entries(FACTORS)) expect(lib[name]!(1, 0, 0)).toBe(factor);
  });

  test('may be opened again, and by others', () => {
    const others = [1, 2, 3].map(() => declare('fn call_all(x: u64, y: u64, z: u64) -> u64'));
    expect(new Set(others.map((lib) => lib.call_all(0, 0, 1))).size).toBe(1);
  });

  test('leaves Node its own', () => {
    new RustDLL(path);
    expect(zlib.inflateSync(zlib.deflateSync('rust')).toString()).toBe('rust');
  });
});
