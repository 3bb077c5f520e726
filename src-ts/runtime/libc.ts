/** Finds the C library of the running process. It takes milliseconds, so it is used only for errors. */

/** A C library, and its version if the runtime reports it. */
export interface Libc {
  readonly name: 'glibc' | 'musl';
  readonly version: string | null;
}

/** Returns the C library of this process; null if it is unknown, and on systems other than Linux. */
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
