/** A value of each type in the tables of the guide, and what is none. */

import assert from 'node:assert/strict';
import { RustDLL } from 'rustdll';
import { paths, throws } from './context.mjs';
import samples from './type-samples.cjs';

const lib = new RustDLL(paths.types);

const valueOf = (expression) => new Function(`return (${expression});`)();

/** Asserts that a value is refused by this class, with the path to it. */
function refused(name, expression, Class, path) {
  const place = `${name}: argument 1 (value)${path}: `;
  const error = throws(() => lib[name](valueOf(expression)), Class, codeOf(expression));
  assert.equal(error.message.slice(0, place.length), place, `${name}(${expression}): ${error.message}`);

  function codeOf() {
    if (expression.includes('\\ud800') && !name.startsWith('echo_char')) return 'ERR_RUSTDLL_SURROGATE';
    return Class === TypeError ? 'ERR_RUSTDLL_TYPE' : 'ERR_RUSTDLL_RANGE';
  }
}

const CLASSES = { TypeError, RangeError };

/** The check of a case: its values alone and in a list, what is refused alone and after a value in a list. */
function check({ name, takes, wrong, bad = [], alone = false }) {
  for (const taken of takes) {
    const [argument, result] = typeof taken === 'string' ? [taken, taken] : taken;
    assert.deepEqual(lib[name](valueOf(argument)), valueOf(result), `${name}(${argument})`);
    if (alone) continue;
    const list = lib[`${name}_in_list`]([valueOf(argument)]);
    // A list of `u8` is a Uint8Array.
    assert.deepEqual(list instanceof Uint8Array ? [...list] : list, [valueOf(result)], `${name}([${argument}])`);
  }
  const all = [
    ...wrong.map((value) => (typeof value === 'string' ? [value, 'TypeError', ''] : [value[0], 'TypeError', value[1]])),
    ...bad,
  ];
  for (const [expression, kind, path = ''] of all) {
    refused(name, expression, CLASSES[kind], path);
    if (alone) continue;
    const first = typeof takes[0] === 'string' ? takes[0] : takes[0][0];
    refused(`${name}_in_list`, `[${first}, ${expression}]`, CLASSES[kind], `[1]${path}`);
  }
}

/** Asserts that a call changes its argument to `after`. */
function changes(name, argument, after) {
  lib[name](argument);
  assert.deepEqual(argument, after, name);
}

/** The checks of types that are only parameters or only results, by their functions. */
export const FUNCTION_CHECKS = {
  ...Object.fromEntries(
    ['change_slice', 'change_array', 'change_option'].map((name) => [name, () => checkChanged(name)]),
  ),
  ...Object.fromEntries(['change_slices', 'change_vec'].map((name) => [name, () => checkNested(name)])),

  iterate() {
    assert.deepEqual([...lib.iterate([1, 2])], [1, 2]);
    throws(() => lib.iterate([1, 'a']), TypeError, 'ERR_RUSTDLL_TYPE', /argument 1 \(values\)\[1\]: expected /);
  },

  async stream() {
    const items = [];
    for await (const item of lib.stream([1, 2])) items.push(item);
    assert.deepEqual(items, [1, 2]);
  },

  collect() {
    assert.deepEqual(lib.collect(new Set([1, 2])), [1, 2]);
    assert.throws(() => lib.collect([1, 'a']), { name: 'TypeError', code: 'ERR_RUSTDLL_TYPE', message: /"a"/ });
    for (const wrong of ['ab', 1, null, {}]) {
      throws(() => lib.collect(wrong), TypeError, 'ERR_RUSTDLL_TYPE', /argument 1 \(values\): expected /);
    }
  },

  async collect_later() {
    assert.deepEqual(await lib.collect_later([3, 4]), [3, 4]);
    assert.deepEqual(await lib.collect_later(lib.stream([3, 4])), [3, 4]);
    await assert.rejects(lib.collect_later([1, 'a']), { name: 'TypeError', message: /"a"/ });
    await assert.rejects(lib.collect_later(1), { name: 'TypeError', message: /argument 1 \(values\): expected / });
  },
};

function checkChanged(name) {
  changes(name, [1, 2, 3], [2, 3, 4]);
  changes(name, new Int32Array([1, 2, 3]), new Int32Array([2, 3, 4]));
  throws(() => lib[name]('abc'), TypeError, 'ERR_RUSTDLL_TYPE', /argument 1 \(values\): expected /);
  throws(() => lib[name]([1, 2, 'a']), TypeError, 'ERR_RUSTDLL_TYPE', /argument 1 \(values\)\[2\]: expected /);
  throws(() => lib[name]([1, 2, 2 ** 31]), RangeError, 'ERR_RUSTDLL_RANGE', /argument 1 \(values\)\[2\]: /);
  throws(() => lib[name](new Float64Array(3)), TypeError, 'ERR_RUSTDLL_TYPE', /argument 1 \(values\): /);
  if (name === 'change_option') assert.equal(lib[name](null), undefined);
  else throws(() => lib[name](null), TypeError, 'ERR_RUSTDLL_TYPE', /argument 1 \(values\): /);
  if (name === 'change_array') throws(() => lib[name]([1]), TypeError, 'ERR_RUSTDLL_TYPE', /argument 1 \(values\): /);
}

function checkNested(name) {
  changes(name, [[1], new Int32Array([2])], [[2], new Int32Array([3])]);
  throws(() => lib[name]([[1], 1]), TypeError, 'ERR_RUSTDLL_TYPE', /argument 1 \(values\)\[1\]: /);
  throws(() => lib[name]([[1], [1, 'a']]), TypeError, 'ERR_RUSTDLL_TYPE', /argument 1 \(values\)\[1\]\[1\]: /);
}

export default {
  ...Object.fromEntries(samples.CASES.map((sample) => [`${sample.type}, by ${sample.name}`, () => check(sample)])),
  ...Object.fromEntries(
    Object.entries(samples.FUNCTIONS).map(([type, name]) => [`${type}, by ${name}`, () => FUNCTION_CHECKS[name]()]),
  ),

  'nothing, and a result that is thrown'() {
    assert.equal(lib.nothing(), undefined);
    throws(() => lib.nothing(1), TypeError, 'ERR_RUSTDLL_ARITY', /^nothing: expected 0 arguments/);
    assert.equal(lib.positive(7), 7);
    assert.throws(() => lib.positive(-7), { name: 'RustError', code: 'ERR_RUSTDLL_RUST' });
  },
};
