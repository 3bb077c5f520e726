import * as vm from 'node:vm';
import * as fc from 'fast-check';
import { expectRangeError, expectTypeError } from '../../support/errors';
import { expectWorking, WAYS } from '../../support/exported';

const MAX = 8.64e15;

class Moment extends Date {
  override getTime(): number {
    return 7;
  }

  override valueOf(): number {
    return 8;
  }
}

const NO_DATES = [
  undefined,
  null,
  0,
  1_700_000_000_000,
  1n,
  '2024-01-01',
  '2024-01-01T00:00:00.000Z',
  {},
  [],
  Date,
  () => new Date(0),
  { getTime: () => 0 },
  Object.create(Date.prototype),
  Object.assign(Object.create(Date.prototype) as object, { getTime: () => 0 }),
  new Proxy(new Date(0), {}),
  Symbol('d'),
];

afterEach(expectWorking);

describe.each(WAYS)('%s', (_, { lib }) => {
  test.each([
    0, 1, -1, 999, -999, 1000, 1_700_000_000_123, -62_135_596_800_000, -62_135_596_800_001, 253_402_300_800_000,
  ])('the point in time %p comes back as it was', (milliseconds) => {
    const date = new Date(milliseconds);
    const result = lib.echo_time(date) as Date;
    expect(result).toEqual(date);
    expect(result).not.toBe(date);
    expect(Object.getPrototypeOf(result)).toBe(Date.prototype);
    expect(lib.nanoseconds(date)).toBe(BigInt(milliseconds) * 1_000_000n);
  });

  // Windows counts from 1601 on.
  (process.platform === 'win32' ? test.skip : test).each([MAX, -MAX])('the last one, %p', (milliseconds) => {
    expect(lib.echo_time(new Date(milliseconds))).toEqual(new Date(milliseconds));
    expect(lib.far_time(milliseconds / 1000)).toEqual([new Date(milliseconds)]);
    const beyond = milliseconds / 1000 + Math.sign(milliseconds);
    expectRangeError(
      () => lib.far_time(beyond),
      `far_time: the result[0]: a point in time ${beyond * 1000} ms from the epoch, which no Date represents`,
    );
    expectRangeError(() => lib.far_time(Math.sign(milliseconds) * 2 ** 52), 'which no Date represents');
  });

  test('what is less than a millisecond is cut off towards the past', () => {
    fc.assert(
      // Windows counts in steps of 100 ns.
      fc.property(fc.bigInt(-(2n ** 56n), 2n ** 56n), (steps) => {
        const nanoseconds = steps * 100n;
        const remainder = ((nanoseconds % 1_000_000n) + 1_000_000n) % 1_000_000n;
        const milliseconds = (nanoseconds - remainder) / 1_000_000n;
        expect((lib.time_at(nanoseconds) as Date).getTime()).toBe(Number(milliseconds));
      }),
    );
  });

  test('inside of other values', () => {
    const [a, b] = [new Date(5), new Date(-5)];
    for (const date of [a, null]) expect(lib.echo_option_time(date)).toEqual(date);
    expect(lib.echo_vec_time([a, b])).toEqual([a, b]);
    expect(lib.echo_vec_time(new Set([a, b]))).toEqual([a, b]);
    expect(lib.echo_map_time(new Map([['x', [a, 'é']]]))).toEqual({ x: [a, 'é'] });
    expect(lib.echo_meeting({ begins: a })).toEqual({ begins: a, ends: null });
    expect(lib.echo_meeting({ begins: a, ends: b })).toEqual({ begins: a, ends: b });
  });

  test('a date of another realm or of a subclass, whose methods do not count', () => {
    expect(lib.echo_time(vm.runInNewContext('new Date(5)'))).toEqual(new Date(5));
    expect(lib.echo_time(new Moment(6))).toEqual(new Date(6));
    expect(lib.echo_time(Object.assign(new Date(9), { getTime: () => 1 }))).toEqual(new Date(9));
    expect(lib.echo_time(Object.freeze(new Date(10)))).toEqual(new Date(10));
  });

  test('what is no date', () => {
    for (const value of NO_DATES) {
      expectTypeError(() => lib.echo_time(value), 'echo_time: argument 1 (value): expected a Date, got ');
      expectTypeError(
        () => lib.echo_vec_time([new Date(0), value]),
        'echo_vec_time: argument 1 (value)[1]: expected a Date',
      );
      expectTypeError(
        () => lib.echo_map_time({ 'a b': [value, ''] }),
        'echo_map_time: argument 1 (value)["a b"][0]: expected',
      );
    }
    expectTypeError(() => lib.echo_meeting({}), 'echo_meeting: argument 1 (value).begins: the field is missing');
    expectTypeError(
      () => lib.echo_meeting({ begins: new Date(0), ends: 0 }),
      'argument 1 (value).ends: expected a Date',
    );
    expectTypeError(() => lib.echo_time('2024-01-01'), 'expected a Date, got string "2024-01-01"');
  });

  test('an invalid date', () => {
    for (const invalid of [new Date(NaN), new Date('soon'), new Date(MAX + 1)]) {
      expectRangeError(() => lib.echo_time(invalid), 'echo_time: argument 1 (value): the Date is invalid');
      expectRangeError(
        () => lib.echo_meeting({ begins: new Date(0), ends: invalid }),
        'echo_meeting: argument 1 (value).ends: the Date is invalid',
      );
    }
  });

  test('in the background', async () => {
    await expect(lib.async.echo_vec_time([new Date(1)])).resolves.toEqual([new Date(1)]);
    await expect(lib.async.echo_time(new Date(NaN))).rejects.toThrow(RangeError);
  });
});
