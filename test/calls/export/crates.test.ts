/** The types of other crates: each value against what JavaScript itself makes of it. */

import * as fc from 'fast-check';
import { RustDLL } from '../../../src-ts/index';
import { expectRangeError, expectTypeError } from '../../support/errors';
import { libraryPath } from '../../support/kernels';

const lib = new RustDLL(libraryPath('crates'));

/** Checks that a function returns what it is given. */
function echoes(name: string, ...values: unknown[]): void {
  for (const value of values) expect(lib[name](value)).toEqual(value);
}

/** Checks that a function refuses values, as an argument, for this reason. */
function refuses(name: string, reason: string | RegExp, ...values: unknown[]): void {
  for (const value of values) {
    const place = `${name}: argument 1 (value): `;
    expectTypeError(() => lib[name](value), typeof reason === 'string' ? place + reason : reason);
  }
}

describe('points in time', () => {
  const EACH = ['echo_chrono', 'echo_time', 'echo_jiff'];

  test.each(EACH)('%s', (name) => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('-009998-01-01T00:00:00Z'),
          max: new Date('9998-12-31T00:00:00Z'),
          noInvalidDate: true,
        }),
        (date) => {
          expect(lib[name](date)).toEqual(date);
          expect(lib[`${name}_list`]([date, date])).toEqual([date, date]);
        },
      ),
    );
    refuses(name, 'expected a Date, got ', 0, '2024-01-01', null, {});
    expectRangeError(() => lib[name](new Date(NaN)), `${name}: argument 1 (value): the Date is invalid`);
    for (const distant of [8.64e15, -8.64e15]) {
      expectRangeError(() => lib[name](new Date(distant)), /cannot represent so distant a time$/);
    }
    expectRangeError(
      () => lib[`${name}_list`]([new Date(0), new Date(8.64e15)]),
      `${name}_list: argument 1 (value)[1]: a `,
    );
  });

  test('what is less than a millisecond is cut off towards the past', () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 62n), 2n ** 62n), (nanoseconds) => {
        const remainder = ((nanoseconds % 1_000_000n) + 1_000_000n) % 1_000_000n;
        const date = new Date(Number((nanoseconds - remainder) / 1_000_000n));
        expect(lib.moments(nanoseconds)).toEqual([date, date, date]);
      }),
    );
    for (const date of [new Date(0), new Date(-1), new Date(1_700_000_000_123)]) {
      const count = BigInt(date.getTime()) * 1_000_000n;
      expect(lib.moment_nanoseconds(date, date, date)).toEqual([count, count, count]);
    }
  });

  test('options', () => {
    echoes('echo_chrono_list', [new Date(1), null, new Date(-1)]);
  });
});

describe('times that are no points in time, or more', () => {
  test('with an offset', () => {
    echoes('echo_chrono_offset', '2024-02-29T12:00:00.000000001+02:00', '1969-12-31T23:59:59-11:30');
    echoes(
      'echo_time_offset',
      '2024-02-29T12:00:00.000000001+02:00',
      '1969-12-31T23:59:59-11:30',
      '2024-01-01T00:00:00Z',
    );
    refuses('echo_chrono_offset', 'expected a string, got a Date', new Date(0));
    refuses('echo_chrono_offset', /argument 1 \(value\): \w/, '2024-02-29T12:00:00', 'soon', '2023-02-29T12:00:00Z');
    refuses('echo_time_offset', /argument 1 \(value\): \w/, '2024-02-29T12:00:00', 'soon', '2023-02-29T12:00:00Z');
  });

  test('with a zone', () => {
    echoes('echo_jiff_zoned', '2024-02-29T12:00:00+02:00[+02:00]');
    refuses('echo_jiff_zoned', /argument 1 \(value\): \w/, '2024-02-29T12:00:00', '2024-02-29T12:00:00Z', '');
  });

  test('without either', () => {
    echoes('echo_chrono_naive', '2024-02-29T12:00:00.000000001', '2024-02-29T12:00:00');
    echoes('echo_jiff_naive', '2024-02-29T12:00:00.000000001', '2024-02-29T12:00:00');
    expect(lib.echo_time_naive('2024-02-29T12:00:00.000000001')).toBe('2024-02-29T12:00:00.000000001');
    refuses('echo_chrono_naive', /argument 1 \(value\): \w/, '2024-02-30T12:00:00', '2024-02-29', '');
    refuses('echo_time_naive', /argument 1 \(value\): \w/, '2024-02-30T12:00:00', '');
    refuses('echo_jiff_naive', /argument 1 \(value\): \w/, '2024-02-30T12:00:00', '');
  });

  test.each(['echo_chrono_date', 'echo_time_date', 'echo_jiff_date'])('%s', (name) => {
    echoes(name, '2024-02-29', '1969-12-31', '0001-01-01');
    refuses(name, /argument 1 \(value\): \w/, '2023-02-29', '2024-13-01', 'today', '');
    refuses(name, 'expected a string, got a Date', new Date(0));
  });

  test('times of day, and spans', () => {
    echoes('echo_chrono_time', '12:34:56', '23:59:59.999999999');
    echoes('echo_jiff_time', '12:34:56', '23:59:59.999999999');
    echoes('echo_time_time', '23:59:59.999999999');
    echoes('echo_jiff_span', 'P1DT2H', '-PT1.5S', 'P1Y2M');
    for (const name of ['echo_chrono_time', 'echo_time_time', 'echo_jiff_time']) {
      refuses(name, /argument 1 \(value\): \w/, '24:61:00', 'noon', '');
    }
    refuses('echo_jiff_span', /argument 1 \(value\): \w/, '1 parsec', '');
  });
});

describe('texts', () => {
  test('UUIDs', () => {
    fc.assert(fc.property(fc.uuid(), fc.uuid(), (a, b) => echoes('echo_uuids', [a, b])));
    fc.assert(fc.property(fc.uuid(), (uuid) => echoes('echo_uuid', uuid)));
    expect(lib.echo_uuid('67E55044-10B1-426F-9247-BB680E5FE0C8')).toBe('67e55044-10b1-426f-9247-bb680e5fe0c8');
    refuses('echo_uuid', 'expected a string, got ', 1, null, new Uint8Array(16));
    refuses('echo_uuid', /argument 1 \(value\): invalid /, '', 'x', '67e55044-10b1-426f-9247-bb680e5fe0cg');
    expectTypeError(
      () => lib.echo_uuids(['67e55044-10b1-426f-9247-bb680e5fe0c8', 'é']),
      'echo_uuids: argument 1 (value)[1]: invalid ',
    );
  });

  test('a UUID has digits and hyphens where they belong, and may be written in other ways', () => {
    const text = '67e55044-10b1-426f-9247-bb680e5fe0c8';
    const isUuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
    const characters = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).concat('１', '🦀');
    for (let k = 0; k < text.length; k++) {
      for (const character of characters) {
        const other = text.slice(0, k) + character + text.slice(k + character.length);
        if (isUuid.test(other)) expect(lib.echo_uuid(other)).toBe(other.toLowerCase());
        else expect(() => lib.echo_uuid(other)).toThrow('echo_uuid: argument 1 (value): invalid ');
      }
    }
    const digits = text.replaceAll('-', '');
    for (const form of [digits, digits.toUpperCase(), `{${text}}`, `urn:uuid:${text}`]) {
      expect(lib.echo_uuid(form)).toBe(text);
    }
    // As many bytes as a UUID has.
    refuses('echo_uuid', /argument 1 \(value\): invalid /, `${text.slice(0, -2)}é`, '🦀'.repeat(9), `${digits}----`);
  });

  test('URLs', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        expect(lib.echo_url(url)).toBe(new URL(url).href);
      }),
    );
    expect(lib.echo_url('HTTPS://Exämple.org/a b')).toBe(new URL('HTTPS://Exämple.org/a b').href);
    echoes('echo_option_url', null, 'data:text/plain,a');
    refuses('echo_url', 'relative URL without a base', '', '/a', 'a');
    refuses('echo_url', 'expected a string, got a URL', new URL('https://a.b'));
  });

  test('decimals keep their digits, and are never floats', () => {
    echoes('echo_decimal', '0.1', '-1.50', '79228162514264337593543950335', '0.0000000000000000000000000001', '1.000');
    expect(lib.decimal_sum(['0.1', '0.2'])).toBe('0.3');
    refuses('echo_decimal', 'expected a string, got ', 0.1, 1, 1n);
    refuses(
      'echo_decimal',
      /argument 1 \(value\): \w/,
      '',
      '1e400',
      'NaN',
      '79228162514264337593543950336',
      '0.12345678901234567890123456789012',
    );
    expectTypeError(() => lib.echo_decimals(['1', 'one']), 'echo_decimals: argument 1 (value)[1]: ');
  });

  test('strings of limited length', () => {
    echoes('echo_array_string', '', 'abcd', 'é€'.slice(0, 1));
    refuses('echo_array_string', 'a string of 6 bytes, and 4 are the most', '€€');
  });
});

describe('numbers', () => {
  test('floats of 16 bits', () => {
    echoes('echo_f16', 0, -0, 1.5, 65_504, 2 ** -24, Infinity, NaN);
    echoes(
      'echo_f16s',
      [],
      [1, 0.5, -2],
      Array.from({ length: 3000 }, (_, i) => i % 2048),
    );
    expect(lib.echo_f16s(new Float32Array([1, 0.5]))).toEqual([1, 0.5]);
    expect(lib.echo_f16(0.1)).toBe(0.0999755859375);
    echoes('echo_bf16', 1.5, 2 ** 100, -Infinity);
    const beyond = 'echo_f16: argument 1 (value): the number 65536 is beyond the range of f16';
    expectRangeError(() => lib.echo_f16(65_536), beyond);
    refuses('echo_f16', 'expected a number (f32), got ', '1', 1n, null);
    expectRangeError(
      () => lib.echo_f16s([1, 1e6]),
      'echo_f16s: argument 1 (value)[1]: the number 1000000 is beyond the range of f16',
    );
  });

  test('complex numbers', () => {
    echoes('echo_complex', { re: 0.1, im: -2 }, { re: NaN, im: Infinity });
    echoes('echo_complexes', [], [{ re: 0.5, im: 1 }]);
    refuses('echo_complex', 'expected an object (Complex64), got number 1', 1);
    expectTypeError(() => lib.echo_complex({ re: 1 }), 'echo_complex: argument 1 (value).im: the field is missing');
    expectTypeError(
      () => lib.echo_complexes([{ re: 1, im: '2' }]),
      'echo_complexes: argument 1 (value)[0].im: expected a number',
    );
  });
});

describe('lists, bytes and maps', () => {
  test('bytes', () => {
    for (const name of ['echo_bytes', 'echo_bytes_mut']) {
      echoes(name, new Uint8Array(), new Uint8Array([1, 2, 255]), new Uint8Array(100_000).fill(7));
      expect(lib[name](Buffer.from('é'))).toEqual(new Uint8Array([0xc3, 0xa9]));
      expect(lib[name]([1, 2])).toEqual(new Uint8Array([1, 2]));
      refuses(name, 'expected bytes', 'text', 1);
      expectRangeError(() => lib[name]([256]), `${name}: argument 1 (value)[0]: `);
    }
    echoes('echo_bytes_list', [new Uint8Array([1]), new Uint8Array()]);
  });

  test('vectors on the stack', () => {
    echoes('echo_small_vec', [], [1.5], [1, 2, 3, 4.5]);
    expect(lib.echo_small_vec(new Float64Array([1, 2, 3]))).toEqual([1, 2, 3]);
    echoes('echo_small_vec_urls', [], ['https://a.b/', 'https://c.d/']);
    echoes('echo_array_vec', [], [1, 2, 3]);
    refuses('echo_array_vec', 'a list of 4 elements, and 3 are the most', [1, 2, 3, 4], new Int32Array(4));
    echoes('echo_array_vec_urls', ['https://a.b/']);
    expectTypeError(
      () => lib.echo_array_vec_urls(['https://a.b/', 'a']),
      'echo_array_vec_urls: argument 1 (value)[1]: relative URL',
    );
    expectTypeError(() => lib.echo_small_vec_urls(['a']), 'echo_small_vec_urls: argument 1 (value)[0]: relative URL');
  });

  test('a value is of the left type if it can be, else of the right one', () => {
    const uuid = '67e55044-10b1-426f-9247-bb680e5fe0c8';
    echoes('echo_either', uuid, 'wörld 🦀', '');
    expect([uuid, 'text'].map((text) => lib.is_left(text) as boolean)).toEqual([true, false]);
    echoes('echo_eithers', [], [true, [1.5, 'a'], false, []]);
    expectTypeError(
      () => lib.echo_eithers([true, [1, true]]),
      'echo_eithers: argument 1 (value)[1][1]: expected a number (f64) or a string, got boolean true',
    );
    expectTypeError(() => lib.echo_either(1), 'echo_either: argument 1 (value): expected a string, got number 1');
  });

  test('maps and sets keep their order', () => {
    const uuid = '67e55044-10b1-426f-9247-bb680e5fe0c8';
    const map = { z: uuid, a: null, m: uuid };
    expect(Object.entries(lib.echo_index_map(map) as object)).toEqual(Object.entries(map));
    expect(lib.echo_index_map(new Map(Object.entries(map)))).toEqual(map);
    expectTypeError(
      () => lib.echo_index_map({ a: null, 'b c': 'x' }),
      'echo_index_map: argument 1 (value)["b c"]: invalid ',
    );
    echoes('echo_map_uuid', {}, { '67e55044-10b1-426f-9247-bb680e5fe0c8': 1 });
    echoes('echo_map_array_string', { '': 1, éé: 2 });
    echoes('echo_map_url', { 'https://a.b/': 1 });
    expectTypeError(() => lib.echo_map_uuid({ a: 1 }), 'echo_map_uuid: argument 1 (value): invalid ');
    expectTypeError(() => lib.echo_map_array_string({ ééé: 1 }), '(value): a string of 6 bytes');
    const numbers = new Map([
      [7, null],
      [1, '67e55044-10b1-426f-9247-bb680e5fe0c8'],
    ]);
    expect([...(lib.echo_index_numbers(numbers) as typeof numbers)]).toEqual([...numbers]);
    expect(lib.echo_index_numbers({ 7: null })).toEqual(new Map([[7, null]]));
    expect(lib.echo_index_set(['z', 'a', 'z', 'm'])).toEqual(['z', 'a', 'm']);
    expect(lib.echo_index_set(new Set(['z', 'a']))).toEqual(['z', 'a']);
  });
});
