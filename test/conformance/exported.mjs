/** Exported functions: values of every kind as arguments and results, and errors from Rust. */

import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { RustDLL, RustError, RustPanic } from 'rustdll';
import { paths, throws } from './context.mjs';

const lib = new RustDLL(paths.exported);
const crates = new RustDLL(paths.crates);

/** Asserts that a function returns what it is given. */
function echoes(name, ...values) {
  for (const value of values) assert.deepEqual(lib[name](value), value, name);
}

/** Asserts that `call` throws an error from Rust of this class, and that the library works afterwards. */
function fails(call, Class, code, messages) {
  let error;
  try {
    call();
  } catch (thrown) {
    error = thrown;
  }
  assert.ok(error instanceof Class, String(error));
  const chain = [];
  for (let at = error; at instanceof Error; at = at.cause) chain.push(at.message);
  assert.deepEqual([error.code, chain], [code, messages]);
  assert.equal(lib.add_i64(2, 3), 5);
  return error;
}

export default {
  'scalars, strings and lists'() {
    assert.equal(lib.add_i64(2 ** 40, -1), 2 ** 40 - 1);
    assert.equal(lib.add_f64(0.1, 0.2), 0.1 + 0.2);
    assert.equal(lib.echo_u64_bigint(2n ** 64n - 1n), 2n ** 64n - 1n);
    for (const text of ['', 'a', 'né', '語😀', 'a\0b', 'x'.repeat(100_000), 'é'.repeat(100_000)]) {
      assert.equal(lib.echo_str(text), text);
    }
    assert.deepEqual(lib.words(' one  zwölf 語 '), ['one', 'zwölf', '語']);
    assert.equal(lib.join(['a', 'é', ''], '-'), 'a-é-');
    assert.equal(lib.sum([1, 2.5]), 3.5);
    assert.equal(lib.sum(new Float64Array([1, 2.5])), 3.5);
    const columns = [
      [1, 3],
      [2, 4],
    ];
    assert.deepEqual(lib.transpose(columns), [
      [1, 2],
      [3, 4],
    ]);
  },

  'results that are larger than what was expected'() {
    assert.deepEqual(lib.zeros(300_000), new Array(300_000).fill(0));
    assert.equal(lib.zero_bytes(1_000_000).length, 1_000_000);
    assert.equal(lib.typed_zeros(100_000).constructor, Float64Array);
    assert.equal(lib.repeat('é', 1_000_000), 'é'.repeat(1_000_000));
    assert.deepEqual(lib.many_strings(5000).at(-1), 'text 4999');
    assert.equal(lib.many_points(5000).length, 5000);
  },

  'points in time, also of another realm'() {
    echoes('echo_time', new Date(0), new Date(-1), new Date(1_700_000_000_123));
    echoes('echo_meeting', { begins: new Date(1), ends: new Date(2) }, { begins: new Date(-1), ends: null });
    // Windows counts 100 nanoseconds.
    assert.deepEqual(lib.time_at(-100), new Date(-1));
    assert.equal(lib.nanoseconds(runInNewContext('new Date(5)')), 5_000_000n);
    throws(() => lib.echo_vec_time([new Date(0), 0]), TypeError, 'ERR_RUSTDLL_TYPE', /\[1\]: expected a Date/);
    throws(() => lib.echo_time(new Date(NaN)), RangeError, 'ERR_RUSTDLL_RANGE', /the Date is invalid/);
    // The times of Windows end before those of a Date.
    if (process.platform !== 'win32') {
      throws(() => lib.far_time(8_640_000_000_001), RangeError, 'ERR_RUSTDLL_RANGE', /no Date represents/);
    } else {
      throws(() => lib.echo_time(new Date(8.64e15)), RangeError, 'ERR_RUSTDLL_RANGE', /the system cannot represent/);
    }
  },

  async 'arrays of n dimensions'() {
    const data = Float64Array.of(1, 2, 3, 4, 5, 6);
    const table = { data, shape: [2, 3] };
    assert.deepEqual(crates.echo_array2(table), table);
    assert.deepEqual(crates.echo_array_dyn({ data, shape: [3, 2], strides: [1, 3] }), {
      data: Float64Array.of(1, 4, 2, 5, 3, 6),
      shape: [3, 2],
    });
    assert.deepEqual(crates.echo_arrays([table, null]), [table, null]);
    assert.equal(crates.array_scale({ data, shape: [1, 3], strides: [1, -1], offset: 2 }, 10), 3);
    assert.deepEqual(data, Float64Array.of(10, 20, 30, 4, 5, 6));
    await crates.async.array_scale(table, 0.5);
    assert.deepEqual(data, Float64Array.of(5, 10, 15, 2, 2.5, 3));
    const large = new Float64Array(1000);
    assert.ok(crates.is_array_lent({ data: large, shape: [1000] }, large));
    throws(
      () => crates.echo_array2({ data, shape: [2, 2] }),
      TypeError,
      'ERR_RUSTDLL_TYPE',
      /\(value\)\.data: expected 4 elements \(2 × 2\), got 6$/,
    );
    throws(
      () => crates.array_sum({ data, shape: [2, 3], offset: 1 }),
      RangeError,
      'ERR_RUSTDLL_RANGE',
      /the elements are at 1 to 6, and there are 6$/,
    );
  },

  'types of other crates: JSON, Dates, texts'() {
    const json = { a: [1, 0.1, 'é😀', null, { b: [] }], __proto__x: true };
    assert.deepEqual(crates.echo_value(json), json);
    assert.deepEqual(crates.echo_value([new Date(0)]), ['1970-01-01T00:00:00.000Z']);
    assert.equal(crates.echo_bigint_value(2n ** 64n - 1n), 2n ** 64n - 1n);
    throws(
      () => crates.echo_value([1, 2n ** 53n]),
      RangeError,
      'ERR_RUSTDLL_RANGE',
      /the result\[1\] is 9007199254740992/,
    );
    throws(
      () => crates.echo_value({ a: [NaN] }),
      TypeError,
      'ERR_RUSTDLL_TYPE',
      /\.a\[0\]: expected a JSON value, got number NaN/,
    );
    throws(
      () => crates.echo_drawing({ fileName: 1, shapes: [] }),
      TypeError,
      'ERR_RUSTDLL_TYPE',
      /\.fileName: invalid type/,
    );
    throws(() => crates.floats([NaN]), TypeError, 'ERR_RUSTDLL_TYPE', /the result\["a b"\]\[0\]: JSON has no NaN/);
    for (const name of ['echo_chrono', 'echo_time', 'echo_jiff'])
      assert.deepEqual(crates[name](new Date(-1)), new Date(-1));
    assert.equal(crates.echo_uuid('67E55044-10B1-426F-9247-BB680E5FE0C8'), '67e55044-10b1-426f-9247-bb680e5fe0c8');
    assert.equal(crates.echo_decimal('1.50'), '1.50');
  },

  'options, tuples, maps'() {
    echoes('echo_option_f64', 1.5, null);
    echoes('echo_vec_option_string', ['a', null, 'é']);
    echoes('echo_tuple', [1, 'é', 2.5], [-1, '', null]);
    echoes('echo_map_map', { a: { b: 1, c: null }, é: {} });
    assert.deepEqual(lib.swap_pair([1.5, 'text']), ['text', 1.5]);
    assert.equal(lib.sum_map(new Map(Object.entries({ a: 1, b: 2.5 }))), 3.5);
    assert.equal(lib.optional(1), '1 None None None');
  },

  'records and enums'() {
    echoes('echo_points', [
      { x: 1, y: 2.5, label: 'é' },
      { x: -0.5, y: 1e300, label: null },
    ]);
    echoes('echo_tree', { name: 'root', children: [{ name: 'leaf', children: [] }] });
    echoes('echo_level', 'Low', 'high!');
    echoes('echo_shapes', [{ type: 'Circle', radius: 1.5 }, { type: 'Empty' }]);
    const { x, y } = lib.centroid([
      { x: 0, y: 0 },
      { x: 3, y: 1 },
    ]);
    assert.deepEqual([x, y], [1.5, 0.5]);
    assert.equal(lib.area({ type: 'Circle', radius: 2 }), 4 * Math.PI);
  },

  'lists that are changed in place'() {
    for (const list of [[1, 3], new Float64Array([1, 3])]) {
      lib.normalize(list);
      assert.deepEqual([...list], [0.25, 0.75]);
    }
  },

  'an Err, with its code and its causes'() {
    fails(() => lib.fail_string(), RustError, 'ERR_RUSTDLL_RUST', ['a string: über 🦀']);
    const causes = ['no sandwich', 'the cheese cannot be cut', 'no such cheese'];
    fails(() => lib.fail_boxed(), RustError, 'ERR_RUSTDLL_RUST', causes);
    fails(() => lib.fail_code(), RustError, 'E_SHAPE', ['not a shape']);
  },

  'a panic, again and again'() {
    for (let i = 0; i < 100; i++) {
      const { location, stack } = fails(() => lib.panic_string(`é ${i}`), RustPanic, 'ERR_RUSTDLL_PANIC', [`é ${i}`]);
      assert.match(location, /panics\.rs:\d+:\d+$/);
      assert.match(stack, /^ {4}at panic_string \(.+panics\.rs:\d+:\d+\)\n.*exported\.mjs/m);
    }
  },

  'arguments that do not fit'() {
    throws(() => lib.add_i64(1), TypeError, 'ERR_RUSTDLL_ARITY');
    throws(() => lib.add_i64('1', 2), TypeError, 'ERR_RUSTDLL_TYPE', /argument 1 \(a\)/);
    throws(() => lib.echo_points([{ x: 1, y: '2' }]), TypeError, 'ERR_RUSTDLL_TYPE', /\[0\]\.y/);
    throws(() => lib.echo_level('Nowhere'), TypeError, 'ERR_RUSTDLL_TYPE');
    throws(() => lib.echo_str('\ud800'), TypeError, 'ERR_RUSTDLL_SURROGATE');
  },
};
