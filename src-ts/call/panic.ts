/**
 * A panic's place and Rust's frames as lines of a stack trace, in which editors and terminals find the file. Loaded for the
 * first panic.
 */

import { existsSync } from 'node:fs';
import path = require('node:path');
import { mayRead } from '../runtime/permission';
import type { Target } from './plan';

/** A frame of Rust's: a function, and where it was if that is known. */
export interface RustFrame {
  readonly name: string;
  readonly place: string | null;
}

/** The line of a stack trace for the place of a panic in a call of `target`. */
export function frameAt(target: Target, location: string): string {
  return lineOf(target.name, resolvePlace(location, target.path));
}

/** The same for Rust's frames, as a text of its own. */
export function backtraceOf(target: Target, frames: readonly RustFrame[]): string {
  const lines = frames.map(({ name, place }) =>
    lineOf(name, place === null ? '<unknown>' : resolvePlace(place, target.path)),
  );
  return lines.join('').slice(1);
}

function lineOf(name: string, place: string): string {
  return `\n    at ${name} (${place})`;
}

/** The files that have been looked for, by the folder of the library and their names in places. */
const found = new Map<string, string>();

/**
 * A place, `file:line:column`, with the path of the file if there is one. Cargo compiles a crate of a workspace from the
 * folder of that, and names its files from there. The library is somewhere in that folder, unless it has been moved; then
 * the process may run in it.
 */
function resolvePlace(place: string, library: string): string {
  const [, file, position] = /^(.*?)((?::\d+)*)$/.exec(place) as unknown as [string, string, string];
  const key = `${library}\0${file}`;
  let resolved = found.get(key);
  if (resolved === undefined) {
    resolved = path.isAbsolute(file)
      ? file
      : (search(file, path.dirname(library)) ?? search(file, process.cwd()) ?? file);
    found.set(key, resolved);
  }
  return resolved + position;
}

/** The file in `folder`, or in one around it. */
function search(file: string, folder: string): string | undefined {
  const candidate = path.join(folder, file);
  if (isThere(candidate)) return candidate;
  const around = path.dirname(folder);
  return around === folder ? undefined : search(file, around);
}

function isThere(file: string): boolean {
  try {
    return mayRead(file) && existsSync(file);
  } catch {
    // A runtime that does not let the process ask.
    return false;
  }
}
