/** `rustdll build`: Cargo builds the library, and its declarations are written. */

import fs = require('node:fs');
import path = require('node:path');
import { newestLibrary, profileFolders } from '../file/newest';
import {
  type BuildRequest,
  cargoBuild,
  libraryPackages,
  type Project,
  readProject,
  sourceFolders,
  sourcesOf,
} from './cargo';
import { CliError, UsageError } from './cli-error';
import { readTable } from './library-reader';
import { countExported } from '../types/signature';
import { declarationsFor, fileBeside, writeIfChanged } from './module-file';
import { colors, counted, note, print, printError, shown, warn } from './terminal';
import { onSourceChange } from './watch';

export interface BuildOptions {
  readonly debug?: boolean;
  readonly manifestPath?: string;
  readonly package?: readonly string[];
  /** The file for the declarations; false if none is to be written. By default it is beside the library. */
  readonly types?: string | false;
  readonly watch?: boolean;
}

/** Builds the libraries of the crate in the working directory. `cargoArgs` are handed on. */
export async function build(cargoArgs: readonly string[], options: BuildOptions): Promise<void> {
  const project = await readProject(options.manifestPath);
  const packages = libraryPackages(project, options.manifestPath, options.package);
  if (typeof options.types === 'string' && packages.length > 1) {
    throw new UsageError(
      `--types names one file, and there are ${packages.length} libraries: ${packages.map(({ name }) => name).join(', ')}`,
      'Choose one with --package, or leave --types out to have each file beside its library.',
    );
  }
  const request: BuildRequest = {
    manifest: options.manifestPath,
    packages,
    release: options.debug !== true,
    others: cargoArgs,
  };
  if (options.watch !== true) {
    await buildOnce(project, request, options.types);
    return;
  }
  await onSourceChange(sourceFolders(project), outputsOf(project, options.types), async () => {
    let libraries: string[] = [];
    try {
      libraries = await buildOnce(project, request, options.types);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      printError(error.message, error.hint);
    }
    note('watching for changes; press Ctrl+C to stop');
    return libraries.flatMap(sourcesOf);
  });
}

/** A function that is true for a path that builds or others write, so that no sources are there. */
function outputsOf(project: Project, types: BuildOptions['types']): (file: string) => boolean {
  const written = typeof types === 'string' ? path.resolve(types) : undefined;
  return (file) => {
    const { base } = path.parse(file);
    if (file === project.target_directory || file === written || base === 'node_modules') return true;
    return base.startsWith('.') && file !== project.workspace_root;
  };
}

async function buildOnce(project: Project, request: BuildRequest, types: BuildOptions['types']): Promise<string[]> {
  const libraries = await cargoBuild(request);
  for (const library of libraries) {
    makeNewest(project, library);
    await finish(library, types);
  }
  return libraries;
}

/**
 * Makes a library the newest of its name. Cargo leaves one that is up to date as it is, and `RustDLL.find` would go on
 * taking what another profile has built since.
 */
function makeNewest({ target_directory: target }: Project, library: string): void {
  const files = profileFolders(target).map((folder) => path.join(folder, path.basename(library)));
  if (!files.includes(library) || newestLibrary(files) === library) return;
  const now = new Date();
  try {
    fs.utimesSync(library, now, now);
  } catch (error) {
    warn(`RustDLL.find takes an older build: ${(error as Error).message}`);
  }
}

/** Says what was built, and writes its declarations. */
async function finish(library: string, types: BuildOptions['types']): Promise<void> {
  print(`${colors.green('built')} ${shown(library)}`);
  if (types === false) return;
  let table;
  try {
    table = await readTable(library);
  } catch (error) {
    // It may be built for another system. Only if the declarations were asked for is that an error.
    if (types !== undefined || !(error instanceof CliError)) throw error;
    warn(`no declarations: ${error.message}`);
    return;
  }
  if (types === undefined && countExported(table) === 0) return;
  const out = path.resolve(types ?? fileBeside(library));
  const isNew = writeIfChanged(out, declarationsFor(library, table));
  print(
    `${colors.green('types')} ${shown(out)}: ${counted(countExported(table), 'function')}${isNew ? '' : ', unchanged'}`,
  );
}
