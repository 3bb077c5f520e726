/** The ways to pack the example. Each returns the path of an archive. */

import { createPackageWithOptions } from '@electron/asar';
import { Arch, build, Platform } from 'app-builder-lib';
import electron from 'electron/package.json' with { type: 'json' };
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * Packs it with electron-builder and the example's own configuration. A folder takes the place of Electron's
 * executables.
 *
 * @param project - The example, with its dependencies installed.
 */
export async function withElectronBuilder(project, folder) {
  const standIn = path.join(folder, 'electron');
  mkdirSync(path.join(standIn, 'resources'), { recursive: true });
  for (const name of ['electron', 'LICENSE', 'LICENSES.chromium.html', 'version']) {
    writeFileSync(path.join(standIn, name), '');
    chmodSync(path.join(standIn, name), 0o755);
  }
  const config = JSON.parse(readFileSync(path.join(project, 'electron-builder.json'), 'utf8'));
  await build({
    projectDir: project,
    targets: new Map([[Platform.LINUX, new Map([[Arch[process.arch], ['dir']]])]]),
    publish: 'never',
    config: { ...config, electronVersion: electron.version, electronDist: standIn },
  });
  const unpacked = process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`;
  return path.join(project, config.directories.output, unpacked, 'resources', 'app.asar');
}

/** Packs it as Forge does: copies what is not ignored, runs the hook, and archives it with the configured options. */
export async function withForge(project, folder) {
  const { packagerConfig, hooks } = createRequire(import.meta.url)(path.join(project, 'forge.config.cjs'));
  const copy = path.join(folder, 'copy');
  const isIgnored = (file) => packagerConfig.ignore.some((pattern) => pattern.test(`/${path.relative(project, file)}`));
  cpSync(project, copy, { recursive: true, filter: (file) => !isIgnored(file) });
  await hooks.packageAfterCopy({}, copy, electron.version, process.platform, process.arch);
  return pack(copy, path.join(folder, 'forge', 'app.asar'), packagerConfig.asar);
}

/** Packs `folder` into `archive` with @electron/asar alone, and its options. */
export async function pack(folder, archive, options) {
  await createPackageWithOptions(folder, archive, options);
  return archive;
}
