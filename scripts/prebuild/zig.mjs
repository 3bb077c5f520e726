/** Installs the compiler from PyPI: Zig's, which is Clang with the headers and C libraries of every target. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cached } from './cache.mjs';
import { pip } from './pip.mjs';

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));
const [, version] = /^ziglang==(\S+)/m.exec(readFileSync(requirements, 'utf8'));

function installed() {
  return cached(`ziglang-${version}`, (folder) => {
    console.log(`prebuild: installing Zig ${version}`);
    pip('install', '--require-hashes', '--target', folder, '--requirement', requirements);
  });
}

/** Returns the path of the compiler. If it is missing, exactly one version is installed, whose sum is checked. */
export function zig() {
  return path.join(installed(), 'ziglang', process.platform === 'win32' ? 'zig.exe' : 'zig');
}

/** Returns the folder of the compiler's headers and sources. */
export function zigLib() {
  return path.join(installed(), 'ziglang', 'lib');
}
