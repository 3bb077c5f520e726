/** Selects among the libraries that were built of a crate: the newest that this process can load. */

import fs = require('node:fs');
import nodePath = require('node:path');
import { RustDLLError } from '../errors/errors';
import { mayRead } from '../runtime/permission';
import { runningLibc } from '../runtime/libc';
import { unpackedPath } from './asar';
import { checkImage, readImage } from './headers';
import { libraryName } from './library-name';

/** The folders of the profiles of Cargo whose folder has another name than the profile. */
const PROFILE_FOLDERS: ReadonlyMap<string, string> = new Map([
  ['dev', 'debug'],
  ['test', 'debug'],
  ['bench', 'release'],
]);

/** The folders that Cargo makes in the folder of a profile. */
const NO_PROFILES: ReadonlySet<string> = new Set(['build', 'deps', 'examples', 'incremental']);

/** The names of the folders that Cargo makes for a target (`--target`) with the processor of this process. */
const TARGET = { x64: /^(?:x86_64|universal2-)/, arm64: /^(?:aarch64|arm64|universal2-)/ }[process.arch as string];

/**
 * Returns the folders in a target directory into which Cargo builds: one for each profile, also below the folder of
 * each target with the processor of this process.
 *
 * @param profile - Only the folders of this profile are returned.
 */
export function profileFolders(target: string, profile?: string): string[] {
  const only = profile === undefined ? undefined : (PROFILE_FOLDERS.get(profile) ?? profile);
  const usual = only === undefined ? ['release', 'debug'] : [only];
  const found = subfolders(target);
  const profiles = only === undefined ? found.filter((name) => !usual.includes(name)) : [];
  const below = found
    .filter((name) => TARGET?.test(name))
    .flatMap((name) =>
      (only === undefined ? subfolders(nodePath.join(target, name)) : [only])
        .filter((one) => !NO_PROFILES.has(one))
        .map((one) => nodePath.join(name, one)),
    );
  return [...usual, ...profiles, ...below].map((name) => nodePath.join(target, name));
}

/** Returns the folders in `folder`, without those of Cargo's own, whose names begin with a dot. */
function subfolders(folder: string): string[] {
  if (!mayRead(folder)) return [];
  try {
    return fs
      .readdirSync(folder)
      .filter((name) => !name.startsWith('.') && isFolder(nodePath.join(folder, name)))
      .sort();
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  return mayRead(path) && fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * Returns the newest library of the crates `names` in a target directory, as {@link newestLibrary} selects it.
 *
 * @param profile - The only profile that counts.
 */
export function newestOf(target: string, names: readonly string[], profile?: string): string | undefined {
  const folders = profileFolders(target, profile);
  return newestLibrary(names.flatMap((name) => folders.map((folder) => nodePath.join(folder, libraryName(name)))));
}

/**
 * Returns the newest of the `files` that exist and are not for another processor, system or C library; if all are, the
 * newest of these. Of two that are equally old it is the first.
 */
export function newestLibrary(files: readonly string[]): string | undefined {
  const built = files
    .flatMap((file) => {
      const time = modified(file);
      return time === undefined ? [] : [{ file, time }];
    })
    .sort((a, b) => (a.time === b.time ? 0 : a.time < b.time ? 1 : -1))
    .map(({ file }) => file);
  return built.length < 2 ? built[0] : (built.find((file) => !isForeign(file)) ?? built[0]);
}

/** Returns the time of a file's last change in nanoseconds; undefined if the file does not exist or may not be read. */
function modified(path: string): bigint | undefined {
  if (!mayRead(path)) return undefined;
  try {
    const stats = fs.statSync(unpackedPath(path), { bigint: true });
    return stats.isFile() ? stats.mtimeNs : undefined;
  } catch {
    return undefined;
  }
}

/** True if a library is for another system. A damaged one is not, so that opening it reports the damage. */
function isForeign(path: string): boolean {
  try {
    const image = readImage(unpackedPath(path));
    checkImage(image);
    const libc = runningLibc()?.name;
    return image.libc !== null && libc !== undefined && image.libc !== libc;
  } catch (error) {
    return error instanceof RustDLLError && error.code === 'ERR_RUSTDLL_WRONG_TARGET';
  }
}
