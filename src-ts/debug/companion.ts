/** Finds the files with the debug information of a Mach-O library. */

import fs = require('node:fs');
import nodePath = require('node:path');
import { Reader } from '../file/formats/reader';
import type { DebugImage } from './image';
import { readDebugImage } from './read-image';

/** The function that is asked for, and what is done with the file that describes it. */
export interface Uses {
  readonly name: string;
  /** The file in a bundle `.dSYM`, whose addresses are those of the library. */
  readonly bundle: (image: DebugImage) => void;
  /** An object file from which the library was linked. */
  readonly object: (image: DebugImage) => void;
  /** There is no such file, or not the right one, for a reason. */
  readonly missing: (reason: string) => void;
}

/**
 * Finds the file that describes a function. Returns false if the library does not tell of any file.
 *
 * @param library - The absolute path of the library.
 */
export function useCompanion(image: DebugImage, library: string, uses: Uses): boolean {
  if (image.objects === undefined) return false;
  const packed = nodePath.join(`${library}.dSYM`, 'Contents', 'Resources', 'DWARF', nodePath.basename(library));
  const isPacked = fs.existsSync(packed);
  if (isPacked) {
    const isSame = Reader.open(packed, (reader) => {
      const found = readDebugImage(reader);
      if (found.uuid !== image.uuid) return false;
      uses.bundle(found);
      return true;
    });
    if (isSame) return true;
  }
  const objects = image.objects();
  if (objects.length === 0 && !isPacked) return false;
  const file = objects.find(({ functions }) => functions.has(uses.name));
  if (file === undefined) {
    uses.missing(
      isPacked ? `its debug information in ${packed} is of another build` : 'no object file is said to have it',
    );
    return true;
  }
  const { path, modified } = file;
  const stats = fs.statSync(path, { throwIfNoEntry: false });
  if (path.endsWith(')')) uses.missing(`its debug information is in an archive, ${path}`);
  else if (stats === undefined) uses.missing(`its debug information is in ${path}, which is not there`);
  else if (modified !== 0 && Math.floor(stats.mtimeMs / 1000) !== modified) {
    uses.missing(`its debug information in ${path} is of another build`);
  } else {
    Reader.open(path, (reader) => {
      uses.object(readDebugImage(reader));
    });
  }
  return true;
}
