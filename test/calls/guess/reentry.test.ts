import { TEXT_UNITS } from '../../../src-ts/crossing/block';
import * as api from '../../../src-ts/index';
import { Typed } from '../../../src-ts/levels/guess/typed';
import type { ScalarName } from '../../../src-ts/types/scalar';
import { PARAMETERS } from '../../support/arguments';
import { hashOfAll } from '../../support/canonical';
import { expectTypeError, thrownBy } from '../../support/errors';
import { expectHealthy } from '../../support/health';
import { callsDuring, declared, guessed, kernels, libraryPath, unsigned } from '../../support/kernels';
import { whileReplaced } from '../../support/replaced';
import { withAccessor } from '../../support/watched';

// These arguments run code of the user's while they are classified.

const { f64, i64, u8 } = api;
const long = 'x'.repeat(TEXT_UNITS + 1);
const declaredAdd = declared('fn add(a: i64, b: i64) -> i64');
const exported = new api.RustDLL(libraryPath('exported')) as unknown as { words(text: string): string[] };

let disturbances = 0;

/** Makes calls at every level that fill the whole block: all registers, the stack, and all places for strings. */
function disturb(): void {
  disturbances++;
  kernels.noop(...new Array<number>(30).fill(-1));
  kernels.noop(...new Array<number>(36).fill(-0.5));
  kernels.noop('1', '2', '3', '4', '5', '6', true, 2n ** 63n);
  kernels.noop(-1, f64(-1), [-1], 'other', Buffer.from('other'), i64([2]));
  expect(declaredAdd(1000, 2000)).toBe(3000);
  expect(exported.words('in between')).toEqual(['in', 'between']);
  expectTypeError(() => kernels.noop(7, 7.5, 'seven', [7], null), 'noop: argument 5');
}

/** Makes a wrapper whose getters were redefined: they make calls and return other values. No call may use them. */
function redefined(type: ScalarName, value: unknown): Typed {
  const typed = new Typed(type, value);
  const get = (): unknown => (disturb(), 'redefined');
  return Object.defineProperties(typed, { type: { get }, value: { get } });
}

/** Counts the runs of {@link disturb} during `run`. */
function disturbancesDuring(run: () => void): number {
  const before = disturbances;
  run();
  return disturbances - before;
}

/** Makes a list with an element that runs {@link disturb} at every access. */
const disturbingList = (): number[] =>
  withAccessor(
    [1, 2],
    1,
    () => (disturb(), 2),
    () => {
      disturb();
    },
  );

const VALUES: Readonly<Record<string, (i: number) => unknown>> = {
  bool: (i) => i % 3 === 0,
  f32: (i) => i * 0.25 + 0.125,
  f64: (i) => -i * 1.1 - 0.123,
};
const valueOf = (type: ScalarName, i: number): unknown =>
  VALUES[type]?.(i) ?? (type.startsWith('u') ? 3 * i + 1 : -3 * i - 1);

afterEach(expectHealthy);

describe.each(Object.keys(PARAMETERS))('%s: registers and stack', (name) => {
  const types = PARAMETERS[name]!;
  const values = types.map(valueOf);
  const expected = hashOfAll(types, values);
  const call = guessed(`hash_${name}`);
  const wrap = (i: number): Typed => new Typed(types[i]!, values[i]);

  test('wrappers whose getters were redefined, which nobody asks', () => {
    const args = types.map((type, i) => redefined(type, values[i]));
    expect(disturbancesDuring(() => expect(unsigned(call(...args))).toBe(expected))).toBe(0);
  });

  test('numbers before a list that calls', () => {
    const plain = types.map((type, i) => (type === 'f32' ? wrap(i) : values[i]));
    if (plain.length > 30) return;
    expect(unsigned(call(...plain, disturbingList()))).toBe(expected);
    expect(unsigned(call(...plain, disturbingList(), long, f64(disturbingList())))).toBe(expected);
  });
});

describe('everything between arguments that call', () => {
  // The kernel returns len(s) + 2 a + 3 trunc(x) + 4 sum(v) + 5 flag + 6 trunc(sum(w)).
  const total = (text: string): number => Buffer.byteLength(text) + 20 + 6 + 4 * 3 + 5 + 6 * 3;

  test.each(['', 'né', long])('%#', (text) => {
    const floats = (): number[] => withAccessor([0.5, 2.5], 0, () => (disturb(), 0.5), disturb);
    expect(kernels.mixed_guess(text, 10, 2.75, disturbingList(), true, floats())).toBe(total(text));
    const wrapped = i64(disturbingList());
    expect(kernels.mixed_guess(text, i64(10n), 2.75, wrapped, true, floats())).toBe(total(text));
    const view = redefined('f64', new Float64Array([0.5, 2.5]));
    const list = redefined('i64', disturbingList());
    expect(kernels.mixed_guess(text, 10, redefined('f64', 2.75), list, true, view)).toBe(total(text));
  });

  test('five strings, of which the crossing encodes four', () => {
    const texts = ['a', 'bc', 'def', 'ghij', 'klmno'];
    const hash = kernels.hash_str('a');
    for (let at = 1; at <= 5; at++) {
      expect(kernels.hash_str(...texts.slice(0, at), disturbingList(), ...texts.slice(at))).toBe(hash);
    }
    expect(kernels.add(1, 2, ...texts, disturbingList(), long)).toBe(3);
  });

  test('what a getter of a list throws is thrown, and nothing is called', () => {
    const mine = new Error('mine');
    const list = withAccessor([1, 2], 0, () => {
      disturb();
      throw mine;
    });
    const call = (): unknown => kernels.count_call_with(1, 'text', f64(list));
    expect(callsDuring(() => expect(thrownBy(call)).toBe(mine))).toBe(0);
  });

  test('fifty calls inside one another', () => {
    const sums: unknown[] = [];
    const descend = (depth: number): void => {
      const list = withAccessor([0], 0, () => {
        if (depth < 50 && sums.length === 0) descend(depth + 1);
        return 0;
      });
      sums.push(kernels.add(depth, 1000, f64([0.5]), i64(list), `level ${depth}`));
    };
    descend(0);
    expect(sums).toEqual(Array.from({ length: 51 }, (_, i) => 1050 - i));
  });
});

describe('a wrapper whose type is no scalar', () => {
  const TYPES: readonly unknown[] = [
    'i128',
    '',
    'constructor',
    'toString',
    '__proto__',
    'hasOwnProperty',
    undefined,
    null,
    64,
    Symbol('f64'),
    { toString: disturb },
    { [Symbol.toPrimitive]: disturb },
    ['f64'],
  ];

  test.each(TYPES.map((type) => [type] as const))('%p', (type) => {
    for (const value of [1, [1], new Float64Array(1)]) {
      const typed = new Typed(type as ScalarName, value);
      expectTypeError(() => kernels.noop(1, typed), /^noop: argument 2: expected .*scalar type.*, got /);
    }
  });
});

describe('no code of a value runs', () => {
  /** Makes a Proxy that runs {@link disturb} at every access, and counts the accesses. */
  function asked<T extends object>(target: T): { proxy: T; count: () => number } {
    let count = 0;
    const handler = new Proxy(
      {},
      {
        get:
          (_, trap: keyof typeof Reflect) =>
          (...args: never[]) => (count++, disturb(), (Reflect[trap] as (...args: never[]) => unknown)(...args)),
      },
    );
    return { proxy: new Proxy(target, handler), count: () => count };
  }

  /** Gives `target` a getter for every property that code might look up. The getters make calls. */
  function hostile<T extends object>(target: T): T {
    const names = ['valueOf', 'toString', 'toJSON', 'length', 'type', 'value', 'constructor', 'then'];
    for (const key of [...names, Symbol.toPrimitive, Symbol.iterator, Symbol.toStringTag]) {
      if (Object.getOwnPropertyDescriptor(target, key)?.configurable ?? true) {
        Object.defineProperty(target, key, { get: disturb });
      }
    }
    return target;
  }

  test.each<[string, object]>([
    ['a wrapper', f64(1)],
    ['a wrapped list', f64([1, 2])],
    ['a typed array', new Float64Array(2)],
    ['a Buffer', Buffer.from('abc')],
    ['an ArrayBuffer', new ArrayBuffer(8)],
    ['an object', {}],
    ['a function', () => 1],
    ['a boxed string', Object('text') as object],
  ])('a Proxy around %s is refused unasked', (_, target) => {
    const { proxy, count } = asked(target);
    expectTypeError(() => kernels.add(1, 2, proxy), 'add: argument 3: expected ');
    expectTypeError(() => kernels.add(1, 2, f64(proxy as never)), 'add: argument 3: expected ');
    expect(count()).toBe(0);
  });

  test.each<[string, object]>([
    ['a boxed string', hostile(Object('text') as object)],
    ['a boxed number', hostile(Object(1) as object)],
    ['a date', hostile(new Date(0))],
    ['an object', hostile({})],
    ['a function', hostile(() => 1)],
    ['what inherits from a list', hostile(Object.create([1, 2]) as object)],
    ['what inherits from a wrapper', hostile(Object.create(f64(1)) as object)],
    ['what inherits from a typed array', hostile(Object.create(new Uint8Array(1)) as object)],
  ])('%s is refused unasked', (_, value) => {
    const before = disturbances;
    for (const call of [() => kernels.add(1, 2, value), () => kernels.add(1, 2, f64(value as never))]) {
      expectTypeError(call, 'add: argument 3: expected ');
    }
    expectTypeError(() => declaredAdd(1, value), 'add: argument 2 (b): expected an integer (i64)');
    expect(disturbances).toBe(before);
  });

  test('a typed array that answers for itself', () => {
    const keys = ['length', 'byteLength', 'byteOffset', 'buffer', 'constructor', Symbol.toStringTag, Symbol.iterator];
    const bytes = new Uint8Array([1, 2, 3]);
    const before = disturbances;
    for (const key of keys) Object.defineProperty(bytes, key, { get: disturb });
    expect(Number(kernels.sum_u8(bytes)) & 0xff).toBe(6);
    expect(Number(kernels.sum_u8(u8(bytes as never))) & 0xff).toBe(6);
    expect(kernels.add(1, 2, bytes, 'text')).toBe(3);
    expect(disturbances).toBe(before);
  });

  test('a subclass of Array', () => {
    class List extends Array<number> {
      override get length(): number {
        return (disturb(), 100);
      }
      static override get [Symbol.species](): ArrayConstructor {
        disturb();
        return Array;
      }
    }
    const list = List.from([1, 2, 3]);
    const before = disturbances;
    expect(kernels.sum_i64(list)).toBe(6);
    expect(kernels.add(1, 2, list)).toBe(3);
    expect(disturbances).toBe(before);
  });
});

describe('methods of lists that somebody replaced by ones that call', () => {
  const call = (): void => {
    kernels.noop(-1, -2, -3, -4, -5, -6, -7, -8, -0.5, 'other');
  };

  test('arguments in registers and on the stack', () => {
    const types = PARAMETERS['ints_36']!;
    const values = types.map((type, i) => valueOf(type, i));
    expect(whileReplaced(call, () => unsigned(guessed('hash_ints_36')(...values)))).toBe(hashOfAll(types, values));
  });

  test('lists and views', () => {
    const views = [new Uint8Array([1]), new Float64Array(2), new Uint8Array(3)];
    expect(whileReplaced(call, () => kernels.add(1, 2, [1, 2], 'text', [0.5], ...views))).toBe(3);
  });
});
