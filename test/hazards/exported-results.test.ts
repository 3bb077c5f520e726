/** Errors, panics, and results that are too large or incorrect. */

import type { Child } from '../support/child';
import { group, runScript, type Script } from '../support/hazards';

const ways: [how: string, flags: string[]][] = [
  ['generated', []],
  ['interpreted (fault 66)', ['--disallow-code-generation-from-strings']],
];
const onUnix = process.platform === 'win32' ? describe.skip : describe;

describe.each(ways)('%s', (_how, flags) => {
  const row = group({ flags });

  row(9, 'text that is not UTF-8: an error, the memory freed', ({ exported, faults, throws, assert }) => {
    const bad = { type: 'RangeError', code: 'ERR_RUSTDLL_RANGE', message: /not UTF-8/ } as const;
    const before = faults.live_blocks!();
    for (let i = 0; i < 20; i++) {
      throws(() => exported.bad_utf8!(), bad);
      throws(() => exported.bad_utf8_list!(), bad);
      throws(() => faults.not_texts!(['a'.repeat(1000), 'é']), bad);
      throws(() => faults.not_texts!(Array.from({ length: 4000 }, () => 'é')), bad);
    }
    assert.equal(faults.live_blocks!(), before);
  });

  row(44, 'an Err is a RustError with its causes', ({ assert, exported, faults, throws }) => {
    const failures: [call: () => unknown, code: string, messages: string[]][] = [
      [() => exported.fail_string!(), 'ERR_RUSTDLL_RUST', ['a string: über 🦀']],
      [() => exported.fail_boxed!(), 'ERR_RUSTDLL_RUST', ['no sandwich', 'the cheese cannot be cut', 'no such cheese']],
      [() => exported.fail_code_source!(), 'E_OUTER', ['outer', 'inner']],
      [() => exported.fail_enum!(1), 'ERR_RUSTDLL_RUST', ['not a number', 'invalid digit found in string']],
      [() => exported.centroid!([]), 'ERR_RUSTDLL_RUST', ['no points']],
      [() => faults.echo_items!([faults.nested_items!(5)], 'Failure'), 'E_WISH', ['as you wish', 'a cause']],
    ];
    for (let round = 0; round < 20; round++) {
      for (const [call, code, messages] of failures) {
        let error: unknown = throws(call, { type: 'RustError', code });
        assert.ok(error instanceof Error && !(error instanceof TypeError));
        for (const message of messages) {
          assert.equal((error as Error).message, message);
          error = (error as Error).cause;
        }
        assert.equal(error, undefined);
      }
    }
    const error = throws(() => exported.fail_endless!(), { type: 'RustError' });
    let length = 0;
    for (let at: unknown = error; at instanceof Error; at = at.cause) length++;
    assert.ok(length > 10 && length < 1000);
  });

  row(45, 'a panic is a RustPanic, and the process goes on', ({ assert, exported, faults, healthy, throws }) => {
    const panics: [call: () => unknown, message: RegExp, location: RegExp | null][] = [
      [() => exported.panic_str!(), /^a string slice$/, /panics\.rs:\d+:\d+$/],
      [() => exported.panic_string!('né\0'), /^né\0$/, /panics\.rs:\d+:\d+$/],
      [() => exported.panic_other!(), /^Box<dyn Any>$/, /panics\.rs:\d+:\d+$/],
      [() => exported.panic_index!([1], 5), /index out of bounds/, /panics\.rs:\d+:\d+$/],
      [() => exported.panic_in_display!(), /^no words for it$/, /panics\.rs:\d+:\d+$/],
      [() => exported.py_at!([1], 1), /index/, /\.rs:\d+:\d+$/],
      [() => exported.transpose!([[1, 2], [3]]), /index out of bounds/, /lists\.rs:\d+:\d+$/],
      [() => faults.echo_items!([faults.nested_items!(5)], 'Panic'), /^as you wish$/, /harm\.rs:\d+:\d+$/],
      [() => exported.panic_resume!(), /^resumed$/, null],
    ];
    for (let round = 0; round < 20; round++) {
      for (const [call, message, location] of panics) {
        const error = throws(call, { type: 'RustPanic', code: 'ERR_RUSTDLL_PANIC', message }) as unknown as {
          location: string | null;
        };
        if (location === null) assert.equal(error.location, null);
        else assert.match(error.location!, location);
      }
      healthy();
    }
    assert.equal(exported.panic_caught!(), 'caught');
    assert.equal(exported.panic_in_thread!(), true);
  });

  row(46, 'a payload that panics when it is dropped', ({ exported, healthy, throws }) => {
    for (let i = 0; i < 50; i++) {
      throws(() => exported.panic_drop!(), { type: 'RustPanic', code: 'ERR_RUSTDLL_PANIC', message: /^Box<dyn Any>$/ });
      throws(() => exported.panic_str!(), { type: 'RustPanic', message: /^a string slice$/ });
    }
    healthy();
  });
});

describe('large results', () => {
  const row = group();

  row(
    59,
    'results that are too large: refused or given, and freed',
    ({ assert, exported, faults, healthy, throws }) => {
      const before = faults.live_blocks!();
      // The results have more elements than a list, and more units than a string, can have.
      throws(() => exported.zeros!(2 ** 26 + 1), {
        type: 'RangeError',
        code: 'ERR_RUSTDLL_RANGE',
        message: /TypedArray/,
      });
      throws(() => exported.repeat!('x', 2 ** 29 + 1), {
        type: 'RangeError',
        code: 'ERR_RUSTDLL_RANGE',
        message: /text is longer/,
      });
      const bottomless = {
        type: 'RangeError',
        code: 'ERR_RUSTDLL_RANGE',
        message: /more values inside one another/,
      } as const;
      throws(() => exported.deep!(3_000_000), bottomless);
      healthy();
      // A capacity that cannot exist is a panic in Rust itself.
      throws(() => exported.zeros!(2n ** 60n), { type: 'RustPanic', message: /capacity overflow/ });
      throws(() => exported.repeat!('ab', 2n ** 63n), { type: 'RustPanic', message: /capacity overflow/ });
      // The result is large and allowed.
      assert.equal((exported.zero_bytes!(50_000_001) as Uint8Array).byteLength, 50_000_001);
      assert.equal((exported.typed_zeros!(3_000_000) as Float64Array).length, 3_000_000);
      assert.equal((exported.repeat!('é', 1_000_000) as string).length, 1_000_000);
      assert.equal((exported.many_strings!(50_000) as string[]).length, 50_000);
      assert.equal((exported.many_points!(20_000) as unknown[]).length, 20_000);
      assert.equal(faults.live_blocks!(), before);
    },
  );
});

onUnix('results that are not what they say', () => {
  const row = group();

  row(59, 'counts, sizes and lengths that lie', ({ addon, assert, contract, folder, rustdll }) => {
    // `attach` returns the block of this environment, whatever buffer it is given.
    const { blockSize, blockTextPiece } = addon.layout();
    const block = new Int32Array(addon.attach(new ArrayBuffer(blockSize)));
    const setPiece = (bytes: number): void => void (block[blockTextPiece >> 2] = bytes);
    const { claim, compile, exported, reply, tableOf } = contract;
    const results: Record<string, unknown> = {
      list: ['vec', 'f64'],
      narrow: ['vec', 'i16'],
      bytes: ['vec', 'u8'],
      typed: ['typed', 'i64'],
      array: ['array', 'f64', 2],
      strings: ['vec', 'string'],
      records: ['vec', ['ref', 0]],
      lists: ['vec', ['vec', 'i64']],
      empties: ['vec', ['ref', 1]],
      map: ['map', 'string'],
      option: ['option', 'string'],
      tuple: ['tuple', 'string', 'f64'],
      huge: 'i128',
    };
    const record = (name: string, ...fields: string[]) => ({
      kind: 'record',
      name,
      doc: '',
      fields: fields.map((field) => ({ name: field, doc: '', type: 'string' })),
    });
    claim(
      tableOf(
        Object.entries(results).map(([name, result]) => exported(name, {}, result)),
        [record('R', 'a', 'b'), record('Nothing')],
      ),
    );
    const library = new rustdll.RustDLL(compile(folder()));
    const all = Object.keys(results);
    const streams = ['strings', 'records', 'lists', 'map', 'option', 'tuple', 'huge'];
    const lies: [names: string[], Parameters<typeof reply>[0]][] = [
      [all, { result: 1e6 }],
      [all, { result: 2 ** 32 }],
      [all, { result: 2n ** 53n }],
      [all, { result: 2n ** 63n }],
      [all, { result: 2n ** 64n - 1n }],
      [all, { words: [1, 2], wordsBytes: 1e12, result: 1 }],
      [all, { words: [1, 2], wordsBytes: 2n ** 64n - 1n, result: 1 }],
      [all, { words: [1, 2], wordsBytes: 2 ** 50, wordsCapacity: 2 ** 50, result: 1 }],
      [all, { words: [1, 2], wordsBytes: 2n ** 64n - 1n, wordsCapacity: 2n ** 64n - 1n, result: 1 }],
      [all, { words: [1, 2], text: 'abc', textBytes: 2 ** 40, units: 3, result: 1 }],
      [all, { words: [1, 2], release: 0, result: 1 }],
      [['list', 'narrow', 'bytes', 'typed', 'array'], { words: [1, 2], result: 17 }],
      [['list', 'narrow', 'bytes', 'typed', 'array'], { words: [1, 2], wordsBytes: 0, result: 1 }],
      [streams, { result: 0 }],
      [streams, { out: [2 ** 31, 0, 0], result: 3 }],
      [streams, { out: [2 ** 32, 0, 0], result: 3 }],
      [streams, { out: [2n ** 64n - 1n, 0, 0], result: 3 }],
      [streams, { out: [1, 1, 1, 1, 1, 1], result: 6 }],
      [streams, { words: [1, 1, 1, 1, 1, 1], result: 6 }],
      [streams, { words: [0xffffffff, 1, 1], result: 3 }],
      [streams, { words: [1, 5, 5], text: 'abc', units: 3, result: 3 }],
      [streams, { words: [1, 2n ** 64n - 1n, 4], text: 'abc', units: 3, result: 3 }],
      [['strings'], { out: [2, 0xffffffff, 4], text: 'abc', units: 3, result: 3 }],
      [['empties'], { out: [0xffffffff], result: 1 }],
      [['empties'], { out: [2 ** 32 + 1], result: 1 }],
      [['option'], { out: [7, 1], text: 'a', units: 1, result: 2 }],
    ];
    // Each text is taken as a whole, and in pieces.
    const asked = [8192, 2, 0].flatMap((piece) => lies.map(([names, lie]) => ({ piece, names, lie })));
    for (const { piece, names, lie } of asked) {
      setPiece(piece);
      for (const name of names) {
        const leaks = lie!['release'] === 0;
        const before = library.live_blocks!() as number;
        reply(lie);
        let error: (Error & { code?: string }) | undefined;
        let result: unknown;
        try {
          result = library[name]!();
        } catch (thrown) {
          error = thrown as Error;
        }
        const what = `${name} ${Object.entries(lie!).join(' ')}: ${String(error ?? JSON.stringify(result, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)))}`;
        assert.ok(error instanceof RangeError || error instanceof TypeError, what);
        assert.ok(/^ERR_RUSTDLL_(RANGE|MEMORY|TYPE)$/.test(error!.code ?? ''), what);
        assert.ok(error!.message.startsWith(`${name}: `), what);
        // Memory that nobody can release is leaked; everything else is released.
        if (!leaks) assert.equal(library.live_blocks!(), before, what);
      }
    }
    // Invalid UTF-8 in pieces of any size: no byte beyond the text is read.
    for (let piece = 0; piece < 12; piece++) {
      setPiece(piece);
      for (const bytes of [[0x80], [0xff], [0xf0, 0x9f], [0x80, 0x80, 0x80, 0x80, 0x80], [0xe2, 0x82, 0x61, 0xf0]]) {
        for (const lengths of [[1], [2, 1], [1, 1, 1], [0, 5], [4], [3, 2]]) {
          const text = Buffer.from([...bytes, ...bytes, ...bytes]);
          const before = library.live_blocks!() as number;
          reply({ out: [lengths.length, ...lengths], text, units: 1, result: lengths.length + 1 });
          try {
            library.strings!();
          } catch (error) {
            assert.equal((error as { code?: string }).code, 'ERR_RUSTDLL_RANGE');
          }
          assert.equal(library.live_blocks!(), before);
        }
      }
    }
    setPiece(8192);
    // A correct reply after all incorrect ones is accepted.
    reply({ out: [1, 2], text: 'é', units: 1, result: 2 });
    reply({ words: [1, 1], text: Buffer.from('é'), units: 1, result: 2 });
    assert.deepEqual(library.strings!(), ['é']);
    reply({ words: [0x3ff0000000000000n], result: 1 });
    assert.deepEqual(library.list!(), [1]);
  });

  row(
    59,
    'statuses of every kind, with and without what they should have',
    ({ assert, contract, folder, rustdll, throws }) => {
      const { claim, compile, exported, reply, tableOf } = contract;
      claim(
        tableOf([
          exported('unit', {}),
          exported('scalar', {}, 'i32'),
          exported('text', {}, 'string'),
          exported('list', {}, ['vec', 'f64']),
          exported('stream', { a: 'string' }, ['vec', 'string']),
        ]),
      );
      const library = new rustdll.RustDLL(compile(folder()));
      const expected: Record<number, [type: 'RustDLLError' | 'RangeError' | 'TypeError', code: string]> = {
        3: ['TypeError', 'ERR_RUSTDLL_SURROGATE'],
        4: ['RustDLLError', 'ERR_RUSTDLL_ABI'],
        5: ['RangeError', 'ERR_RUSTDLL_RANGE'],
        7: ['RustDLLError', 'ERR_RUSTDLL_ABI'],
        255: ['RustDLLError', 'ERR_RUSTDLL_ABI'],
        0x100: ['RangeError', 'ERR_RUSTDLL_RANGE'],
        0x101: ['RangeError', 'ERR_RUSTDLL_RANGE'],
        0x102: ['RustDLLError', 'ERR_RUSTDLL_ABI'],
        0x80000000: ['RustDLLError', 'ERR_RUSTDLL_ABI'],
        0xffffffff: ['RustDLLError', 'ERR_RUSTDLL_ABI'],
      };
      for (const [status, [type, code]] of Object.entries(expected)) {
        for (const held of [
          {},
          { text: 'why', units: 3 },
          { words: [1, 2], result: 2 },
          { words: [1, 2], text: 'why', units: 3 },
        ]) {
          for (const name of Object.keys(library)) {
            if (name === 'live_blocks') continue;
            reply({ status: Number(status), ...held });
            throws(() => library[name]!(...(name === 'stream' ? ['x'] : [])), {
              type,
              code,
              message: new RegExp(`^${name}: `),
            });
            assert.equal(library.live_blocks!(), 0, `${name} ${status}`);
          }
        }
      }
      // The data of an `Err` and of a panic, whole and damaged.
      reply({ status: 1, out: [1, 1, 2, 3, 3], result: 5, text: 'Cabcdef', units: 7 });
      const error = throws(() => library.list!(), { type: 'RustError', code: 'C', message: /^abc$/ });
      assert.equal((error.cause as Error).message, 'def');
      reply({ status: 1, words: [0, 0], result: 2 });
      throws(() => library.unit!(), { type: 'RustError', code: 'ERR_RUSTDLL_RUST', message: /^$/ });
      reply({ status: 2, out: [3, 1, 5], result: 3, text: 'abcx:1:2', units: 8 });
      const panic = throws(() => library.scalar!(), { type: 'RustPanic', code: 'ERR_RUSTDLL_PANIC', message: /^abc$/ });
      assert.equal((panic as unknown as { location: string }).location, 'x:1:2');
      reply({ status: 6, out: [2, 0, 3, 1, 1, 3], result: 6, text: 'abcCdef', units: 7 });
      const { cause } = throws(() => library.list!(), {
        type: 'RustError',
        code: 'ERR_RUSTDLL_RUST',
        message: /^abc$/,
      });
      assert.deepEqual([(cause as Error).message, (cause as { code?: string }).code], ['def', 'C']);
      const frames = [3, 1, 5, 2, 1, 0, 1, 1, 5];
      reply({ status: 8, out: frames, result: 9, text: 'abcx:1:2fgy:3:4', units: 15 });
      const traced = throws(() => library.scalar!(), {
        type: 'RustPanic',
        code: 'ERR_RUSTDLL_PANIC',
        message: /^abc$/,
      });
      assert.equal((traced as unknown as { backtrace: string }).backtrace, '    at f (<unknown>)\n    at g (y:3:4)');
      for (const status of [1, 2, 6, 8]) {
        for (const damaged of [
          { result: 0 },
          { result: 2 ** 40 },
          { out: [0, 1e6], result: 2 },
          { out: [5, 5, 5], result: 3, text: 'abc', units: 3 },
          { out: [0, 0, 0, 0], result: 4 },
          { words: [9, 9, 9], wordsBytes: 2 ** 40 },
          { words: [1, 2 ** 31, 1, 1], text: 'a', units: 1 },
        ]) {
          for (const name of ['unit', 'scalar', 'text', 'list']) {
            reply({ status, ...damaged });
            assert.throws(
              () => library[name]!(),
              (error) => /^ERR_RUSTDLL_(RANGE|TYPE)$/.test((error as { code?: string }).code ?? ''),
            );
            assert.equal(library.live_blocks!(), 0);
          }
        }
      }
    },
  );

  row(10, 'values that their types do not have', ({ assert, contract, folder, rustdll, throws }) => {
    const { claim, compile, exported, reply, tableOf } = contract;
    const level = {
      kind: 'enum',
      name: 'Level',
      doc: '',
      tag: 'type',
      variants: ['Low', 'High'].map((name) => ({ name, doc: '', kind: 'unit' })),
    };
    const shape = {
      ...level,
      name: 'Shape',
      variants: [
        { name: 'A', doc: '', kind: 'unit' },
        { name: 'B', doc: '', kind: 'value', type: 'bool' },
      ],
    };
    const results: Record<string, unknown> = {
      bool: 'bool',
      char: 'char',
      bools: ['vec', 'bool'],
      chars: ['vec', 'char'],
      level: ['ref', 0],
      shape: ['ref', 1],
      pair: ['tuple', 'bool', 'char'],
      maybe: ['option', 'bool'],
    };
    claim(
      tableOf(
        Object.entries(results).map(([name, result]) => exported(name, {}, result)),
        [level, shape],
      ),
    );
    const library = new rustdll.RustDLL(compile(folder()));
    const wrong: [name: string, ...Parameters<typeof reply>][] = [
      ['bool', { result: 2 }],
      ['bool', { result: 255 }],
      ['char', { result: 0xd800 }],
      ['char', { result: 0xdfff }],
      ['char', { result: 0x110000 }],
      ['char', { result: 0xffffffff }],
      ['bools', { out: [0x0001_0200_0100n], result: 6 }],
      ['bools', { words: [0xff], result: 1 }],
      ['chars', { out: [0xd800_0000_0041n], result: 2 }],
      ['chars', { words: [0x110000], result: 1 }],
      ['level', { out: [2], result: 1 }],
      ['level', { out: [2 ** 31], result: 1 }],
      ['level', { out: [2n ** 64n - 1n], result: 1 }],
      ['shape', { out: [2], result: 1 }],
      ['shape', { out: [1, 2], result: 2 }],
      ['pair', { out: [2, 65], result: 2 }],
      ['pair', { out: [1, 0xdc00], result: 2 }],
      ['maybe', { out: [1, 3], result: 2 }],
    ];
    for (const [name, fields] of wrong) {
      reply(fields);
      throws(() => library[name]!(), {
        type: 'TypeError',
        code: 'ERR_RUSTDLL_TYPE',
        message: new RegExp(`^${name}: `),
      });
      assert.equal(library.live_blocks!(), 0);
    }
    reply({ out: [0x0000_0100_0100n], result: 6 });
    assert.deepEqual(library.bools!(), [false, true, false, true, false, false]);
    reply({ out: [1, 0x1f600], result: 2 });
    assert.deepEqual(library.pair!(), [true, '😀']);
  });
});

onUnix('documented aborts', () => {
  function end(script: Script): Child {
    const child = runScript(script);
    expect(child.stdout).toContain('the fault comes now');
    expect(child.stdout).not.toContain('survived');
    expect(child.code).not.toBe(0);
    return child;
  }

  test('fault 46: a panic while another one is on its way up', () => {
    const { signal, stderr } = end(({ faults, healthy }) => {
      healthy();
      console.log('the fault comes now');
      try {
        faults.panic_while_unwinding!();
      } finally {
        console.log('survived');
      }
    });
    expect(signal).toBe('SIGABRT');
    expect(stderr).toMatch(/the second panic|panic in a destructor|while cleaning up/);
  });

  test('fault 47: a library built to abort says so when it is opened, and a panic in it ends the process', () => {
    const { signal, stderr } = end(async ({ rustdll, paths, healthy, assert }) => {
      const warnings: { name: string; code?: string; message: string }[] = [];
      process.on('warning', (warning) => warnings.push(warning));
      const library = new rustdll.RustDLL(paths.aborting);
      await new Promise((resolve) => setTimeout(resolve, 1));
      assert.deepEqual(
        warnings.map(({ name, code }) => [name, code]),
        [['RustDLLWarning', 'RUSTDLL_PANIC_ABORT']],
      );
      assert.ok(warnings[0]!.message.includes(paths.aborting) && warnings[0]!.message.includes('panic = "abort"'));
      assert.equal(library.answer!(), 42);
      healthy();
      console.log('the fault comes now');
      try {
        library.panic_abort!('these are its last words');
      } finally {
        console.log('survived');
      }
    });
    expect(signal).toBe('SIGABRT');
    // The process has ended, so nothing could make an exception.
    expect(stderr).toContain('these are its last words');
  });

  test('fault 49: a stack overflow in an exported function', () => {
    const { signal } = end(({ faults, healthy }) => {
      healthy();
      console.log('the fault comes now');
      faults.overflow_stack!();
      console.log('survived');
    });
    expect(['SIGSEGV', 'SIGABRT', 'SIGBUS']).toContain(signal);
  });

  test('fault 49: an allocation that fails in an exported function', () => {
    const { signal, stderr } = end(({ faults, healthy }) => {
      healthy();
      console.log('the fault comes now');
      try {
        faults.exhaust_memory!();
      } finally {
        console.log('survived');
      }
    });
    expect(signal).toBe('SIGABRT');
    expect(stderr).toMatch(/memory allocation of \d+ bytes failed/);
  });
});
