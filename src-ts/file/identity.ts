/** What tells one file from another, and from what was at its path before. */

import * as fs from 'node:fs';
import { fileError } from '../errors/library-error';

/**
 * The identity of the file at `path`: the same for every name of one file, another one when the file was replaced or
 * written anew.
 *
 * @throws RustDLLError `ERR_RUSTDLL_NOT_FOUND` when there is no file
 */
export function identityOf(path: string): string {
  try {
    const { dev, ino, size, mtimeNs } = fs.statSync(path, { bigint: true });
    return [dev, ino, size, mtimeNs].join(':');
  } catch (error) {
    throw fileError(path, error);
  }
}
