/** Integers of 128 bits: bigints. */

import type { Reader } from '../../../memory/reader';
import type { Encode } from '../../../memory/writer';
import { hugeRule, misfit } from '../../../types/scalar';
import type { HugeShape } from '../../../types/shape';
import type { Kind } from './kind';
import { refused } from './scalar';

export const hugeKind: Kind<HugeShape> = {
  spellings: { i128: { kind: 'huge', signed: true }, u128: { kind: 'huge', signed: false } },
  parts: () => [],
  encoder: ({ signed }) => (signed ? encodeI128 : encodeU128),
  decoder: ({ signed }) => (signed ? decodeI128 : decodeU128),
  input: () => ['number', 'bigint'],
  output: () => ['bigint'],
  rust: ({ signed }) => (signed ? 'i128' : 'u128'),
};

const encodeI128 = hugeEncoder(true);

const encodeU128 = hugeEncoder(false);

function hugeEncoder(signed: boolean): Encode {
  const rule = hugeRule(signed);
  return (writer, value) => {
    if (misfit(rule, value) !== null) throw refused(rule, value);
    const big = BigInt(value as number | bigint);
    writer.ensure(2);
    // Storing a bigint into these views keeps its lowest 64 bits.
    writer.chunk.i64[writer.at++] = big;
    writer.chunk.i64[writer.at++] = big >> 64n;
  };
}

function decodeI128(reader: Reader): bigint {
  const lo = reader.u64[reader.at++] ?? 0n;
  return ((reader.i64[reader.at++] ?? 0n) << 64n) | lo;
}

function decodeU128(reader: Reader): bigint {
  const lo = reader.u64[reader.at++] ?? 0n;
  return ((reader.u64[reader.at++] ?? 0n) << 64n) | lo;
}
