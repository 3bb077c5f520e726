/** Structs and enums of every form, nested and generic, and what is refused of them; as PyO3 tests its conversions. */

import { RustDLL } from '../../../../src-ts/index';
import type * as programs from '../../../types/programs';
import { expectRangeError, expectTypeError } from '../../../support/errors';
import { libraryPath, type LooseFunction } from '../../../support/kernels';

const lib = new RustDLL<typeof programs>(libraryPath('programs'));
const loose = lib as unknown as Record<string, LooseFunction>;

/** Checks that a function returns what it is given. */
function echoes(name: string, ...values: unknown[]): void {
  for (const value of values) expect(loose[name]?.(value)).toEqual(value);
}

/** Checks that a function refuses a value, for a reason that begins with the path. */
function refuses(name: string, value: unknown, reason: string): void {
  expectTypeError(() => loose[name]?.(value), `${name}: argument 1 (value)${reason}`);
}

test('structs with named fields', () => {
  echoes('echoNamed', { text: 'a', type: 'b' }, { text: '', type: null });
  refuses('echoNamed', { text: 1 }, '.text: expected a string, got number 1');
  refuses('echoNamed', {}, '.text: the field is missing');
  refuses('echoNamed', 'a', ': expected an object (Named), got string "a"');
});

test('structs that are as their field, also generic ones', () => {
  echoes('echoOnly', 'a', '');
  echoes('echoOnlyNumber', 7);
  refuses('echoOnly', 1, ': expected a string, got number 1');
  refuses('echoOnlyNumber', 'a', ': expected an integer (u8), got string "a"');
});

test('generic structs, and structs in structs', () => {
  const nested = { two: { first: 'a', second: 1 }, tuple: ['b', 2] };
  echoes('echoTwo', nested.two);
  echoes('echoNested', nested);
  echoes('echoNestedNumbers', { ...nested, two: { first: 255, second: [true, false] } });
  refuses('echoTwo', { first: 1, second: 1 }, '.first: expected a string, got number 1');
  refuses('echoNested', { ...nested, tuple: ['b', 'c'] }, '.tuple[1]: expected an integer (usize), got string "c"');
  refuses('echoNestedNumbers', { ...nested, two: { first: 1, second: [1] } }, '.two.second[0]: expected a boolean');
});

test('tuple structs', () => {
  echoes('echoTuple', ['a', 1]);
  refuses('echoTuple', [1, 'a'], '[0]: expected a string, got number 1');
  refuses('echoTuple', ['a'], ': expected a list of 2 elements, got one of 1');
  refuses('echoTuple', { 0: 'a', 1: 1 }, ': expected a list of 2 elements, got an object');
});

test('fields that are converted, and such as may be left out', () => {
  expect(lib.echoConverted({ name: 'a', 'my list': [1, 2] })).toEqual({ name: 'a', 'my list': [0, 0], count: 0 });
  expect(lib.echoSparse({})).toEqual({ first: new Uint8Array(0), second: null });
  expect(lib.echoSparse({ first: [1], second: 2 })).toEqual({ first: new Uint8Array([1]), second: 2 });
  refuses('echoSparse', { first: null }, '.first: expected bytes');
  refuses('echoSparse', { hidden: 1 }, '.hidden: SparseU8 has no such field');
  refuses('echoConverted', { name: 'a', 'my list': [] }, '["my list"]: the list is empty');
  refuses('echoConverted', { name: 'a', 'my list': 'ab' }, '["my list"]: expected a list or typed array of f64');
  refuses('echoConverted', { name: 'a', 'my list': [1], count: null }, '.count: expected an integer (u8), got null');
});

test('an enum takes the first variant that fits', () => {
  const values: [unknown, string][] = [
    [[1, 'a'], 'pair'],
    [{ text: 'a' }, 'text'],
    [{ flag: true }, 'flag'],
    [{ flag: false, level: 3 }, 'flag'],
    [7, 'number'],
    [null, 'nothing'],
    ['a', 'word'],
  ];
  for (const [value, which] of values) expect(loose['whichAny']?.(value)).toBe(which);
  echoes('echoAny', [1, 'a'], { text: 'a' }, { flag: true, level: null }, 7, null, 'word');
  refuses('echoAny', true, ': expected ');
  refuses('echoAny', [], ': expected a list of 2 elements, got one of 0');
  refuses('echoAny', [1, 2], '[1]: expected a string, got number 2');
  refuses('echoAny', {}, '');
  refuses('echoAny', 1.5, ': expected an integer (u32), got number 1.5');
});

test('an enum that contains itself', () => {
  const tree = { children: { a: 1, b: ['x', { children: {}, next: null }] }, next: { children: {}, next: 'y' } };
  echoes('echoTree', 1.5, 'a', [1, [2, 'b']], tree);
  refuses('echoTree', [1, [2, true]], '[1][1]: expected ');
  refuses(
    'echoTree',
    { children: { a: [1, { children: { 'b c': [] }, next: null }] } },
    '.children.a[1].children["b c"]: ',
  );
  let deep: unknown = 1;
  for (let k = 0; k < 5000; k++) deep = [deep, 'x'];
  let echoed: unknown = loose['echoTree']?.(deep);
  for (let k = 0; k < 5000; k++) {
    const [inner, name, ...more] = echoed as unknown[];
    expect([name, more]).toEqual(['x', []]);
    echoed = inner;
  }
  expect(echoed).toBe(1);
});

test('integers at their limits', () => {
  const limits = { i8: -128, u16: 65_535, u64: 2n ** 64n - 1n, i128: -(2n ** 127n) };
  echoes('echoLimits', limits);
  const beyond = { i8: -129, u16: 65_536, u64: 2n ** 64n, i128: -(2n ** 127n) - 1n };
  for (const [name, value] of Object.entries(beyond)) {
    expectRangeError(() => loose['echoLimits']?.({ ...limits, [name]: value }), `(value).${name}: `);
  }
});

test('maps of bytes, and arrays of a length', () => {
  echoes('echoBytesMap', {}, { a: new Uint8Array([1]), 'ä b': new Uint8Array(0) });
  refuses('echoBytesMap', { a: 'b' }, '.a: expected bytes');
  echoes('echoFour', [1, 2, 3, 4]);
  refuses('echoFour', [1, 2, 3], ': expected a list of 4 elements, got one of 3');
  refuses('echoFour', [1, 2, 3, 4, 5], ': expected a list of 4 elements, got one of 5');
});
