/** Maps: objects with arbitrary property names, or a `Map` as an argument. */

import { types } from 'node:util';
import { along, wrongType } from '../../../errors/mismatch';
import type { Decode, Reader } from '../../../memory/reader';
import type { Encode } from '../../../memory/writer';
import { makeList } from '../../../runtime/list';
import { isPlain } from '../../../runtime/plain-object';
import { define, unbound } from '../../../runtime/property';
import type { MapShape } from '../../../types/shape';
import { exactly } from '../json';
import type { DecodeWalk, EncodeWalk, InnerDecoder, InnerEncoder, Kind } from './kind';

export const mapKind: Kind<MapShape> = {
  spellings: {
    map: (value, shapes) => ({ kind: 'map', value: shapes.of(exactly(value, 2)[1], 1) }),
  },
  parts: ({ value }) => [{ shape: value, needed: false }],
  encoder: ({ value }, encoders) => mapEncoder(encoders.of(value)),
  decoder: ({ value }, decoders) => mapDecoder(decoders.of(value)),
  encodeWalk: ({ value }, encoders) => mapEncodeWalk(encoders.inner(value)),
  decodeWalk: ({ value }, decoders) => mapDecodeWalk(decoders.inner(value)),
  input: ({ value }, { union, map }) => [map(union(value))],
  output: ({ value }, { union, global }) => [`${global('Record')}<string, ${union(value)}>`],
  rust: ({ value }, rust) => `Map<str, ${rust(value)}>`,
};

// Taken from the prototype once: a subclass may override it, and a program may replace it.
const forEachOfMap = unbound(Map.prototype, 'forEach') as (
  map: unknown,
  visit: (element: unknown, key: unknown) => void,
) => void;

const sizeOfMap = unbound(Map.prototype, 'size') as (map: unknown) => number;

/** Reads all entries before any is encoded, since encoding may run code that changes the map. */
function entriesOf(value: unknown): { keys: readonly string[]; values: readonly unknown[] } {
  if (types.isMap(value)) {
    const size = sizeOfMap(value);
    const keys = makeList<string>(size);
    const values = makeList(size);
    let k = 0;
    forEachOfMap(value, (element, key) => {
      if (typeof key !== 'string') throw wrongType('a string as the key', key);
      keys[k] = key;
      values[k++] = element;
    });
    return { keys, values };
  }
  if (typeof value !== 'object' || value === null || !isPlain(value)) throw wrongType('an object or Map', value);
  const keys = Object.keys(value);
  const values = makeList(keys.length);
  for (let k = 0; k < keys.length; k++) values[k] = (value as Record<string, unknown>)[keys[k] as string];
  return { keys, values };
}

function mapEncoder(encode: Encode): Encode {
  return (writer, value) => {
    const { keys, values } = entriesOf(value);
    writer.count(keys.length);
    let k = 0;
    try {
      for (; k < keys.length; k++) {
        writer.string(keys[k] as string);
        encode(writer, values[k]);
      }
    } catch (error) {
      throw along(error, keys[k] as string);
    }
  };
}

function mapDecoder(decode: Decode): Decode {
  return (reader) => {
    const length = reader.length(reader.end - reader.at - 1);
    if (length > FEW) return decodeMany(reader, length, decode);
    const map: Record<string, unknown> = {};
    for (let k = 0; k < length; k++) define(map, reader.string(), decode(reader));
    return map;
  };
}

function mapEncodeWalk({ encode, walk }: InnerEncoder): EncodeWalk {
  return function* (writer, value) {
    const { keys, values } = entriesOf(value);
    writer.count(keys.length);
    let k = 0;
    try {
      for (; k < keys.length; k++) {
        writer.string(keys[k] as string);
        if (walk === null) encode(writer, values[k]);
        else yield walk(writer, values[k]);
      }
    } catch (error) {
      throw along(error, keys[k] as string);
    }
  };
}

function mapDecodeWalk({ decode, walk }: InnerDecoder): DecodeWalk {
  return function* (reader) {
    const length = reader.length(reader.end - reader.at - 1);
    const map: Record<string, unknown> = {};
    for (let k = 0; k < length; k++) {
      const key = reader.string();
      const value = walk === null ? decode(reader) : yield walk(reader);
      define(map, key, value);
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
