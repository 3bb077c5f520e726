/** Reads the headers of a library's file before the operating system's loader maps it. */

import { wrongTarget } from '../errors/library-error';
import { isElf, readElf } from './formats/elf';
import type { Image, Target } from './formats/image';
import { type Bytes, Reader } from './formats/reader';

/** The running process. */
const HERE: Target = { platform: process.platform, arch: process.arch };

function nameOf(target: Target): string {
  return `${target.platform}-${target.arch}`;
}

/**
 * Reads the headers of the library at `path`. Of a fat Mach-O file it takes the part for `here`, or else the first.
 *
 * @param path - an absolute path; nothing is searched for
 * @throws RustDLLError when there is no file, when it is not a library, when it is for a processor this package does
 * not run on, and when it ends before its own headers say it does: the system's loader would die of that.
 */
export function readImage(path: string, here: Target = HERE): Image {
  return Reader.open(path, (reader) => ({ path, ...inspect(reader, here) }));
}

function inspect(reader: Reader, here: Target): Omit<Image, 'path'> {
  const head = reader.bytes(0, Math.min(reader.size, 256), 'the beginning');
  if (isElf(head)) return readElf(reader, nameOf(here));
  const { isPe, readPe } = require('./formats/pe') as typeof import('./formats/pe');
  if (isPe(head)) return readPe(reader, nameOf(here));
  const { isFat, isMachO, readFat, readMachO } = machO();
  if (isMachO(head)) return readMachO(reader, nameOf(here));
  if (!isFat(head)) throw reader.notALibrary(strangerOf(head));

  const [first, ...others] = readFat(reader, head);
  if (first === undefined) throw reader.damaged('it is for no processor at all');
  const parts = [first, ...others];
  const part = parts.find(({ arch }) => arch === here.arch);
  if (part !== undefined) return inspectPart(part.part, here);
  return { ...inspectPart(first.part, here), arch: parts.map(({ arch }) => arch).join('+') };
}

// Files of other systems are rare, so their readers are loaded only when needed.

function machO(): typeof import('./formats/macho') {
  return require('./formats/macho') as typeof import('./formats/macho');
}

function strangerOf(head: Bytes): string {
  return (require('./formats/foreign') as typeof import('./formats/foreign')).describeStranger(head);
}

function inspectPart(reader: Reader, here: Target): Omit<Image, 'path'> {
  const head = reader.bytes(0, Math.min(reader.size, 256), 'the beginning');
  // `inspect` is not called again, as fat files nested in fat files could recurse endlessly.
  const { isMachO, readMachO } = machO();
  if (!isMachO(head)) throw reader.notALibrary(strangerOf(head));
  return readMachO(reader, nameOf(here));
}

/** Throws unless the library is for this process (or for `here`), with an error that names both sides. */
export function checkImage(image: Image, here: Target = HERE): void {
  if (image.platform !== here.platform || image.arch !== here.arch) {
    throw wrongTarget(image.path, nameOf(image), nameOf(here));
  }
}
