/** The package managers: how each installs a tarball into an empty project and runs a program there. */

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npm, program, ROOT, run, tools } from '../../scripts/shared/tools.mjs';

const modules = tools('package');
const script = (tool, name = tool) => [process.execPath, program(modules, tool, name)];

/** Returns the path of the executable in the one of the packages for each platform that is installed. */
function executable(platforms) {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return [path.join(modules, `${platforms[process.platform]}${suffix}`)];
}

const { arch } = process;
const bunArch = arch === 'arm64' ? 'aarch64' : arch;
const bun = executable({
  darwin: `@oven/bun-darwin-${bunArch}/bin/bun`,
  linux: `@oven/bun-linux-${bunArch}/bin/bun`,
  win32: `@oven/bun-windows-${bunArch}/bin/bun`,
});
// Version 10 is the last that is a program for Node 20. Later ones are for Node 22, or an executable for each platform.
const pnpm = script('pnpm');
const yarn = script('@yarnpkg/cli-dist', 'yarn');

/**
 * The managers by name: the command that adds a tarball to a project, the files of the project before that, and the
 * command that runs a program in it. npm and pnpm have no network, as all that they install is in the tarball. Where
 * the scripts of packages need permission they have it, so that a script of this one would be seen.
 */
const MANAGERS = {
  npm: { add: (tarball) => [...script('npm'), 'install', '--offline', '--ignore-scripts', tarball] },
  'npm, scripts allowed': { add: (tarball) => [...script('npm'), 'install', '--offline', tarball] },
  pnpm: { add: (tarball) => [...pnpm, 'add', '--offline', '--ignore-scripts', tarball] },
  'pnpm, scripts allowed': {
    add: (tarball) => [...pnpm, 'add', '--offline', tarball],
    files: { 'pnpm-workspace.yaml': 'dangerouslyAllowAllBuilds: true\n' },
  },
  'yarn classic': { add: (tarball) => [...script('yarn'), 'add', '--ignore-scripts', `file:${tarball}`] },
  'yarn classic, scripts allowed': { add: (tarball) => [...script('yarn'), 'add', `file:${tarball}`] },
  yarn: {
    add: (tarball) => [...yarn, 'add', `rustdll@file:${tarball}`],
    files: { '.yarnrc.yml': 'enableTelemetry: false\npnpEnableEsmLoader: true\n', 'yarn.lock': '' },
    node: [...yarn, 'node'],
  },
  'yarn, scripts allowed': {
    add: (tarball) => [...yarn, 'add', `rustdll@file:${tarball}`],
    files: {
      '.yarnrc.yml': 'enableTelemetry: false\nenableScripts: true\nnodeLinker: node-modules\n',
      'yarn.lock': '',
    },
  },
  bun: { add: (tarball) => [...bun, 'add', '--ignore-scripts', tarball] },
  'bun, scripts allowed': {
    add: (tarball) => [...bun, 'add', '--trust', tarball],
    node: bun,
  },
};

export const MANAGER_NAMES = Object.keys(MANAGERS);

/** The address of the registry, in the form that each manager expects. */
function network() {
  const [registry, cafile] = ['registry', 'cafile'].map((key) => npm(ROOT, 'config', 'get', key).trim());
  const authorities = cafile === 'null' ? {} : { NODE_EXTRA_CA_CERTS: cafile, YARN_HTTPS_CA_FILE_PATH: cafile };
  return { npm_config_registry: registry, YARN_NPM_REGISTRY_SERVER: registry.replace(/\/$/, ''), ...authorities };
}

/**
 * Installs `tarball` with a manager into a new project in `folder`, which is empty. The environment has Node, and no
 * compiler, configuration or cache.
 *
 * @returns A function that runs a program with arguments in the project, and returns its output.
 */
export function installWith(name, tarball, folder) {
  const { add, files, node } = MANAGERS[name];
  const [project, home, bin] = ['project', 'home', 'bin'].map((part) => path.join(folder, part));
  for (const part of [project, home, bin]) mkdirSync(part, { recursive: true });
  const [PATH, system] = process.platform === 'win32' ? windowsPath() : [bin, {}];
  if (process.platform !== 'win32') symlinkSync(process.execPath, path.join(bin, 'node'));
  const env = { PATH, HOME: home, USERPROFILE: home, CI: 'true', ...system, ...network() };

  writeFileSync(path.join(project, 'package.json'), '{ "name": "user", "version": "1.0.0", "private": true }\n');
  for (const [file, text] of Object.entries(files ?? {})) writeFileSync(path.join(project, file), text);
  // The path of the tarball is the last argument, or the end of it.
  const [command, ...args] = add(tarball);
  run(command, args, { cwd: project, env });

  const [runner, ...before] = node ?? [process.execPath];
  return {
    project,
    run: (...programArgs) => run(runner, [...before, ...programArgs], { cwd: project, env }),
  };
}

/** The variables that Windows itself needs, and a path with Node's folder. */
function windowsPath() {
  const { SystemRoot, TEMP, TMP, APPDATA, LOCALAPPDATA } = process.env;
  const folders = [path.dirname(process.execPath), `${SystemRoot}\\System32`];
  return [folders.join(';'), { SystemRoot, TEMP, TMP, APPDATA, LOCALAPPDATA }];
}
