/** `rustdll build`: builds libraries with Cargo, and writes their declarations. */

import fs = require('node:fs');
import path = require('node:path');
import { newestLibrary, profileFolders } from '../file/newest';
import { libraryName } from '../file/library-name';
import { countExported } from '../types/signature';
import { checkProfile, type CrateOptions, severalLibraries } from './built';
import {
  type BuildRequest,
  cargoBuild,
  type LibraryPackage,
  libraryPackages,
  type Project,
  readProject,
  sourceFolders,
  sourcesOf,
} from './cargo';
import { CliError, UsageError } from './cli-error';
import { readTable } from './library-reader';
import { declarationFile, declarationsFor, namesFolder, writeIfChanged } from './module-file';
import { copyToNative, nativeCopies } from './native';
import { Runner } from './runner';
import { colors, counted, note, print, printError, shown, warn } from './terminal';
import { onSourceChange } from './watch';

export interface BuildOptions extends CrateOptions {
  /** True for Cargo's profile `dev` instead of `release`. */
  readonly debug?: boolean;
  /** The file or folder for the declarations; false if none are to be written. By default they are beside the library. */
  readonly types?: string | false;
  /** True to copy the libraries to the folder `native` of their npm packages. */
  readonly native?: boolean;
  readonly watch?: boolean;
  /** A command of the shell that is run after each build that succeeds. */
  readonly exec?: string;
}

/** Builds the libraries of the crates that the options choose. `cargoArgs` are passed on to Cargo. */
export async function build(cargoArgs: readonly string[], options: BuildOptions): Promise<void> {
  const { exec, types } = options;
  if (exec !== undefined && options.watch !== true) {
    throw new UsageError('--exec is for --watch', `Once, that is: rustdll build && ${exec}`);
  }
  checkProfile(options.profile);
  const project = await readProject(options.manifestPath);
  const packages = libraryPackages(project, options.manifestPath, options.package);
  if (typeof types === 'string' && packages.length > 1 && !namesFolder(types)) {
    throw severalLibraries(
      '--types names one file',
      packages.map((one) => ({ package: one })),
    );
  }
  const request: BuildRequest = {
    manifest: options.manifestPath,
    packages,
    profile: options.profile ?? (options.debug === true ? 'dev' : 'release'),
    others: cargoArgs,
  };
  if (options.watch !== true) {
    await buildOnce(project, request, options);
    return;
  }
  const runner = exec === undefined ? null : new Runner(exec);
  await onSourceChange(sourceFolders(project), outputsOf(project, packages, types), async () => {
    let libraries: string[] = [];
    try {
      libraries = await buildOnce(project, request, options);
      await runner?.restart();
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      printError(error.message, error.hint);
    }
    note('watching for changes; press Ctrl+C to stop');
    return libraries.flatMap(sourcesOf);
  });
}

/** Returns a function that is true for a path that is written by builds, or by others and has no sources. */
function outputsOf(
  project: Project,
  packages: readonly LibraryPackage[],
  types: BuildOptions['types'],
): (file: string) => boolean {
  const written = new Set(
    typeof types === 'string' ? packages.map(({ library }) => declarationFile(libraryName(library), types)) : [],
  );
  return (file) => {
    const { base } = path.parse(file);
    if (file === project.target_directory || written.has(file) || base === 'node_modules') return true;
    return base.startsWith('.') && file !== project.workspace_root;
  };
}

async function buildOnce(project: Project, request: BuildRequest, options: BuildOptions): Promise<string[]> {
  const libraries = await cargoBuild(request);
  for (const { file, owner } of libraries) {
    makeNewest(project, file, owner, options.native === true);
    await finish(file, options.types);
    if (options.native === true) print(`${colors.green('copied')} ${shown(copyToNative(file, owner))}`);
  }
  return libraries.map(({ file }) => file);
}

/**
 * Makes a library the newest of its name. Cargo does not touch a library that is up to date, and `RustDLL.find` would
 * still find what was built later with another profile, or copied to `native`.
 */
function makeNewest(project: Project, library: string, owner: LibraryPackage, willBeCopied: boolean): void {
  const { target_directory: target } = project;
  const { folder, files: copies } = nativeCopies(owner);
  const isBeside = path.join(folder, 'target') === target;
  const [copy] = copies;
  if (copy !== undefined && !isBeside && !willBeCopied) {
    warn(`RustDLL.find takes ${shown(copy)}, which is older: remove it, or build with --native`);
  }
  const built = profileFolders(target).map((one) => path.join(one, path.basename(library)));
  const files = isBeside ? [...copies, ...built] : built;
  if (!files.includes(library) || newestLibrary(files) === library) return;
  const now = new Date();
  try {
    fs.utimesSync(library, now, now);
  } catch (error) {
    warn(`RustDLL.find takes an older build: ${(error as Error).message}`);
  }
}

/** Prints what was built, and writes its declarations. */
async function finish(library: string, types: BuildOptions['types']): Promise<void> {
  print(`${colors.green('built')} ${shown(library)}`);
  if (types === false) return;
  let table;
  try {
    table = await readTable(library);
  } catch (error) {
    // The library may be for another system, which is an error only if declarations were asked for.
    if (types !== undefined || !(error instanceof CliError)) throw error;
    warn(`no declarations: ${error.message}`);
    return;
  }
  if (types === undefined && countExported(table) === 0) return;
  const out = declarationFile(library, types);
  const isNew = writeIfChanged(out, declarationsFor(library, table));
  print(
    `${colors.green('types')} ${shown(out)}: ${counted(countExported(table), 'function')}${isNew ? '' : ', unchanged'}`,
  );
}
