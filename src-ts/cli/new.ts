/** `rustdll new`: a crate and the Node package around it. */

import fs = require('node:fs');
import path = require('node:path');
import { CliError, UsageError } from './cli-error';
import { manifest } from './manifest';
import { projectFiles } from './template';
import { colors, print, shown } from './terminal';

/**
 * The folders to take the crate and the package from. By default that is the checkout of the command, or a registry.
 */
export interface NewOptions {
  /** The folder of the crate `rustdll`. */
  readonly cratePath?: string;
  /** The folder of the npm package. */
  readonly packagePath?: string;
}

/** Names that Cargo or Rust refuses, or that mean something else. */
const REFUSED: ReadonlySet<string> = new Set(
  (
    'abstract alloc as async await become box break build const continue core crate deps do dyn else enum examples ' +
    'extern false final fn for gen if impl in incremental let loop macro match mod move mut override priv proc_macro ' +
    'proc-macro pub ref return rustdll self static std struct super test trait true try type typeof unsafe unsized use ' +
    'virtual where while yield node_modules con prn aux nul'
  ).split(' '),
);

/** Makes the folder `place`, which is also how the crate and the package are called. */
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
    crate:
      cratePath === undefined
        ? JSON.stringify(version.split('.').slice(0, 2).join('.'))
        : `{ path = ${JSON.stringify(pathFrom(folder, cratePath))} }`,
    package: packagePath === undefined ? `^${version}` : `file:${pathFrom(folder, packagePath)}`,
    isInWorkspace: hasManifestAbove(parent),
  });

  fs.mkdirSync(parent, { recursive: true });
  try {
    // Fails if there is anything of that name, also if it came only now.
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

/** The crate and the package of the checkout that this command is in; nothing if it is an installed package's. */
function ofCheckout(): NewOptions {
  const root = path.join(__dirname, '..', '..');
  const cratePath = path.join(root, 'rust', 'rustdll');
  return fs.existsSync(path.join(cratePath, 'Cargo.toml')) ? { cratePath, packagePath: root } : {};
}

/** `target` as a path from `folder`, in the form that all systems read. */
function pathFrom(folder: string, target: string): string {
  return path.relative(folder, path.resolve(target)).replaceAll('\\', '/');
}

/** True if Cargo would take the crate for a part of a workspace. */
function hasManifestAbove(folder: string): boolean {
  if (fs.existsSync(path.join(folder, 'Cargo.toml'))) return true;
  const above = path.dirname(folder);
  return above !== folder && hasManifestAbove(above);
}
