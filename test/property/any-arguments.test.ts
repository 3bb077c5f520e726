import { declaredAs } from '../support/ways';
import * as fc from 'fast-check';
import { SCALARS, texts, units } from '../support/arbitraries';
import { expectHealthy } from '../support/health';
import { kernels } from '../support/kernels';

// Whatever its arguments, a checked function returns or throws an error of this package, with and without generated
// code. The kernels here are sound for every argument that their declarations allow.

const DECLARATIONS = [
  ...Object.keys(SCALARS).map((type) => `fn id_${type}(x: ${type}) -> ${type}`),
  ...Object.keys(SCALARS).map((type) => `fn hash_${type}(v: &PyVec<${type}>) -> u64`),
  'fn add_one_i64(v: &mut PyVec<i64>)',
  'fn add_one_u8(v: &mut PyVec<u8>)',
  'fn not_all(v: &mut PyVec<bool>)',
  'fn hash_nested_i64_2(v: &mut PyVec<&mut PyVec<i64>>) -> u64',
  'fn add_one_nested_f64_3(v: &mut PyVec<&mut PyVec<&mut PyVec<f64>>>)',
  'fn add_one_inline_u8_2(v: &mut PyVec<PyVec<u8>>)',
  'fn hash_str(s: &PyStr) -> u64',
  'fn hash_strs(v: &PyVec<&PyStr>) -> u64',
  'fn hash_inline_strs(v: &PyVec<PyStr>) -> u64',
  'fn upper_all(v: &mut PyVec<&mut PyStr>)',
  'fn opt_len(v: Option<&PyVec<i64>>) -> i64',
  'fn opt_str_len(s: Option<&PyStr>) -> i64',
  'fn add_to_f64(a: &mut PyVec<f64>, b: &PyVec<f64>)',
  'fn mixed_references(a: f64, s: &PyStr, b: i8, v: &mut PyVec<f64>, c: f32, w: &PyVec<i64>, d: bool) -> f64',
  'fn swap_descriptors(a: &mut PyVec<i64>, b: &mut PyVec<i64>)',
];

const scalar = fc.oneof(...Object.values(SCALARS), fc.bigInt(), texts, units, fc.constantFrom(null, undefined));
const views = fc.oneof(
  fc.uint8Array({ maxLength: 9 }),
  fc.float64Array({ maxLength: 4 }),
  fc.int32Array({ maxLength: 4 }),
  fc.bigInt64Array({ maxLength: 4 }),
  texts.map((text) => Buffer.from(text)),
);
const leafLists = fc.oneof(
  ...Object.values(SCALARS).map((leaf) => fc.array(leaf, { maxLength: 4 })),
  fc.array(scalar, { maxLength: 4 }),
  fc.array(fc.bigInt({ min: -5n, max: 2n ** 64n }), { maxLength: 4 }),
);
const lists = fc.oneof(
  leafLists,
  leafLists.map((list) => Object.freeze(list)),
  fc.array(fc.oneof(leafLists, views), { maxLength: 4 }),
  fc.array(fc.array(fc.oneof(leafLists, views, scalar), { maxLength: 3 }), { maxLength: 3 }),
);
const anything = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 4, arbitrary: lists },
  { weight: 2, arbitrary: views },
  {
    weight: 1,
    arbitrary: fc.anything({ withBigInt: true, withSparseArray: true, withTypedArray: true }),
  },
);

/** Makes arguments for a declaration: some fit, some do not, and sometimes there are too few or too many. */
function argumentsOf(source: string): fc.Arbitrary<unknown[]> {
  const count = /\(([^)]*)\)/.exec(source)![1]!.split(': ').length - 1;
  return fc.oneof(
    { weight: 9, arbitrary: fc.array(anything, { minLength: count, maxLength: count }) },
    { weight: 1, arbitrary: fc.array(anything, { maxLength: 4 }) },
  );
}

/** Returns the result of a call or its error, and the arguments after it. */
function outcome(call: (...args: unknown[]) => unknown, args: unknown[]): unknown {
  try {
    return { result: call(...args), args };
  } catch (error) {
    const { name, message, code } = error as Error & { code?: string };
    return { name, message, code, args };
  }
}

test.each(DECLARATIONS)('%s', (source) => {
  const generated = declaredAs('generated', source, { bigint: true });
  const interpreted = declaredAs('interpreted', source, { bigint: true });
  fc.assert(
    fc.property(fc.clone(argumentsOf(source), 2), ([first, second]) => {
      const usual = outcome(generated, first!) as { code?: string; name?: string };
      expect(outcome(interpreted, second!)).toEqual(usual);
      if (usual.name !== undefined) {
        expect(usual.name).toMatch(/^(Type|Range)Error$/);
        expect(usual.code).toMatch(/^ERR_RUSTDLL_/);
      }
    }),
    { numRuns: 120 },
  );
  expectHealthy();
});

test('guessed, for a function that takes no argument', () => {
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 6 }), (args) => {
      const { name, code } = outcome((...given) => kernels.noop(...given), args) as { name?: string; code?: string };
      if (name !== undefined) expect(code).toMatch(/^ERR_RUSTDLL_/);
    }),
    { numRuns: 1000 },
  );
  expectHealthy();
});
