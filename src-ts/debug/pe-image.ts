/** Reads the sections and exports of PE files, in which the GNU tools and LLVM put DWARF. */

import { Memory } from '../file/formats/mapping';
import { type PeSection, readPeSections } from '../file/formats/pe-sections';
import type { Reader } from '../file/formats/reader';
import type { DebugImage } from './image';
import { Section } from './section';

/** The most names that are read, as functions have numbers of 16 bits. */
const MOST_EXPORTS = 65536;

/** The most bytes of the name of a function. Names of Rust's own may be long. */
const MOST_NAME = 4096;

/** The size of the head of the table of exports. */
const EXPORTS_SIZE = 40;

export function readPeImage(reader: Reader): DebugImage {
  const { base, exportsAt, sections: all } = readPeSections(reader);
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
  return { sections, addresses };
}
