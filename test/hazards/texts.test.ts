/** Many strings in one call: the memory that one of them keeps alive, and their greatest total length. */

import { group, type DeclareRow } from '../support/hazards';

const ways: [how: string, row: DeclareRow][] = [
  ['generated', group({ flags: ['--expose-gc'] })],
  ['interpreted (fault 66)', group({ flags: ['--expose-gc', '--disallow-code-generation-from-strings'] })],
];

describe.each(ways)('%s', (_how, row) => {
  row(128, 'a kept string keeps little beside itself', ({ assert, exported, throws }) => {
    const { gc } = globalThis as unknown as { gc: () => void };
    const used = (): number => {
      gc();
      gc();
      return process.memoryUsage().heapUsed;
    };
    const COUNT = 100_000;
    for (const fill of ['x', 'é']) {
      const lines = Array.from({ length: COUNT }, (_, k) => `line ${k} `.padEnd(34, fill));
      const points = lines.map((label) => ({ x: 1, y: 2, label }));
      const map = Object.fromEntries(lines.map((line) => [line, line]));
      const calls: [rounds: number, most: number, call: (at: number) => unknown][] = [
        [fill === 'x' ? 100 : 10, 3e6, (at) => (exported.echo_vec_string!(lines) as string[])[at]],
        [10, 1e6, (at) => (exported.echo_points!(points) as typeof points)[at]!.label],
        [4, 1e6, (at) => (exported.echo_map_string!(map) as typeof map)[lines[at]!]],
        [4, 1e6, (at) => Object.keys(exported.echo_map_string!(map) as object)[at]],
        // The list also has one large string.
        [10, 1e6, () => (exported.echo_vec_string!(['a', fill.repeat(3e6), lines[5]]) as string[])[2]],
        [10, 1e6, () => (exported.swap_pair!([1, lines[7]]) as [string])[0]],
        [
          10,
          1e6,
          () =>
            (throws(() => exported.panic_string!(fill.repeat(3e6)), { type: 'RustPanic' }) as { location?: string })
              .location,
        ],
      ];
      for (const [rounds, most, call] of calls) {
        call(0);
        const before = used();
        const kept: unknown[] = [];
        for (let round = 0; round < rounds; round++) kept.push(call(round * 997));
        const grown = used() - before;
        assert.equal(kept.length, rounds);
        assert.ok(grown < most, `${grown} bytes more: ${String(call)}`);
      }
    }
  });

  row(
    129,
    'strings that are longer together than any string',
    ({ assert, declare, exported, faults, kernels, throws }) => {
      const text = 'x'.repeat(2 ** 20);
      // A comparison by `assert` would keep the strings for its message.
      const same = (list: unknown, wanted: string, count: number): boolean =>
        Array.isArray(list) && list.length === count && list.every((element) => element === wanted);
      const before = faults.live_blocks!() as number;
      const many = new Array<string>(600).fill(text);
      assert.ok(same(exported.echo_vec_string!(many), text, 600));
      const wide = `${'é'.repeat(2 ** 19)}👍`;
      assert.ok(same(exported.echo_vec_string!(new Array<string>(300).fill(wide)), wide, 300));
      const { hash_strs } = declare('fn hash_strs(v: &PyVec<&PyStr>) -> u64', { bigint: true });
      assert.equal(typeof hash_strs!(many), 'bigint');
      assert.ok(kernels.hash_strs!(many) !== undefined);
      // One string has nearly the greatest possible length; it is passed alone and beside others.
      const longest = 'y'.repeat(500_000_000);
      assert.equal(exported.text_bytes!(longest), longest.length);
      exported.touch_text!(['a', longest, 'b']);
      // Rust can make a longer string than JavaScript can have.
      throws(() => exported.repeat!(text, 600), {
        type: 'RangeError',
        code: 'ERR_RUSTDLL_RANGE',
        message: /longer than any/,
      });
      assert.equal(faults.live_blocks!(), before);
      assert.deepEqual(exported.words!('a é'), ['a', 'é']);
    },
  );
});
