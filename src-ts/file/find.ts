/** Where Cargo puts the library of a crate. */

import * as fs from 'node:fs';
import * as nodePath from 'node:path';
import { RustDLLError, typeError } from '../errors/errors';
import { describe } from '../errors/words';
import { mayRead } from '../runtime/permission';
import { unpackedPath } from './asar';
import { toAbsolute, toPath } from './locate';

/** Where `RustDLL.find` looks. */
export interface FindOptions {
  /**
   * Where to begin: a module (`import.meta.url`, `__filename`) or a folder (`__dirname`), as a path or `file:` URL.
   * There is no default: beginning at the working directory would load what others left lying there.
   */
  readonly from: string | URL;
  /** The one Cargo profile to look for. Otherwise `release` is taken before `debug`. */
  readonly profile?: string;
}

/** The names Cargo's profiles have as folders, where they differ. */
const PROFILE_FOLDERS: ReadonlyMap<string, string> = new Map([
  ['dev', 'debug'],
  ['test', 'debug'],
  ['bench', 'release'],
]);

/**
 * The path of the library the crate `name` builds, with the file name of this platform: `libmylib.so`, `mylib.dll` or
 * `libmylib.dylib`.
 *
 * It is looked for in the folder of `from` itself (a library shipped beside the module); in `CARGO_TARGET_DIR` if that
 * is set; and in `target/release` and `target/debug` of that folder and of every folder above it. The first one found
 * is taken, so that a nearer `debug` is taken before a farther `release`.
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
  const file = fileName(name);
  const start = folderOf(toAbsolute(toPath(from, 'RustDLL.find: `from`')));
  const tried = candidates(start, foldersOf(profile)).map((folder) => nodePath.join(folder, file));
  const found = tried.find((path) => isLibrary(path));
  if (found !== undefined) return unpackedPath(found);
  const list = tried.map((path) => `\n  ${path}${mayRead(path) ? '' : ' (may not be read)'}`).join('');
  throw new RustDLLError(
    'ERR_RUSTDLL_NOT_FOUND',
    `RustDLL.find: there is no library of a crate '${name}'; is it built, with crate-type = ["cdylib"]? Tried:${list}`,
  );
}

function checkName(name: unknown): void {
  if (typeof name !== 'string') {
    throw typeError('ERR_RUSTDLL_TYPE', `RustDLL.find: expected the name of a crate, got ${describe(name)}`);
  }
  if (/^[\p{L}\p{N}_-]+$/u.test(name)) return;
  const hint = /[\\/]/.test(name) ? 'a path goes to new RustDLL()' : "such as 'mylib', without 'lib' and '.so'";
  throw typeError('ERR_RUSTDLL_PATH', `RustDLL.find: expected the name of a crate, got ${describe(name)}; ${hint}`);
}

/** What rustc calls the library of a crate on this platform. */
function fileName(crate: string): string {
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

function foldersOf(profile: unknown): string[] {
  if (profile === undefined) return ['release', 'debug'];
  if (typeof profile !== 'string' || !/^[\w-]+$/.test(profile)) {
    throw typeError(
      'ERR_RUSTDLL_TYPE',
      `RustDLL.find: expected \`profile\` to be a Cargo profile such as 'release', got ${describe(profile)}`,
    );
  }
  return [PROFILE_FOLDERS.get(profile) ?? profile];
}

/** The folder `from` is, or the one it is in. */
function folderOf(from: string): string {
  try {
    if (fs.statSync(from).isDirectory()) return from;
  } catch {
    // A bundler's or a virtual file, or one that may not be looked at: modules are files.
  }
  return nodePath.dirname(from);
}

function candidates(start: string, profiles: readonly string[]): string[] {
  const targets: string[] = [];
  for (let folder = start; ; folder = nodePath.dirname(folder)) {
    targets.push(nodePath.join(folder, 'target'));
    if (nodePath.dirname(folder) === folder) break;
  }
  const chosen = process.env.CARGO_TARGET_DIR;
  // Cargo takes a relative one from where it is run, which is where the crate or its workspace is.
  if (chosen !== undefined && chosen !== '') {
    targets.unshift(...new Set(targets.map((target) => nodePath.resolve(target, '..', chosen))));
  }
  return [start, ...targets.flatMap((target) => profiles.map((profile) => nodePath.join(target, profile)))];
}

function isLibrary(path: string): boolean {
  if (!mayRead(path)) return false;
  try {
    return fs.statSync(unpackedPath(path)).isFile();
  } catch {
    // Not there, or not to be looked at; the list of places tried names it.
    return false;
  }
}
