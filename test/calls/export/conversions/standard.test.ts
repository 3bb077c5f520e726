import { CONVERSIONS } from '../../../support/conversions';
import { thrownBy } from '../../../support/errors';
import { expectWorking } from '../../../support/exported';
import type { LooseFunction } from '../../../support/kernels';

const JOB = {
  workingDirectory: '/tmp/ä 🦀',
  timeout: 1500.25,
  tries: 3,
  host: { type: 'Remote', value: '127.0.0.1:80' },
  lines: ['a', ''],
};

afterEach(expectWorking);

describe.each(CONVERSIONS)('types of the standard library, %s', (_, { lib }) => {
  const call = (name: string, ...args: unknown[]): unknown => (lib[name] as LooseFunction)(...args);

  test.each<[string, ...unknown[]]>([
    ['path_buf', '', '/', 'a/b/../c', 'ä 🦀', 'a\0b', 'C:\\x'],
    ['path', '', 'ä 🦀'],
    ['os_string', '', 'ä 🦀'],
    ['os_str', '', 'ä 🦀'],
    ['path_bufs', [], ['/a', 'ä 🦀', '']],
    ['paths', [], ['/a', 'ä 🦀', '']],
    ['boxed_path', '/a'],
    ['arc_path', 'ä'],
    ['cow_paths', ['/a', 'ä']],
    ['duration', 0, 1, 0.000001, 1500.25, 0.1, 0.7, 2 ** 53, 1e15],
    ['durations', [], [1, 0.5]],
    ['option_duration', null, 3],
    ['ordering', -1, 0, 1],
    ['orderings', [], [1, 0, -1]],
    ['non_zero_u8', 1, 255],
    ['non_zero_u32', 1, 2 ** 32 - 1],
    ['non_zero_i64', -1, 2 ** 53 - 1],
    ['non_zero_u64', 1],
    ['non_zero_i128', -1n, 2n ** 127n - 1n],
    ['non_zeros', [], [1, 2]],
    ['maybe_non_zeros', [1, null]],
    ['three_non_zeros', [1, 2, 3]],
    ['ip', '127.0.0.1', '::1', '2001:db8::1'],
    ['ips', [], ['127.0.0.1', '::1']],
    ['ipv4', '255.255.255.255'],
    ['ipv6', '::', '::ffff:1.2.3.4'],
    ['socket', '127.0.0.1:80', '[::1]:65535'],
    ['socket_v4', '0.0.0.0:0'],
    ['socket_v6', '[fe80::1%3]:1'],
    ['range', [1, 2.5], [2, 1]],
    ['ranges', [], [[0, 7]]],
    ['range_inclusive', ['a', '🦀']],
    ['time_range', null, [0, 1500]],
    ['wrapping', 255],
    ['wrappings', new Uint8Array([1, 2])],
    ['saturating', [-1, 2]],
    ['reverse', ['b', 'a']],
    ['cell', 1.5],
    ['cells', [1.5, 2]],
    ['ref_cell', 'a'],
    ['ref_cells', ['a', 'ä']],
    ['mutex', [1, 2]],
    ['mutexes', [1, 2]],
    ['rw_lock', 'a'],
    ['linked_list', [], ['a', 'b']],
    ['linked_numbers', [1, 2.5]],
    ['binary_heap', [], [3, 2, 2, 1]],
    ['word_heap', ['b', 'a']],
    ['cow_numbers', [], [1, 2.5]],
    ['cow_strings', [], ['a', 'ä']],
    ['cow_strs', [], ['a', 'ä']],
    ['boxed_bytes', new Uint8Array([1, 2])],
    ['rc_bytes', new Uint8Array(0)],
    ['job', JOB, { ...JOB, timeout: null, host: { type: 'Local' } }],
    ['jobs', [JOB, { ...JOB, host: { type: 'Shared', address: '::1', path: 'x' } }]],
  ])('%s', (name, ...values) => {
    for (const value of values) expect(call(`echo_${name}`, value)).toEqual(value);
  });

  test('what is the same value in another form', () => {
    expect(call('echo_ip', '2001:0DB8:0:0:0:0:0:1')).toBe('2001:db8::1');
    expect(call('echo_binary_heap', [1, 3, 2])).toEqual([3, 2, 1]);
    expect(call('echo_linked_numbers', new Float64Array([1, 2]))).toEqual([1, 2]);
    expect(call('echo_duration', -0)).toBe(0);
    expect(call('poisoned_mutex')).toBe(1.5);
    expect(call('components', '/a//b/../c', 'x')).toEqual(['/', 'a', 'b', '..', 'c', 'x']);
  });

  test('a duration is exact to the nanosecond', () => {
    expect(call('duration_nanoseconds', 1500.25)).toBe(1_500_250_000n);
    expect(call('duration_nanoseconds', 0.000001)).toBe(1n);
    expect(call('duration_nanoseconds', 0.0000004)).toBe(0n);
    expect(call('duration_nanoseconds', 999.9999999)).toBe(1_000_000_000n);
    expect(call('duration_nanoseconds', 4_294_967_295.000001)).toBe(4_294_967_295_000_001n);
    expect(call('duration_nanoseconds', 2 ** 73)).toBe(2n ** 73n * 1_000_000n);
    expect(call('duration_of', 1, 500_000_001)).toBe(1500.000001);
    expect(call('duration_of', 2 ** 53 - 1, 999_999_999)).toBe(2 ** 53 * 1000);
    expect(call('duration_of', 2n ** 64n - 1n, 999_999_999)).toBe(2 ** 64 * 1000);
  });

  test.each<[string, unknown[], 'TypeError' | 'RangeError', string]>([
    [
      'echo_duration',
      [-1],
      'RangeError',
      'echo_duration: argument 1 (value): -1 is not the number of milliseconds of a duration',
    ],
    [
      'echo_duration',
      [NaN],
      'RangeError',
      'echo_duration: argument 1 (value): NaN is not the number of milliseconds of a duration',
    ],
    [
      'echo_duration',
      [Infinity],
      'RangeError',
      'echo_duration: argument 1 (value): Infinity is not the number of milliseconds of a duration',
    ],
    [
      'echo_duration',
      [2 ** 64 * 1000],
      'RangeError',
      'echo_duration: argument 1 (value): 1.8446744073709552e+22 is not the number of milliseconds of a duration',
    ],
    [
      'echo_durations',
      [[1, -1]],
      'RangeError',
      'echo_durations: argument 1 (value)[1]: -1 is not the number of milliseconds of a duration',
    ],
    [
      'echo_durations',
      [['1']],
      'TypeError',
      'echo_durations: argument 1 (value)[0]: expected a number (f64), got string "1"',
    ],
    ['echo_ordering', [2], 'RangeError', 'echo_ordering: argument 1 (value): 2 is not -1, 0 or 1'],
    ['echo_orderings', [[0, -2]], 'RangeError', 'echo_orderings: argument 1 (value)[1]: -2 is not -1, 0 or 1'],
    ['echo_non_zero_u8', [0], 'RangeError', 'echo_non_zero_u8: argument 1 (value): 0 is not an integer other than 0'],
    [
      'echo_non_zeros',
      [[1, 0]],
      'RangeError',
      'echo_non_zeros: argument 1 (value)[1]: 0 is not an integer other than 0',
    ],
    [
      'echo_non_zero_i128',
      [0n],
      'RangeError',
      'echo_non_zero_i128: argument 1 (value): 0 is not an integer other than 0',
    ],
    ['echo_non_zero_u8', [256], 'RangeError', 'echo_non_zero_u8: argument 1 (value): number 256 does not fit u8'],
    ['echo_ip', ['1.2.3'], 'TypeError', 'echo_ip: argument 1 (value): expected an IP address, got string "1.2.3"'],
    ['echo_ips', [['::1', '']], 'TypeError', 'echo_ips: argument 1 (value)[1]: expected an IP address, got string ""'],
    ['echo_ipv4', ['::1'], 'TypeError', 'echo_ipv4: argument 1 (value): expected an IPv4 address, got string "::1"'],
    [
      'echo_ipv6',
      ['1.2.3.4'],
      'TypeError',
      'echo_ipv6: argument 1 (value): expected an IPv6 address, got string "1.2.3.4"',
    ],
    [
      'echo_socket',
      ['1.2.3.4'],
      'TypeError',
      'echo_socket: argument 1 (value): expected an IP address with a port, got string "1.2.3.4"',
    ],
    ['echo_range', [[1]], 'TypeError', 'echo_range: argument 1 (value): expected a list of 2 elements, got one of 1'],
    [
      'echo_time_range',
      [[0, -1]],
      'RangeError',
      'echo_time_range: argument 1 (value)[1]: -1 is not the number of milliseconds of a duration',
    ],
    [
      'echo_job',
      [{ ...JOB, tries: 0 }],
      'RangeError',
      'echo_job: argument 1 (value).tries: 0 is not an integer other than 0',
    ],
    [
      'echo_jobs',
      [[JOB, { ...JOB, host: { type: 'Remote', value: 'here' } }]],
      'TypeError',
      'echo_jobs: argument 1 (value)[1].host.value: expected an IP address with a port, got string "here"',
    ],
    ['echo_path_buf', [1], 'TypeError', 'echo_path_buf: argument 1 (value): expected a string, got number 1'],
  ])('%s(%j) is refused', (name, args, kind, message) => {
    const error = thrownBy(() => call(name, ...args));
    expect(error.message).toBe(message);
    expect(error).toMatchObject({ name: kind, code: kind === 'TypeError' ? 'ERR_RUSTDLL_TYPE' : 'ERR_RUSTDLL_RANGE' });
  });

  test('strings of the system that are not Unicode are refused, and not changed', () => {
    expect(thrownBy(() => call('bad_path'))).toMatchObject({
      name: 'TypeError',
      code: 'ERR_RUSTDLL_TYPE',
      message: expect.stringMatching(/^bad_path: the result: the path "a\\.*b" is not Unicode$/) as string,
    });
    expect(thrownBy(() => call('bad_os_strings')).message).toMatch(
      /^bad_os_strings: the result.*: the string "a\\.*b" is not Unicode$/,
    );
    expect(thrownBy(() => call('echo_path_buf', '\ud800'))).toMatchObject({ code: 'ERR_RUSTDLL_SURROGATE' });
    expect(thrownBy(() => call('changed_ref_cell')).message).toMatch(
      /^changed_ref_cell: the result.*: the value of a RefCell is being changed$/,
    );
  });
});
