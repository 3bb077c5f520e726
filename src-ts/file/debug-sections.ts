/** Tests a library for debug information. It is loaded with the package, so that most programs load nothing more. */

import type { Image } from './formats/image';
import { readElfSections } from './formats/elf-sections';
import { Reader } from './formats/reader';

/** True if a library may have debug information. Of one that was stripped nothing but the table of sections is read. */
export function hasDebugInfo({ format, path }: Image): boolean {
  if (format !== 'elf') return false;
  try {
    return Reader.open(path, (reader) =>
      readElfSections(reader).some(({ name, size }) => name === '.debug_info' && size > 0),
    );
  } catch {
    return false;
  }
}
