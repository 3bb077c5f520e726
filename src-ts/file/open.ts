/** Opens a library: resolves its path, reads its headers, and loads it into the process. */

import fs = require('node:fs');
import nodePath = require('node:path');
import { native, type NativeLibrary } from '../crossing/node-api/native';
import { RustDLLError } from '../errors/errors';
import { libraryError } from '../errors/library-error';
import type { Image } from './formats/image';
import { checkImage, readImage } from './headers';
import { identityOf } from './identity';
import { resolveLibrary, toPlace } from './locate';
import type { URLLike } from './url-like';

/** The most times that a library is opened which is replaced by another one meanwhile. */
const ATTEMPTS = 5;

/** The most folders between a library and the target directory that Cargo built it into. */
const TARGET_DEPTH = 4;

/** A library that the process has loaded. */
export interface OpenLibrary {
  /** Its absolute real path. */
  readonly path: string;
  /** The absolute path that it was opened by. */
  readonly place: string;
  /** The identity of its file. */
  readonly identity: string;
  /** The headers of its file. */
  readonly image: Image;
  readonly native: NativeLibrary;
}

/**
 * Loads the library at `path`. Its headers are read first, since the system's loader would die of some broken files. A
 * file that the process has loaded already is not loaded again; one that has changed since is, as a library of its own.
 *
 * @param path - a path or `file:` URL; a relative path is resolved against the working directory
 * @throws TypeError for what is no path; RustDLLError when there is no library there that this process can load
 */
export function openLibrary(path: string | URLLike): OpenLibrary {
  const place = toPlace(path);
  for (let attempt = 1; ; attempt++) {
    const resolved = resolveLibrary(place);
    const identity = identityOf(resolved);
    const image = readImage(resolved);
    checkImage(image);
    const opened = { path: resolved, place, identity, image, native: load(resolved, identity, image) };
    // Otherwise the headers may be those of another file than the loader has mapped.
    if (attempt === ATTEMPTS || isCurrent(opened)) return opened;
  }
}

/** True if the place that a library was opened by still leads to the same file, or to none. */
export function isCurrent({ place, identity }: OpenLibrary): boolean {
  try {
    return identityOf(resolveLibrary(place)) === identity;
  } catch (error) {
    if (error instanceof RustDLLError && error.code === 'ERR_RUSTDLL_NOT_FOUND') return true;
    throw error;
  }
}

/** Loads what few programs need: a copy is made of a library that was replaced, or that Cargo is to replace. */
function copies(): typeof import('./copy') {
  return require('./copy') as typeof import('./copy');
}

function load(path: string, identity: string, image: Image): NativeLibrary {
  if (process.platform === 'win32' && !native.isLoaded(identity) && isBuilt(path)) {
    try {
      // Cargo could not replace a file that is mapped.
      return copies().loadCopy(path, (copy) => new native.Library(copy, identity));
    } catch {
      // The folder cannot be written to, and Cargo cannot do so either; or the file itself tells what is wrong.
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

/** True if a library lies in a target directory of Cargo's, which marks those. */
function isBuilt(path: string): boolean {
  let folder = path;
  for (let depth = 0; depth < TARGET_DEPTH; depth++) {
    folder = nodePath.dirname(folder);
    if (fs.existsSync(nodePath.join(folder, 'CACHEDIR.TAG'))) return true;
  }
  return false;
}
