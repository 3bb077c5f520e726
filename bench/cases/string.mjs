/**
 * A string of 41 characters in. koffi and ffi-rs pass it as C does, with a NUL at its end and no length; the function
 * they call reads one byte.
 */

export const title = 'string of 41 characters in';

export const budget = [
  { contender: 'declared', against: 'koffi', most: 1.0 },
  { contender: 'guessed', against: 'koffi', most: 1.0 },
];

export const baseline = 'koffi';

const LENGTH = 41;
/** The number of different strings, a power of two. All end in the letter that has the code LENGTH. */
const STRINGS = 64;

export function contenders({ rustdll, koffiFlat, ffiRs, FfiType }) {
  const strings = Array.from({ length: STRINGS }, (_, i) => {
    const text = `${i}: the quick brown fox jumps over the lazy dog`.slice(0, LENGTH - 1);
    // The round trip makes a flat string of one that the engine stores as a tree of its parts.
    return Buffer.from(text + String.fromCharCode(LENGTH)).toString('latin1');
  });
  const declared = rustdll.declare('fn str_len(s: &PyStr) -> u32');
  const koffiByte = koffiFlat.func('uint32_t byte_40(const char *s)');
  const ffi = ffiRs({ byte_40: { library: 'flat', retType: FfiType.U32, paramsType: [FfiType.String] } });
  return {
    declared: (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += declared.str_len(strings[i & (STRINGS - 1)]);
      return sum;
    },
    guessed: (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += rustdll.str_len(strings[i & (STRINGS - 1)]);
      return sum;
    },
    koffi: (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += koffiByte(strings[i & (STRINGS - 1)]);
      return sum;
    },
    'ffi-rs': (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += ffi.byte_40([strings[i & (STRINGS - 1)]]);
      return sum;
    },
  };
}
