/** Finds the libraries that Cargo has built. */

import path = require('node:path');
import { newestOf, profileFolders } from '../file/newest';
import { type LibraryPackage, libraryPackages, type Project, readProject } from './cargo';
import { CliError, UsageError } from './cli-error';
import { counted, shown } from './terminal';

/** The options that choose crates and a profile, as Cargo's. */
export interface CrateOptions {
  /** The names of packages of the workspace. */
  readonly package?: readonly string[];
  readonly profile?: string;
  /** The path of a Cargo.toml, which chooses the crate instead of the working directory. */
  readonly manifestPath?: string;
}

/** A library, and the package that built it; the package is unknown if a user gave the path of the library. */
export interface BuiltLibrary {
  readonly file: string;
  readonly package: LibraryPackage | null;
}

/**
 * Returns the library at a path, or else those that Cargo has built last of the crates that the options choose. Of the
 * default members of a workspace, those that are not built are left out.
 *
 * @throws UsageError if a path is given and options too; CliError if nothing is built, or not a package that is named.
 */
export async function chosenLibraries(library: string | undefined, options: CrateOptions): Promise<BuiltLibrary[]> {
  if (library !== undefined) {
    refuseOptions(library, options);
    return [{ file: path.resolve(library), package: null }];
  }
  const { profile } = options;
  checkProfile(profile);
  const project = await readProject(options.manifestPath);
  const packages = libraryPackages(project, options.manifestPath, options.package);
  const built: BuiltLibrary[] = [];
  const missing: LibraryPackage[] = [];
  for (const one of packages) {
    const file = newestOf(project.target_directory, [one.library], profile);
    if (file === undefined) missing.push(one);
    else built.push({ file, package: one });
  }
  if (missing.length > 0 && (built.length === 0 || options.package !== undefined)) {
    throw notBuilt(project, missing, options);
  }
  return built;
}

/**
 * Returns the library at a path, or else the one that Cargo has built last of the crate that the options choose.
 *
 * @throws UsageError, also if the options choose several; CliError as {@link chosenLibraries}.
 */
export async function chosenLibrary(library: string | undefined, options: CrateOptions): Promise<string> {
  const [first, ...others] = await chosenLibraries(library, options);
  if (first === undefined || others.length > 0) {
    throw severalLibraries('this command takes one library', [first, ...others]);
  }
  return first.file;
}

/** Returns the error for something that is possible only for one library; `reason` says for what. */
export function severalLibraries(
  reason: string,
  libraries: readonly ({ readonly package: { readonly name: string } | null } | undefined)[],
): UsageError {
  const names = libraries.map((library) => library?.package?.name ?? '');
  return new UsageError(
    `${reason}, and there are ${counted(names.length, 'crate')} here: ${names.join(', ')}`,
    'Choose one with --package.',
  );
}

/**
 * Checks the name of a profile.
 *
 * @throws UsageError if no profile can have that name.
 */
export function checkProfile(profile: string | undefined): void {
  if (profile === undefined || /^[\w-]+$/.test(profile)) return;
  throw new UsageError(`\`${profile}\` cannot be the name of a profile`, 'Such as: --profile release');
}

function refuseOptions(library: string, options: CrateOptions): void {
  const given = [
    ...(options.package === undefined ? [] : ['--package']),
    ...(options.profile === undefined ? [] : ['--profile']),
    ...(options.manifestPath === undefined ? [] : ['--manifest-path']),
  ];
  const [option] = given;
  if (option === undefined) return;
  throw new UsageError(
    `${option} chooses one of the libraries that Cargo has built, and ${library} is given already`,
    'Leave one of the two out.',
  );
}

function notBuilt(project: Project, missing: readonly LibraryPackage[], options: CrateOptions): CliError {
  const { profile } = options;
  // With a profile, its usual folder is the first.
  const place = profile === undefined ? project.target_directory : profileFolders(project.target_directory, profile)[0];
  const names = options.package === undefined ? '' : ` of ${missing.map(({ name }) => name).join(', ')}`;
  const command = [
    'rustdll build',
    ...(options.package === undefined ? [] : missing.map(({ name }) => `--package ${name}`)),
    ...(profile === undefined ? [] : [profile === 'debug' ? '--debug' : `--profile ${profile}`]),
    ...(options.manifestPath === undefined ? [] : [`--manifest-path ${options.manifestPath}`]),
  ];
  return new CliError(`no library${names} is built in ${shown(place ?? '')}`, `Build it: ${command.join(' ')}`);
}
