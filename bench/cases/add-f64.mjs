/**
 * Two floats in. A guessed call returns an integer, so the function compared is one that gives the sum as an integer.
 */

export const title = 'add(f64, f64)';

export const budget = [{ contender: 'guessed', against: 'koffi', most: 1.0 }];

export const baseline = 'koffi';

export function contenders({ rustdllFlat, koffiFlat, ffiRs, FfiType }) {
  const declared = rustdllFlat.declare('fn whole_sum(a: f64, b: f64) -> i64');
  const koffiSum = koffiFlat.func('int64_t whole_sum(double a, double b)');
  const { I64, Double } = FfiType;
  const ffi = ffiRs({ whole_sum: { library: 'flat', retType: I64, paramsType: [Double, Double] } });
  return {
    declared: (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += declared.whole_sum(i + 0.5, 2.25);
      return sum;
    },
    guessed: (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += rustdllFlat.whole_sum(i + 0.5, 2.25);
      return sum;
    },
    koffi: (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += koffiSum(i + 0.5, 2.25);
      return sum;
    },
    'ffi-rs': (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += ffi.whole_sum([i + 0.5, 2.25]);
      return sum;
    },
  };
}
