/** Makes the tarball that npm would publish. */

import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { npm, ROOT } from './tools.mjs';

const HOST = `${process.platform}-${process.arch}`;

/** Returns the folders of all dependencies, which are bundled in the tarball, as paths relative to the repository. */
export function dependencies() {
  const [, ...folders] = npm(ROOT, 'ls', '--omit=dev', '--all', '--parseable', '--loglevel=error')
    .trim()
    .split(/\r?\n/);
  return folders.map((folder) => path.relative(ROOT, folder).replaceAll('\\', '/'));
}

/**
 * Packs the package into the empty folder `folder`, without running any of its scripts. If there is no prebuilt addon
 * for this machine, the checkout's own build is packed instead, so that the package works here in any case.
 *
 * @returns The path of the tarball, its size in bytes, and the paths of the files in it.
 */
export function pack(folder) {
  const staged = path.join(folder, 'staged');
  const { files } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const parts = [
    'package.json',
    'README.md',
    'LICENSE',
    ...files.map((pattern) => pattern.split('/')[0]),
    ...dependencies(),
  ];
  for (const part of new Set(parts)) {
    if (existsSync(path.join(ROOT, part))) cpSync(path.join(ROOT, part), path.join(staged, part), { recursive: true });
  }
  const prebuilds = path.join(staged, 'prebuilds', HOST);
  if (!existsSync(prebuilds) || readdirSync(prebuilds).length === 0) {
    mkdirSync(prebuilds, { recursive: true });
    cpSync(path.join(ROOT, 'build', 'Release', 'rustdll.node'), path.join(prebuilds, 'rustdll.node'));
  }
  const [packed] = JSON.parse(
    npm(staged, 'pack', '--json', '--ignore-scripts', '--loglevel=error', `--pack-destination=${folder}`),
  );
  return {
    tarball: path.join(folder, packed.filename),
    size: packed.size,
    files: packed.files.map((file) => file.path),
  };
}

/** Makes `folder` a project with the package installed from `tarball`, without network access. */
export function install(tarball, folder) {
  npm(folder, 'install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', tarball);
}
