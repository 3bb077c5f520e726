/** Converts between the name of a crate and the file name that rustc gives its library. */

import path = require('node:path');

/** Returns the file name of the library of `crate` on this platform. */
export function libraryName(crate: string): string {
  const name = crate.replaceAll('-', '_');
  switch (process.platform) {
    case 'win32':
      return `${name}.dll`;
    case 'darwin':
      return `lib${name}.dylib`;
    default:
      return `lib${name}.so`;
  }
}

/** True if `file` has the form of a library's name on any platform. */
export function isLibraryName(file: string): boolean {
  return /\.(?:so|dylib|dll)$/.test(file);
}

/**
 * Returns the name of the crate whose library is called `file` on any platform: `geo` for `libgeo.so` and `geo.dll`.
 */
export function crateName(file: string): string {
  const { name, ext } = path.parse(file);
  if (!isLibraryName(file)) return path.basename(file);
  return ext === '.dll' ? name : name.replace(/^lib(?=.)/, '');
}
