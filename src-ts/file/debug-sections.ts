/** Tests a library for debug information. It is loaded with the package, so that most programs load nothing more. */

import { native } from '../crossing/node-api/native';
import type { Image } from './formats/image';
import { Reader } from './formats/reader';

/** True if a PE file has sections of debug information, or says which PDB has it. */
function hasPeDebug(reader: Reader): boolean {
  const { readPeSections } = require('./formats/pe-sections') as typeof import('./formats/pe-sections');
  const { debug, sections } = readPeSections(reader);
  return debug.address !== 0 || sections.some(({ name, size }) => name === '.debug_info' && size > 0);
}

/** True if a library may have debug information. Of one that was stripped only the names of its sections are read. */
export function hasDebugInfo({ format, path }: Image): boolean {
  // A program asks this once, at its first guess, and would wait longer for functions of Node that have never run before.
  if (format === 'elf') return native.hasDebugInfo(path);
  // A Mach-O library may have it in other files.
  if (format === 'macho') return true;
  try {
    return Reader.open(path, hasPeDebug);
  } catch {
    return false;
  }
}
