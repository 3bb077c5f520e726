/** Reads the table of sections of a PE file with their full names, which are not loaded with the library. */

import type { Mapping } from './mapping';
import type { Reader } from './reader';

const COFF_SIZE = 24;

const SECTION_SIZE = 40;

const SYMBOL_SIZE = 18;

/** The most sections that are read. */
const MOST_SECTIONS = 1024;

/** The least bytes of an optional header that says where the exports are, and of one that has the debug information too. */
const LEAST_OPTIONAL = 120;

const OPTIONAL_WITH_DEBUG = 168;

/** A section of a PE file. Its address is relative to the library. */
export interface PeSection extends Mapping {
  readonly name: string;
  /** The number of its bytes in memory, which may be less than in the file. */
  readonly used: number;
}

/** The sections of a PE file. */
export interface PeSections {
  /** The address to which the library asks to be loaded. */
  readonly base: number;
  /** The address of the table of exports, relative to the library; 0 if there is none. */
  readonly exportsAt: number;
  /** The table of debug information, whose address is relative to the library and 0 if there is none. */
  readonly debug: { readonly address: number; readonly size: number };
  readonly sections: PeSection[];
}

export function readPeSections(reader: Reader): PeSections {
  const start = reader.bytes(0, 64, 'the DOS header').u32(60);
  const coff = reader.bytes(start, COFF_SIZE, 'the PE header');
  const optionalSize = coff.u16(20);
  const count = coff.u16(6);
  if (!coff.has(0, 'PE\0\0') || count > MOST_SECTIONS || optionalSize < LEAST_OPTIONAL) {
    throw reader.damaged('its headers are not those of a library');
  }
  const optional = reader.bytes(start + COFF_SIZE, optionalSize, 'the optional header');
  const table = reader.bytes(start + COFF_SIZE + optionalSize, count * SECTION_SIZE, 'the table of sections');
  const strings = coff.u32(12) + coff.u32(16) * SYMBOL_SIZE;
  const sections: PeSection[] = [];
  for (let at = 0; at < table.length; at += SECTION_SIZE) {
    sections.push({
      name: nameAt(reader, table.chars(at, 8), strings),
      used: table.u32(at + 8),
      address: table.u32(at + 12),
      size: table.u32(at + 16),
      offset: table.u32(at + 20),
    });
  }
  const debug =
    optionalSize < OPTIONAL_WITH_DEBUG
      ? { address: 0, size: 0 }
      : { address: optional.u32(160), size: optional.u32(164) };
  return { base: optional.u64(24), exportsAt: optional.u32(112), debug, sections };
}

/** Returns the name of a section. One of more than eight bytes is elsewhere, at an offset that stands for it. */
function nameAt(reader: Reader, name: string, strings: number): string {
  const offset = /^\/(\d+)$/.exec(name)?.[1];
  if (offset === undefined) return name;
  const at = strings + Number(offset);
  return reader.bytes(at, Math.min(64, Math.max(reader.size - at, 0)), 'the name of a section').symbol(0);
}
