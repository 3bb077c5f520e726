/** Results with a value inside that cannot be passed: the error has the path to it. */

import { RustDLL } from '../../../../src-ts/index';
import { type LooseFunction, libraryPath } from '../../../support/kernels';
import { expectRangeError, expectTypeError, thrownBy } from '../../../support/errors';

const lib = new RustDLL(libraryPath('conversions')) as unknown as Record<string, LooseFunction>;

function call(name: string, ...args: unknown[]): unknown {
  return (lib[name] as LooseFunction)(...args);
}

const PATH = /: the path "a\\.*b" is not Unicode$/;

test.each([
  ['refused_alone', ''],
  ['refused_in_list', '[1]'],
  ['refused_in_lists', '[2][1]'],
  ['refused_in_array', '[1]'],
  ['refused_in_tuple', '[2]'],
  ['refused_in_deque', '[1]'],
  ['refused_in_map', '["a b"]'],
  ['refused_in_numbers', '["-7"]'],
  ['refused_path_key', ': in a key'],
  ['refused_field', '.fullPath'],
  ['refused_flat', '.others[1]'],
  ['refused_child', '[1].children["y-z"].others[0]'],
  ['refused_pair', '[0][1]'],
  ['refused_variants', '[2].value'],
  ['refused_variant_of_two', '.value[1]'],
  ['refused_variant_field', '.path'],
  ['refused_content', '.data'],
  ['refused_content_of_two', '.data[1]'],
  ['refused_content_field', '.data.path'],
  ['refused_bare', '[1]'],
  ['refused_bare_of_two', '[1]'],
  ['refused_bare_field', '.path'],
  ['refused_cells', '[1]'],
  ['refused_nested', '.next.next.next.next.next.next.next.next…(989 more)….next.next.next.path'],
])('a path that is not Unicode: %s%s', (name, path) => {
  const error = thrownBy(() => call(name));
  expect(error).toMatchObject({ name: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
  expect(error.message.replace(PATH, '')).toBe(`${name}: the result${path}`);
  // It is made from what the same values say, so it is the same every time.
  expect(thrownBy(() => call(name)).message).toBe(error.message);
});

test.each([
  ['refused_in_linked', '[1]', 3],
  ['refused_in_heap', '[1]', 3],
  ['refused_in_slice', '[2]', 5],
  ['refused_in_range', '[1]', 3],
  ['refused_key', ': in a key', 3],
  ['refused_with', '.odd', 3],
  ['refused_dashed', '["a-b"].odd', 1],
  ['refused_newtype', '[1]', 1],
  ['refused_custom', '[2]', 3],
  ['refused_customs', '[1]', 3],
  ['refused_locks', '[1]', 3],
  ['refused_wrapped', '', 3],
])('a conversion that fails: %s%s', (name, path, number) => {
  expect(thrownBy(() => call(name))).toMatchObject({
    name: 'RangeError',
    code: 'E_ODD',
    message: `${name}: the result${path}: ${number} is odd`,
  });
});

test('a field that JavaScript does not see is not looked at', () => {
  expect(call('refused_hidden')).toMatchObject({ fullPath: '' });
});

test('a point in time that no Date represents, also inside of what a value is passed as', () => {
  const problem = 'a point in time 9000000000000000 ms from the epoch, which no Date represents';
  expectRangeError(() => call('refused_far'), `refused_far: the result[1].at: ${problem}`);
  expectRangeError(() => call('refused_far_time'), `refused_far_time: the result[0]: ${problem}`);
});

test('a cell that is being changed', () => {
  expectTypeError(
    () => call('refused_cell'),
    'refused_cell: the result[1][1]: the value of a RefCell is being changed',
  );
});

test('a value that is deeper inside than the stack of a call reaches', () => {
  for (const depth of [5_000, 50_000]) {
    const error = thrownBy(() => call('refused_deep', depth));
    expect(error.message).toMatch(/^refused_deep: the result(\.next){8}…\(.* more\)….next.next.next.path: the path/);
  }
});

test('what an iterator gives has its path from the item on', () => {
  const items = call('refused_after_items') as Iterable<string>;
  const taken: string[] = [];
  const error = thrownBy(() => {
    for (const item of items) taken.push(item);
  });
  expect(taken).toEqual(['a']);
  expect(error.message).toMatch(/the result: the path/);
  expect(thrownBy(() => [...(call('refused_item') as Iterable<string[]>)]).message).toMatch(
    /the result\[1\]: the path/,
  );
});

test('the data of an error', () => {
  expectTypeError(() => call('refused_data'), /^refused_data: the result\.data\.paths\[1\]: the path/);
});

test('the arguments of callbacks', () => {
  const given = jest.fn();
  expect(() => call('refused_argument', given)).toThrow(
    /a callback: argument 2\[1\]: the path "a\\.*b" is not Unicode/,
  );
  expect(() => call('refused_kept', given)).toThrow(/a callback: argument 1\.fullPath: the path/);
  expect(given).not.toHaveBeenCalled();
});

test('in the background too', async () => {
  const { async: background } = lib as unknown as { async: Record<string, () => Promise<unknown>> };
  await expect(background['refused_child']?.()).rejects.toThrow(
    /^refused_child: the result\[1\]\.children\["y-z"\]\.others\[0\]: the path/,
  );
});

test('a lock that is in a list several times is taken once', () => {
  expect(call('shared_locks')).toEqual([
    [1, 0, 1],
    [2, 2],
    [['a', 'a'], ['a']],
  ]);
  expect(call('shared_lock_list')).toEqual([1, 1]);
});
