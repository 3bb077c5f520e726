/** Types with a brand are at run time what they are without one. */

import { RustDLL } from '../../../../src-ts/index';
import { expectRangeError, expectTypeError } from '../../../support/errors';
import { libraryPath } from '../../../support/kernels';

const lib = new RustDLL(libraryPath('conversions'));

test('there and back', () => {
  expect(lib.echo_order_id(7)).toBe(7);
  expect(lib.echo_order_ids(new Uint32Array([1, 2]))).toEqual([1, 2]);
  expect(lib.echo_order_ids(new Set([1, 2]))).toEqual([1, 2]);
  expect(lib.echo_orders_by_name({ a: 1 })).toEqual({ a: 1 });
  expect(lib.echo_names_by_order({ 7: 'a' })).toEqual(new Map([[7, 'a']]));
  expect(lib.echo_nicks(new Map([['ä', 1]]))).toEqual({ ä: 1 });
  expect(lib.echo_address('ä@b')).toBe('ä@b');
  expect(lib.echo_other_order_id('x')).toBe('x');
  expect(lib.echo_ticks(5n)).toBe(5);
  expect(lib.next_tick(2n ** 60n, (id: number) => id + 1)).toEqual([2n ** 60n + 1n, 8]);
  expect(lib.echo_boxed_order({ value: 3 })).toEqual({ value: 3 });
  const basket = { order: 1, others: [2, 3], before: null, ticks: 4 };
  expect(lib.echo_basket(basket)).toEqual(basket);
});

test('what the type inside refuses', () => {
  expectRangeError(() => lib.echo_order_id(-1), 'echo_order_id: argument 1 (value): number -1 does not fit u32');
  expectTypeError(
    () => lib.echo_order_ids([1, '2']),
    'echo_order_ids: argument 1 (value)[1]: expected an integer (u32), got string "2"',
  );
  expectTypeError(() => lib.echo_boxed_order({ value: null }), '.value: expected an integer (u32), got null');
});
