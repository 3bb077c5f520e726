import { libraryPath } from '../support/kernels';
import { runProgram } from '../support/program';

/**
 * Runs a program with the kernels as `dll`, and `memory()`, which returns the number of bytes in use after a
 * collection. Its last statement prints JSON.
 */
function run(source: string): unknown {
  const head = `const { RustDLL } = rustdll;
    const dll = new RustDLL(${JSON.stringify(libraryPath('kernels'))});
    function memory() {
      for (let i = 0; i < 4; i++) gc();
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    }
    async function settle() {
      for (let i = 0; i < 5; i++) {
        gc();
        await new Promise((resolve) => setImmediate(resolve));
      }
    }\n`;
  return runProgram(head + source, ['--expose-gc']);
}

describe('a million calls keep less than a byte each', () => {
  test.each([
    [
      'scalars, declared',
      "const { add } = dll.declare('fn add(a: i64, b: i64) -> i64'); const call = (i) => add(i, 1);",
    ],
    ['scalars, guessed', 'const call = (i) => dll.add(i, 1);'],
    ['a string', 'const call = (i) => dll.str_len("text " + (i & 1023));'],
    ['a list', 'const list = [1, 2, 3]; const call = () => dll.add_one_i64(list);'],
    ['a typed array', 'const view = new Float64Array(2); const call = () => dll.add_one_f64(view);'],
    [
      'new lists, views and errors now and then',
      `const call = (i) => {
        if (i % 16 === 0) dll.hash_nested_f64_2([new Float64Array(2), [0.5], [i]]);
        if (i % 64 === 0) try { dll.noop([1, {}]); } catch {}
      };`,
    ],
  ])('%s', (_, call) => {
    const source = `${call}
      const CALLS = 1_000_000;
      for (let i = 0; i < 20_000; i++) call(i);
      const before = memory();
      for (let i = 0; i < CALLS; i++) call(i);
      console.log((memory() - before) / CALLS);`;
    expect(run(source)).toBeLessThan(1);
  });
});

test('a hundred megabytes are given back', () => {
  const source = `
    const MEGABYTE = 1 << 20;
    const sum = dll.declare('fn sum_f64(v: &PyVec<f64>) -> f64').sum_f64;
    const addOne = dll.declare('fn add_one_f64(v: &mut PyVec<f64>)').add_one_f64;
    const list = new Array(12.5 * MEGABYTE).fill(0.5);
    sum([0.5]);
    addOne([0.5]);
    const used = () => (memory(), process.memoryUsage().arrayBuffers / MEGABYTE);
    const before = used();
    let most = 0;
    for (let i = 0; i < 3; i++) {
      if (i === 1) addOne(list);
      else sum(list);
      most = Math.max(most, process.memoryUsage().arrayBuffers / MEGABYTE - before);
    }
    dll.str_len('x'.repeat(50 * MEGABYTE));
    try { sum([...list.slice(0, MEGABYTE), 'x']); } catch {}
    // Memory that is kept for the next call is released at the first pause.
    settle().then(() => console.log(JSON.stringify({ most, after: used() - before })));`;
  const { most, after } = run(source) as { most: number; after: number };
  expect(most).toBeGreaterThan(90);
  expect(after).toBeLessThan(2);
});

test('many lists at once are given back', () => {
  const source = `
    const rows = () => Array.from({ length: 200_000 }, (_, i) => [i]);
    dll.add_one_nested_i64_2([[1]]);
    const before = memory();
    for (let i = 0; i < 3; i++) dll.add_one_nested_i64_2(rows());
    settle().then(() => console.log(memory() - before));`;
  // The memory that is kept for later calls has a limit.
  expect(run(source)).toBeLessThan(4 << 20);
});

test('arguments can be collected once the call is over', () => {
  const source = `
    const alive = new Map();
    const registry = new FinalizationRegistry((name) => alive.delete(name));
    const watch = (name, value) => (alive.set(name, true), registry.register(value, name), value);
    const lib = dll.declare(\`fn add_one_nested_i64_2(v: &mut PyVec<&mut PyVec<i64>>); fn upper(s: &mut PyStr);
      fn add_to_f64(a: &mut PyVec<f64>, b: &PyVec<f64>); fn opt_len(v: Option<&PyVec<i64>>) -> i64\`);
    const attempt = (call) => { try { call(); } catch {} };
    (() => {
      dll.sum_i64(watch('guessed list', [1, 2]));
      dll.sum_f64(watch('guessed view', new Float64Array(4)));
      dll.sum_u8(watch('guessed buffer', new ArrayBuffer(4)));
      dll.noop(watch('wrapper', rustdll.f64(watch('wrapped list', [1]))));
      dll.hash_strs(watch('list of strings', ['a', 'é']));
      dll.hash_strs(watch('list of bytes', [watch('bytes', new Uint8Array(3))]));
      lib.add_one_nested_i64_2(watch('outer', [watch('inner 0', [1]), watch('inner 1', [2n])]));
      lib.add_one_nested_i64_2(watch('many', Array.from({ length: 20 }, (_, i) => watch('row ' + i, [i]))));
      lib.upper(watch('text', new Uint8Array(4)));
      lib.add_to_f64(watch('resizable', new Float64Array(new ArrayBuffer(8, { maxByteLength: 64 }))), watch('b', [1]));
      attempt(() => dll.noop(watch('before an error', [1]), watch('an error', [1, watch('bad', {})])));
      attempt(() => lib.add_one_nested_i64_2(watch('frozen outer', [[1], watch('frozen', Object.freeze([1]))])));
      attempt(() => lib.opt_len(watch('of the wrong type', { object: true })));
      attempt(() => dll.noop(watch('twice', new Float64Array(1)), watch('large', new Array(100_000).fill(1)), Symbol()));
    })();
    // This call replaces the one whose memory may still be kept.
    dll.add(1, 2);
    settle().then(() => console.log(JSON.stringify([...alive.keys()])));`;
  expect(run(source)).toEqual([]);
});

test('a library that nobody holds is collected, one whose function is held works on', () => {
  const source = `
    let gone = 0;
    const registry = new FinalizationRegistry(() => gone++);
    let add, mean;
    (() => {
      for (let i = 0; i < 20; i++) {
        const library = new RustDLL(dll.path);
        registry.register(library);
        add = library.add;
        mean = library.declare('fn mean(v: &PyVec<f64>) -> f64').mean;
        library.sum_i64([1, 2]);
      }
    })();
    settle().then(() => console.log(JSON.stringify({ gone, sum: add(1, 2), mean: mean([1, 2, 3]) })));`;
  const { gone, ...results } = run(source) as { gone: number };
  expect(results).toEqual({ sum: 3, mean: 2 });
  // The functions of the last library may keep it alive.
  expect(gone).toBeGreaterThanOrEqual(19);
});

test('arguments stay alive while Rust has them', () => {
  // The getter forces a collection while the earlier arguments are already packed.
  const source = `
    const lib = dll.declare('fn dot(a: &PyVec<f64>, b: &PyVec<f64>) -> f64');
    const results = [];
    for (let i = 0; i < 20; i++) {
      const list = [1, 2, 3];
      Object.defineProperty(list, 2, { get() { gc(); new Array(10_000).fill(i); gc(); return 3; } });
      results.push(lib.dot(new Float64Array(new Float64Array([1, 1, 1])), list));
    }
    console.log(JSON.stringify([...new Set(results)]));`;
  expect(run(source)).toEqual([6]);
});
