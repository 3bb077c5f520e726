/** Libraries that are closed. */

import assert from 'node:assert/strict';
import { RustDLL, RustDLLError } from 'rustdll';
import { paths, throws } from './context.mjs';

export default {
  'later calls throw, and other instances go on'() {
    const one = new RustDLL(paths.kernels);
    const other = new RustDLL(paths.kernels);
    const { add } = one;
    const { mean } = one.declare('fn mean(v: &PyVec<f64>) -> f64');
    assert.deepEqual([add(1, 2), mean([1, 2])], [3, 1.5]);
    one.close();
    one.close();
    for (const call of [() => add(1, 2), () => mean([1]), () => one.str_len('a'), () => one.declare('fn noop()')]) {
      throws(call, RustDLLError, 'ERR_RUSTDLL_CLOSED');
    }
    assert.equal(other.add(1, 2), 3);
    assert.equal(new RustDLL(paths.kernels).add(1, 2), 3);
  },

  'by Symbol.dispose'() {
    const dll = new RustDLL(paths.kernels);
    dll[Symbol.dispose]();
    throws(() => dll.add(1, 2), RustDLLError, 'ERR_RUSTDLL_CLOSED');
  },

  'in the middle of a call'() {
    const dll = new RustDLL(paths.kernels);
    const list = Object.defineProperty([1, 2], 1, { get: () => (dll.close(), 2) });
    throws(() => dll.sum_i64(list), RustDLLError, 'ERR_RUSTDLL_CLOSED');
  },

  'thousands of instances, opened and forgotten'() {
    for (let i = 0; i < 2000; i++) {
      const dll = new RustDLL(paths.kernels);
      if (i % 100 === 0) assert.equal(dll.add(i, 1), i + 1);
      if (i % 2 === 0) dll.close();
    }
  },
};
