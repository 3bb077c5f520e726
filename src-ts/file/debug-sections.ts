/** Tests a library for debug information. It is loaded with the package, so that most programs load nothing more. */

import type { Image } from './formats/image';
import { readElfSections } from './formats/elf-sections';
import type { PeSection } from './formats/pe-sections';
import { Reader } from './formats/reader';

function peSections(reader: Reader): PeSection[] {
  const { readPeSections } = require('./formats/pe-sections') as typeof import('./formats/pe-sections');
  return readPeSections(reader).sections;
}

/** True if a library may have debug information. Of one that was stripped nothing but the table of sections is read. */
export function hasDebugInfo({ format, path }: Image): boolean {
  // A Mach-O library may have it in other files.
  if (format === 'macho') return true;
  try {
    return Reader.open(path, (reader) => {
      const sections = format === 'elf' ? readElfSections(reader) : peSections(reader);
      return sections.some(({ name, size }) => name === '.debug_info' && size > 0);
    });
  } catch {
    return false;
  }
}
