/** What works have in common whose contenders each make the same call. */

import assert from 'node:assert/strict';

/**
 * Contenders that make one call each time, after it is seen that all calls have the same result.
 *
 * Each has its own code to use the result, which is to be written out: at a place that sees arrays of floats and arrays of
 * objects, as other callers make them, the engine turns the former into the latter, and each float into an object.
 *
 * @template Result
 * @param {Record<string, { call: () => Result, use?: (result: Result) => number }>} calls - By the contenders' names; `use`
 *   makes a number of a result that is none.
 * @returns {import('./measure.mjs').Contenders}
 */
export function sameCalls(calls) {
  const [[first, { call: firstCall }], ...others] = Object.entries(calls);
  const expected = firstCall();
  for (const [name, { call }] of others) {
    assert.deepEqual(call(), expected, `${name} and ${first} give different results`);
  }
  return Object.fromEntries(Object.entries(calls).map(([name, { call, use = itself }]) => [name, repeated(call, use)]));
}

const itself = (result) => result;

function repeated(call, use) {
  return (n) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += use(call());
    return sum;
  };
}

/** The same strings, each in a piece: those just put together may still be trees of their parts. */
export function plain(strings) {
  return strings.map((text) => Buffer.from(text, 'utf16le').toString('utf16le'));
}
