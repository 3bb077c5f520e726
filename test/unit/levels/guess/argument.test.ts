import * as api from '../../../../src-ts/index';
import { guessed, kernels } from '../../../support/kernels';
import { watched } from '../../../support/watched';

// Functions of this copy of the module can be replaced.
const TYPED = '../../../../src-ts/levels/guess/typed';
jest.mock('../../../../src-ts/levels/guess/typed', () => ({
  ...jest.requireActual<object>('../../../../src-ts/levels/guess/typed'),
}));

const { f64, u8 } = api;

/** The functions that classify an argument. */
const QUESTIONS = [
  [Array, 'isArray'],
  [jest.requireMock<object>(TYPED), 'isTyped'],
  [ArrayBuffer, 'isView'],
] as const;

/** Counts the calls of each function with each of `values` while `run` runs, such as `isArray 1`. */
function questionsDuring(values: readonly unknown[], run: () => void): string[] {
  const asked = new Map<string, number>();
  const restore = QUESTIONS.map(([owner, name]) => {
    const target = owner as unknown as Record<string, (value: unknown) => unknown>;
    const original = target[name]!;
    target[name] = (value) => {
      const index = values.indexOf(value);
      if (index >= 0) asked.set(`${index} ${name}`, (asked.get(`${index} ${name}`) ?? 0) + 1);
      return original.call(owner, value);
    };
    return () => (target[name] = original);
  });
  try {
    run();
  } finally {
    for (const put of restore) put();
  }
  return [...asked].map(([question, count]) => `${question} ${count}`).sort();
}

describe('what an argument is, is asked once', () => {
  const around: readonly (readonly [string, unknown[]])[] = [
    ['alone', []],
    ['after a number', [1]],
    ['after numbers, strings and lists', [1, 'a', 0.5, [1], true, 2n, new Uint8Array(1), f64(1), f64([1])]],
  ];

  describe.each(around)('%s', (_, before) => {
    const asked = (...values: unknown[]): string[] =>
      questionsDuring(values, () => guessed('noop')(...before, values[0], ...before.slice(0, 2)));

    test('a list', () => expect(asked([1, 2])).toEqual(['0 isArray 1']));

    test('a Proxy around a list', () => expect(asked(watched([1, 2]).list)).toEqual(['0 isArray 1']));

    // A view is examined once for its type, and once for its address after nothing can move it.
    test('a typed array', () => {
      expect(asked(new Float64Array(1))).toEqual(['0 isArray 1', '0 isTyped 1', '0 isView 2']);
    });

    test('a wrapped number', () => expect(asked(f64(1))).toEqual(['0 isArray 1', '0 isTyped 1']));

    test('a wrapped list', () => {
      const list = [1, 2];
      expect(asked(u8(list), list)).toEqual(['0 isArray 1', '0 isTyped 1', '1 isArray 1']);
    });
  });

  test('the elements of a list are read as often, whatever else there is', () => {
    const reads = (...before: unknown[]): string[] => {
      const keys: string[] = [];
      const list = new Proxy([1, 2, 3], {
        get: (target, key, receiver) => (keys.push(String(key)), Reflect.get(target, key, receiver) as unknown),
        has: (target, key) => (keys.push(`has ${String(key)}`), Reflect.has(target, key)),
        getPrototypeOf: (target) => (keys.push('getPrototypeOf'), Reflect.getPrototypeOf(target)),
        getOwnPropertyDescriptor: (target, key) => (
          keys.push(`descriptor of ${String(key)}`),
          Reflect.getOwnPropertyDescriptor(target, key)
        ),
        ownKeys: (target) => (keys.push('ownKeys'), Reflect.ownKeys(target)),
      });
      kernels.noop(...before, list);
      return keys;
    };
    const alone = reads();
    expect(new Set(alone)).toEqual(new Set(['length', '0', '1', '2']));
    expect(reads(1, 'a', [1], 0.5, new Uint8Array(1), f64(1))).toEqual(alone);
  });
});
