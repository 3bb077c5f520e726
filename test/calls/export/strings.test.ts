import { expectWorking, WAYS } from '../../support/exported';
import { fnv1a, utf8Bytes } from '../../support/canonical';
import { expectTypeError } from '../../support/errors';

// Each length at which strings are passed in another way, with characters of each size.
const TEXTS = ['a', 'é', '€', '😀', '\0', 'aé', 'a😀'].flatMap((unit) =>
  [0, 1, 2, 3, 7, 8, 9, 334, 335, 336, 337, 338, 1023, 1024, 1025, 5461, 5462, 16_384, 16_385, 70_000].map((units) =>
    unit.repeat(Math.ceil(units / unit.length)),
  ),
);

const NO_STRINGS = [
  undefined,
  null,
  1,
  1n,
  true,
  {},
  [],
  ['a'],
  new String('a'),
  Symbol('s'),
  Buffer.from('a'),
  () => 1,
];

afterEach(expectWorking);

describe.each(WAYS)('%s', (_, { lib, faults }) => {
  test.each(['string', 'str', 'cow', 'box_str', 'rc_str', 'arc_str'])('%s comes back as it was', (kind) => {
    for (const text of TEXTS) expect(lib[`echo_${kind}`](text) === text).toBe(true);
  });

  test('a character of any size, a lone surrogate, wherever it stands among ASCII', () => {
    // The addon encodes eight units at once if all of them are ASCII.
    for (let length = 0; length <= 24; length++) {
      for (let at = 0; at <= length; at++) {
        const ascii = 'abcdefghijklmnopqrstuvwxyz'.slice(0, length);
        const [before, after] = [ascii.slice(0, at), ascii.slice(at)];
        for (const character of [
          '',
          '\0',
          '\x7f',
          '\x80',
          'é',
          '\u07ff',
          '\u0800',
          '€',
          '\uffff',
          '😀',
          '😀😀',
          'éa😀',
        ]) {
          const text = before + character + after;
          expect(lib.echo_string(text) === text).toBe(true);
        }
        for (const lone of ['\ud800', '\udc00', '\udc00\ud800', '😀\ud83d']) {
          expectTypeError(() => lib.echo_string(before + lone + after), /lone surrogate/, 'ERR_RUSTDLL_SURROGATE');
        }
      }
    }
  });

  test('Rust sees the UTF-8', () => {
    for (const text of TEXTS) {
      expect(lib.text_bytes(text)).toBe(Buffer.byteLength(text));
      expect(lib.text_hash(text)).toBe(fnv1a(utf8Bytes(text)).toString(16).padStart(16, '0'));
    }
  });

  test('lists of strings come back as they were', () => {
    for (const name of ['echo_vec_string', 'echo_vec_str']) {
      const echo = lib[name];
      expect(echo([])).toEqual([]);
      expect(echo([''])).toEqual(['']);
      expect(echo(['', 'a', '', 'é', '😀', '', '\0'])).toEqual(['', 'a', '', 'é', '😀', '', '\0']);
      expect(echo(TEXTS)).toEqual(TEXTS);
      for (const text of TEXTS) expect(echo(['x', text, text, 'é'])).toEqual(['x', text, text, 'é']);
    }
    expect(lib.echo_arc_slice(['a', 'é'])).toEqual(['a', 'é']);
    expect(lib.echo_btree_set(['b', 'a', 'b', ''])).toEqual(['', 'a', 'b']);
  });

  test('functions of strings', () => {
    expect(lib.words('  one two\tthree\n')).toEqual(['one', 'two', 'three']);
    expect(lib.words('')).toEqual([]);
    expect(lib.join(['a', 'é', '😀'], ', ')).toBe('a, é, 😀');
    expect(lib.join([], 'x')).toBe('');
    expect(lib.join_str(['a', '', 'b'])).toBe('ab');
    expect(lib.first_word(' one two', 'none')).toBe('one');
    expect(lib.first_word('  ', 'none')).toBe('none');
    expect(lib.repeat('né', 3)).toBe('nénéné');
    expect(lib.numbers_text()).toEqual(['null', 'eins', 'zwölf', '', '三', '🦀🦀', 'a\0b', 'é']);
  });

  test('trailing options may be left out, be null or undefined', () => {
    expect(lib.greet('you')).toBe('Hello, you!');
    expect(lib.greet('you', null)).toBe('Hello, you!');
    expect(lib.greet('you', undefined, undefined)).toBe('Hello, you!');
    expect(lib.greet('you', 'Grüße')).toBe('Grüße, you!');
    expect(lib.greet('you', null, 2)).toBe('Hello, you! Hello, you!');
    expect(lib.greet('x'.repeat(400), 'y'.repeat(400), 0)).toBe('');
    expectTypeError(() => lib.greet('you', 1), 'greet: argument 2 (greeting): expected a string, got number 1');
    expectTypeError(() => lib.greet('you', 'Hi', '2'), 'greet: argument 3 (times): expected an integer (u32)');
  });

  test('several strings of every length in one call are told apart', () => {
    for (const text of TEXTS) {
      const expected = `1${text}2${text}é34${text}56`;
      expect(faults.concat('1', text, '2', [text, 'é', '3'], '4', text, '56')).toBe(expected);
      expect(faults.concat(text, '1', '', [], '2', 'ü', text)).toBe(`${text}12ü${text}`);
    }
  });

  test('what is no string', () => {
    for (const value of NO_STRINGS) {
      expectTypeError(() => lib.echo_str(value), 'echo_str: argument 1 (text): expected a string, got ');
      expectTypeError(() => lib.echo_string(value), 'echo_string: argument 1 (value): expected a string, got ');
      expectTypeError(
        () => lib.echo_vec_string(['a', value]),
        'echo_vec_string: argument 1 (value)[1]: expected a string',
      );
      expectTypeError(() => lib.join(['a'], value), 'join: argument 2 (separator): expected a string, got ');
    }
    expectTypeError(
      () => lib.echo_vec_string('ab'),
      'echo_vec_string: argument 1 (value): expected a list, got string "ab"',
    );
  });

  test.each([
    '\ud800',
    '\udc00',
    'a\ud800',
    '\udfffa',
    '\ud800\ud800\udc00',
    'x'.repeat(400) + '\udbff',
    'é\udc00\ud800',
  ])('a lone surrogate: %j', (text) => {
    const index = [...text].findIndex((character) => !character.isWellFormed());
    const at = [...text].slice(0, index).join('').length;
    const lone = (place: string): string => `${place}: the string has a lone surrogate at index ${at},`;
    const code = 'ERR_RUSTDLL_SURROGATE';
    expectTypeError(() => lib.echo_str(text), lone('echo_str: argument 1 (text)'), code);
    expectTypeError(() => lib.echo_string(text), lone('echo_string: argument 1 (value)'), code);
    expectTypeError(() => lib.greet('x', text), lone('greet: argument 2 (greeting)'), code);
    expectTypeError(() => lib.join(['a'], text), lone('join: argument 2 (separator)'), code);
    expectTypeError(() => lib.join(['a', text], 'b'), lone('join: argument 1 (texts)[1]'), code);
    expectTypeError(() => lib.echo_vec_string(['é', 'b', text]), lone('echo_vec_string: argument 1 (value)[2]'), code);
    const point = { x: 1, y: 2, label: text };
    expectTypeError(() => lib.echo_points([point]), lone('echo_points: argument 1 (value)[0].label'), code);
    expectTypeError(
      () => lib.echo_map_f64({ a: 1, [text]: 2 }),
      lone(`echo_map_f64: argument 1 (value)[${JSON.stringify(text)}]`),
      code,
    );
    expectTypeError(
      () => lib.echo_map_string(new Map([['a', text]])),
      lone('echo_map_string: argument 1 (value).a'),
      code,
    );
    expectTypeError(() => lib.echo_tuple([1, text, null]), lone('echo_tuple: argument 1 (value)[1]'), code);
    expectTypeError(
      () => lib.echo_shape({ type: 'Name', value: text }),
      lone('echo_shape: argument 1 (value).value'),
      code,
    );
    expectTypeError(() => faults.concat('1', '2', '3', ['4'], '5', '6', text), lone('concat: argument 7 (f)'), code);
    // The error does not affect later calls.
    expectWorking();
  });

  test('two strings that are one only when joined', () => {
    const code = 'ERR_RUSTDLL_SURROGATE';
    expectTypeError(
      () => lib.echo_vec_string(['a\ud83d', '\ude00b']),
      'echo_vec_string: argument 1 (value)[0]: the string has a lone surrogate at index 1,',
      code,
    );
    expectTypeError(() => lib.echo_vec_string(['😀', '', '\ud83d', '', '\ude00']), 'argument 1 (value)[2]', code);
    expectTypeError(() => lib.echo_map_string({ '\ud83d': '\ude00' }), 'argument 1 (value)', code);
    expectTypeError(() => lib.touch_text(['\ud83d', '\ude00']), 'argument 1', code);
  });

  test('a string that only a getter gives is found all the same', () => {
    let asked = 0;
    const shifty = {
      x: 1,
      y: 2,
      get label() {
        return asked++ === 0 ? '\ud800' : 'fine';
      },
    };
    expectTypeError(() => lib.echo_point(shifty), /^echo_point: /, 'ERR_RUSTDLL_SURROGATE');
    class Inherited {
      x = 1;
      y = 2;
      get label(): string {
        return String.fromCharCode(0xdc00);
      }
    }
    expectTypeError(() => lib.echo_point(new Inherited()), /^echo_point: /, 'ERR_RUSTDLL_SURROGATE');
  });

  test('long strings in every form of result', () => {
    const text = 'né😀'.repeat(50_000);
    expect(lib.echo_str(text) === text).toBe(true);
    expect(lib.echo_vec_string([text, text])[1] === text).toBe(true);
    const [whole, texts, typed, map] = faults.large('né', 20_000);
    expect(whole === 'né'.repeat(20_000)).toBe(true);
    expect(new Set(texts)).toEqual(new Set(['né']));
    expect([texts.length, typed.length, Object.keys(map as object).length]).toEqual([20_000, 20_000, 20_000]);
    expect(map['19999']).toBe('né');
    expect(lib.many_strings(30_000).at(-1)).toBe('text 29999');
  });

  test('strings that are none are errors, whatever Rust has made of them', () => {
    const message = /: the result has text that is not UTF-8$/;
    for (const call of [lib.bad_utf8, lib.bad_utf8_list, () => faults.not_texts(['a', 'é'])]) {
      expect(() => call()).toThrow(
        expect.objectContaining({
          name: 'RangeError',
          code: 'ERR_RUSTDLL_RANGE',
          message: expect.stringMatching(message),
        }),
      );
      expectWorking();
    }
    // The halves are valid UTF-8 when joined, and nothing is read beyond their end.
    expect(lib.bad_utf8_halves()).toEqual(['é', '']);
  });
});
