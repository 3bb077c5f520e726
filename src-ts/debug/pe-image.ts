/** Reads the sections and exports of PE files, in which the GNU tools and LLVM put DWARF, and what they say of a PDB. */

import { Memory } from '../file/formats/mapping';
import { type PeSection, readPeSections } from '../file/formats/pe-sections';
import type { Reader } from '../file/formats/reader';
import type { DebugImage, PdbLink } from './image';
import { Section } from './section';

/** The most names that are read, as functions have numbers of 16 bits. */
const MOST_EXPORTS = 65536;

/** The most bytes of the name of a function. Names of Rust's own may be long. */
const MOST_NAME = 4096;

/** The size of the head of the table of exports. */
const EXPORTS_SIZE = 40;

/** The size of an entry of the table of debug information, the most bytes of the table, and the kind of a PDB. */
const ENTRY_SIZE = 28;

const MOST_ENTRIES = 4096;

const PDB = 2;

/** The most bytes of what is said of a PDB, which ends with its path. */
const MOST_LINK = 4096;

export function readPeImage(reader: Reader): DebugImage {
  const { base, exportsAt, debug, sections: all } = readPeSections(reader);
  const sections = new Map<string, Section>();
  for (const { name, offset, size, used } of all) {
    if (name.startsWith('.debug_'))
      sections.set(name.slice(1), new Section(reader, offset, used > 0 ? Math.min(size, used) : size));
  }
  const addresses = (): Map<string, number> => {
    const found = new Map<string, number>();
    if (exportsAt === 0) return found;
    const memory = new Memory<PeSection>(reader, all);
    const what = 'its table of exports';
    const head = memory.table(exportsAt, EXPORTS_SIZE, what);
    const count = Math.min(head.u32(24), MOST_EXPORTS);
    const functions = memory.table(head.u32(28), head.u32(20) * 4, what);
    const names = memory.table(head.u32(32), count * 4, what);
    const ordinals = memory.table(head.u32(36), count * 2, what);
    for (let index = 0; index < count; index++) {
      const name = memory.upTo(names.u32(index * 4), MOST_NAME, what).symbol(0);
      found.set(name, base + functions.u32(ordinals.u16(index * 2) * 4));
    }
    return found;
  };
  const pdb = (): PdbLink | null => {
    const memory = new Memory<PeSection>(reader, all);
    const what = 'its table of debug information';
    const size = Math.min(debug.size, MOST_ENTRIES);
    if (debug.address === 0 || size < ENTRY_SIZE) return null;
    const table = memory.table(debug.address, size, what);
    for (let at = 0; at + ENTRY_SIZE <= size; at += ENTRY_SIZE) {
      if (table.u32(at + 12) !== PDB) continue;
      const length = Math.min(table.u32(at + 16), MOST_LINK);
      const bytes = reader.buffer(table.u32(at + 24), length, what);
      if (length < 24 || bytes.toString('latin1', 0, 4) !== 'RSDS') continue;
      const path = bytes.toString('utf8', 24).replace(/\0.*$/s, '');
      return { guid: bytes.toString('hex', 4, 20), age: bytes.readUInt32LE(20), path };
    }
    return null;
  };
  const placeOf = (address: number): { section: number; offset: number } | null => {
    const index = all.findIndex((each) => address - base >= each.address && address - base < each.address + each.size);
    return index < 0 ? null : { section: index + 1, offset: address - base - (all[index] as PeSection).address };
  };
  return { sections, addresses, pdb, placeOf };
}
