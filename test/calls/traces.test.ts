/** The stack traces of errors begin at the line that made the call. */

import * as path from 'node:path';
import { RustDLL } from '../../src-ts/index';
import { WAYS } from '../support/exported';
import { libraryPath } from '../support/kernels';
import { thrownBy } from '../support/errors';

const HERE = path.basename(__filename);

/** Returns the first frame of an error. */
function firstFrame(error: Error): string | undefined {
  return error.stack!.split('\n').find((line) => line.startsWith('    at '));
}

function expectHere(call: () => unknown): void {
  const error = thrownBy(call);
  expect(firstFrame(error)).toContain(HERE);
  expect(error.stack).toMatch(/^(TypeError|RangeError|SyntaxError|RustDLLError): /);
  expect(error.stack).toContain(error.message);
}

type Functions = Record<string, (...args: unknown[]) => unknown>;

const SOURCE = 'fn add(a: u64, b: u64) -> u64; fn sum_i64(v: &PyVec<i64>) -> i64';

describe.each(WAYS)('%s', (_how, { lib, rustdll: { RustDLL } }) => {
  const kernels = new RustDLL(libraryPath('kernels'));
  const declared = kernels.declare(SOURCE) as unknown as Functions;
  const guessed = kernels as unknown as Functions;
  const exported = lib as unknown as Functions;
  const gone = new RustDLL(libraryPath('kernels'));
  const ofGone = gone.declare(SOURCE);
  gone.close();

  const CALLS: [string, () => unknown][] = [
    ['declared: a scalar', () => declared['add']!('1', 2)],
    ['declared: too few', () => declared['add']!()],
    ['declared: too many', () => declared['add']!(1, 2, 3)],
    ['declared: out of range', () => declared['add']!(-1, 2)],
    ['declared: a list', () => declared['sum_i64']!([1, 'x'])],
    ['declared: no list', () => declared['sum_i64']!(7)],
    ['declared: closed', () => ofGone.add(1, 2)],
    ['guessed: no value', () => guessed['add']!(null)],
    ['guessed: out of range', () => guessed['add']!(2 ** 60)],
    ['guessed: a mixed list', () => guessed['sum_i64']!([1, 'x'])],
    ['guessed: a surrogate', () => guessed['add']!('\ud800')],
    ['exported: a scalar', () => exported['add_i64']!('1', 2)],
    ['exported: too few', () => exported['add_i64']!()],
    ['exported: in the stream', () => exported['echo_points']!([{ x: 1, y: '2' }])],
    ['exported: a surrogate', () => exported['echo_str']!('\ud800')],
  ];

  test.each(CALLS)('%s', (_name, call) => {
    expectHere(call);
  });

  test('of a function that has been compiled', () => {
    for (let i = 0; i < 20_000; i++) declared['add']!(i, 1);
    expect(firstFrame(thrownBy(() => declared['add']!(1, '2')))).toContain(HERE);
  });

  test('in the background', async () => {
    const ofExported = lib.async as unknown as Functions;
    const ofDeclared = kernels.declare(SOURCE).async as unknown as Functions;
    async function errorOf(call: () => unknown): Promise<Error> {
      try {
        await call();
      } catch (error) {
        return error as Error;
      }
      throw new Error('no error');
    }
    for (const call of [
      () => ofExported['add_i64']!('1', 2),
      () => ofExported['add_i64']!(),
      () => ofExported['echo_points']!([{ x: '1' }]),
      () => ofExported['add_i64']!(1, 2, 7),
      () => ofDeclared['sum_i64']!([1, 'x']),
    ]) {
      expect(firstFrame(await errorOf(call))).toContain(HERE);
    }
    const panicked = await errorOf(() => ofExported['panic_str']!());
    const [, place, caller] = panicked.stack!.split('\n');
    expect(place).toMatch(/^ {4}at panic_str \(.*panics\.rs:\d+:\d+\)$/);
    expect(caller).toContain(HERE);
  });

  test('an error of the user’s own code, or of a call inside it, stays as it is', () => {
    const mine = new TypeError('mine');
    const { stack } = mine;
    const list = Object.defineProperty([1, 2], 1, {
      get: () => {
        throw mine;
      },
    });
    expect(thrownBy(() => declared['sum_i64']!(list))).toBe(mine);
    expect(mine.stack).toBe(stack);
    const inner = Object.defineProperty([1, 2], 1, {
      get: function getter() {
        return [declared['add']!('inner', 1)];
      },
    });
    expect(firstFrame(thrownBy(() => declared['sum_i64']!(inner)))).toContain('getter');
  });
});

describe('the class', () => {
  const kernels = new RustDLL(libraryPath('kernels'));

  test.each<[string, () => unknown]>([
    ['declare', () => kernels.declare('fn x(')],
    ['declare: no text', () => kernels.declare(7 as unknown as string)],
    ['no such function', () => kernels.declare('fn nowhere()')],
    ['no such property', () => (kernels as unknown as Functions)['sum_i46']!([1])],
    ['new', () => new RustDLL('none.so')],
    ['new: options', () => new RustDLL(libraryPath('kernels'), 7 as never)],
    ['find', () => RustDLL.find('none', { from: __dirname })],
  ])('%s', (_name, call) => {
    expectHere(call);
  });
});
