/** Reads the table of a library in a process of its own. */

import { fork } from 'node:child_process';
import path = require('node:path');
import type { Table } from '../types/signature';
import { CliError } from './cli-error';

/** An error of the child, whose class does not survive the journey. */
export interface ChildError {
  readonly message: string;
  readonly code: string;
  /** The words of the system's loader, or none. */
  readonly cause: string;
  readonly stack: string;
}

/** The answer of the child. */
export type Answer =
  | { readonly error: ChildError }
  | {
      /** The addon's file; null where it cannot be told. */
      readonly addon: string | null;
      /** Null when the library was not made with the crate, or none was asked for. */
      readonly table: Table | null;
    };

/**
 * Loads a library, or only this package if none is given, in a child process, and gives its answer.
 *
 * Every call starts a new process, which ends with the library if that crashes, and takes its memory along.
 *
 * @throws CliError when the process ended without an answer
 */
export function askChild(library?: string): Promise<Answer> {
  const child = fork(path.join(__dirname, 'library-child.js'), library === undefined ? [] : [library], {
    // Definitions that contain themselves arrive as they are.
    serialization: 'advanced',
    execArgv: ['--no-warnings'],
    // The library may print, and standard output is for the command's results.
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  return new Promise((resolve, reject) => {
    let answer: Answer | undefined;
    let how: string | undefined;
    const finish = (): void => {
      // Its answer may arrive after it has ended; and until then the library's file is in use.
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
 * The table of a library, null when it was not made with the crate.
 *
 * @param library - an absolute path
 * @throws CliError when it cannot be loaded
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
