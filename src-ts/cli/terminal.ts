/** The output of the command line, with colours where they can be seen. */

import pc = require('picocolors');
import path = require('node:path');

type Colors = ReturnType<typeof pc.createColors>;

/** True if a stream shows colours: NO_COLOR forbids them, FORCE_COLOR asks for them, a terminal decides otherwise. */
function showsColors(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  // Only a terminal's stream has the function, and only terminals know.
  return stream.isTTY && stream.hasColors();
}

/** For what goes to standard output. */
export const colors: Colors = pc.createColors(showsColors(process.stdout));

const errorColors = pc.createColors(showsColors(process.stderr));

/** Prints a line of results to standard output. */
export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a line about the progress to standard error. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Prints a warning to standard error. */
export function warn(message: string): void {
  note(`${errorColors.yellow(errorColors.bold('warning:'))} ${message}`);
}

/** Prints an error and its hint to standard error. */
export function printError(message: string, hint = ''): void {
  note(`${errorColors.red(errorColors.bold('error:'))} ${message}`);
  if (hint !== '') for (const line of hint.split('\n')) note(`  ${line}`);
}

/** A library's text on one line, without the control characters that a terminal would obey. */
export function plain(text: string): string {
  // eslint-disable-next-line no-control-regex -- those are what it is looking for
  return text.replace(/[\0-\x08\x0a-\x1f\x7f-\x9f]/g, '\ufffd');
}

/** A path as a user would write it: from the working directory when it is in there. */
export function shown(file: string): string {
  const relative = path.relative('', file);
  return relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
}

/** `1 function`, `2 functions`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
