/** A library whose functions and static have names of zlib, OpenSSL, libuv and the C library. */

import assert from 'node:assert/strict';
import { deflateSync, inflateSync } from 'node:zlib';
import { RustDLL } from 'rustdll';
import { paths } from './context.mjs';

/** The factor of each function in test/fixtures/clashing. */
const FACTORS = { crc32: 1, compress: 10, adler32: 100, index: 1e3, uv_run: 1e4, SSL_new: 1e5, daemon: 1e6 };

/** Declares functions. The library exports a function called `declare` itself, so the method of the class is used. */
function declare(source) {
  return RustDLL.prototype.declare.call(new RustDLL(paths.clashing), source);
}

export default {
  'are the library’s own inside it'() {
    const lib = declare('fn call_all(x: u64, y: u64, z: u64) -> u64; fn count_opterr() -> u64');
    const sum = Object.values(FACTORS).reduce((total, factor) => total + factor, 0);
    assert.equal(lib.call_all(1, 2, 3), 2 * 14 * sum);
    const before = lib.count_opterr();
    assert.ok(before >= 8);
    assert.equal(lib.count_opterr(), before + 1);
  },

  'are the library’s own for JavaScript'() {
    const source = Object.keys(FACTORS).map((name) => `fn ${name}(x: u64, y: u64, z: u64) -> u64`);
    const lib = declare(source.join('; '));
    for (const [name, factor] of Object.entries(FACTORS)) assert.equal(lib[name](1, 0, 0), factor, name);
  },

  'leave the runtime its own'() {
    new RustDLL(paths.clashing);
    assert.equal(inflateSync(deflateSync('rust')).toString(), 'rust');
  },
};
