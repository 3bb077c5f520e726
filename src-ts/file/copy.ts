/** Makes private copies of libraries, for cases in which the system's loader cannot be given the file itself. */

import { randomBytes } from 'node:crypto';
import fs = require('node:fs');
import os = require('node:os');
import nodePath = require('node:path');

/** The prefix of the names of copies. */
const PREFIX = '.rustdll-';

/** The most characters of a library's name in the name of its copy, whose length is limited by the file system. */
const MAX_NAME = 200;

/** The age in milliseconds below which a copy is not removed: the process that made it may not have loaded it yet. */
const GRACE_MS = 60_000;

/**
 * Calls `load` with the path of a copy of the library at `path`. The copy is made beside the library, where its
 * dependencies may be too, or else in the system's folder for temporary files. It is removed at once, except on
 * Windows, where a mapped file cannot be removed; making the next copy beside it removes it if it is no longer used.
 *
 * @param load - May throw, as on a file system mounted `noexec`; then the other place is tried.
 * @throws AggregateError of the errors in both places.
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

/** Removes the copies in `folder` that no process uses; the system refuses to remove the others. */
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
    // A file that cannot be removed is ignored.
  }
}
