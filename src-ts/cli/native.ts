/** `rustdll build --native`: copies libraries to the folder from which a package ships them. */

import fs = require('node:fs');
import path = require('node:path');
import { RustDLLError } from '../errors/errors';
import { readImage } from '../file/headers';
import { nativePlace, nativePlaces } from '../file/native';
import type { LibraryPackage } from './cargo';
import { CliError } from './cli-error';

/** Returns the npm package of a crate: the nearest folder, from the crate's upwards, that has a package.json. */
function packageFolder({ manifest_path: manifest }: LibraryPackage): string | undefined {
  let folder = path.dirname(manifest);
  while (!fs.existsSync(path.join(folder, 'package.json'))) {
    const above = path.dirname(folder);
    if (above === folder) return undefined;
    folder = above;
  }
  return folder;
}

/**
 * Copies a library to `native/<platform>-<arch>` of the crate's npm package, for the platform that the library is for.
 *
 * @returns The path of the copy.
 * @throws CliError if there is no npm package, or the copy cannot be written.
 */
export function copyToNative(library: string, owner: LibraryPackage): string {
  const folder = packageFolder(owner);
  if (folder === undefined) {
    throw new CliError(
      `there is no package.json in the folder of the crate \`${owner.name}\`, or in one above it`,
      '--native copies the library to the npm package that ships it.',
    );
  }
  let place: string;
  try {
    place = path.join(folder, nativePlace(readImage(library)));
  } catch (error) {
    if (!(error instanceof RustDLLError)) throw error;
    throw new CliError(error.message, '', { cause: error });
  }
  const draft = `${place}.${process.pid}`;
  try {
    fs.mkdirSync(path.dirname(place), { recursive: true });
    // A process may have the last copy mapped, whose pages must not change.
    fs.copyFileSync(library, draft);
    fs.renameSync(draft, place);
  } catch (error) {
    fs.rmSync(draft, { force: true });
    throw new CliError(`cannot write ${place}: ${(error as Error).message}`, '', { cause: error });
  }
  return place;
}

/** Returns the copies in `native` that `RustDLL.find` considers in this process, and the folder that has `native`. */
export function nativeCopies(owner: LibraryPackage): { readonly folder: string; readonly files: readonly string[] } {
  const folder = packageFolder(owner) ?? path.dirname(owner.manifest_path);
  const files = nativePlaces(owner.library).map((place) => path.join(folder, place));
  return { folder, files: files.filter((file) => fs.existsSync(file)) };
}
