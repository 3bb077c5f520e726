/**
 * Names of a library's functions that the process has too, also with an allocator that replaces that of the C library.
 */

import * as path from 'node:path';
import { ROOT } from '../support/child';
import { type DeclareRow, group } from '../support/hazards';

/** Declares the rows, which are the same for every allocator. */
function rows(row: DeclareRow, allocator: string): void {
  row(
    125,
    `a library with others’ names calls its own functions, ${allocator}`,
    ({ assert, rustdll, paths, healthy }) => {
      const source = 'fn call_all(x: u64, y: u64, z: u64) -> u64; fn count_opterr() -> u64; fn folder_length() -> u64';
      // The library has a function called `declare` itself.
      const lib = rustdll.RustDLL.prototype.declare.call(new rustdll.RustDLL(paths.clashing), source);
      for (let i = 0; i < 3; i++) assert.equal(lib.call_all!(1, 2, 3), 2 * 14 * 1_111_111);
      assert.ok((lib.count_opterr!() as number) >= 8);
      // One side allocates the memory, and the other one frees it.
      for (let i = 0; i < 100; i++) assert.equal(lib.folder_length!(), process.cwd().length);
      healthy();
    },
  );

  row(
    125,
    `Node and another library keep theirs, ${allocator}`,
    async ({ assert, rustdll, paths, require, healthy }) => {
      const { promisify } = require('node:util') as typeof import('node:util');
      const zlib = require('node:zlib') as typeof import('node:zlib');
      const crypto = require('node:crypto') as typeof import('node:crypto');
      const kernels = new rustdll.RustDLL(paths.clashing);
      assert.equal(kernels.crc32!(1, 1, 1), 6);
      const text = 'rust'.repeat(10_000);
      const packed = await promisify(zlib.gzip)(text);
      assert.equal(String(await promisify(zlib.gunzip)(packed)), text);
      assert.equal(crypto.createHash('sha256').update(text).digest('hex').length, 64);
      healthy();
    },
  );
}

rows(group(), 'with the usual allocator');

// Only Linux has preloading; elsewhere an allocator is replaced when the program is built.
if (process.platform === 'linux') {
  const allocator = path.join(ROOT, 'test', 'fixtures', 'target', 'c', 'liballocator.so');
  rows(group({ env: { LD_PRELOAD: allocator } }), 'with one that was preloaded');

  const row = group({ env: { LD_PRELOAD: allocator } });
  row(125, 'the allocator that was preloaded is the one in use', ({ assert, require, env }) => {
    const fs = require('node:fs') as typeof import('node:fs');
    assert.ok(fs.readFileSync('/proc/self/maps', 'utf8').includes(env.LD_PRELOAD!));
  });
}
