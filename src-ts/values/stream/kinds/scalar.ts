/** Scalars, each of which takes a word. */

import { rangeError, typeError } from '../../../errors/errors';
import { Mismatch } from '../../../errors/mismatch';
import type { Decode, Reader } from '../../../memory/reader';
import type { Encode, Writer } from '../../../memory/writer';
import { charOf, isCodePoint, wideFromHalves } from '../../../types/bits';
import { type Rule, type Scalar, type ScalarName, SCALARS } from '../../../types/scalar';
import { refusal } from '../../refusal';
import type { ScalarShape } from '../../../types/shape';
import { scalarType } from '../../../types/typescript';
import { type Step, unexpected } from '../json';
import type { Kind } from './kind';

export const scalarKind: Kind<ScalarShape> = {
  spellings: Object.fromEntries(Object.values(SCALARS).map(({ name }) => [name, { kind: 'scalar', name }])),
  parts: () => [],
  encoder: ({ name }) => scalarEncoder(SCALARS[name]),
  decoder: ({ name }, { bigint }) => scalarDecoder(SCALARS[name], bigint),
  input: ({ name }) => (SCALARS[name].kind === 'wide' ? ['number', 'bigint'] : [scalarType(name, 'number')]),
  output: ({ name }, { wide }) => [scalarType(name, wide)],
  rust: ({ name }) => name,
};

/** Reads the name of a scalar type. */
export function readScalarName(value: unknown, step: Step): ScalarName {
  if (typeof value === 'string' && Object.hasOwn(SCALARS, value)) return value as ScalarName;
  return unexpected(value, step, 'the name of a scalar type');
}

function scalarEncoder(scalar: Scalar): Encode {
  switch (scalar.kind) {
    case 'float':
      return scalar.size === 8 ? encodeF64 : encodeF32;
    case 'int':
      return intEncoder(scalar);
    case 'wide':
      return wideEncoder(scalar);
    case 'bool':
      return encodeBool;
    case 'char':
      return encodeChar;
  }
}

function encodeF64(writer: Writer, value: unknown): void {
  if (typeof value !== 'number') throw refused(SCALARS.f64, value);
  writer.ensure(1);
  writer.f64[writer.at++] = value;
}

function encodeF32(writer: Writer, value: unknown): void {
  if (typeof value !== 'number') throw refused(SCALARS.f32, value);
  if (Number.isFinite(value) && !Number.isFinite(Math.fround(value))) throw refused(SCALARS.f32, value);
  writer.count(0);
  writer.chunk.f32[2 * (writer.at - 1)] = value;
}

function encodeBool(writer: Writer, value: unknown): void {
  if (typeof value !== 'boolean') throw refused(SCALARS.bool, value);
  writer.count(value ? 1 : 0);
}

function encodeChar(writer: Writer, value: unknown): void {
  const code = typeof value === 'string' ? charOf(value) : -1;
  if (code < 0) throw refused(SCALARS.char, value);
  writer.count(code);
}

function intEncoder(scalar: Scalar): Encode {
  const { min, max } = scalar;
  return (writer, value) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) throw refused(scalar, value);
    if (value < min || value > max) throw refused(scalar, value);
    writer.integer(value);
  };
}

function wideEncoder(scalar: Scalar): Encode {
  const { signed } = scalar;
  return (writer, value) => {
    if (typeof value === 'bigint') {
      if ((signed ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value)) !== value) throw refused(scalar, value);
      writer.ensure(1);
      writer.chunk.i64[writer.at++] = value;
      return;
    }
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw refused(scalar, value);
    if (value < 0 && !signed) throw refused(scalar, value);
    writer.integer(value);
  };
}

/** Makes the error for a value in the stream that `rule` does not accept. */
export function refused(rule: Rule, value: unknown): Mismatch {
  const { code, problem } = refusal(rule, value, 'export');
  return new Mismatch(problem, code, code === 'ERR_RUSTDLL_TYPE' ? rule.expected : undefined);
}

function scalarDecoder(scalar: Scalar, bigint: boolean): Decode {
  switch (scalar.kind) {
    case 'float':
      if (scalar.size === 8) return (reader) => reader.f64[reader.at++];
      return (reader) => {
        bits.setInt32(0, reader.i32[2 * reader.at++] as number);
        return bits.getFloat32(0);
      };
    case 'int':
      return intDecoder(scalar);
    case 'wide':
      if (bigint) {
        if (scalar.signed) return (reader) => reader.i64[reader.at++];
        return (reader) => reader.u64[reader.at++];
      }
      return scalar.signed ? decodeI64 : decodeU64;
    case 'bool':
      return (reader) => reader.flag();
    case 'char':
      return (reader) => charFrom(reader.i32[2 * reader.at++] as number);
  }
}

function intDecoder({ name, signed, min, max }: Scalar): Decode {
  return (reader) => {
    const word = reader.i32[2 * reader.at++] as number;
    const value = signed ? word : word >>> 0;
    if (value < min || value > max)
      throw typeError('ERR_RUSTDLL_TYPE', `the result holds ${value}, which is no ${name}`);
    return value;
  };
}

export function boolFrom(value: number): boolean {
  if (value < 2) return value === 1;
  throw typeError('ERR_RUSTDLL_TYPE', `the result holds 0x${value.toString(16)}, which is no bool`);
}

const bits = new DataView(new ArrayBuffer(4));

export function charFrom(code: number): string {
  if (isCodePoint(code >>> 0)) return String.fromCodePoint(code);
  throw typeError('ERR_RUSTDLL_TYPE', `the result holds 0x${(code >>> 0).toString(16)}, which is no char`);
}

function decodeI64(reader: Reader): number {
  const at = 2 * reader.at++;
  const lo = reader.i32[at] as number;
  const hi = reader.i32[at + 1] as number;
  return hi === lo >> 31 ? lo : exact(lo, hi, true);
}

function decodeU64(reader: Reader): number {
  const at = 2 * reader.at++;
  const lo = reader.i32[at] as number;
  const hi = reader.i32[at + 1] as number;
  return hi === 0 && lo >= 0 ? lo : exact(lo, hi, false);
}

/** Returns a 64-bit integer as a number. @throws RangeError if no number represents it exactly. */
export function exact(lo: number, hi: number, signed: boolean): number {
  const value = wideFromHalves(lo, hi, signed);
  if (typeof value === 'number') return value;
  throw rangeError(
    'ERR_RUSTDLL_RANGE',
    `the result holds ${value}, beyond what a number holds; export the function with #[export(bigint)]`,
  );
}
