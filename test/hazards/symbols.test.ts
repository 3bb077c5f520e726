/** Names of functions that do not exist, that are not functions, and that have a meaning in JavaScript. */

import * as path from 'node:path';
import { ensureBuilt } from '../support/built';
import { ROOT } from '../support/child';
import { group } from '../support/hazards';

const row = group();

row(
  36,
  'a missing function: the error names the library, what is near and the usual cause',
  ({ assert, kernels, declare, paths, throws }) => {
    const missing = { type: 'RustDLLError', code: 'ERR_RUSTDLL_SYMBOL' } as const;
    const ask = (name: string) => [() => kernels[name] as unknown, () => declare(`fn ${name}()`)];
    for (const call of ask('no_such_function_at_all')) {
      const { message } = throws(call, missing);
      assert.ok(message.includes(paths.kernels) && message.includes('`no_such_function_at_all`'), message);
      assert.match(message, /no_mangle/);
    }
    const near = { add_one_f46: 'add_one_f64', addone_i64: 'add_one_i64', Noop: 'noop', upperall: 'upper_all' };
    for (const [wrong, right] of Object.entries(near)) {
      for (const call of ask(wrong)) {
        const { message } = throws(call, missing);
        assert.match(message, new RegExp(`did you mean .*\`${right}\``));
      }
    }
    // The second look-up has the same outcome, and a declaration of other functions does not change it.
    throws(() => kernels.ad as unknown, missing);
    throws(() => kernels.ad as unknown, missing);
    throws(() => declare('fn add(a: i64, b: i64) -> i64; fn ad()'), missing);
    // These names cannot be those of Rust functions.
    for (const name of ['', ' ', 'é', '\u{1f600}', 'x'.repeat(100_000), '0', '-1', '1.5', 'onModuleInit']) {
      assert.equal(kernels[name], undefined);
      assert.equal(name in kernels, false);
    }
  },
);

row(36, 'a static is not a function', ({ kernels, declare, throws }) => {
  const data = { type: 'RustDLLError', code: 'ERR_RUSTDLL_SYMBOL', message: /`ANSWER` is a static/ } as const;
  throws(() => kernels.ANSWER as unknown, data);
  throws(() => kernels.ANSWER!(), data);
  throws(() => declare('fn ANSWER() -> u32'), data);
});

row(
  36,
  'what the libraries behind it export is not the library’s',
  ({ assert, kernels, declare, throws, rustdll, paths }) => {
    const clib = new rustdll.RustDLL(paths.clib);
    const foreign = [
      'printf',
      'malloc',
      'free',
      'exit',
      'abort',
      'system',
      'dlopen',
      'write',
      'getpid',
      'memcpy',
      'environ',
      'strlen',
      'pthread_create',
    ];
    const internal = [
      '_init',
      '_fini',
      '_DYNAMIC',
      '_GLOBAL_OFFSET_TABLE_',
      '__libc_start_main',
      '_Unwind_Resume',
      'rust_eh_personality',
      'napi_create_function',
      'uv_run',
    ];
    const isNone = (library: typeof kernels, name: string) => {
      assert.equal(name in library, false);
      try {
        assert.equal(library[name], undefined);
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'ERR_RUSTDLL_SYMBOL');
      }
    };
    for (const name of [...foreign, ...internal]) {
      isNone(kernels, name);
      throws(() => declare(`fn ${name}()`), { type: 'RustDLLError', code: 'ERR_RUSTDLL_SYMBOL' });
    }
    // Symbols of another library in the process are not found either.
    for (const name of [...foreign, 'add']) isNone(clib, name);
    assert.equal(clib.c_add!(2, 3), 5);
  },
);

row(64, 'functions that are called like members of objects', ({ assert, kernels, declare }) => {
  const names = [
    'then',
    'constructor',
    'toJSON',
    'close',
    'hasOwnProperty',
    '__proto__',
    'toString',
    'valueOf',
    'prototype',
    'declare',
    'path',
    'length',
    'inspect',
  ];
  const lib = declare(names.map((name) => `fn ${name}() -> u32`).join(';'));
  assert.deepEqual(Object.keys(lib), names);
  names.forEach((name, i) => {
    const value = Object.getOwnPropertyDescriptor(lib, name)!.value as () => number;
    assert.equal(value(), 101 + i);
    assert.equal(value.name, name);
    assert.equal(lib[name]!(), 101 + i);
  });
  assert.equal(Object.getPrototypeOf(lib) === Object.prototype, false);
  // Names that JavaScript itself looks up are as on any object, and methods of the class take precedence.
  assert.equal(kernels.then, undefined);
  assert.equal(kernels.toJSON, undefined);
  assert.equal(kernels.length!(), 112);
  assert.equal(kernels.inspect!(), 113);
  assert.equal(typeof kernels.declare, 'function');
  assert.equal(Object.prototype.hasOwnProperty.call(kernels, 'hasOwnProperty'), false);
  assert.equal(Object.hasOwn(kernels, 'path'), true);
  assert.equal((kernels.hasOwnProperty as unknown as (name: string) => boolean)('path'), true);
  assert.equal(kernels.prototype!(), 109);
  assert.equal((kernels as object).valueOf(), kernels);
});

row(
  64,
  'an instance and its functions in the hands of JavaScript’s own tools',
  async ({ assert, kernels, declare, require }) => {
    const { inspect, format, isDeepStrictEqual } = require('node:util') as typeof import('node:util');
    const { MessageChannel } = require('node:worker_threads') as typeof import('node:worker_threads');
    const awaited = async (value: unknown) => (await value) as unknown;
    assert.equal(await awaited(kernels), kernels);
    const lib = declare('fn add(a: i64, b: i64) -> i64; fn noop()');
    assert.equal(await awaited(lib), lib);
    assert.equal((await Promise.all([kernels as unknown, lib as unknown]))[0], kernels);
    assert.equal(kernels.add!(1, 2), 3);
    assert.deepEqual(Object.keys(kernels), ['add']);
    assert.match(inspect(kernels), /^RustDLL \{ path: '.*kernels.*' \}$/);
    assert.match(
      inspect({ deep: [kernels] }, { depth: 5, showHidden: true, showProxy: true, colors: true }),
      /kernels/,
    );
    assert.match(format('%s %o %O %j', kernels, kernels, kernels, kernels), /kernels/);
    assert.match(inspect(lib, { showHidden: true, showProxy: true }), /add/);
    assert.equal(JSON.stringify(kernels), '{}');
    assert.equal(JSON.stringify({ lib }), '{"lib":{}}');
    assert.equal(isDeepStrictEqual(kernels, kernels), true);
    assert.equal(String(kernels as unknown), '[object Object]');
    assert.equal(Object.prototype.toString.call(kernels), '[object Object]');
    for (const key of [
      Symbol.toPrimitive,
      Symbol.iterator,
      Symbol.asyncIterator,
      Symbol.toStringTag,
      Symbol('other'),
    ]) {
      assert.equal((kernels as unknown as Record<symbol, unknown>)[key], undefined);
    }
    assert.deepEqual(
      Object.entries({ ...kernels }).map(([name]) => name),
      ['add'],
    );
    const seen = [];
    for (const key in kernels) seen.push(key);
    assert.deepEqual(seen, ['add']);
    assert.equal('add' in kernels, true);
    // A function cannot be cloned.
    assert.throws(() => structuredClone(kernels), { name: 'DataCloneError' });
    assert.throws(() => structuredClone(lib), { name: 'DataCloneError' });
    const { port1, port2 } = new MessageChannel();
    assert.throws(() => port1.postMessage(kernels), { name: 'DataCloneError' });
    port1.close();
    port2.close();
    // A copy has the functions that were resolved before; an object that inherits from the library, or a Proxy of it,
    // has all.
    type Copy = Record<string, (...args: number[]) => unknown>;
    for (const [copy, hasAll] of [
      [Object.assign({}, kernels) as unknown as Copy, false],
      [Object.create(kernels) as Copy, true],
      [new Proxy(kernels, {}) as unknown as Copy, true],
    ] as const) {
      assert.equal(copy.add!(2, 2), 4);
      assert.equal('id_i64' in copy, hasAll);
      assert.equal(copy.id_i64?.(7), hasAll ? 7 : undefined);
    }
    assert.equal(kernels.add!(1, 2), 3);
  },
);

row(64, 'a subclass, and what is written to an instance', ({ assert, rustdll, paths, throws }) => {
  class Mine extends rustdll.RustDLL {
    twice(x: number): unknown {
      return this.add!(x, x);
    }
  }
  const mine = new Mine(paths.kernels);
  assert.equal(mine.twice(4), 8);
  assert.ok(mine instanceof Mine && mine instanceof rustdll.RustDLL);
  const writable = mine as unknown as Record<string, unknown>;
  writable.add = () => 'mocked';
  assert.equal(mine.twice(4), 'mocked');
  delete writable.add;
  assert.equal(mine.twice(4), 8);
  throws(() => (writable.path = '/elsewhere'), { type: 'TypeError' });
  const { declare, close } = rustdll.RustDLL.prototype;
  for (const receiver of [{}, null, undefined, Object.create(mine), rustdll.RustDLL.prototype, new Proxy(mine, {})]) {
    throws(() => Reflect.apply(declare, receiver, ['fn add(a: i64, b: i64) -> i64']), { type: 'TypeError' });
    throws(() => Reflect.apply(close, receiver, []), { type: 'TypeError' });
  }
  throws(() => Reflect.apply(rustdll.RustDLL as never, undefined, [paths.kernels]), { type: 'TypeError' });
  throws(() => Reflect.construct(rustdll.RustDLL, [], Object), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
  assert.equal((rustdll.RustDLL.prototype as Record<string, unknown>).add, undefined);
});

test('fault 64: an instance in the hands of Jest itself', () => {
  ensureBuilt();
  const { RustDLL } = jest.requireActual<typeof import('../../src-ts/index')>(ROOT);
  const library = new RustDLL(path.join(ROOT, 'test', 'fixtures', 'target', 'release', 'libkernels.so'));
  const other = new RustDLL(library.path);
  const message = (assertion: () => void): string => {
    try {
      assertion();
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error('expected the assertion to fail');
  };
  expect(library).toBe(library);
  expect(library).toEqual(library);
  expect({ library }).toMatchObject({ library });
  expect(library).toHaveProperty('path');
  for (const assertion of [
    () => expect(library).toBe(other),
    () => expect(library).toEqual({ a: 1 }),
    () => expect(library).toBeNull(),
    () => expect([library.add]).toContain(library),
  ]) {
    expect(message(assertion)).toMatch(/expect.*received/);
  }
  const mock = jest.fn();
  mock(library);
  expect(mock).toHaveBeenCalledWith(library);
  expect(message(() => expect(mock).toHaveBeenCalledWith(1))).toBeTruthy();
  expect(library.declare('fn add(a: i64, b: i64) -> i64')).toEqual({ add: expect.any(Function) as unknown });
  jest.spyOn(library, 'noop').mockReturnValue(5);
  expect(library.noop!()).toBe(5);
  jest.restoreAllMocks();
  expect(library.add!(1, 2)).toBe(3);
});
