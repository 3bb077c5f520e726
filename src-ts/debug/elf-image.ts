/** Reads the sections and symbols of ELF files. */

import { readElfSections } from '../file/formats/elf-sections';
import type { Reader } from '../file/formats/reader';
import { readWide } from './cursor';
import type { DebugImage } from './image';
import { type Compressed, Section } from './section';

const SYMBOL_SIZE = 24;

/** The size of the header of a compressed section. */
const COMPRESSED_HEADER = 24;

/** The type of the section with the symbols for the loader. */
const DYNAMIC_SYMBOLS = 11;

/** The type of a symbol that is a function. */
const FUNCTION = 2;

const COMPRESSIONS: Readonly<Record<number, Compressed['type']>> = { 1: 'zlib', 2: 'zstd' };

export function readElfImage(reader: Reader): DebugImage {
  const all = readElfSections(reader);
  const sections = new Map<string, Section>();
  for (const { name, compressed, offset, size } of all) {
    if (!name.startsWith('.debug_') || size === 0) continue;
    const packed = compressed ? compression(reader, offset, size) : null;
    sections.set(name.slice(1), new Section(reader, offset, size, packed));
  }
  const addresses = (): Map<string, number> => {
    const found = new Map<string, number>();
    const table = all.find(({ type }) => type === DYNAMIC_SYMBOLS);
    const names = table && all[table.link];
    if (table === undefined || names === undefined) return found;
    const symbols = reader.buffer(table.offset, table.size, 'its symbol table');
    const texts = reader.bytes(names.offset, names.size, 'its string table');
    for (let at = 0; at + SYMBOL_SIZE <= symbols.length; at += SYMBOL_SIZE) {
      // Imports have no section.
      if (symbols.readUInt16LE(at + 6) === 0 || (symbols.readUInt8(at + 4) & 15) !== FUNCTION) continue;
      found.set(texts.symbol(symbols.readUInt32LE(at)), readWide(symbols, at + 8));
    }
    return found;
  };
  return { sections, addresses };
}

function compression(reader: Reader, offset: number, size: number): Compressed {
  const header = reader.buffer(offset, COMPRESSED_HEADER, 'the header of a compressed section');
  return {
    type: COMPRESSIONS[header.readUInt32LE(0)] ?? 'unknown',
    size: readWide(header, 8),
    offset: offset + COMPRESSED_HEADER,
    length: size - COMPRESSED_HEADER,
  };
}
