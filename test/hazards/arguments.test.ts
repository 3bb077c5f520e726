/** Arguments that a function does not accept. Every row runs with and without generated code. */

import { group, type DeclareRow, type Tools } from '../support/hazards';

const ways: [how: string, row: DeclareRow][] = [
  ['generated', group()],
  ['interpreted (fault 66)', group({ flags: ['--disallow-code-generation-from-strings'] })],
];

describe.each(ways)('%s', (_how, row) => {
  row(1, 'a wrong number of arguments is a TypeError that quotes the declaration', ({ assert, declare, throws }) => {
    const lib = declare(`fn add(a: i64, b: i64) -> i64; fn noop(); fn set_at(v: &mut PyVec<i64>, i: usize, x: i64);
      fn opt_len(v: Option<&PyVec<i64>>) -> i64`);
    const wrong = (call: () => unknown, declaration: string) => {
      const error = throws(call, { type: 'TypeError', code: 'ERR_RUSTDLL_ARITY' });
      assert.ok(error.message.includes(declaration), error.message);
    };
    for (const args of [[], [1], [1, 2, 3], [1, 2, undefined]]) {
      wrong(() => lib.add!(...args), 'fn add(a: i64, b: i64) -> i64');
    }
    wrong(() => lib.noop!(undefined), 'fn noop()');
    // An `Option` may be null, but not omitted.
    wrong(() => lib.opt_len!(), 'fn opt_len(v: Option<&PyVec<i64>>) -> i64');
    const list = [1, 2, 3];
    wrong(() => lib.set_at!(list, 0), 'fn set_at(v: &mut PyVec<i64>, i: usize, x: i64)');
    wrong(() => lib.set_at!(list, 0, 9, 9), 'fn set_at');
    assert.deepEqual(list, [1, 2, 3]);
  });

  row(1, 'more arguments than a call can carry', ({ assert, kernels, throws }) => {
    const many = Array.from({ length: 36 }, (_, i) => i);
    assert.equal(kernels.ints_36!(...many), 15540);
    const tooMany = Array.from({ length: 200 }, (_, i) => i);
    throws(() => kernels.ints_36!(...tooMany), { type: 'TypeError', code: 'ERR_RUSTDLL_ARITY', message: /ints_36/ });
    throws(() => kernels.ints_36!(...tooMany.map((i) => [i])), { type: 'TypeError', code: 'ERR_RUSTDLL_ARITY' });
    const parameters = tooMany.map((i) => `p${i}: f64`).join(', ');
    throws(() => kernels.declare(`fn ints_36(${parameters}) -> i64` as string), {
      type: 'SyntaxError',
      code: 'ERR_RUSTDLL_DECLARATION',
    });
  });

  row(2, 'a scalar of the wrong type', ({ assert, declare, throws, require }) => {
    const types = [
      'i8',
      'u8',
      'i16',
      'u16',
      'i32',
      'u32',
      'i64',
      'u64',
      'isize',
      'usize',
      'f32',
      'f64',
      'bool',
      'char',
    ];
    const { inspect } = require('node:util') as typeof import('node:util');
    const hostile = {
      valueOf: () => assert.fail('valueOf was called'),
      toString: () => assert.fail('toString was called'),
    };
    const values: unknown[] = [
      undefined,
      null,
      '1',
      '',
      'ab',
      {},
      [],
      [1],
      hostile,
      new Number(1),
      Symbol('s'),
      () => 1,
      new Date(0),
      new Uint8Array(1),
      /x/,
      new Map(),
    ];
    for (const type of types) {
      const call = declare(`fn id_${type}(x: ${type}) -> ${type}`)[`id_${type}`]!;
      const fits = new Set<unknown>([type === 'char' ? '1' : 'none']);
      const ofType: Record<string, unknown[]> = {
        bool: [1, 0, 1n],
        char: [1, true, 'é́', '\ud800', '👍👍'],
        i32: [1n, true],
        f32: [1n, true],
        f64: [1n, true],
      };
      const others = ofType[type] ?? [true];
      for (const value of [...values, ...others]) {
        if (fits.has(value)) continue;
        const error = throws(() => call(value), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
        assert.ok(error.message.startsWith(`id_${type}: argument 1 (x): `), `${inspect(value)}: ${error.message}`);
      }
    }
  });

  row(2, 'a list of the wrong type, with the path to the element', ({ assert, declare, throws }) => {
    const lib = declare(`fn sum_f64(v: &PyVec<f64>) -> f64; fn add_to_f64(a: &mut PyVec<f64>, b: &PyVec<f64>);
      fn add_one_nested_i64_2(v: &mut PyVec<&mut PyVec<i64>>); fn hash_strs(v: &PyVec<&PyStr>) -> u64;
      fn hash_nested_strs_2(v: &PyVec<&PyVec<&PyStr>>) -> u64; fn upper(s: &mut PyStr); fn str_len(s: &PyStr) -> u32;
      fn hash_inline_f64_3(v: &mut PyVec<PyVec<PyVec<f64>>>) -> u64; fn count_true(v: &PyVec<bool>) -> u32;
      fn hash_char(v: &PyVec<char>) -> u64`);
    const wrong = (call: () => unknown, place: string) => {
      const error = throws(call, { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
      assert.ok(error.message.startsWith(`${place}: `), error.message);
    };
    wrong(() => lib.sum_f64!([1, 'x']), 'sum_f64: argument 1 (v)[1]');
    wrong(() => lib.sum_f64!([1, 2, 3n]), 'sum_f64: argument 1 (v)[2]');
    wrong(() => lib.sum_f64!([[1]]), 'sum_f64: argument 1 (v)[0]');
    for (const value of [1, 'x', null, undefined, {}, { length: 1, 0: 1 }, new Set([1]), (() => 1) as unknown]) {
      wrong(() => lib.sum_f64!(value), 'sum_f64: argument 1 (v)');
      wrong(() => lib.add_to_f64!([1], value), 'add_to_f64: argument 2 (b)');
    }
    const rows: unknown[] = [[1], [2, '3']];
    wrong(() => lib.add_one_nested_i64_2!(rows), 'add_one_nested_i64_2: argument 1 (v)[1][1]');
    assert.deepEqual(rows, [[1], [2, '3']]);
    wrong(() => lib.add_one_nested_i64_2!([[1], 2]), 'add_one_nested_i64_2: argument 1 (v)[1]');
    wrong(() => lib.add_one_nested_i64_2!([[1], null]), 'add_one_nested_i64_2: argument 1 (v)[1]');
    wrong(() => lib.add_one_nested_i64_2!([[[1]]]), 'add_one_nested_i64_2: argument 1 (v)[0][0]');
    wrong(() => lib.hash_inline_f64_3!([[[1]], [[2], [3, null]]]), 'hash_inline_f64_3: argument 1 (v)[1][1][1]');
    wrong(() => lib.hash_strs!(['a', 1]), 'hash_strs: argument 1 (v)[1]');
    wrong(() => lib.hash_strs!('abc'), 'hash_strs: argument 1 (v)');
    wrong(() => lib.hash_nested_strs_2!([['a'], 'b']), 'hash_nested_strs_2: argument 1 (v)[1]');
    wrong(() => lib.str_len!(new Uint8Array([0xff, 0xfe])), 'str_len: argument 1 (s)');
    wrong(() => lib.str_len!(['a']), 'str_len: argument 1 (s)');
    wrong(() => lib.count_true!([true, 1]), 'count_true: argument 1 (v)[1]');
    wrong(() => lib.hash_char!(['a', 'bc']), 'hash_char: argument 1 (v)[1]');
  });

  row(2, 'values that no guess can be made for', ({ assert, kernels, throws }) => {
    const before = kernels.call_count!();
    const revoked = Proxy.revocable([], {});
    revoked.revoke();
    for (const value of [null, undefined, {}, Symbol('s'), () => 1, new Map(), new Date(0), /x/, new Error('x')]) {
      const where = (call: () => unknown, place: string) => {
        const error = throws(call, { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
        assert.ok(error.message.startsWith(`count_call_with: ${place}: `), error.message);
      };
      where(() => kernels.count_call_with!(value), 'argument 1');
      where(() => kernels.count_call_with!([1], value), 'argument 2');
      where(() => kernels.count_call_with!([value]), 'argument 1[0]');
      where(() => kernels.count_call_with!([[1], [2, value]]), 'argument 1[1][1]');
    }
    throws(() => kernels.count_call_with!(revoked.proxy), { type: 'TypeError' });
    assert.equal(kernels.call_count!(), before);
  });

  row(3, 'what is no integer, for an integer', ({ assert, declare, rustdll, kernels, throws }) => {
    for (const type of ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'isize', 'usize'] as const) {
      const lib = declare(`fn id_${type}(x: ${type}) -> ${type}; fn sum_${type}(v: &PyVec<${type}>) -> ${type}`);
      const [id, sum] = [lib[`id_${type}`]!, lib[`sum_${type}`]!];
      for (const value of [NaN, Infinity, -Infinity, 1.5, -0.5, 1e-300, Number.MIN_VALUE]) {
        throws(() => id(value), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE', message: /argument 1 \(x\)/ });
        throws(() => sum([0, value]), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE', message: /\(v\)\[1\]/ });
        const wrap = rustdll[type] as (x: unknown) => unknown;
        throws(() => kernels[`id_${type}`]!(wrap(value)), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
        throws(() => kernels[`sum_${type}`]!(wrap([value])), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
      }
      assert.ok(Object.is(id(-0), 0));
      assert.ok(Object.is(sum([-0]), 0));
    }
    assert.equal(kernels.id_i64!(-0), 0);
    // A float keeps the sign of zero.
    assert.ok(Object.is(declare('fn id_f64(x: f64) -> f64').id_f64!(-0), -0));
    assert.ok(Object.is(declare('fn id_f32(x: f32) -> f32').id_f32!(-0), -0));
  });

  row(4, 'an integer out of range never wraps', ({ assert, declare, rustdll, kernels, throws }) => {
    for (const bits of [8, 16, 32]) {
      for (const signed of [true, false]) {
        const type = `${signed ? 'i' : 'u'}${bits}` as 'i8';
        const [min, max] = signed ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1];
        const lib = declare(`fn id_${type}(x: ${type}) -> ${type}; fn reverse_${type}(v: &mut PyVec<${type}>)`);
        const [id, reverse] = [lib[`id_${type}`]!, lib[`reverse_${type}`]!];
        assert.deepEqual([id(min), id(max)], [min, max]);
        const list = [min, max];
        reverse(list);
        assert.deepEqual(list, [max, min]);
        for (const value of [min - 1, max + 1, 2 ** 32, -(2 ** 32), 2 ** 53, 1e300, -1e300]) {
          throws(() => id(value), { type: 'RangeError', code: 'ERR_RUSTDLL_RANGE', message: /argument 1 \(x\)/ });
          throws(() => reverse([0, value]), { type: 'RangeError', code: 'ERR_RUSTDLL_RANGE', message: /\(v\)\[1\]/ });
          throws(() => kernels[`id_${type}`]!(rustdll[type](value)), { type: 'RangeError', code: 'ERR_RUSTDLL_RANGE' });
          const wrapped = rustdll[type]([value]);
          throws(() => kernels[`reverse_${type}`]!(wrapped), { type: 'RangeError', code: 'ERR_RUSTDLL_RANGE' });
        }
      }
    }
    const lib = declare('fn id_u64(x: u64) -> u64; fn sum_usize(v: &PyVec<usize>) -> usize; fn id_f32(x: f32) -> f32');
    throws(() => lib.id_u64!(-1), { type: 'RangeError', code: 'ERR_RUSTDLL_RANGE' });
    throws(() => lib.sum_usize!([1, -1]), { type: 'RangeError', code: 'ERR_RUSTDLL_RANGE' });
    throws(() => lib.id_f32!(1e39), { type: 'RangeError', code: 'ERR_RUSTDLL_RANGE' });
    assert.deepEqual(
      [lib.id_f32!(Infinity), lib.id_f32!(NaN), lib.id_f32!(3.4e38)],
      [Infinity, NaN, Math.fround(3.4e38)],
    );
  });

  row(5, 'a number beyond 2^53 is refused with the way out', ({ assert, declare, kernels, throws }) => {
    const lib = declare(`fn id_i64(x: i64) -> i64; fn id_u64(x: u64) -> u64; fn sum_i64(v: &PyVec<i64>) -> i64;
      fn hash_nested_u64_2(v: &mut PyVec<&mut PyVec<u64>>) -> u64; fn id_usize(x: usize) -> usize`);
    const wrong = (call: () => unknown, message: RegExp) =>
      throws(call, { type: 'RangeError', code: 'ERR_RUSTDLL_RANGE', message });
    for (const value of [2 ** 53, 2 ** 63, 2 ** 64, 1e300]) {
      for (const name of ['id_i64', 'id_u64', 'id_usize']) wrong(() => lib[name]!(value), /argument 1 \(x\).*BigInt/);
      wrong(() => lib.id_i64!(-value), /BigInt/);
      wrong(() => lib.sum_i64!([1, value]), /\(v\)\[1\].*BigInt/);
      wrong(() => lib.hash_nested_u64_2!([[], [value]]), /\(v\)\[1\]\[0\].*BigInt/);
      wrong(() => kernels.id_i64!(value), /argument 1.*BigInt.*f64\(\)/);
      wrong(() => kernels.id_i64!(1, -value), /argument 2.*BigInt.*f64\(\)/);
      wrong(() => kernels.sum_i64!([1, value]), /argument 1\[1\].*BigInt.*f64\(\)/);
    }
    assert.equal(lib.id_i64!(2 ** 53 - 1), 2 ** 53 - 1);
    assert.equal(lib.id_i64!(-(2 ** 53 - 1)), -(2 ** 53 - 1));
    const bigint = declare('fn id_i64(x: i64) -> i64', { bigint: true });
    assert.equal(bigint.id_i64!(2n ** 53n + 1n), 2n ** 53n + 1n);
  });

  row(6, 'a bigint too wide', ({ assert, declare, kernels, throws }) => {
    const lib = declare(
      `fn id_i64(x: i64) -> i64; fn id_u64(x: u64) -> u64; fn id_isize(x: isize) -> isize;
      fn sum_i64(v: &PyVec<i64>) -> i64; fn sum_u64(v: &PyVec<u64>) -> u64`,
      { bigint: true },
    );
    const wrong = (call: () => unknown) => {
      const { message } = throws(call, { type: 'RangeError', code: 'ERR_RUSTDLL_RANGE', message: /argument 1/ });
      assert.ok(message.length < 500, 'the message does not spell out a million digits');
    };
    const huge = 2n ** 1_000_000n;
    for (const value of [2n ** 63n, -(2n ** 63n) - 1n, 2n ** 64n, 2n ** 65n + 1n, huge, -huge]) {
      wrong(() => lib.id_i64!(value));
      wrong(() => lib.id_isize!(value));
      wrong(() => lib.sum_i64!([1n, value]));
    }
    for (const value of [-1n, 2n ** 64n, -(2n ** 63n), huge]) {
      wrong(() => lib.id_u64!(value));
      wrong(() => lib.sum_u64!([1n, value]));
    }
    for (const value of [2n ** 64n, -(2n ** 63n) - 1n, huge, -huge]) {
      wrong(() => kernels.id_i64!(value));
      wrong(() => kernels.sum_i64!([value]));
      wrong(() => kernels.sum_i64!([[1n], [value]]));
    }
    // No integer type can hold both elements.
    wrong(() => kernels.sum_i64!([2n ** 63n, -1n]));
    assert.deepEqual([lib.id_i64!(-(2n ** 63n)), lib.id_u64!(2n ** 64n - 1n)], [-(2n ** 63n), 2n ** 64n - 1n]);
    assert.equal(kernels.id_i64!(-(2n ** 63n)), -(2n ** 63n));
  });

  row(7, 'a lone surrogate', ({ assert, declare, kernels, throws }) => {
    const lib = declare(`fn str_len(s: &PyStr) -> u32; fn hash_strs(v: &PyVec<&PyStr>) -> u64;
      fn hash_inline_strs(v: &PyVec<PyStr>) -> u64; fn hash_nested_strs_2(v: &PyVec<&PyVec<&PyStr>>) -> u64`);
    const long = 'x'.repeat(1000);
    const broken = [
      '\ud800',
      '\udfff',
      'a\udc00b',
      '\udc00\ud800',
      `${long}\ud83d`,
      `\ud83d${long}`,
      `é${long}\udead!`,
    ];
    const wrong = (call: () => unknown, message: RegExp) =>
      throws(call, { type: 'TypeError', code: 'ERR_RUSTDLL_SURROGATE', message });
    for (const text of broken) {
      wrong(() => lib.str_len!(text), /argument 1 \(s\)/);
      wrong(() => lib.hash_strs!(['fine', text]), /argument 1 \(v\)\[1\]/);
      wrong(() => lib.hash_inline_strs!(['fine', text]), /argument 1 \(v\)\[1\]/);
      wrong(() => lib.hash_nested_strs_2!([[], ['fine', text]]), /argument 1 \(v\)\[1\]\[1\]/);
      wrong(() => kernels.str_len!(text), /argument 1/);
      wrong(() => kernels.hash_strs!([text]), /argument 1\[0\]/);
    }
    assert.equal(lib.str_len!('👍'), 4);
    assert.equal(lib.str_len!(`${long}👍`), 1004);
  });

  row(
    8,
    'a NUL in a string is kept, in a path or a name it is an error',
    ({ assert, declare, kernels, paths, rustdll, throws }) => {
      const lib = declare(
        'fn str_len(s: &PyStr) -> u32; fn fnv1a(s: &PyStr) -> u64; fn join_len(v: &PyVec<&PyStr>) -> u64',
        {
          bigint: true,
        },
      );
      assert.equal(lib.str_len!('a\0b\0'), 4);
      assert.equal(lib.str_len!('\0'.repeat(100)), 100);
      assert.equal(lib.join_len!(['\0', 'é\0']), 4n);
      assert.notEqual(lib.fnv1a!('a\0b'), lib.fnv1a!('a'));
      assert.equal(kernels.str_len!('\0x'), 2);

      const path = { type: 'TypeError', code: 'ERR_RUSTDLL_PATH' } as const;
      throws(() => new rustdll.RustDLL(`${paths.kernels}\0`), path);
      throws(() => new rustdll.RustDLL(`${paths.kernels}\0.txt`), path);
      throws(() => new rustdll.RustDLL(new URL(`file://${paths.kernels}%00`)), path);
      throws(() => kernels['add\0'], { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE', message: /NUL/ });
      throws(() => kernels['add\0_f64'], { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE', message: /NUL/ });
      throws(() => declare('fn add\0(a: i64, b: i64) -> i64'), {
        type: 'SyntaxError',
        code: 'ERR_RUSTDLL_DECLARATION',
      });
    },
  );

  row(10, 'a bool or char with another value is an error before it is used', ({ assert, declare, throws }) => {
    const lib = declare(`fn bad_bool() -> bool; fn bad_char() -> char; fn huge_char() -> char;
      fn set_at_u8(v: &mut PyVec<bool>, i: usize, x: u8); fn set_at_u32(v: &mut PyVec<char>, i: usize, x: u32)`);
    const bad = { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE' } as const;
    throws(() => lib.bad_bool!(), { ...bad, message: /bad_bool.*0x2.*bool/ });
    throws(() => lib.bad_char!(), { ...bad, message: /bad_char.*0xd800.*char/ });
    throws(() => lib.huge_char!(), { ...bad, message: /huge_char.*0x110000.*char/ });
    const flags = [false, true, false];
    throws(() => lib.set_at_u8!(flags, 1, 2), bad);
    throws(() => lib.set_at_u8!(flags, 2, 255), bad);
    assert.deepEqual(flags, [false, true, false]);
    lib.set_at_u8!(flags, 1, 0);
    assert.deepEqual(flags, [false, false, false]);
    const chars = ['a', 'b'];
    for (const code of [0xd800, 0xdfff, 0x110000, 0xffffffff]) throws(() => lib.set_at_u32!(chars, 0, code), bad);
    assert.deepEqual(chars, ['a', 'b']);
    lib.set_at_u32!(chars, 0, 0x10ffff);
    assert.deepEqual(chars, ['\u{10ffff}', 'b']);
  });

  row(15, 'a hole in a list', ({ declare, kernels, throws }) => {
    const lib = declare(`fn sum_f64(v: &PyVec<f64>) -> f64; fn sum_i64(v: &PyVec<i64>) -> i64;
      fn sum_u8(v: &PyVec<u8>) -> u8; fn count_true(v: &PyVec<bool>) -> u32; fn hash_strs(v: &PyVec<&PyStr>) -> u64;
      fn sum_rows(v: &PyVec<&PyVec<f64>>) -> f64`);
    const holes = (place: string) =>
      ({
        type: 'TypeError',
        code: 'ERR_RUSTDLL_TYPE',
        message: new RegExp(`argument 1${place}: .*undefined`),
      }) as const;
    // eslint-disable-next-line no-sparse-arrays
    for (const list of [[1, , 3], [1, undefined, 3], Object.assign(new Array(3), { 0: 1, 2: 3 })]) {
      for (const name of ['sum_f64', 'sum_i64', 'sum_u8']) throws(() => lib[name]!(list), holes(' \\(v\\)\\[1\\]'));
      throws(() => kernels.sum_i64!(list), holes('\\[1\\]'));
      throws(() => kernels.sum_rows!([[0.5], list]), holes('\\[1\\]\\[1\\]'));
    }
    throws(() => lib.sum_rows!(Object.assign(new Array(2), { 0: [1] })), holes(' \\(v\\)\\[1\\]'));
    throws(() => lib.hash_strs!(Object.assign(new Array(2), { 0: 'a' })), holes(' \\(v\\)\\[1\\]'));
    throws(() => lib.count_true!(new Array(4)), holes(' \\(v\\)\\[0\\]'));
    throws(() => kernels.sum_i64!(new Array(4)), holes('\\[0\\]'));
    throws(() => kernels.sum_i64!([, [1]]), holes('\\[0\\]')); // eslint-disable-line no-sparse-arrays
  });

  row(18, 'a ragged list is fine', ({ assert, declare, kernels }) => {
    const lib = declare(
      'fn sum_rows(v: &PyVec<&PyVec<f64>>) -> f64; fn add_one_nested_i64_3(v: &mut PyVec<&mut PyVec<&mut PyVec<i64>>>)',
    );
    assert.equal(lib.sum_rows!([[1], [], [2, 3, 4], []]), 10);
    assert.equal(lib.sum_rows!([[], [0]]), 0);
    const deep = [[[1], [2, 3]], [], [[]], [[4, 5, 6], [], [7]]];
    lib.add_one_nested_i64_3!(deep);
    assert.deepEqual(deep, [[[2], [3, 4]], [], [[]], [[5, 6, 7], [], [8]]]);
    kernels.add_one_nested_i64_3!(deep);
    assert.deepEqual(deep, [[[3], [4, 5]], [], [[]], [[6, 7, 8], [], [9]]]);
    const rows = [[], [1, 2], [0.5], [], [3]];
    kernels.add_one_nested_f64_2!(rows);
    assert.deepEqual(rows, [[], [2, 3], [1.5], [], [4]]);
  });

  row(19, 'lists of mixed kinds, with the path', ({ assert, kernels, throws }) => {
    const before = kernels.call_count!();
    const cases: [list: unknown[], place: string][] = [
      [[1, 'a'], '[1]'],
      [[1, 2, 3n], '[2]'],
      [[1n, 2], '[1]'],
      [['a', 'b', 1], '[2]'],
      [['a', ['b']], '[1]'],
      [[true, 1], '[1]'],
      [[1, true], '[1]'],
      [[1, [2]], '[1]'],
      [[[1], 2], '[1]'],
      [[[1], [2], ['a']], '[2]'],
      [[[1], [[2]]], '[1]'],
      [[[[1]], [[2], [3, null]]], '[1][1][1]'],
      [[new Uint8Array(1), [1]], '[1]'],
      [[[1], new Uint8Array(1)], '[1]'],
      [[new Float64Array(1), new Float32Array(1)], '[1]'],
      [['a', 1.5], '[1]'],
      [[1.5, 'a'], '[1]'],
      [[[1.5], ['a']], '[1][0]'],
    ];
    for (const [list, place] of cases) {
      const { message } = throws(() => kernels.count_call_with!(list), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
      assert.ok(message.startsWith(`count_call_with: argument 1${place}`), message);
    }
    assert.equal(kernels.call_count!(), before);
  });

  row(30, 'a typed array of another element', ({ assert, declare, kernels, rustdll, throws }) => {
    const elements: Record<string, new (length: number) => ArrayBufferView> = {
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
    for (const [type, Right] of Object.entries(elements)) {
      const sum = declare(`fn sum_${type}(v: &PyVec<${type}>) -> ${type}`)[`sum_${type}`]!;
      const wrap = (rustdll as unknown as Record<string, (value: unknown) => unknown>)[type]!;
      assert.equal(sum(new Right(3)), 0);
      const views = Object.values(elements)
        .filter((Wrong) => Wrong !== Right)
        .map((Wrong): unknown => new Wrong(8));
      // These views have no type other than bytes.
      if (type !== 'u8') views.push(new ArrayBuffer(8), new DataView(new ArrayBuffer(8)));
      for (const view of views) {
        const wrong = { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE', message: /argument 1/ } as const;
        throws(() => sum(view), wrong);
        throws(() => kernels[`sum_${type}`]!(wrap(view)), wrong);
      }
    }
    const rows = declare('fn sum_rows(v: &PyVec<&PyVec<f64>>) -> f64').sum_rows!;
    assert.equal(rows([[1], new Float64Array([2])]), 3);
    throws(() => rows([[1], new Float32Array([2])]), { type: 'TypeError', message: /\(v\)\[1\]/ });
    throws(() => rows(new Float64Array([2])), { type: 'TypeError', message: /\(v\)/ });
    assert.equal(declare('fn sum_u8(v: &PyVec<u8>) -> u8').sum_u8!(new Uint8ClampedArray([1, 2])), 3);
    assert.equal(declare('fn sum_usize(v: &PyVec<usize>) -> usize').sum_usize!(new BigUint64Array([1n, 2n])), 3);
  });

  row(2, 'any values at all: an error or a result, never a crash', fuzz);
});

/** Calls declared functions with values drawn from a list of unusual ones. */
function fuzz({ assert, declare, kernels }: Tools): void {
  const lib = declare(`fn add(a: i64, b: i64) -> i64; fn add_f64(a: f64, b: f64) -> f64; fn id_i8(x: i8) -> i8;
    fn id_u32(x: u32) -> u32; fn id_u64(x: u64) -> u64; fn id_bool(x: bool) -> bool; fn id_char(x: char) -> char;
    fn id_f32(x: f32) -> f32; fn count_chars(s: &PyStr) -> i64; fn upper(s: &mut PyStr);
    fn hash_strs(v: &PyVec<&PyStr>) -> u64; fn upper_all(v: &mut PyVec<&mut PyStr>);
    fn add_one_i64(v: &mut PyVec<i64>); fn add_one_u8(v: &mut PyVec<u8>); fn not_all(v: &mut PyVec<bool>);
    fn next_chars(v: &mut PyVec<char>); fn add_to_f64(a: &mut PyVec<f64>, b: &PyVec<f64>);
    fn add_one_nested_f64_3(v: &mut PyVec<&mut PyVec<&mut PyVec<f64>>>); fn opt_len(v: Option<&PyVec<i64>>) -> i64;
    fn hash_inline_u8_2(v: &mut PyVec<PyVec<u8>>) -> u64; fn opt_add_one(v: Option<&mut PyVec<i64>>) -> bool`);
  // The generator has a fixed seed, so every run draws the same values.
  let state = 0x2545f491;
  const random = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  const sab = new SharedArrayBuffer(64);
  const fresh: (() => unknown)[] = [
    () => random(100) - 50,
    () => [0, -0, 1.5, NaN, Infinity, 2 ** 31, 2 ** 53, -(2 ** 63)][random(8)],
    () => [0n, -1n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 70n][random(5)],
    () => ['', 'a', 'é', '👍', '\ud800', 'x'.repeat(60)][random(6)],
    () => [true, false, null, undefined, Symbol.iterator, {}][random(6)],
    () => [Int8Array, Uint8Array, Uint32Array, Float32Array, Float64Array][random(5)],
    () => new [Int8Array, Uint8Array, Int32Array, Float64Array, BigInt64Array][random(5)]!(random(4)),
    () => new Float64Array(sab, 8 * random(4), random(4)),
    () => new Uint8Array(new ArrayBuffer(random(9), { maxByteLength: 16 }), 0),
    () => new DataView(new ArrayBuffer(4), random(4)),
    () => new Proxy([1, 2, 3], { get: (list, key) => (key === 'length' ? random(6) : Reflect.get(list, key)) }),
    () => Object.freeze([1, 2]),
    () => new Array(random(4)),
  ];
  const value = (depth: number): unknown => {
    const kind = random(depth > 3 ? 8 : 16);
    if (kind < 8) return fresh[random(fresh.length)]!();
    const draw = kind < 12 ? () => random(9) : () => value(depth + 1);
    return Array.from({ length: random(5) }, draw);
  };
  const calls = Object.values(lib);
  let returned = 0;
  let threw = 0;
  for (let i = 0; i < 60_000; i++) {
    const call = calls[random(calls.length)]!;
    const args = Array.from({ length: call.length + (random(50) === 0 ? 1 : 0) }, () => value(0));
    try {
      call(...args);
      returned++;
    } catch (error) {
      threw++;
      const { code } = error as { code?: string };
      assert.ok(error instanceof Error && code?.startsWith('ERR_RUSTDLL_'), `${call.name}: ${(error as Error).stack}`);
    }
  }
  assert.ok(returned > 1000 && threw > 1000, `${returned} returned, ${threw} threw`);
  assert.equal(kernels.add!(1, 2), 3);
}
