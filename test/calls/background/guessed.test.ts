/** The background form of a guessed function guesses types as the function itself does. */

import * as fc from 'fast-check';
import { bool, f32, f64, i32, RustDLL, u64, u8 } from '../../../src-ts/index';
import { expectHealthy } from '../../support/health';
import { kernels, libraryPath } from '../../support/kernels';

type Call = (...args: unknown[]) => unknown;

const here = kernels as unknown as Record<string, Call>;
const background = kernels.async as Record<string, (...args: unknown[]) => Promise<unknown>>;

afterEach(expectHealthy);

/** The functions whose results a guess reads correctly. */
const HAS_RESULT = /^(add|id_[iu]64|hash_.*|mixed_guess|ints_.*)$/;

/** Returns the result of a call, or its error, together with the arguments, which it may have changed. */
async function outcome(call: Call, args: unknown[]): Promise<unknown> {
  try {
    const result = await call(...args);
    return HAS_RESULT.test(call.name) ? { result, args } : { args };
  } catch (error) {
    const { name, message, code } = error as Error & { code?: string };
    return { name, message, code, args };
  }
}

/** Calls both forms, each with its own arguments, and compares the outcomes. */
async function expectSame(name: string, args: () => unknown[]): Promise<void> {
  expect(await outcome(background[name]!, args())).toEqual(await outcome(here[name]!, args()));
}

const nest = (value: unknown, depth: number): unknown => (depth === 0 ? value : [nest(value, depth - 1)]);

test.each<[string, () => unknown[]]>([
  ['add', () => [2, 3]],
  ['add', () => [2n ** 62n, -(2 ** 53 - 1)]],
  ['id_i64', () => [-(2n ** 63n)]],
  ['id_f64', () => [f64(2)]],
  ['id_f32', () => [f32(0.1)]],
  ['id_i32', () => [i32(-5)]],
  ['id_bool', () => [true]],
  ['id_u64', () => [u64(2n ** 64n - 1n)]],
  ['noop', () => []],
  ['hash_str', () => ['']],
  ['hash_str', () => ['é'.repeat(336)]],
  ['hash_str', () => ['é'.repeat(337)]],
  ['hash_str', () => ['x'.repeat(3_000_000)]],
  ['hash_str', () => [Buffer.from('äö')]],
  ['hash_six', () => ['a', [1, 2], 'é', 'long '.repeat(200), 'd', 'e', '']],
  ['hash_strs', () => [['a', '', 'é'.repeat(1000)]]],
  ['hash_strs', () => [[Buffer.from('a'), new Uint8Array(0)]]],
  ['hash_nested_strs_2', () => [[['a', 'b'], [], ['c']]]],
  ['add_one_i64', () => [[1, 2, -3]]],
  ['add_one_i64', () => [[1n, 2n]]],
  ['add_one_u64', () => [[2n ** 63n, 1n]]],
  ['add_one_f64', () => [[1, 2.5]]],
  ['add_one_f64', () => [new Float64Array([1, 2])]],
  ['add_one_f64', () => [f64([1, 2])]],
  ['add_one_f32', () => [f32([1, 2])]],
  ['add_one_u8', () => [Buffer.from([1, 255])]],
  ['add_one_u8', () => [u8([1, 255])]],
  ['add_one_u8', () => [new Uint8Array([1, 2, 3]).buffer]],
  ['add_one_nested_i64_2', () => [[[1, 2], [], [3]]]],
  ['add_one_nested_i64_5', () => [nest([1, 2], 4)]],
  ['add_one_nested_f64_3', () => [[[[1.5], []], []]]],
  ['add_one_nested_f64_2', () => [[new Float64Array(2), new Float64Array([1])]]],
  ['add_one_nested_f32_2', () => [f32([[1], [2, 3]])]],
  ['add_one_nested_u8_2', () => [u8([[1], [2, 3]])]],
  ['not_all', () => [[true, false]]],
  ['not_all', () => [bool([true, false])]],
  ['set_at', () => [[1, 2, 3], 1, 7]],
  ['mixed_guess', () => ['é', 5, 2.5, [1, 2], true, [0.5, 1]]],
  ['mixed_guess', () => ['é'.repeat(500), 5n, 2.5, new BigInt64Array(2), false, f64([1, 1])]],
  ['ints_10', () => Array.from({ length: 10 }, (_, i) => i)],
  ['ints_36', () => Array.from({ length: 36 }, (_, i) => i * 1000)],
])('%s (%#)', expectSame);

test('any list of numbers or strings, at any depth', async () => {
  const numbers = fc.oneof(
    fc.array(fc.integer(), { minLength: 1 }),
    fc.array(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), { minLength: 1 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(numbers), fc.array(fc.string({ unit: 'grapheme' })), async (lists, strings) => {
      await expectSame('add_one_nested_i64_2', () => [lists.map((list) => [...list])]);
      await expectSame('hash_strs', () => [[...strings]]);
    }),
    { numRuns: 50 },
  );
});

test.each<[string, () => unknown[]]>([
  ['add', () => [1, null]],
  ['add', () => [1, Symbol.iterator]],
  ['add', () => [2 ** 60, 1]],
  ['add', () => [2n ** 64n, 1]],
  ['str_len', () => ['\ud800']],
  ['add_one_i64', () => [[1, 'x']]],
  ['add_one_i64', () => [Object.freeze([1])]],
  ['add_one_i64', () => [[1, , 3]]], // eslint-disable-line no-sparse-arrays
  ['add_one_u8', () => [u8([256])]],
  ['set_at', () => [[1], new Date(0), 1]],
  ['add_one_nested_i64_2', () => [[[1], [true]]]],
])('refused in the same words: %s (%#)', expectSame);

test('the lists of a call are what they were at the call, and are written back when it is over', async () => {
  const list = [1, 2];
  const view = new Float64Array([1]);
  const calls = [background.add_one_i64!(list), background.add_one_f64!(view)];
  expect([list, [...view]]).toEqual([[1, 2], [1]]);
  list[0] = 100;
  await Promise.all(calls);
  expect([list, [...view]]).toEqual([[2, 3], [2]]);
});

test('getters of a list may call again, in the background too', async () => {
  const inner: Promise<unknown>[] = [];
  const list = [1, 2, 3];
  Object.defineProperty(list, 1, {
    enumerable: true,
    get: () => {
      inner.push(background.mixed_guess!('abc', 1, 0.5, [1], true, [1.5]));
      return here.add!(20, 22);
    },
  });
  const shared = 'x'.repeat(400);
  expect(await background.hash_six!('a', list, 'b', 'c', 'd', shared, 'f')).toBe(
    here.hash_six!('a', [1, 42, 3], 'b', 'c', 'd', shared, 'f'),
  );
  const same = here.mixed_guess!('abc', 1, 0.5, [1], true, [1.5]);
  expect(inner.length).toBeGreaterThan(0);
  for (const result of await Promise.all(inner)) expect(result).toBe(same);
});

describe('options', () => {
  test('follow the arguments, and may be undefined', async () => {
    const { signal } = new AbortController();
    expect(await background.add!(1, 2, { signal })).toBe(3);
    expect(await background.add!(1, 2, {})).toBe(3);
    expect(await background.add!(1, 2, undefined)).toBe(3);
    await expect(background.add!(1, 2, { signal: AbortSignal.abort('no') })).rejects.toBe('no');
    await expect(background.count_call!({ signal: AbortSignal.abort('no') })).rejects.toBe('no');
  });

  test('what was meant for an argument is not taken for them', async () => {
    for (const wrong of [{ x: 1 }, { signal: undefined, retries: 3 }, { type: 'f64', value: 1 }]) {
      await expect(background.add!(1, wrong)).rejects.toMatchObject({
        code: 'ERR_RUSTDLL_TYPE',
        message: expect.stringMatching(
          /^add: argument 2: expected a value to guess the type of, or options such as \{ signal \}, got an object with "(x|retries|type)"$/,
        ) as string,
      });
    }
    await expect(background.add!(1, { signal: 5 })).rejects.toThrow(
      /^add: argument 2 \(options\)\.signal: expected an A/,
    );
    await expect(background.add!({}, 1)).rejects.toMatchObject({ code: 'ERR_RUSTDLL_TYPE' });
    await expect(background.add!(1, new Map())).rejects.toMatchObject({ code: 'ERR_RUSTDLL_TYPE' });
  });
});

test('lists nested deeper than a copy can say are refused', async () => {
  await expect(background.add_one_nested_i64_2!(nest([1], 32))).rejects.toThrow(
    /^add_one_nested_i64_2: argument 1: lists are nested more than 32 deep, too deep for a call in the background$/,
  );
});

test('the functions are those of the library, found as they are asked for', async () => {
  const library = new RustDLL(libraryPath('kernels'));
  const forms = library.async as Record<string, unknown>;
  expect(Object.keys(forms)).toEqual([]);
  expect('add' in forms && !('adds' in forms) && !('then' in forms)).toBe(true);
  expect(forms.add).toBe(forms.add);
  expect((forms.add as Call).name).toBe('add');
  expect(Object.keys(forms)).toEqual(['add']);
  expect(forms.toString).toBe(undefined);
  expect(await Promise.resolve(forms)).toBe(forms);
  expect(forms.nodeType).toBe(undefined);
  expect(() => forms.ad).toThrow(/did you mean/);
  library.close();
  await expect((forms.add as Call)(1, 2)).rejects.toMatchObject({ code: 'ERR_RUSTDLL_CLOSED' });
  expect(() => forms.str_len).toThrow(/was closed/);
});
