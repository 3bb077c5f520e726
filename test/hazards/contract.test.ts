/** Libraries of another contract, and libraries that describe themselves incorrectly. */

import { group } from '../support/hazards';

const onUnix = process.platform === 'win32' ? describe.skip : describe;

onUnix('a library made by somebody else', () => {
  const row = group();

  row(
    42,
    'another version of the contract: refused before any call',
    ({ assert, contract, folder, require, rustdll, throws }) => {
      const koffi = require('koffi') as { load(path: string): { func(declaration: string): () => number } };
      const place = folder();
      contract.claim(contract.tableOf([contract.exported('f')]));
      for (const [version, remedy] of [
        [0, /newer crate/],
        [3, /update this package/],
        [77, /update this package/],
        [4294967295, /update this package/],
      ] as const) {
        const file = contract.compile(place, `VERSION=${version}u`);
        for (let i = 0; i < 2; i++) {
          const { message } = throws(() => new rustdll.RustDLL(file), {
            type: 'RustDLLError',
            code: 'ERR_RUSTDLL_CONTRACT',
            message: remedy,
          });
          assert.ok(
            message.includes(file) && message.includes(`version ${version} `) && message.includes('versions 1 and 2'),
            message,
          );
        }
        assert.equal(koffi.load(file).func('int64_t call_count()')(), 0);
      }
      // Unknown flags are ignored.
      const library = new rustdll.RustDLL(contract.compile(place, 'FLAGS=0xfffffffe'));
      assert.equal(library.f!(), undefined);
      // The table has another version than the symbol.
      contract.claim(contract.tableOf([contract.exported('f')], [], { contract: 2 }));
      throws(() => new rustdll.RustDLL(contract.compile(place)), {
        type: 'RustDLLError',
        code: 'ERR_RUSTDLL_TABLE',
        message: /of contract 1, and its table of contract 2/,
      });
    },
  );

  row(43, 'symbols that are missing, of another kind, or not ours', ({ assert, contract, folder, rustdll, throws }) => {
    const place = folder();
    contract.claim(contract.tableOf([contract.exported('f')]));
    for (const define of [
      'MAGIC="RUSTDLK"',
      'MAGIC="rustdll"',
      'MAGIC=""',
      'CONTRACT_IS_CODE',
      'NO_TABLE',
      'TABLE_IS_DATA',
      'NO_FUNCTION',
    ]) {
      const file = contract.compile(place, define);
      const { message } = throws(() => new rustdll.RustDLL(file), { type: 'RustDLLError', code: 'ERR_RUSTDLL_TABLE' });
      assert.ok(message.includes(file), message);
    }
    // Without a contract it is a plain library, whatever other symbols it has.
    const plain = new rustdll.RustDLL(contract.compile(place, 'NO_CONTRACT'));
    assert.deepEqual(Object.keys(plain), []);
    assert.equal(plain.call_count!(), 0);
  });

  row(
    43,
    'a table that is none: its text is given back, nothing else is called',
    ({ assert, contract, folder, rustdll, throws }) => {
      const file = contract.compile(folder());
      const { claim, exported, tableOf } = contract;
      claim(tableOf([exported('f')]));
      const good = new rustdll.RustDLL(file);
      const refused = (message?: RegExp) => {
        const before = good.call_count!() as number;
        const error = throws(() => new rustdll.RustDLL(file), {
          type: 'RustDLLError',
          code: 'ERR_RUSTDLL_TABLE',
          ...(message && { message }),
        });
        assert.ok(error.message.includes(file) && error.message.length < 1000, error.message);
        assert.equal(good.live_blocks!(), 0);
        assert.equal(good.call_count!(), before + 1);
      };
      const deep = (depth: number, inner: string) => `${'["vec",'.repeat(depth)}${inner}${']'.repeat(depth)}`;
      const texts = [
        ' ',
        '{',
        'null',
        '1',
        '"x"',
        '[]',
        '{}',
        'undefined',
        'NaN',
        '{"contract":1}',
        '\ufeff{}',
        '{"a":1}'.repeat(2),
        '['.repeat(100_000),
        '{"a":'.repeat(50_000),
      ];
      for (const text of texts) {
        claim(text);
        refused();
      }
      // The table has more than 16 MiB, with and without blanks.
      claim(tableOf([exported('f')]), { pad: 17 << 20 });
      refused(/16 MiB/);
      claim(tableOf([exported('f')]), { pad: 15 << 20 });
      assert.deepEqual(Object.keys(new rustdll.RustDLL(file)), ['f']);
      claim(JSON.stringify(tableOf([exported('f')])).replace('"unit"', deep(100_000, '"f64"')));
      refused();
      const tables: unknown[] = [
        tableOf([exported('f'), exported('f')]),
        tableOf([exported('a'), exported('b')].reverse(), [], { functions: [exported('b'), exported('a')] }),
        tableOf([exported('')]),
        tableOf([exported('a\0b')]),
        tableOf([exported('\ud800')]),
        ...['then', '__proto__', 'constructor', 'toString', 'toJSON', '$x', '@x'].map((name) =>
          tableOf([exported(name)]),
        ),
        tableOf([exported('f', Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`p${i}`, 'i8'])))]),
        tableOf([exported('f', { p: 'f128' })]),
        tableOf([exported('f', { p: ['ref', 0] })]),
        tableOf([exported('f', { p: ['ref', -1] })]),
        tableOf([exported('f', { p: ['ref', 2 ** 53] })]),
        tableOf([exported('f', { p: ['array', 'i8', 2 ** 32] })]),
        tableOf([exported('f', { p: ['array', 'i8', -1] })]),
        tableOf([exported('f', { p: ['py', 'PyVec<i64>'] })]),
        tableOf([exported('f', { p: ['py', '&PyVec<i64>) -> f64; fn g(x: i8'] })]),
        tableOf([exported('f', { p: ['mut', 'string'] })]),
        tableOf([exported('f', { p: ['typed', 'bool'] })]),
        tableOf([exported('f', {}, ['mut', 'i8'])]),
        tableOf([exported('f', {}, 'unit', { hash: '0123456789ABCDEF' })]),
        tableOf([exported('f', {}, 'unit', { hash: 1 })]),
        tableOf([exported('f', {}, 'unit', { throws: 1 })]),
        tableOf([exported('f', {}, 'unit', { extra: 1 })]),
        tableOf(
          [exported('f')],
          [{ kind: 'record', name: 'R', doc: '', fields: [{ name: 'r', doc: '', type: ['ref', 0] }] }],
        ),
        tableOf(
          [exported('f')],
          [{ kind: 'record', name: 'R', doc: '', fields: [{ name: '__proto__', doc: '', type: 'i8' }] }],
        ),
        tableOf([exported('f')], [{ kind: 'enum', name: 'E', doc: '', tag: 'type', variants: [] }]),
        tableOf(
          [exported('f')],
          [{ kind: 'enum', name: 'E', doc: '', tag: '__proto__', variants: [{ name: 'A', doc: '', kind: 'unit' }] }],
        ),
        tableOf(Array.from({ length: 70_000 }, (_, i) => exported(`f${i}`))),
        { ...tableOf([]), functions: {} },
        { ...tableOf([]), types: 'x' },
        { ...tableOf([]), panic: 'maybe' },
      ];
      for (const table of tables) {
        claim(table);
        refused();
      }
      claim(tableOf([exported('f')]));
      assert.deepEqual(Object.keys(new rustdll.RustDLL(file)), ['f']);
      assert.equal(good.live_blocks!(), 0);
    },
  );

  row(43, 'a table that cannot be had', ({ assert, contract, folder, rustdll, throws }) => {
    const file = contract.compile(folder());
    contract.claim(contract.tableOf([]));
    const good = new rustdll.RustDLL(file);
    contract.claim(undefined);
    const replies: Parameters<typeof contract.reply>[0][] = [
      {},
      { result: 5 },
      { text: '', units: 0 },
      { text: 'x', textBytes: 2 ** 40 },
      { text: 'x', textBytes: 2 ** 62, textCapacity: 2 ** 62, units: 2 ** 62 },
      { text: Buffer.from([0xff, 0xfe, 0x80]), units: 3 },
      { text: Buffer.from([0xff, 0xfe, 0x80]), units: 1 },
      { words: [1, 2, 3], result: 3 },
      { words: [1, 2, 3], wordsBytes: 1e9 },
      { status: 5, text: 'two functions are exported as f: one in a and one in b', units: 54 },
      { status: 5 },
      { status: 1, out: [0, 0], result: 2 },
      { status: 2, out: [0, 0], result: 2 },
      { status: 4, text: 'x', units: 1 },
      { status: 0xffffffff, text: 'x', units: 1 },
      { status: 0x100 },
      { status: 0x101, words: [1] },
      { text: '{}', units: 2, release: 0 },
      { words: [1], text: '{}', units: 2, release: 0 },
    ];
    for (const reply of replies) {
      contract.reply(reply);
      const { message } = throws(() => new rustdll.RustDLL(file), { type: 'RustDLLError', code: 'ERR_RUSTDLL_TABLE' });
      assert.ok(message.includes(file));
      if (reply!['status'] === 5 && reply!['text'] !== undefined)
        assert.match(message, /two functions are exported as f/);
      // Memory without a function that releases it cannot be released.
      if (reply!['release'] !== 0) assert.equal(good.live_blocks!(), 0, JSON.stringify(reply));
    }
  });

  row(43, 'functions that are not what the table says', ({ assert, contract, folder, rustdll, throws }) => {
    const file = contract.compile(folder());
    const { claim, exported, tableOf } = contract;
    const table = tableOf(['a', 'b', 'c'].map((name) => exported(name)));
    for (const hash of ['0', 'fedcba9876543210', '0123456789abcdee', '8123456789abcdef']) {
      claim(table, { hash });
      const { message } = throws(() => new rustdll.RustDLL(file), {
        type: 'RustDLLError',
        code: 'ERR_RUSTDLL_TABLE',
        message: /`a`.*hash/,
      });
      assert.ok(message.includes(hash.padStart(16, '0')) && message.includes(contract.HASH), message);
    }
    for (const none of [0, 1, 2]) {
      claim(table, { none });
      throws(() => new rustdll.RustDLL(file), {
        type: 'RustDLLError',
        code: 'ERR_RUSTDLL_TABLE',
        message: new RegExp(`\`${'abc'[none]}\``),
      });
    }
    claim(table, { none: 3 });
    assert.deepEqual(Object.keys(new rustdll.RustDLL(file)), ['a', 'b', 'c']);
    // The second function has the hash of another one. The table must be refused, since a hash covers names and types.
    claim({ ...table, functions: [exported('a'), { ...exported('b'), hash: '0000000000000001' }] });
    throws(() => new rustdll.RustDLL(file), { type: 'RustDLLError', code: 'ERR_RUSTDLL_TABLE', message: /`b`/ });
  });

  row(
    43,
    'damaged at random: refused, or taken for what it says',
    ({ assert, contract, exported, folder, rustdll }) => {
      // The test replaces parts of a table that the crate itself has written.
      const file = contract.compile(folder());
      const random = contract.randomFrom(12345);
      const types = [
        {
          kind: 'record',
          name: 'R',
          doc: 'd',
          fields: [
            { name: 'x', doc: '', type: 'f64' },
            { name: 'y', doc: '', type: ['option', ['ref', 0]] },
          ],
        },
        {
          kind: 'enum',
          name: 'E',
          doc: '',
          tag: 'type',
          variants: [
            { name: 'A', doc: '', kind: 'unit' },
            { name: 'B', doc: '', kind: 'value', type: 'string' },
            { name: 'C', doc: '', kind: 'tuple', types: ['i64', ['vec', 'u8']] },
          ],
        },
      ];
      const shapes = [
        'i64',
        'f32',
        'bool',
        'char',
        'u128',
        'string',
        'unit',
        ['vec', 'f64'],
        ['typed', 'i64'],
        ['vec', 'string'],
        ['array', 'u8', 3],
        ['option', 'i32'],
        ['tuple', 'f64', 'string'],
        ['map', ['ref', 1]],
        ['ref', 0],
        ['ref', 1],
        ['vec', ['ref', 0]],
      ];
      const functions = shapes.map((shape, i) =>
        contract.exported(`f${i}`, i === 6 || i % 3 > 0 ? {} : { a: shape }, shape, { throws: i % 2 === 0 }),
      );
      const parts: unknown[] = [
        null,
        0,
        -1,
        1e300,
        '',
        'x',
        '__proto__',
        [],
        {},
        true,
        'close',
        'f64',
        ['ref', 0],
        ['ref', 9],
        ['py', '&PyStr'],
        ...shapes,
      ];
      const spots = (value: unknown, found: [object, string][] = []) => {
        if (typeof value === 'object' && value !== null) {
          for (const key of Object.keys(value)) {
            found.push([value, key]);
            spots((value as Record<string, unknown>)[key], found);
          }
        }
        return found;
      };
      const values: unknown[] = [
        1,
        0.5,
        'é',
        true,
        null,
        2n ** 100n,
        [1, 2, 3],
        ['a'],
        { x: 1 },
        { type: 'A' },
        { type: 'B', value: 'b' },
        new Float64Array(2),
        new BigInt64Array(1),
        {},
        undefined,
      ];
      const word = () =>
        [0, 1, 2, 3, 5, 0xd800, 2 ** 31, 2 ** 32, 2n ** 63n, 2n ** 64n - 1n, 4096, 32768, 32769, 1e6][random(14)]!;
      const list = () => Array.from({ length: random(8) }, word);
      const replyAtRandom = () => {
        const fields: Record<string, unknown> = { out: list() };
        if (random(2) === 0) fields['result'] = word();
        if (random(3) === 0) fields['status'] = random(7);
        if (random(3) === 0) fields['words'] = list();
        if (random(4) === 0) fields['wordsBytes'] = random(70);
        if (random(2) === 0)
          fields['text'] = Buffer.from(
            Array.from({ length: random(6) }, () => [97, 98, 0xc3, 0xa9, 0xff, 0][random(6)]!),
          );
        if (random(4) === 0) fields['textBytes'] = random(12);
        fields['units'] = random(8);
        contract.reply(fields as never);
      };
      let opened = 0;
      let called = 0;
      for (let i = 0; i < 1000; i++) {
        const table = structuredClone(contract.tableOf(functions, types));
        for (let damage = random(3); damage > 0; damage--) {
          const all = spots(table);
          const [holder, key] = all[random(all.length)]!;
          if (random(5) === 0) Reflect.deleteProperty(holder, key);
          else (holder as Record<string, unknown>)[key] = parts[random(parts.length)];
        }
        contract.claim(table);
        let library;
        try {
          library = new rustdll.RustDLL(file);
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'ERR_RUSTDLL_TABLE', String((error as Error).stack));
          continue;
        }
        opened++;
        for (const name of Object.keys(library)) {
          replyAtRandom();
          try {
            library[name]!(...Array.from({ length: library[name]!.length }, () => values[random(values.length)]));
            called++;
          } catch (error) {
            const { code, name: kind } = error as Error & { code?: string };
            assert.ok((code ?? '').startsWith('ERR_RUSTDLL_') || kind === 'RustError', String((error as Error).stack));
          }
        }
        assert.equal(library.live_blocks!(), 0);
      }
      assert.ok(opened > 200 && called > 80, `${opened} opened, ${called} called`);
      assert.equal(exported.add_i64!(1, 2), 3);
    },
  );
});
