/** The errors about a library's file, in one form: `cannot load '<path>': <what is wrong with it>`. */

import { type LibraryErrorCode, RustDLLError } from './errors';

/** An error about the library at `path`; `detail` says what is wrong with it, in the words after "it". */
export function libraryError(
  code: LibraryErrorCode,
  path: string,
  detail: string,
  options?: { cause?: unknown },
): RustDLLError {
  return new RustDLLError(code, `cannot load '${path}': ${detail}`, options);
}

/** The error for a library made for `made`, a platform and processor such as `win32-x64`, where `here` is running. */
export function wrongTarget(path: string, made: string, here: string): RustDLLError {
  return libraryError('ERR_RUSTDLL_WRONG_TARGET', path, `it is a ${made} library; this process is ${here}`);
}

/** What went wrong when `path` was looked at, as an error of this package; Node's own permission error stays as it is. */
export function fileError(path: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_ACCESS_DENIED' || error instanceof RustDLLError) return error;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return libraryError('ERR_RUSTDLL_NOT_FOUND', path, 'there is no such file', { cause: error });
  }
  return libraryError('ERR_RUSTDLL_LOAD', path, `it cannot be read (${message})`, { cause: error });
}
