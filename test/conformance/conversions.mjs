/** Types that are passed as others. */

import assert from 'node:assert/strict';
import { RustDLL } from 'rustdll';
import { paths, throws } from './context.mjs';

const lib = new RustDLL(paths.conversions);

/** Asserts that a function returns what it is given. */
function echoes(name, ...values) {
  for (const value of values) assert.deepEqual(lib[name](value), value, name);
}

export default {
  async 'types with a conversion of their own, and types of other crates'() {
    echoes('echo_evens', [2, -4], []);
    echoes('echo_tickets', ['#1', '#4294967295']);
    const order = { unitCount: 2, price: '#975', also: ['#1', null], rest: { x: [1, 2] }, kind: null };
    echoes('echo_order', order, { ...order, kind: { type: 'Two', value: [2, '#3'] } });
    throws(() => lib.echo_evens([2, 3]), TypeError, 'E_ODD', /^echo_evens: argument 1 \(value\)\[1\]: 3 is odd$/);
    throws(
      () => lib.echo_orders([order, { ...order, rest: { 'b c': [1, 3] } }]),
      TypeError,
      'E_ODD',
      /\[1\]\.rest\["b c"\]\[1\]: 3 is odd$/,
    );
    throws(() => lib.echo_evens([2, 666]), TypeError, 'ERR_RUSTDLL_TYPE', /not this one$/);
    const rejected = await lib.async.echo_evens([999]).catch((reason) => reason);
    assert.ok(rejected instanceof TypeError);
    assert.equal(rejected.cause.message, 'it is too near to 1000');
  },

  'attributes that say as what a type is passed'() {
    echoes('echo_versions', ['1.2', '0.7']);
    echoes('echo_spans', [{ from: 1, to: 3 }, null]);
    echoes('echo_users', [7, 8]);
    echoes('echo_colour', { rgb: 'ff00aa', minContrast: '3' });
    throws(() => lib.echo_spans([{ from: 3, to: 1 }]), TypeError, 'ERR_RUSTDLL_TYPE', /it ends before it begins$/);
  },

  'types of the standard library'() {
    echoes('echo_path_buf', '', '/tmp/ä 🦀', 'a\0b');
    echoes('echo_paths', ['/a', 'ä 🦀', '']);
    echoes('echo_duration', 0, 0.000001, 1500.25, 2 ** 53);
    echoes('echo_non_zeros', [1, 2]);
    echoes('echo_ips', ['127.0.0.1', '::1']);
    echoes('echo_ranges', [[0, 7]]);
    echoes('echo_ref_cells', ['a', 'ä']);
    echoes('echo_binary_heap', [3, 2, 1]);
    throws(() => lib.echo_durations([1, -1]), RangeError, 'ERR_RUSTDLL_RANGE', /\[1\]: -1 is not/);
    throws(() => lib.echo_ip('1.2.3'), TypeError, 'ERR_RUSTDLL_TYPE', /expected an IP address, got string "1\.2\.3"$/);
    throws(() => lib.bad_path(), TypeError, 'ERR_RUSTDLL_TYPE', /is not Unicode$/);
  },
};
