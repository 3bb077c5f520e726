/** The declaration file of a library. */

import fs = require('node:fs');
import path = require('node:path');
import { crateName } from '../file/library-name';
import { countExported, type Table } from '../types/signature';
import { declarationText } from './declarations/declarations';
import { CliError } from './cli-error';

/** The file beside a library that is named after its crate: `geo.d.ts` for `libgeo.so`. */
export function fileBeside(library: string): string {
  return path.join(path.dirname(library), `${crateName(library)}.d.ts`);
}

/**
 * The declarations of a library's exported functions.
 *
 * @throws CliError when there are none to declare
 */
export function declarationsFor(library: string, table: Table | null): string {
  if (table !== null && countExported(table) > 0) return declarationText(table, path.basename(library));
  throw new CliError(
    `${library} has no functions exported with #[export]`,
    'Of others nothing is known of their types; RustDLL.declare() takes them from their declarations.',
  );
}

/** Writes a file unless it has that text already. True if it was written. */
export function writeIfChanged(file: string, text: string): boolean {
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === text) return false;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return true;
}
