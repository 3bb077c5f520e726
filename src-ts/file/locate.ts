/** Resolves the path or URL by which a caller names a library. Libraries are not searched for. */

import fs = require('node:fs');
import nodePath = require('node:path');
import { fileURLToPath } from 'node:url';
import { typeError } from '../errors/errors';
import { fileError, libraryError } from '../errors/library-error';
import { describe } from '../errors/words';
import { requireLibraryPermission } from '../runtime/permission';
import { unpackedPath } from './asar';
import type { URLLike } from './url-like';

/**
 * Returns the absolute path that a caller means.
 *
 * @param path - A path, which is resolved against the working directory if it is relative; or a `file:` URL, as an
 *   object or a string.
 * @throws TypeError `ERR_RUSTDLL_TYPE` or `ERR_RUSTDLL_PATH`; RustDLLError `ERR_RUSTDLL_BARE_NAME` for a name without a
 *   folder.
 */
export function toPlace(path: string | URLLike): string {
  const named = toPath(path, 'the path of a library');
  if (isBareName(named)) {
    throw libraryError(
      'ERR_RUSTDLL_BARE_NAME',
      named,
      `a bare name is not searched for anywhere; write './${named}' for the file in the working directory, or let RustDLL.find look for the library of a crate`,
    );
  }
  return toAbsolute(named);
}

/**
 * Returns the real path of the library at the absolute path `place`: outside of Electron's archives, with all links
 * resolved.
 *
 * @throws RustDLLError `ERR_RUSTDLL_NOT_FOUND` or `ERR_RUSTDLL_LOAD`; under Node's permission model an
 *   `ERR_ACCESS_DENIED` like Node's own.
 */
export function resolveLibrary(place: string): string {
  try {
    const unpacked = unpackedPath(place);
    requireLibraryPermission(unpacked);
    const real = fs.realpathSync(unpacked);
    // A link must not lead out of the folders to which access was granted.
    if (real !== unpacked) requireLibraryPermission(real);
    return real;
  } catch (error) {
    throw fileError(place, error);
  }
}

/**
 * Returns the path that a caller's path or `file:` URL means. `what` names it in errors.
 *
 * @throws TypeError if it is neither, or if no file can have this path.
 */
export function toPath(path: unknown, what: string): string {
  const text: unknown = isURL(path) ? path.href : path;
  if (typeof text !== 'string') {
    throw typeError('ERR_RUSTDLL_TYPE', `${what}: expected a string or a file: URL, got ${describe(path)}`);
  }
  const named = text !== path || /^file:\/\//i.test(text) ? fromURL(text, what) : text;
  if (named === '') throw typeError('ERR_RUSTDLL_PATH', `${what} is empty`);
  if (named.includes('\0')) throw typeError('ERR_RUSTDLL_PATH', `${what} holds a NUL: ${JSON.stringify(named)}`);
  if (!named.isWellFormed()) {
    // It would be encoded as U+FFFD, which is another file's name.
    throw typeError('ERR_RUSTDLL_PATH', `${what} holds a lone surrogate: ${JSON.stringify(named)}`);
  }
  return named;
}

function isURL(value: unknown): value is URLLike {
  if (typeof value !== 'object' || value === null) return false;
  const { href, protocol } = value as Partial<URLLike>;
  return typeof href === 'string' && typeof protocol === 'string';
}

function fromURL(href: string, what: string): string {
  try {
    return fileURLToPath(href);
  } catch (error) {
    throw typeError('ERR_RUSTDLL_PATH', `${what}: ${href} names no file here (${(error as Error).message})`);
  }
}

/** Resolves a path against the working directory. */
export function toAbsolute(path: string): string {
  try {
    return nodePath.resolve(path);
  } catch (error) {
    // The working directory was deleted.
    throw fileError(path, error);
  }
}

function isBareName(path: string): boolean {
  if (path === '.' || path === '..') return false;
  return !path.includes('/') && !(process.platform === 'win32' && path.includes('\\'));
}
