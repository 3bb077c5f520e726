// Implements the comments in a snippet, before which it is loaded. Failed checks are written to file 3, a line each.
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const { inspect } = require('node:util');

globalThis.checkValue = (run, expected) => {
  assert.equal(inspect(run(), { breakLength: Infinity }), expected);
};

globalThis.checkThrows = (run, expected) => {
  let error;
  let value;
  try {
    value = run();
  } catch (thrown) {
    error = thrown;
  }
  if (!(error instanceof Error)) assert.fail(`expected ${expected}, got ${inspect(value)}`);
  assert.equal([error.name, error.code].filter(Boolean).join(' '), expected, error.stack);
  fs.writeSync(3, `${JSON.stringify(error.message)}\n`);
};
