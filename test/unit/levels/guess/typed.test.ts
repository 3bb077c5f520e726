import { inspect } from 'node:util';
import * as api from '../../../../src-ts/index';
import { isTyped, Typed, typeOf, valueOf } from '../../../../src-ts/levels/guess/typed';

const NAMES = ['i8', 'i16', 'i32', 'i64', 'u8', 'u16', 'u32', 'u64', 'isize', 'usize', 'f32', 'f64', 'bool'] as const;

describe.each(NAMES)('%s()', (name) => {
  const wrap = api[name] as (value: unknown) => Typed;

  test('is exported and keeps the value itself', () => {
    const list = [[1], [2]];
    const typed = wrap(list);
    expect(typed).toBeInstanceOf(Typed);
    expect(typed.type).toBe(name);
    expect(typed.value).toBe(list);
  });

  test('can neither be changed nor given another answer', () => {
    const typed = wrap(1);
    expect(() => Object.assign(typed, { value: 2 })).toThrow(TypeError);
    expect(() => Object.assign(typed, { type: 'bool' })).toThrow(TypeError);
    Object.defineProperty(typed, 'value', { get: () => 2 });
    Object.defineProperty(typed, 'type', { get: () => 'bool' });
    expect(typeOf(typed)).toBe(name);
    expect(valueOf(typed)).toBe(1);
  });

  test('is told from what looks like one', () => {
    const typed = wrap(1);
    expect(isTyped(typed)).toBe(true);
    const { type, value } = typed;
    const alike: unknown = Object.create(Typed.prototype);
    for (const other of [
      { type, value },
      alike,
      Object.create(typed),
      new Proxy(typed, {}),
      null,
      1,
      typed.constructor,
    ]) {
      expect(isTyped(other)).toBe(false);
    }
  });

  test('checks nothing: the call does', () => {
    for (const value of [1, -1.5, 10n, 'text', null, undefined, {}]) expect(wrap(value).value).toBe(value);
  });
});

test('a wrapper is printed as it is written', () => {
  expect(inspect([api.f64(2), api.u8([1, 2]), api.i64(3n), api.bool([[true]])])).toBe(
    '[ f64(2), u8([ 1, 2 ]), i64(3n), bool([ [ true ] ]) ]',
  );
  expect(inspect(Object.create(Typed.prototype))).toBe('Typed {}');
});
