import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import fc from 'fast-check';
import { bool, f32, f64, i64, RustDLL, u32, u64, u8 } from '../../../src-ts/index';
import { expectRangeError, expectTypeError, thrownBy } from '../../support/errors';
import { isElf, plainLibrary } from '../../support/plain';

type Functions = Readonly<Record<string, (...args: unknown[]) => number | bigint>>;

const describeElf = isElf ? describe : describe.skip;

describeElf('guesses that the debug information contradicts', () => {
  const dll = new RustDLL(isElf ? plainLibrary('debug') : '') as RustDLL & Functions;
  const unchecked = new RustDLL(isElf ? plainLibrary('debug') : '', { check: false }) as RustDLL & Functions;
  let warn: jest.SpyInstance;

  beforeAll(() => (warn = jest.spyOn(process, 'emitWarning').mockImplementation()));
  afterAll(() => {
    warn.mockRestore();
  });

  test('say what is taken, what was passed, and what to declare', () => {
    expectTypeError(
      () => dll.scale?.([1.5], 2),
      'scale: argument 2 (by): the library takes f64, got the whole number 2, which is passed as an integer; ' +
        "write f64(...)\n  dll.declare('fn scale(v: &mut PyVec<f64>, by: f64)')",
      'ERR_RUSTDLL_TYPE',
    );
    expectTypeError(
      () => dll.add?.(1),
      "add: the library takes 2 arguments, got 1\n  dll.declare('fn add(a: i64, b: i64) -> i64')",
      'ERR_RUSTDLL_ARITY',
    );
    expectTypeError(
      () => dll.repeat?.('a', '2'),
      "repeat: argument 2 (times): the library takes u32, got a string\n  dll.declare('fn repeat(text: &PyStr, times: u32) -> u64')",
      'ERR_RUSTDLL_TYPE',
    );
    expectTypeError(
      () => dll.text?.('a'),
      'text: argument 1 (s): the library takes &str, which a guessed call does not pass\n  fn text(s: &str) -> i64',
      'ERR_RUSTDLL_TYPE',
    );
    expectRangeError(
      () => dll.narrow?.(256, 0),
      "narrow: argument 1 (a): the library takes u8, which number 256 does not fit\n  dll.declare('fn narrow(a: u8, b: i16) -> i32')",
      'ERR_RUSTDLL_RANGE',
    );
    expectTypeError(
      () => dll.sum_bytes?.([1, 2]),
      'sum_bytes: argument 1 (v): the library takes &PyVec<u8>, got a list that is passed as &mut PyVec<i64>; write ' +
        "u8(...)\n  dll.declare('fn sum_bytes(v: &PyVec<u8>) -> u64')",
      'ERR_RUSTDLL_TYPE',
    );
  });

  test.each<[string, unknown[]]>([
    ['add', []],
    ['add', [1, 2, 3]],
    ['add', [1.5, 2]],
    ['add', [1, NaN]],
    ['add', ['1', 2]],
    ['add', [[1], 2]],
    ['add', [f64(1), 2]],
    ['add', [new Float64Array(1), 2]],
    ['nothing', [1]],
    ['half', [1]],
    ['half', [-0]],
    ['half', [1e300]],
    ['half', [1n]],
    ['half', [true]],
    ['half', ['1.5']],
    ['half', [f32(1.5)]],
    ['half', [[1.5]]],
    ['half_f32', [1.5]],
    ['half_f32', [1]],
    ['half_f32', [f64(1)]],
    ['not', [2]],
    ['not', [0.5]],
    ['not', ['']],
    ['not', [f64(1)]],
    ['chosen', ['true', 1, 2]],
    ['letter', ['a']],
    ['letter', [0xd800]],
    ['letter', [true]],
    ['scale', [[1, 2], 2.5]],
    ['scale', [2.5, [1.5]]],
    ['scale', ['text', 2.5]],
    ['scale', [new Float32Array(1), 2.5]],
    ['scale', [[1n], 2.5]],
    ['scale', [[true], 2.5]],
    ['scale', [[[1.5]], 2.5]],
    ['mean', [1000]],
    ['mean', [0]],
    ['sum', [[1.5]]],
    ['sum', [['a']]],
    ['sum', [[2n ** 63n]]],
    ['sum', [f64([1])]],
    ['sum', [new BigUint64Array(1)]],
    ['sum', [new Uint8Array(1)]],
    ['sum_u64', [[-1]]],
    ['sum_u64', [[1, -1n]]],
    ['sum_u64', [new BigInt64Array(1)]],
    ['sum_f32', [[1.5]]],
    ['sum_bytes', [[1]]],
    ['sum_bytes', [[true]]],
    ['all', [[1]]],
    ['all', ['true']],
    ['count', [5]],
    ['count', [['a']]],
    ['repeat', [2, 'a']],
    ['repeat', ['a', 1.5]],
    ['nested', [[1]]],
    ['nested', [[[1.5]]]],
    ['nested', [[[[1]]]]],
    ['nested', [['a']]],
    ['nested_floats', [[[1]]]],
    ['nested_floats', [[new Float32Array(1)]]],
    ['join', ['a']],
    ['join', [[1]]],
    ['join', [[['a']]]],
    ['in_place', [[[1]]]],
    ['optional', [1]],
    ['optional', [[1.5]]],
    ['optional', ['a']],
    ['raw', [[1.5], 1]],
    ['raw', [new Float64Array(1), 1]],
    ['raw', ['a', 1]],
    ['raw', [1.5, 1]],
    ['raw_list', [[1.5]]],
    ['c_string', ['a']],
    ['c_string', [Buffer.from('a\0')]],
    ['c_string', [[97, 0]]],
    ['call', ['add']],
    ['call', [1.5]],
    ['text', ['a']],
    ['floats', [[1.5]]],
    ['wide', [1]],
    ['norm', [1.5]],
    ['norm_of', [1.5]],
    ['first_of', [[1.5]]],
    ['first_of', [new Float64Array(8)]],
    ['block', [1]],
    ['colour', ['Red']],
    ['colour', [0.5]],
    ['unused', [1, 1.5]],
    ['unused', [1, 2, [1.5]]],
    // The compiler does not describe the first parameter.
    ['pattern', [1, 1.5]],
  ])('%s(%j) is refused', (name, args) => {
    expect(() => dll[name]?.(...args)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^ERR_RUSTDLL_(?:TYPE|ARITY)$/) as string }) as Error,
    );
  });

  test.each<[string, unknown[]]>([
    ['add', [2 ** 63, 0]],
    ['repeat', ['a', 1e300]],
    ['flip', [-1]],
    ['flip', [-1n]],
    ['flip', [2n ** 64n]],
    ['flip', [-(2 ** 40)]],
    ['index', [0, -1]],
    ['repeat', ['a', 2 ** 40]],
    ['repeat', ['a', -1]],
    ['repeat', ['a', 2 ** 32]],
    ['narrow', [-1, 0]],
    ['narrow', [0, 32768]],
    ['narrow', [0, u32(32768)]],
    ['add', [2n ** 63n, 0]],
  ])('%s(%j) is out of range', (name, args) => {
    expect(() => dll[name]?.(...args)).toThrow(RangeError);
  });

  test.each<[string, unknown[]]>([
    ['add', [1, 2]],
    ['add', [1n, -2n]],
    ['add', [true, i64(2)]],
    ['add', [u8(1), 2 ** 40]],
    ['add', [-0, 2]],
    ['add', [2 ** 40, 1 - 2 ** 53]],
    ['flip', [2 ** 40]],
    ['repeat', ['a', 2 ** 32 - 1]],
    ['rounded', [1.5]],
    ['rounded', [f64(2)]],
    ['rounded', [Infinity]],
    ['chosen', [true, 1, 2]],
    ['chosen', [1, 1, 2]],
    ['chosen', [bool(false), 1, 2]],
    ['flip', [5]],
    ['flip', [2n ** 64n - 1n]],
    ['index', [-1, 5]],
    ['sum', [[1, -2, 3]]],
    ['sum', [[1n, -2n]]],
    ['sum', [[]]],
    ['sum', [new BigInt64Array([1n, -1n])]],
    ['sum_u64', [[1, 2]]],
    ['sum_u64', [[1n, 2n ** 64n - 1n]]],
    ['sum_u64', [[]]],
    ['sum_u64', [u64([1, 2])]],
    ['sum_f32', [f32([1.5])]],
    ['sum_f32', [new Float32Array(2)]],
    ['sum_f32', [[]]],
    ['sum_f32', ['']],
    ['sum_f32', [new Float64Array(0)]],
    ['sum_f32', [u8([])]],
    ['sum_bytes', ['text']],
    ['sum_bytes', [Buffer.from([1, 2])]],
    ['sum_bytes', [u8([1, 2])]],
    ['all', [[true, false]]],
    ['count', ['né']],
    ['count', ['né'.repeat(2000)]],
    ['count', [Buffer.from('né')]],
    ['repeat', ['abc', 3]],
    ['nested', [[[1], [2, 3]]]],
    ['nested', [[[2n ** 62n], [2n ** 62n]]]],
    ['nested', [[[], []]]],
    ['nested', [[]]],
    ['nested_floats', [[[1.5], [2]]]],
    ['nested_floats', [[[], []]]],
    ['nested_floats', [[new Float64Array([1, 2])]]],
    ['join', [['a', 'bc']]],
    ['join', [[Buffer.from('a')]]],
    ['in_place', [[]]],
    ['optional', [0]],
    ['optional', [0n]],
    ['optional', [[1, 2]]],
    ['raw', [0, 5]],
    ['raw_list', [[1, 2]]],
    ['raw_list', [0]],
    ['c_string', [0]],
    ['anything', [123456]],
    ['colour', [1]],
    ['colour', [false]],
    ['unused', [1, 1.5, [2.5]]],
    ['unused', [1, 1.5, []]],
    ['twin_a', [3]],
    ['twin_b', [3]],
    ['inner', [1, [1.5]]],
    ['outer', [1, [1.5]]],
  ])('%s(%j) is right, and the same without the check', (name, args) => {
    const expected = unchecked[name]?.(...args);
    expect(dll[name]?.(...args)).toEqual(expected);
    expect(dll[name]?.(...args)).toEqual(expected);
  });

  test('in the background too', async () => {
    await expect(dll.async.add(1, 2)).resolves.toBe(3);
    await expect(dll.async.sum([1, 2])).resolves.toBe(33);
    await expect(dll.async.add(1, 2.5)).rejects.toThrow(
      'add: argument 2 (b): the library takes i64, got the number 2.5',
    );
    await expect(dll.async.sum([1.5])).rejects.toThrow('sum: argument 1 (v): the library takes &PyVec<i64>');
    await expect(dll.async.add(1)).rejects.toThrow('add: the library takes 2 arguments, got 1');
    await expect(dll.async.add(1, 2, { signal: new AbortController().signal })).resolves.toBe(3);
  });

  test('nothing is changed by a call that is refused, and getters run once', () => {
    let reads = 0;
    const list = [0, 1.5];
    Object.defineProperty(list, 0, { get: () => (reads++, 2.5), enumerable: true });
    expect(() => dll.scale?.(list, 2)).toThrow('argument 2 (by)');
    expect(reads).toBe(0);
    expect(() => dll.sum?.(list)).toThrow('argument 1 (v)');
    const readsOfRefused = reads;
    reads = 0;
    expect(() => unchecked.sum?.(list)).not.toThrow();
    expect(readsOfRefused).toBe(reads);
  });

  test('a trace begins at the call', () => {
    const error = thrownBy(() => dll.add?.(1));
    expect(error.stack?.split('\n    at ')[1]).toContain(path.basename(__filename));
  });

  test('results that are not read are warned of once', () => {
    warn.mockClear();
    const fresh = new RustDLL(plainLibrary('release')) as RustDLL & Functions;
    for (let i = 0; i < 3; i++) {
      fresh.half?.(1.5);
      fresh.not?.(true);
      fresh.narrow?.(1, 2);
      fresh.nothing?.();
      fresh.add?.(1, 2);
      fresh.flip?.(1);
    }
    const kind = ['RustDLLWarning', 'RUSTDLL_GUESSED_RESULT'];
    expect(warn.mock.calls).toEqual([
      [
        "half: it returns f64, which a guessed call does not read; declare it:\n  dll.declare('fn half(x: f64) -> f64')",
        ...kind,
      ],
      [
        "not: it returns bool, of which a guessed call reads undefined bits too; declare it:\n  dll.declare('fn not(x: bool) -> bool')",
        ...kind,
      ],
      [
        "narrow: it returns i32, of which a guessed call reads undefined bits too; declare it:\n  dll.declare('fn narrow(a: u8, b: i16) -> i32')",
        ...kind,
      ],
      [
        "nothing: it returns nothing, and what a guessed call returns is arbitrary; declare it:\n  dll.declare('fn nothing()')",
        ...kind,
      ],
    ]);
  });

  test('RUSTDLL_CHECK=0 turns the check off', () => {
    const run = (check: string): string =>
      execFileSync(process.execPath, [path.join(__dirname, '..', '..', 'support', 'checked.cjs')], {
        env: { ...process.env, RUSTDLL_CHECK: check, LIBRARY: plainLibrary('debug') },
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    expect(run('1')).toBe('add: the library takes 2 arguments, got 3\n');
    expect(run('0')).toBe('3\n');
  });

  test.each([[1], ['no'], [null], [{}]])('{ check: %j } is no option', (check) => {
    expectTypeError(
      () => new RustDLL(plainLibrary('debug'), { check } as object),
      /^RustDLL: expected options such as \{ check: false \}, got /,
      'ERR_RUSTDLL_TYPE',
    );
  });

  test('a library without debug information is called as ever', () => {
    const plain = new RustDLL(plainLibrary('none')) as RustDLL & Functions;
    expect(plain.add?.(1, 2)).toBe(3);
    expect(plain.add?.(1, 2, 3)).toBe(3);
    expect(plain.sum?.([1, 2])).toBe(33);
  });

  test('any arguments are refused, or passed as without the check', () => {
    const leaf = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double(), fc.boolean(), fc.bigInt(), fc.string());
    const leaves = fc.oneof(
      fc.array(fc.integer({ min: -5 })),
      fc.array(fc.double()),
      fc.array(fc.boolean()),
      fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n })),
      fc.array(fc.string()),
    );
    const wrapped = fc.oneof(
      fc.double().map((x) => f64(x)),
      fc.array(fc.double()).map((x) => f64(x)),
      fc.array(fc.integer({ min: 0, max: 255 })).map((x) => u8(x)),
    );
    const view = fc.oneof(fc.uint8Array(), fc.float64Array(), fc.float32Array(), fc.bigInt64Array());
    const value = fc.oneof(leaf, leaves, wrapped, view, fc.array(leaves), fc.array(fc.float64Array()));
    const names = ['add', 'all', 'chosen', 'count', 'flip', 'index', 'join', 'nested', 'nested_floats', 'repeat'];
    names.push('rounded', 'sum', 'sum_u64', 'sum_f32', 'sum_bytes', 'unused', 'twin_a', 'outer');
    let right = 0;
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.array(value, { maxLength: 3 }), (name, args) => {
        let result: unknown;
        try {
          result = dll[name]?.(...args);
        } catch (error) {
          expect(error).toHaveProperty('code', expect.stringMatching(/^ERR_RUSTDLL_/));
          return;
        }
        right++;
        expect(unchecked[name]?.(...args)).toEqual(result);
      }),
      { numRuns: 3000 },
    );
    expect(right).toBeGreaterThan(30);
  });
});
