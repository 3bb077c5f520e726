/** The package as `import` and `require` load it. */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as imported from 'rustdll';

export default {
  'import and require give the same classes'() {
    const required = createRequire(import.meta.url)('rustdll');
    for (const name of Object.keys(required)) assert.equal(imported[name], required[name], name);
    assert.equal(typeof imported.RustDLL, 'function');
    assert.equal(typeof imported.RustDLLError, 'function');
  },
};
