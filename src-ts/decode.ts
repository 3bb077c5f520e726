/**
 * Values of exported functions, from a result into JavaScript. Each shape becomes a function, made once; those of records
 * and lists have code of their own where code may be generated.
 */

import type { Decoder } from './decoder';
import { rangeError, typeError } from './errors';
import { field } from './field';
import { isScalarValue, SCALARS, wideFromHalves, type Scalar } from './scalars';
import { isUnion, type Definition, type EnumDefinition, type FieldShape, type Shape } from './shape';
import { canSpecialize, specialize } from './specialize';

/** Reads a value. @throws RangeError for a 64-bit integer that no number holds. */
export type Decode = (decoder: Decoder) => unknown;

/** The decoders of one library, for functions whose 64-bit integers are bigints or for the others. */
export class Decoders {
  readonly #bigint: boolean;
  /** A named type may contain itself, so its decoder is entered before it is made. */
  readonly #named = new Map<Definition, Decode>();

  constructor(bigint: boolean) {
    this.#bigint = bigint;
  }

  of(shape: Shape): Decode {
    switch (shape.kind) {
      case 'unit':
        return () => undefined;
      case 'scalar':
        return scalarDecoder(SCALARS[shape.name], this.#bigint);
      case 'huge':
        return shape.signed ? decodeI128 : decodeU128;
      case 'string':
        return (decoder) => decoder.string();
      case 'list':
        return shape.element.kind === 'scalar'
          ? packedDecoder(SCALARS[shape.element.name], this.#bigint)
          : listDecoder(this.of(shape.element), takesNothing(shape.element));
      case 'typed':
        return typedDecoder(SCALARS[shape.element]);
      case 'option':
        return optionDecoder(this.of(shape.some));
      case 'tuple':
        return tupleDecoder(shape.elements.map((element) => this.of(element)));
      case 'map':
        return mapDecoder(this.of(shape.value));
      case 'named':
        return this.#ofDefinition(shape.definition);
      case 'lent':
        throw new Error('a lent parameter is no result');
    }
  }

  #ofDefinition(definition: Definition): Decode {
    let decode = this.#named.get(definition);
    if (decode === undefined) {
      // Until it is made, and from within itself, it is reached through this.
      this.#named.set(definition, (decoder) => made(decoder));
      const made: Decode =
        definition.kind === 'record'
          ? this.#record(definition.fields)
          : isUnion(definition)
            ? unionDecoder(definition)
            : this.#variants(definition);
      this.#named.set(definition, (decode = made));
    }
    return decode;
  }

  /** @param head - A field that stands first and is the same in every object. */
  #record(fields: readonly FieldShape[], head?: { name: string; value: string }): Decode {
    const names = fields.map((field) => field.name);
    return recordDecoder(
      names,
      fields.map((field) => this.of(field.shape)),
      head,
    );
  }

  #variants({ name, tag, variants }: EnumDefinition): Decode {
    const decoders = variants.map(({ name: value, payload }) => {
      const head = { name: tag, value };
      if (payload.kind === 'unit') return this.#record([], head);
      if (payload.kind === 'record') return this.#record(payload.fields, head);
      const shape: Shape = payload.kind === 'value' ? payload.shape : { kind: 'tuple', elements: payload.elements };
      return this.#record([{ name: 'value', doc: '', shape }], head);
    });
    return (decoder) => {
      const decode = decoders[decoder.i32[2 * decoder.at++] as number];
      if (decode === undefined) throw notOne(name);
      return decode(decoder);
    };
  }
}

function notOne(name: string): TypeError {
  return typeError('ERR_RUSTDLL_TYPE', `the result holds a ${name} that is none of its variants`);
}

function recordDecoder(
  names: readonly string[],
  decoders: readonly Decode[],
  head?: { name: string; value: string },
): Decode {
  if (canSpecialize) {
    // Computed keys: a plain `"__proto__": x` would set the prototype.
    const key = (name: string): string => (name === '__proto__' ? `[${JSON.stringify(name)}]` : JSON.stringify(name));
    const parts: Record<string, unknown> = {};
    decoders.forEach((decode, i) => (parts[`decode${i}`] = decode));
    const fields = names.map((name, i) => `${key(name)}: decode${i}(decoder)`);
    if (head !== undefined) fields.unshift(`${key(head.name)}: ${JSON.stringify(head.value)}`);
    return specialize(parts, `return (decoder) => ({ ${fields.join(', ')} });`);
  }
  return (decoder) => {
    const record = {};
    if (head !== undefined) Object.defineProperty(record, head.name, field(head.value));
    // Defined, not assigned: a field may be called `__proto__`.
    names.forEach((name, i) => Object.defineProperty(record, name, field((decoders[i] as Decode)(decoder))));
    return record;
  };
}

function unionDecoder({ name, variants }: EnumDefinition): Decode {
  const names = variants.map((variant) => variant.name);
  return (decoder) => {
    const variant = names[decoder.i32[2 * decoder.at++] as number];
    if (variant === undefined) throw notOne(name);
    return variant;
  };
}

function scalarDecoder(scalar: Scalar, bigint: boolean): Decode {
  switch (scalar.kind) {
    case 'float':
      if (scalar.size === 8) return (decoder) => decoder.f64[decoder.at++];
      return (decoder) => {
        bits.setInt32(0, decoder.i32[2 * decoder.at++] as number);
        return bits.getFloat32(0);
      };
    case 'int':
      return intDecoder(scalar);
    case 'wide':
      if (bigint) {
        if (scalar.signed) return (decoder) => decoder.i64[decoder.at++];
        return (decoder) => decoder.u64[decoder.at++];
      }
      return scalar.signed ? decodeI64 : decodeU64;
    case 'bool':
      return (decoder) => decoder.flag();
    case 'char':
      return (decoder) => charFrom(decoder.i32[2 * decoder.at++] as number);
  }
}

function intDecoder({ name, signed, min, max }: Scalar): Decode {
  return (decoder) => {
    const word = decoder.i32[2 * decoder.at++] as number;
    const value = signed ? word : word >>> 0;
    if (value < min || value > max)
      throw typeError('ERR_RUSTDLL_TYPE', `the result holds ${value}, which is no ${name}`);
    return value;
  };
}

function boolFrom(value: number): boolean {
  if (value < 2) return value === 1;
  throw typeError('ERR_RUSTDLL_TYPE', `the result holds 0x${value.toString(16)}, which is no bool`);
}

const bits = new DataView(new ArrayBuffer(4));

function charFrom(code: number): string {
  if (isScalarValue(code >>> 0)) return String.fromCodePoint(code);
  throw typeError('ERR_RUSTDLL_TYPE', `the result holds 0x${(code >>> 0).toString(16)}, which is no char`);
}

function decodeI64(decoder: Decoder): number {
  const at = 2 * decoder.at++;
  const lo = decoder.i32[at] as number;
  const hi = decoder.i32[at + 1] as number;
  return hi === lo >> 31 ? lo : exact(lo, hi, true);
}

function decodeU64(decoder: Decoder): number {
  const at = 2 * decoder.at++;
  const lo = decoder.i32[at] as number;
  const hi = decoder.i32[at + 1] as number;
  return hi === 0 && lo >= 0 ? lo : exact(lo, hi, false);
}

/** @throws RangeError when no number is that integer. */
function exact(lo: number, hi: number, signed: boolean): number {
  const value = wideFromHalves(lo, hi, signed);
  if (typeof value === 'number') return value;
  throw rangeError(
    'ERR_RUSTDLL_RANGE',
    `the result holds ${value}, beyond what a number holds; export the function with #[export(bigint)]`,
  );
}

function decodeI128(decoder: Decoder): bigint {
  const lo = decoder.u64[decoder.at++] ?? 0n;
  return ((decoder.i64[decoder.at++] ?? 0n) << 64n) | lo;
}

function decodeU128(decoder: Decoder): bigint {
  const lo = decoder.u64[decoder.at++] ?? 0n;
  return ((decoder.u64[decoder.at++] ?? 0n) << 64n) | lo;
}

function optionDecoder(decode: Decode): Decode {
  return (decoder) => (decoder.flag() ? decode(decoder) : null);
}

/** How many elements that take no words a list may claim to have. */
const MOST_OF_NOTHING = 2 ** 16;

/** Whether a value of a shape takes no words, so that its number is not bounded by what there is. */
function takesNothing(shape: Shape): boolean {
  switch (shape.kind) {
    case 'unit':
      return true;
    case 'tuple':
      return shape.elements.every(takesNothing);
    case 'named':
      // One that contains itself does so by way of a list or an option, which take a word.
      return (
        shape.definition.kind === 'record' && shape.definition.fields.every((member) => takesNothing(member.shape))
      );
    default:
      return false;
  }
}

function listDecoder(decode: Decode, ofNothing: boolean): Decode {
  if (canSpecialize) {
    return specialize(
      { decode },
      `return (decoder) => {
        const length = decoder.length(${ofNothing ? MOST_OF_NOTHING : 'decoder.end - decoder.at - 1'});
        const list = new Array(length);
        for (let k = 0; k < length; k++) list[k] = decode(decoder);
        return list;
      };`,
    );
  }
  return (decoder) => {
    const length = decoder.length(ofNothing ? MOST_OF_NOTHING : decoder.end - decoder.at - 1);
    const list = new Array<unknown>(length);
    for (let k = 0; k < length; k++) list[k] = decode(decoder);
    return list;
  };
}

function tupleDecoder(decoders: readonly Decode[]): Decode {
  // Not `map`, which would be the user's to replace.
  return (decoder) => {
    const tuple = new Array<unknown>(decoders.length);
    for (let k = 0; k < decoders.length; k++) tuple[k] = (decoders[k] as Decode)(decoder);
    return tuple;
  };
}

/** A list of scalars whose length is a word. */
function packedDecoder(scalar: Scalar, bigint: boolean): Decode {
  return (decoder) => elementsOf(decoder, scalar, packedLength(decoder, scalar), bigint);
}

function typedDecoder(scalar: Scalar): Decode {
  return (decoder) => decoder.typedArray(scalar.view, scalar.size, packedLength(decoder, scalar));
}

function packedLength(decoder: Decoder, scalar: Scalar): number {
  return decoder.length(((decoder.end - decoder.at - 1) * 8) / scalar.size);
}

/** The next `length` elements as a list; as bytes if they are `u8`. */
export function elementsOf(decoder: Decoder, scalar: Scalar, length: number, bigint: boolean): unknown {
  if (scalar.name === 'u8') return decoder.typedArray('u8', 1, length);
  if (scalar.kind === 'wide') return bigint ? bigsOf(decoder, scalar, length) : widesOf(decoder, scalar, length);
  const at = decoder.at;
  if (scalar.name === 'f64') {
    decoder.at += length;
    return floatsOf(decoder.f64, at, length);
  }
  const view = decoder.lend(scalar.view, scalar.size, length) as Int32Array;
  if (scalar.kind === 'bool') return convert(view, length, boolFrom);
  if (scalar.kind === 'char') return convert(view, length, charFrom);
  const list = new Array<number>(length);
  for (let k = 0; k < length; k++) list[k] = view[k] as number;
  return list;
}

function floatsOf(view: Float64Array, at: number, length: number): number[] {
  const list = new Array<number>(length);
  for (let k = 0; k < length; k++) list[k] = view[at + k] as number;
  return list;
}

function convert<T>(view: Int32Array, length: number, make: (value: number) => T): T[] {
  const list = new Array<T>(length);
  for (let k = 0; k < length; k++) list[k] = make(view[k] as number);
  return list;
}

function bigsOf(decoder: Decoder, scalar: Scalar, length: number): bigint[] {
  const view = scalar.signed ? decoder.i64 : decoder.u64;
  const { at } = decoder;
  const list = new Array<bigint>(length);
  for (let k = 0; k < length; k++) list[k] = view[at + k] as bigint;
  decoder.at += length;
  return list;
}

function widesOf(decoder: Decoder, { signed }: Scalar, length: number): number[] {
  const { i32 } = decoder;
  const first = 2 * decoder.at;
  const list = new Array<number>(length);
  for (let k = 0; k < length; k++) {
    const lo = i32[first + 2 * k] as number;
    const hi = i32[first + 2 * k + 1] as number;
    list[k] = hi === lo >> 31 && (signed || hi === 0) ? lo : exact(lo, hi, signed);
  }
  decoder.at += length;
  return list;
}

function mapDecoder(decode: Decode): Decode {
  return (decoder) => {
    const length = decoder.length(decoder.end - decoder.at - 1);
    const map: Record<string, unknown> = {};
    for (let k = 0; k < length; k++) {
      const key = decoder.string();
      const value = decode(decoder);
      if (key === '__proto__') Object.defineProperty(map, key, field(value));
      else map[key] = value;
    }
    return map;
  };
}
