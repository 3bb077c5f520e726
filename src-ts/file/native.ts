/** The folder `native` of a package, which has the package's library for each platform. */

import nodePath = require('node:path');
import { libcOfProgram, runningLibc } from '../runtime/libc';
import type { Image } from './formats/image';
import { libraryName } from './library-name';

/** The name of that folder. */
const NATIVE = 'native';

/**
 * Returns the paths below the folder of a package at which a library of `crate` for this process may be, such as
 * `native/linux-x64/libgeo.so`. Under musl there are two, of which the first takes precedence: the second may be for glibc.
 */
export function nativePlaces(crate: string): string[] {
  const { platform, arch } = process;
  const file = libraryName(crate);
  const names = isMusl() ? [folderName({ platform, arch, libc: 'musl' })] : [];
  return [...names, folderName({ platform, arch, libc: null })].map((name) => nodePath.join(NATIVE, name, file));
}

/** Returns the path below the folder of a package for a library, whatever platform it is for. */
export function nativePlace(image: Image): string {
  return nodePath.join(NATIVE, folderName(image), nodePath.basename(image.path));
}

function folderName({ platform, arch, libc }: Pick<Image, 'platform' | 'arch' | 'libc'>): string {
  return `${platform}-${arch}${libc === 'musl' ? '-musl' : ''}`;
}

function isMusl(): boolean {
  if (process.platform !== 'linux') return false;
  return (libcOfProgram(process.execPath) ?? runningLibc()?.name) === 'musl';
}
