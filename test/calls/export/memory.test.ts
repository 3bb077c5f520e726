import { libraryPath } from '../../support/kernels';
import { FORBID_CODE, runProgram } from '../../support/program';

/**
 * Runs a program with the libraries as `lib` and `faults`, and functions that measure the memory in use. Its last
 * statement prints JSON.
 */
function run(source: string, flags: readonly string[] = []): unknown {
  const head = `const { RustDLL } = rustdll;
    const lib = new RustDLL(${JSON.stringify(libraryPath('exported'))});
    const faults = new RustDLL(${JSON.stringify(libraryPath('exported_faults'))});
    const collect = () => (gc(), gc());
    function memory() {
      collect();
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    }
    const rss = () => (collect(), process.memoryUsage().rss);
    const failing = (call) => { try { call(); } catch { return; } throw new Error('it should have failed'); };
    const points = [{ x: 1, y: 2, label: 'né' }, { x: 3, y: 4 }];
    const item = faults.nested_items(2);
    const items = [{ ...item, name: 'né', map: { k: ['a', 'é'] }, choices: [{ type: 'Text', value: 'é' }, { type: 'Part', of: { type: 'Nothing' } }] }];
    const texts = ['a', 'né', 'x'.repeat(50)];
    const list = [1, 2, 3];
    const view = new Float64Array(4);\n`;
  return runProgram(head + source, ['--expose-gc', ...flags]);
}

/** The calls to repeat, by name. Each kind of argument, result and failure is among them. */
const CALLS = {
  scalars: 'lib.add_i64(i, 1)',
  'a string in and out': "lib.echo_str('text ' + (i & 1023))",
  'strings in and out': 'lib.echo_vec_string(texts)',
  'records in and out': 'lib.echo_points(points)',
  'values of every kind': "faults.echo_items(items, 'Well')",
  'lists and typed arrays': 'lib.echo_vec_f64(list), lib.echo_typed_f64(view), lib.echo_vec_u8([1, 2])',
  'lists changed in place': 'faults.add_all(list, [[0]]), lib.bump_f64(view)',
  'an Err with causes': 'failing(lib.fail_boxed)',
  'an Err with values': "failing(() => faults.echo_items(items, 'Failure'))",
  'a panic': 'failing(lib.panic_str)',
  'a panic with values': "failing(() => faults.echo_items(items, 'Panic'))",
  'payloads that cannot be shown': 'failing(lib.panic_other)',
  'arguments of the wrong type': "failing(() => lib.echo_points([points[0], { x: 1, y: 'é' }]))",
  'lone surrogates': "failing(() => lib.echo_vec_string(['a', '\\ud800']))",
  'results that are not UTF-8': 'failing(() => faults.not_texts(texts))',
  'results that are deep': 'faults.nested_items(300)',
};

describe('hundreds of thousands of calls keep nothing', () => {
  test.each([
    ['generated', []],
    ['interpreted', [FORBID_CODE]],
  ])('%s', (_, flags) => {
    const calls = Object.entries(CALLS).map(([name, call]) => `[${JSON.stringify(name)}, (i) => { ${call}; }]`);
    const { rss, rust, ...kept } = run(
      `const calls = [${calls.join(', ')}];
      Error.stackTraceLimit = 2;
      // Quick calls are repeated more often than slow ones.
      const countOf = (name) => (/scalars|a string/.test(name) ? 20_000 : /too deep/.test(name) ? 200 : 2_000);
      function round() {
        for (const [name, call] of calls) {
          const count = countOf(name);
          for (let i = 0; i < count; i++) call(i);
        }
      }
      round();
      const live = [faults.live_blocks(), faults.live_bytes()];
      const before = rss();
      // The engine's own memory, such as that of optimised code, grows in some rounds only; memory that calls keep
      // grows in every round.
      let bytes = Infinity;
      for (let i = 0; i < ${flags.length === 0 ? 5 : 3}; i++) {
        const start = memory();
        round();
        bytes = Math.min(bytes, memory() - start);
      }
      const rust = [faults.live_blocks() - live[0], faults.live_bytes() - live[1]];
      console.log(JSON.stringify({ bytes, rust, rss: rss() - before }));`,
      flags,
    ) as { bytes: number; rust: number[]; rss: number };
    // One object that every call keeps would exceed this.
    expect(kept.bytes).toBeLessThan(60_000);
    expect(rust).toEqual([0, 0]);
    // This is all memory of the process, including that of the addon.
    expect(rss).toBeLessThan(64e6);
  });
});

test('large results are given back, whether or not they are read to their end', () => {
  const source = `
    const MEGABYTE = 1 << 20;
    const calls = [
      () => lib.zeros(300_000),
      () => lib.typed_zeros(2_000_000),
      () => lib.zero_bytes(20_000_001),
      () => lib.repeat('né', 2_000_000),
      () => lib.many_strings(20_000),
      () => lib.many_points(10_000),
      () => faults.large('é'.repeat(10), 20_000),
      () => failing(() => lib.echo_vec_i64([...new Array(100_000).fill(1n), 2n ** 60n])),
      () => failing(() => faults.not_texts(new Array(20_000).fill('né'))),
    ];
    const round = () => calls.forEach((call) => call());
    round();
    const live = faults.live_blocks();
    const before = memory();
    const grown = [];
    for (let i = 0; i < 5; i++) {
      round();
      grown.push(Math.round(rss() / MEGABYTE));
    }
    console.log(JSON.stringify({ kept: (memory() - before) / MEGABYTE, live: faults.live_blocks() - live, grown }));`;
  const { kept, live, grown } = run(source) as { kept: number; live: number; grown: number[] };
  expect(live).toBe(0);
  expect(kept).toBeLessThan(40);
  // The memory that allocators keep for later has a limit, so it stops growing.
  expect(Math.min(...grown.slice(3)) - Math.max(...grown.slice(0, 2))).toBeLessThan(100);
});

test('arguments and results can be collected once the call is over', () => {
  const source = `
    const alive = new Set();
    const registry = new FinalizationRegistry((name) => alive.delete(name));
    const watch = (name, value) => (alive.add(name), registry.register(value, name), value);
    (() => {
      watch('result', lib.echo_points(watch('points', [watch('point', { x: 1, y: 2 })])));
      watch('large result', lib.zeros(50_000));
      watch('typed result', lib.typed_zeros(50_000));
      lib.echo_map_f64(watch('map', new Map([['a', 1]])));
      lib.echo_vec_vec_f64([watch('view in the stream', new Float64Array(3)), watch('row', [1])]);
      lib.bump_f64(watch('view', new Float64Array(3)));
      lib.bump_f64(watch('list', [1]));
      faults.sum_beside(watch('beside', [1]), [watch('inner', [1])]);
      failing(() => lib.echo_points([watch('before an error', { x: 1, y: 2 }), watch('bad', { x: 1 })]));
      failing(() => lib.echo_vec_string(watch('strings', ['a', '\\ud800'])));
      failing(() => lib.optional('x', 1, 'a', watch('optional', [1])));
      watch('error', (() => { try { lib.fail_boxed(); } catch (error) { return error; } })());
      watch('panic', (() => { try { lib.panic_str(); } catch (error) { return error; } })());
    })();
    lib.add_i64(1, 2);
    (async () => {
      for (let i = 0; i < 6; i++) {
        gc();
        await new Promise((resolve) => setImmediate(resolve));
      }
      console.log(JSON.stringify([...alive]));
    })();`;
  expect(run(source)).toEqual([]);
});

test('libraries that nobody holds are collected', () => {
  const source = `
    let gone = 0;
    const registry = new FinalizationRegistry(() => gone++);
    let add;
    (() => {
      for (let i = 0; i < 10; i++) {
        const library = new RustDLL(lib.path);
        registry.register(library);
        library.centroid(points);
        add = library.add_i64;
      }
    })();
    (async () => {
      for (let i = 0; i < 6; i++) {
        gc();
        await new Promise((resolve) => setImmediate(resolve));
      }
      console.log(JSON.stringify({ gone, sum: add(1, 2) }));
    })();`;
  const { gone, sum } = run(source) as { gone: number; sum: number };
  expect(sum).toBe(3);
  expect(gone).toBeGreaterThanOrEqual(9);
});
