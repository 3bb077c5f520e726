/**
 * Electron's archives. A library cannot be loaded from `app.asar`; packagers put it into the folder `app.asar.unpacked`
 * beside the archive, while programs still use the path inside the archive.
 */

import nodeFs = require('node:fs');
import { libraryError } from '../errors/library-error';

/** The real file system: Electron's `fs` shows archives as folders. */
const fs = withoutArchives();

function withoutArchives(): typeof nodeFs {
  if (process.versions.electron === undefined) return nodeFs;
  const { createRequire } = require('node:module') as typeof import('node:module');
  return createRequire(__filename)('original-fs') as typeof nodeFs;
}

/** `….asar` and the separator behind it. */
const INSIDE = /\.asar(?=[\\/])/g;

/**
 * Returns the path outside of any archive for the absolute path `path`: `path` itself, or the same path below
 * `….asar.unpacked`.
 *
 * @throws RustDLLError if the file can only be in an archive.
 */
export function unpackedPath(path: string): string {
  for (const match of path.matchAll(INSIDE)) {
    const end = match.index + match[0].length;
    const archive = path.slice(0, end);
    const stats = fs.statSync(archive, { throwIfNoEntry: false });
    // This is a folder with such a name, not an archive.
    if (stats?.isDirectory() === true) continue;
    const unpacked = `${archive}.unpacked${path.slice(end)}`;
    if (fs.existsSync(unpacked)) return unpacked;
    if (stats?.isFile() === true) {
      throw libraryError(
        'ERR_RUSTDLL_LOAD',
        path,
        `it is inside an archive, out of which no library can be loaded, and not in ${archive}.unpacked; add it to asarUnpack`,
      );
    }
  }
  return path;
}
