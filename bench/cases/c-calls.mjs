/** The signatures that C libraries have, as koffi and the declare level have them. */

const STRINGS = 64;

/** Calls for `n` indices. */
const repeated = (call) => (n) => {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += call(i);
  return sum;
};

const shared = {
  budget: [{ contender: 'declared', against: 'koffi', most: 1.0 }],
  baseline: 'koffi',
};

export const works = [
  {
    ...shared,
    title: 'C: pointer and length of 64 bytes in',
    contenders: ({ rustdllFlat, koffiFlat }) => {
      const { ends } = rustdllFlat.declare('fn ends(data: *const u8, length: usize) -> u32');
      const koffi = koffiFlat.func('uint32_t ends(const uint8_t *data, size_t length)');
      const list = Array.from({ length: STRINGS }, (_, i) => new Uint8Array(64).fill(i));
      return {
        declared: repeated((i) => ends(list[i % STRINGS], 64)),
        koffi: repeated((i) => koffi(list[i % STRINGS], 64)),
      };
    },
  },
  {
    ...shared,
    title: 'C: text of 41 characters in',
    contenders: ({ rustdllFlat, koffiFlat }) => {
      const { byte_40: declared } = rustdllFlat.declare('fn byte_40(s: *const c_char) -> u32');
      const koffi = koffiFlat.func('uint32_t byte_40(const char *s)');
      const texts = Array.from({ length: STRINGS }, (_, i) =>
        // The round trip makes a flat string.
        Buffer.from(`${i}: the quick brown fox jumps over the lazy dog`.slice(0, 41)).toString('latin1'),
      );
      return {
        declared: repeated((i) => declared(texts[i % STRINGS])),
        koffi: repeated((i) => koffi(texts[i % STRINGS])),
      };
    },
  },
  {
    ...shared,
    title: 'C: text of 41 characters out',
    contenders: ({ rustdllFlat, koffiFlat }) => {
      const { motto } = rustdllFlat.declare('fn motto() -> *const c_char');
      const koffi = koffiFlat.func('const char *motto()');
      return { declared: repeated(() => motto().length), koffi: repeated(() => koffi().length) };
    },
  },
  {
    ...shared,
    title: 'C: two values out of parameters',
    contenders: ({ rustdllFlat, koffiFlat }) => {
      const { divide } = rustdllFlat.declare(
        'fn divide(a: i64, b: i64, #[out] quotient: *mut i64, #[out] rest: *mut i64) -> bool',
      );
      const koffi = koffiFlat.func('bool divide(int64_t a, int64_t b, _Out_ int64_t *quotient, _Out_ int64_t *rest)');
      return {
        declared: repeated((i) => {
          const { quotient, rest } = divide(i, 7);
          return quotient + rest;
        }),
        koffi: repeated((i) => {
          const quotient = [null];
          const rest = [null];
          koffi(i, 7, quotient, rest);
          return quotient[0] + rest[0];
        }),
      };
    },
  },
  {
    ...shared,
    title: 'C: handle in',
    contenders: ({ rustdllFlat, koffiFlat }) => {
      const lib = rustdllFlat.declare(
        'fn counter_new(start: i64) -> *mut Counter; fn counter_next(counter: *mut Counter) -> i64',
      );
      const next = koffiFlat.func('int64_t counter_next(void *counter)');
      const handle = koffiFlat.func('void *counter_new(int64_t start)')(0);
      const counter = lib.counter_new(0);
      return { declared: repeated(() => lib.counter_next(counter)), koffi: repeated(() => next(handle)) };
    },
  },
  {
    ...shared,
    title: 'C: structure of two floats by value',
    contenders: ({ rustdllFlat, koffiFlat, koffiStruct }) => {
      const { norm } = rustdllFlat.declare('#[repr(C)] struct Point { x: f64, y: f64 } fn norm(p: Point) -> f64');
      koffiStruct('Point', { x: 'double', y: 'double' });
      const koffi = koffiFlat.func('double norm(Point p)');
      return { declared: repeated((i) => norm({ x: i, y: 2 })), koffi: repeated((i) => koffi({ x: i, y: 2 })) };
    },
  },
];
