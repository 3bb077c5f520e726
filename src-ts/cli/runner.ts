/** Runs the command of `rustdll build --watch --exec`, with all processes that it starts. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import os = require('node:os');
import { setTimeout as sleep } from 'node:timers/promises';
import { note, warn } from './terminal';

/** The time that a command has to end before it is restarted, in milliseconds. */
const PATIENCE_MS = 5000;

/** The interval at which processes are checked that are not children of this one, in milliseconds. */
const POLL_MS = 20;

/** The signals by which a terminal, a shell or a supervisor ends a process. */
const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'];

const isWindows = process.platform === 'win32';

/** A command of the shell, of which at most one run exists at any time. */
export class Runner {
  readonly #command: string;
  /** The last run; undefined once all of its processes have ended. */
  #child: ChildProcess | undefined;
  /** True once this process has been told to end: no other run begins. */
  #isEnding = false;

  /** Forwards the signals that end this process from now on. It ends when the command has ended. */
  constructor(command: string) {
    this.#command = command;
    for (const signal of SIGNALS) {
      // Node refuses to listen for signals that the system does not have.
      if (signal in os.constants.signals) process.on(signal, () => void this.#end(signal));
    }
    // An error may end this process, too.
    process.once('exit', () => {
      this.#send('SIGKILL');
    });
  }

  /** Runs the command, after ending its last run if that has not ended yet. */
  async restart(): Promise<void> {
    this.#send('SIGTERM');
    if (!(await this.#haveEnded())) {
      warn(`the command has not ended after ${PATIENCE_MS / 1000} seconds, and is killed`);
      this.#send('SIGKILL');
      await hasEnded(this.#child);
    }
    if (!this.#isEnding) this.#start();
  }

  #start(): void {
    note(`running: ${this.#command}`);
    // All processes that the shell starts are in a group of their own. Windows has no such groups, and would open
    // another window.
    const child = spawn(this.#command, { shell: true, stdio: 'inherit', detached: !isWindows });
    this.#child = child;
    child.once('error', (error) => {
      warn(`the command cannot be run: ${error.message}`);
    });
    child.once('exit', (code, signal) => {
      // The system may give the number of a group without processes to another one.
      if (this.#child === child && !isRunning(child)) this.#child = undefined;
      if (this.#isEnding || code === 0 || signal === 'SIGTERM') return;
      note(`the command has ended with ${signal ?? `exit code ${code}`}`);
    });
  }

  /** Ends this process after the command, for a signal. A second signal kills the command. */
  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#isEnding) {
      this.#send('SIGKILL');
      return;
    }
    this.#isEnding = true;
    // On Windows a console sends Ctrl+C to all of its processes by itself.
    if (!isWindows) this.#send(signal);
    await hasEnded(this.#child);
    await this.#haveEnded();
    // The exit code by which shells report a process that a signal has ended. The listener of `exit` kills the rest.
    process.exit(128 + os.constants.signals[signal]);
  }

  /** Waits until all processes of the last run have ended; returns false if some have not after {@link PATIENCE_MS}. */
  async #haveEnded(): Promise<boolean> {
    for (const start = performance.now(); performance.now() - start < PATIENCE_MS;) {
      if (this.#child === undefined || !isRunning(this.#child)) return true;
      await sleep(POLL_MS);
    }
    return false;
  }

  /** Sends a signal to all processes of the last run. */
  #send(signal: NodeJS.Signals): void {
    const child = this.#child;
    if (child?.pid === undefined || !isRunning(child)) return;
    if (isWindows) {
      // There only a console can ask its programs to end.
      spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    } else {
      sendTo(child.pid, signal);
    }
  }
}

/** Waits until a child has ended; others of its group may go on. */
async function hasEnded(child: ChildProcess | undefined): Promise<void> {
  if (child !== undefined && isChildRunning(child)) await once(child, 'exit');
}

/** True until a child has ended; false if it could not be started. */
function isChildRunning({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null;
}

/** True if a child or another process of its group has not ended. */
function isRunning(child: ChildProcess): boolean {
  return isChildRunning(child) || (!isWindows && child.pid !== undefined && sendTo(child.pid, 0));
}

/** Sends a signal to a group of processes; returns false if all of them have ended. */
function sendTo(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch {
    return false;
  }
}
