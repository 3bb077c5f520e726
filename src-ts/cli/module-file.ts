/** The declaration file of a library. */

import fs = require('node:fs');
import path = require('node:path');
import { crateName } from '../file/library-name';
import { countExported, type Table } from '../types/signature';
import { declarationText } from './declarations/declarations';
import { CliError } from './cli-error';

/**
 * Returns the absolute path of the declarations of a library: `out` or, if that is a folder, the file in it that is named
 * after the crate, such as `geo.d.ts` for `libgeo.so`. The default is the folder of the library.
 */
export function declarationFile(library: string, out?: string): string {
  if (out !== undefined && !namesFolder(out)) return path.resolve(out);
  return path.resolve(out ?? path.dirname(library), `${crateName(library)}.d.ts`);
}

/** True if a path names a folder: it ends with a separator, or there is a folder. */
export function namesFolder(out: string): boolean {
  if (out.endsWith('/') || out.endsWith(path.sep)) return true;
  try {
    return fs.statSync(out).isDirectory();
  } catch {
    return false;
  }
}

/**
 * Returns the declarations of a library's exported functions.
 *
 * @throws CliError if there are none.
 */
export function declarationsFor(library: string, table: Table | null): string {
  if (table !== null && countExported(table) > 0) return declarationText(table, path.basename(library));
  throw new CliError(
    `${library} has no functions exported with #[export]`,
    'Of others nothing is known of their types; RustDLL.declare() takes them from their declarations.',
  );
}

/**
 * Writes a file unless it has that text already; returns true if it was written.
 *
 * @throws CliError if it cannot be written.
 */
export function writeIfChanged(file: string, text: string): boolean {
  try {
    if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === text) return false;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  } catch (error) {
    throw new CliError(`cannot write ${file}: ${(error as Error).message}`, '', { cause: error });
  }
  return true;
}
