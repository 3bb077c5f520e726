import { declaredAs, WAYS } from '../support/ways';
import * as fc from 'fast-check';
import { texts, units } from '../support/arbitraries';
import { fnv1a, hashOf, hashOfAll, utf8Bytes } from '../support/canonical';
import { thrownBy } from '../support/errors';
import { expectHealthy } from '../support/health';
import { guessed, kernels, unsigned } from '../support/kernels';

afterEach(expectHealthy);

const CALLS = [
  ...WAYS.map((way) => [way, declaredAs(way, 'fn fnv1a(s: &PyStr) -> u64', { bigint: true })] as const),
  ['guessed', (text: unknown) => unsigned(kernels.fnv1a(text))] as const,
];

describe.each(CALLS)('%s', (_, hash) => {
  test('a string arrives as its UTF-8', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(hash(text)).toBe(fnv1a(utf8Bytes(text)));
      }),
      { numRuns: 300 },
    );
  });

  test('a string that UTF-8 cannot express is refused, with the place', () => {
    fc.assert(
      fc.property(units, (text) => {
        if (text.isWellFormed()) {
          expect(hash(text)).toBe(fnv1a(utf8Bytes(text)));
          return;
        }
        const index = [...text].reduce(
          ({ at, found }, character) => ({
            at: at + character.length,
            found: found < 0 && !character.isWellFormed() ? at : found,
          }),
          { at: 0, found: -1 },
        ).found;
        expect(thrownBy(() => hash(text))).toMatchObject({
          name: 'TypeError',
          code: 'ERR_RUSTDLL_SURROGATE',
          message: expect.stringContaining(`lone surrogate at index ${index},`),
        });
      }),
      { numRuns: 300 },
    );
  });
});

test('strings and bytes in one list', () => {
  const hash = declaredAs('generated', 'fn hash_strs(v: &PyVec<&PyStr>) -> u64', { bigint: true });
  const element = fc.oneof(
    texts,
    texts.map((text) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(fc.array(element, { maxLength: 10 }), (list) => {
      expect(hash(list)).toBe(hashOf('str', list.map(String)));
    }),
    { numRuns: 100 },
  );
});

test('lists of strings, one of which may be impossible', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(units, texts), { maxLength: 8 }), (list) => {
      const bad = list.findIndex((text) => !text.isWellFormed());
      if (bad < 0) {
        expect(unsigned(guessed('hash_strs')(list))).toBe(hashOf('str', list));
      } else {
        expect(thrownBy(() => guessed('hash_strs')(list))).toMatchObject({
          code: 'ERR_RUSTDLL_SURROGATE',
          message: expect.stringContaining(`hash_strs: argument 1[${bad}]: `),
        });
      }
    }),
  );
});

test('bytes given as text are UTF-8 or refused', () => {
  const call = declaredAs('generated', 'fn count_chars(s: &PyStr) -> i64');
  const reader = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const pieces = fc.constantFrom(
    [0x61],
    [0xc3, 0xa9],
    [0xe2, 0x82, 0xac],
    [0xf0, 0x9f, 0x98, 0x80],
    [0xc3],
    [0xed, 0xa0, 0x80],
  );
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 12 }),
    fc.array(pieces, { maxLength: 12 }).map((list) => new Uint8Array(list.flat())),
  );
  fc.assert(
    fc.property(bytes, (view) => {
      let text: string | undefined;
      try {
        text = reader.decode(view);
      } catch {
        // The text is not UTF-8.
      }
      if (text === undefined) expect(thrownBy(() => call(view))).toMatchObject({ code: 'ERR_RUSTDLL_TYPE' });
      else expect(call(view)).toBe([...text].length);
    }),
    { numRuns: 300 },
  );
});

test('a string beside others in one call', () => {
  const [two, five] = [2, 5].map((count) => {
    const others = Array.from({ length: count - 1 }, (_, i) => `, p${i}: &PyStr`).join('');
    return declaredAs('generated', `fn hash_str(s: &PyStr${others}) -> u64`, { bigint: true });
  });
  fc.assert(
    fc.property(texts, fc.array(texts, { maxLength: 30 }), (text, others) => {
      const expected = hashOf('str', text);
      expect(unsigned(kernels.hash_str(text, ...others))).toBe(expected);
      expect(two!(text, others[0] ?? '')).toBe(expected);
      expect(five!(text, ...[0, 1, 2, 3].map((i) => others[i] ?? text))).toBe(expected);
    }),
    { numRuns: 200 },
  );
});

// There are more strings than one crossing encodes, short and long, and a list among them.
const SIX = ['str', 'i64', 'str', 'str', 'str', 'str', 'str'] as const;
const SIX_TEXT = 'fn hash_six(a: &PyStr, b: &PyVec<i64>, c: &PyStr, d: &PyStr, e: &PyStr, f: &PyStr, g: &PyStr) -> u64';
const SIX_CALLS = [
  ...WAYS.map((way) => [way, declaredAs(way, SIX_TEXT, { bigint: true })] as const),
  ['guessed', (...args: unknown[]) => unsigned(kernels.hash_six(...args))] as const,
];

test.each(SIX_CALLS)('%s: many strings in one call are told apart', (_, hash) => {
  const some = fc.oneof(
    texts,
    texts.map((text) => text.padEnd(400, 'long ')),
  );
  fc.assert(
    fc.property(fc.array(some, { minLength: 6, maxLength: 6 }), ([a, ...rest]) => {
      const args = [a, [1, 2, 3], ...rest];
      expect(hash(...args)).toBe(hashOfAll(SIX, args));
    }),
    { numRuns: 150 },
  );
});
