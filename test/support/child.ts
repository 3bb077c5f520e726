/** Runs Node processes whose outcome a test checks. */

import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { ensureBuilt } from './built';

/** The repository. Everything a child requires, it finds from here. */
export const ROOT = path.join(__dirname, '..', '..');

/** The time after which a child that hangs is killed; no other child takes so long. */
const GIVE_UP_MS = 10 * 60_000;

export interface ChildOptions {
  /** Flags for node itself. */
  readonly flags?: readonly string[];
  /** The child's working directory; the repository's when it is not given. */
  readonly cwd?: string;
  /** Variables added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** A command of the shell that runs before node in the same process, such as `ulimit -v 4000000`. */
  readonly before?: string;
}

/** The outcome of a child. */
export interface Child {
  /** The exit code, or null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Its output to file descriptor 3. */
  readonly report: string;
}

/**
 * Runs `node file` to its end with the package built.
 *
 * @param input - Its standard input.
 */
export function runChild(file: string, input: string, options: ChildOptions = {}): Child {
  ensureBuilt();
  const node = [process.execPath, ...(options.flags ?? []), file];
  const [command, ...args] =
    options.before === undefined ? node : ['/bin/sh', '-c', `${options.before} && exec "$0" "$@"`, ...node];
  const { status, signal, output, error } = spawnSync(command as string, args, {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, ...options.env },
    input,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    timeout: GIVE_UP_MS,
    killSignal: 'SIGKILL',
  });
  // A child that was killed has an error too, but its output is valid.
  if (error !== undefined && signal === null) throw error;
  return { code: status, signal, stdout: output[1] ?? '', stderr: output[2] ?? '', report: output[3] ?? '' };
}
