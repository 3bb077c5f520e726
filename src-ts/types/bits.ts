/** The factor by which the upper half of an address is shifted to the right; exact, and quicker than a division. */
export const UPPER = 2 ** -32;

const TWO_32 = 4294967296;

/** Combines the halves of a 64-bit integer, to a number if that is exact, else to a bigint. */
export function wideFromHalves(lo: number, hi: number, signed: boolean): number | bigint {
  const value = (signed ? hi | 0 : hi >>> 0) * TWO_32 + (lo >>> 0);
  if (Number.isSafeInteger(value)) return value;
  const bits = (BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0);
  return signed ? BigInt.asIntN(64, bits) : bits;
}

/** Returns the upper 32 bits of a safe integer. Storing it into an Int32Array keeps the lower ones. */
export function upperHalf(value: number): number {
  return Math.floor(value / TWO_32);
}

/** True if `value` is a Unicode scalar value, as a Rust `char` must be. */
export function isCodePoint(value: number): boolean {
  return value < 0xd800 || (value > 0xdfff && value <= 0x10ffff);
}

/** Returns the code point of a string that is one `char`, or -1 for any other string. */
export function charOf(text: string): number {
  const code = text.codePointAt(0);
  if (code === undefined || text.length !== (code > 0xffff ? 2 : 1) || !isCodePoint(code)) return -1;
  return code;
}
