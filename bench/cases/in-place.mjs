/**
 * A Float64Array of 1,000,000, one added to each by Rust where it lies, against the same Rust loop timed within Rust.
 * All work on one array, as where memory lies makes a difference of its own.
 */

export const title = 'Float64Array of 1,000,000, mutated in place';

export const budget = [
  { contender: 'declared', against: 'the Rust loop itself', most: 1.02 },
  { contender: 'guessed', against: 'the Rust loop itself', most: 1.02 },
];

export const baseline = 'the Rust loop itself';

/** A clock, which has no result. */
export const unlike = ['the Rust loop itself'];

/** One call: as long as the kernel takes, the clock counts for nothing. In nanoseconds. */
export const slice = 1;

const LENGTH = 1_000_000;
/** It takes thousands of calls until a call's code is compiled. With a small array they are made soon. */
const WARM_UP = 20_000;

export function contenders({ rustdll, koffiFlat, ffiRs, FfiType }) {
  const declared = rustdll.declare(`
    fn add_one_f64(v: &mut PyVec<f64>);
    fn time_add_one_f64(v: &mut PyVec<f64>, rounds: u32) -> f64`);
  const koffiAddOne = koffiFlat.func('void add_one_f64(double *v, uint32_t n)');
  const { Void, U8Array, U32 } = FfiType;
  const ffi = ffiRs({ add_one_f64: { library: 'flat', retType: Void, paramsType: [U8Array, U32] } });
  const calls = {
    declared: (array) => declared.add_one_f64(array),
    guessed: (array) => rustdll.add_one_f64(array),
    koffi: (array) => koffiAddOne(array, array.length),
    // It takes bytes, which lie in the same memory.
    'ffi-rs': (array, bytes) => ffi.add_one_f64([bytes, array.length]),
    'JavaScript loop': (array) => {
      for (let k = 0; k < array.length; k++) array[k] += 1;
    },
  };
  const small = new Float64Array(10);
  const smallBytes = Buffer.from(small.buffer);
  for (const call of Object.values(calls)) for (let i = 0; i < WARM_UP; i++) call(small, smallBytes);

  const array = new Float64Array(LENGTH).map((_, k) => k + 0.5);
  const bytes = Buffer.from(array.buffer);
  const over = (call) => (n) => {
    const before = array[0] + array[LENGTH - 1];
    for (let i = 0; i < n; i++) call(array, bytes);
    return array[0] + array[LENGTH - 1] - before;
  };
  return {
    ...Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, over(call)])),
    'the Rust loop itself': { clock: (n) => n * declared.time_add_one_f64(array, n) },
  };
}
