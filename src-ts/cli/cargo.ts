/** Reads a project's packages by Cargo, and builds them. */

import { spawn } from 'node:child_process';
import fs = require('node:fs');
import path = require('node:path');
import { createInterface } from 'node:readline';
import { isLibraryName, libraryName } from '../file/library-name';
import { CliError } from './cli-error';

interface CargoTarget {
  readonly name: string;
  readonly kind: readonly string[];
  readonly crate_types: readonly string[];
}

export interface CargoPackage {
  readonly id: string;
  readonly name: string;
  readonly manifest_path: string;
  readonly targets: readonly CargoTarget[];
}

/** The answer of `cargo metadata`. */
export interface Project {
  readonly packages: readonly CargoPackage[];
  readonly workspace_members: readonly string[];
  readonly workspace_default_members: readonly string[];
  readonly workspace_root: string;
  readonly target_directory: string;
}

/** A line of the output of `cargo build`. */
interface Message {
  readonly reason: string;
  readonly package_id?: string;
  readonly target?: CargoTarget;
  readonly filenames?: readonly string[];
}

const CARGO = process.env['CARGO'] ?? 'cargo';

/** Runs Cargo, whose standard error is returned if `quiet`, and otherwise shown to the user. */
function runCargo(
  args: readonly string[],
  quiet: boolean,
  onLine: (line: string) => void,
): Promise<{ code: number | null; complaint: string }> {
  const child = spawn(CARGO, args, { stdio: ['ignore', 'pipe', quiet ? 'pipe' : 'inherit'] });
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', onLine);
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'ENOENT'
          ? new CliError(
              `${CARGO} was not found`,
              'Install Rust (https://rustup.rs), or set CARGO to the path of cargo.',
            )
          : error,
      );
    });
    child.once('close', (code) => resolve({ code, complaint }));
  });
}

/**
 * Reads the project of the working directory, or that of a manifest.
 *
 * @throws CliError with Cargo's message if there is none.
 */
export async function readProject(manifest?: string): Promise<Project> {
  let json = '';
  const args = ['metadata', '--no-deps', '--format-version', '1', ...manifestArgs(manifest)];
  const { code, complaint } = await runCargo(args, true, (line) => (json += line));
  if (code !== 0) {
    const hasManifest = manifest !== undefined || manifestFrom(process.cwd()) !== undefined;
    const hint = !hasManifest ? 'Run this in the folder of a crate, or make one: rustdll new <name>' : '';
    throw new CliError(complaint.trim().replace(/^error: /, ''), hint);
  }
  return JSON.parse(json) as Project;
}

function manifestArgs(manifest: string | undefined): string[] {
  return manifest === undefined ? [] : ['--manifest-path', manifest];
}

/** A package that builds a library that can be loaded. */
export interface LibraryPackage extends CargoPackage {
  /** The name of the library, from which rustc makes the name of its file. */
  readonly library: string;
  /** The forms in which Cargo builds the library, such as `cdylib` and `rlib`. */
  readonly types: readonly string[];
}

/** True if a target is the library of its package, and can be loaded. A package may also have examples that can be. */
function isLoadable({ kind, crate_types: types }: CargoTarget): boolean {
  return types.includes('cdylib') && !kind.includes('example');
}

/**
 * Returns those packages that build a library that can be loaded, of the packages named, or else of those that Cargo
 * would choose.
 *
 * @param manifest - The manifest of the crate; by default that in the working directory or in the nearest folder above.
 * @throws CliError if there are none, or if two of them build the same file.
 */
export function libraryPackages(
  project: Project,
  manifest: string | undefined,
  names: readonly string[] = [],
): LibraryPackage[] {
  const chosen =
    names.length === 0 ? packagesAt(project, manifest) : [...new Set(names)].map((name) => memberCalled(project, name));
  const loadable = chosen.flatMap((one) => {
    const target = one.targets.find(isLoadable);
    return target === undefined ? [] : [{ ...one, library: target.name, types: target.crate_types }];
  });
  checkFiles(loadable);
  if (loadable.length > 0) return loadable;
  const manifests = chosen.map(({ manifest_path: manifest }) => manifest).join(', ');
  throw new CliError(
    `${manifests === '' ? 'the workspace' : manifests}: no library that can be loaded is built here`,
    'Cargo.toml must say that it is a cdylib:\n\n[lib]\ncrate-type = ["cdylib"]',
  );
}

/** Checks that each library has a file of its own; Cargo overwrites one with the other. */
function checkFiles(packages: readonly LibraryPackage[]): void {
  const owners = new Map<string, string>();
  for (const { name, library } of packages) {
    const file = libraryName(library);
    const other = owners.get(file);
    if (other !== undefined) {
      throw new CliError(
        `the packages \`${other}\` and \`${name}\` both build ${file}`,
        'Give one of the libraries another name in its Cargo.toml ([lib] name = "..."), or choose one with --package.',
      );
    }
    owners.set(file, name);
  }
}

/** Returns the member of a workspace in whose folder Cargo runs; in the workspace's own folder its default members. */
function packagesAt(project: Project, manifest: string | undefined): CargoPackage[] {
  const nearest = manifest === undefined ? manifestFrom(process.cwd()) : path.resolve(manifest);
  const isNearest = (file: string): boolean => nearest !== undefined && sameFile(file, nearest);
  const members = isNearest(path.join(project.workspace_root, 'Cargo.toml'))
    ? []
    : project.packages.filter((one) => isNearest(one.manifest_path));
  if (members.length > 0) return members;
  return project.packages.filter(({ id }) => project.workspace_default_members.includes(id));
}

function manifestFrom(folder: string): string | undefined {
  const file = path.join(folder, 'Cargo.toml');
  if (fs.existsSync(file)) return file;
  const above = path.dirname(folder);
  return above === folder ? undefined : manifestFrom(above);
}

function sameFile(left: string, right: string): boolean {
  return left === right || (fs.existsSync(right) && fs.realpathSync(left) === fs.realpathSync(right));
}

function memberCalled(project: Project, name: string): CargoPackage {
  const members = project.packages.filter(({ id }) => project.workspace_members.includes(id));
  const found = members.find((member) => member.name === name);
  if (found !== undefined) return found;
  throw new CliError(
    `there is no package \`${name}\` in ${project.workspace_root}`,
    `It has ${members.map((member) => member.name).join(', ')}.`,
  );
}

/** The packages to build, and the options for Cargo. */
export interface BuildRequest {
  readonly manifest: string | undefined;
  readonly packages: readonly LibraryPackage[];
  /** The name of Cargo's profile. */
  readonly profile: string;
  /** Further arguments for Cargo. */
  readonly others: readonly string[];
}

/** A library that Cargo has built, by its absolute path, and its package. */
export interface CargoLibrary {
  readonly file: string;
  readonly owner: LibraryPackage;
}

/**
 * Builds packages. Cargo shows its progress and the compiler's messages on standard error.
 *
 * @throws CliError if Cargo fails.
 */
export async function cargoBuild(request: BuildRequest): Promise<CargoLibrary[]> {
  const { packages } = request;
  const alone = packages.filter(({ types }) => types.some((type) => type !== 'cdylib'));
  const others = packages.filter((one) => !alone.includes(one));
  const libraries: CargoLibrary[] = [];
  // Cargo ignores `lto` for a library that is an `rlib` too, unless it is asked for the `cdylib` alone, which it builds
  // of one package at a time.
  for (const one of alone) libraries.push(...(await runBuild(['rustc', '--crate-type', 'cdylib'], [one], request)));
  if (others.length > 0) libraries.push(...(await runBuild(['build'], others, request)));
  if (libraries.length > 0) return libraries;
  throw new CliError(
    'cargo build made no library',
    `Looked for one among what it built of ${packages.map(({ id }) => id).join(', ')}.`,
  );
}

async function runBuild(
  command: readonly string[],
  packages: readonly LibraryPackage[],
  { manifest, profile, others }: BuildRequest,
): Promise<CargoLibrary[]> {
  const libraries: CargoLibrary[] = [];
  const args = [
    ...command,
    '--message-format=json-render-diagnostics',
    '--lib',
    ...manifestArgs(manifest),
    ...packages.flatMap(({ name }) => ['--package', name]),
    ...profileArgs(profile),
    ...others,
  ];
  const { code } = await runCargo(args, false, (line) => {
    // A build script may print lines of its own.
    if (!line.startsWith('{')) return;
    const { reason, package_id: id, target, filenames = [] } = JSON.parse(line) as Message;
    const owner = packages.find((one) => one.id === id);
    if (reason !== 'compiler-artifact' || owner === undefined || target === undefined || !isLoadable(target)) return;
    for (const file of filenames.filter(isLibraryName)) libraries.push({ file, owner });
  });
  if (code !== 0) throw new CliError('cargo build failed');
  return libraries;
}

/** Returns the options for a profile. The default takes none, so that `others` may choose one too. */
function profileArgs(profile: string): string[] {
  if (profile === 'dev') return [];
  return profile === 'release' ? ['--release'] : ['--profile', profile];
}

/** Returns the folders of the project's own packages. */
export function sourceFolders(project: Project): string[] {
  return [...new Set([project.workspace_root, ...project.packages.map((one) => path.dirname(one.manifest_path))])];
}

/**
 * Returns the files from which a library was built, also those of packages outside of the project. Cargo writes them
 * beside the library.
 */
export function sourcesOf(library: string): string[] {
  try {
    const { dir, name } = path.parse(library);
    const rule = fs.readFileSync(path.join(dir, `${name}.d`), 'utf8');
    const [, list = ''] = /^(?:\\.|[^\\\n])*?: (.*)$/m.exec(rule) ?? [];
    return [...list.matchAll(/(?:\\ |\S)+/g)].map(([file]) => file.replaceAll('\\ ', ' '));
  } catch {
    return [];
  }
}
