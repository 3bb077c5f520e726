import { declaredAs, WAYS, type Way } from '../../support/ways';
import type { ScalarName } from '../../../src-ts/types/scalar';
import { hashOf } from '../../support/canonical';
import { expectRangeError, expectTypeError } from '../../support/errors';
import { expectHealthy } from '../../support/health';
import { listWords } from '../../support/scalar-values';
import { detach, fill, foreignMemory, KINDS } from '../../support/views';

const EDGES: Readonly<Record<ScalarName, unknown[]>> = {
  i8: [-128, 127, 0],
  u8: [0, 255],
  i16: [-32768, 32767],
  u16: [0, 65535],
  i32: [-(2 ** 31), 2 ** 31 - 1],
  u32: [0, 2 ** 32 - 1, 2 ** 31],
  i64: [0, -1, 2 ** 53 - 1, 1 - 2 ** 53, -(2 ** 31) - 1, 2 ** 32],
  u64: [0, 1, 2 ** 53 - 1, 2 ** 31, 2 ** 32],
  isize: [-1, 2 ** 40],
  usize: [0, 2 ** 40],
  f32: [0.5, -0, NaN, Infinity, 0.1, 1e-45],
  f64: [0.1, -0, NaN, -Infinity, 5e-324, 2 ** 60],
  bool: [true, false],
  char: ['a', '\0', '😀', '\u{10ffff}', '\ud7ff'],
};
const TYPES = Object.keys(EDGES) as ScalarName[];
const BEYOND: Partial<Record<ScalarName, unknown[]>> = {
  i8: [-129, 128],
  u8: [-1, 256],
  i16: [32768],
  u16: [-1, 65536],
  i32: [2 ** 31, -(2 ** 31) - 1],
  u32: [-1, 2 ** 32],
  i64: [2 ** 53, -(2 ** 53), 1e300],
  u64: [-1, 2 ** 53],
  isize: [2 ** 53],
  usize: [-1],
  f32: [3.5e38],
};

function hashing(way: Way, name: string, type: string): (value: unknown) => bigint {
  return declaredAs(way, `fn hash_${name}(v: ${type}) -> u64`, { bigint: true }) as (value: unknown) => bigint;
}

afterEach(expectHealthy);

describe.each(WAYS)('%s', (way) => {
  describe.each(TYPES)('&PyVec<%s>', (type) => {
    test('takes lists', () => {
      const hash = hashing(way, type, `&PyVec<${type}>`);
      for (const list of [[], EDGES[type], [...EDGES[type], ...EDGES[type]].reverse(), [EDGES[type][0]]]) {
        expect(hash(list)).toBe(hashOf(type, list));
      }
      const frozen = Object.freeze([...EDGES[type]]);
      expect(hash(frozen)).toBe(hashOf(type, frozen));
    });

    test('takes typed arrays of its elements and no others', () => {
      const hash = hashing(way, type, `&PyVec<${type}>`);
      const alike: Partial<Record<ScalarName, ScalarName>> = { isize: 'i64', usize: 'u64' };
      for (const [name, Kind, element] of KINDS) {
        const view = fill(new Kind(3));
        if (element === (alike[type] ?? type)) expect(hash(view)).toBe(hashOf(element, view));
        else expectTypeError(() => hash(view), `hash_${type}: argument 1 (v): expected ${listWords(type)}`);
        if (element !== (alike[type] ?? type)) expectTypeError(() => hash(view), `got ${name}`);
      }
      for (const bytes of [new ArrayBuffer(8), new DataView(new ArrayBuffer(8)), new SharedArrayBuffer(8)]) {
        if (type === 'u8') expect(hash(bytes)).toBe(hashOf('u8', new Array(8).fill(0)));
        else expectTypeError(() => hash(bytes), `hash_${type}: argument 1 (v): expected`);
      }
    });

    test('names the element that does not fit', () => {
      const hash = hashing(way, type, `&PyVec<${type}>`);
      const good = EDGES[type][0];
      for (const value of BEYOND[type] ?? []) {
        expectRangeError(() => hash([good, value]), `hash_${type}: argument 1 (v)[1]: `);
      }
      const isBool = type === 'bool';
      for (const value of [undefined, null, {}, [], Symbol('s'), isBool ? 1 : true, type === 'char' ? 'ab' : 'x']) {
        expectTypeError(() => hash([good, good, value]), `hash_${type}: argument 1 (v)[2]: expected`);
      }
      // eslint-disable-next-line no-sparse-arrays -- the hole is what is tested
      expectTypeError(() => hash([good, , good]), `hash_${type}: argument 1 (v)[1]: expected`);
    });

    test('is nothing else', () => {
      const hash = hashing(way, type, `&PyVec<${type}>`);
      for (const value of [undefined, null, 1, 1n, true, 'text', {}, { length: 0 }, new Set([1]), () => []]) {
        expectTypeError(() => hash(value), `hash_${type}: argument 1 (v): expected ${listWords(type)}`);
      }
    });
  });

  test('lists of 64-bit integers take bigints instead, not both', () => {
    const i64 = hashing(way, 'i64', '&PyVec<i64>');
    const u64 = hashing(way, 'u64', '&PyVec<u64>');
    const edges = [-(2n ** 63n), 2n ** 63n - 1n, 0n];
    expect(i64(edges)).toBe(hashOf('i64', edges));
    expect(u64([2n ** 64n - 1n, 0n])).toBe(hashOf('u64', [2n ** 64n - 1n, 0n]));
    expectRangeError(() => i64([1n, 2n ** 63n]), 'hash_i64: argument 1 (v)[1]: ');
    expectRangeError(() => u64([-1n]), 'hash_u64: argument 1 (v)[0]: ');
    expectRangeError(() => u64([0n, 2n ** 64n]), 'hash_u64: argument 1 (v)[1]: ');
    expectTypeError(() => i64([1, 1n]), 'hash_i64: argument 1 (v)[1]: expected a number');
    expectTypeError(() => i64([1n, 1]), 'hash_i64: argument 1 (v)[1]: expected a bigint');
    expectTypeError(() => i64([1.5]), 'hash_i64: argument 1 (v)[0]: expected an integer');
  });

  describe('lists in lists', () => {
    const RAGGED = [[1, 2], [], [3], [4, 5, 6], []];
    const DEEP = [[[1.5]], [], [[], [2, 3]]];

    test('inline', () => {
      expect(hashing(way, 'inline_f64_2', '&mut PyVec<PyVec<f64>>')(RAGGED)).toBe(hashOf('f64', RAGGED));
      expect(hashing(way, 'inline_f64_3', '&mut PyVec<PyVec<PyVec<f64>>>')(DEEP)).toBe(hashOf('f64', DEEP));
      expect(hashing(way, 'inline_i64_2', '&PyVec<PyVec<i64>>')(RAGGED)).toBe(hashOf('i64', RAGGED));
      expect(hashing(way, 'inline_u8_2', '&PyVec<PyVec<u8>>')(RAGGED)).toBe(hashOf('u8', RAGGED));
      const bytes = [Buffer.from('ab'), new Uint8Array(0), new ArrayBuffer(1), [7]];
      expect(hashing(way, 'inline_u8_2', '&PyVec<PyVec<u8>>')(bytes)).toBe(hashOf('u8', [[97, 98], [], [0], [7]]));
    });

    test('inline, changed by Rust', () => {
      const lists = structuredClone(RAGGED);
      declaredAs(way, 'fn add_one_inline_i64_2(v: &mut PyVec<PyVec<i64>>)')(lists);
      expect(lists).toEqual(RAGGED.map((list) => list.map((x) => x + 1)));
      const deep = structuredClone(DEEP);
      declaredAs(way, 'fn add_one_inline_f64_3(v: &mut PyVec<PyVec<PyVec<f64>>>)')(deep);
      expect(deep).toEqual([[[2.5]], [], [[], [3, 4]]]);
      const arrays = [new Float64Array([1]), [2], new Float64Array(0)];
      declaredAs(way, 'fn add_one_inline_f64_2(v: &mut PyVec<PyVec<f64>>)')(arrays);
      expect(arrays).toEqual([new Float64Array([2]), [3], new Float64Array(0)]);
    });

    test('shared', () => {
      expect(hashing(way, 'shared_i64_2', '&PyVec<&PyVec<i64>>')(RAGGED)).toBe(hashOf('i64', RAGGED));
      expect(hashing(way, 'shared_f64_3', '&PyVec<&PyVec<&PyVec<f64>>>')(DEEP)).toBe(hashOf('f64', DEEP));
      const sum = declaredAs(way, 'fn sum_rows(v: &PyVec<&PyVec<f64>>) -> f64');
      expect(sum([[1, 2], new Float64Array([3.5]), []])).toBe(6.5);
      expect(sum(Object.freeze([Object.freeze([1]), Object.freeze([2])]))).toBe(3);
    });

    test('mutable', () => {
      const lists = structuredClone(RAGGED);
      expect(hashing(way, 'nested_i32_2', '&mut PyVec<&mut PyVec<i32>>')(lists)).toBe(hashOf('i32', lists));
      declaredAs(way, 'fn add_one_nested_i32_2(v: &mut PyVec<&mut PyVec<i32>>)')(lists);
      expect(lists).toEqual(RAGGED.map((list) => list.map((x) => x + 1)));
    });

    test('what Rust could only read is not written back', () => {
      // The kernel changes the lists although these declarations say that it does not, so a write-back would be
      // visible.
      const lists = [[1], [2]];
      declaredAs(way, 'fn add_one_nested_i64_2(v: &PyVec<&mut PyVec<i64>>)')(lists);
      declaredAs(way, 'fn add_one_nested_i64_2(v: &mut PyVec<&PyVec<i64>>)')(lists);
      declaredAs(way, 'fn add_one_inline_i64_2(v: &PyVec<PyVec<i64>>)')(lists);
      declaredAs(way, 'fn add_one_i64(v: &PyVec<i64>)')(lists[0]);
      expect(lists).toEqual([[1], [2]]);
    });

    test('errors name the path', () => {
      const call = declaredAs(way, 'fn hash_nested_f64_3(v: &mut PyVec<&mut PyVec<&mut PyVec<f64>>>) -> u64');
      const place = 'hash_nested_f64_3: argument 1 (v)';
      expectTypeError(() => call([[[1], [2, 'x']]]), `${place}[0][1][1]: expected a number (f64), got string "x"`);
      expectTypeError(() => call([[[1]], [2]]), `${place}[1][0]: expected a list or typed array of f64`);
      expectTypeError(() => call([[], 1]), `${place}[1]: expected a list`);
      expectTypeError(() => call([[], null]), `${place}[1]: expected a list`);
      expectTypeError(() => call([[[[1]]]]), `${place}[0][0][0]: expected a number (f64), got a list`);
      expectTypeError(() => call([[new Float64Array(1), new Float32Array(1)]]), `${place}[0][1]: expected`);
      expectTypeError(() => call([new Float64Array(1)]), `${place}[0]: expected a list`);
      expectTypeError(() => call(new Float64Array(1)), `${place}: expected a list`);
      const gone = new Float64Array(1);
      detach(gone);
      expectTypeError(() => call([[[]], [[], gone]]), `${place}[1][1]: `, 'ERR_RUSTDLL_DETACHED');
    });
  });

  describe('strings', () => {
    test('&PyStr takes strings and UTF-8 bytes', () => {
      const hash = hashing(way, 'str', '&PyStr');
      for (const text of ['', 'World', 'né\0😀', 'x'.repeat(1000), 'é'.repeat(1000)]) {
        expect(hash(text)).toBe(hashOf('str', text));
        expect(hash(Buffer.from(text))).toBe(hashOf('str', text));
      }
      expect(hash(new TextEncoder().encode('é').buffer)).toBe(hashOf('str', 'é'));
      expect(hash(new DataView(new ArrayBuffer(2)))).toBe(hashOf('str', '\0\0'));
      for (const bytes of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0x61, 0xf8]]) {
        expectTypeError(() => hash(Buffer.from(bytes)), /^hash_str: argument 1 \(v\): .*not UTF-8/);
      }
      expectTypeError(() => hash('\ud800'), 'hash_str: argument 1 (v): ', 'ERR_RUSTDLL_SURROGATE');
      for (const value of [1, null, undefined, {}, [], [97], true, new Float64Array(1), Object('text')]) {
        expectTypeError(() => hash(value), 'hash_str: argument 1 (v): expected a string (&PyStr), got');
      }
    });

    test('&mut PyStr changes bytes in place, and a string not at all', () => {
      const upper = declaredAs(way, 'fn upper(s: &mut PyStr)');
      const bytes = Buffer.from('-Grüße-');
      upper(bytes.subarray(1, -1));
      expect(bytes.toString()).toBe('-GRüßE-');
      const text = 'grüße';
      expect(upper(text)).toBeUndefined();
      expect(text).toBe('grüße');
      const odd = new Uint8Array(foreignMemory(2, 3)).fill(0x61);
      upper(odd);
      expect([...odd]).toEqual([0x41, 0x41]);
      expectTypeError(() => upper(Buffer.from([0x61, 0x80])), /^upper: argument 1 \(s\): .*not UTF-8/);
    });

    test('lists of them', () => {
      const all = ['a', '', 'né', Buffer.from('😀'), 'x'.repeat(500)];
      const texts = all.map(String);
      expect(hashing(way, 'strs', '&PyVec<&PyStr>')(all)).toBe(hashOf('str', texts));
      expect(hashing(way, 'inline_strs', '&PyVec<PyStr>')(all)).toBe(hashOf('str', texts));
      expect(hashing(way, 'nested_strs_2', '&PyVec<&PyVec<&PyStr>>')([all, [], ['z']])).toBe(
        hashOf('str', [texts, [], ['z']]),
      );
      const upper = declaredAs(way, 'fn upper_all(v: &mut PyVec<&mut PyStr>)');
      const list = ['abc', Buffer.from('def')];
      upper(list);
      expect(list).toEqual(['abc', Buffer.from('DEF')]);
      expectTypeError(
        () => upper(['a', 1]),
        'upper_all: argument 1 (v)[1]: expected a string (&mut PyStr), got number 1',
      );
      expectTypeError(() => upper(['a', Buffer.from([0xff])]), /^upper_all: argument 1 \(v\)\[1\]: .*not UTF-8/);
      expectTypeError(() => upper('abc'), 'upper_all: argument 1 (v): expected a list');
      expectTypeError(() => upper(Buffer.from('abc')), 'upper_all: argument 1 (v): expected a list');
    });

    test('a string is no list of bytes unless it is declared as a string', () => {
      const message =
        'hash_u8: argument 1 (v): expected bytes (Uint8Array, Buffer, DataView, ArrayBuffer or a list of u8; &PyVec<u8>)';
      expectTypeError(() => hashing(way, 'u8', '&PyVec<u8>')('abc'), message);
      expect(hashing(way, 'str', '&PyVec<u8>')([97, 98])).toBe(hashOf('str', 'ab'));
    });

    test('shared memory, which another thread may change, is copied for a PyStr', () => {
      const bytes = new Uint8Array(new SharedArrayBuffer(4)).fill(0x61);
      const raw = declaredAs(way, 'fn address_of(v: &PyVec<u8>) -> usize')(bytes);
      expect(declaredAs(way, 'fn address_of(v: &PyStr) -> usize')(bytes)).not.toBe(raw);
      declaredAs(way, 'fn upper(s: &mut PyStr)')(bytes);
      expect([...bytes]).toEqual([0x41, 0x41, 0x41, 0x41]);
    });
  });

  describe('Option', () => {
    test('null and undefined are None', () => {
      const length = declaredAs(way, 'fn opt_len(v: Option<&PyVec<i64>>) -> i64');
      expect(length(null)).toBe(-1);
      expect(length(undefined)).toBe(-1);
      expect(length([])).toBe(0);
      expect(length([1, 2])).toBe(2);
      expect(length(new BigInt64Array(3))).toBe(3);
      expectTypeError(() => length(), 'opt_len: expected 1 argument', 'ERR_RUSTDLL_ARITY');
      expectTypeError(
        () => length(0),
        'opt_len: argument 1 (v): expected a list or typed array of i64 (Option<&PyVec<i64>>)',
      );
      expectTypeError(() => length(false), 'opt_len: argument 1 (v): expected');
      const text = declaredAs(way, 'fn opt_str_len(s: Option<&PyStr>) -> i64');
      expect([null, undefined, '', 'né', Buffer.from('abc')].map((value) => text(value))).toEqual([-1, -1, 0, 3, 3]);
      expectTypeError(() => text(0), 'opt_str_len: argument 1 (s): expected a string (Option<&PyStr>), got number 0');
    });

    test('of &mut', () => {
      const addOne = declaredAs(way, 'fn opt_add_one(v: Option<&mut PyVec<i64>>) -> bool');
      const list = [1, 2];
      expect(addOne(list)).toBe(true);
      expect(list).toEqual([2, 3]);
      expect(addOne(null)).toBe(false);
    });

    test('in lists', () => {
      const addresses = declaredAs(way, 'fn element_addresses(v: &PyVec<Option<&PyVec<u8>>>, out: &mut PyVec<u64>)');
      const out = [7, 7, 7, 7];
      addresses([[1], null, undefined, []], out);
      expect(out[0]).toBeGreaterThan(0);
      expect(out.slice(1, 3)).toEqual([0, 0]);
      expect(out[3]).toBeGreaterThan(0);
      const strings = declaredAs(way, 'fn element_addresses(v: &PyVec<Option<&PyStr>>, out: &mut PyVec<u64>)');
      strings([null, 'x', null], out);
      expect(out.slice(0, 3).map((address) => address !== 0)).toEqual([false, true, false]);
    });

    test('elsewhere null is an error', () => {
      const call = declaredAs(way, 'fn sum_rows(v: &PyVec<&PyVec<f64>>) -> f64');
      expectTypeError(() => call([[1], null]), 'sum_rows: argument 1 (v)[1]: expected');
      expectTypeError(() => call(null), 'sum_rows: argument 1 (v): expected');
    });
  });
});
