/** Lists that change while they are packed, are inconsistent, throw, or contain themselves. */

import { group } from '../support/hazards';

const row = group();

row(11, 'a getter that changes the list while it is packed', ({ assert, declare, kernels }) => {
  const lib = declare(`fn sum_i64(v: &PyVec<i64>) -> i64; fn add_one_i64(v: &mut PyVec<i64>);
    fn sum_f64(v: &PyVec<f64>) -> f64; fn hash_strs(v: &PyVec<&PyStr>) -> u64; fn sum_rows(v: &PyVec<&PyVec<f64>>) -> f64;
    fn add_one_nested_f64_2(v: &mut PyVec<&mut PyVec<f64>>)`);
  const changes: ((list: unknown[]) => void)[] = [
    (list) => (list.length = 0),
    (list) => (list.length = 2),
    (list) => list.push(...new Array<number>(1000).fill(9)),
    (list) => list.copyWithin(3, 0, 2),
    (list) => (list[3] = 'text'),
    (list) => (list[3] = 2.5),
    (list) => (list[3] = [1]),
    (list) => (list[3] = 5n),
    (list) => Reflect.deleteProperty(list, 4),
    (list) => list.splice(0, list.length, 'a', 'b'),
    (list) => Object.freeze(list),
    (list) => Object.setPrototypeOf(list, null),
    (list) => Object.defineProperty(list, 4, { get: () => list.push(1) }),
  ];
  const calls: ((list: unknown[]) => unknown)[] = [
    (list) => lib.sum_i64!(list),
    (list) => lib.sum_f64!(list),
    (list) => lib.add_one_i64!(list),
    (list) => lib.sum_rows!([[1], list, [2]]),
    (list) => lib.add_one_nested_f64_2!([[1], list, [2]]),
    // This function accepts any list, as a changed list may be guessed to be of another type.
    (list) => void kernels.address_of!(list),
    (list) => void kernels.address_of!([[1], list, [2]]),
  ];
  let results = 0;
  let errors = 0;
  for (const change of changes) {
    for (const call of calls) {
      for (const element of [1, '1']) {
        const list: unknown[] = [1, 1, 1, 1, 1, 1];
        Object.defineProperty(list, 2, {
          get: () => (change(list), element),
          set: () => undefined,
          configurable: true,
        });
        try {
          const sum = call(list);
          // The sum is that of a snapshot: each of the six elements is from before or after the change.
          assert.ok(sum === undefined || (typeof sum === 'number' && sum >= 6 && sum <= 63), String(sum));
          results++;
        } catch (error) {
          assert.ok(error instanceof TypeError || error instanceof RangeError, String(error));
          errors++;
        }
      }
    }
  }
  assert.ok(results > 0 && errors > 0);
});

row(11, 'a Proxy that answers differently every time', ({ assert, declare, kernels }) => {
  const lib =
    declare(`fn sum_i64(v: &PyVec<i64>) -> i64; fn hash_nested_i64_3(v: &mut PyVec<&mut PyVec<&mut PyVec<i64>>>) -> u64;
    fn hash_strs(v: &PyVec<&PyStr>) -> u64; fn reverse_u8(v: &mut PyVec<u8>)`);
  let asked = 0;
  const answers = [
    () => 1,
    () => 300,
    () => 'x',
    () => [1],
    () => [[1]],
    () => undefined,
    () => new Uint8Array(2),
    () => shifting(),
  ];
  const shifting = (): unknown[] =>
    new Proxy([] as unknown[], {
      get: (_list, key) => (key === 'length' ? asked++ % 5 : answers[asked++ % answers.length]!()),
      set: () => asked++ % 2 === 0,
    });
  let errors = 0;
  for (let i = 0; i < 4000; i++) {
    asked = i;
    for (const call of [
      lib.sum_i64!,
      lib.hash_nested_i64_3!,
      lib.hash_strs!,
      lib.reverse_u8!,
      kernels.count_call_with!,
    ]) {
      try {
        call(shifting());
      } catch (error) {
        assert.ok(error instanceof TypeError || error instanceof RangeError, String(error));
        errors++;
      }
    }
  }
  assert.ok(errors > 1000);
});

row(11, 'a list of strings with methods of its own', ({ assert, declare, throws }) => {
  const lib = declare(
    `fn join_len(v: &PyVec<&PyStr>) -> u64; fn hash_inline_strs(v: &PyVec<PyStr>) -> u64;
    fn upper_all(v: &mut PyVec<&mut PyStr>)`,
    { bigint: true },
  );
  // The string is short at the first access, and very long afterwards.
  const long = 'x'.repeat(1 << 20);
  const moody = (every: number) => {
    let asked = 0;
    return new Proxy(['a', 'b'], {
      get: (list, key) =>
        key === '0' || key === '1' ? (++asked % every === 0 ? long : 'a') : (Reflect.get(list, key) as unknown),
    });
  };
  const lists: (() => unknown[])[] = [];
  for (let every = 1; every < 8; every++) {
    lists.push(() => moody(every));
    lists.push(() => Object.assign(['a', 'b'], { slice: () => moody(every) }));
    lists.push(() => Object.assign(['a', 'b'], { constructor: { [Symbol.species]: () => moody(every) } }));
  }
  lists.push(() => Object.assign(['a', 'b'], { slice: () => ({ length: 2, 0: 'a', 1: 'b', join: () => '' }) }));
  lists.push(() => Object.assign(['a', 'b'], { slice: null }));
  lists.push(() => Object.assign(['a', 'b'], { join: () => '', map: () => [1e9, 1e9], slice: () => ['a'] }));
  const possible = new Set(
    [['a', 'a'], ['a', long], [long, 'a'], [long, long], ['a'], ['a', 'b']].map(
      (list) => lib.hash_inline_strs!(list) as bigint,
    ),
  );
  for (const list of lists) {
    for (const call of [lib.join_len!, lib.hash_inline_strs!, lib.upper_all!]) {
      try {
        const result = call(list()) as bigint | undefined;
        if (call === lib.hash_inline_strs) assert.ok(possible.has(result!), 'Rust saw what was in no list');
      } catch (error) {
        assert.ok(error instanceof TypeError || error instanceof RangeError, String(error));
      }
    }
  }
  class Other extends Array<string> {
    static override get [Symbol.species](): ArrayConstructor {
      return Array;
    }
  }
  assert.equal(lib.join_len!(Other.from(['a', 'bc'])), 3n);
  throws(() => lib.join_len!(['a', Object.assign(Object('b') as object)]), { type: 'TypeError', message: /\[1\]/ });
});

row(12, 'a Proxy that lies about its length', ({ assert, declare, kernels, throws, rustdll }) => {
  const lib =
    declare(`fn sum_i64(v: &PyVec<i64>) -> i64; fn sum_u8(v: &PyVec<u8>) -> u8; fn add_one_f64(v: &mut PyVec<f64>);
    fn hash_strs(v: &PyVec<&PyStr>) -> u64; fn sum_rows(v: &PyVec<&PyVec<f64>>) -> f64`);
  const liar = (length: unknown, list: unknown[] = []) =>
    new Proxy(list, { get: (target, key) => (key === 'length' ? length : (Reflect.get(target, key) as unknown)) });
  const calls: ((list: unknown) => unknown)[] = [
    (list) => lib.sum_i64!(list),
    (list) => lib.sum_u8!(list),
    (list) => lib.add_one_f64!(list),
    (list) => lib.hash_strs!(list),
    (list) => lib.sum_rows!(list),
    (list) => lib.sum_rows!([[1], list]),
    (list) => kernels.sum_i64!(list),
    (list) => kernels.sum_rows!([[1], list]),
    (list) => kernels.sum_u8!(rustdll.u8(list as number[])),
  ];
  for (const call of calls) {
    for (const length of [2 ** 32, 2 ** 53, 1e300, -1, -(2 ** 32)]) {
      throws(() => call(liar(length)), { type: 'RangeError', code: 'ERR_RUSTDLL_RANGE', message: /argument 1/ });
    }
    for (const length of [NaN, Infinity, 1.5, '3', undefined, null, 3n, {}, [], Symbol('s'), true]) {
      throws(() => call(liar(length)), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE', message: /argument 1/ });
    }
    // The list reports more elements than it has, which are undefined, or fewer.
    throws(() => call(liar(1000)), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
  }
  assert.equal(lib.sum_i64!(liar(2, [1, 2, 3])), 3);
  assert.equal(lib.sum_i64!(liar(0, [1, 2, 3])), 0);
  assert.equal(lib.sum_i64!(liar(-0, [1, 2, 3])), 0);
  // An inconsistent list cannot be written back completely.
  const list = [1, 2, 3];
  try {
    lib.add_one_f64!(liar(2, list));
    assert.deepEqual(list, [2, 3, 3]);
  } catch (error) {
    assert.equal((error as { code?: string }).code, 'ERR_RUSTDLL_WRITE_BACK');
    assert.deepEqual(list, [1, 2, 3]);
  }
});

row(
  13,
  'a getter that throws: its error, and nothing is kept of the call',
  ({ assert, declare, kernels, healthy, rustdll }) => {
    const lib = declare(`fn add_one_i64(v: &mut PyVec<i64>); fn add_to_f64(a: &mut PyVec<f64>, b: &PyVec<f64>);
    fn add_one_nested_i64_3(v: &mut PyVec<&mut PyVec<&mut PyVec<i64>>>); fn hash_strs(v: &PyVec<&PyStr>) -> u64`);
    healthy();
    const fault = { thrown: true };
    const at = (list: unknown[], index: number) =>
      Object.defineProperty(list, index, {
        get: () => {
          throw fault as unknown;
        },
      });
    const trap = (key: string) =>
      new Proxy([[1], [2], [3]] as unknown[], {
        get: (list, asked) => {
          if (asked === key) throw fault as unknown;
          return Reflect.get(list, asked) as unknown;
        },
      });
    const first = [1, 2, 3];
    const large = new Array<number>(100_000).fill(1);
    const largeAndBroken = at(large.slice(), 70_000);
    const calls: (() => unknown)[] = [
      () => lib.add_one_i64!(at([1, 2, 3], 2)),
      () => lib.add_one_i64!(at([1, 2, 3], 0)),
      () => lib.add_one_i64!(trap('length')),
      () => lib.add_one_i64!(trap('0')),
      () => lib.add_one_i64!(largeAndBroken),
      () => lib.add_to_f64!(first, at([1, 2, 3], 2)),
      () => lib.add_to_f64!(large, at([1], 0)),
      () => lib.add_one_nested_i64_3!([[[1]], [[2], at([3, 4], 1)]]),
      () => lib.add_one_nested_i64_3!([[[1]], at([[2]], 0)]),
      () => lib.add_one_nested_i64_3!([[[1]], trap('1')]),
      () => lib.hash_strs!(at(['a', 'b'], 1)),
      () => kernels.count_call_with!(at([1, 2, 3], 1)),
      () => kernels.count_call_with!([[1], at([2], 0)]),
      () => kernels.count_call_with!([1], trap('length')),
      () => kernels.count_call_with!(rustdll.f64(at([1], 0) as number[])),
    ];
    const before = kernels.call_count!();
    for (let round = 0; round < 20; round++) {
      for (const call of calls) {
        assert.throws(call, (error) => error === fault);
      }
      healthy();
    }
    assert.equal(kernels.call_count!(), before);
    assert.deepEqual(first, [1, 2, 3]);
  },
);

row(13, 'a stack that overflows in the middle of a call', ({ assert, declare, kernels, healthy }) => {
  const lib = declare(`fn sum_i64(v: &PyVec<i64>) -> i64; fn add_one_nested_i64_2(v: &mut PyVec<&mut PyVec<i64>>);
    fn mixed_references(a: f64, s: &PyStr, b: i8, v: &mut PyVec<f64>, c: f32, w: &PyVec<i64>, d: bool) -> f64`);
  healthy();
  let calls = 0;
  const withGetter = (again: () => number) =>
    Object.defineProperty([1, 2], 1, { get: () => (calls++, again()), set: () => undefined });
  // The amount of stack differs in each round, so that it overflows at different places.
  const take = (next: () => number, ..._room: number[]): number => next() + 0;
  const padded = (count: number, next: () => number): number => take(next, ...new Array<number>(count).fill(0));
  for (let round = 0; round < 30; round++) {
    const deeper = (): number => {
      const list = withGetter(() => padded((round % 20) + 1, deeper));
      switch (round % 3) {
        case 0:
          return lib.sum_i64!(list) as number;
        case 1:
          return (lib.add_one_nested_i64_2!([[1], list]), 0);
        default:
          return lib.mixed_references!(1, 'text', 1, [0.5], 1, list, true) as number;
      }
    };
    assert.throws(deeper, RangeError);
    const guessed = (): number => kernels.sum_i64!([1, 2, padded((round % 20) + 1, guessed)]) as number;
    assert.throws(guessed, RangeError);
    healthy();
  }
  assert.ok(calls > 1000);
});

row(14, 'a getter that calls the library again', ({ assert, declare, kernels }) => {
  const lib =
    declare(`fn add_one_i64(v: &mut PyVec<i64>); fn sum_i64(v: &PyVec<i64>) -> i64; fn str_len(s: &PyStr) -> u32;
    fn add_to_f64(a: &mut PyVec<f64>, b: &PyVec<f64>); fn add(a: i64, b: i64) -> i64; fn add_f64(a: f64, b: f64) -> f64`);
  // Each level packs a part of its list, makes the call of the next level, and packs the rest.
  const nest = (level: number, call: (list: unknown[]) => unknown): number => {
    const list: unknown[] = [level, 0, level];
    Object.defineProperty(list, 1, { get: () => (level === 0 ? 0 : nest(level - 1, call)), set: () => undefined });
    return call(list) as number;
  };
  // sum(level) = 2 level + sum(level - 1). A guess reads every getter twice.
  assert.equal(
    nest(300, (list) => lib.sum_i64!(list)),
    300 * 301,
  );
  assert.equal(
    nest(8, (list) => kernels.sum_i64!(list)),
    8 * 9,
  );

  const inner = [10, 20];
  const large = new Array<number>(100_000).fill(1);
  const outer: number[] = [1, 2, 3];
  const other: number[] = [100, 200, 300];
  Object.defineProperty(other, 1, {
    get: () => {
      lib.add_one_i64!(inner);
      kernels.add_one_i64!(large);
      lib.str_len!('in between');
      lib.add_f64!(1e300, 1e300);
      assert.throws(() => lib.sum_i64!([1, 'x']), TypeError);
      return lib.add!(100, 100);
    },
  });
  lib.add_to_f64!(outer, other);
  assert.deepEqual(outer, [101, 202, 303]);
  assert.deepEqual(inner, [11, 21]);
  assert.ok(large.every((x) => x === 2));

  // A setter does the same during the write-back.
  const seen: number[] = [];
  const sets: number[] = [1, 2, 3];
  Object.defineProperty(sets, 1, {
    get: () => 2,
    set: (value: number) => {
      const again = [value, 50];
      lib.add_one_i64!(again);
      kernels.add_one_i64!(large);
      seen.push(...again);
    },
  });
  lib.add_one_i64!(sets);
  assert.deepEqual([sets[0], sets[2], ...seen], [2, 4, 4, 51]);
});

row(16, 'a list that contains itself', ({ assert, declare, kernels, rustdll, throws }) => {
  const self: unknown[] = [];
  self.push(self);
  const second: unknown[] = [[1]];
  second.push(second);
  const afterEmpty: unknown[] = [[]];
  afterEmpty.push(afterEmpty);
  const a: unknown[] = [];
  const b: unknown[] = [a];
  a.push(b);
  const wide: unknown[] = [];
  wide.push(wide, wide, wide);
  const lib = declare('fn sum_rows(v: &PyVec<&PyVec<f64>>) -> f64; fn sum_f64(v: &PyVec<f64>) -> f64');
  for (const list of [self, second, afterEmpty, a, b, wide]) {
    throws(() => kernels.sum_rows!(list), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE', message: /argument 1/ });
    throws(() => lib.sum_rows!(list), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE', message: /argument 1/ });
    throws(() => lib.sum_f64!(list), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE', message: /argument 1/ });
  }
  throws(() => kernels.sum_rows!(self), { type: 'TypeError', message: /contains itself/ });
  assert.ok(second.length === 2 && wide.length === 3);
  for (const list of [self, a, wide]) {
    throws(() => kernels.sum_rows!(rustdll.f64(list as never)), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
  }
});
