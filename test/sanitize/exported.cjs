// Exported functions, once all that can be done with them: run with an instrumented addon and instrumented libraries by
// scripts/test/sanitize.mjs, as exercise.cjs is.
//
// node exported.cjs <folder of the package> <exported> <exported_faults> <the C library contract.c>
'use strict';

const assert = require('node:assert/strict');
const { createRequire } = require('node:module');
const path = require('node:path');
const { Worker, isMainThread, workerData } = require('node:worker_threads');
const { claim, exported, randomFrom, reply, tableOf } = require('../support/contract.cjs');

const [folder, libPath, faultsPath, contractPath] = isMainThread ? process.argv.slice(2) : workerData.args;
const { RustDLL, RustError, RustPanic } = createRequire(path.join(folder, 'package.json'))('rustdll');
const lib = new RustDLL(libPath);
const faults = new RustDLL(faultsPath);

const TYPES = ['i8', 'i16', 'i32', 'i64', 'isize', 'u8', 'u16', 'u32', 'u64', 'usize', 'f32', 'f64'];
// Lengths near multiples of words, near the room for results, and beyond the size of a chunk.
const LENGTHS = [0, 1, 2, 3, 5, 7, 8, 9, 100, 4095, 4096, 32767, 32768, 32769, 65537, 262143, 262145, 300_001];

const same = (left, right) => left.length === right.length && left.every((x, k) => Object.is(x, right[k]));

function lists() {
  for (const type of TYPES) {
    for (const length of LENGTHS) {
      const list = Array.from({ length }, (_, i) => i % 100);
      for (const name of ['echo_vec', 'echo_slice']) assert.ok(same([...lib[`${name}_${type}`](list)], list));
      const bumped = list.slice();
      lib[`bump_${type}`](bumped);
      assert.ok(bumped.every((x, i) => x === (i % 100) + 1));
    }
  }
  for (const [type, value] of [
    ['bool', true],
    ['char', '😀'],
  ]) {
    for (const length of LENGTHS) {
      const list = new Array(length).fill(value);
      assert.ok(same(lib[`echo_vec_${type}`](list), list));
      lib[`bump_${type}`](list);
    }
  }
  for (const length of LENGTHS) {
    const floats = new Float64Array(length).fill(0.5);
    const bytes = new Uint8Array(new ArrayBuffer(length + 3), 3, length).fill(7);
    assert.ok(same(lib.echo_typed_f64(floats), floats));
    assert.ok(same(lib.echo_vec_u8(bytes), bytes));
    assert.ok(same(lib.echo_vec_bytes([bytes, bytes])[1], bytes));
    assert.ok(same(lib.echo_vec_vec_f64([floats, [1]])[0], [...floats]));
    assert.ok(same(lib.echo_vec_slice_f64([[...floats], floats])[1], [...floats]));
    lib.bump_f64(floats);
    if (length > 0) lib.normalize(floats.subarray(length - 1));
    assert.equal(lib.zero_bytes(length).length, length);
    assert.equal(lib.zeros(length).length, length);
    assert.equal(lib.typed_zeros(length).length, length);
  }
}

function strings() {
  for (const count of [0, 1, 7, 8, 9, 334, 335, 336, 337, 338, 1023, 1024, 1025, 16_384, 16_385, 100_000, 300_000]) {
    for (const unit of ['a', 'é', '€', '👍']) {
      const text = unit.repeat(count);
      assert.ok(lib.echo_str(text) === text && lib.echo_string(text) === text);
      assert.ok(lib.echo_vec_string([text, 'é', '', text])[3] === text);
      assert.equal(faults.concat('1', text, '2', [text], '3', '4', text), `1${text}2${text}34${text}`);
      assert.deepEqual(lib.echo_map_string({ [text]: text }), { [text]: text });
      assert.throws(
        () => lib.panic_string(text),
        (error) => error instanceof RustPanic && error.message === text,
      );
      for (const broken of [`${text}\ud800`, `\udc00${text}`]) {
        assert.throws(() => lib.echo_str(broken), { code: 'ERR_RUSTDLL_SURROGATE' });
        assert.throws(() => lib.echo_vec_string(['a', broken]), { code: 'ERR_RUSTDLL_SURROGATE' });
        assert.throws(() => lib.echo_vec_string([`${text}\ud83d`, '\ude00']), { code: 'ERR_RUSTDLL_SURROGATE' });
      }
    }
  }
  for (const count of [0, 1, 16_000, 33_000, 70_000]) assert.equal(lib.many_strings(count).length, count);
  assert.throws(lib.bad_utf8, { code: 'ERR_RUSTDLL_RANGE' });
  assert.throws(lib.bad_utf8_list, { code: 'ERR_RUSTDLL_RANGE' });
  lib.bad_utf8_halves();
}

function values() {
  for (const count of [0, 1, 100, 8000, 8192, 11_000, 30_000]) {
    const points = lib.many_points(count);
    assert.deepEqual(lib.echo_points(points.slice(0, 12_000)).length, Math.min(count, 12_000));
    assert.equal(lib.lengths(points).length, count);
    assert.equal(lib.many_lists(count).length, count);
  }
  const item = faults.nested_items(200);
  assert.deepEqual(faults.echo_items([item], 'Well'), [item]);
  assert.throws(() => faults.echo_items([item, item], 'Failure'), RustError);
  assert.throws(() => faults.echo_items([item, item], 'Panic'), RustPanic);
  faults.echo_items([faults.nested_items(10_000)], 'Well');
  lib.echo_tree(lib.deep(10_000));
  for (const name of Object.keys(lib).filter((each) => /^(fail|panic)_(?!in_thread)/.test(each))) {
    try {
      lib[name](
        ...({
          panic_string: ['x'],
          panic_index: [[1], 1],
          panic_unwrap: [null],
          panic_passed_on: [3],
          fail_enum: [1],
          fail_if: [true],
        }[name] ?? []),
      );
    } catch (error) {
      assert.ok(error instanceof RustError || error instanceof RustPanic, error.stack);
    }
  }
  const pairs = Object.fromEntries(
    Object.keys(faults.echo_options({})).map((key) => [
      key,
      key === 'string' || key === 'char' ? ['a', 'é'] : key === 'bool' ? [true, false] : [1, 2],
    ]),
  );
  faults.echo_pairs(pairs);
  faults.echo_same(pairs);
  faults.echo_lists(pairs);
  const view = new Float64Array(10);
  faults.add_all(view, [view, [1]]);
  assert.throws(() => faults.exchange(view.subarray(0, 6), view.subarray(5)), { code: 'ERR_RUSTDLL_ALIAS' });
}

function hostileValues() {
  let asked = 0;
  const answers = [
    () => 1,
    () => 'x',
    () => [1],
    () => undefined,
    () => new Uint8Array(2),
    () => ({ x: 1, y: 2 }),
    () => lib.words('a b'),
    () => shifting(),
  ];
  const shifting = () =>
    new Proxy([], {
      get: (_list, key) =>
        key === 'length' ? asked++ % 6 : typeof key === 'symbol' ? undefined : answers[asked++ % 8](),
      set: () => Boolean(asked++ % 2),
    });
  const names = Object.keys(lib).filter((name) =>
    /^(echo|bump|touch|sum|join|centroid|optional|copy|py_s|py_t|move)/.test(name),
  );
  for (let i = 0; i < 150; i++) {
    for (const name of names) {
      asked = i;
      try {
        lib[name](...Array.from({ length: lib[name].length }, shifting));
      } catch (error) {
        assert.ok(error instanceof Error && /^(Type|Range|Rust)Error$/.test(error.name), error.stack);
      }
    }
  }
  const nest = (depth) =>
    lib.echo_points([
      Object.defineProperty({ x: 1, label: 'é' }, 'y', {
        get: () => (depth > 0 && nest(depth - 1), 2),
        enumerable: true,
      }),
    ]);
  assert.deepEqual(nest(60), [{ x: 1, y: 2, label: 'é' }]);
}

/** A library that may return any words; its pointers are valid for the lengths beside them. */
function hostileLibrary() {
  const results = [
    'unit',
    'i32',
    'f64',
    'bool',
    'char',
    'i128',
    'string',
    ['vec', 'f64'],
    ['vec', 'i16'],
    ['vec', 'u8'],
    ['vec', 'char'],
    ['typed', 'i64'],
    ['array', 'f32', 3],
    ['vec', 'string'],
    ['option', 'string'],
    ['tuple', 'string', 'bool'],
    ['map', ['vec', 'u8']],
    ['vec', ['ref', 0]],
    ['ref', 1],
    ['vec', ['vec', 'u16']],
  ];
  const types = [
    {
      kind: 'record',
      name: 'R',
      doc: '',
      fields: [
        { name: 'a', doc: '', type: 'string' },
        { name: 'b', doc: '', type: ['vec', 'i32'] },
      ],
    },
    {
      kind: 'enum',
      name: 'E',
      doc: '',
      tag: 'type',
      variants: [
        { name: 'A', doc: '', kind: 'unit' },
        { name: 'B', doc: '', kind: 'value', type: ['option', ['ref', 1]] },
      ],
    },
  ];
  claim(
    tableOf(
      results.map((result, i) => exported(`f${i}`, i % 3 === 0 ? { a: ['vec', 'string'] } : {}, result)),
      types,
    ),
  );
  const library = new RustDLL(contractPath);
  const random = randomFrom(99);
  const word = () =>
    [0, 1, 2, 3, 4, 7, 8, 0xd800, 2 ** 31, 2 ** 32, 2n ** 63n, 2n ** 64n - 1n, 32767, 32768, 32769, 262144, 1e7][
      random(17)
    ];
  for (let i = 0; i < 12_000; i++) {
    const fields = { out: Array.from({ length: random(8) }, word), units: random(10) };
    if (random(4) > 0) fields.result = word();
    if (random(3) === 0) fields.status = [1, 2, 3, 4, 5, 9, 0x100, 0x101][random(8)];
    if (random(3) === 0) fields.words = Array.from({ length: random(6) }, word);
    // The length is never greater than the memory; a smaller one is valid.
    if (fields.words && random(3) === 0) fields.wordsBytes = random(8 * fields.words.length + 1);
    if (random(2) === 0)
      fields.text = Buffer.from(Array.from({ length: random(8) }, () => [97, 0, 0xc3, 0xa9, 0xf0, 0xff][random(6)]));
    if (fields.text && random(3) === 0) fields.textBytes = random(fields.text.length + 1);
    if (fields.text && random(9) === 0) fields.textBytes = 1e6;
    reply(fields);
    const name = `f${random(results.length)}`;
    try {
      library[name](...(library[name].length === 1 ? [['a', 'é']] : []));
    } catch (error) {
      assert.ok(/^ERR_RUSTDLL_/.test(error.code) || error instanceof RustError, error.stack);
    }
  }
  assert.equal(lib.add_i64(1, 2), 3);
}

async function workers() {
  const args = process.argv.slice(2);
  const start = () => new Worker(__filename, { workerData: { args } });
  const whole = [start(), start()].map(
    (worker) => new Promise((resolve) => worker.on('exit', resolve).on('error', resolve)),
  );
  for (let i = 0; i < 10; i++) {
    const worker = start();
    await new Promise((resolve) => setTimeout(resolve, 40 * i));
    await worker.terminate();
  }
  assert.deepEqual(await Promise.all(whole), [0, 0]);
}

values();
hostileValues();
if (isMainThread) {
  strings();
  lists();
  hostileLibrary();
  globalThis.gc?.();
  workers().then(() => console.log('every exported function was called, and nothing went beyond its bounds'));
}
