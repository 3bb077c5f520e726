/**
 * Runs commands, and installs the tools that only one kind of test needs, such as other runtimes and package managers.
 * The tools of each kind have a project of their own below test/, with a lock file, which is installed when first
 * needed.
 */

import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { libraryFile } from '../../test/support/library-file.cjs';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a command and returns its output; throws if the command fails. */
export function run(command, args, options = {}) {
  const { status, signal, error, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  });
  if (status === 0) return stdout;
  const reason = error?.message ?? (signal ? `ended by ${signal}` : `exit code ${status}`);
  throw new Error(`${[command, ...args].join(' ')}: ${reason}\n${stdout ?? ''}${stderr ?? ''}`);
}

/** Runs npm in a folder, and returns its output. */
export function npm(cwd, ...args) {
  // On Windows npm is a shell script.
  return run('npm', args, { cwd, shell: process.platform === 'win32' });
}

/** Returns the folder of the packages of test/`kind`. */
export function tools(kind) {
  return installed(path.join(ROOT, 'test', kind));
}

/** True if a list of a lock file, such as `["linux"]`, or its only entry has a value. */
function fits(list, value) {
  return [list].flat().includes(value);
}

/**
 * Returns the folders of the packages for this platform that are in a lock file and are not installed. npm omits an
 * optional package that it cannot fetch, and succeeds.
 */
function omitted(project, lock) {
  const { platform, arch } = process;
  const { glibcVersionRuntime } = process.report.getReport().header;
  const libc = platform === 'linux' && glibcVersionRuntime === undefined ? 'musl' : 'glibc';
  const { packages } = JSON.parse(readFileSync(lock, 'utf8'));
  return Object.keys(packages).filter((folder) => {
    const { os, cpu = arch, libc: libcs = libc } = packages[folder];
    const isWanted = fits(os, platform) && fits(cpu, arch) && fits(libcs, libc);
    return isWanted && !existsSync(path.join(project, folder));
  });
}

/**
 * Returns the folder of the packages of a project, installed from its lock file without running any of their scripts.
 * Throws if a package of this platform cannot be installed.
 */
export function installed(project) {
  const modules = path.join(project, 'node_modules');
  const lock = path.join(project, 'package-lock.json');
  const copy = path.join(modules, '.installed-lock.json');
  if (!existsSync(copy) || readFileSync(copy, 'utf8') !== readFileSync(lock, 'utf8')) {
    console.log(`${path.basename(project)}: installing its packages`);
    npm(project, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
    const missing = omitted(project, lock);
    if (missing.length > 0) throw new Error(`${project}: npm could not fetch ${missing.join(', ')}; run it again`);
    copyFileSync(lock, copy);
  }
  return modules;
}

/** Returns the path of the program `name` of the package `tool` in a folder of packages. */
export function program(modules, tool, name) {
  const { bin } = JSON.parse(readFileSync(path.join(modules, tool, 'package.json'), 'utf8'));
  return path.join(modules, tool, typeof bin === 'string' ? bin : bin[name]);
}

export { libraryFile };

/** Returns the path of a library of the tests' fixtures, which scripts/build/fixtures.mjs builds. */
export function fixture(name) {
  return path.join(ROOT, 'test', 'fixtures', 'target', name === 'clib' ? 'c' : 'release', libraryFile(name));
}
