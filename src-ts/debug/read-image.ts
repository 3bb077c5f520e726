/** Reads where in a file its debug information is, by the format of the file. */

import type { Reader } from '../file/formats/reader';
import { Unreadable } from './cursor';
import { readElfImage } from './elf-image';
import type { DebugImage } from './image';
import { isMachO, readMachOImage } from './macho-image';
import { readPeImage } from './pe-image';

/** Reads the table of sections of a file. */
export function readDebugImage(reader: Reader): DebugImage {
  const head = reader.buffer(0, Math.min(reader.size, 64), 'the beginning');
  if (head.toString('latin1', 0, 4) === '\x7fELF' && head[4] === 2 && head[5] === 1) return readElfImage(reader);
  if (head.toString('latin1', 0, 2) === 'MZ') return readPeImage(reader);
  if (isMachO(head)) return readMachOImage(reader, head);
  throw new Unreadable('the debug information of files of its kind is not read');
}
