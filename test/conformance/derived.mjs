/** Records, enums and errors with the attributes of the derive macros. */

import assert from 'node:assert/strict';
import { RustDLL, RustError } from 'rustdll';
import { paths, throws } from './context.mjs';

const lib = new RustDLL(paths.derived);

export default {
  async 'an error that is an enum comes with its data'() {
    const data = { type: 'NotFound', path: 'wörld 🦀', size: 9 };
    const error = throws(() => lib.attempt(0, 9), RustError, 'NotFound', /^there is no wörld/);
    assert.deepEqual(error.data, data);
    assert.ok(lib.isAppError(error) && !lib.isCause(error));
    const rejected = await lib.async.attempt(2, 9).catch((reason) => reason);
    assert.deepEqual(rejected.data, { type: 'Cause', value: { why: 'rain' } });
    assert.equal(rejected.cause.message, 'because of rain');
    assert.ok(lib.isAppError(rejected));
    assert.equal(throws(() => new lib.Vault(''), RustError, 'Syntax').data.type, 'Syntax');
  },

  'an error may be a TypeError or a RangeError'() {
    throws(() => lib.fail_class(0), TypeError, 'ERR_RUSTDLL_RUST', /^not a number$/);
    throws(() => lib.fail_class(1), RangeError, 'E_LARGE', /^too large$/);
  },
};
