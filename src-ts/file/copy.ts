/** Private copies of a library, for where the system's loader cannot be given the file itself. */

import { randomBytes } from 'node:crypto';
import fs = require('node:fs');
import os = require('node:os');
import nodePath = require('node:path');

/** The names of copies begin with it. */
const PREFIX = '.rustdll-';

/** The most characters of a library's name that its copy's has: the whole must not be longer than names may be. */
const MAX_NAME = 200;

/** For how long a copy is left alone, in milliseconds: whoever has made it may not have loaded it yet. */
const GRACE_MS = 60_000;

/**
 * Calls `load` with the path of a copy of the library at `path`. The copy is made beside the library, where the
 * libraries that it needs may be too, or else in the system's folder for temporary files. It is removed at once, except
 * on Windows, where a file that is mapped stays; the next copy beside it removes that as soon as nobody uses it.
 *
 * @param load - may throw, as on a file system that allows no code to run; then the other place is tried
 * @throws AggregateError of what forbade it in either place
 */
export function loadCopy<T>(path: string, load: (copy: string) => T): T {
  const folder = nodePath.dirname(path);
  try {
    removeOld(folder);
    return loadFrom(folder, path, load);
  } catch (beside) {
    try {
      const temporary = fs.mkdtempSync(nodePath.join(os.tmpdir(), 'rustdll-'));
      try {
        return loadFrom(temporary, path, load);
      } finally {
        attempt(() => {
          fs.rmdirSync(temporary);
        });
      }
    } catch (elsewhere) {
      const errors = [beside as Error, elsewhere as Error];
      throw new AggregateError(errors, errors.map(({ message }) => message).join('; '), { cause: elsewhere });
    }
  }
}

function loadFrom<T>(folder: string, path: string, load: (copy: string) => T): T {
  const name = nodePath.basename(path).slice(-MAX_NAME);
  const copy = nodePath.join(folder, `${PREFIX}${randomBytes(6).toString('hex')}-${name}`);
  try {
    fs.copyFileSync(path, copy, fs.constants.COPYFILE_EXCL | fs.constants.COPYFILE_FICLONE);
    return load(copy);
  } finally {
    attempt(() => {
      fs.unlinkSync(copy);
    });
  }
}

/** Removes the copies in `folder` that no process has loaded any more; the system keeps those that one has. */
function removeOld(folder: string): void {
  if (process.platform !== 'win32') return;
  const before = Date.now() - GRACE_MS;
  for (const name of fs.readdirSync(folder)) {
    const copy = nodePath.join(folder, name);
    attempt(() => {
      if (name.startsWith(PREFIX) && fs.statSync(copy).birthtimeMs < before) fs.unlinkSync(copy);
    });
  }
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // A file that cannot be removed is left.
  }
}
