/** `rustdll types`: the declarations of a library that is already built. */

import path = require('node:path');
import { newestOf } from '../file/newest';
import { libraryNames, libraryPackages, readProject } from './cargo';
import { CliError } from './cli-error';
import { readTable } from './library-reader';
import { countExported } from '../types/signature';
import { declarationsFor, fileBeside, writeIfChanged } from './module-file';
import { counted, note, print, printError, shown } from './terminal';
import { onFileChange } from './watch';

export interface TypesOptions {
  /** The file to write; `-` is standard output. */
  readonly out?: string;
  readonly watch?: boolean;
}

/** Writes the declarations of `library`, or of what the crate in the working directory has built last. */
export async function types(library: string | undefined, options: TypesOptions): Promise<void> {
  const file = library === undefined ? await builtLibrary() : path.resolve(library);
  const out = options.out === '-' ? null : path.resolve(options.out ?? fileBeside(file));
  if (options.watch !== true) {
    await writeTypes(file, out);
    return;
  }
  note(`watching ${shown(file)}; press Ctrl+C to stop`);
  await onFileChange(file, async () => {
    try {
      await writeTypes(file, out);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      printError(error.message, error.hint);
    }
  });
}

async function writeTypes(library: string, out: string | null): Promise<void> {
  const table = await readTable(library);
  const text = declarationsFor(library, table);
  if (out === null) {
    process.stdout.write(text);
    return;
  }
  const isNew = writeIfChanged(out, text);
  const count = counted(countExported(table), 'function');
  print(`${shown(out)}: ${count}${isNew ? '' : ', unchanged'}`);
}

/** The newest library that the crate here has built: the one that `RustDLL.find` finds. */
async function builtLibrary(): Promise<string> {
  const project = await readProject();
  const names = libraryPackages(project, undefined).flatMap(libraryNames);
  const newest = newestOf(project.target_directory, names);
  if (newest !== undefined) return newest;
  throw new CliError(`no library is built in ${shown(project.target_directory)}`, 'Build it: rustdll build');
}
