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

  'defaults, flattened fields, generic types and tuple structs'() {
    const options = { title: 'a', width: 1.5, layers: [], times: 3, style: 'plain', corner: { x: 0, y: 0 } };
    assert.deepEqual(lib.echo_options({ title: 'a' }), options);
    assert.match(lib.joined(['a', 'b'], undefined, true), /^A, B 4 5/);
    const person = { fullName: 'Ada', town: 'London', x: 1, y: 2, note: null, age: 36 };
    assert.deepEqual(lib.echo_person(person), person);
    const page = { items: [1, 2.5], next: { items: [], next: null } };
    assert.deepEqual(lib.echo_numbers(page), page);
    assert.deepEqual(lib.echo_branches([1, [[2, []]]]), [1, [[2, []]]]);
    assert.deepEqual(lib.echo_settings({ level: 1, other: 2 }), { level: 1, name: null });
    const counts = { small: 1, large: 5, many: [2n, null], total: { sum: 3 } };
    assert.deepEqual(lib.echo_counts(counts), { ...counts, large: 5n, others: [], last: null });
    throws(() => lib.echo_person({ ...person, town: 1 }), TypeError, 'ERR_RUSTDLL_TYPE', /\(person\)\.town: /);
  },

  'enums without a tag, with content, and of numbers'() {
    for (const [value, name] of [
      [null, 'Nothing'],
      [7, 'Small'],
      [-0.5, 'Number'],
      ['wörld 🦀', 'Text'],
      [{ x: 1, y: 2 }, 'Spot'],
      [['a', 1], 'Pair'],
      [[1, 2], 'Many'],
      [{ z: 3 }, 'Named'],
    ]) {
      assert.deepEqual(lib.echo_mixed(value), [value, name]);
    }
    assert.equal(lib.kind_of_address('::1'), 'v6');
    let nest = 1;
    for (let i = 0; i < 300; i++) nest = i % 2 === 0 ? [nest] : { nest };
    assert.deepEqual(lib.echo_nest(nest), nest);
    throws(() => lib.echo_nest([1, [true]]), TypeError, 'ERR_RUSTDLL_TYPE', /\(nest\)\[1\]\[0\]: expected a number/);
    const message = { kind: 'sized', body: { width: 1, height: null } };
    assert.deepEqual(lib.echo_message(message), message);
    assert.equal(lib.echo_priority(lib.Priority.High), 10);
    assert.equal(lib.turn_around(lib.Direction['left-hand']), 'right-hand');
    throws(() => lib.echo_priority(2), TypeError, 'ERR_RUSTDLL_TYPE', /expected 1 \(Low\), 10 \(High\) or 11/);
  },

  'an error may be a TypeError or a RangeError'() {
    throws(() => lib.fail_class(0), TypeError, 'ERR_RUSTDLL_RUST', /^not a number$/);
    throws(() => lib.fail_class(1), RangeError, 'E_LARGE', /^too large$/);
  },
};
