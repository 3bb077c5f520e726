/** Maps: objects with arbitrary property names, or instances of `Map`. An argument may be either. */

import { types } from 'node:util';
import { along, Mismatch, wrongType } from '../../../errors/mismatch';
import type { Decode, Reader } from '../../../memory/reader';
import { Names } from '../../../memory/names';
import type { Encode, Writer } from '../../../memory/writer';
import { canSpecialize, code, specialize } from '../../../runtime/code';
import { makeList } from '../../../runtime/list';
import { isPlain } from '../../../runtime/plain-object';
import { define, getter, unbound } from '../../../runtime/property';
import { SCALARS } from '../../../types/scalar';
import type { MapShape, Shape } from '../../../types/shape';
import { exactly, fault, type Step } from '../json';
import { alikeMapsDecoder, alikeMapsEncoder } from './alike-maps';
import type { DecoderMaker, DecodeWalk, EncoderMaker, EncodeWalk, InnerDecoder, InnerEncoder, Kind } from './kind';

export const mapKind: Kind<MapShape> = {
  spellings: {
    map(value, shapes) {
      if (value.length !== 3)
        return { kind: 'map', key: STRING, value: shapes.of(exactly(value, 2)[1], 1), isMap: false };
      const key = keyOf(shapes.of(value[1], 1), 1);
      if (key.kind !== 'named' && !(key.kind === 'scalar' && key.name === 'char')) fault(1, 'such keys are no names');
      return { kind: 'map', key, value: shapes.of(value[2], 2), isMap: false };
    },
    entries(value, shapes) {
      const [, key, held] = exactly(value, 3);
      return { kind: 'map', key: keyOf(shapes.of(key, 1), 1), value: shapes.of(held, 2), isMap: true };
    },
  },
  parts: ({ key, value }) => [
    { shape: key, needed: false },
    { shape: value, needed: false },
  ],
  encoder: ({ key, value }, encoders) =>
    mapEncoder(keyEncoder(key, encoders), encoders.of(value), value.kind === 'scalar'),
  decoder: ({ key, value, isMap }, decoders) =>
    (isMap ? entriesDecoder : mapDecoder)(keyDecoder(key, decoders), decoders.of(value)),
  encodeWalk: ({ key, value }, encoders) => mapEncodeWalk(keyEncoder(key, encoders), encoders.inner(value)),
  decodeWalk: ({ key, value, isMap }, decoders) =>
    mapDecodeWalk(keyDecoder(key, decoders), decoders.inner(value), isMap),
  input: ({ key, value }, { union, map }) => [map(union(value), union(key) === 'string' ? null : union(key))],
  output({ key, value, isMap }, { union, record, global }) {
    if (isMap) return [`${global('Map')}<${union(key)}, ${union(value)}>`];
    const object = record(union(key), union(value));
    return [key.kind === 'named' ? `${global('Partial')}<${object}>` : object];
  },
  rust: ({ key, value }, rust) => `Map<${rust(key)}, ${rust(value)}>`,
};

const STRING: Shape = { kind: 'string' };

/** Returns the type of keys, if it is one. Whether an enum is one is not known before its variants have been read. */
function keyOf(shape: Shape, step: Step): Shape {
  const { kind } = shape;
  const isKey =
    kind === 'string' ||
    kind === 'huge' ||
    (kind === 'scalar' && SCALARS[shape.name].kind !== 'float') ||
    (kind === 'named' && shape.definition.kind === 'enum');
  return isKey ? shape : fault(step, 'no map has such keys');
}

/** Encodes the keys of a map. */
interface KeyEncoder {
  readonly encode: Encode;
  /** True if the keys are strings, which are encoded without further checks. */
  readonly isString: boolean;
  /** Returns the key for which the name of a property stands. */
  readonly fromName: (name: string) => unknown;
}

function keyEncoder(key: Shape, encoders: EncoderMaker): KeyEncoder {
  return { encode: encoders.of(key), isString: key.kind === 'string', fromName: namesOf(key) };
}

/** A name that stands for an integer: as JavaScript writes it. */
const INTEGER = /^(?:0|-?[1-9]\d*)$/;

/** The most digits of a name that is read as an integer here, instead of by a regular expression and a conversion. */
const FEW_DIGITS = 9;

/** Returns the integer that a name of few digits stands for, or -1. */
function smallInteger(name: string): number {
  const { length } = name;
  if (length === 0 || length > FEW_DIGITS) return -1;
  let number = name.charCodeAt(0) - 48;
  // A number that begins with 0 is written so only if that is all of it.
  if (number < 0 || number > 9 || (number === 0 && length > 1)) return -1;
  for (let k = 1; k < length; k++) {
    const digit = name.charCodeAt(k) - 48;
    if (digit < 0 || digit > 9) return -1;
    number = 10 * number + digit;
  }
  return number;
}

function namesOf(key: Shape): (name: string) => unknown {
  if (key.kind === 'named' && key.definition.kind === 'enum') {
    const numbers = new Map(key.definition.variants.map(({ number }) => [String(number), number]));
    return (name) => numbers.get(name) ?? name;
  }
  if (key.kind === 'huge' || (key.kind === 'scalar' && ['int', 'wide'].includes(SCALARS[key.name].kind))) {
    return (name) => {
      const small = smallInteger(name);
      if (small >= 0) return small;
      if (!INTEGER.test(name)) return name;
      const number = Number(name);
      return Number.isSafeInteger(number) ? number : BigInt(name);
    };
  }
  if (key.kind === 'scalar' && key.name === 'bool') {
    return (name) => (name === 'true' ? true : name === 'false' ? false : name);
  }
  return (name) => name;
}

/** Adds to an error that it is about a key. No path leads to one, so the message says so. */
function ofKey(error: unknown): unknown {
  if (error instanceof Mismatch) error.message = `in a key: ${error.message}`;
  return error;
}

/** Encodes a key. */
function encodeKey(writer: Writer, encode: Encode, key: unknown): void {
  try {
    encode(writer, key);
  } catch (error) {
    throw ofKey(error);
  }
}

function keyDecoder(key: Shape, decoders: DecoderMaker): Decode | null {
  return key.kind === 'string' ? null : decoders.of(key);
}

// Taken from the prototype once: a subclass may override it, and a program may replace it.
const forEachOfMap = unbound(Map.prototype, 'forEach') as (
  map: unknown,
  visit: (element: unknown, key: unknown) => void,
) => void;

const setOfMap = unbound(Map.prototype, 'set');

const sizeOfMap = getter(Map.prototype, 'size') as (map: unknown) => number;

/** The keys and the values of a map. */
interface Entries {
  readonly keys: readonly unknown[];
  readonly values: readonly unknown[];
}

/** Reads all entries before any is encoded, since encoding may run code that changes the map. */
function entriesOf(value: unknown, key: KeyEncoder): Entries {
  // To recognise any other object takes longer than to read its properties. One without them may be a Map or a Date
  // whose prototype has been replaced.
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === ROOT && !Array.isArray(value)) {
    const keys = Object.keys(value);
    if (keys.length > 0) return entriesOfObject(value, keys, key);
  }
  return entriesOfOther(value, key);
}

const ROOT = Object.prototype;

function entriesOfOther(value: unknown, key: KeyEncoder): Entries {
  if (types.isMap(value)) {
    const size = sizeOfMap(value);
    const keys = makeList(size);
    const values = makeList(size);
    let k = 0;
    forEachOfMap(value, (element, name) => {
      if (key.isString && typeof name !== 'string') throw wrongType('a string as the key', name);
      keys[k] = name;
      values[k++] = element;
    });
    return { keys, values };
  }
  if (typeof value !== 'object' || value === null || !isPlain(value)) throw wrongType('an object or Map', value);
  return entriesOfObject(value, Object.keys(value), key);
}

function entriesOfObject(value: object, names: readonly string[], { isString, fromName }: KeyEncoder): Entries {
  const values = makeList(names.length);
  for (let k = 0; k < names.length; k++) values[k] = (value as Record<string, unknown>)[names[k] as string];
  return { keys: isString ? names : names.map(fromName), values };
}

/** Makes the encoder of maps whose keys are not strings. */
function entriesEncoder(key: KeyEncoder, encode: Encode): Encode {
  const alongKey = (error: unknown, name: unknown): unknown => along(error, String(name));
  if (canSpecialize) {
    return specialize(
      { entriesOf, key, encodeKey: key.encode, encode, ofKey, alongKey },
      code`return (writer, value) => {
        const { keys, values } = entriesOf(value, key);
        const { length } = keys;
        writer.count(length);
        let k = 0;
        let inKey = false;
        try {
          for (; k < length; k++) {
            inKey = true;
            encodeKey(writer, keys[k]);
            inKey = false;
            encode(writer, values[k]);
          }
        } catch (error) { throw inKey ? ofKey(error) : alongKey(error, keys[k]); }
      };`,
      'encode',
      'entries',
    );
  }
  return (writer, value) => {
    const { keys, values } = entriesOf(value, key);
    writer.count(keys.length);
    for (let k = 0; k < keys.length; k++) {
      encodeKey(writer, key.encode, keys[k]);
      try {
        encode(writer, values[k]);
      } catch (error) {
        throw alongKey(error, keys[k]);
      }
    }
  };
}

function mapEncoder(key: KeyEncoder, encode: Encode, isTextless: boolean): Encode {
  if (!key.isString) return entriesEncoder(key, encode);
  return alikeMapsEncoder(encode, isTextless, (writer, value) => {
    const { keys, values } = entriesOf(value, key);
    const names = keys as readonly string[];
    writer.count(names.length);
    let k = 0;
    try {
      for (; k < names.length; k++) {
        writer.string(names[k] as string);
        encode(writer, values[k]);
      }
    } catch (error) {
      throw along(error, names[k] as string);
    }
    return names;
  });
}

function mapDecoder(decodeKey: Decode | null, decode: Decode): Decode {
  if (decodeKey !== null) {
    return (reader) => {
      const length = reader.length(reader.end - reader.at - 1);
      const map: Record<string, unknown> = {};
      for (let k = 0; k < length; k++) define(map, decodeKey(reader) as string, decode(reader));
      return map;
    };
  }
  const names = new Names();
  const decodeFew = alikeMapsDecoder((reader) => reader.name(names), decode);
  return (reader) => {
    const length = reader.length(reader.end - reader.at - 1);
    return length > FEW ? decodeMany(reader, length, decode) : decodeFew(reader, length);
  };
}

function entriesDecoder(decodeKey: Decode | null, decode: Decode): Decode {
  const readKey = decodeKey ?? ((reader: Reader) => reader.string());
  if (canSpecialize) {
    return specialize(
      { decode, readKey, setOfMap, Map },
      code`return (reader) => {
        const length = reader.length(reader.end - reader.at - 1);
        const map = new Map();
        for (let k = 0; k < length; k++) {
          const key = readKey(reader);
          setOfMap(map, key, decode(reader));
        }
        return map;
      };`,
      'decode',
      'entries',
    );
  }
  return (reader) => {
    const length = reader.length(reader.end - reader.at - 1);
    const map = new Map();
    for (let k = 0; k < length; k++) {
      const key = readKey(reader);
      setOfMap(map, key, decode(reader));
    }
    return map;
  };
}

function mapEncodeWalk(key: KeyEncoder, { encode, walk }: InnerEncoder): EncodeWalk {
  return function* (writer, value) {
    const { keys, values } = entriesOf(value, key);
    writer.count(keys.length);
    for (let k = 0; k < keys.length; k++) {
      encodeKey(writer, key.encode, keys[k]);
      try {
        if (walk === null) encode(writer, values[k]);
        else yield walk(writer, values[k]);
      } catch (error) {
        throw along(error, String(keys[k]));
      }
    }
  };
}

function mapDecodeWalk(decodeKey: Decode | null, { decode, walk }: InnerDecoder, isMap: boolean): DecodeWalk {
  return function* (reader) {
    const length = reader.length(reader.end - reader.at - 1);
    const map = isMap ? new Map() : {};
    for (let k = 0; k < length; k++) {
      const key = decodeKey === null ? reader.string() : decodeKey(reader);
      const value = walk === null ? decode(reader) : yield walk(reader);
      if (isMap) setOfMap(map, key, value);
      else define(map, key as string, value);
    }
    return map;
  };
}

/** The most properties of an object for which engines use a hidden class; beyond it they use a hash table. */
const FEW = 128;

/** Decodes a large map. The object has no prototype until it is complete, so that it is a hash table from the start. */
function decodeMany(reader: Reader, length: number, decode: Decode): object {
  const map = { __proto__: null } as unknown as Record<string, unknown>;
  for (let k = 0; k < length; k++) {
    const key = reader.string();
    map[key] = decode(reader);
  }
  return Object.setPrototypeOf(map, Object.prototype) as object;
}
