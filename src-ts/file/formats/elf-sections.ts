/** Reads the table of sections of an ELF file, which the loader does not need. Debug information is in sections. */

import type { Bytes, Reader } from './reader';

const HEADER_SIZE = 64;

const SECTION_SIZE = 64;

/** The most sections that are read. An object file may have one for each function. */
const MOST_SECTIONS = 100_000;

/** The type of a section that has no bytes in the file. */
const NO_BITS = 8;

/** A section of an ELF file. */
export interface ElfSection {
  readonly name: string;
  readonly type: number;
  /** True if its bytes are compressed, behind a header that says how. */
  readonly compressed: boolean;
  readonly offset: number;
  readonly size: number;
  /** The index of the section to which it refers, such as that of a symbol table's names. */
  readonly link: number;
}

/** Reads the sections, in their order. Those without bytes in the file have the size 0. */
export function readElfSections(reader: Reader): ElfSection[] {
  const header = reader.bytes(0, HEADER_SIZE, 'the ELF header');
  const offset = header.u64(40);
  const count = header.u16(60);
  if (offset === 0 || count === 0) return [];
  if (count > MOST_SECTIONS) throw reader.damaged(`it has ${count} sections`);
  const table = reader.bytes(offset, count * SECTION_SIZE, 'the table of sections');
  const names = header.u16(62) * SECTION_SIZE;
  const texts = reader.bytes(table.u64(names + 24), table.u64(names + 32), 'the names of sections');
  const sections: ElfSection[] = [];
  for (let at = 0; at < table.length; at += SECTION_SIZE) sections.push(sectionAt(table, at, texts));
  return sections;
}

function sectionAt(table: Bytes, at: number, texts: Bytes): ElfSection {
  const type = table.u32(at + 4);
  return {
    name: texts.symbol(table.u32(at)),
    type,
    compressed: (table.u32(at + 8) & 0x800) !== 0,
    offset: table.u64(at + 24),
    size: type === NO_BITS ? 0 : table.u64(at + 32),
    link: table.u32(at + 40),
  };
}
