/** The errors about a library's file, in one form: `cannot load '<path>': <detail>`. */

import { type LibraryErrorCode, RustDLLError } from './errors';

/** The detail of each error that {@link libraryError} made. */
const details = new WeakMap<Error, string>();

/** An error about the library at `path`; `detail` is a clause about it, such as `there is no such file`. */
export function libraryError(
  code: LibraryErrorCode,
  path: string,
  detail: string,
  options?: { cause?: unknown },
): RustDLLError {
  const error = new RustDLLError(code, `cannot load '${path}': ${detail}`, options);
  details.set(error, detail);
  return error;
}

/** The detail of an error about a library, without the library's path; the message of any other error. */
export function detailOf(error: Error): string {
  return details.get(error) ?? error.message;
}

/** The error for a library made for `made`, a platform and processor such as `win32-x64`, where `here` is running. */
export function wrongTarget(path: string, made: string, here: string): RustDLLError {
  return libraryError('ERR_RUSTDLL_WRONG_TARGET', path, `it is a ${made} library; this process is ${here}`);
}

/** The error of this package for a file system's error about `path`. Node's own permission error stays as it is. */
export function fileError(path: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_ACCESS_DENIED' || error instanceof RustDLLError) return error;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return libraryError('ERR_RUSTDLL_NOT_FOUND', path, 'there is no such file', { cause: error });
  }
  return libraryError('ERR_RUSTDLL_LOAD', path, `it cannot be read (${message})`, { cause: error });
}
