/** The identity of a file: it differs from that of another file, and from that of an earlier file at the same path. */

import fs = require('node:fs');
import { fileError } from '../errors/library-error';

/**
 * Returns the identity of the file at `path`. It is the same for every name of one file, and another one after the file
 * was replaced or overwritten.
 *
 * @throws RustDLLError `ERR_RUSTDLL_NOT_FOUND` if there is no file
 */
export function identityOf(path: string): string {
  try {
    const { dev, ino, size, mtimeNs } = fs.statSync(path, { bigint: true });
    return [dev, ino, size, mtimeNs].join(':');
  } catch (error) {
    throw fileError(path, error);
  }
}
