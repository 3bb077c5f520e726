/** The runtimes of test/runtimes, besides the Node that runs a script. */

import { existsSync } from 'node:fs';
import path from 'node:path';

/** The versions of Node, which are installed on Linux only. */
export const VERSIONS = ['20', '22', '24', '26'];
export const OTHERS = ['bun', 'deno'];

const { platform, arch } = process;
const suffix = platform === 'win32' ? '.exe' : '';

/** Returns the path of a runtime in a folder of installed packages. It may be missing. */
export function runtimeFile(modules, name) {
  if (VERSIONS.includes(name)) return path.join(modules, `node-${name}-${arch}`, 'bin', 'node');
  if (name === 'bun') {
    const target = `${platform === 'win32' ? 'windows' : platform}-${arch === 'arm64' ? 'aarch64' : arch}`;
    const file = path.join(modules, `@oven/bun-${target}/bin/bun${suffix}`);
    // The package's install script, if it is allowed to run, moves the file there on every platform.
    return existsSync(file) ? file : path.join(modules, 'bun', 'bin', 'bun.exe');
  }
  const target = `${platform}-${arch}${platform === 'linux' ? '-glibc' : ''}`;
  return path.join(modules, `@deno/${target}/deno${suffix}`);
}
