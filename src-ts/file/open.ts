/** From what a caller names a library by to that library, loaded into the process. */

import { native, type NativeLibrary } from '../crossing/node-api/native';
import type { Image } from './formats/image';
import { checkImage, readImage } from './headers';
import { explainLoadError } from './load-error';
import { resolveLibrary } from './locate';

/** A library that the process has loaded. */
export interface OpenLibrary {
  /** Its absolute real path. */
  readonly path: string;
  /** What its file says about itself. */
  readonly image: Image;
  readonly native: NativeLibrary;
}

/**
 * Loads the library at `path`. Its headers are read first, since the system's loader would die of some broken files.
 *
 * @param path - a path or `file:` URL; a relative path is resolved against the working directory
 * @throws TypeError for what is no path; RustDLLError when there is no library there that this process can load
 */
export function openLibrary(path: string | URL): OpenLibrary {
  const resolved = resolveLibrary(path);
  const image = readImage(resolved);
  checkImage(image);
  try {
    return { path: resolved, image, native: new native.Library(resolved) };
  } catch (error) {
    throw explainLoadError(resolved, image, error instanceof Error ? error.message : String(error));
  }
}
