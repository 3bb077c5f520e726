// Everything the package does, once: run with an instrumented addon and instrumented libraries by
// scripts/test/sanitize.mjs, so that any access beyond what a call was given ends the process. Prints a line when all is
// well.
//
// node exercise.cjs <folder of the package> <kernels> <C library> [beyond]
//
// With `beyond` it does the one thing that no declaration should: it gives Rust less than it reads. That must be seen.
'use strict';

const assert = require('node:assert/strict');
const { createRequire } = require('node:module');
const path = require('node:path');
const { Worker, isMainThread, workerData } = require('node:worker_threads');

const [folder, kernelsPath, clibPath] = isMainThread ? process.argv.slice(2) : workerData.args;
const { RustDLL, ...wrappers } = createRequire(path.join(folder, 'package.json'))('rustdll');
const kernels = new RustDLL(kernelsPath);

const INTEGERS = ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'isize', 'usize'];
const VIEWS = {
  i8: Int8Array,
  u8: Uint8Array,
  i16: Int16Array,
  u16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
  i64: BigInt64Array,
  u64: BigUint64Array,
  f32: Float32Array,
  f64: Float64Array,
};
// Lengths near the limits of the shared chunk and of a chunk of its own, and longer ones.
const LENGTHS = [0, 1, 2, 3, 7, 8, 9, 100, 4095, 4096, 16383, 32767, 32768, 32769, 131071, 131073, 400_000];

function scalars() {
  for (const type of [...INTEGERS, 'f32', 'f64', 'bool', 'char']) {
    const lib = kernels.declare(`fn id_${type}(x: ${type}) -> ${type}`, { bigint: true });
    const values = type === 'bool' ? [true, false] : type === 'char' ? ['a', '\u{10ffff}'] : [0, 1, 127];
    for (const value of values) assert.equal(String(lib[`id_${type}`](value)), String(value));
    for (const wrong of [undefined, null, {}, 'xy', 2n ** 70n, NaN, Symbol('s'), []]) {
      if (Number.isNaN(wrong) && type.startsWith('f')) continue;
      assert.throws(() => lib[`id_${type}`](wrong), /id_/);
    }
  }
}

function manyArguments() {
  for (const count of [10, 14, 22, 36]) {
    const numbers = Array.from({ length: count }, (_, i) => i - 3);
    const expected = numbers.reduce((sum, x, i) => sum + x * (i + 1), 0);
    const parameters = numbers.map((_, i) => `a${i}: i64`).join(', ');
    const lib = kernels.declare(`fn ints_${count}(${parameters}) -> i64`);
    assert.equal(lib[`ints_${count}`](...numbers), expected);
    assert.equal(kernels[`ints_${count}`](...numbers), expected);
  }
  const mixed =
    kernels.declare(`fn mixed_references(a: f64, s: &PyStr, b: i8, v: &mut PyVec<f64>, c: f32, w: &PyVec<i64>,
    d: bool) -> f64; fn floats_10(a: f64, b: f64, c: f64, d: f64, e: f64, f: f64, g: f64, h: f64, i: f64, j: f64) -> f64`);
  const v = [1, 2];
  assert.equal(mixed.mixed_references(1, 'text', -1, v, 0.5, [3, 4], true), 1 + 8 - 3 + 12 + 2.5 + 42 + 7);
  assert.deepEqual(v, [2, 3]);
  assert.equal(mixed.floats_10(1, 1, 1, 1, 1, 1, 1, 1, 1, 1), 55);
  assert.equal(kernels.mixed_guess('é', 1, 1.5, [1], true, [0.5]), 2 + 2 + 3 + 4 + 5);
}

function lists() {
  for (const [type, View] of Object.entries(VIEWS)) {
    const big = type === 'i64' || type === 'u64';
    const lib = kernels.declare(
      `fn add_one_${type}(v: &mut PyVec<${type}>); fn reverse_${type}(v: &mut PyVec<${type}>);
      fn sum_${type}(v: &PyVec<${type}>) -> ${type}; fn set_at_${type}(v: &mut PyVec<${type}>, i: usize, x: ${type})`,
      { bigint: true },
    );
    for (const length of LENGTHS) {
      const list = Array.from({ length }, (_, i) => i % 100);
      const view = View.from(list, (x) => (big ? BigInt(x) : x));
      for (const argument of [list, view]) {
        lib[`add_one_${type}`](argument);
        lib[`reverse_${type}`](argument);
        lib[`sum_${type}`](argument);
        if (length > 0) lib[`set_at_${type}`](argument, length - 1, 99);
      }
      kernels[`reverse_${type}`](wrappers[type](list));
      if (length > 0) assert.deepEqual([list[0], Number(view[length - 1])], [99, 99]);
      // The view ends at the last byte of its buffer.
      if (length > 2) lib[`reverse_${type}`](view.subarray(1, length));
    }
  }
  for (const type of ['bool', 'char']) {
    const lib = kernels.declare(`fn reverse_${type}(v: &mut PyVec<${type}>)`);
    for (const length of LENGTHS.slice(0, 12)) {
      const list = Array.from({ length }, (_, i) => (type === 'bool' ? i % 3 === 0 : '\u{1f600}'));
      const expected = list.toReversed();
      lib[`reverse_${type}`](list);
      assert.deepEqual(list, expected);
    }
  }
}

function nests() {
  const lib = kernels.declare(`fn add_one_nested_f64_2(v: &mut PyVec<&mut PyVec<f64>>);
    fn add_one_nested_i64_3(v: &mut PyVec<&mut PyVec<&mut PyVec<i64>>>); fn add_one_nested_u8_2(v: &mut PyVec<&mut PyVec<u8>>);
    fn add_one_inline_i64_2(v: &mut PyVec<PyVec<i64>>); fn add_one_inline_f64_3(v: &mut PyVec<PyVec<PyVec<f64>>>);
    fn swap_outer(v: &mut PyVec<&mut PyVec<i64>>); fn swap_descriptors(a: &mut PyVec<i64>, b: &mut PyVec<i64>);
    fn empty_descriptor(v: &mut PyVec<i64>); fn garble_descriptor(v: &mut PyVec<i64>)`);
  for (const count of [0, 1, 9, 1000, 30_000]) {
    const rows = Array.from({ length: count }, (_, i) => Array.from({ length: i % 5 }, () => 0.5));
    lib.add_one_nested_f64_2(rows);
    kernels.add_one_nested_f64_2([[0.5], ...rows]);
    lib.add_one_inline_i64_2(rows.map((row) => row.map(() => 1)));
    lib.add_one_nested_i64_3([rows.map((row) => row.map(() => 1)), [], [[1]]]);
    lib.add_one_inline_f64_3([rows.map((row) => [...row]), [[1]], []]);
    lib.add_one_nested_u8_2(rows.map((row, i) => (i % 2 === 0 ? Buffer.alloc(row.length) : row.map(() => 1))));
    assert.ok(rows.flat().every((x) => x === 2.5));
  }
  // Rust may store anything in the descriptors, as they are not used afterwards.
  const [a, b] = [[1, 2], [3]];
  lib.swap_outer([a, b]);
  lib.swap_descriptors(a, b);
  lib.empty_descriptor(a);
  lib.garble_descriptor(b);
  assert.deepEqual([a, b], [[2, 3], [4]]);
}

function strings() {
  const lib = kernels.declare(
    `fn str_len(s: &PyStr) -> u32; fn count_chars(s: &PyStr) -> i64; fn upper(s: &mut PyStr);
    fn join_len(v: &PyVec<&PyStr>) -> u64; fn hash_inline_strs(v: &PyVec<PyStr>) -> u64; fn upper_all(v: &mut PyVec<&mut PyStr>);
    fn hash_nested_strs_2(v: &PyVec<&PyVec<&PyStr>>) -> u64; fn opt_str_len(s: Option<&PyStr>) -> i64`,
    { bigint: true },
  );
  const units = [
    ...Array(70).keys(),
    255,
    256,
    334,
    335,
    336,
    337,
    338,
    671,
    672,
    673,
    1023,
    1024,
    1025,
    100_000,
    400_000,
  ];
  for (const count of units) {
    for (const unit of ['a', 'é', '€', '👍', 'a👍']) {
      const text = unit.repeat(count).slice(0, count - (count % unit.length));
      const bytes = Buffer.byteLength(text);
      assert.equal(lib.str_len(text), bytes);
      assert.equal(kernels.str_len(text), bytes);
      assert.equal(lib.count_chars(text), BigInt([...text].length));
      assert.equal(lib.join_len(['x', text, '', text]), BigInt(2 * bytes + 1));
      lib.upper(text);
      lib.upper_all([text, 'b', text]);
      lib.hash_inline_strs([text, text]);
      lib.hash_nested_strs_2([[text], [], ['', text]]);
      kernels.count_call_with(text, text, 'c', text, text, [text]);
      for (const broken of [`${text}\ud800`, `\udc00${text}`]) {
        assert.throws(() => lib.str_len(broken), { code: 'ERR_RUSTDLL_SURROGATE' });
        assert.throws(() => lib.join_len(['a', broken]), { code: 'ERR_RUSTDLL_SURROGATE' });
      }
    }
  }
  assert.deepEqual([lib.opt_str_len(null), lib.opt_str_len('ab')], [-1n, 2n]);
  const bytes = Buffer.from('as bytes');
  lib.upper(bytes);
  assert.equal(bytes.toString(), 'AS BYTES');
}

function views() {
  const lib =
    kernels.declare(`fn add_one_f64(v: &mut PyVec<f64>); fn add_one_u8(v: &mut PyVec<u8>); fn dot(a: &PyVec<f64>, b: &PyVec<f64>) -> f64;
    fn add_to_f64(a: &mut PyVec<f64>, b: &PyVec<f64>); fn add_one_f64_threaded(v: &mut PyVec<f64>, threads: usize)`);
  for (const buffer of [
    new ArrayBuffer(800),
    new ArrayBuffer(800, { maxByteLength: 1600 }),
    new SharedArrayBuffer(800),
  ]) {
    const view = new Float64Array(buffer);
    lib.add_one_f64(view);
    lib.add_one_f64(new Float64Array(buffer, 792));
    lib.add_one_u8(new DataView(buffer, 799));
    lib.add_one_u8(buffer);
    lib.add_to_f64(view.subarray(0, 50), view.subarray(50));
    assert.throws(() => lib.add_to_f64(view.subarray(0, 51), view.subarray(50)), { code: 'ERR_RUSTDLL_ALIAS' });
    lib.dot(view, view);
    lib.add_one_f64_threaded(view, 4);
  }
  const gone = new Float64Array(4);
  structuredClone(gone.buffer, { transfer: [gone.buffer] });
  assert.throws(() => lib.add_one_f64(gone), { code: 'ERR_RUSTDLL_DETACHED' });
}

function hostileLists() {
  const lib =
    kernels.declare(`fn add_one_i64(v: &mut PyVec<i64>); fn join_len(v: &PyVec<&PyStr>) -> u64; fn str_len(s: &PyStr) -> u32;
    fn add_one_nested_i64_3(v: &mut PyVec<&mut PyVec<&mut PyVec<i64>>>); fn reverse_u8(v: &mut PyVec<u8>); fn add_to_f64(a: &mut PyVec<f64>, b: &PyVec<f64>)`);
  let asked = 0;
  const answers = [
    () => 1,
    () => 300,
    () => 'x',
    () => [1],
    () => undefined,
    () => new Uint8Array(2),
    () => lib.str_len('again'),
    () => shifting(),
  ];
  const shifting = () =>
    new Proxy([], {
      get: (_list, key) => (key === 'length' ? asked++ % 7 : answers[asked++ % 8]()),
      set: () => Boolean(asked++ % 2),
    });
  for (let i = 0; i < 6000; i++) {
    for (const call of Object.values(lib)) {
      asked = i;
      try {
        call(...Array.from({ length: call.length }, shifting));
      } catch (error) {
        assert.ok(error instanceof TypeError || error instanceof RangeError, error.stack);
      }
    }
  }
  const nest = (depth) => {
    const list = Object.defineProperty([1, 2, 3], 1, { get: () => (depth > 0 && nest(depth - 1), 5), set: () => {} });
    lib.add_one_i64(list);
    assert.deepEqual([list[0], list[2]], [2, 4]);
  };
  nest(60);
  assert.throws(() => lib.add_one_i64(Object.freeze([1])), { code: 'ERR_RUSTDLL_WRITE_BACK' });
}

function libraries() {
  const clib = new RustDLL(clibPath);
  const lib =
    clib.declare(`fn c_add(a: i64, b: i64) -> i64; fn c_sum(v: &PyVec<i64>) -> i64; fn c_sum_nested(v: &PyVec<&PyVec<f64>>) -> f64;
    fn c_scale(v: &mut PyVec<f64>, factor: f64); fn c_count_byte(s: &PyStr, byte: u8) -> u32`);
  for (const length of LENGTHS) {
    const list = new Array(length).fill(2);
    lib.c_scale(list, 1.5);
    assert.equal(lib.c_sum(list), 3 * length);
    assert.equal(lib.c_sum_nested([list, [], list]), 6 * length);
    assert.equal(lib.c_count_byte('ab'.repeat(length), 98), length);
  }
  const kept = [];
  for (let i = 0; i < 300; i++) {
    const library = new RustDLL(kernelsPath);
    const { add } = library.declare('fn add(a: i64, b: i64) -> i64; fn noop()');
    assert.equal(library.add(i, 1) + add(i, 1), 2 * i + 2);
    if (i % 3 === 0) {
      library.close();
      assert.throws(() => add(1, 1), { code: 'ERR_RUSTDLL_CLOSED' });
    } else if (i % 3 === 1) kept.push(add);
    if (i % 50 === 0) globalThis.gc?.();
    assert.ok(kept.every((each) => each(1, 2) === 3));
    assert.throws(() => new RustDLL(`${folder}/missing.so`), { code: 'ERR_RUSTDLL_NOT_FOUND' });
    assert.throws(() => kernels.no_such_function, { code: 'ERR_RUSTDLL_SYMBOL' });
  }
}

async function workers() {
  const args = process.argv.slice(2);
  const start = () => new Worker(__filename, { workerData: { args } });
  const whole = [start(), start(), start()].map(
    (worker) => new Promise((resolve) => worker.on('exit', resolve).on('error', resolve)),
  );
  for (let i = 0; i < 20; i++) {
    const worker = start();
    await new Promise((resolve) => setTimeout(resolve, 10 * i));
    await worker.terminate();
  }
  assert.deepEqual(await Promise.all(whole), [0, 0, 0]);
}

if (isMainThread && process.argv[5] === 'beyond') {
  const wrong = kernels.declare('fn sum_u64(v: &PyVec<u8>) -> u64', { bigint: true });
  console.log(wrong.sum_u64(new Uint8Array(1 << 16)));
  process.exit(0);
}
scalars();
manyArguments();
strings();
nests();
views();
hostileLists();
if (isMainThread) {
  lists();
  libraries();
  workers().then(() => console.log('everything was called, and nothing went beyond its bounds'));
}
