import { inspect } from 'node:util';
import { DERIVED } from '../../../support/derived';
import { thrownBy } from '../../../support/errors';

interface DataError extends Error {
  code?: string;
  data?: unknown;
}

describe.each(DERIVED)('errors with data, %s', (_, { rustdll: { RustError, RustDLL }, lib }) => {
  const cases: [which: number, message: string, code: string, data: unknown, cause: string | undefined][] = [
    [0, 'there is no wörld 🦀', 'NotFound', { type: 'NotFound', path: 'wörld 🦀', size: 9 }, undefined],
    [1, 'line 3, column 7', 'Syntax', { type: 'Syntax', value: [3, 7] }, undefined],
    [2, 'it failed', 'Cause', { type: 'Cause', value: { why: 'rain' } }, 'because of rain'],
    [3, 'nothing is known', 'Unknown', { type: 'Unknown' }, undefined],
  ];

  function expectError(error: DataError, [, message, code, data, cause]: (typeof cases)[number]): void {
    expect(error).toBeInstanceOf(RustError);
    expect([error.name, error.message, error.code]).toEqual(['RustError', message, code]);
    expect(error.data).toEqual(data);
    expect((error.cause as Error | undefined)?.message).toBe(cause);
    expect('cause' in error).toBe(cause !== undefined);
    expect(Object.keys(error)).toEqual(['code', 'data']);
    expect(error.stack).toContain('errors.test.ts');
    expect(lib.isAppError(error)).toBe(true);
    expect(lib.isCause(error)).toBe(false);
  }

  test.each(cases)('of a function: %i', (...each) => {
    expectError(
      thrownBy(() => lib.attempt(each[0], 9)),
      each,
    );
    expect(lib.attempt(4, 0)).toBe(4);
  });

  test.each(cases)('of a call in the background: %i', async (...each) => {
    const attempt = lib.async as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    expectError(await attempt.attempt!(each[0], 9).then(fail, (error: unknown) => error as Error), each);
    expect(await attempt.attempt!(4, 0)).toBe(4);
  });

  test('of a constructor and a method, in both forms', async () => {
    const { Vault } = lib;
    expectError(
      thrownBy(() => new Vault('')),
      cases[1]!,
    );
    expectError(await Vault.async.new('').then(fail, (error: unknown) => error), cases[1]!);
    using vault = new Vault('gold');
    const wrong: (typeof cases)[number] = [
      0,
      'there is no wörld 🦀',
      'NotFound',
      { type: 'NotFound', path: 'wörld 🦀', size: 5 },
      undefined,
    ];
    expectError(
      thrownBy(() => vault.open('other')),
      wrong,
    );
    expectError(await vault.async.open('other').then(fail, (error: unknown) => error), wrong);
    expect(vault.open('key')).toBe('gold');
  });

  test('with arguments in memory, and a long text', () => {
    for (const text of ['', 'é', 'x'.repeat(100_000)]) {
      const error: DataError = thrownBy(() => lib.attempt_with(text, []));
      expect(error.data).toEqual({ type: 'NotFound', path: text, size: 1 });
    }
    expect(lib.attempt_with('-', ['a', 'b'])).toBe('a-b');
  });

  test('integers are numbers or bigints as in results', () => {
    expect((thrownBy(() => lib.attempt_exactly(0, 2n ** 63n)) as DataError).data).toMatchObject({ size: 2n ** 63n });
    const error = thrownBy(() => lib.attempt(0, 2n ** 63n));
    expect([error.constructor, error.code, error.message]).toEqual([
      RangeError,
      'ERR_RUSTDLL_RANGE',
      'attempt: the result holds 9223372036854775808, beyond what a number holds; export the function with #[export(bigint)]',
    ]);
    // The error itself is not lost.
    expect(error.cause).toMatchObject({ name: 'RustError', message: 'there is no wörld 🦀', code: 'NotFound' });
    expect(lib.attempt(4, 0)).toBe(4);
  });

  test('a record has no variant for a code, and an enum without data is a string', () => {
    const record: DataError = thrownBy(() => lib.fail_cause('snow'));
    expect([record.message, record.code, record.data]).toEqual([
      'because of snow',
      'ERR_RUSTDLL_RUST',
      { why: 'snow' },
    ]);
    expect([lib.isCause(record), lib.isAppError(record)]).toEqual([true, false]);
    for (const [go, name] of [
      [true, 'GO_ON'],
      [false, 'STOP_NOW'],
    ] as const) {
      const signal: DataError = thrownBy(() => lib.fail_signal(go));
      expect([signal.message, signal.code, signal.data]).toEqual([name, name, name]);
      expect(lib.isSignal(signal)).toBe(true);
    }
  });

  test('data may be an object', () => {
    const error: DataError = thrownBy(() => lib.fail_held('gold'));
    const { vault } = error.data as { vault: { open(key: string): string; close(): void } };
    expect([error.message, vault.open('key')]).toEqual(['Held', 'gold']);
    vault.close();
  });

  test('a type guard knows the errors of its library, and nothing else', () => {
    const { isAppError, isCause } = lib;
    for (const other of [undefined, null, 'x', {}, new Error('x'), new RustError('x'), { data: { type: 'Unknown' } }]) {
      expect([isAppError(other), isCause(other)]).toEqual([false, false]);
    }
    const again = new RustDLL(lib.path);
    expect(again.isAppError(thrownBy(() => lib.attempt(3, 0)))).toBe(false);
    expect([isAppError.name, 'isAppError' in lib, Object.keys(lib).includes('isAppError')]).toEqual([
      'isAppError',
      true,
      true,
    ]);
  });

  test('an error is printed with its data', () => {
    expect(inspect(thrownBy(() => lib.attempt(1, 0)))).toMatch(
      /RustError: line 3, column 7[^]*code: 'Syntax',\s+data: \{ type: 'Syntax', value: \[ 3, 7 \] \}/,
    );
  });

  test('an error can be a TypeError or a RangeError', async () => {
    const classes: [number, unknown, string, string, string | undefined][] = [
      [0, TypeError, 'not a number', 'ERR_RUSTDLL_RUST', undefined],
      [1, RangeError, 'too large', 'E_LARGE', undefined],
      [2, TypeError, 'not a shape', 'ERR_RUSTDLL_RUST', 'because of rain'],
      [3, RustError, 'outer', 'ERR_RUSTDLL_RUST', 'inner'],
    ];
    const { fail_class } = lib.async as unknown as Record<string, (which: number) => Promise<unknown>>;
    for (const [which, type, message, code, cause] of classes) {
      const rejected = await fail_class!(which).then(fail, (error: unknown) => error as Error & { code: string });
      for (const error of [thrownBy(() => lib.fail_class(which)), rejected]) {
        expect([error.constructor, error.message, error.code]).toEqual([type, message, code]);
        expect((error.cause as Error | undefined)?.message).toBe(cause);
        expect(error.stack).toContain('errors.test.ts');
      }
    }
    expect(lib.fail_class(9)).toBe(9);
  });
});

function fail(): never {
  throw new Error('the promise was fulfilled');
}
