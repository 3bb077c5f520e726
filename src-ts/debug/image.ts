/** Reads where in a file its debug information is, and the addresses of its exported functions. */

import { readElfSections } from '../file/formats/elf-sections';
import type { Reader } from '../file/formats/reader';
import { readWide, Unreadable } from './cursor';
import { type Compressed, Section, type Sections } from './section';

const SYMBOL_SIZE = 24;

/** The size of the header of a compressed section of an ELF file. */
const COMPRESSED_HEADER = 24;

/** The type of the section with the symbols for the loader. */
const DYNAMIC_SYMBOLS = 11;

/** The type of a symbol that is a function. */
const FUNCTION = 2;

const COMPRESSIONS: Readonly<Record<number, Compressed['type']>> = { 1: 'zlib', 2: 'zstd' };

/** A library, or another file with debug information. */
export interface DebugImage {
  /** Its sections of debug information, by their names without the dot. */
  readonly sections: Sections;
  /** Returns the addresses of the exported functions. They are those of the debug information. */
  addresses(): Map<string, number>;
}

/** Reads the table of sections of a file. */
export function readDebugImage(reader: Reader): DebugImage {
  const head = reader.buffer(0, Math.min(reader.size, 64), 'the beginning');
  if (head.toString('latin1', 0, 4) === '\x7fELF' && head[4] === 2 && head[5] === 1) return elf(reader);
  throw new Unreadable('the debug information of files of its kind is not read');
}

function elf(reader: Reader): DebugImage {
  const all = readElfSections(reader);
  const sections = new Map<string, Section>();
  for (const { name, compressed, offset, size } of all) {
    if (!name.startsWith('.debug_') || size === 0) continue;
    sections.set(
      name.slice(1),
      new Section(reader, offset, size, compressed ? compression(reader, offset, size) : null),
    );
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
