/** A library as an ordinary object that frameworks and test tools use. */

import assert from 'node:assert';
import * as fs from 'node:fs';
import { format, inspect, isDeepStrictEqual } from 'node:util';
import { RustDLL, RustDLLError } from '../../src-ts/index';
import { expectError } from '../support/errors';
import { libraryPath } from '../support/kernels';

type Any = Record<string, (...values: unknown[]) => unknown>;

/** Names that frameworks and tools were seen to look up on objects. */
const ASKED = (
  'onModuleInit onModuleDestroy onApplicationBootstrap beforeApplicationShutdown onApplicationShutdown __v_isRef ' +
  '__v_isReadonly __v_isVNode __v_raw __v_skip isMobXAtom isMobXComputedValue isMobXObservableMap isMobXReaction ' +
  'asymmetricMatch $$typeof nodeType @@__IMMUTABLE_ITERABLE__@@ @@__IMMUTABLE_RECORD__@@ @@observable ' +
  '@@transducer/step @@functional/placeholder fantasy-land/map _isMockFunction isSinonProxy displayName then catch ' +
  'toJSON length size splice type data message name code stack cause href protocol pathname hostname auth encoding ' +
  'flag mode signal body headers buffer byteLength getReader start end value unit style fatal ignoreBOM highWaterMark ' +
  'objectMode defaultEncoding enumerable configurable writable get set apply construct subscribe lift call stats 0 -1 ' +
  '1.5 NaN undefined é'
).split(' ');

describe.each([
  ['with exported functions', 'exported'],
  ['with plain functions', 'kernels'],
  ['in C', 'clib'],
] as const)('a library %s', (_, name) => {
  const library = new RustDLL<object>(libraryPath(name)) as RustDLL<object> & Any;
  const own = new Set(['length', 'then', 'toJSON']);

  test.each(ASKED)('is asked for %s', (key) => {
    const isThere = key in library;
    expect(isThere).toBe(name === 'kernels' && own.has(key) && key === 'length');
    expect(library[key]).toEqual(isThere ? expect.any(Function) : undefined);
    // The second look-up uses the remembered answer.
    expect(library[key]).toEqual(isThere ? expect.any(Function) : undefined);
  });

  test('is passed to what takes options, data, paths and errors', async () => {
    const passed = library as never;
    if (name !== 'kernels') expect(() => Buffer.from(passed)).toThrow(/^The first argument must be of type string/);
    expect(() => fs.readFileSync(passed)).toThrow(/must be of type string/);
    expect(fs.readFileSync(__filename, passed)).toBeInstanceOf(Buffer);
    expect(() => assert.deepStrictEqual(library, { a: 1 })).toThrow(assert.AssertionError);
    expect(() => assert.throws(() => assert.fail('no'), passed)).toThrow();
    expect(() => new URL(passed)).toThrow(/Invalid URL/);
    expect(new Error('text', passed).cause).toBeUndefined();
    expect(isDeepStrictEqual(library, library)).toBe(true);
    expect([JSON.stringify({ library }), format('%s %j', library, library)]).toEqual([
      expect.stringContaining('{"library":{'),
      expect.any(String),
    ]);
    expect(await Promise.resolve(library)).toBe(library);
    expect(Object.prototype.toString.call(library)).toBe('[object Object]');
    expect(() => Object.defineProperty({}, 'x', passed)).not.toThrow();
    expect(() => expect(library).toEqual({ a: 1 })).toThrow(/expect/);
    expect(() => expect([library]).toMatchObject([{ a: 1 }])).toThrow(/expect/);
    expect(jest.fn(() => library)()).toBe(library);
  });

  test('has a class', () => {
    expect(library).toBeInstanceOf(RustDLL);
    expect(library.constructor).toBe(RustDLL);
    expect(['close', 'declare', 'path', 'toString', 'constructor'].map((key) => key in library)).not.toContain(false);
    expect(Symbol.dispose in library).toBe(true);
    expect(Symbol.iterator in library).toBe(false);
  });
});

describe('a plain function', () => {
  const open = (): RustDLL<object> & Any => new RustDLL<object>(libraryPath('kernels')) as never;

  test('is in the library before it is asked for', () => {
    const library = open();
    expect(['add' in library, 'add_one_i64' in library, 'ad' in library, 'ANSWER' in library]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(Reflect.has(library, 'add')).toBe(true);
    expect(Object.keys(library)).toEqual([]);
    expect(library['add']!(1, 2)).toBe(3);
    expect(Object.keys(library)).toEqual(['add']);
    for (const symbol of ['rustdll_contract', 'rustdll_table', 'printf', 'malloc'])
      expect(symbol in library).toBe(false);
  });

  test('is one function, deleted and all', () => {
    const library = open();
    const { add } = library;
    expect(delete library['add']).toBe(true);
    expect([Object.hasOwn(library, 'add'), 'add' in library]).toEqual([false, true]);
    expect(library['add']).toBe(add);
    expect(Object.hasOwn(library, 'add')).toBe(true);
  });

  test.each([
    ['frozen', Object.freeze],
    ['sealed', Object.seal],
    ['not extensible', Object.preventExtensions],
  ] as const)('is found in a library that is %s', (_, close) => {
    const library = (close as (library: Any) => Any)(open()) as ReturnType<typeof open>;
    expect([library['add']!(1, 2), library['add'] === library['add'], 'add' in library]).toEqual([3, true, true]);
    expect(Object.keys(library)).toEqual([]);
    expect(library.declare('fn add(a: i64, b: i64) -> i64').add(2, 2)).toBe(4);
    expect(library['onModuleInit']).toBeUndefined();
  });

  test('is inherited', () => {
    const library = open();
    const child = Object.create(library) as typeof library;
    expect(['add' in child, child['add']!(1, 2), child['onModuleInit'], child.path]).toEqual([
      true,
      3,
      undefined,
      library.path,
    ]);
    expect([Object.keys(child), Object.keys(library)]).toEqual([[], ['add']]);
    expect(inspect(child)).toMatch(/RustDLL/);
    expect(inspect(Object.create(child))).toMatch(/RustDLL/);
    expect(child).toBeInstanceOf(RustDLL);
    child['add'] = () => 'its own';
    expect([child['add'](1, 2), library['add']!(1, 2)]).toEqual(['its own', 3]);
    const through = new Proxy(library, {});
    expect(['noop' in through, through['noop']!()]).toEqual([true, expect.anything()]);
  });

  test('is spied on and replaced', () => {
    const library = open();
    const spy = jest.spyOn(library, 'add').mockReturnValue(5);
    expect([library['add']!(1, 2), spy.mock.calls]).toEqual([5, [[1, 2]]]);
    spy.mockRestore();
    expect(library['add']!(1, 2)).toBe(3);
    library['add'] = () => 'mocked';
    expect(library['add'](1, 2)).toBe('mocked');
    delete library['add'];
    expect(library['add']!(1, 2)).toBe(3);
    expect(() => jest.spyOn(library, 'onModuleInit')).toThrow(/does not exist/);
    expect(() => structuredClone(library)).toThrow(/could not be cloned/);
    const { add, ...others } = { ...library };
    expect([typeof add, others]).toEqual(['function', {}]);
  });

  test('comes after the members of a subclass', () => {
    class Mine extends (RustDLL as new (path: string) => object) {
      noop(): string {
        return 'mine';
      }
    }
    const mine = new Mine(libraryPath('kernels'));
    expect(mine.noop()).toBe('mine');
    expect([mine instanceof Mine, mine instanceof RustDLL]).toEqual([true, true]);
    expect((mine as unknown as Any)['add']!(1, 2)).toBe(3);
  });
});

describe('an exported function', () => {
  test('is deleted, spied on and inherited as any property', () => {
    const library = new RustDLL<object>(libraryPath('exported')) as RustDLL<object> & Any;
    const spy = jest.spyOn(library, 'add_i64').mockReturnValue(7);
    expect(library['add_i64']!(1, 2)).toBe(7);
    spy.mockRestore();
    expect((Object.create(library) as Any)['add_i64']!(1, 2)).toBe(3);
    delete library['add_i64'];
    expect(['add_i64' in library, library['add_i64']]).toEqual([false, undefined]);
  });
});

describe('a name that nearly is a function', () => {
  test('of a library with plain functions only is an error that helps', () => {
    const library = new RustDLL(libraryPath('kernels'));
    for (const [wrong, right] of [
      ['ad', 'add'],
      ['addOneI64', 'add_one_i64'],
      ['Noop', 'noop'],
    ]) {
      expectError(() => library[wrong as string] as unknown, RustDLLError, 'ERR_RUSTDLL_SYMBOL', `\`${right}\``);
    }
    expectError(() => library['no_such_function'] as unknown, RustDLLError, 'ERR_RUSTDLL_SYMBOL', 'no_mangle');
    expectError(() => library['ANSWER'] as unknown, RustDLLError, 'ERR_RUSTDLL_SYMBOL', 'is a static');
    // `in` does not throw for a misspelt name.
    expect('ad' in library).toBe(false);
  });

  test('of a library with exported functions is undefined, as its types say', () => {
    const library = new RustDLL(libraryPath('exported'));
    expect([library['add_i46'], library['no_such_function']]).toEqual([undefined, undefined]);
    expectError(() => library.declare('fn tset()'), RustDLLError, 'ERR_RUSTDLL_SYMBOL', 'did you mean `test`');
  });
});
