import { CONVERSIONS } from '../../../support/conversions';
import { thrownBy } from '../../../support/errors';
import { expectWorking } from '../../../support/exported';
import type { LooseFunction } from '../../../support/kernels';

afterEach(expectWorking);

describe.each(CONVERSIONS)('attributes that say as what a type is passed, %s', (_, { lib }) => {
  const call = (name: string, ...args: unknown[]): unknown => (lib[name] as LooseFunction)(...args);

  test.each<[string, ...unknown[]]>([
    ['version', '1.2'],
    ['versions', [], ['1.2', '0.7']],
    ['aligns', ['left', 'justify']],
    ['span', { from: 1, to: 3 }],
    ['spans', [{ from: 1, to: 3 }, null]],
    ['sorted', new Uint8Array([1, 2])],
    ['user', 7],
    ['users', [7, 8]],
    ['three_users', [7, 8, 9]],
    ['samples', [0.5, 1.5]],
    ['sample_lists', [[0.5, 1.5], []]],
    ['borrowed', 'text'],
    ['maybe', null, '1.2'],
    ['maybes', [null, '1.2']],
    ['colour', { rgb: 'ff00aa', minContrast: '3' }],
    [
      'paints',
      [
        { type: 'Flat', value: 'ff' },
        { type: 'Mixed', value: ['ff', '1'] },
        { type: 'Named', rgb: '0' },
      ],
    ],
  ])('%s', (name, ...values) => {
    for (const value of values) expect(call(`echo_${name}`, value)).toEqual(value);
  });

  test('they are parameters of all kinds', () => {
    expect(call('total', new BigUint64Array([1n, 2n]), 3)).toBe(6);
    expect(call('echo_sorted', [3, 1, 2])).toEqual(new Uint8Array([1, 2, 3]));
    expect(call('echo_maybe')).toBeNull();
  });

  test('parameters and results are converted', () => {
    expect(call('scaled', '50%', '2')).toBe('100%');
    expect(call('scaled', '50', '2%', '0.5')).toBe('50%');
    expect(call('run_from', [1, 3], 'a')).toEqual([3, 10]);
    expect(call('parsed_length', '12')).toBe(12);
    expect(call('make_gauge', 1.5)).toBe(1.5);
    expect(thrownBy(() => call('run_from', [1, 3], '0')).message).toBe('nothing more');
  });

  test.each<[string, readonly unknown[], string]>([
    ['scaled', ['x', '1'], 'argument 1 (percent): invalid float literal'],
    ['scaled', ['1', 1], 'argument 2 (by): expected a string, got number 1'],
    ['scaled', ['1', '1', ''], 'argument 3 (again): cannot parse float from empty string'],
    ['run_from', [[1, 2000], 'a'], 'argument 1 (first): a run of 2000 is too long'],
    ['run_from', [[1, '1'], 'a'], 'argument 1 (first)[1]: expected an integer (usize), got string "1"'],
    ['run_from', [[1, 1], 'g'], 'argument 2 (more): invalid digit found in string'],
  ])('%s refuses %p', (name, args, problem) => {
    const error = thrownBy(() => call(name, ...args));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toBe(`${name}: ${problem}`);
  });

  test.each<[string, unknown, string]>([
    ['version', '1', ': a version has a point'],
    ['versions', ['1.2', '1.x'], '[1]: "x" is no number'],
    ['span', { from: 3, to: 1 }, ': it ends before it begins'],
    ['spans', [null, { from: 3, to: 1 }], '[1]: it ends before it begins'],
    ['spans', [null, { from: 3 }], '[1].to: the field is missing'],
    ['colour', { rgb: 'x', minContrast: '3' }, '.rgb: invalid digit found in string'],
    ['colour', { rgb: 1, minContrast: '3' }, '.rgb: expected a string, got number 1'],
    ['colour', { rgb: '0', minContrast: '0' }, '.minContrast: number would be zero for non-zero type'],
    ['paints', [{ type: 'Mixed', value: ['0', '0'] }], '[0].value[1]: number would be zero for non-zero type'],
    ['paints', [{ type: 'Named', rgb: 'x' }], '[0].rgb: invalid digit found in string'],
  ])('%s(%j) is refused', (name, value, rest) => {
    expect(thrownBy(() => call(`echo_${name}`, value))).toMatchObject({
      name: 'TypeError',
      code: 'ERR_RUSTDLL_TYPE',
      message: `echo_${name}: argument 1 (value)${rest}`,
    });
  });
});
