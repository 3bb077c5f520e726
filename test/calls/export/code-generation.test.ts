import { libraryPath } from '../../support/kernels';
import { FORBID_CODE, runProgram } from '../../support/program';

// The program makes the same calls in two processes, of which one may not generate code. Both must print the same.
const PROGRAM = `
const { inspect } = require('node:util');
const show = (value) => inspect(value, { depth: 6, sorted: true, maxArrayLength: 40, maxStringLength: 100, breakLength: Infinity });
const libraries = [${JSON.stringify(libraryPath('exported'))}, ${JSON.stringify(libraryPath('exported_faults'))}].map((path) => new rustdll.RustDLL(path));
// Functions that print, end the process, return addresses, or allocate as much memory as they are told to.
const LEFT_OUT = /^(test|panic_in_thread|panic_while_unwinding|overflow_stack|exhaust_memory|spin_ms|sleep_ms|wait_at|thread_number|live_|address_|zero|typed_zeros|repeat|many_|deep|large|nested_items|touched|echo_hash_set|reversed|until_cancelled|steps|chatter)/;
const point = () => ({ x: 1, y: 2, label: 'é' });
const VALUES = [
  () => 0, () => -0, () => 1, () => -1, () => 127, () => 256, () => 2 ** 31, () => 2 ** 53, () => 1e300, () => NaN, () => 0.5,
  () => 1n, () => -1n, () => 2n ** 63n, () => 2n ** 64n, () => 2n ** 127n, () => true, () => 'a', () => '', () => '😀', () => 'ab',
  () => 'x'.repeat(400), () => '\\ud800', () => null, () => undefined, () => ({}), () => [], () => [1], () => [1, 2], () => [1, 2, 3], () => [0.5, '1'],
  () => [1n, 2n], () => ['a', 'é'], () => ['a', '\\udc00'], () => ['\\ud83d', '\\ude00'], () => [true, false], () => [[1], [2, 3]], () => [[1], ['a']],
  () => Object.freeze([1, 2]), () => [1, , 3], () => new Float64Array([1, 2]), () => new Uint8Array([1, 2]), () => new BigInt64Array(2),
  () => new Float32Array(3), () => new ArrayBuffer(3), () => Symbol('s'), () => new Map([['a', 1]]), () => new Map([[1, 1]]), () => ({ a: 1, b: 2 }),
  () => ({ a: 'x' }), () => ({ a: [point()] }), () => new Set(['a']), () => new Date(0), point, () => ({ x: 1, y: 2 }), () => ({ x: 1, y: 2, lable: 'a' }),
  () => ({ ...point(), z: 1 }), () => ({ x: 1 }), () => [point(), point()], () => [point(), { x: 1, y: 'b' }],
  () => [point(), Object.defineProperty({ x: 1 }, 'y', { get: () => 5, enumerable: true })],
  () => 'Low', () => ['Low', 'high!'], () => ({ type: 'Circle', radius: 1 }), () => ({ type: 'Rect', value: [1, 2] }), () => ({ type: 'Empty' }), () => ({ type: 'Name' }),
  () => [{ type: 'Name', value: 'é' }, { type: 'Empty' }], () => ({ kind: 'key-down', keyCode: 1 }), () => ({ kind: 'bye', more: 1 }),
  () => ({ type: 'Negate', of: { type: 'Number', value: 2 } }), () => ({ name: 'é', children: [{ name: 'b', children: [] }] }), () => [1, 'a', null], () => ['x', 1],
  () => [[0.5, true], [['a', 1]]], () => ({ i8: 1, string: 'é', i128: 5 }), () => ({ i8: 128 }),
  () => { class P { x = 1; y = 2; cache = 3; get label() { return 'a'; } } return new P(); },
  () => new Proxy([], { get: (list, key) => (key === 'length' ? -1 : list[key]) }),
];
const printed = [];
Error.stackTraceLimit = 0;
function attempt(library, name, ...indices) {
  const args = indices.map((index) => VALUES[index % VALUES.length]());
  let outcome;
  try {
    outcome = show(library[name](...args));
  } catch (error) {
    const causes = [];
    for (let at = error.cause; at instanceof Error; at = at.cause) causes.push(at.message);
    outcome = [error.name, error.code, error.message, error.location, ...causes].join(' | ');
  }
  // Arguments are printed too, as functions may change them.
  printed.push(name + ': ' + outcome + ' ' + indices.join(' ') + (/bump|copy|norm|add_all|exch|py_/.test(name) ? args.map(show).join(' ') : ''));
}
for (const library of libraries) {
  for (const name of Object.keys(library)) {
    if (LEFT_OUT.test(name)) continue;
    const { length } = library[name];
    attempt(library, name);
    for (let index = 0; index < VALUES.length; index++) {
      if (length < 2) attempt(library, name, index);
      // The other arguments are other values of the list.
      else attempt(library, name, ...Array.from({ length: Math.min(length, 1 + (index % 4)) }, (_, i) => index + 13 * i));
    }
    if (length === 0) attempt(library, name, 1, 2);
    printed.push(name + ' ' + length + ' ' + library[name].name);
  }
  printed.push(show(library));
}
let generated = true;
try { new Function(''); } catch { generated = false; }
console.log(JSON.stringify({ generated, printed }));
`;

test('without code generation everything is as with it', () => {
  const usual = runProgram(PROGRAM) as { generated: boolean; printed: string[] };
  const forbidden = runProgram(PROGRAM, [FORBID_CODE]) as typeof usual;
  expect([usual.generated, forbidden.generated]).toEqual([true, false]);
  expect(usual.printed.length).toBeGreaterThan(10_000);
  const differences = usual.printed.flatMap((line, i) =>
    line === forbidden.printed[i] ? [] : [[line, forbidden.printed[i]]],
  );
  expect(differences).toEqual([]);
  // Most calls fail, so the test ensures that enough succeed.
  expect(usual.printed.filter((line) => !/^\w+: \w+Error \|/.test(line)).length).toBeGreaterThan(700);
});
