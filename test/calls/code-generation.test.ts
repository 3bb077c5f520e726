import { libraryPath } from '../support/kernels';
import { FORBID_CODE, runProgram } from '../support/program';

// The program makes the same calls in two processes, of which one may not generate code. Both must print the same.
const PROGRAM = `
const { RustDLL, f64, u8 } = rustdll;
const dll = new RustDLL(${JSON.stringify(libraryPath('kernels'))});
const types = ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'isize', 'usize', 'f32', 'f64', 'bool', 'char'];
const printed = [];
const plain = (value) =>
  JSON.parse(JSON.stringify(value ?? null, (_, v) =>
    typeof v === 'bigint' ? v + 'n' : typeof v === 'number' && !Number.isInteger(v) ? String(v) : ArrayBuffer.isView(v) ? [...v].map(String) : v));
function attempt(call, ...args) {
  let outcome;
  try {
    outcome = { result: plain(call(...args)) };
  } catch (error) {
    outcome = { error: error.constructor.name, code: error.code, message: error.message };
  }
  printed.push({ outcome, args: plain(args.map((arg) => (typeof arg === 'symbol' ? 'symbol' : arg))) });
}

const values = [0, -0, 1, -1, 127, 128, 255, 256, -129, 65536, 2 ** 31, -(2 ** 31) - 1, 2 ** 32, 2 ** 53, 1e300, NaN,
  Infinity, 0.1, 1n, -1n, 2n ** 63n, 2n ** 64n, true, false, 'a', '', '😀', 'ab', '\\ud800', null, undefined, {}, [],
  [1], Symbol('s'), new Float64Array(1)];
for (const type of types) {
  for (const bigint of [false, true]) {
    const lib = dll.declare(\`fn id_\${type}(x: \${type}) -> \${type}; fn hash_\${type}(v: &PyVec<\${type}>) -> u64;
      fn set_at_\${type}(v: &mut PyVec<\${type}>, i: usize, x: \${type})\`, { bigint });
    for (const value of values) {
      attempt(lib['id_' + type], value);
      attempt(lib['hash_' + type], [value]);
      attempt(lib['set_at_' + type], [value, value], 1, value);
    }
    attempt(lib['id_' + type]);
    attempt(lib['id_' + type], 1, 2);
  }
}
const lib = dll.declare(\`fn add_one_nested_i64_2(v: &mut PyVec<&mut PyVec<i64>>); fn opt_len(v: Option<&PyVec<i64>>) -> i64;
  fn upper(s: &mut PyStr); fn bad_bool() -> bool; fn noop(); fn add_to_f64(a: &mut PyVec<f64>, b: &PyVec<f64>);
  fn mixed_references(a: f64, s: &PyStr, b: i8, v: &mut PyVec<f64>, c: f32, w: &PyVec<i64>, d: bool) -> f64\`);
attempt(lib.add_one_nested_i64_2, [[1], [2, 3]]);
attempt(lib.add_one_nested_i64_2, [[1], Object.freeze([2])]);
for (const value of values) attempt(lib.opt_len, value);
attempt(lib.upper, Buffer.from('abc'));
attempt(lib.bad_bool);
attempt(lib.noop);
const floats = new Float64Array([1, 2]);
attempt(lib.add_to_f64, floats, [1, 1]);
attempt(lib.add_to_f64, floats, floats);
attempt(lib.mixed_references, 0.5, 'né', -3, [1, 2.5], 1.5, [10n], true);
attempt(lib.mixed_references, 0.5, 'né', -3, [1, 2.5], 1.5, [10n], 1);
attempt((...args) => dll.mixed_guess(...args), 'né', 1, 0.5, [1], true, [0.5]);
let generated = true;
try { new Function(''); } catch { generated = false; }
console.log(JSON.stringify({ generated, printed }));
`;

test('without code generation everything is as with it', () => {
  const usual = runProgram(PROGRAM) as { generated: boolean; printed: unknown[] };
  const forbidden = runProgram(PROGRAM, [FORBID_CODE]) as typeof usual;
  expect([usual.generated, forbidden.generated]).toEqual([true, false]);
  expect(usual.printed.length).toBeGreaterThan(3000);
  expect(forbidden.printed).toEqual(usual.printed);
});

// Node turns each method of a built-in prototype into a getter then, so that objects that inherit from it may have another.
test('with frozen intrinsics everything is as without', () => {
  const program = `${PROGRAM.slice(0, PROGRAM.lastIndexOf('console.log'))}
const exported = new RustDLL(${JSON.stringify(libraryPath('types'))});
const many = Array.from({ length: 100 }, (_, i) => i);
attempt((v) => exported.echo_small_vec(v), many);
attempt((v) => exported.echo_index_map(v), Object.fromEntries(many.map((i) => ['k' + i, i])));
attempt((v) => exported.echo_index_map(v), new Map([['a', 1]]));
attempt((v) => [...exported.echo_index_set(v)], new Set([1, 2]));
attempt((v) => exported.echo_system_time(v), new Date(5e11));
attempt((v) => exported.echo_bytes(new DataView(new ArrayBuffer(v))), 3);
attempt((v) => exported.echo_bytes(v), 'text');
console.log(JSON.stringify({ frozen: Object.isFrozen(Array.prototype), printed }));`;
  const usual = runProgram(program) as { frozen: boolean; printed: { outcome: object }[] };
  const frozen = runProgram(program, ['--frozen-intrinsics']) as typeof usual;
  expect([usual.frozen, frozen.frozen]).toEqual([false, true]);
  expect(usual.printed.slice(-7).map(({ outcome }) => 'result' in outcome)).toEqual([...Array(6).fill(true), false]);
  expect(frozen.printed).toEqual(usual.printed);
});
