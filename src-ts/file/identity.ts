/** The identity of a file: it differs from that of another file, and from that of an earlier file at the same path. */

import fs = require('node:fs');
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
