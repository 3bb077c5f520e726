/** The options of a library. */

import { typeError } from '../errors/errors';
import { describe } from '../errors/words';
import { LOG_LEVELS, type LogOptions, type LogRecord } from '../types/log';

/** Options of a library. */
export interface LibraryOptions {
  /**
   * The most calls that may be under way in the background; further ones are refused. By default only memory limits
   * them.
   */
  readonly pending?: number;
  /**
   * False if guesses and declarations are not to be compared with the library's debug information. By default those
   * that contradict it are refused. The environment variable RUSTDLL_CHECK=0 has the same effect on all libraries.
   */
  readonly check?: boolean;
  /**
   * Gets the records of the library's logging, until it is closed: a function, which gets those of the level `info` and
   * the more urgent ones, or the function with a level. The library needs the feature `log` or `tracing` of the crate.
   */
  readonly log?: ((record: LogRecord) => void) | LogOptions;
}

/** What a library does with its options. */
export interface KnownOptions {
  readonly pending: number;
  readonly check: boolean;
  readonly log: Required<LogOptions> | null;
}

/** Reads the options. @throws TypeError `ERR_RUSTDLL_TYPE` */
export function readOptions(options: unknown): KnownOptions {
  if (options === undefined) return { pending: Infinity, check: true, log: null };
  if (typeof options !== 'object' || options === null) throw refused(options);
  const { pending, check, log } = options as LibraryOptions;
  return { pending: pendingOption(pending, options), check: checkOption(check), log: logOption(log) };
}

function pendingOption(pending: unknown, options: object): number {
  if (pending === undefined) return Infinity;
  if (typeof pending === 'number' && pending >= 1 && (Number.isInteger(pending) || pending === Infinity)) {
    return pending;
  }
  throw refused(options);
}

function checkOption(check: unknown): boolean {
  if (check === undefined || typeof check === 'boolean') return check !== false;
  throw typeError('ERR_RUSTDLL_TYPE', `RustDLL: expected options such as { check: false }, got ${describe(check)}`);
}

function logOption(log: unknown): Required<LogOptions> | null {
  if (log === undefined) return null;
  if (typeof log === 'function') return { level: 'info', write: log as LogOptions['write'] };
  if (typeof log !== 'object' || log === null) {
    throw typeError('ERR_RUSTDLL_TYPE', `RustDLL: the option log: expected a function, got ${describe(log)}`);
  }
  const { level = 'info', write } = log as LogOptions;
  if (!LOG_LEVELS.includes(level)) {
    const problem = `expected one of ${LOG_LEVELS.join(', ')}, got ${describe(level)}`;
    throw typeError('ERR_RUSTDLL_TYPE', `RustDLL: the option log.level: ${problem}`);
  }
  if (typeof write !== 'function') {
    throw typeError('ERR_RUSTDLL_TYPE', `RustDLL: the option log.write: expected a function, got ${describe(write)}`);
  }
  return { level, write };
}

function refused(options: unknown): TypeError {
  return typeError('ERR_RUSTDLL_TYPE', `RustDLL: expected options such as { pending: 1000 }, got ${describe(options)}`);
}
