import { WAYS } from '../../support/exported';
import { libraryPath } from '../../support/kernels';

const OPENED = WAYS.map(([name, { rustdll }]) => [name, new rustdll.RustDLL(libraryPath('callbacks'))] as const);
type Library = (typeof OPENED)[number][1];

/** Values that a type accepts, those just beyond, and of other types. */
const VALUES: readonly unknown[] = [
  ...[0, -0, 1, -1, 2, 127, 128, -128, -129, 255, 256, 32767, 32768, -32768, -32769, 65535, 65536],
  ...[2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1, 2 ** 53, -(2 ** 53) + 1],
  ...[0.5, -1.5, NaN, Infinity, -Infinity, 3.4028234663852886e38, 3.4028235677973366e38, -3.5e38, 1e-46, 1e308],
  ...[1n, -1n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 64n, -(2n ** 63n)],
  ...[true, false, null, undefined, '', 'a', '🦀', 'ab', '\ud800', [1], {}, Symbol.iterator],
];

/** Returns the outcome of a call, as text. */
function outcomeOf(call: () => unknown): string {
  try {
    const value = call();
    return `${typeof value} ${Object.is(value, -0) ? '-0' : String(value)}`;
  } catch (error) {
    const { name, code, message } = error as Error & { code?: string };
    return `${name} ${code ?? ''} ${message}`;
  }
}

const TYPES = ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'isize', 'usize', 'f32', 'f64', 'bool', 'char'];

/** A value of each type with which its function is called. */
const firstOf = (type: string): unknown => (type === 'bool' ? true : type === 'char' ? 'x' : 1);

describe.each(TYPES)('a callback of %s', (type) => {
  const pass = (lib: Library, value: unknown, f: (value: unknown) => unknown): unknown => {
    const call = lib[`pass_${type}`] as (value: unknown, f: (value: unknown) => unknown) => unknown;
    return call(value, f);
  };

  test('it returns the same, and is refused for the same reasons, with generated code and without', () => {
    for (const value of VALUES) {
      const outcomes = OPENED.map(([, lib]) => outcomeOf(() => pass(lib, firstOf(type), () => value)));
      expect(new Set(outcomes)).toEqual(new Set([outcomes[0]]));
    }
  });

  test('what a function accepts arrives as it was, and so does what it returns', () => {
    for (const value of VALUES) {
      const direct = OPENED.map(([, lib]) => {
        let seen: unknown;
        const outcome = outcomeOf(() =>
          pass(lib, value, (given) => {
            seen = given;
            return given;
          }),
        );
        return `${String(seen)} ${outcome}`;
      });
      expect(new Set(direct)).toEqual(new Set([direct[0]]));
    }
  });
});

test.each(OPENED)('it may take several scalars, and exact integers: %s', (_, lib) => {
  const seen: unknown[][] = [];
  const choose = lib.choose as (a: number, b: number, name: string, f: (...args: unknown[]) => unknown) => string;
  const chosen = choose(1.5, 2, 'größer', (...args) => {
    seen.push(args);
    return true;
  });
  expect(chosen).toBe('größer 1.5 2 true');
  const weigh = lib.weigh as (f: (...args: unknown[]) => unknown) => bigint;
  const weighed = weigh((...args) => {
    seen.push(args);
    return 2n ** 63n;
  });
  expect(weighed).toBe(2n ** 63n);
  expect(seen).toEqual([
    [-1, 0.5, true, 2 ** 32 - 1, -5, 0.25],
    [-1, 0.5, true, 2 ** 32 - 1, -5n, 0.25],
  ]);
});

test.each(OPENED)('calls between do not disturb the call that it was lent to: %s', (_, lib) => {
  const { choose, total, apply, between } = lib as unknown as {
    choose: (a: number, b: number, name: string, f: (...args: unknown[]) => unknown) => string;
    total: (count: number, f: (k: number) => number) => number;
    apply: (f: (x: number) => number, x: number) => number;
    between: (text: string, numbers: number[], f: (text: string) => void) => string;
  };
  const nested = (depth: number): string =>
    choose(depth, -depth, `depth ${depth}`, () => {
      expect(apply((x) => x + total(3, (k) => k), depth)).toBe(depth + 3);
      // It is refused when its first argument has been stored.
      expect(() => choose(8, 'x' as unknown as number, 'y', () => true)).toThrow(TypeError);
      expect(between('short', [1, 2], () => total(2, (k) => k))).toContain('short');
      if (depth > 0) expect(nested(depth - 1)).toBe(`depth ${depth - 1} ${depth - 1} ${1 - depth} true`);
      return true;
    });
  for (let depth = 1; depth < 10; depth++) expect(nested(depth)).toBe(`depth ${depth} ${depth} ${-depth} true`);
});

test('a call may make millions of calls without holding on to anything of them', () => {
  const [[, lib]] = OPENED as [(typeof OPENED)[number]];
  const total = lib.total as (count: number, f: (k: number) => number) => number;
  const zero = (): number => 0;
  total(200_000, zero);
  const memory: number[] = [];
  total(2_000_001, (k) => {
    if (k % 1_000_000 === 0) memory.push(process.memoryUsage.rss());
    return 0;
  });
  expect(memory).toHaveLength(3);
  expect((memory[2] as number) - (memory[1] as number)).toBeLessThan(4 << 20);
});
