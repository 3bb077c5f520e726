/** Finds the records of types in a PDB, of which each has a number. */

import { Cursor, Unreadable } from '../cursor';
import { Leaf } from './leaf';
import type { Stream } from './msf';

const HEADER_SIZE = 56;

/** The most bytes between two records whose offsets are stated. */
const MOST_STEP = 1 << 17;

/** The options of a record of a structure. */
const Options = { Forward: 0x80, HasUniqueName: 0x200 } as const;

/** The most records that may have the hash of one name. */
const MOST_SAME = 64;

/** The numbers below this stand for scalars, or pointers to them. */
export const FIRST_TYPE = 0x1000;

/** A structure, union or enum. */
export interface Definition {
  readonly leaf: number;
  readonly name: string;
  /** In bytes; 0 for an enum. */
  readonly size: number;
  /** The number of the list of its fields; 0 if it has none. */
  readonly fields: number;
  /** The type of an enum's numbers. */
  readonly underlying: number;
}

interface Parsed extends Definition {
  readonly options: number;
  readonly uniqueName: string;
}

/** A field of a structure. */
export interface Field {
  readonly name: string;
  readonly type: number;
  readonly offset: number;
}

export class TypeTable {
  readonly #first: number;
  readonly #last: number;
  readonly #at: number;
  readonly #buckets: number;
  /** The hashes of all records, of 4 bytes each. */
  readonly #hashes: Buffer;
  /** Pairs of a number and the offset of its record, some kilobytes apart. */
  readonly #index: Buffer;

  constructor(
    private readonly stream: Stream,
    streamAt: (index: number) => Stream,
  ) {
    const header = stream.slice(0, HEADER_SIZE);
    this.#at = header.readUInt32LE(4);
    this.#first = header.readUInt32LE(8);
    this.#last = header.readUInt32LE(12);
    this.#buckets = header.readUInt32LE(28);
    const hash = streamAt(header.readUInt16LE(20));
    this.#hashes = hash.slice(header.readInt32LE(32), header.readUInt32LE(36));
    this.#index = hash.slice(header.readInt32LE(40), header.readUInt32LE(44));
    if (this.#first < FIRST_TYPE || this.#index.length < 8 || this.#buckets === 0) {
      throw new Unreadable('its table of types is damaged');
    }
  }

  /** Returns a record, which begins with the number of its kind. */
  record(type: number): Buffer {
    if (type < this.#first || type >= this.#last) throw new Unreadable('it refers to a type that is not there');
    let [low, high] = [0, Math.floor(this.#index.length / 8)];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#index.readUInt32LE(middle * 8) <= type) low = middle + 1;
      else high = middle;
    }
    const place = Math.max(low - 1, 0) * 8;
    let number = this.#index.readUInt32LE(place);
    const bytes = this.stream.upTo(this.#at + this.#index.readUInt32LE(place + 4), MOST_STEP);
    const cursor = new Cursor(bytes);
    for (; number < type; number++) cursor.block(cursor.u16());
    const record = cursor.block(cursor.u16());
    if (record.length < 2) throw new Unreadable('it has an empty record');
    return record;
  }

  /** Returns the structure, union or enum with a number, or the one for which that stands; null if it is none. */
  definition(type: number): Definition | null {
    const parsed = parse(this.record(type));
    if (parsed === null || (parsed.options & Options.Forward) === 0) return parsed;
    for (const name of [parsed.name, parsed.uniqueName]) {
      const found = name === '' ? undefined : this.#find(name, parsed);
      if (found !== undefined) return found;
    }
    return null;
  }

  /** Finds the structure that is defined by the name for which a record stands. */
  #find(hashed: string, { leaf, name, uniqueName }: Parsed): Definition | undefined {
    const pattern = Buffer.alloc(4);
    pattern.writeUInt32LE(hashOf(hashed) % this.#buckets);
    let at = this.#hashes.indexOf(pattern);
    for (let count = 0; at >= 0 && count < MOST_SAME; count++, at = this.#hashes.indexOf(pattern, at + 1)) {
      if (at % 4 !== 0) continue;
      const found = parse(this.record(this.#first + at / 4));
      if (found === null || (found.options & Options.Forward) !== 0) continue;
      if (found.leaf === leaf && found.name === name && found.uniqueName === uniqueName) return found;
    }
    return undefined;
  }

  /** Returns the fields of a structure that are in every value of it. Null if some are of an unknown kind. */
  fields(list: number): Field[] | null {
    if (list === 0) return [];
    const record = this.record(list);
    if (record.readUInt16LE(0) !== Leaf.FieldList) return null;
    const cursor = new Cursor(record, 2);
    const fields: Field[] = [];
    while (cursor.at < record.length) {
      const leaf = cursor.u16();
      // Who may use it, which does not matter here.
      cursor.u16();
      switch (leaf) {
        case Leaf.Member: {
          const type = cursor.unsigned(4);
          const offset = numeric(cursor);
          fields.push({ type, offset, name: cursor.text() });
          break;
        }
        case Leaf.StaticMember:
        case Leaf.NestedType:
          cursor.unsigned(4);
          cursor.text();
          break;
        case Leaf.Enumerate:
          numeric(cursor);
          cursor.text();
          break;
        default:
          // A list that continues elsewhere, methods, bases: no structure of Rust's that is looked into has them.
          return null;
      }
      // What follows is aligned to 4 bytes by bytes that say how many they are.
      while (cursor.at < record.length && (record[cursor.at] as number) >= 0xf0) cursor.at++;
    }
    return fields;
  }
}

/** Reads a record of a structure, union or enum; null if it is another. */
function parse(record: Buffer): Parsed | null {
  const leaf = record.readUInt16LE(0);
  const cursor = new Cursor(record, 4);
  let fields: number;
  let size = 0;
  let underlying = 0;
  let options: number;
  switch (leaf) {
    case Leaf.Class:
    case Leaf.Structure:
      options = cursor.u16();
      fields = cursor.unsigned(4);
      // What it is derived from, and the shape of its table of functions.
      cursor.block(8);
      size = numeric(cursor);
      break;
    case Leaf.Union:
      options = cursor.u16();
      fields = cursor.unsigned(4);
      size = numeric(cursor);
      break;
    case Leaf.Enum:
      options = cursor.u16();
      underlying = cursor.unsigned(4);
      fields = cursor.unsigned(4);
      break;
    default:
      return null;
  }
  const name = cursor.text();
  const uniqueName = (options & Options.HasUniqueName) !== 0 ? cursor.text() : '';
  return { leaf, name, size, fields, underlying, options, uniqueName };
}

/** The sizes of numbers that are too large for 15 bits, by what stands in front of them. */
const SIZES: Readonly<Record<number, number>> = {
  0x8000: 1,
  0x8001: 2,
  0x8002: 2,
  0x8003: 4,
  0x8004: 4,
  0x8009: 8,
  0x800a: 8,
};

/** Reads a number, whose sign does not matter as no size or offset is negative. */
function numeric(cursor: Cursor): number {
  const value = cursor.u16();
  if (value < 0x8000) return value;
  const size = SIZES[value];
  if (size === undefined) throw new Unreadable('it has a number in an unknown form');
  return cursor.unsigned(size);
}

/** Returns the hash by which a PDB finds the types that have a name. */
function hashOf(name: string): number {
  const bytes = Buffer.from(name);
  let hash = 0;
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4) hash ^= bytes.readInt32LE(at);
  if (at + 2 <= bytes.length) {
    hash ^= bytes.readUInt16LE(at);
    at += 2;
  }
  if (at < bytes.length) hash ^= bytes[at] as number;
  hash |= 0x20202020;
  hash ^= hash >>> 11;
  return (hash ^ (hash >>> 16)) >>> 0;
}
