/** `rustdll new`: creates a crate and the npm package around it. */

import fs = require('node:fs');
import path = require('node:path');
import { CliError, UsageError } from './cli-error';
import { manifest } from './manifest';
import { projectFiles } from './template/project';
import { colors, print, shown } from './terminal';

/** The language of the package, and where it takes `rustdll` from: by default the checkout of the command, or registries. */
export interface NewOptions {
  /** True for a package in TypeScript. */
  readonly ts?: boolean;
  /** The folder of the crate `rustdll`. */
  readonly cratePath?: string;
  /** The folder of the npm package `rustdll`. */
  readonly packagePath?: string;
}

/** Names that Cargo or Rust refuses, or that have another meaning. */
const REFUSED: ReadonlySet<string> = new Set(
  (
    'abstract alloc as async await become box break build const continue core crate deps do dyn else enum examples ' +
    'extern false final fn for gen if impl in incremental let loop macro match mod move mut override priv proc_macro ' +
    'proc-macro pub ref return rustdll self static std struct super test trait true try type typeof unsafe unsized use ' +
    'virtual where while yield node_modules con prn aux nul'
  ).split(' '),
);

/** Creates a project in the folder `place`, whose name is also that of the crate and of the package. */
export function create(place: string, options: NewOptions): void {
  const folder = path.resolve(place);
  const name = path.basename(folder);
  if (!/^[a-z][a-z0-9_-]*$/.test(name) || REFUSED.has(name)) {
    throw new UsageError(
      `\`${name}\` cannot be the name of a crate and a package`,
      'Take lower-case letters, digits, - and _, and no word of Rust: rustdll new my-library',
    );
  }
  const parent = path.dirname(folder);
  const version = manifest().version;
  const { cratePath, packagePath } = { ...ofCheckout(), ...options };
  const files = projectFiles({
    name,
    library: name.replaceAll('-', '_'),
    isTypeScript: options.ts === true,
    crate:
      cratePath === undefined
        ? JSON.stringify(version.split('.').slice(0, 2).join('.'))
        : `{ path = ${JSON.stringify(pathFrom(folder, cratePath))} }`,
    package: packagePath === undefined ? `^${version}` : `file:${pathFrom(folder, packagePath)}`,
    isInWorkspace: hasManifestAbove(parent),
  });

  fs.mkdirSync(parent, { recursive: true });
  try {
    // Fails if anything has that name, also if another process has just created it.
    fs.mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new CliError(`${shown(folder)} exists already`, 'Choose another name, or remove it first.', { cause: error });
  }
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  }
  print(`${colors.green('made')} ${shown(folder)}: ${Object.keys(files).join(', ')}`);
  print(`\nNext:\n  cd ${shown(folder)}\n  npm install\n  npm test`);
}

/** Returns the crate and the package of the checkout to which this command belongs; nothing if it is installed. */
function ofCheckout(): NewOptions {
  const root = path.join(__dirname, '..', '..');
  const cratePath = path.join(root, 'rust', 'rustdll');
  return fs.existsSync(path.join(cratePath, 'Cargo.toml')) ? { cratePath, packagePath: root } : {};
}

/** Returns the path of `target` relative to `folder`, with slashes on all systems. */
function pathFrom(folder: string, target: string): string {
  return path.relative(folder, path.resolve(target)).replaceAll('\\', '/');
}

/** True if Cargo would consider the crate a part of a workspace. */
function hasManifestAbove(folder: string): boolean {
  if (fs.existsSync(path.join(folder, 'Cargo.toml'))) return true;
  const above = path.dirname(folder);
  return above !== folder && hasManifestAbove(above);
}
