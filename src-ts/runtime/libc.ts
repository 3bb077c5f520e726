/** Finds the C library of a process. */

import fs = require('node:fs');

/** A C library, and its version if the runtime reports it. */
export interface Libc {
  readonly name: 'glibc' | 'musl';
  readonly version: string | null;
}

/** The number of bytes at the beginning of a program that are searched for the name of its loader. */
const HEAD = 4096;

/**
 * Returns the C library of the program at `execPath`, by the loader that it names near its beginning. That takes
 * microseconds, while {@link runningLibc} takes milliseconds. Returns undefined if it names none there.
 */
export function libcOfProgram(execPath: string): Libc['name'] | undefined {
  let head: string;
  try {
    const file = fs.openSync(execPath, 'r');
    try {
      const bytes = Buffer.alloc(HEAD);
      head = bytes.toString('latin1', 0, fs.readSync(file, bytes, 0, HEAD, 0));
    } finally {
      fs.closeSync(file);
    }
  } catch {
    return undefined;
  }
  if (/\/ld-musl-[^/\0]+\0/.test(head)) return 'musl';
  return /\/ld-linux[^/\0]*\0/.test(head) ? 'glibc' : undefined;
}

/**
 * Returns the C library of this process; null if it is unknown, and on systems other than Linux. It takes milliseconds, so it
 * is used only for errors, and where {@link libcOfProgram} finds none.
 */
export function runningLibc(): Libc | null {
  if (process.platform !== 'linux') return null;
  const header = reportHeader();
  if (header === undefined) return null;
  const version = header.glibcVersionRuntime;
  if (typeof version !== 'string') return { name: 'musl', version: null };
  // Deno always reports the same version.
  return { name: 'glibc', version: process.versions.deno === undefined ? version : null };
}

function reportHeader(): { glibcVersionRuntime?: unknown } | undefined {
  const report = process.report as (typeof process.report & { excludeNetwork?: boolean }) | undefined;
  if (typeof report?.getReport !== 'function') return undefined;
  // Otherwise the report resolves the addresses of all open connections to names, which may take seconds.
  const before = report.excludeNetwork;
  try {
    report.excludeNetwork = true;
    return (report.getReport() as { header?: object }).header;
  } catch {
    return undefined;
  } finally {
    if (before === undefined) delete report.excludeNetwork;
    else report.excludeNetwork = before;
  }
}
