/** Six generated functions in full, so that a change of them is reviewed: `npx jest -u` writes the file anew. */

import { TEXT_ADDRESSES } from '../../../src-ts/crossing/doorbell';
import { RustDLL } from '../../../src-ts/index';
import { type Code, specialize } from '../../../src-ts/runtime/code';
import { thrownBy } from '../../support/errors';
import { declared, guessed, libraryPath, type LooseFunction } from '../../support/kernels';
import { withAccessor } from '../../support/watched';

type CodeModule = typeof import('../../../src-ts/runtime/code');
type ConventionModule = typeof import('../../../src-ts/crossing/convention');

jest.mock<CodeModule>('../../../src-ts/runtime/code', () => {
  const actual = jest.requireActual<CodeModule>('../../../src-ts/runtime/code');
  return { ...actual, specialize: jest.fn(actual.specialize) as typeof actual.specialize };
});

// The registers are those of one platform, so that the text is the same on all. No function may be called with them.
jest.mock<ConventionModule>('../../../src-ts/crossing/convention', () => {
  const actual = jest.requireActual<ConventionModule>('../../../src-ts/crossing/convention');
  const convention = { name: 'sysv', intRegisters: 6, floatRegisters: 8 } as const;
  class Placement extends actual.Placement {
    constructor() {
      super(convention);
    }
  }
  return { ...actual, convention, Placement };
});

/** Returns the code for `name` without the addresses and the indices of symbols, which differ in each process. */
function textOf(kind: string, name: string): string {
  const call = jest.mocked(specialize).mock.calls.find((made) => made[2] === kind && made[3] === name);
  let text = String(call?.[1] as Code);
  TEXT_ADDRESSES.forEach((address, i) => (text = text.replaceAll(String(address), `TEXT_${i}`)));
  return text.replace(/(?<=i32\[2\] = )\d+/, 'SYMBOL');
}

/** Calls a function with arguments that are refused before the crossing, so that its code is generated. */
function refuse(call: LooseFunction, ...args: unknown[]): void {
  expect(() => call(...args) as unknown).toThrow(TypeError);
}

expect.addSnapshotSerializer({ test: (value) => typeof value === 'string', print: (value) => value as string });

test('a declared function of scalars', () => {
  refuse(declared('fn add(a: i64, x: f64, b: u8, c: bool, d: u32) -> i32'));
  expect(textOf('declare', 'add')).toMatchSnapshot();
});

test('a declared function of a list and a string', () => {
  refuse(declared('fn mixed_references(v: &mut PyVec<i64>, s: &PyStr) -> f64'));
  expect(textOf('declare', 'mixed_references')).toMatchSnapshot();
});

test('a guessed function', () => {
  refuse(guessed('noop'), Symbol('of no type'));
  expect(textOf('guess', 'noop')).toMatchSnapshot();
});

test('a stack trace of the user names the source after the function', () => {
  const call = declared('fn mean(v: &PyVec<f64>) -> f64');
  const mine = (): never => {
    throw new Error('mine');
  };
  const { stack } = thrownBy(() => call(withAccessor([1], 0, mine)));
  expect(stack).toContain('at mean (rustdll:declare/mean.js:');
});

describe('of an exported function', () => {
  const exported = new RustDLL(libraryPath('exported')) as unknown as Record<string, LooseFunction>;
  const point = { x: 1, y: 2, label: 'p' };

  beforeAll(() => {
    expect(exported['echo_point']?.(point)).toEqual(point);
    expect(exported['count_vec_vec']?.([[1, 2]])).toBe(2);
  });

  test('the encoder of a record', () => expect(textOf('encode', 'Point')).toMatchSnapshot());

  test('the decoder of a record', () => expect(textOf('decode', 'Point')).toMatchSnapshot());

  test('the encoder of a list of small integers', () => expect(textOf('encode', 'list-i64')).toMatchSnapshot());
});
