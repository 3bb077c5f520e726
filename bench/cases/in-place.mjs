/**
 * A Float64Array of 1,000,000, to which Rust adds one in place, against the same loop timed within Rust. All contenders
 * share one array, since the placement of memory affects the time.
 */

export const title = 'Float64Array of 1,000,000, mutated in place';

export const budget = [
  { contender: 'declared', against: 'the Rust loop itself', most: 1.02 },
  { contender: 'guessed', against: 'the Rust loop itself', most: 1.02 },
];

export const baseline = 'the Rust loop itself';

/** The clock has no result. */
export const unlike = ['the Rust loop itself'];

/** The time of one call, in nanoseconds: the kernel takes so long that reading the clock does not matter. */
export const slice = 1;

const LENGTH = 1_000_000;
/** The code of a call is compiled after thousands of calls, which take less time with a small array. */
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
    // The function takes bytes, which are in the same memory.
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
