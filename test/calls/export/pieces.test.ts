import * as fc from 'fast-check';
import { BLOCK_TEXT_PIECE, TEXT_PIECE } from '../../../src-ts/crossing/block';
import { doorbell } from '../../../src-ts/crossing/doorbell';
import { Writer } from '../../../src-ts/memory/writer';
import { texts } from '../../support/arbitraries';
import { expectTypeError, thrownBy } from '../../support/errors';
import { expectWorking, WAYS } from '../../support/exported';

// The text of a result is taken in pieces, and that of the arguments is passed in several strings.

/** Limits pieces of text to this number of bytes while `run` runs. */
function withPieces(bytes: number, run: () => void): void {
  const at = BLOCK_TEXT_PIECE >> 2;
  doorbell.i32[at] = bytes;
  try {
    run();
  } finally {
    doorbell.i32[at] = TEXT_PIECE;
  }
}

const SIZES = [0, 1, 2, 3, 4, 5, 6, 7, 9, 12, 15, 31, 64, 200];

/** Characters of one to four bytes, NULs and empty strings, where a piece may end. */
const PLAIN = [
  '',
  'a',
  '\0',
  'né',
  '€',
  '👍',
  'ÿ'.repeat(20),
  'ab€👍'.repeat(9),
  'x'.repeat(40),
  '',
  '\ufeff',
  '\uffff',
];

afterEach(expectWorking);

describe.each(WAYS)('%s', (_, { lib, faults }) => {
  test.each(SIZES)('pieces of %d bytes', (size) => {
    const point = (label: string | null): object => ({ x: 1, y: 2, label });
    withPieces(size, () => {
      for (let first = 0; first < PLAIN.length; first++) {
        const list = [...PLAIN.slice(first), ...PLAIN.slice(0, first)];
        expect(lib.echo_vec_string(list)).toEqual(list);
        expect(lib.echo_points(list.map(point))).toEqual(list.map(point));
        const map = Object.fromEntries(list.map((text, k) => [`${text}${k}`, text]));
        expect(lib.echo_map_string(map)).toEqual(map);
      }
      expect(lib.echo_vec_string(['a'.repeat(1000)])).toEqual(['a'.repeat(1000)]);
      expect(lib.echo_str('whole, as it is no stream 👍')).toBe('whole, as it is no stream 👍');
      expect(lib.swap_pair([1, '€'])).toEqual(['€', 1]);
      const error = thrownBy(() => lib.fail_code_source()) as Error & { code: string };
      expect([error.message, error.code, (error.cause as Error).message]).toEqual(['outer', 'E_OUTER', 'inner']);
      expect(thrownBy(() => lib.panic_string('né\0👍')).message).toBe('né\0👍');
    });
  });

  test('whatever the strings and the pieces', () => {
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 12 }), fc.nat(40), (list, size) => {
        withPieces(size, () => {
          expect(lib.echo_vec_string(list)).toEqual(list);
        });
      }),
      { numRuns: 300 },
    );
  });

  test.each(['a', 'é', '€', '👍', 'a👍'])('%s around the size of a piece', (unit) => {
    const bytes = Buffer.byteLength(unit);
    for (const most of [TEXT_PIECE / 3, TEXT_PIECE, 2 * TEXT_PIECE]) {
      for (let extra = -3; extra <= 3; extra++) {
        const long = unit.repeat(Math.floor(most / bytes) + extra);
        for (const list of [[long], [long, 'b', long, '', long], ['', 'c', long]]) {
          expect(lib.echo_vec_string(list)).toEqual(list);
        }
      }
    }
  });

  test('a call that fails half-way leaves nothing of the text', () => {
    const before = faults.live_blocks();
    for (let i = 0; i < 20; i++) {
      withPieces(2, () => {
        expect(() => lib.bad_utf8_list()).toThrow('not UTF-8');
        expect(() => lib.fail_if(true)).toThrow();
      });
    }
    expect(faults.live_blocks()).toBe(before);
  });

  test('in the background', async () => {
    const list = Array.from({ length: 3000 }, (_, k) => `text of number ${k} é`);
    const call = (lib as unknown as { async: { echo_vec_string(list: string[]): Promise<string[]> } }).async;
    expect(await Promise.all([call.echo_vec_string(list), call.echo_vec_string(PLAIN)])).toEqual([list, PLAIN]);
  });

  test.each([
    ['of ASCII', 'text'],
    ['of two bytes', 'größer'],
    ['of three bytes', '文字列'],
    ['of four bytes', '👍🏽'],
  ])('many strings %s, whose room is reserved at once', (_, text) => {
    const list = Array.from({ length: 20_000 }, (_, k) => `${text} ${k}`);
    expect(lib.echo_vec_string(list)).toEqual(list);
    const end = [...list.slice(0, -1), 7] as string[];
    expectTypeError(() => lib.echo_vec_string(end), '[19999]: expected a string, got number 7', 'ERR_RUSTDLL_TYPE');
    const lone = [...list, '\ud83d', ...list];
    expectTypeError(() => lib.echo_vec_string(lone), 'lone surrogate', 'ERR_RUSTDLL_SURROGATE');
  });

  test('maps with the same names, of which a piece may end inside', () => {
    const map = { bread: 'one', milk: 'two and a half', water: 'größer' };
    for (let k = 0; k < 600; k++) lib.echo_map_string(map);
    for (const size of SIZES) {
      withPieces(size, () => {
        expect(lib.echo_map_string(map)).toEqual(map);
      });
    }
  });

  test('strings that are longer together than they are joined to', () => {
    const long = 'x'.repeat(2 ** 24);
    const list = [long, 'é', long.slice(1), '👍', '', `${long}€`, 'end'];
    const result = lib.echo_vec_string(list) as string[];
    // `toEqual` would print the strings if they differ.
    expect(result.map((text, k) => text === list[k])).toEqual(list.map(() => true));
    expectTypeError(() => lib.echo_vec_string([long, '\ud83d', '\udc4d']), 'lone surrogate', 'ERR_RUSTDLL_SURROGATE');
    expectTypeError(() => lib.touch_text([`${long}\ud83d`, '\udc4d']), 'lone surrogate', 'ERR_RUSTDLL_SURROGATE');
    expectTypeError(() => lib.touch_text(['\ud83d', `\udc4d${long}`]), 'lone surrogate', 'ERR_RUSTDLL_SURROGATE');
  });
});

test('what is joined is the text, whatever it is joined to', () => {
  fc.assert(
    fc.property(fc.array(texts, { maxLength: 30 }), fc.nat(50), (list, most) => {
      const writer = new Writer(null, most);
      for (const text of list) writer.string(text);
      const { encoded, text } = writer;
      const before = encoded?.chunk.bytes.toString('utf8', 0, encoded.bytes) ?? '';
      expect(before + text).toBe(list.join(''));
      expect((encoded?.units ?? 0) + text.length).toBe(list.join('').length);
      expect(text.length <= most || list.at(-1) === text).toBe(true);
      writer.reset();
      expect([writer.text, writer.encoded]).toEqual(['', null]);
    }),
  );
});

test('what was joined after a mark is discarded, whether it was encoded since or not', () => {
  fc.assert(
    fc.property(fc.array(texts), fc.array(texts), fc.array(texts), fc.nat(20), (before, between, after, most) => {
      const writer = new Writer(null, most);
      for (const text of before) writer.string(text);
      const mark = writer.mark();
      for (const text of between) writer.string(text);
      writer.string('\ud83d');
      writer.string('a text that is longer than strings are joined to');
      writer.rewind(mark);
      for (const text of after) writer.string(text);
      const { encoded, text } = writer;
      const start = encoded?.chunk.bytes.toString('utf8', 0, encoded.bytes) ?? '';
      const whole = [...before, ...after].join('');
      expect([start + text, encoded?.isWellFormed ?? true]).toEqual([whole, true]);
      expect((encoded?.units ?? 0) + text.length).toBe(whole.length);
    }),
  );
});
