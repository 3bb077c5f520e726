/** Doing work again when files change. */

import { watch } from 'chokidar';
import fs = require('node:fs');

/**
 * The time for which files must be quiet before they are looked at, in milliseconds: an editor or Cargo writes several.
 */
const QUIET_MS = 100;

/** The time between two looks at a single file, in milliseconds. */
const POLL_MS = 250;

/** Runs `work` when told to, one run at a time. If it is told to while one runs, another one follows. */
class Repeated {
  readonly #work: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #isRunning = false;
  #isDue = false;

  /** @param work - must not throw */
  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  /** Runs it now. */
  async run(): Promise<void> {
    this.#isRunning = true;
    for (let isDue = true; isDue; isDue = this.#isDue) {
      this.#isDue = false;
      await this.#work();
    }
    this.#isRunning = false;
  }

  /** Runs it once nobody has told so for a while. */
  tell(): void {
    if (this.#isRunning) {
      this.#isDue = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.run(), QUIET_MS);
  }
}

/**
 * Runs `work` now, and whenever a Rust source or manifest in the folders changes, or a file that the last run named.
 * Never returns.
 *
 * @param isOutput - true for a path at or below which there are no sources
 * @param work - must not throw
 */
export async function onSourceChange(
  folders: readonly string[],
  isOutput: (path: string) => boolean,
  work: () => Promise<readonly string[]>,
): Promise<never> {
  const named = new Set<string>();
  // Other files, such as a log of this very command, come and go.
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
    // Git and editors also come and go with folders.
    if (!event.endsWith('Dir')) repeated.tell();
  });
  await repeated.run();
  return new Promise(() => undefined);
}

/**
 * Runs `work` now, and whenever a file has been written or replaced. Never returns.
 *
 * The file is looked at from time to time: it may vanish with its folder and come back, as with `cargo clean`.
 *
 * @param work - must not throw
 */
export async function onFileChange(file: string, work: () => Promise<void>): Promise<never> {
  const repeated = new Repeated(work);
  fs.watchFile(file, { interval: POLL_MS }, (now, before) => {
    const isOther = now.mtimeMs !== before.mtimeMs || now.ino !== before.ino || now.size !== before.size;
    if (now.size > 0 && isOther) repeated.tell();
  });
  await repeated.run();
  return new Promise(() => undefined);
}
