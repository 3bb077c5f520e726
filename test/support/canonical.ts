/**
 * The canonical encoding of values and its hash, as test/fixtures/kernels documents them, implemented independently of
 * the package: integers by arithmetic, text code point by code point.
 */

import type { ScalarName } from '../../src-ts/types/scalar';

/** The type of the leaves of a value; `str` is a string, the list of its UTF-8 bytes. */
export type LeafName = ScalarName | 'str';

const SIZES: Readonly<Record<ScalarName, number>> = {
  i8: 1,
  u8: 1,
  i16: 2,
  u16: 2,
  i32: 4,
  u32: 4,
  i64: 8,
  u64: 8,
  isize: 8,
  usize: 8,
  f32: 4,
  f64: 8,
  bool: 1,
  char: 4,
};

/** The bytes of a string in UTF-8. */
export function utf8Bytes(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    else {
      bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    }
  }
  return bytes;
}

function scalarBytes(type: ScalarName, value: unknown): number[] {
  const size = SIZES[type];
  if (type === 'f32' || type === 'f64') {
    const view = new DataView(new ArrayBuffer(size));
    if (type === 'f32') view.setFloat32(0, value as number, true);
    else view.setFloat64(0, value as number, true);
    return Array.from({ length: size }, (_, i) => view.getUint8(i));
  }
  const integer = type === 'char' ? (value as string).codePointAt(0) : value;
  const bytes: number[] = [];
  if (size <= 4) {
    let rest = Number(integer) % 2 ** (8 * size);
    if (rest < 0) rest += 2 ** (8 * size);
    for (; bytes.length < size; rest = Math.floor(rest / 256)) bytes.push(rest % 256);
  } else {
    let rest = BigInt(integer as number | bigint);
    if (rest < 0n) rest += 1n << 64n;
    for (; bytes.length < size; rest /= 256n) bytes.push(Number(rest % 256n));
  }
  return bytes;
}

/** The canonical bytes of a scalar, a string, or a list of them at any depth. Typed arrays count as lists. */
export function canonicalBytes(leaf: LeafName, value: unknown): number[] {
  if (leaf === 'str' && typeof value === 'string') return canonicalBytes('u8', utf8Bytes(value));
  if (!Array.isArray(value) && !ArrayBuffer.isView(value)) return scalarBytes(leaf as ScalarName, value);
  const list = Array.from(value as unknown as ArrayLike<unknown>);
  return [list.length]
    .flatMap((length) => scalarBytes('u32', length))
    .concat(list.flatMap((element) => canonicalBytes(leaf, element)));
}

/** FNV-1a of 64 bits. The prime is 2^40 + 0x1b3, and no product of a half with 0x1b3 is too large for a number. */
export function fnv1a(bytes: Iterable<number>): bigint {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (const byte of bytes) {
    low = (low ^ byte) >>> 0;
    const product = low * 0x1b3;
    high = (high * 0x1b3 + Math.floor(product / 2 ** 32) + (low << 8)) >>> 0;
    low = product >>> 0;
  }
  return (BigInt(high) << 32n) | BigInt(low);
}

/** The hash of one value. */
export function hashOf(leaf: LeafName, value: unknown): bigint {
  return fnv1a(canonicalBytes(leaf, value));
}

/** The hash of several arguments, one after the other. */
export function hashOfAll(leaves: readonly LeafName[], values: readonly unknown[]): bigint {
  return fnv1a(leaves.flatMap((leaf, i) => canonicalBytes(leaf, values[i])));
}
