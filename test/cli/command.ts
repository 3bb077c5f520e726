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
  #isClosed = false;

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
    // Its last output may arrive after it has ended.
    this.#child.once('close', () => {
      this.#isClosed = true;
      this.#waiting?.();
    });
  }

  /** Waits until it has printed `text` once more, or what matches; returns the first group of the match. */
  async until(text: string | RegExp): Promise<string> {
    for (;;) {
      const found = typeof text === 'string' ? this.#find(text) : text.exec(this.#output);
      if (found !== null) {
        this.#output = this.#output.slice(found.index + found[0].length);
        return found[1] ?? '';
      }
      if (this.#isClosed) throw new Error(`it ended without printing ${text}:\n${this.#output}`);
      await new Promise<void>((resolve) => (this.#waiting = resolve));
    }
  }

  #find(text: string): { readonly index: number; readonly 0: string; readonly 1?: string } | null {
    const index = this.#output.indexOf(text);
    return index < 0 ? null : { index, 0: text };
  }

  /** Its exit code, once it has ended. */
  get ended(): Promise<number | null> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode !== null || signalCode !== null) return Promise.resolve(exitCode);
    return new Promise((resolve) => this.#child.once('exit', resolve));
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Ends it: what does not end by a signal ends by two. */
  async stop(): Promise<void> {
    this.#child.kill();
    const timer = setTimeout(() => this.#child.kill('SIGINT'), 1000);
    await this.ended;
    clearTimeout(timer);
  }
}

/** Makes an empty folder and returns its path. */
export function temporaryFolder(): string {
  return fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'rustdll-cli-'));
}

export function removeFolder(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true });
}
