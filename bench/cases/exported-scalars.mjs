/** The smallest calls of exported functions: two numbers in, one back. */

const NAPI_RS = { contender: 'exported', against: 'napi-rs', most: 0.5 };
/** A frame takes no longer than registers, and catching panics takes next to nothing. */
const DECLARED = { contender: 'exported', against: 'declared', most: 1.2 };

export const works = [
  {
    title: 'exported add(i64, i64)',
    budget: [NAPI_RS, DECLARED],
    baseline: 'napi-rs',
    contenders: ({ rustdll, exported, napiRs }) => {
      const declared = rustdll.declare('fn add(a: i64, b: i64) -> i64');
      return {
        exported: (n) => {
          let sum = 0;
          for (let i = 0; i < n; i++) sum += exported.add(i, 2);
          return sum;
        },
        declared: (n) => {
          let sum = 0;
          for (let i = 0; i < n; i++) sum += declared.add(i, 2);
          return sum;
        },
        'napi-rs': (n) => {
          let sum = 0;
          for (let i = 0; i < n; i++) sum += napiRs.add(i, 2);
          return sum;
        },
        JSON: (n) => {
          let sum = 0;
          for (let i = 0; i < n; i++) sum += JSON.parse(exported.add_json(JSON.stringify([i, 2])));
          return sum;
        },
      };
    },
  },
  {
    title: 'exported add(f64, f64)',
    budget: [NAPI_RS, DECLARED],
    baseline: 'napi-rs',
    contenders: ({ rustdll, exported, napiRs }) => {
      const declared = rustdll.declare('fn add_f64(a: f64, b: f64) -> f64');
      return {
        exported: (n) => {
          let sum = 0;
          for (let i = 0; i < n; i++) sum += exported.add_floats(i + 0.5, 2.25);
          return sum;
        },
        declared: (n) => {
          let sum = 0;
          for (let i = 0; i < n; i++) sum += declared.add_f64(i + 0.5, 2.25);
          return sum;
        },
        'napi-rs': (n) => {
          let sum = 0;
          for (let i = 0; i < n; i++) sum += napiRs.addFloats(i + 0.5, 2.25);
          return sum;
        },
        JSON: (n) => {
          let sum = 0;
          for (let i = 0; i < n; i++) sum += JSON.parse(exported.add_floats_json(JSON.stringify([i + 0.5, 2.25])));
          return sum;
        },
      };
    },
  },
  {
    title: 'exported divide(f64, f64) that succeeds',
    budget: [NAPI_RS],
    baseline: 'napi-rs',
    contenders: ({ exported, napiRs }) => ({
      exported: (n) => {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += exported.divide(i + 0.5, 2.25);
        return sum;
      },
      'napi-rs': (n) => {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += napiRs.divide(i + 0.5, 2.25);
        return sum;
      },
      JSON: (n) => {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += JSON.parse(exported.divide_json(JSON.stringify([i + 0.5, 2.25]))).Ok;
        return sum;
      },
    }),
  },
];
