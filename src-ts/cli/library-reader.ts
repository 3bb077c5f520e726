/** Reads the table of a library, which a child process loads. */

import { fork } from 'node:child_process';
import path = require('node:path');
import type { Table } from '../types/signature';
import { CliError } from './cli-error';

/** An error of the child, as data: its class would be lost on the way. */
export interface ChildError {
  readonly message: string;
  readonly code: string;
  /** The message of the system's loader; may be empty. */
  readonly cause: string;
  readonly stack: string;
}

/** The answer of the child. */
export type Answer =
  | { readonly error: ChildError }
  | {
      /** The path of the addon; null if it is unknown. */
      readonly addon: string | null;
      /** Null if the library was not built with the crate, or if no library was to be loaded. */
      readonly table: Table | null;
    };

/**
 * Loads a library, or only this package if none is given, in a child process, and returns its answer. Every call starts
 * a new process.
 *
 * @throws CliError if the process ends without an answer.
 */
export function askChild(library?: string): Promise<Answer> {
  const child = fork(path.join(__dirname, 'library-child.js'), library === undefined ? [] : [library], {
    // JSON cannot represent definitions that contain themselves.
    serialization: 'advanced',
    execArgv: ['--no-warnings'],
    // The library may print, and standard output is for the command's results.
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  return new Promise((resolve, reject) => {
    let answer: Answer | undefined;
    let how: string | undefined;
    const finish = (): void => {
      // The answer may arrive after the process has ended, and the file of the library is in use until both have happened.
      if (how === undefined || child.connected) return;
      if (answer === undefined) reject(crashed(library, how));
      else resolve(answer);
    };
    child.once('message', (message) => (answer = message as Answer));
    child.once('error', reject);
    child.once('disconnect', finish);
    child.once('exit', (code, signal) => {
      how = signal ?? `exit code ${code}`;
      finish();
    });
  });
}

function crashed(library: string | undefined, how: string): CliError {
  return library === undefined
    ? new CliError(`the process that loaded rustdll's addon ended with ${how}`)
    : new CliError(
        `the process that loaded ${library} ended with ${how}`,
        'Something in the library runs when it is loaded, or it was built for another system than it says.',
      );
}

/**
 * Returns the table of a library; null if the library was not built with the crate.
 *
 * @param library - An absolute path.
 * @throws CliError if the library cannot be loaded.
 */
export async function readTable(library: string): Promise<Table | null> {
  const answer = await askChild(library);
  if (!('error' in answer)) return answer.table;
  const { message, code, stack } = answer.error;
  throw new CliError(message, HINTS.get(code), { cause: stack });
}

const HINTS: ReadonlyMap<string, string> = new Map([
  ['ERR_RUSTDLL_NOT_FOUND', 'Build it first: rustdll build'],
  ['ERR_RUSTDLL_NOT_A_LIBRARY', 'Is it what Cargo built for crate-type = ["cdylib"]?'],
]);
