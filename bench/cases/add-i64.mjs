/** The smallest call: two integers in, one back. */

export const title = 'add(i64, i64)';

export const budget = [
  { contender: 'declared', against: 'empty Node-API call', most: 2.0 },
  { contender: 'declared', against: 'koffi', most: 0.65 },
];

export const baseline = 'koffi';

/** The empty call returns no sum. */
export const unlike = ['empty Node-API call'];

export function contenders({ rustdll, koffi, ffiRs, FfiType, addon }) {
  const declared = rustdll.declare('fn add(a: i64, b: i64) -> i64');
  const koffiAdd = koffi.func('int64_t add(int64_t a, int64_t b)');
  const { I64 } = FfiType;
  const ffi = ffiRs({ add: { library: 'kernels', retType: I64, paramsType: [I64, I64] } });
  return {
    declared: (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += declared.add(i, 2);
      return sum;
    },
    guessed: (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += rustdll.add(i, 2);
      return sum;
    },
    koffi: (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += koffiAdd(i, 2);
      return sum;
    },
    'ffi-rs': (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += ffi.add([i, 2]);
      return sum;
    },
    'empty Node-API call': (n) => {
      let calls = 0;
      for (let i = 0; i < n; i++) if (addon.empty() === undefined) calls++;
      return calls;
    },
  };
}
