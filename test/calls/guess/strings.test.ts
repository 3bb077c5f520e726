import { MAX_JOINED_UNITS } from '../../../src-ts/types/limits';
import { fnv1a, hashOf, utf8Bytes } from '../../support/canonical';
import { expectTypeError } from '../../support/errors';
import { expectHealthy } from '../../support/health';
import { declared, kernels, unsigned } from '../../support/kernels';

/** Characters of one to four bytes in UTF-8, and of one and two units in UTF-16, within Latin-1 and beyond. */
const ALPHABETS: Readonly<Record<string, string>> = {
  ASCII: 'abcxyz ~',
  'Latin-1': 'aéÿ\x80',
  'two bytes': 'ĀжΩ߿',
  'three bytes': 'ह€한\uffff\ue000',
  'four bytes': '😀𐍈\u{10ffff}',
  'all kinds': 'a\0éж€😀\x7f\ufffd',
};

/** Makes a string of `units` UTF-16 units, or one more. */
function text(alphabet: string, units: number): string {
  let result = '';
  const characters = [...alphabet];
  for (let i = 0; result.length < units; i++) result += characters[(i * 7 + (i >> 3)) % characters.length]!;
  return result;
}

afterEach(expectHealthy);

test.each([
  ['', 0, 0],
  ['\0', 1, 1],
  ['a\0b\0', 4, 4],
  ['World', 5, 5],
  ['Grüße', 7, 5],
  ['日本語', 9, 3],
  ['👩‍🚀', 11, 3],
  ['\ufeffbom', 6, 4],
  ['\u{10ffff}', 4, 1],
])('%j has %i bytes and %i characters', (string, bytes, characters) => {
  expect(kernels.str_len(string)).toBe(bytes);
  expect(kernels.count_chars(string)).toBe(characters);
  expect(unsigned(kernels.fnv1a(string))).toBe(fnv1a(utf8Bytes(string)));
});

describe.each(Object.keys(ALPHABETS))('every length, %s', (name) => {
  test.each([
    [0, 70],
    [70, 140],
    [250, 260],
    [510, 516],
    [4090, 4100],
  ])('from %i to %i', (from, to) => {
    for (let units = from; units < to; units++) {
      const string = text(ALPHABETS[name]!, units);
      expect(unsigned(kernels.fnv1a(string))).toBe(fnv1a(utf8Bytes(string)));
    }
  });

  test('a megabyte', () => {
    const string = text(ALPHABETS[name]!, 1 << 20);
    const bytes = Buffer.from(string);
    // The expected hash is computed in Rust, of bytes that are passed without a copy, as it is quicker for a million
    // bytes.
    expect(unsigned(kernels.fnv1a(string))).toBe(unsigned(kernels.fnv1a(bytes)));
    expect(kernels.str_len(string)).toBe(bytes.length);
    expect(Number(kernels.count_chars(string))).toBe([...string].length);
  });
});

test('strings that the engine holds in other ways', () => {
  const half = text(ALPHABETS['all kinds']!, 1000);
  const joined = half + half.toUpperCase();
  const cut = joined.slice(3, -3);
  for (const string of [joined, cut, cut.trim(), `${cut}${1 + 1}`, String(123456789.125), [half, half].join('')]) {
    expect(unsigned(kernels.fnv1a(string))).toBe(fnv1a(utf8Bytes(string)));
  }
});

test('nothing of an earlier string is left in a later one', () => {
  for (const string of ['a long string of ASCII only', 'é', '', '😀', 'b']) {
    expect(unsigned(kernels.hash_str(string))).toBe(hashOf('str', string));
  }
});

describe('a lone surrogate is an error', () => {
  const long = 'x'.repeat(5000);
  test.each([
    ['\ud800', 0],
    ['\udfff', 0],
    ['ab\ud83d', 2],
    ['ab\ude00c', 2],
    ['\ud83d\ud83d\ude00', 0],
    ['😀\ude00', 2],
    [`${long}\udbff`, 5000],
    [`😀é${long}\udbff${long}`, 5003],
  ])('%#', (string, index) => {
    const message = `str_len: argument 1: the string has a lone surrogate at index ${index},`;
    expectTypeError(() => kernels.str_len(string), message, 'ERR_RUSTDLL_SURROGATE');
  });

  test('in a list, with its place', () => {
    expectTypeError(() => kernels.join_len(['a', 'b\ud800']), /^join_len: argument 1\[1\]: /, 'ERR_RUSTDLL_SURROGATE');
    const nested = [['a'], ['b', '\udc00']];
    expectTypeError(
      () => kernels.hash_nested_strs_2(nested),
      /^hash_nested_strs_2: argument 1\[1\]\[1\]: /,
      'ERR_RUSTDLL_SURROGATE',
    );
  });
});

describe('lists of strings', () => {
  test.each<[string, string[]]>([
    ['none', []],
    ['one, empty', ['']],
    ['several', ['a', '', 'bcd', 'é\0', '😀', 'x'.repeat(300)]],
    ['the same one again', ['same', 'same', 'same']],
    ['a thousand', Array.from({ length: 1000 }, (_, i) => text(ALPHABETS['all kinds']!, i % 90))],
  ])('%s', (_, strings) => {
    expect(unsigned(kernels.hash_strs(strings))).toBe(hashOf('str', strings));
    expect(Number(kernels.join_len(strings))).toBe(Buffer.byteLength(strings.join('')));
  });

  test('longer together than the memory that calls share', () => {
    const strings = Array.from({ length: 40 }, (_, i) => text(ALPHABETS.ASCII!, 50_000 + i));
    expect(Number(kernels.join_len(strings))).toBe(strings.join('').length);
    const buffers = strings.map((string) => Buffer.from(string));
    expect(kernels.hash_strs(strings)).toBe(kernels.hash_strs(buffers));
  });

  describe('longer together than strings are joined to', () => {
    const half = 'x'.repeat(MAX_JOINED_UNITS / 2);

    test.each<[string, string[]]>([
      ['just so long', [half, half]],
      ['one unit more', [half, half, 'é']],
      ['one that is too long itself', ['a', `${half}${half}é`, 'b']],
      ['cut before one that would fit no more', [half, 'a', half, '', half, 'é']],
    ])('%s', (_, strings) => {
      const buffers = strings.map((string) => Buffer.from(string));
      expect(kernels.hash_strs(strings)).toBe(kernels.hash_strs(buffers));
      expect(Number(kernels.join_len(strings))).toBe(Buffer.byteLength(strings.join('')));
    });

    test('a lone surrogate behind the cut has the index that it has in the list', () => {
      const strings = [half, 'a', half, 'b', '\ud800'];
      expectTypeError(() => kernels.join_len(strings), /^join_len: argument 1\[4\]: /, 'ERR_RUSTDLL_SURROGATE');
    });
  });

  test('nested', () => {
    for (const strings of [[['a', 'b'], [], ['']], [[], ['x']], [['😀'.repeat(100)]]]) {
      expect(unsigned(kernels.hash_nested_strs_2(strings))).toBe(hashOf('str', strings));
    }
  });

  test('strings and bytes of UTF-8, the string first', () => {
    expect(unsigned(kernels.hash_strs(['é', Buffer.from('é'), 'z']))).toBe(hashOf('str', ['é', 'é', 'z']));
    expectTypeError(() => kernels.hash_strs(['é', Buffer.from([0xff])]), /^hash_strs: argument 1.*not UTF-8/);
  });

  test('other values among them', () => {
    expectTypeError(() => kernels.hash_strs(['a', 1]), /^hash_strs: argument 1\[1\]: expected .*, got number 1$/);
    expectTypeError(() => kernels.hash_strs(['a', null]), /^hash_strs: argument 1\[1\]: /);
    expectTypeError(() => kernels.hash_strs(['a', ['b']]), /^hash_strs: argument 1\[1\]: /);
    expectTypeError(() => kernels.hash_strs([1, 'a']), /^hash_strs: argument 1\[1\]: /);
    expectTypeError(() => kernels.hash_strs([Buffer.from('a'), 'a']), /^hash_strs: argument 1\[1\]: /);
  });
});

test('a list of byte arrays arrives as they are', () => {
  const bytes = [Buffer.from([0xff, 0, 0x80]), new Uint8Array(0), new Uint8ClampedArray([1, 2]), new Uint8Array([3])];
  const all = [...bytes, new DataView(new ArrayBuffer(2)), new ArrayBuffer(1)];
  expect(unsigned(kernels.hash_strs(all))).toBe(hashOf('u8', [...bytes.map((view) => [...view]), [0, 0], [0]]));
});

test('several strings and lists of strings in one call each have memory of their own', () => {
  const addresses = declared('fn element_addresses(v: &PyVec<&PyStr>, out: &mut PyVec<u64>)');
  const out = new Array<number>(5).fill(0);
  addresses(['a', 'b', 'é', '', 'c'.repeat(100)], out);
  expect(new Set(out).size).toBe(5);
  expect(out.every((address) => address > 0 && address % 8 === 0)).toBe(true);
});
