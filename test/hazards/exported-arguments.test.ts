/** Arguments that an exported function does not accept. Every row runs with and without generated code. */

import { group, type DeclareRow } from '../support/hazards';

const ways: [how: string, row: DeclareRow][] = [
  ['generated', group()],
  ['interpreted (fault 66)', group({ flags: ['--disallow-code-generation-from-strings'] })],
];

describe.each(ways)('%s', (_how, row) => {
  row(1, 'a wrong number of arguments is a TypeError with the signature', ({ assert, exported, faults, throws }) => {
    const wrong = (call: () => unknown, signature: string) => {
      const error = throws(call, { type: 'TypeError', code: 'ERR_RUSTDLL_ARITY' });
      assert.ok(error.message.includes(signature), error.message);
    };
    for (const args of [[], [1], [1, 2, 3], [1, 2, undefined]]) {
      wrong(() => exported.add_i64!(...args), 'add_i64(a: number, b: number): number');
    }
    wrong(() => exported.nothing!(undefined), 'nothing(): void');
    wrong(() => exported.centroid!(), 'centroid(points: Point[]): Point');
    wrong(() => exported.centroid!([], []), 'centroid(points: Point[]): Point');
    wrong(() => exported.optional!(), 'optional(a: number, b?: number | null');
    wrong(() => exported.optional!(1, 2, 'x', [], null), 'optional(a: number, b?: number | null');
    wrong(() => exported.many!(...new Array<number>(33).fill(1)), 'many(a0: number');
    const list = [1, 2];
    wrong(() => faults.exchange!(list), 'exchange(a: number[], b: number[]): void');
    wrong(() => exported.test!('World', list, list), 'test(name: string, numbers: number[]): void');
    assert.deepEqual(list, [1, 2]);
    assert.equal(exported.optional!(1), '1 None None None');
  });

  row(2, 'a value of the wrong type, with the path to it', ({ assert, exported, faults, throws, require }) => {
    const { inspect } = require('node:util') as typeof import('node:util');
    const hostile = {
      valueOf: () => assert.fail('valueOf was called'),
      toString: () => assert.fail('toString was called'),
    };
    const values: unknown[] = [
      undefined,
      null,
      '',
      'ab',
      {},
      [],
      [1],
      hostile,
      new Number(1),
      Symbol('s'),
      () => 1,
      new Date(0),
      new Uint8Array(1),
      /x/,
      new WeakMap(),
    ];
    const scalars = [
      'i8',
      'u8',
      'i16',
      'u16',
      'i32',
      'u32',
      'i64',
      'u64',
      'isize',
      'usize',
      'f32',
      'f64',
      'bool',
      'char',
      'i128',
      'u128',
    ];
    const at = (call: () => unknown, place: string) => {
      const error = throws(call, { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
      assert.ok(error.message.startsWith(`${place}: `), `${place}: ${error.message}`);
    };
    const touched = exported.touched!();
    for (const value of values) {
      for (const type of scalars) at(() => exported[`echo_${type}`]!(value), `echo_${type}: argument 1 (value)`);
      if (typeof value !== 'string') {
        at(() => exported.echo_str!(value), 'echo_str: argument 1 (text)');
        at(() => exported.echo_vec_string!(['a', value]), 'echo_vec_string: argument 1 (value)[1]');
        at(() => exported.echo_map_string!({ k: value }), 'echo_map_string: argument 1 (value).k');
      }
      if (!Array.isArray(value)) {
        at(() => exported.echo_vec_f64!(value), 'echo_vec_f64: argument 1 (value)');
        at(() => exported.touch!(value), 'touch: argument 1 (points)');
        at(() => exported.echo_tuple!(value), 'echo_tuple: argument 1 (value)');
        at(() => exported.normalize!(value), 'normalize: argument 1 (v)');
      }
      at(() => exported.echo_vec_f64!([0, value]), 'echo_vec_f64: argument 1 (value)[1]');
      at(
        () =>
          exported.touch!([
            { x: 1, y: 2 },
            { x: 1, y: value },
          ]),
        'touch: argument 1 (points)[1].y',
      );
      at(() => exported.echo_level!(value), 'echo_level: argument 1 (value)');
      at(() => exported.echo_shape!({ type: 'Rect', value: [1, value] }), 'echo_shape: argument 1 (value).value[1]');
      at(() => exported.echo_typed_f64!(value), 'echo_typed_f64: argument 1 (value)');
      assert.ok(inspect(value) !== '');
    }
    for (const value of [undefined, null, 1, 'x', () => 1, Symbol('s')]) {
      at(() => exported.touch!([value]), 'touch: argument 1 (points)[0]');
      at(() => exported.echo_shape!(value), 'echo_shape: argument 1 (value)');
      at(() => exported.echo_map_f64!(value), 'echo_map_f64: argument 1 (value)');
    }
    at(() => exported.touch!([{ x: 1, y: 2, label: null }, { x: 1 }]), 'touch: argument 1 (points)[1].y');
    at(() => exported.touch!([{ x: 1, y: 2, lable: 'typo' }]), 'touch: argument 1 (points)[0].lable');
    at(() => exported.echo_shape!({ type: 'Circle', radius: 1, more: 1 }), 'echo_shape: argument 1 (value).more');
    at(() => faults.echo_options!({ i8: 1, what: 2 }), 'echo_options: argument 1 (options).what');
    assert.equal(exported.touched!(), touched);
  });

  row(3, 'what is no integer, for an integer', ({ assert, exported, faults, throws }) => {
    const type = { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE' } as const;
    for (const name of ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'isize', 'usize', 'i128', 'u128']) {
      for (const value of [NaN, Infinity, -Infinity, 1.5, -0.5, 1e-300, Number.MIN_VALUE]) {
        throws(() => exported[`echo_${name}`]!(value), { ...type, message: /argument 1 \(value\)/ });
        throws(() => faults.echo_options!({ [name]: value }), {
          ...type,
          message: new RegExp(`\\(options\\)\\.${name}`),
        });
        if (!name.endsWith('128'))
          throws(() => exported[`echo_vec_${name}`]!([0, value]), { ...type, message: /\(value\)\[1\]/ });
      }
      const zero = exported[`echo_${name}`]!(-0) as unknown;
      assert.ok(Object.is(zero, name.endsWith('128') ? 0n : 0), `${name}: ${String(zero)}`);
      const option = (faults.echo_options!({ [name]: -0 }) as Record<string, unknown>)[name];
      assert.ok(Object.is(option, name.endsWith('128') ? 0n : 0), name);
    }
    assert.ok(Object.is((exported.echo_vec_i64!([-0]) as number[])[0], 0));
    assert.ok(Object.is((exported.echo_vec_i8!([-0]) as number[])[0], 0));
    assert.ok(Object.is(exported.echo_f64!(-0), -0) && Object.is(exported.echo_f32!(-0), -0));
    assert.ok(Object.is((exported.echo_vec_f64!([-0]) as number[])[0], -0));
    assert.ok(Object.is((faults.echo_options!({ f64: -0 }) as { f64: number }).f64, -0));
  });

  row(4, 'an integer out of range never wraps', ({ assert, exported, faults, throws }) => {
    const range = { type: 'RangeError', code: 'ERR_RUSTDLL_RANGE' } as const;
    for (const bits of [8, 16, 32]) {
      for (const signed of [true, false]) {
        const type = `${signed ? 'i' : 'u'}${bits}`;
        const [min, max] = signed ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1];
        assert.deepEqual([exported[`echo_${type}`]!(min), exported[`echo_${type}`]!(max)], [min, max]);
        for (const value of [min - 1, max + 1, 2 ** 32, -(2 ** 32), 2 ** 53, 1e300, -1e300]) {
          throws(() => exported[`echo_${type}`]!(value), { ...range, message: /argument 1 \(value\)/ });
          throws(() => exported[`echo_vec_${type}`]!([0, value]), { ...range, message: /\(value\)\[1\]/ });
          throws(() => exported[`bump_${type}`]!([0, value]), { ...range, message: /\(list\)\[1\]/ });
          throws(() => faults.echo_options!({ [type]: value }), { ...range, message: new RegExp(`\\.${type}`) });
        }
      }
    }
    throws(() => exported.echo_u64!(-1), range);
    throws(() => exported.echo_vec_usize!([1, -1]), range);
    throws(() => faults.echo_options!({ usize: -1 }), range);
    throws(() => exported.echo_f32!(1e39), range);
    throws(() => faults.echo_options!({ f32: -1e39 }), range);
    throws(() => exported.echo_vec_f32!([1, 1e39]), range);
    assert.deepEqual([exported.echo_f32!(Infinity), exported.echo_f32!(NaN)], [Infinity, NaN]);
    throws(() => exported.echo_person!({ firstName: '', born: 2 ** 31, type: 'Low' }), { ...range, message: /\.born/ });
  });

  row(5, 'a number beyond 2^53 is refused with the way out, in both directions', ({ exported, faults, throws }) => {
    const wrong = (call: () => unknown, message: RegExp) =>
      throws(call, { type: 'RangeError', code: 'ERR_RUSTDLL_RANGE', message });
    for (const value of [2 ** 53, 2 ** 63, 2 ** 64, 1e300]) {
      for (const type of ['i64', 'u64', 'isize', 'usize', 'i128', 'u128'])
        wrong(() => exported[`echo_${type}`]!(value), /argument 1 \(value\).*BigInt/);
      wrong(() => exported.echo_i64!(-value), /BigInt/);
      wrong(() => exported.echo_vec_i64!([1, value]), /\(value\)\[1\].*BigInt/);
      wrong(() => exported.echo_vec_vec_i64!([[], [value]]), /\(value\)\[1\]\[0\].*BigInt/);
      wrong(() => exported.echo_tuple!([value, 'x', null]), /\(value\)\[0\].*BigInt/);
      wrong(() => faults.echo_options!({ u64: value }), /\.u64.*BigInt/);
    }
    for (const value of [2n ** 53n, 2n ** 63n - 1n]) {
      wrong(() => exported.echo_i64!(value), /result.*bigint/);
      wrong(() => exported.echo_u64!(value), /result.*bigint/);
      wrong(() => exported.echo_vec_i64!([1n, value]), /result.*bigint/);
      wrong(() => exported.echo_tuple!([value, 'x', null]), /result.*bigint/);
      wrong(() => faults.echo_options!({ i64: value }), /result.*bigint/);
    }
  });

  row(6, 'a bigint that is too wide', ({ assert, exported, faults, throws }) => {
    const range = { type: 'RangeError', code: 'ERR_RUSTDLL_RANGE' } as const;
    const bounds: Record<string, [bigint, bigint]> = {
      i64: [-(2n ** 63n), 2n ** 63n - 1n],
      u64: [0n, 2n ** 64n - 1n],
      i128: [-(2n ** 127n), 2n ** 127n - 1n],
      u128: [0n, 2n ** 128n - 1n],
    };
    for (const [type, [min, max]] of Object.entries(bounds)) {
      for (const value of [min - 1n, max + 1n, 2n ** 200n, -(2n ** 200n)]) {
        throws(() => exported[`echo_${type}`]!(value), { ...range, message: /argument 1 \(value\)/ });
        throws(() => faults.echo_options!({ [type]: value }), { ...range, message: new RegExp(`\\.${type}`) });
        throws(() => faults.echo_big_lists!({ ...nothing(), [type]: [0n, value] }), {
          ...range,
          message: new RegExp(`\\.${type}\\[1\\]`),
        });
      }
      const lists = faults.echo_big_lists!({ ...nothing(), [type]: [min, max] }) as Record<string, unknown>;
      assert.deepEqual(lists[type], [min, max]);
    }
    function nothing() {
      return Object.fromEntries(Object.keys(faults.echo_options!({}) as object).map((key) => [key, []]));
    }
  });

  row(7, 'a lone surrogate in a string, wherever it stands', ({ exported, faults, healthy, throws }) => {
    const lone = { type: 'TypeError', code: 'ERR_RUSTDLL_SURROGATE' } as const;
    for (const text of ['\ud800', 'a\udc00', '\udbff\udbff\udfff', `${'é'.repeat(500)}\ud800`]) {
      throws(() => exported.echo_str!(text), { ...lone, message: /argument 1 \(text\)/ });
      throws(() => exported.join!(['a'], text), { ...lone, message: /argument 2 \(separator\)/ });
      throws(() => exported.echo_vec_string!(['a', text]), { ...lone, message: /argument 1 \(value\)\[1\]/ });
      throws(() => exported.echo_map_f64!({ [text]: 1 }), { ...lone, message: /argument 1 \(value\)/ });
      throws(() => exported.echo_map_string!(new Map([['k', text]])), { ...lone, message: /\(value\)\.k/ });
      throws(() => exported.touch!([{ x: 1, y: 2, label: text }]), { ...lone, message: /\(points\)\[0\]\.label/ });
      throws(() => exported.echo_char!(text), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
      throws(() => faults.concat!('a', text, 'b', [], 'c', 'd', 'e'), { ...lone, message: /argument 2 \(b\)/ });
      healthy();
    }
    throws(() => exported.touch_text!(['\ud83d', '\ude00']), { ...lone, message: /\(texts\)\[0\]/ });
    healthy();
  });

  row(8, 'a NUL inside a string, a list, a key, a panic', ({ assert, exported, throws }) => {
    assert.equal(exported.echo_str!('a\0b'), 'a\0b');
    assert.equal(exported.text_bytes!('\0\0'), 2);
    assert.deepEqual(exported.echo_vec_string!(['\0', 'a\0']), ['\0', 'a\0']);
    assert.deepEqual(exported.echo_map_f64!({ '\0': 1 }), { '\0': 1 });
    assert.equal(exported.echo_char!('\0'), '\0');
    throws(() => exported.panic_string!('a\0b'), { type: 'RustPanic', message: /^a\0b$/ });
    throws(() => exported['add\0'], { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
  });

  row(10, 'what is no bool, no char, no variant', ({ exported, throws }) => {
    const type = { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE' } as const;
    for (const value of [0, 1, 2, 'true', null, undefined, 1n]) {
      throws(() => exported.echo_bool!(value), type);
      throws(() => exported.echo_vec_bool!([true, value]), type);
      throws(() => exported.bump_bool!([true, value]), type);
      throws(() => exported.echo_nested_tuple!([[1, value], []]), { ...type, message: /\[0\]\[1\]/ });
    }
    for (const value of ['', 'ab', '\ud800', '\udc00', 65, null, undefined, 'é'.normalize('NFD')]) {
      throws(() => exported.echo_char!(value), type);
      throws(() => exported.echo_vec_char!(['a', value]), type);
      throws(() => exported.echo_nested_tuple!([[1, true], [[value, 1]]]), { ...type, message: /\[1\]\[0\]\[0\]/ });
    }
    for (const value of ['low', 'High', 0, 3, null, undefined, '__proto__', 'constructor']) {
      throws(() => exported.echo_level!(value), { ...type, message: /'Low', 'Middle' or 'high!'/ });
      throws(() => exported.echo_levels!(['Low', value]), { ...type, message: /\[1\]/ });
      throws(() => exported.echo_shape!({ type: value }), { ...type, message: /\.type: expected 'Circle'/ });
    }
    // The bytes of a view may be invalid values of these types, so views are not accepted for them.
    for (const view of [
      new Uint8Array([0, 1, 2]),
      new Uint32Array([0xd800]),
      new ArrayBuffer(4),
      new DataView(new ArrayBuffer(4)),
    ]) {
      for (const name of [
        'echo_vec_bool',
        'echo_vec_char',
        'echo_slice_bool',
        'echo_slice_char',
        'bump_bool',
        'bump_char',
      ]) {
        throws(() => exported[name]!(view), { ...type, message: /argument 1/ });
      }
    }
  });

  /* eslint-disable no-sparse-arrays -- they are what is tested */
  row(15, 'holes', ({ assert, exported, throws }) => {
    const hole = (place: string) =>
      ({
        type: 'TypeError',
        code: 'ERR_RUSTDLL_TYPE',
        message: new RegExp(`${place}: expected .*, got undefined`),
      }) as const;
    throws(() => exported.echo_vec_f64!([1, , 3]), hole('\\(value\\)\\[1\\]'));
    throws(() => exported.echo_vec_vec_i64!([[1], [, 2]]), hole('\\(value\\)\\[1\\]\\[0\\]'));
    throws(() => exported.echo_vec_string!(['a', , 'c']), hole('\\(value\\)\\[1\\]'));
    throws(() => exported.touch!([{ x: 1, y: 1 }, , { x: 1, y: 1 }]), hole('\\(points\\)\\[1\\]'));
    throws(() => exported.echo_tuple!([1, ,]), {
      type: 'TypeError',
      code: 'ERR_RUSTDLL_TYPE',
      message: /3 elements, got one of 2/,
    });
    throws(() => exported.echo_tuple!([, 'a', 1]), hole('\\(value\\)\\[0\\]'));
    throws(() => exported.bump_f64!([, 1]), hole('\\(list\\)\\[0\\]'));
    assert.deepEqual(exported.echo_vec_option_string!(['a', , 'c']), ['a', null, 'c']);
    // An element that only a prototype has is missing too.
    const filled = Object.setPrototypeOf([1, , 3], Object.assign([], { 1: 'x' })) as number[];
    throws(() => exported.echo_vec_f64!(filled), { type: 'TypeError', message: /\[1\]/ });
  });

  /* eslint-enable no-sparse-arrays */

  row(18, 'ragged lists', ({ assert, exported }) => {
    const ragged = [[], [1], [1, 2, 3], [], Array.from({ length: 5000 }, (_, i) => i), [0]];
    assert.deepEqual(exported.echo_vec_vec_i64!(ragged), ragged);
    assert.deepEqual(exported.echo_vec_vec_f64!(ragged), ragged);
    assert.equal(exported.count_vec_vec!(ragged), 5005);
    assert.deepEqual(exported.echo_map_points!({ a: [], b: [{ x: 1, y: 2, label: null }] }), {
      a: [],
      b: [{ x: 1, y: 2, label: null }],
    });
  });

  row(19, 'mixed kinds', ({ assert, exported, throws }) => {
    const at = (call: () => unknown, place: RegExp) =>
      throws(call, { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE', message: place });
    // An integer may be a number or a bigint.
    assert.deepEqual(exported.echo_vec_i64!([1, 2n]), [1, 2]);
    assert.deepEqual(exported.echo_vec_i64!([1n, 2]), [1, 2]);
    at(() => exported.echo_vec_i64!([1, 2n, '3']), /\(value\)\[2\]/);
    at(() => exported.echo_vec_i64!([1n, 2, 0.5]), /\(value\)\[2\]/);
    at(() => exported.echo_vec_f64!([1, 2n]), /\(value\)\[1\]/);
    at(() => exported.echo_vec_f64!([1, '2']), /\(value\)\[1\]/);
    at(() => exported.echo_vec_string!(['1', 2]), /\(value\)\[1\]/);
    at(() => exported.echo_vec_vec_f64!([[1], 2]), /\(value\)\[1\]/);
    at(() => exported.echo_vec_vec_f64!([1, [2]]), /\(value\)\[0\]/);
    at(() => exported.echo_shapes!([{ type: 'Empty' }, 'Empty']), /\(value\)\[1\]/);
    at(() => exported.echo_levels!(['Low', { type: 'Low' }]), /\(value\)\[1\]/);
    at(() => exported.py_texts!(['a', 1]), /\(texts\)\[1\]/);
    at(() => exported.py_scale!([[1], [[2]]], 1), /\(lists\)\[1\]\[0\]/);
  });

  row(21, 'what is empty', ({ assert, exported, faults }) => {
    const aligned = (address: unknown) => assert.ok(Number(address) > 0 && Number(address) % 8 === 0, String(address));
    for (const empty of [
      [],
      new Float64Array(0),
      new Float64Array(new ArrayBuffer(8), 8),
      new Float64Array(new SharedArrayBuffer(0)),
    ]) {
      aligned(faults.address_f64!(empty));
      aligned(faults.address_mut!(empty));
      aligned(faults.address_py!(empty));
      assert.deepEqual(exported.echo_vec_f64!(empty), []);
      assert.deepEqual(exported.echo_typed_f64!(new Float64Array(empty)), new Float64Array(0));
      assert.deepEqual(exported.echo_vec_vec_f64!([empty, [1], empty]), [[], [1], []]);
      exported.normalize!(empty);
    }
    assert.ok((faults.address_str!('') as number) > 0 && (faults.address_u8!(Buffer.alloc(0)) as number) > 0);
    assert.deepEqual([exported.echo_str!(''), exported.words!(''), exported.join!([], '')], ['', [], '']);
    assert.deepEqual([exported.echo_vec_string!([]), exported.echo_vec_string!([''])], [[], ['']]);
    assert.deepEqual([exported.echo_points!([]), exported.echo_map_f64!({}), exported.echo_empty!({})], [[], {}, {}]);
    assert.deepEqual([exported.py_texts!([]), exported.py_maybe!([]), exported.py_maybe!(null)], ['', 0, -1]);
    assert.deepEqual(exported.echo_vec_u8!(new ArrayBuffer(0)), new Uint8Array(0));
  });

  row(30, 'a typed array of another element type', ({ exported, throws }) => {
    const kinds = {
      i8: Int8Array,
      u8: Uint8Array,
      i16: Int16Array,
      u16: Uint16Array,
      i32: Int32Array,
      u32: Uint32Array,
      i64: BigInt64Array,
      u64: BigUint64Array,
      f32: Float32Array,
      f64: Float64Array,
    };
    const wrong = { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE', message: /argument 1/ } as const;
    for (const [type, Kind] of Object.entries(kinds)) {
      for (const other of Object.keys(kinds)) {
        const view = new Kind(8);
        if (other === type) continue;
        // Bytes are those of any view.
        const names = other === 'u8' ? ['echo_typed', 'bump'] : ['echo_vec', 'echo_slice', 'echo_typed', 'bump'];
        for (const name of names) throws(() => exported[`${name}_${other}`]!(view), wrong);
      }
      throws(() => exported[`echo_typed_${type}`]!([]), wrong);
      throws(() => exported[`echo_typed_${type}`]!(new ArrayBuffer(8)), wrong);
      if (type !== 'f64') throws(() => exported.echo_vec_vec_f64!([[1], new Kind(1)]), { ...wrong, message: /\[1\]/ });
    }
    throws(() => exported.echo_str!(new Uint8Array([65])), wrong);
    throws(() => exported.echo_points!(new Float64Array(2)), wrong);
  });
});
