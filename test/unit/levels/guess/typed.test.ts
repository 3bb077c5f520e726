import * as api from '../../../../src-ts/index';
import { Typed } from '../../../../src-ts/levels/guess/typed';

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

  test('checks nothing: the call does', () => {
    for (const value of [1, -1.5, 10n, 'text', null, undefined, {}]) expect(wrap(value).value).toBe(value);
  });
});
