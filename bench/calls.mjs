/** The common part of the works whose contenders each make the same call. */

import assert from 'node:assert/strict';

/**
 * Returns contenders that make one call each time, after checking that all calls have the same result.
 *
 * Each has its own code to use the result, which must not be shared: where the engine sees both arrays of floats and
 * arrays of objects, it converts the former to the latter, and makes an object of each float.
 *
 * @template Result
 * @param {Record<string, { call: () => Result, use?: (result: Result) => number }>} calls - The calls by the contenders'
 *   names; `use` makes a number of a result of another type.
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

/** Returns the same strings, flat: the engine may store those that were concatenated as trees of their parts. */
export function plain(strings) {
  return strings.map((text) => Buffer.from(text, 'utf16le').toString('utf16le'));
}
