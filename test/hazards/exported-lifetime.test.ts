/** Exported functions of libraries that are closed, copied or forged, with polluted prototypes or little memory. */

import { group, type Tools } from '../support/hazards';

const linux = process.platform === 'linux';
const row = group();

row(
  34,
  'use after close, double close, close in the middle of a call',
  ({ assert, exported, paths, rustdll, throws }) => {
    const closed = { type: 'RustDLLError', code: 'ERR_RUSTDLL_CLOSED' } as const;
    const library = new rustdll.RustDLL(paths.exported);
    const other = new rustdll.RustDLL(paths.exported);
    const names = ['add_i64', 'echo_str', 'echo_points', 'echo_vec_f64', 'nothing', 'py_sum', 'many_strings'];
    const args: Record<string, unknown[]> = {
      add_i64: [1, 2],
      echo_str: ['a'],
      echo_points: [[]],
      echo_vec_f64: [[1]],
      py_sum: [[1]],
      many_strings: [3],
    };
    const functions = names.map((name) => library[name]!);
    // The engine has compiled the functions.
    for (let i = 0; i < 20_000; i++) functions[0]!(i, 1);
    library.close();
    for (let round = 0; round < 3; round++) {
      names.forEach((name, i) => {
        throws(() => functions[i]!(...(args[name] ?? [])), { ...closed, message: new RegExp(`^${name}: .*closed`) });
        throws(() => library[name]!(...(args[name] ?? [])), closed);
      });
      library.close();
      library[Symbol.dispose]();
    }
    assert.equal(other.add_i64!(1, 2), 3);
    for (const name of ['touch', 'echo_tree', 'centroid']) {
      const again = new rustdll.RustDLL(paths.exported);
      const touched = exported.touched!();
      const point = Object.defineProperty({ x: 1 }, 'y', { get: () => (again.close(), 1), enumerable: true });
      const tree = Object.defineProperty({ name: '' }, 'children', {
        get: () => (again.close(), []),
        enumerable: true,
      });
      throws(() => again[name]!(name === 'echo_tree' ? tree : [point]), closed);
      assert.equal(exported.touched!(), touched);
    }
    // The library is closed during the write-back, when the call was made already.
    const last = new rustdll.RustDLL(paths.exported);
    const list = Object.defineProperty([1, 2, 3], 1, { get: () => 2, set: () => last.close() });
    last.bump_f64!(list);
    assert.deepEqual([list[0], list[2]], [2, 4]);
    throws(() => last.bump_f64!([1]), closed);
  },
);

row(36, 'a function that is not exported', ({ assert, exported, throws }) => {
  const missing = { type: 'RustDLLError', code: 'ERR_RUSTDLL_SYMBOL' } as const;
  // A declaration of an unknown function is an error; an unknown property is undefined, as on any object.
  throws(() => exported.declare('fn centriod()'), { ...missing, message: /did you mean .*`centroid`/ });
  throws(() => exported.declare('fn no_such_function()'), { ...missing, message: /#\[export\]/ });
  for (const name of [
    'centriod',
    'original',
    'no_such_function',
    'rustdll_contract',
    'rustdll_table',
    'rustdll_function',
    'rustdll_flush',
    'malloc',
    'main',
    'rust_eh_personality',
  ]) {
    assert.equal(exported[name], undefined);
    assert.equal(name in exported, false);
    throws(() => exported.declare(`fn ${name}()`), missing);
  }
});

row(60, 'two symlinks to one file, copies of the package', ({ assert, exported, folder, paths, require, rustdll }) => {
  type Package = typeof import('../../src-ts/index');
  const fs = require('node:fs') as typeof import('node:fs');
  const place = folder();
  for (const name of ['a.so', 'b.so']) fs.symlinkSync(paths.exported, `${place}/${name}`);
  const [a, b] = ['a.so', 'b.so'].map((name) => new rustdll.RustDLL(`${place}/${name}`));
  assert.deepEqual([a!.path, b!.path], [paths.exported, paths.exported]);
  a!.close();
  assert.deepEqual(b!.words!('a é'), ['a', 'é']);
  // A copy of the file is another library with its own state.
  fs.copyFileSync(paths.exported, `${place}/copy.so`);
  const copy = new rustdll.RustDLL(`${place}/copy.so`);
  copy.touch!([]);
  assert.equal(copy.touched!(), 1);
  assert.throws(() => copy.panic_str!(), { name: 'RustPanic', message: 'a string slice' });
  const fresh = (): Package => {
    for (const file of Object.keys(require.cache))
      if (!file.endsWith('.node') && !file.includes('support')) Reflect.deleteProperty(require.cache, file);
    return require('rustdll') as Package;
  };
  const packages = [fresh(), fresh()];
  const libraries = packages.map(({ RustDLL }) => new RustDLL(paths.exported));
  for (let round = 0; round < 3; round++) {
    libraries.forEach((library, i) => {
      // The getter calls one library in the middle of a call of the other.
      const point = Object.defineProperty({ x: i, label: 'é' }, 'y', {
        get: () => (libraries[1 - i]!.words!('a b c') as string[]).length,
        enumerable: true,
      });
      assert.deepEqual(library.echo_points!([point]), [{ x: i, y: 3, label: 'é' }]);
      assert.equal((library.zeros!(40_000) as number[]).length, 40_000);
      assert.throws(
        () => library.fail_code!(),
        (error) => error instanceof packages[i]!.RustError,
      );
      assert.throws(() => library.echo_point!({ x: 1, y: '\ud800' }), { code: 'ERR_RUSTDLL_TYPE' });
    });
  }
  assert.equal(exported.add_i64!(1, 2), 3);
});

row(64, 'names and keys that objects have a meaning for', ({ assert, exported, require }) => {
  const { inspect } = require('node:util') as typeof import('node:util');
  const evil = JSON.parse('{ "__proto__": 1, "constructor": 2, "toString": 3, "hasOwnProperty": 4 }') as object;
  const back = exported.echo_map_f64!(evil) as object;
  assert.deepEqual(Object.entries(back).sort(), Object.entries(evil).sort());
  assert.equal(Object.getPrototypeOf(back), Object.prototype);
  assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  for (const key of ['then', 'inspect', 'length', 'nodeType', '$$typeof', '@@iterator', '_isMockFunction']) {
    assert.equal(exported[key], undefined);
  }
  assert.equal(exported.hasOwnProperty('add_i64'), true);
  assert.match(inspect(exported), /add_i64\(a: number, b: number\): number/);
  assert.deepEqual(Object.keys(exported), Object.keys(exported).toSorted());
});

describe.each(['before', 'after'])('prototypes polluted %s the package is loaded', (when) => {
  const row = group({ env: { WHEN: when } });

  row(64, 'properties of Object.prototype', ({ assert, env, paths, require }) => {
    // `of` and `bool` are fields that the objects below lack.
    const keys = [
      ...[
        'name',
        'bytes',
        'parts',
        'string',
        'i8',
        'value',
        'type',
        'kind',
        'shape',
        'fields',
        'get',
        'set',
        'writable',
        'doc',
      ],
      ...[
        'length',
        'code',
        'cause',
        'options',
        'location',
        'slots',
        'result',
        'read',
        'encode',
        'only',
        'then',
        'path',
      ],
      ...[
        'functions',
        'definitions',
        'bigint',
        'throws',
        'parameters',
        'required',
        'framed',
        'tag',
        'payload',
        'variants',
        'some',
      ],
      ...['element', 'at', 'depth', 'text', 'message', 'own', 'size', '0', '1', 'of', 'bool'],
    ];
    const ofDescriptors = new Set(['get', 'set', 'value', 'writable', 'path']);
    const fails = (call: () => unknown) => {
      try {
        call();
      } catch (error) {
        const { name, code, message } = error as Error & { code?: string };
        return [name, code, message];
      }
      return 'nothing';
    };
    const work = () => {
      const { RustDLL } = require('rustdll') as typeof import('../../src-ts/index');
      const library = new RustDLL(paths.faults);
      const [a, b] = [
        [1, 2],
        [3, 4],
      ];
      library.exchange!(a, b);
      const item = library.nested_items!(2) as Record<string, unknown>;
      const choices = [{ type: 'Text', value: 'é' }, { type: 'Lists', value: [[1], ['a']] }, { type: 'Part' }];
      const items = [{ ...item, typed: new Uint32Array(1), choices, map: new Map([['k', ['v']]]) }];
      return plain([
        [a, b],
        library.concat!('a', 'b', 'c', ['d', 'é'], 'e', 'f', 'g'),
        library.echo_items!(items, 'Well'),
        library.echo_options!({ i8: 1, string: 'é', f64: 0.5 }),
        library.echo_plain!('a', [1, 2], new BigInt64Array(1), 'Well'),
        library.large!('é', 2),
        fails(() => library.echo_items!(items, 'Failure')),
        fails(() => library.echo_items!(items, 'Panic')),
        fails(() => library.echo_items!([{ ...item, more: 1 }], 'Well')),
        fails(() => library.echo_items!([item, { ...item, numbers: ['x'] }], 'Well')),
        fails(() => library.exchange!(a)),
      ]);
    };
    const plain = (value: unknown) =>
      JSON.stringify(value, (_, each: unknown) =>
        typeof each === 'bigint' ? `${each}n` : ArrayBuffer.isView(each) ? [...(each as Uint8Array)] : each,
      );
    const expected = work();
    const affected: string[] = [];
    for (const [index, key] of keys.entries()) {
      if (env.WHEN === 'before') {
        // Loading all modules anew takes long, so only some keys are tried.
        if (ofDescriptors.has(key) || index % 3 !== 0) continue;
        for (const file of Object.keys(require.cache))
          if (file.includes('dist')) Reflect.deleteProperty(require.cache, file);
      }
      for (const value of env.WHEN === 'before' ? ['evil'] : ['evil', () => 'evil']) {
        Object.defineProperty(
          Object.prototype,
          key,
          Object.assign(Object.create(null) as PropertyDescriptor, {
            value,
            configurable: true,
            writable: true,
            enumerable: key.length % 2 === 0,
          }),
        );
        let outcome: unknown;
        try {
          outcome = work();
        } catch (error) {
          outcome = error;
        }
        Reflect.deleteProperty(Object.prototype, key);
        if (outcome !== expected) affected.push(`${key} = ${String(value)}: ${String(outcome)}`);
      }
    }
    assert.deepEqual(affected, []);
  });
});

row(65, 'forged receivers and arguments of the addon', ({ addon, assert, identityOf, paths, throws }) => {
  const { Library, take } = addon;
  const library = new Library(paths.exported, identityOf(paths.exported));
  const wrong = { type: 'TypeError' } as const;
  for (const receiver of [{}, null, undefined, 1, Object.create(library), new Proxy(library, {}), new Map()]) {
    throws(() => Reflect.apply(Library.prototype.entry, receiver, [0]), wrong);
    throws(() => Reflect.apply(Library.prototype.contract, receiver, []), wrong);
  }
  for (const args of [[], ['0'], [null], [{}], [1n], [0, 1]])
    throws(() => Reflect.apply(library.entry, library, args), wrong);
  for (const index of [-1, 1e6, 2 ** 32, 2 ** 53, 1e300, NaN, Infinity]) library.entry(index);
  assert.deepEqual([...(library.contract() ?? [])], [2, 0]);
  // This library has no such symbols.
  const clib = new Library(paths.clib, identityOf(paths.clib));
  assert.equal(clib.entry(0), null);
  assert.equal(clib.contract(), null);
  library.close();
  // There is no result to take, whatever the arguments.
  for (const args of [
    [],
    [new ArrayBuffer(8)],
    [new ArrayBuffer(0)],
    [1],
    [{}],
    [null],
    [new Uint8Array(8)],
    [new ArrayBuffer(8), 1],
  ]) {
    try {
      Reflect.apply(take as never, addon, args);
    } catch (error) {
      assert.ok(error instanceof TypeError);
    }
  }
});

describe('memory that is not there', () => {
  const row = group();

  row(50, 'arguments that no memory can be had for', ({ assert, exported, faults, healthy, throws }) => {
    const none = { type: 'RangeError', code: 'ERR_RUSTDLL_MEMORY' } as const;
    const endless = new Proxy([1], { get: (_list, key) => (key === 'length' ? 2 ** 32 - 1 : 1) });
    const list = [1, 2, 3];
    const touched = exported.touched!();
    healthy();
    for (let round = 0; round < 4; round++) {
      throws(() => exported.echo_vec_f64!(endless), none);
      throws(() => exported.echo_vec_vec_f64!([[1], endless]), none);
      throws(() => exported.echo_option_vec_f64!(endless), none);
      throws(() => exported.optional!(1, 2, 'x', endless), none);
      throws(() => faults.add_all!(list, [endless]), none);
      throws(() => exported.bump_f64!(endless), none);
      healthy();
    }
    assert.deepEqual(list, [1, 2, 3]);
    assert.equal(exported.touched!(), touched);
  });
});

(linux ? describe : describe.skip)('with a limit on the address space', () => {
  const row = group({ flags: ['--expose-gc', '--max-semi-space-size=1'] });

  row(50, 'arguments and results beyond the limit', async ({ assert, exported, healthy, require, throws }) => {
    const fs = require('node:fs') as typeof import('node:fs');
    const { execFileSync } = require('node:child_process') as typeof import('node:child_process');
    const { gc } = globalThis as unknown as { gc: () => void };
    const count = 5_000_000;
    const list = new Array<number>(count).fill(1);
    exported.sum!(list);
    assert.equal((exported.typed_zeros!(count) as Float64Array).length, count);
    healthy();
    for (let i = 0; i < 4; i++) {
      gc();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const touched = exported.touched!();
    const used = Number(/VmSize:\s+(\d+) kB/.exec(fs.readFileSync('/proc/self/status', 'utf8'))![1]) * 1024;
    const limit = (bytes: number) =>
      execFileSync('prlimit', [
        `--pid=${process.pid}`,
        `--as=${bytes === Infinity ? 'unlimited' : used + bytes}:unlimited`,
      ]);
    const none = { type: 'RangeError', code: 'ERR_RUSTDLL_MEMORY' } as const;
    limit(4 * count);
    throws(() => exported.echo_option_vec_f64!(list), none);
    // The memory is enough for the result in Rust, but not for its copy.
    limit(8 * count + 4 * count);
    throws(() => exported.typed_zeros!(count), none);
    healthy();
    limit(Infinity);
    assert.equal(exported.touched!(), touched);
    assert.equal((exported.typed_zeros!(count) as Float64Array).length, count);
    assert.equal(exported.sum!(list), count);
  });
});

const pressures: [name: string, flags: string[]][] = [
  ['compaction at every collection', ['--expose-gc', '--stress-compaction', '--gc-interval=2000']],
  ['a collection every 211 allocations', ['--expose-gc', '--gc-interval=211']],
  ['a young generation of a megabyte, verified', ['--expose-gc', '--max-semi-space-size=1', '--verify-heap']],
];

describe.each(pressures)('%s', (_name, flags) => {
  const row = group({ flags });

  row(58, 'arguments and results stay alive', ({ assert, exported, faults, rustdll }: Tools) => {
    const { gc } = globalThis as unknown as { gc: () => void };
    const late = (value: unknown) =>
      Object.defineProperty({ x: 1, label: 'é' }, 'y', { get: () => (gc(), value), enumerable: true });
    for (let round = 0; round < 4; round++) {
      assert.deepEqual(exported.echo_points!([late(2), late(3)]), [
        { x: 1, y: 2, label: 'é' },
        { x: 1, y: 3, label: 'é' },
      ]);
      // Only the call refers to these views and lists.
      assert.equal(
        faults.sum_beside!(new Float64Array([1, 2]), [
          Object.defineProperty([3], 0, { get: () => (gc(), 3) }),
          new Float64Array(1000).fill(1),
        ]),
        1006,
      );
      assert.deepEqual(exported.words!(`a ${round} é`), ['a', String(round), 'é']);
      assert.equal((exported.echo_vec_string!(['x'.repeat(500), `é${round}`]) as string[])[1], `é${round}`);
      assert.equal((exported.many_points!(200) as unknown[]).length, 200);
      assert.equal((exported.zeros!(40_000) as unknown[]).length, 40_000);
      assert.equal((exported.typed_zeros!(40_000) as Float64Array).at(-1), 0);
      assert.deepEqual(exported.echo_map_f64!({ [`k${round}`]: 1 }), { [`k${round}`]: 1 });
      assert.throws(() => exported.fail_boxed!(), { message: 'no sandwich' });
      assert.throws(() => exported.panic_str!(), { message: 'a string slice' });
      // Only the call refers to this library.
      assert.deepEqual(new rustdll.RustDLL(exported.path).echo_shape!({ type: 'Rect', value: [1, round] }), {
        type: 'Rect',
        value: [1, round],
      });
    }
  });
});
