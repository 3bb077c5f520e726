/** Errors of libraries and functions, and code of the user's that runs during a call. */

import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { RustDLL, RustDLLError } from 'rustdll';
import { kernels, paths, throws } from './context.mjs';

/** Runs `check` with an empty folder. */
function inFolder(check) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rustdll-conformance-')));
  try {
    check(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export default {
  'files that are no library'() {
    inFolder((folder) => {
      const text = join(folder, 'text.so');
      writeFileSync(text, 'some text, and no library\n'.repeat(10));
      throws(() => new RustDLL(text), RustDLLError, 'ERR_RUSTDLL_NOT_A_LIBRARY');
      throws(() => new RustDLL(join(folder, 'none.so')), RustDLLError, 'ERR_RUSTDLL_NOT_FOUND');
      throws(() => new RustDLL('none.so'), RustDLLError, 'ERR_RUSTDLL_BARE_NAME');
      throws(() => new RustDLL(folder), RustDLLError, 'ERR_RUSTDLL_NOT_A_LIBRARY');
      throws(() => RustDLL.find('none', { from: folder }), RustDLLError, 'ERR_RUSTDLL_NOT_FOUND', /Tried:\n/);
    });
  },

  'a path, a URL, and a search lead to the library'() {
    assert.equal(new RustDLL(pathToFileURL(paths.kernels)).path, kernels.path);
    assert.equal(new RustDLL(pathToFileURL(paths.kernels).href).add(1, 2), 3);
    const dll = new RustDLL(RustDLL.find('kernels', { from: paths.kernels }));
    assert.equal(dll.path, kernels.path);
  },

  'functions that are not there'() {
    throws(() => kernels.ad(1, 2), RustDLLError, 'ERR_RUSTDLL_SYMBOL', /did you mean `add`/);
    throws(() => kernels.declare('fn nowhere()'), RustDLLError, 'ERR_RUSTDLL_SYMBOL');
  },

  async 'an instance can be printed, compared and awaited'() {
    assert.equal(await kernels, kernels);
    assert.match(inspect(kernels), /^RustDLL \{ path: /);
    assert.equal(typeof JSON.stringify({ dll: kernels }), 'string');
    assert.equal(kernels.then, undefined);
    assert.equal(kernels.add.name, 'add');
  },

  'an error of a getter ends the call and comes through'() {
    const mine = new Error('of the getter');
    const list = Object.defineProperty([1, 2], 1, {
      get: () => {
        throw mine;
      },
    });
    const before = kernels.call_count();
    assert.throws(
      () => kernels.count_call_with(list),
      (error) => error === mine,
    );
    assert.equal(kernels.call_count(), before);
    assert.equal(kernels.add(1, 2), 3);
  },

  'a call in the middle of packing another'() {
    const inside = () => {
      const inner = [10, 20];
      kernels.add_one_i64(inner);
      assert.deepEqual(inner, [11, 21]);
      return kernels.str_len('né') + kernels.sum_i64([1, 2]);
    };
    const list = Object.defineProperty([1, 2, 3], 1, { get: inside });
    assert.equal(kernels.sum_i64(list), 1 + 6 + 3);
  },

  'a stack trace begins where the call was made'() {
    const { add } = kernels.declare('fn add(a: u64, b: u64) -> u64');
    for (const call of [() => add('1', 2), () => add(1), () => kernels.add(null), () => kernels.declare('fn')]) {
      // The calls are repeated until the engine compiles them.
      for (let again = 0; again < 2000; again++) {
        try {
          call();
          assert.fail('no error');
        } catch ({ stack }) {
          assert.match(
            stack.split('\n').find((line) => /^\s+at /.test(line)),
            /errors\.mjs/,
            stack,
          );
        }
      }
    }
  },

  'nothing is called when an argument is wrong'() {
    const before = kernels.call_count();
    for (const wrong of [null, ['a', 1], {}])
      throws(() => kernels.count_call_with(wrong), TypeError, 'ERR_RUSTDLL_TYPE');
    throws(() => kernels.count_call_with('\ud800'), TypeError, 'ERR_RUSTDLL_SURROGATE');
    assert.equal(kernels.call_count(), before);
  },
};
