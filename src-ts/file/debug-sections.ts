/** Tests a library for debug information. It is loaded with the package, so that most programs load nothing more. */

import type { Image } from './formats/image';
import { Reader } from './formats/reader';

/** True if a PE file has sections of debug information, or says which PDB has it. */
function hasPeDebug(reader: Reader): boolean {
  const { readPeSections } = require('./formats/pe-sections') as typeof import('./formats/pe-sections');
  const { debug, sections } = readPeSections(reader);
  return debug.address !== 0 || sections.some(({ name, size }) => name === '.debug_info' && size > 0);
}

/** The size of the header of an ELF file, and of that of a section. */
const ELF_HEADER = 64;

/**
 * True if a section of an ELF file has the name of one with debug information. The table of sections is not decoded, as a
 * program does this once, by code that was never run before.
 */
function hasElfSection(reader: Reader): boolean {
  const header = reader.buffer(0, ELF_HEADER, 'the ELF header');
  const table = wideAt(header, 40);
  if (table === 0) return false;
  const names = reader.buffer(table + header.readUInt16LE(62) * ELF_HEADER, ELF_HEADER, 'the table of sections');
  // The first call of `Buffer.includes` would take as long as reading all of this.
  const bytes = reader.buffer(wideAt(names, 24), wideAt(names, 32), 'the names of sections');
  return bytes.toString('latin1').includes('.debug_info\0');
}

function wideAt(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 2 ** 32;
}

/** True if a library may have debug information. Of one that was stripped only the names of its sections are read. */
export function hasDebugInfo({ format, path }: Image): boolean {
  // A Mach-O library may have it in other files.
  if (format === 'macho') return true;
  try {
    return format === 'elf' ? Reader.open(path, hasElfSection, ELF_HEADER) : Reader.open(path, hasPeDebug);
  } catch {
    return false;
  }
}
