/** The background form of a function returns what the function returns. */

import * as fc from 'fast-check';
import { RustDLL, tableOf } from '../../../src-ts/library/library';
import { libraryPath } from '../../support/kernels';
import { WAYS } from '../../support/exported';
import { valueOf } from '../../support/values';

const library = new RustDLL(libraryPath('exported'));
const signatures = tableOf(library)?.functions ?? [];

type Call = (...args: unknown[]) => unknown;

/** Returns the result of a call, or the data of its error. */
async function outcome(call: Call, args: unknown[]): Promise<unknown> {
  try {
    return { result: await call(...args) };
  } catch (error) {
    const { name, message, code, cause } = error as Error & { code?: string };
    return { name, message, code, cause };
  }
}

/** The functions whose results depend only on their arguments. */
const pure = signatures.filter(
  ({ name, parameters }) =>
    !/^(touch|greet|many_|zero|typed_zeros|repeat|deep|wait|open_gate|waiting|sleep|thread_|steps|chatter|until_cancelled|panic_line|panic_drop|panic_in_thread|echo_hash_set)/.test(
      name,
    ) && parameters.every(({ shape }) => shape.kind !== 'lent'),
);

test.each(pure.map((signature) => [signature.name, signature] as const))('%s', async (name, { parameters }) => {
  const values = fc.tuple(
    ...parameters.map(({ shape }) => (shape.kind === 'lent' ? fc.constant(null) : valueOf(shape, false))),
  );
  await fc.assert(
    fc.asyncProperty(values, async (args) => {
      const background = (library.async as Record<string, Call>)[name] as Call;
      expect(await outcome(background, args)).toEqual(await outcome(library[name] as Call, args));
    }),
    { numRuns: 25 },
  );
});

test('nearly all functions are compared', () => {
  expect(pure.length).toBeGreaterThan(150);
});

describe.each(WAYS)('%s', (_, { lib }) => {
  const background = lib.async as Record<string, Call>;

  test('wrong arguments are refused in the same words, and by a rejection', async () => {
    const wrong: [string, unknown[]][] = [
      ['add_i64', []],
      ['add_i64', [1]],
      ['add_i64', [1, '2']],
      ['add_i64', [1, 2 ** 53]],
      ['echo_str', ['\ud800']],
      ['echo_str', [5]],
      ['join', [['a', '\udc00'], '-']],
      ['join', [[1], '-']],
      ['echo_points', [[{ x: 1, y: 'no' }]]],
      ['echo_points', [new Date()]],
      ['normalize', [[1, 'x']]],
      ['normalize', [Object.freeze(['a'])]],
      ['echo_level', ['Nowhere']],
      ['py_scale', [[[1], 2], 1]],
    ];
    for (const [name, args] of wrong) {
      const promise = (background[name] as Call)(...args);
      expect(promise).toBeInstanceOf(Promise);
      await expect(promise).rejects.toBeInstanceOf(Error);
      expect(await outcome(background[name] as Call, args)).toEqual(await outcome(lib[name] as Call, args));
    }
    await expect((background.add_i64 as Call)(1, 2, {}, 4)).rejects.toMatchObject({ code: 'ERR_RUSTDLL_ARITY' });
  });

  test('lists, views and nested lists are written back when the promise is fulfilled', async () => {
    const list = [1, 3];
    const view = new Float64Array([1, 3]);
    const nested = [[1, 2], [], [3]];
    const calls = [background.normalize!(list), background.normalize!(view), background.py_scale!(nested, 2)];
    expect([list, [...view], nested]).toEqual([
      [1, 3],
      [1, 3],
      [[1, 2], [], [3]],
    ]);
    await Promise.all(calls);
    expect([list, [...view], nested]).toEqual([
      [0.25, 0.75],
      [0.25, 0.75],
      [[2, 4], [], [6]],
    ]);
    for (const type of ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'f32', 'f64']) {
      for (const length of [0, 1, 9, 70_000]) {
        const numbers = Array.from({ length }, (_, i) => i % 100);
        await background[`bump_${type}`]!(numbers);
        expect(numbers.findIndex((x, i) => x !== (i % 100) + 1)).toBe(-1);
      }
    }
    const letters = ['a', 'é'];
    await background.bump_char!(letters);
    expect(letters).toEqual(['b', 'ê']);
    const big = [2n ** 63n - 1n];
    await background.bump_i64!(big);
    expect(big).toEqual([-(2n ** 63n)]);
  });

  test('results larger than the room that a call has for them', async () => {
    expect(((await background.zeros!(300_000)) as number[]).length).toBe(300_000);
    expect(await background.repeat!('é', 100_000)).toBe('é'.repeat(100_000));
    expect(((await background.many_strings!(5000)) as string[]).at(-1)).toBe('text 4999');
    expect(await background.many_points!(50)).toEqual(lib.many_points(50));
  });

  test('they are functions with a name and a length, made once, and no part of the library’s own keys', () => {
    expect([background.add_i64!.name, background.add_i64!.length, background.greet!.length]).toEqual(['add_i64', 2, 1]);
    expect(background.add_i64).toBe(background.add_i64);
    expect(lib.async).toBe(lib.async);
    expect(Object.keys(background)).toEqual(Object.keys(lib).filter((name) => name !== 'thread_number_sync'));
    expect('async' in Object.keys(lib)).toBe(false);
    expect(background.no_such_function).toBeUndefined();
  });

  test('declared functions have one as well', async () => {
    const { RustDLL: Class } = WAYS[0]![1].rustdll;
    const kernels = new Class(libraryPath('kernels'));
    const declared = kernels.declare(
      'fn add_one_i64(v: &mut PyVec<i64>); fn str_len(s: &PyStr) -> u32; fn bad_bool() -> bool',
    );
    const list = [1, 2];
    await declared.async.add_one_i64(list);
    expect(list).toEqual([2, 3]);
    expect(await declared.async.str_len('é'.repeat(1000))).toBe(2000);
    expect(await declared.async.str_len('é')).toBe(2);
    await expect(declared.async.bad_bool()).rejects.toMatchObject({ code: 'ERR_RUSTDLL_TYPE' });
    expect(Object.keys(declared)).toEqual(['add_one_i64', 'str_len', 'bad_bool']);
  });
});
