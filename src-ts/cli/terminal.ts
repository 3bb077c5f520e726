/** Writes the output of the command line, with colours if the terminal shows them. */

import pc = require('picocolors');
import path = require('node:path');

type Colors = ReturnType<typeof pc.createColors>;

/** True if a stream is to have colours: NO_COLOR forbids them, FORCE_COLOR requires them, else the terminal decides. */
function showsColors(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  // Only the stream of a terminal has the function.
  return stream.isTTY && stream.hasColors();
}

/** Colours the text for standard output. */
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

/** Returns a text of a library without the control characters that a terminal would execute, line breaks included. */
export function plain(text: string): string {
  // eslint-disable-next-line no-control-regex -- those are what it is looking for
  return text.replace(/[\0-\x08\x0a-\x1f\x7f-\x9f]/g, '\ufffd');
}

/** Returns a path for messages, relative to the working directory if it is inside of that. */
export function shown(file: string): string {
  const relative = path.relative('', file);
  return relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
}

/** Returns a number with its noun: `1 function`, `2 functions`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
