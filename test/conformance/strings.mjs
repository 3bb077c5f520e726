/** Strings, which Rust gets as UTF-8. */

import assert from 'node:assert/strict';
import { canonicalHash, declared, kernels, throws } from './context.mjs';

const TEXTS = [
  '',
  'a',
  'hello',
  'né',
  '日本語',
  '😀',
  'a\0b',
  '\u{10ffff}\ufeff',
  'é'.repeat(1000),
  '😀x'.repeat(5000),
];

export default {
  'every kind of text arrives as it is'() {
    const hash = declared('fn hash_str(s: &PyStr) -> u64', { bigint: true });
    for (const text of TEXTS) {
      assert.equal(hash(text), canonicalHash(['str', text]));
      assert.equal(BigInt.asUintN(64, BigInt(kernels.hash_str(text))), canonicalHash(['str', text]));
      assert.equal(kernels.count_chars(text), [...text].length);
    }
  },

  'every length'() {
    const length = declared('fn str_len(s: &PyStr) -> u32');
    for (const [character, size] of [
      ['x', 1],
      ['é', 2],
      ['語', 3],
    ]) {
      for (let n = 0; n < 200; n++) assert.equal(length(character.repeat(n)), n * size);
    }
    assert.equal(length('x'.repeat(5_000_000)), 5_000_000);
    assert.equal(length('é'.repeat(2_000_000)), 4_000_000);
  },

  'strings that the engine keeps in pieces'() {
    let rope = '';
    for (let i = 0; i < 2000; i++) rope += `${i},é`;
    const hash = declared('fn hash_str(s: &PyStr) -> u64', { bigint: true });
    assert.equal(hash(rope), canonicalHash(['str', [...rope].join('')]));
    const slice = `${'x'.repeat(100)}slice é${'y'.repeat(100)}`.slice(100, 107);
    assert.equal(hash(slice), canonicalHash(['str', 'slice é']));
  },

  'lists of strings, several strings'() {
    const lib = kernels.declare(
      `fn hash_strs(v: &PyVec<&PyStr>) -> u64; fn hash_inline_strs(v: &PyVec<PyStr>) -> u64;
      fn hash_nested_strs_2(v: &PyVec<&PyVec<&PyStr>>) -> u64;
      fn hash_six(a: &PyStr, b: &PyVec<i64>, c: &PyStr, d: &PyStr, e: &PyStr, f: &PyStr, g: &PyStr) -> u64`,
      { bigint: true },
    );
    assert.equal(lib.hash_strs(TEXTS), canonicalHash(['str', TEXTS]));
    assert.equal(lib.hash_inline_strs(TEXTS), canonicalHash(['str', TEXTS]));
    assert.equal(lib.hash_nested_strs_2([TEXTS, [], ['é']]), canonicalHash(['str', [TEXTS, [], ['é']]]));
    const six = ['a', [1, 2], 'é', '', '😀', 'e', 'f'];
    assert.equal(lib.hash_six(...six), canonicalHash(...six.map((x, i) => [i === 1 ? 'i64' : 'str', x])));
    const many = Array.from({ length: 20_000 }, (_, i) => `text ${i} é`);
    assert.equal(lib.hash_strs(many), canonicalHash(['str', many]));
  },

  'a surrogate without its partner'() {
    for (const text of ['\ud800', 'a\udc00', '\ud800x', '\udc00\ud800', `${'x'.repeat(1000)}\ud83d`]) {
      throws(() => kernels.str_len(text), TypeError, 'ERR_RUSTDLL_SURROGATE', /argument 1/);
      throws(() => kernels.join_len(['a', text]), TypeError, 'ERR_RUSTDLL_SURROGATE', /argument 1\[1\]/);
    }
  },

  'bytes in place of a string'() {
    const lib = kernels.declare(
      'fn str_len(s: &PyStr) -> u32; fn upper(s: &mut PyStr); fn count_chars(s: &PyStr) -> i64',
    );
    const bytes = new TextEncoder().encode('né');
    for (const given of [bytes, Buffer.from('né'), bytes.buffer, new DataView(bytes.buffer)]) {
      assert.equal(lib.count_chars(given), 2);
    }
    lib.upper(bytes);
    assert.equal(new TextDecoder().decode(bytes), 'Né');
    throws(() => lib.str_len(new Uint8Array([0xff])), TypeError, 'ERR_RUSTDLL_TYPE', /UTF-8/);
  },
};
