/** `rustdll types`: writes the declarations of libraries that are built already. */

import { countExported } from '../types/signature';
import { type BuiltLibrary, chosenLibraries, type CrateOptions, severalLibraries } from './built';
import { CliError } from './cli-error';
import { readTable } from './library-reader';
import { declarationFile, declarationsFor, namesFolder, writeIfChanged } from './module-file';
import { counted, note, print, printError, shown } from './terminal';
import { onFileChange } from './watch';

export interface TypesOptions extends CrateOptions {
  /** The file or the folder to write to; `-` is standard output. */
  readonly out?: string;
  readonly watch?: boolean;
}

/** Writes the declarations of `library`, or of what Cargo has built last of the crates that the options choose. */
export async function types(library: string | undefined, options: TypesOptions): Promise<void> {
  const { out } = options;
  const libraries = await chosenLibraries(library, options);
  if (libraries.length > 1 && out !== undefined && (out === '-' || !namesFolder(out))) {
    throw severalLibraries(`--out names one file`, libraries);
  }
  if (options.watch !== true) {
    for (const { file } of libraries) await writeTypes(file, out);
    return;
  }
  await Promise.all(libraries.map((each) => watchLibrary(each, out)));
}

async function watchLibrary({ file }: BuiltLibrary, out: string | undefined): Promise<never> {
  note(`watching ${shown(file)}; press Ctrl+C to stop`);
  return onFileChange(file, async () => {
    try {
      await writeTypes(file, out);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      printError(error.message, error.hint);
    }
  });
}

async function writeTypes(library: string, out: string | undefined): Promise<void> {
  const table = await readTable(library);
  const text = declarationsFor(library, table);
  if (out === '-') {
    process.stdout.write(text);
    return;
  }
  const file = declarationFile(library, out);
  const isNew = writeIfChanged(file, text);
  const count = counted(countExported(table), 'function');
  print(`${shown(file)}: ${count}${isNew ? '' : ', unchanged'}`);
}
