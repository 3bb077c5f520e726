/** The streams of the process to which libraries print. */

import { fstatSync } from 'node:fs';

/** What is used of a stream. Node has no public property for its handle, which streams of other runtimes do not have. */
interface Stream {
  readonly _handle?: { setBlocking?(on: boolean): unknown } | null;
}

function isPipe(fd: number): boolean {
  try {
    const stats = fstatSync(fd);
    return stats.isFIFO() || stats.isSocket();
  } catch {
    // It is closed.
    return false;
  }
}

/**
 * Makes standard output and standard error wait for room if they are pipes. Node makes these non-blocking for all who
 * write to them, and then `println!` panics when a pipe is full.
 *
 * It is for macOS. On Linux the addon binds libraries to a `write` that waits, and on Windows pipes block anyway.
 *
 * @param streams - Those of the process; read only if they are pipes, as Node makes them at their first use.
 */
export function makeStandardStreamsBlocking(
  streams: readonly [fd: number, () => unknown][] = [
    [1, () => process.stdout],
    [2, () => process.stderr],
  ],
): void {
  for (const [fd, stream] of streams) {
    if (isPipe(fd)) (stream() as Stream | undefined)?._handle?.setBlocking?.(true);
  }
}
