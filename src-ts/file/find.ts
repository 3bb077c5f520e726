/** `RustDLL.find`, which finds the library that Cargo built from a crate. */

import fs = require('node:fs');
import nodePath = require('node:path');
import { RustDLLError, typeError } from '../errors/errors';
import { describe } from '../errors/words';
import { mayRead } from '../runtime/permission';
import { unpackedPath } from './asar';
import { targetFolders, upwards } from './cargo-target';
import { libraryName } from './library-name';
import { toAbsolute, toPath } from './locate';
import { nativePlaces } from './native';
import { newestLibrary, profileFolders } from './newest';
import type { URLLike } from './url-like';

/** The options of `RustDLL.find`: the place where the search begins, and the profile. */
export interface FindOptions {
  /**
   * The module (`import.meta.url`, `__filename`) or folder (`__dirname`) to begin at, as a path or `file:` URL.
   * There is no default: a search from the working directory could load a library that someone else put there.
   */
  readonly from: string | URLLike;
  /**
   * The only Cargo profile to search. By default the most recent build is taken, whatever its profile. A library beside
   * the module or in `native` has no profile.
   */
  readonly profile?: string;
}

/**
 * The path of the library the crate `name` builds, with the file name of this platform: `libmylib.so`, `mylib.dll` or
 * `libmylib.dylib`.
 *
 * It is looked for where it is shipped, and then where Cargo builds. It may be shipped beside the module, in the folder of
 * `from`; or in `native/<platform>-<arch>` (such as `native/linux-x64`, and `native/linux-x64-musl` for musl) of that
 * folder or of one above it, unless Cargo has built a later one in the folder `target` beside that `native`. Cargo builds,
 * in this order: in `CARGO_TARGET_DIR` and `CARGO_BUILD_TARGET_DIR` if they are set; in the `target-dir` that a
 * `.cargo/config.toml` of that folder, of a folder above it or of the user names; and in `target` of that folder and of
 * every folder above it. Of the profiles and targets in the first of these that has any, the library that was built
 * last is taken, unless it is for another processor, system or C library.
 *
 * @throws TypeError when `name` is not a crate's name or `from` no place; RustDLLError `ERR_RUSTDLL_NOT_FOUND` that
 * lists every place tried
 */
export function findLibrary(name: string, options?: FindOptions): string {
  checkName(name);
  const { from, profile } = (options ?? {}) as Partial<FindOptions>;
  if (from === undefined) {
    throw typeError(
      'ERR_RUSTDLL_TYPE',
      'RustDLL.find: expected where to begin as its second argument, such as { from: import.meta.url } or { from: __filename }',
    );
  }
  checkProfile(profile);
  const file = libraryName(name);
  const start = folderOf(toAbsolute(toPath(from, 'RustDLL.find: `from`')));
  const beside = nodePath.join(start, file);
  const tried = [placeTried(beside, null)];
  if (newestLibrary([beside]) !== undefined) return unpackedPath(beside);
  const places = nativePlaces(name);
  for (const folder of upwards(start)) {
    const native = places.map((place) => nodePath.join(folder, place));
    const found = nativeLibrary(native, nodePath.join(folder, 'target'), file, profile);
    if (found !== undefined) return unpackedPath(found);
    tried.push(...native.map((each) => placeTried(each, null)));
  }
  for (const { path, origin } of targetFolders(start)) {
    const files = profileFolders(path, profile).map((folder) => nodePath.join(folder, file));
    const found = newestLibrary(files);
    if (found !== undefined) return unpackedPath(found);
    tried.push(...files.map((each) => placeTried(each, origin)));
  }
  throw new RustDLLError(
    'ERR_RUSTDLL_NOT_FOUND',
    `RustDLL.find: there is no library of a crate '${name}'; is it built, with crate-type = ["cdylib"]? Tried:${tried.join('')}`,
  );
}

/**
 * Returns the library among `native`, unless Cargo has built a later one in `target`, or one of the profile that is asked
 * for: a copy that was made to be packed must not hide what is built afterwards. Returns undefined if there is none
 * among `native`.
 */
function nativeLibrary(
  native: readonly string[],
  target: string,
  file: string,
  profile: string | undefined,
): string | undefined {
  if (newestLibrary(native) === undefined) return undefined;
  const built = profileFolders(target, profile).map((folder) => nodePath.join(folder, file));
  const ofProfile = profile === undefined ? undefined : newestLibrary(built);
  return ofProfile ?? newestLibrary([...native, ...built]);
}

/** Returns the line of the error for one of the places tried. */
function placeTried(path: string, origin: string | null): string {
  const notes = [...(origin === null ? [] : [origin]), ...(mayRead(path) ? [] : ['may not be read'])];
  return `\n  ${path}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`;
}

function checkName(name: unknown): void {
  if (typeof name !== 'string') {
    throw typeError('ERR_RUSTDLL_TYPE', `RustDLL.find: expected the name of a crate, got ${describe(name)}`);
  }
  if (/^[\p{L}\p{N}_-]+$/u.test(name)) return;
  const hint = /[\\/]/.test(name) ? 'a path goes to new RustDLL()' : "such as 'mylib', without 'lib' and '.so'";
  throw typeError('ERR_RUSTDLL_PATH', `RustDLL.find: expected the name of a crate, got ${describe(name)}; ${hint}`);
}

function checkProfile(profile: unknown): asserts profile is string | undefined {
  if (profile === undefined || (typeof profile === 'string' && /^[\w-]+$/.test(profile))) return;
  throw typeError(
    'ERR_RUSTDLL_TYPE',
    `RustDLL.find: expected \`profile\` to be a Cargo profile such as 'release', got ${describe(profile)}`,
  );
}

/** Returns `from` if it is a folder, or else its folder. */
function folderOf(from: string): string {
  try {
    if (fs.statSync(from).isDirectory()) return from;
  } catch {
    // The file may be virtual, as in a bundle, or not readable; a module is a file, so its folder is meant.
  }
  return nodePath.dirname(from);
}
