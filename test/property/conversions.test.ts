/** Types that are passed as others accept the same values as a model of them, and return them unchanged. */

import * as fc from 'fast-check';
import { isIPv4, isIPv6 } from 'node:net';
import { RustDLL } from '../../src-ts/library/library';
import { libraryPath, type LooseFunction } from '../support/kernels';
import { texts } from '../support/arbitraries';
import { thrownBy } from '../support/errors';

const lib = new RustDLL(libraryPath('conversions'));
const call = (name: string, value: unknown): unknown => (lib[name] as LooseFunction)(value);

/**
 * Checks a function that returns what it is given, and the same in a list.
 *
 * @param model - Returns what it returns, or undefined if it refuses the value.
 */
function agrees(one: string, many: string, values: fc.Arbitrary<unknown>, model: (value: unknown) => unknown): void {
  fc.assert(
    fc.property(fc.array(values, { maxLength: 5 }), (list) => {
      const expected = list.map(model);
      const refused = expected.indexOf(undefined);
      list.forEach((value, i) => {
        if (expected[i] === undefined) expect(() => call(one, value)).toThrow(`${one}: argument 1 (value): `);
        else expect(call(one, value)).toEqual(expected[i]);
      });
      if (refused === -1) expect(call(many, list)).toEqual(expected);
      else expect(thrownBy(() => call(many, list)).message).toContain(`${many}: argument 1 (value)[${refused}]: `);
    }),
    { numRuns: 100 },
  );
}

test('paths', () => {
  agrees('echo_path_buf', 'echo_path_bufs', texts, (text) => text);
  agrees('echo_path', 'echo_paths', texts, (text) => text);
});

test('durations', () => {
  const durations = fc.oneof(fc.double(), fc.double({ min: 0, max: 1e13, noNaN: true }));
  agrees('echo_duration', 'echo_durations', durations, (value) => {
    const milliseconds = value as number;
    if (!(milliseconds >= 0) || milliseconds >= 2 ** 64 * 1000) return undefined;
    // To the nearest nanosecond, or the nearest number.
    return milliseconds >= 2 ** 53 ? milliseconds : expect.closeTo(milliseconds, 5);
  });
  const whole = fc.integer({ min: 0, max: 2 ** 31 - 1 }).map((nanoseconds) => nanoseconds / 1e6);
  agrees('echo_duration', 'echo_durations', whole, (milliseconds) => milliseconds);
});

test('integers other than 0', () => {
  agrees('echo_non_zero_u32', 'echo_non_zeros', fc.oneof(fc.constant(0), fc.integer({ min: 0 })), (value) =>
    value === 0 ? undefined : value,
  );
});

test('orderings', () => {
  agrees(
    'echo_ordering',
    'echo_orderings',
    fc.integer({ min: -128, max: 127 }).map((n) => (n % 3) + 0),
    (value) => (Math.abs(value as number) > 1 ? undefined : value),
  );
});

test('addresses', () => {
  const addresses = fc.oneof(fc.ipV4(), fc.ipV6(), fc.ipV4Extended(), texts);
  /** Returns the form of an IPv6 address that a URL has, but for those that contain one of IPv4. */
  const canonical = (text: string): string => new URL(`http://[${text}]`).hostname.slice(1, -1);
  agrees('echo_ip', 'echo_ips', addresses, (value) => {
    const text = value as string;
    if (isIPv4(text)) return text;
    if (!isIPv6(text) || text.includes('%')) return undefined;
    return sameAddress(canonical(text));
  });

  function sameAddress(expected: string): unknown {
    return { asymmetricMatch: (given: unknown) => canonical(given as string) === expected };
  }
});
