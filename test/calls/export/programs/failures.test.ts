/** Errors in all forms in which functions return them; as UniFFI tests its own. */

import { RustDLL, RustError, RustPanic } from '../../../../src-ts/index';
import type * as programs from '../../../types/programs';
import { thrownBy } from '../../../support/errors';
import { libraryPath } from '../../../support/kernels';

const lib = new RustDLL<typeof programs>(libraryPath('programs'));

/** The ways in which functions fail, and what is told of each: the message, the code, the data and the cause's message. */
const WAYS = [
  ['oops', 'Oops', { type: 'Oops' }, undefined],
  ['value ä', 'Value', { type: 'Value', value: 'ä' }, undefined],
  ['pair 7 b', 'Pair', { type: 'Pair', value: [7, 'b'] }, undefined],
  ['outer', 'Outer', { type: 'Outer', value: { type: 'Text', value: 'reason' } }, 'inner reason'],
  ['with a source', 'Sourced', { type: 'Sourced' }, 'hidden source'],
] as const;

function told(error: unknown): unknown {
  if (!lib.isFailure(error)) throw error;
  expect(error).toBeInstanceOf(RustError);
  return [error.message, error.code, error.data, (error.cause as Error | undefined)?.message];
}

const fallible = new lib.Fallible();
describe.each(WAYS.map((way, i) => [i, way] as const))('way %i', (i, way) => {
  test('of a function, a constructor, a method', () => {
    expect(told(thrownBy(() => lib.fail(i)))).toEqual(way);
    expect(told(thrownBy(() => new lib.Fallible(i)))).toEqual(way);
    expect(told(thrownBy(() => fallible.fail(i)))).toEqual(way);
  });

  test('of a future, and in the background', async () => {
    expect(told(await lib.failLater(i).catch((error: unknown) => error))).toEqual(way);
    expect(told(await fallible.failLater(i).catch((error: unknown) => error))).toEqual(way);
    expect(told(await lib.async.fail(i).catch((error: unknown) => error))).toEqual(way);
  });

  test('with more reasons before it', () => {
    const error = thrownBy(() => lib.failContext(i));
    expect(error.message).toBe('while trying');
    expect((error.cause as Error).message).toBe(way[0]);
  });
});

test('a panic is none of them', () => {
  const error = thrownBy(() => lib.fail(99));
  expect(error).toBeInstanceOf(RustPanic);
  expect(lib.isFailure(error)).toBe(false);
});

test('an error is a value too', () => {
  expect(lib.failureValue()).toEqual({ type: 'Pair', value: [1, 'new'] });
  expect(lib.failureValue({ type: 'Value', value: 'x' })).toEqual({ type: 'Value', value: 'x' });
  expect(lib.failureValue({ type: 'Sourced' })).toEqual({ type: 'Sourced' });
});

test('a chain of reasons is a chain of causes', () => {
  const messages: string[] = [];
  for (let error: unknown = thrownBy(() => lib.failChain()); error instanceof Error; error = error.cause) {
    messages.push(error.message);
  }
  expect(messages).toEqual(['because of that', 'because of this', 'oops']);
});

test('errors that are shared, boxed, texts, records', () => {
  expect(thrownBy(() => lib.failShared()).message).toBe('hidden shared');
  expect(thrownBy(() => lib.failBoxed())).toMatchObject({ message: 'inner boxed', code: 'ERR_RUSTDLL_RUST' });
  expect(thrownBy(() => lib.failText('ä\0'))).toMatchObject({ message: 'ä\0', code: 'ERR_RUSTDLL_RUST' });
  const rich = thrownBy(() => lib.failRich(7));
  if (!lib.isRich(rich)) throw rich;
  expect(rich.message).toBe('rich 7');
  expect(rich.data).toEqual({ code: 7, extended: -5 });
  expect(lib.isFailure(rich)).toBe(false);
});

test('what a function of JavaScript throws is not an error of the library', () => {
  const own = new SyntaxError('mine');
  expect(
    thrownBy(() =>
      lib.failIn(() => {
        throw own;
      }),
    ),
  ).toBe(own);
  expect(told(thrownBy(() => lib.failIn(() => -1)))).toEqual(WAYS[0]);
  expect(lib.failIn(() => 2)).toBe(2);
});

test('an object arrives with its message, and as itself in a record', () => {
  const plain = thrownBy(() => lib.failObject(7));
  expect(plain).toBeInstanceOf(RustError);
  expect(plain).toMatchObject({ message: 'object 7', code: 'ERR_RUSTDLL_RUST' });
  expect(plain).not.toHaveProperty('data');
  const error = thrownBy(() => lib.failWithObject(8));
  if (!lib.isWithObject(error)) throw error;
  expect(error.data.what).toBeInstanceOf(lib.ObjectError);
  expect(error.data.what.code).toBe(8);
});
