/** Libraries that were closed or collected, and forged handles. */

import { group, type Tools } from '../support/hazards';

const row = group();

row(34, 'use after close, double close', ({ assert, rustdll, paths, throws, require }) => {
  const { inspect } = require('node:util') as typeof import('node:util');
  const library = new rustdll.RustDLL(paths.kernels);
  const other = new rustdll.RustDLL(paths.kernels);
  const lib = library.declare(
    `fn add(a: i64, b: i64) -> i64; fn add_one_i64(v: &mut PyVec<i64>); fn noop(); fn str_len(s: &PyStr) -> u32`,
  );
  const guessed = library.add!;
  const list = [1, 2];
  assert.equal(lib.add(1, 2), 3);
  assert.equal(guessed(1, 2), 3);
  library.close();
  const closed = { type: 'RustDLLError', code: 'ERR_RUSTDLL_CLOSED' } as const;
  for (let round = 0; round < 2; round++) {
    throws(() => lib.add(1, 2), { ...closed, message: /add: the library .*kernels.* was closed/ });
    throws(() => lib.noop(), closed);
    throws(() => lib.add_one_i64(list), closed);
    throws(() => lib.str_len('x'), closed);
    throws(() => guessed(1, 2), closed);
    throws(() => library.add!(1, 2), closed);
    throws(() => library.add_one_i64!(list), closed);
    throws(() => library.id_i64 as unknown, closed);
    throws(() => library.no_such_function as unknown, closed);
    throws(() => library.declare('fn add(a: i64, b: i64) -> i64'), closed);
    // A library may be closed repeatedly.
    library.close();
    library[Symbol.dispose]();
  }
  assert.deepEqual(list, [1, 2]);
  assert.match(inspect(library), /closed/);
  assert.equal(library.path, paths.kernels);
  // Wrong arguments cause the same errors as before.
  throws(() => (lib.add as (...args: unknown[]) => void)(1), { type: 'TypeError' });
  // Another instance of the same file continues to work, and a new one can be opened.
  assert.equal(other.add!(1, 2), 3);
  assert.equal(new rustdll.RustDLL(paths.kernels).add!(1, 2), 3);
});

row(34, 'close in the middle of an optimised loop', ({ assert, rustdll, paths }) => {
  const rounds = 200_000;
  const run = (make: (library: InstanceType<typeof rustdll.RustDLL>) => (i: number) => unknown) => {
    const library = new rustdll.RustDLL(paths.kernels);
    const call = make(library);
    let done = 0;
    try {
      for (let i = 0; i < rounds; i++) {
        if (i === 100_000) library.close();
        call(i);
        done++;
      }
    } catch (error) {
      assert.equal((error as { code?: string }).code, 'ERR_RUSTDLL_CLOSED');
    }
    assert.equal(done, 100_000);
  };
  run((library) => {
    const { add } = library.declare('fn add(a: i64, b: i64) -> i64');
    return (i) => assert.ok(add(i, 1) === i + 1);
  });
  run((library) => {
    const { add_f64 } = library.declare('fn add_f64(a: f64, b: f64) -> f64');
    return (i) => assert.ok(add_f64(i, 0.5) === i + 0.5);
  });
  run((library) => (i) => assert.ok(library.add!(i, 1) === i + 1));
  const list = [0, 0, 0];
  run((library) => {
    const { add_one_i64 } = library.declare('fn add_one_i64(v: &mut PyVec<i64>)');
    return () => add_one_i64(list);
  });
  assert.deepEqual(list, [100_000, 100_000, 100_000]);
  run((library) => () => library.str_len!('a text'));
});

row(34, 'close while the arguments are packed', ({ assert, rustdll, paths, throws }) => {
  for (const declared of [true, false]) {
    const library = new rustdll.RustDLL(paths.kernels);
    const before = new rustdll.RustDLL(paths.kernels).call_count!();
    const call = (declared
      ? library.declare('fn count_call_with(v: &mut PyVec<i64>)').count_call_with
      : library.count_call_with!) as unknown as (list: unknown[]) => void;
    const list: unknown[] = [1, 2];
    Object.defineProperty(list, 1, { get: () => (library.close(), 2) });
    throws(() => call(list), { type: 'RustDLLError', code: 'ERR_RUSTDLL_CLOSED' });
    assert.equal(new rustdll.RustDLL(paths.kernels).call_count!(), before);
    // The library is closed during the write-back, when the call was made already.
    const again = new rustdll.RustDLL(paths.kernels);
    const changed: unknown[] = [1, 2, 3];
    Object.defineProperty(changed, 1, { get: () => 2, set: () => again.close() });
    (again.add_one_i64 as unknown as (list: unknown[]) => void)(changed);
    assert.deepEqual([changed[0], changed[2]], [2, 4]);
    throws(() => again.add_one_i64!([1]), { type: 'RustDLLError', code: 'ERR_RUSTDLL_CLOSED' });
  }
});

row(65, 'forged receivers and arguments of the addon', ({ addon, assert, identityOf, paths, rustdll, throws }) => {
  const { Library, attach, address, isLoaded, ring } = addon;
  const library = new Library(paths.kernels, identityOf(paths.kernels));
  const symbol = library.symbol('add')!;
  const wrong = { type: 'TypeError' } as const;
  const forged = [
    {},
    null,
    undefined,
    1,
    'x',
    [],
    () => 1,
    Object.create(Library.prototype),
    Object.create(library),
    new Proxy(library, {}),
    new Map(),
    new Uint8Array(64),
    rustdll,
    new rustdll.RustDLL(paths.kernels),
  ];
  for (const receiver of forged) {
    throws(() => Reflect.apply(Library.prototype.symbol, receiver, ['add']), wrong);
    throws(() => Reflect.apply(Library.prototype.close, receiver, []), wrong);
  }
  throws(() => Reflect.apply(Library as never, undefined, [paths.kernels, 'x']), wrong);
  throws(() => Reflect.apply(Library as never, library, [paths.kernels, 'x']), wrong);
  for (const args of [[], [1], [null], [{}], [paths.kernels], [paths.kernels, 1], [1, 'x'], [Symbol('s')]]) {
    throws(() => Reflect.construct(Library, args), wrong);
    if (args.length !== 1 || typeof args[0] !== 'string') {
      throws(() => Reflect.apply(library.symbol, library, args), wrong);
      throws(() => Reflect.apply(isLoaded, addon, args), wrong);
    }
  }
  throws(() => new Library('/no/such/library.so', 'none'), { type: 'Error' });
  assert.equal(library.symbol('no_such_function'), null);
  assert.equal(library.symbol(''), null);
  const { blockSize } = addon.layout();
  const notBuffers = [[], [1], [null], [{}], [new Uint8Array(blockSize)], [new SharedArrayBuffer(blockSize)]];
  for (const args of [...notBuffers, [new ArrayBuffer(blockSize), 1]]) {
    throws(() => Reflect.apply(attach as never, addon, args), wrong);
  }
  for (const size of [0, 1, blockSize - 1]) throws(() => attach(new ArrayBuffer(size)), { type: 'RangeError' });
  const detached = new ArrayBuffer(blockSize);
  structuredClone(detached, { transfer: [detached] });
  throws(() => attach(detached), { type: 'RangeError' });
  for (const value of [undefined, 1, {}, [], 'x', new ArrayBuffer(8), new DataView(new ArrayBuffer(8))]) {
    throws(() => (address as (value: unknown) => number)(value), wrong);
  }
  // The block gets symbols, call codes and strings that the addon never returned.
  const block = attach(new ArrayBuffer(blockSize));
  const words = new Uint32Array(block);
  const NO_SYMBOL = 2;
  const NO_CALL_CODE = 3;
  const NO_TEXT = 5;
  const status = (fields: { symbol?: number; callCode?: number; texts?: number }, ...args: unknown[]) => {
    words[2] = fields.symbol ?? symbol;
    words[3] = fields.callCode ?? 0;
    words[100] = fields.texts ?? 0;
    return Reflect.apply(ring, {}, args) as unknown;
  };
  assert.equal(status({}), undefined);
  assert.equal(status({}, 1, 2, 3), undefined);
  for (const index of [symbol + 10_000, 1_000_000, 0x7fffffff, 0x80000000, 0xffffffff]) {
    assert.equal(status({ symbol: index }), NO_SYMBOL, `symbol ${index}`);
  }
  // With bits 0 and 1, a function would be called for a string of C; the other bits are of no call code then either.
  // No convention has all results in several registers.
  const noResult = process.arch === 'x64' ? 0x43 : 0x42;
  for (const callCode of [0x100, 0x300, 0x500, 0x2100, 0x103, 0x2103, noResult, 0xffffffff, 0x80000000]) {
    assert.equal(status({ callCode }), NO_CALL_CODE, `call code ${callCode}`);
  }
  // A plain function is not called with a frame.
  for (const callCode of [8, 24]) assert.equal(status({ callCode }), NO_SYMBOL, `call code ${callCode}`);
  assert.equal(status({ callCode: 0x800 }), undefined);
  assert.equal(status({ texts: 4 }, 'a', 'b', 'c', 'd'), undefined);
  for (const texts of [5, 1000, 0x7fffffff, 0xffffffff])
    assert.equal(status({ texts }, 'a', 'b', 'c', 'd', 'e'), NO_TEXT);
  for (const args of [[], [1], [{}], [null], [undefined], [Symbol('s')], [['a']]]) {
    assert.equal(status({ texts: 1 }, ...args), NO_TEXT);
    assert.equal(status({ texts: 2 }, 'a', ...args), NO_TEXT);
  }
  assert.equal(status({ texts: 1 }, 'x'.repeat(100_000)), undefined, 'longer than its place: cut, not written beyond');
  library.close();
  assert.equal(status({}), NO_SYMBOL);
  assert.equal(library.symbol('add'), null);
  library.close();
});

describe('with the collector at hand', () => {
  const row = group({ flags: ['--expose-gc'] });

  row(34, 'functions keep what they need of a library that nobody holds', async (tools: Tools) => {
    const { assert, rustdll, paths } = tools;
    const { gc } = globalThis as unknown as { gc: () => void };
    const functions = Array.from({ length: 50 }, () => {
      const library = new rustdll.RustDLL(paths.kernels);
      return [library.add!, library.declare('fn add(a: i64, b: i64) -> i64').add] as const;
    });
    let collected = 0;
    const registry = new FinalizationRegistry(() => collected++);
    for (let round = 0; round < 20; round++) {
      // Other libraries are opened and closed in between, and reuse the indices.
      for (let i = 0; i < 20; i++) {
        const library = new rustdll.RustDLL(paths.kernels);
        registry.register(library, i);
        assert.equal(library.id_i64!(i), i);
        library.declare('fn add_f64(a: f64, b: f64) -> f64; fn id_u8(x: u8) -> u8');
      }
      gc();
      await new Promise((resolve) => setImmediate(resolve));
      for (const [guessed, declared] of functions) {
        assert.equal(guessed(round, 1), round + 1);
        assert.equal(declared(round, 2), round + 2);
      }
    }
    assert.ok(collected > 100, `${collected} of 400 libraries were collected`);
  });
});
