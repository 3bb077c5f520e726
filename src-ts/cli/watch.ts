/** Repeats work when files change. */

import { watch } from 'chokidar';
import fs = require('node:fs');

/** The time without changes after which the work begins, in milliseconds: an editor or Cargo writes several files. */
const QUIET_MS = 100;

/** The interval at which a single file is checked, in milliseconds. */
const POLL_MS = 250;

/** Runs `work` when something has changed, one run at a time. A change during a run causes another one. */
class Repeated {
  readonly #work: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #isRunning = false;
  #isDue = false;

  /** @param work - Must not throw. */
  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  /** Runs the work now. */
  async run(): Promise<void> {
    this.#isRunning = true;
    for (let isDue = true; isDue; isDue = this.#isDue) {
      this.#isDue = false;
      await this.#work();
    }
    this.#isRunning = false;
  }

  /** Runs the work when nothing has changed for a while. */
  changed(): void {
    if (this.#isRunning) {
      this.#isDue = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.run(), QUIET_MS);
  }
}

/**
 * Runs `work` now, and whenever a Rust source or manifest in the folders changes, or a file that a run has returned.
 * Never returns.
 *
 * @param isOutput - True for a path at or below which there are no sources.
 * @param work - Must not throw. Returns further files to watch.
 */
export async function onSourceChange(
  folders: readonly string[],
  isOutput: (path: string) => boolean,
  work: () => Promise<readonly string[]>,
): Promise<never> {
  const named = new Set<string>();
  // Other files, such as a log of this command, may change at any time.
  const isSource = (file: string): boolean => /\.(?:rs|toml)$/.test(file) || named.has(file);
  const watcher = watch([...folders], {
    ignoreInitial: true,
    ignored: (file, stats) => isOutput(file) || (stats?.isFile() === true && !isSource(file)),
  });
  const repeated = new Repeated(async () => {
    const files = await work();
    for (const file of files) named.add(file);
    watcher.add([...files]);
  });
  watcher.on('all', (event) => {
    // Git and editors also make and remove folders.
    if (!event.endsWith('Dir')) repeated.changed();
  });
  await repeated.run();
  return new Promise(() => undefined);
}

/**
 * Runs `work` now, and whenever a file has been written or replaced. Never returns.
 *
 * The file is polled, as it may be removed with its folder and made again, for example by `cargo clean`.
 *
 * @param work - Must not throw.
 */
export async function onFileChange(file: string, work: () => Promise<void>): Promise<never> {
  const repeated = new Repeated(work);
  fs.watchFile(file, { interval: POLL_MS }, (now, before) => {
    const isOther = now.mtimeMs !== before.mtimeMs || now.ino !== before.ino || now.size !== before.size;
    if (now.size > 0 && isOther) repeated.changed();
  });
  await repeated.run();
  return new Promise(() => undefined);
}
