/** Finds the addon, built from source or prebuilt for this platform, and loads it. */

import path = require('node:path');
import fs = require('node:fs');
import { RustDLLError } from '../../errors/errors';
import { type Libc, libcOfProgram, runningLibc } from '../../runtime/libc';

/** The properties of a process that decide which addon it needs. */
export interface Host {
  readonly platform: string;
  readonly arch: string;
  /** The C library of the process; undefined if the platform has only one, or if it is unknown. */
  readonly libc: Libc['name'] | undefined;
  /** The path of the program. */
  readonly execPath: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

function runningHost(): Host {
  const { platform, arch, execPath, env } = process;
  // If a program was started through its loader, `execPath` is that of the loader.
  const libc = platform === 'linux' ? (libcOfProgram(execPath) ?? runningLibc()?.name) : undefined;
  return { platform, arch, libc, execPath, env };
}

/** Returns the name that `npm run prebuild` gives the addon for `host`. */
function prebuiltName({ arch, libc }: Host): string {
  return ['rustdll', ...(arch === 'arm64' ? ['armv8'] : []), ...(libc === undefined ? [] : [libc]), 'node'].join('.');
}

interface Candidates {
  /** The folders of an addon that was built from source. */
  readonly built: readonly string[];
  /** The files that may be the prebuilt one. */
  readonly prebuilt: readonly string[];
}

/**
 * Returns the places of the addon for the package in `folder`: those that node-gyp-build searches, in its order, and
 * then beside the program itself, which may be an executable that contains the package.
 */
function candidates(folder: string, host: Host): Candidates {
  const elsewhere = host.env['RUSTDLL_PREBUILD'];
  const root = path.resolve(elsewhere === undefined || elsewhere === '' ? folder : elsewhere);
  // The name of the published file, and that of a file that was built from source.
  const names = [...new Set([prebuiltName(host), 'rustdll.node'])];
  const prebuilt = names.map((name) => path.join('prebuilds', `${host.platform}-${host.arch}`, name));
  const program = path.dirname(host.execPath);
  const inside = (place: string, files: readonly string[]): string[] => files.map((file) => path.join(place, file));
  return {
    built: host.env['PREBUILDS_ONLY'] ? [] : ['Release', 'Debug'].map((kind) => path.join(root, 'build', kind)),
    prebuilt: [...inside(root, prebuilt), ...inside(program, [...prebuilt, ...names])],
  };
}

/** The environment variables by which node-gyp-build, or npm, selects an addon for another platform. */
const TOLD = ['LIBC', 'ARM_VERSION', 'npm_config_arch', 'npm_config_platform'];

/**
 * Returns the path of the addon for the host: the first that was built from source, or the prebuilt one. That takes a
 * tenth of the time of loading node-gyp-build, which moreover assumes glibc on every Linux without the file
 * /etc/alpine-release. Returns undefined if there is none, or if the environment selects another one.
 */
export function addonPath(folder: string, host: Host): string | undefined {
  if (TOLD.some((name) => host.env[name])) return undefined;
  const { built, prebuilt } = candidates(folder, host);
  for (const place of built) {
    const [name] = addonsIn(place);
    if (name !== undefined) return path.join(place, name);
  }
  return prebuilt.find((file) => fs.existsSync(file));
}

function addonsIn(folder: string): string[] {
  try {
    return fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.endsWith('.node')) : [];
  } catch {
    return [];
  }
}

/** The advice if a bundler has moved the code of the package without the addon. */
const BUNDLED =
  "This is a bundle with the code of rustdll in it. Leave the package out of the bundle: `serverExternalPackages: ['rustdll']` in the configuration of Next, `external: ['rustdll']` or the like elsewhere. Or put the addon at one of these places; docs/bundlers.md has both for each bundler.";

/** True if `folder` is the folder of the installed package. */
function isPackage(folder: string): boolean {
  try {
    const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
      name?: unknown;
    } | null;
    return manifest?.name === 'rustdll';
  } catch {
    return false;
  }
}

/** Makes the error for an addon that does not exist, or that could not be loaded because of `cause`. */
export function addonError(folder: string, host: Host, cause: unknown): RustDLLError {
  const target = `${host.platform}-${host.arch}${host.libc === undefined ? '' : ` (${host.libc})`}`;
  const { built, prebuilt } = candidates(folder, host);
  const tried = [...built.map((place) => path.join(place, '*.node')), ...prebuilt];
  const reason = cause instanceof Error ? cause.message : String(cause);
  const isThere = built.some((place) => addonsIn(place).length > 0) || prebuilt.some((file) => fs.existsSync(file));
  const lines = isThere
    ? [`rustdll's native addon for ${target} could not be loaded: ${reason}`, 'It was looked for at:']
    : [`rustdll has no native addon for ${target} here. Tried:`];
  lines.push(...tried.map((file) => `  ${file}`));
  if (!isThere && !isPackage(folder)) lines.push(BUNDLED);
  lines.push(
    'Prebuilt addons come with the package for Linux (glibc and musl), macOS and Windows, each on x64 and arm64; if this is one of them, install the package again, or see that a bundler or packer keeps its folder prebuilds.',
    'Otherwise build it: run `npm install` and `npm run build` in a checkout of rustdll, and set RUSTDLL_PREBUILD to the path of the checkout.',
  );
  return new RustDLLError('ERR_RUSTDLL_ABI', lines.join('\n'), { cause });
}

/**
 * Loads the file of an addon, and returns what `require` would. A `require` of a path that is not written in the source
 * would be changed by bundlers.
 */
function load(file: string): unknown {
  // Node's class of modules. Bundlers and other runtimes have other ones.
  const loader = module.constructor as { _load?: (file: string) => unknown };
  if (Object.hasOwn(loader, '_load')) return loader._load?.(file);
  // Loading this module of Node's takes longer than loading the addon.
  const { createRequire } = require('node:module') as typeof import('node:module');
  return createRequire(file)(file);
}

/**
 * Loads the addon.
 *
 * @returns Its exports.
 * @throws RustDLLError if there is none for this platform, with all places where it could be, or if it cannot be
 *   loaded.
 */
export function loadAddon(): unknown {
  const folder = path.join(__dirname, '../../..');
  const host = runningHost();
  try {
    const file = addonPath(folder, host);
    if (file !== undefined) return load(file);
    return (require('./bundled') as typeof import('./bundled')).loadBundled();
  } catch (cause) {
    throw addonError(folder, host, cause);
  }
}
