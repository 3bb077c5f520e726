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
 * Reads the headers of the library at the absolute path `path`. Of a fat Mach-O file it takes the part for `here`, or
 * else the first part.
 *
 * @throws RustDLLError if there is no file, if it is not a library, if it is for a processor on which this package does
 *   not run, or if it ends before the end that its headers give, on which the system's loader would crash.
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

/** Throws an error that names both targets unless the library is for `here`, which is this process by default. */
export function checkImage(image: Image, here: Target = HERE): void {
  if (image.platform !== here.platform || image.arch !== here.arch) {
    throw wrongTarget(image.path, nameOf(image), nameOf(here));
  }
}
