/** Runs the command line as a user's shell does. */

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ensureBuilt } from '../support/built';

export const ROOT = path.join(__dirname, '..', '..');
const MAIN = path.join(ROOT, 'dist', 'cli', 'main.js');

/** The exit code of a run, and its output. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Record<string, string | undefined>;

function environment(changes: Environment): NodeJS.ProcessEnv {
  const neutral = { CI: undefined, NO_COLOR: undefined, FORCE_COLOR: undefined, DEBUG: undefined, CARGO: undefined };
  // The crates that the fixtures depend on are in Cargo's cache.
  return { ...process.env, ...neutral, CARGO_NET_OFFLINE: 'true', ...changes };
}

/** Runs the command in a folder, with changes to the environment and without a terminal. */
export function rustdll(args: readonly string[], cwd: string, changes: Environment = {}): Run {
  ensureBuilt();
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd,
    env: environment(changes),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (error !== undefined) throw error;
  return { code: status, stdout, stderr };
}

/** A command that runs until it is ended: `rustdll`, or another program of Node. */
export class Running {
  readonly #child: ChildProcess;
  #output = '';
  #waiting: (() => void) | undefined;

  constructor(args: readonly string[], cwd: string, changes: Environment = {}, program = MAIN) {
    ensureBuilt();
    const stdio = ['ignore', 'pipe', 'pipe'] as const;
    this.#child = spawn(process.execPath, [program, ...args], { cwd, env: environment(changes), stdio: [...stdio] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
        this.#waiting?.();
      });
    }
    this.#child.once('exit', () => this.#waiting?.());
  }

  /** Waits until the command has printed `text` once more than before. */
  async until(text: string): Promise<void> {
    let at = this.#output.indexOf(text);
    while (at < 0) {
      if (this.#child.exitCode !== null) throw new Error(`it ended without printing ${text}:\n${this.#output}`);
      await new Promise<void>((resolve) => (this.#waiting = resolve));
      at = this.#output.indexOf(text);
    }
    this.#output = this.#output.slice(at + text.length);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    if (this.#child.exitCode === null && this.#child.kill()) await ended;
  }
}

/** Makes an empty folder and returns its path. */
export function temporaryFolder(): string {
  return fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'rustdll-cli-'));
}

export function removeFolder(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true });
}
