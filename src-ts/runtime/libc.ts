/** The C library of the running process. Asking takes milliseconds: for errors only. */

/** A C library, and its version where the runtime tells. */
export interface Libc {
  readonly name: 'glibc' | 'musl';
  readonly version: string | null;
}

/** The C library this process runs on; null where that cannot be told, and on systems other than Linux. */
export function runningLibc(): Libc | null {
  if (process.platform !== 'linux') return null;
  const header = reportHeader();
  if (header === undefined) return null;
  const version = header.glibcVersionRuntime;
  if (typeof version !== 'string') return { name: 'musl', version: null };
  // Deno reports one fixed version wherever it runs.
  return { name: 'glibc', version: process.versions.deno === undefined ? version : null };
}

function reportHeader(): { glibcVersionRuntime?: unknown } | undefined {
  const report = process.report as (typeof process.report & { excludeNetwork?: boolean }) | undefined;
  if (typeof report?.getReport !== 'function') return undefined;
  // Otherwise the report looks up the names of all open connections' addresses, which may take seconds.
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
