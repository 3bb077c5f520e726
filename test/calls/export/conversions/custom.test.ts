import { CONVERSIONS } from '../../../support/conversions';
import { thrownBy } from '../../../support/errors';
import { expectWorking } from '../../../support/exported';
import type { LooseFunction } from '../../../support/kernels';

const ORDER = { unitCount: 2, price: '#975', also: ['#1', null], rest: { x: [1, 2] }, kind: null };

afterEach(expectWorking);

describe.each(CONVERSIONS)('types that are passed as others, %s', (_, { lib }) => {
  const call = (name: string, ...args: unknown[]): unknown => (lib[name] as LooseFunction)(...args);

  test.each<[string, unknown]>([
    ['echo_even', 4],
    ['echo_evens', [4, -2, 0]],
    ['echo_evens', []],
    ['echo_tickets', ['#1', '#4294967295']],
    ['echo_threads', [3, 1]],
    ['echo_order', ORDER],
    ['echo_order', { ...ORDER, kind: { type: 'One', value: 2 } }],
    ['echo_order', { ...ORDER, kind: { type: 'Two', value: [2, '#3'] } }],
    ['echo_orders', [ORDER, { ...ORDER, kind: { type: 'Named', deep: [2, 4] } }]],
  ])('%s(%j)', (name, value) => {
    expect(call(name, value)).toEqual(value);
  });

  test('they are parameters of all kinds', () => {
    expect(call('sum_evens', 2, [4, 6], 8)).toBe(20);
    expect(call('sum_evens', 2, new Int32Array([4, 6]))).toBe(12);
  });

  test.each<[string, unknown[], string]>([
    ['echo_even', [3], 'echo_even: argument 1 (value): 3 is odd'],
    ['echo_evens', [[2, 3]], 'echo_evens: argument 1 (value)[1]: 3 is odd'],
    ['sum_evens', [2, [2, 4, 3], 2], 'sum_evens: argument 2 (rest)[2]: 3 is odd'],
    ['sum_evens', [2, [], 3], 'sum_evens: argument 3 (last): 3 is odd'],
    ['echo_order', [{ ...ORDER, unitCount: 3 }], 'echo_order: argument 1 (value).unitCount: 3 is odd'],
    [
      'echo_orders',
      [[ORDER, { ...ORDER, rest: { a: [1, 2], 'b c': [1, 3] } }]],
      'echo_orders: argument 1 (value)[1].rest["b c"][1]: 3 is odd',
    ],
    [
      'echo_order',
      [{ ...ORDER, kind: { type: 'Two', value: [3, '#1'] } }],
      'echo_order: argument 1 (value).kind.value[0]: 3 is odd',
    ],
    [
      'echo_order',
      [{ ...ORDER, kind: { type: 'Named', deep: [2, 3] } }],
      'echo_order: argument 1 (value).kind.deep[1]: 3 is odd',
    ],
  ])('%s(%j) is refused', (name, args, message) => {
    const error = thrownBy(() => call(name, ...args));
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message, code: 'E_ODD' });
    expect(error).not.toHaveProperty('cause');
  });

  test('a refusal without a code of its own has the usual one', () => {
    expect(thrownBy(() => call('echo_order', { ...ORDER, also: ['#1', null, '0'] }))).toMatchObject({
      name: 'TypeError',
      code: 'ERR_RUSTDLL_TYPE',
      message: 'echo_order: argument 1 (value).also[2]: a ticket has a # and a number',
    });
    expect(thrownBy(() => call('echo_threads', [1, 0])).message).toBe(
      'echo_threads: argument 1 (value)[1]: a thread has a name',
    );
  });

  test('the causes of a refusal are kept', () => {
    const error = thrownBy(() => call('echo_evens', [999]));
    expect(error.message).toBe('echo_evens: argument 1 (value)[0]: not an even number');
    expect(error.cause).toMatchObject({ name: 'Error', message: 'it is too near to 1000' });
  });

  test('what is not of the other type is refused before', () => {
    expect(thrownBy(() => call('echo_evens', [2, '4'])).message).toBe(
      'echo_evens: argument 1 (value)[1]: expected an integer (i32), got string "4"',
    );
  });

  test('a result that cannot be converted', () => {
    const error = thrownBy(() => call('echo_evens', [2, 666]));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/^echo_evens: the result.*: not this one$/);
  });

  test('in the background', async () => {
    await expect((lib.async as Record<string, LooseFunction>).echo_evens?.([2, 3])).rejects.toMatchObject({
      name: 'TypeError',
      code: 'E_ODD',
      message: 'echo_evens: argument 1 (value)[1]: 3 is odd',
    });
  });
});
