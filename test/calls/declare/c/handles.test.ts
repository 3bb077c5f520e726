import { inspect } from 'node:util';
import type { Pointer } from '../../../../src-ts/index';
import { cabi } from '../../../support/cabi';
import { expectTypeError } from '../../../support/errors';
import { expectHealthy } from '../../../support/health';

const lib = cabi.declare(`
  fn thing_open(number: i64, #[out] thing: *mut *mut Thing) -> c_int;
  fn thing_new(number: i64) -> *mut Thing;
  fn thing_number(thing: *const Thing) -> i64;
  fn thing_same(thing: Option<*mut Thing>) -> *mut Thing;
  fn thing_close(#[release] thing: *mut Thing);
  fn thing_count() -> i64;
  fn part_new(number: i64) -> *mut Part;
  fn part_number(part: *const Part) -> i64;
`);

afterEach(() => {
  expectHealthy();
  expect(lib.thing_count()).toBe(0);
});

test('are given and taken', () => {
  const { result, thing } = lib.thing_open(7);
  expect(result).toBe(0);
  expect(lib.thing_number(thing!)).toBe(7);
  expect(lib.thing_same(thing)).toBe(thing);
  expect(lib.thing_same(null)).toBeNull();
  expect(inspect(thing)).toBe('Pointer<Thing>');
  expect(thing!.type).toBe('Thing');
  lib.thing_close(thing!);
  expect(lib.thing_open(-1)).toEqual({ result: -1, thing: null });
  expect(lib.thing_new(-1)).toBeNull();
});

test('are not used after their release', () => {
  const thing = lib.thing_new(1)!;
  const same = lib.thing_same(thing)!;
  expect(thing.released).toBe(false);
  lib.thing_close(thing);
  expect(same.released).toBe(true);
  expectTypeError(
    () => lib.thing_number(same),
    /^thing_number: argument 1 \(thing\): the Thing was released$/,
    'ERR_RUSTDLL_RELEASED',
  );
  expectTypeError(() => lib.thing_close(thing), /the Thing was released$/, 'ERR_RUSTDLL_RELEASED');
  expect(inspect(thing)).toBe('Pointer<Thing> (released)');
  // The allocator gives the same address again, which is another pointer.
  const next = lib.thing_new(2)!;
  expect(next).not.toBe(thing);
  expect(lib.thing_number(next)).toBe(2);
  lib.thing_close(next);
});

test('are not mistaken for one another', () => {
  const part = lib.part_new(3)!;
  expect(lib.part_number(part)).toBe(3);
  expectTypeError(
    () => lib.thing_number(part as unknown as Pointer<'Thing'>),
    /^thing_number: argument 1 \(thing\): expected a Pointer<Thing>, got a Pointer<Part>$/,
  );
});

test.each([1, 1n, 'x', {}, { type: 'Thing', released: false }, new Uint8Array(8), Symbol('x'), () => 1])(
  '%p is no handle',
  (value) => {
    expectTypeError(
      () => lib.thing_number(value as never),
      /^thing_number: argument 1 \(thing\): expected a Pointer<Thing>, got /,
    );
  },
);

test('null needs an Option', () => {
  for (const value of [null, undefined]) {
    expectTypeError(
      () => lib.thing_number(value as never),
      /expected a Pointer<Thing>, got (null|undefined); where NULL is allowed, write Option<\*const Thing>$/,
    );
  }
});

test('are of the declaration of any text', () => {
  const thing = cabi.declare('fn thing_new(number: i64) -> *mut Thing').thing_new(4)!;
  expect(lib.thing_number(thing)).toBe(4);
  lib.thing_close(thing);
});

test('nobody makes one', () => {
  const thing = lib.thing_new(4)!;
  const { constructor } = Object.getPrototypeOf(thing) as { constructor: new (...args: unknown[]) => never };
  const forged: unknown = new constructor('Thing', 8);
  expect(() => lib.thing_number(forged as Pointer<'Thing'>)).toThrow();
  expect(Object.keys(thing)).toEqual([]);
  lib.thing_close(thing);
});
