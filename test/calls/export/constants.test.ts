import { inspect } from 'node:util';
import { WAYS } from '../../support/exported';
import { libraryPath } from '../../support/kernels';

const OPENED = WAYS.map(
  ([name, { rustdll }]) => [name, { rustdll, lib: new rustdll.RustDLL(libraryPath('objects')) }] as const,
);

describe.each(OPENED)('constants, %s', (_, { rustdll, lib }) => {
  test('they are properties of the library', () => {
    expect(lib.MAX_COUNT).toBe(1000);
    expect(lib.GREETING).toBe('héllo');
    expect(lib.bounds).toEqual([-1.5, 2.5]);
    expect(lib.NAMES).toEqual(['one', 'zwei']);
    expect(lib.NAMES).toBe(lib.NAMES);
    expect(lib.GREATEST).toBe(2n ** 64n - 1n);
    expect(lib.NO_SIZE).toEqual({ width: 0, height: null });
    expect('BOUNDS' in lib).toBe(false);
    expect(Object.keys(lib)).toEqual(expect.arrayContaining(['MAX_COUNT', 'bounds']));
    expect(lib.async.MAX_COUNT).toBeUndefined();
    expect(inspect(lib)).toContain('  MAX_COUNT: number\n');
    const { MAX_COUNT } = lib;
    expect(MAX_COUNT).toBe(1000);
  });

  test('a value that JavaScript cannot have is an error when it is asked for', () => {
    expect(() => lib.TOO_GREAT).toThrow(
      'TOO_GREAT: the result 18446744073709551615 is beyond what a number holds; export it with #[export(bigint)]',
    );
    expect(() => lib.TOO_GREAT).toThrow(RangeError);
    try {
      expect(lib.TOO_GREAT).toBe(0);
    } catch (error) {
      const [first] = ((error as Error).stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
      expect(first).toContain('constants.test');
    }
  });

  test('they cannot be changed, and a library that is frozen or closed still has those that were used', () => {
    const opened = new rustdll.RustDLL(libraryPath('objects'));
    expect(() => {
      Reflect.apply(Object.assign, undefined, [opened, { MAX_COUNT: 1 }]);
    }).toThrow(TypeError);
    Object.freeze(opened);
    expect([opened.MAX_COUNT, opened.NAMES]).toEqual([1000, ['one', 'zwei']]);
    opened.close();
    expect(opened.MAX_COUNT).toBe(1000);
    expect(() => opened.GREETING as unknown).toThrow(expect.objectContaining({ code: 'ERR_RUSTDLL_CLOSED' }));
  });
});
