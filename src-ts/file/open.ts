/** Opens a library: resolves its path, reads its headers, and loads it into the process. */

import fs = require('node:fs');
import nodePath = require('node:path');
import { native, type NativeLibrary } from '../crossing/node-api/native';
import { RustDLLError } from '../errors/errors';
import { libraryError } from '../errors/library-error';
import { unpackedPath } from './asar';
import type { Image } from './formats/image';
import { checkImage, readImage } from './headers';
import { identityOf } from './identity';
import { resolveLibrary, toPlace } from './locate';
import type { URLLike } from './url-like';

/** The most attempts to open a library if its file is replaced during each. */
const ATTEMPTS = 5;

/** The most folders between a library and the target directory that Cargo built it into. */
const TARGET_DEPTH = 4;

/** A library that the process has loaded. */
export interface OpenLibrary {
  /** Its absolute real path. */
  readonly path: string;
  /** The absolute path by which it was opened. */
  readonly place: string;
  /** The identity of its file. */
  readonly identity: string;
  /** The headers of its file. */
  readonly image: Image;
  readonly native: NativeLibrary;
}

/**
 * Loads the library at `path`. Its headers are read first, since the system's loader would crash on some damaged files.
 * A file that the process has loaded already is not loaded again; one that has changed since is loaded as a new
 * library.
 *
 * @param path - A path or `file:` URL; a relative path is resolved against the working directory.
 * @throws TypeError for an invalid path; RustDLLError if there is no library at the path that this process can load.
 */
export function openLibrary(path: string | URLLike): OpenLibrary {
  const place = toPlace(path);
  for (let attempt = 1; ; attempt++) {
    const resolved = resolveLibrary(place);
    const identity = identityOf(resolved);
    const image = readImage(resolved);
    checkImage(image);
    const opened = { path: resolved, place, identity, image, native: load(resolved, identity, image) };
    // If the identity has changed, the headers may be those of another file than the loader has mapped.
    if (attempt === ATTEMPTS || isCurrent(opened)) return opened;
  }
}

/** Opens a library once more, for use after it was closed. */
export function openAgain({ path, identity }: OpenLibrary): NativeLibrary {
  return new native.Library(path, identity);
}

/** True if the path by which a library was opened still leads to the same file, or to none. */
export function isCurrent({ place, identity }: OpenLibrary): boolean {
  try {
    return identityOf(unpackedPath(place)) === identity;
  } catch (error) {
    if (error instanceof RustDLLError && error.code === 'ERR_RUSTDLL_NOT_FOUND') return true;
    throw error;
  }
}

/**
 * Loads the module that makes copies. Few programs need it: for a library that was overwritten, or that Cargo will
 * replace.
 */
function copies(): typeof import('./copy') {
  return require('./copy') as typeof import('./copy');
}

function load(path: string, identity: string, image: Image): NativeLibrary {
  if (process.platform === 'win32' && !native.isLoaded(identity) && isBuilt(path)) {
    try {
      // On Windows Cargo could not replace a file that is mapped.
      return copies().loadCopy(path, (copy) => new native.Library(copy, identity));
    } catch {
      // Either the folder is not writable, not for Cargo either; or loading the file itself yields the error.
    }
  }
  try {
    return new native.Library(path, identity);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'OLDER') {
      const { explainLoadError } = require('./load-error') as typeof import('./load-error');
      throw explainLoadError(path, image, message);
    }
  }
  try {
    return copies().loadCopy(path, (copy) => new native.Library(copy, identity));
  } catch (cause) {
    throw libraryError(
      'ERR_RUSTDLL_LOAD',
      path,
      `this process has loaded what was at its path before, and the new one can be loaded only from a copy, which failed: ${(cause as Error).message}; let the process write beside the library, or start it anew`,
      { cause },
    );
  }
}

/** True if a library is in one of Cargo's target directories, which Cargo marks with a file. */
function isBuilt(path: string): boolean {
  let folder = path;
  for (let depth = 0; depth < TARGET_DEPTH; depth++) {
    folder = nodePath.dirname(folder);
    if (fs.existsSync(nodePath.join(folder, 'CACHEDIR.TAG'))) return true;
  }
  return false;
}
