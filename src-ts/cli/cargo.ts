/** Cargo: reads the packages of a project, and builds them. */

import { spawn } from 'node:child_process';
import fs = require('node:fs');
import path = require('node:path');
import { createInterface } from 'node:readline';
import { isLibraryName } from '../file/library-name';
import { CliError } from './cli-error';

interface CargoTarget {
  readonly name: string;
  readonly crate_types: readonly string[];
}

/** A package of the project. */
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

/** A line that `cargo build` writes for each thing it has built. */
interface Message {
  readonly reason: string;
  readonly package_id?: string;
  readonly target?: CargoTarget;
  readonly filenames?: readonly string[];
}

const CARGO = process.env['CARGO'] ?? 'cargo';

/** Runs Cargo. Its standard error is returned if `quiet`, and shown to the user otherwise. */
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
 * The project in the working directory, or that of a manifest.
 *
 * @throws CliError when there is none, in Cargo's words
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

/** The names of the libraries that can be loaded, as Cargo knows them. */
export function libraryNames({ targets }: CargoPackage): string[] {
  return targets.filter(isLoadable).map(({ name }) => name);
}

/** True if Cargo builds a library of a target that can be loaded. */
function isLoadable(target: CargoTarget): boolean {
  return target.crate_types.includes('cdylib');
}

/**
 * The packages that are to be built: those named, or else those Cargo takes by itself, as far as they build a library
 * that can be loaded.
 *
 * @param manifest - of the crate; otherwise it is that in the working directory or in the nearest folder above
 * @throws CliError when there are none
 */
export function libraryPackages(
  project: Project,
  manifest: string | undefined,
  names: readonly string[] = [],
): CargoPackage[] {
  const chosen = names.length === 0 ? packagesAt(project, manifest) : names.map((name) => memberCalled(project, name));
  const loadable = chosen.filter(({ targets }) => targets.some(isLoadable));
  if (loadable.length > 0) return loadable;
  const manifests = chosen.map(({ manifest_path: manifest }) => manifest).join(', ');
  throw new CliError(
    `${manifests === '' ? 'the workspace' : manifests}: no library that can be loaded is built here`,
    'Cargo.toml must say that it is a cdylib:\n\n[lib]\ncrate-type = ["cdylib"]',
  );
}

/** The member of a workspace in whose folder Cargo runs; in the workspace's own folder its default members. */
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
  readonly packages: readonly CargoPackage[];
  /** Cargo's profile by its name as an option: `--release`, or nothing. */
  readonly release: boolean;
  /** Further arguments for Cargo. */
  readonly others: readonly string[];
}

/**
 * Builds packages; Cargo shows its progress and the compiler's messages on standard error.
 *
 * @returns the libraries, by their absolute paths
 * @throws CliError when Cargo fails
 */
export async function cargoBuild({ manifest, packages, release, others }: BuildRequest): Promise<string[]> {
  const wanted = new Set(packages.map(({ id }) => id));
  const libraries: string[] = [];
  const args = [
    'build',
    '--message-format=json-render-diagnostics',
    '--lib',
    ...manifestArgs(manifest),
    ...packages.flatMap(({ name }) => ['--package', name]),
    ...(release ? ['--release'] : []),
    ...others,
  ];
  const { code } = await runCargo(args, false, (line) => {
    // A build script may print lines of its own.
    if (!line.startsWith('{')) return;
    const { reason, package_id: id = '', target, filenames = [] } = JSON.parse(line) as Message;
    if (reason !== 'compiler-artifact' || !wanted.has(id) || target === undefined || !isLoadable(target)) return;
    libraries.push(...filenames.filter(isLibraryName));
  });
  if (code !== 0) throw new CliError('cargo build failed');
  if (libraries.length > 0) return libraries;
  throw new CliError('cargo build made no library', `Looked for one among what it built of ${[...wanted].join(', ')}.`);
}

/** The folders of the project's own packages. */
export function sourceFolders(project: Project): string[] {
  return [...new Set([project.workspace_root, ...project.packages.map((one) => path.dirname(one.manifest_path))])];
}

/** The files a library was built from, packages outside of the project included: Cargo writes their list beside it. */
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
