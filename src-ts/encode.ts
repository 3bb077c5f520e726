/**
 * Values of exported functions, from JavaScript into a stream. Each shape becomes a function, made once; those of
 * records, lists and options have code of their own where code may be generated.
 */

import { types } from 'node:util';
import { listEncoder, packedEncoder, tupleEncoder, typedEncoder } from './encode-lists';
import type { Encode, Encoder } from './encoder';
import { along, Mismatch, outOfRange, wrongType } from './mismatch';
import { describe } from './place';
import { charOf, SCALARS, type Scalar } from './scalars';
import { isUnion, type Definition, type EnumDefinition, type FieldShape, type Shape } from './shape';
import { canSpecialize, specialize } from './specialize';

/** The encoders of one library. */
export class Encoders {
  /** A named type may contain itself, so its encoder is entered before it is made. */
  readonly #named = new Map<Definition, Encode>();

  of(shape: Shape): Encode {
    switch (shape.kind) {
      case 'unit':
        return encodeUnit;
      case 'scalar':
        return scalarEncoder(SCALARS[shape.name]);
      case 'huge':
        return shape.signed ? encodeI128 : encodeU128;
      case 'string':
        return encodeString;
      case 'list':
        return shape.element.kind === 'scalar'
          ? packedEncoder(SCALARS[shape.element.name], shape.length)
          : listEncoder(this.of(shape.element), shape.length);
      case 'typed':
        return typedEncoder(SCALARS[shape.element]);
      case 'option':
        return optionEncoder(this.of(shape.some));
      case 'tuple':
        return tupleEncoder(shape.elements.map((element) => this.of(element)));
      case 'map':
        return mapEncoder(this.of(shape.value));
      case 'named':
        return this.#ofDefinition(shape.definition);
      case 'lent':
        throw new Error('a lent parameter is packed, not encoded');
    }
  }

  #ofDefinition(definition: Definition): Encode {
    let encode = this.#named.get(definition);
    if (encode === undefined) {
      // Until it is made, and from within itself, it is reached through this.
      this.#named.set(definition, (encoder, value) => {
        made(encoder, value);
      });
      const made: Encode =
        definition.kind === 'record'
          ? this.#record(definition.name, definition.fields)
          : isUnion(definition)
            ? unionEncoder(definition)
            : this.#variants(definition);
      this.#named.set(definition, (encode = made));
    }
    return encode;
  }

  #record(name: string, fields: readonly FieldShape[], tag?: string): Encode {
    const known = new Set(fields.map((field) => field.name));
    if (tag !== undefined) known.add(tag);
    const encodeFields = fieldsEncoder(
      fields,
      fields.map((field) => this.of(field.shape)),
      (value) => {
        refuseUnknown(value, name, known);
      },
      [...known],
    );
    // A variant's fields are in the enum, which counts for them.
    const nested = tag === undefined;
    return (encoder, value) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw wrongType(`an object (${name})`, value);
      }
      if (nested) encoder.enter();
      encodeFields(encoder, value);
      if (nested) encoder.leave();
    };
  }

  #variants({ name, tag, variants }: EnumDefinition): Encode {
    const encoders = new Map<unknown, { index: number; encode: Encode }>(
      variants.map(({ name: variant, payload }, index) => {
        const title = `${name}.${variant}`;
        let encode: Encode;
        if (payload.kind === 'unit') encode = this.#record(title, [], tag);
        else if (payload.kind === 'record') encode = this.#record(title, payload.fields, tag);
        else {
          const shape: Shape = payload.kind === 'value' ? payload.shape : { kind: 'tuple', elements: payload.elements };
          encode = this.#record(title, [{ name: 'value', doc: '', shape }], tag);
        }
        return [variant, { index, encode }];
      }),
    );
    const expected = oneOf(variants.map((variant) => variant.name));
    return (encoder, value) => {
      if (typeof value !== 'object' || value === null) throw wrongType(`an object (${name})`, value);
      const variant: unknown = mayBePollution(value, tag) ? undefined : (value as Record<string, unknown>)[tag];
      const known = encoders.get(variant);
      if (known === undefined) throw wrongType(expected, variant).along(tag);
      encoder.enter();
      encoder.count(known.index);
      known.encode(encoder, value);
      encoder.leave();
    };
  }
}

/** Writes the fields of an object one after the other, and sees that there are no others. */
type FieldsEncoder = (encoder: Encoder, value: object) => void;

/**
 * @param refuse - Looks closely at an object that might not be of the type.
 * @param known - What the fields of an object that needs no closer look are called.
 */
function fieldsEncoder(
  fields: readonly FieldShape[],
  encoders: readonly Encode[],
  refuse: (value: object) => void,
  known: readonly string[],
): FieldsEncoder {
  const names = fields.map(({ name }) => name);
  const leaveField = (error: unknown, value: object, index: number): unknown => {
    const name = names[index] as string;
    if (error instanceof Mismatch && !error.hasPath && !(name in value)) {
      return new Mismatch('the field is missing').along(name);
    }
    return along(error, name);
  };
  const optional = fields.map(({ shape }) => shape.kind === 'option');
  if (canSpecialize && names.length <= MOST_UNROLLED && optional.includes(false)) {
    const parts: Record<string, unknown> = { leaveField, refuse, unpolluted, known, root: Object.prototype };
    encoders.forEach((encode, i) => (parts[`encode${i}`] = encode));
    const steps = names.map((name, i) => {
      const member = `value[${JSON.stringify(name)}]`;
      if (!optional[i]) return `index = ${i}; encode${i}(encoder, ${member});`;
      return `index = ${i}; const field${i} = ${member}; missing ||= field${i} === undefined; encode${i}(encoder, field${i});`;
    });
    return specialize(
      parts,
      `return function (encoder, value) {
        if (${known.map((name) => `${JSON.stringify(name)} in root`).join(' || ')}) value = unpolluted(value, known);
        let index = 0;
        let missing = false;
        try { ${steps.join(' ')} } catch (error) { throw leaveField(error, value, index); }
        let count = 0;
        for (const name in value) {
          switch (name) {
            ${known.map((name) => `case ${JSON.stringify(name)}:`).join(' ')} count++; break;
            default: refuse(value);
          }
        }
        if (count !== ${known.length} || missing) refuse(value);
      };`,
    );
  }
  return (encoder, object) => {
    const value = known.some((name) => name in Object.prototype) ? unpolluted(object, known) : object;
    let index = 0;
    try {
      for (; index < names.length; index++) {
        (encoders[index] as Encode)(encoder, (value as Record<string, unknown>)[names[index] as string]);
      }
    } catch (error) {
      throw leaveField(error, value, index);
    }
    refuse(value);
  };
}

/** Objects with more fields are walked in a loop; the code would grow too large to be optimised. */
const MOST_UNROLLED = 100;

/** Whether code that pollutes `Object.prototype` may have put there what `value` has under this name. */
function mayBePollution(value: object, name: string): boolean {
  return name in Object.prototype && !Object.hasOwn(value, name);
}

/** An object of fields without those that may be pollution: a field that is missing is to stay so. */
function unpolluted(value: object, known: readonly string[]): object {
  if (!isPlain(value)) return value;
  const own: Record<string, unknown> = Object.create(null) as typeof own;
  for (const key of new Set([...Object.keys(value), ...known])) {
    if (key in value && !mayBePollution(value, key)) own[key] = (value as Record<string, unknown>)[key];
  }
  return own;
}

/** What an object inherits does not count, and a field that may be null may be missing. */
function refuseUnknown(value: object, name: string, known: ReadonlySet<string>): void {
  if (!isPlain(value)) throw wrongType(`an object (${name})`, value);
  for (const key of Object.keys(value)) {
    if (!known.has(key)) throw new Mismatch(`${name} has no such field`).along(key);
  }
}

const tagOf = Object.getOwnPropertyDescriptor(Object.prototype, 'toString')?.value as () => string;

/** Whether `value` is an object for its properties' sake, as a class's instance may be: no list, Map, Date or the like. */
function isPlain(value: object): boolean {
  return !/^\[object (\w*(Array|Map|Set|Buffer)|DataView|Date|RegExp|Promise|Error|Boolean|Number|String|Symbol|BigInt)\]$/.test(
    Reflect.apply(tagOf, value, []),
  );
}

/** `'A', 'B' or 'C'` */
function oneOf(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  return quoted.length < 2 ? quoted.join() : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}

function unionEncoder({ variants }: EnumDefinition): Encode {
  const indices = new Map<unknown, number>(variants.map(({ name }, index) => [name, index]));
  const expected = oneOf(variants.map(({ name }) => name));
  return (encoder, value) => {
    const index = indices.get(value);
    if (index === undefined) throw wrongType(expected, value);
    encoder.enter();
    encoder.count(index);
    encoder.leave();
  };
}

function encodeUnit(_: Encoder, value: unknown): void {
  if (value !== undefined && value !== null) throw wrongType('undefined', value);
}

function encodeString(encoder: Encoder, value: unknown): void {
  if (typeof value !== 'string') throw wrongType('a string', value);
  encoder.string(value);
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

function encodeF64(encoder: Encoder, value: unknown): void {
  if (typeof value !== 'number') throw wrongType('a number (f64)', value);
  encoder.ensure(1);
  encoder.f64[encoder.at++] = value;
}

function encodeF32(encoder: Encoder, value: unknown): void {
  if (typeof value !== 'number') throw wrongType('a number (f32)', value);
  if (Number.isFinite(value) && !Number.isFinite(Math.fround(value))) throw unfit(value, 'f32');
  encoder.count(0);
  encoder.chunk.f32[2 * (encoder.at - 1)] = value;
}

function encodeBool(encoder: Encoder, value: unknown): void {
  if (typeof value !== 'boolean') throw wrongType('a boolean', value);
  encoder.count(value ? 1 : 0);
}

function encodeChar(encoder: Encoder, value: unknown): void {
  const code = typeof value === 'string' ? charOf(value) : -1;
  if (code < 0) throw wrongType('a string of one code point (char)', value);
  encoder.count(code);
}

function intEncoder({ name, min, max }: Scalar): Encode {
  const expected = `an integer (${name})`;
  return (encoder, value) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(expected, value);
    if (value < min || value > max) throw unfit(value, name);
    encoder.integer(value);
  };
}

function wideEncoder({ name, signed }: Scalar): Encode {
  const expected = `an integer (${name})`;
  return (encoder, value) => {
    if (typeof value === 'bigint') {
      if ((signed ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value)) !== value) throw unfit(value, name);
      encoder.ensure(1);
      encoder.chunk.i64[encoder.at++] = value;
      return;
    }
    if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(expected, value);
    if (!Number.isSafeInteger(value)) {
      throw outOfRange(`${describe(value)} is beyond 2^53 and may have lost digits already; use a BigInt`);
    }
    if (value < 0 && !signed) throw unfit(value, name);
    encoder.integer(value);
  };
}

function unfit(value: number | bigint, name: string): Mismatch {
  return outOfRange(`${describe(value)} does not fit ${name}`);
}

function hugeEncoder(name: string, fits: (value: bigint) => boolean): Encode {
  return (encoder, value) => {
    let big = value;
    if (typeof value === 'number' && Number.isInteger(value)) {
      if (!Number.isSafeInteger(value)) {
        throw outOfRange(`${describe(value)} is beyond 2^53 and may have lost digits already; use a BigInt`);
      }
      big = BigInt(value);
    }
    if (typeof big !== 'bigint') throw wrongType(`an integer (${name})`, value);
    if (!fits(big)) throw unfit(big, name);
    encoder.ensure(2);
    // The views keep a bigint's lowest 64 bits.
    encoder.chunk.i64[encoder.at++] = big;
    encoder.chunk.i64[encoder.at++] = big >> 64n;
  };
}

const encodeI128 = hugeEncoder('i128', (value) => BigInt.asIntN(128, value) === value);
const encodeU128 = hugeEncoder('u128', (value) => BigInt.asUintN(128, value) === value);

function optionEncoder(encode: Encode): Encode {
  if (canSpecialize) {
    return specialize(
      { encode },
      `return function (encoder, value) {
        if (value === null || value === undefined) encoder.count(0);
        else { encoder.count(1); encode(encoder, value); }
      };`,
    );
  }
  return (encoder, value) => {
    if (value === null || value === undefined) {
      encoder.count(0);
      return;
    }
    encoder.count(1);
    encode(encoder, value);
  };
}

// Fetched once: a subclass could answer anything.
const forEachOfMap = Object.getOwnPropertyDescriptor(Map.prototype, 'forEach')?.value as () => void;

function mapEncoder(encode: Encode): Encode {
  return (encoder, value) => {
    // Read before anything is encoded, since that may run code that changes the map.
    const keys: string[] = [];
    const values: unknown[] = [];
    if (types.isMap(value)) {
      const visit = (element: unknown, key: unknown): void => {
        if (typeof key !== 'string') throw wrongType('a string as the key', key);
        keys.push(key);
        values.push(element);
      };
      Reflect.apply(forEachOfMap, value, [visit]);
    } else if (typeof value === 'object' && value !== null && isPlain(value)) {
      for (const key of Object.keys(value)) {
        keys.push(key);
        values.push((value as Record<string, unknown>)[key]);
      }
    } else throw wrongType('an object or Map', value);
    encoder.count(keys.length);
    let k = 0;
    try {
      for (; k < keys.length; k++) {
        encoder.string(keys[k] as string);
        encode(encoder, values[k]);
      }
    } catch (error) {
      throw along(error, keys[k] as string);
    }
  };
}
