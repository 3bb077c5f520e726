/** Maps: objects with any names. */

import { types } from 'node:util';
import { along, wrongType } from '../../../errors/mismatch';
import type { Decode } from '../../../memory/reader';
import type { Encode } from '../../../memory/writer';
import { isPlain } from '../../../runtime/plain-object';
import { property } from '../../../runtime/property';
import type { MapShape } from '../../../types/shape';
import { exactly } from '../json';
import type { DecodeWalk, EncodeWalk, InnerDecoder, InnerEncoder, Kind } from './kind';

export const mapKind: Kind<MapShape> = {
  spellings: {
    map: (place, shapes) => ({ kind: 'map', value: shapes.of(exactly(place, 2)[1]) }),
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

// Fetched once: a subclass could answer anything.
const forEachOfMap = Object.getOwnPropertyDescriptor(Map.prototype, 'forEach')?.value as () => void;

/** Read before anything is encoded, since that may run code that changes the map. */
function entriesOf(value: unknown): { keys: readonly string[]; values: readonly unknown[] } {
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
    const map: Record<string, unknown> = {};
    for (let k = 0; k < length; k++) {
      const key = reader.string();
      const value = decode(reader);
      if (key === '__proto__') Object.defineProperty(map, key, property(value));
      else map[key] = value;
    }
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
    const map = {};
    for (let k = 0; k < length; k++) {
      const key = reader.string();
      const value = walk === null ? decode(reader) : yield walk(reader);
      // Assigned, it might run a setter of Object.prototype.
      Object.defineProperty(map, key, property(value));
    }
    return map;
  };
}
