/** The code of a function is generated at its first call. */

import type { Plan } from '../../../src-ts/call/plan';
import { RustDLL, RustError } from '../../../src-ts/index';
import { Arena } from '../../../src-ts/memory/arena';
import { specialize } from '../../../src-ts/runtime/code';
import type { RecordDefinition } from '../../../src-ts/types/shape';
import { encodeArgument } from '../../../src-ts/values/stream/argument';
import { Encoders } from '../../../src-ts/values/stream/encoders';
import { kernels, libraryPath, type LooseFunction } from '../../support/kernels';

type CodeModule = typeof import('../../../src-ts/runtime/code');
type FunctionModule = typeof import('../../../src-ts/call/function');

jest.mock<CodeModule>('../../../src-ts/runtime/code', () => {
  const actual = jest.requireActual<CodeModule>('../../../src-ts/runtime/code');
  return { ...actual, specialize: jest.fn(actual.specialize) as typeof actual.specialize };
});

/** Returns the functions for which code was generated since the last call of this function. */
function made(): string[] {
  const { mock } = jest.mocked(specialize);
  const calls = mock.calls.map(([, , kind, name]) => `${kind} ${name}`);
  mock.calls.length = 0;
  return calls;
}

function loadInterpreted(): FunctionModule {
  let loaded: FunctionModule | undefined;
  jest.isolateModules(() => {
    jest.doMock('../../../src-ts/runtime/code', () => ({ canSpecialize: false }));
    loaded = jest.requireActual<FunctionModule>('../../../src-ts/call/function');
    jest.dontMock('../../../src-ts/runtime/code');
  });
  return loaded as FunctionModule;
}

const WAYS = [
  ['generated', jest.requireActual<FunctionModule>('../../../src-ts/call/function')],
  ['interpreted', loadInterpreted()],
] as const;

type Functions = Readonly<Record<string, LooseFunction>>;

test('a declared function has code once it is called', () => {
  made();
  const lib = kernels.declare('fn add(a: i64, b: i64) -> i64; fn str_len(s: &PyStr) -> u32') as unknown as Functions;
  expect(made()).toHaveLength(1);
  const { add } = lib;
  expect([add!.name, add!.length, lib['str_len']!.name]).toEqual(['add', 2, 'str_len']);
  expect(made()).toEqual([]);
  expect([add!(1, 2), add!(3, 4), lib['add']!(5, 6)]).toEqual([3, 7, 11]);
  expect(made()).toEqual(['declare add']);
  expect(lib['add']).toBe(add);
  expect(() => lib['str_len']!()).toThrow('str_len: expected 1 argument, got 0');
  expect(made()).toEqual(['declare str_len']);
  expect(lib['str_len']!('abc')).toBe(3);
  expect(made()).toEqual([]);
});

test('an exported one too, and its types with it', () => {
  made();
  const lib = new RustDLL(libraryPath('exported')) as unknown as Functions;
  // The functions of so large a library are made in groups, each when one of them is first used.
  expect(made()).toEqual([]);
  expect(Object.keys(lib).map((name) => lib[name]!.name)).toEqual(Object.keys(lib));
  expect(made().length).toBeGreaterThan(Object.keys(lib).length / 16);
  expect(Object.keys(lib).map((name) => lib[name]!.length)).not.toContain(undefined);
  expect(made()).toEqual([]);
  const point = { x: 1, y: 2, label: 'p' };
  expect(lib['echo_point']!(point)).toEqual(point);
  expect(made().sort()).toEqual(['decode Point', 'encode Point', 'encode option', 'export echo_point']);
  expect(lib['echo_points']!([point])).toEqual([point]);
  expect(made().sort()).toEqual(['decode list', 'encode list', 'export echo_points']);
});

test('an error of the first call is that of every other', () => {
  const first = new RustDLL(libraryPath('exported')) as unknown as Functions;
  const errors = [1, 2].map(() => {
    try {
      return first['fail_boxed']!();
    } catch (error) {
      return error;
    }
  });
  expect(errors[0]).toBeInstanceOf(RustError);
  expect(errors[0]).toEqual(errors[1]);
});

describe.each(WAYS)('%s', (_, { makeChecked }) => {
  const outline = (name: string, required: number, most: number, plan: () => Plan = fail) => {
    return { name, required, most, plan };
  };
  function fail(): never {
    throw new Error('the plan was asked for');
  }

  test('whatever they are called', () => {
    const names = [
      'f0',
      'f1',
      'p0',
      'make',
      'apply',
      'parts',
      'arguments',
      'delete',
      'eval',
      '__proto__',
      'größe',
      'then',
    ];
    const functions = makeChecked(
      names.map((name, index) => outline(name, index % 3, 3)),
      'any',
    );
    expect(functions.map((call) => [call.name, call.length])).toEqual(names.map((name, index) => [name, index % 3]));
    for (const call of functions) {
      expect(() => call(1, 2, 3)).toThrow('the plan was asked for');
      expect(() => call()).toThrow('the plan was asked for');
    }
  });

  test('none at all, and many', () => {
    expect(makeChecked([], 'any')).toEqual([]);
    const many = makeChecked(
      Array.from({ length: 65_536 }, (_, index) => outline(`g${index}`, 1, 1)),
      'any',
    );
    expect(many[65_535]!.name).toBe('g65535');
    expect(() => many[65_535]!(1)).toThrow('the plan was asked for');
  });

  test('a plan that could not be made is asked for again', () => {
    let asked = 0;
    const [call] = makeChecked([outline('f', 1, 1, () => (asked++, fail()))], 'any');
    for (let i = 0; i < 3; i++) expect(() => call!(1)).toThrow('the plan was asked for');
    expect(asked).toBe(3);
  });
});

test('types that lead to one whose encoder could not be made can be used once it can', () => {
  let fails = true;
  const outer: RecordDefinition = {
    kind: 'record',
    name: 'Outer',
    doc: '',
    get fields() {
      const inner = { name: 'inner', doc: '', shape: { kind: 'named', definition: between } } as const;
      const last = { name: 'last', doc: '', shape: { kind: 'named', definition: faulty } } as const;
      return [inner, last];
    },
  };
  const between: RecordDefinition = {
    kind: 'record',
    name: 'Between',
    doc: '',
    get fields() {
      const some = { kind: 'named', definition: outer } as const;
      return [{ name: 'outer', doc: '', shape: { kind: 'option', some } }] as const;
    },
  };
  const faulty: RecordDefinition = {
    kind: 'record',
    name: 'Faulty',
    doc: '',
    get fields() {
      if (fails) throw new RangeError('too deep here');
      return [];
    },
  };
  const encoders = new Encoders();
  expect(() => encoders.named(outer)).toThrow('too deep here');
  fails = false;
  const encode = encoders.named(between);
  const arena = Arena.enter({ name: 'f', level: 'export', parameterName: () => undefined });
  try {
    encodeArgument(arena, 0, { outer: { inner: { outer: null }, last: {} } }, encode);
    expect(arena.writer.at).toBe(2);
  } finally {
    arena.leave();
  }
});
