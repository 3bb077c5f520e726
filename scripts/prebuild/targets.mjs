/** The platforms with a prebuilt addon, and the paths at which node-gyp-build looks for each. */

import path from 'node:path';
import { ROOT } from '../shared/tools.mjs';

/** The oldest supported glibc, for Zig's name of a target and for the checks. Node 20 itself needs a newer one. */
export const GLIBC = '2.17';
/** The oldest supported macOS, for the same. */
export const MACOS = '11.0';

/**
 * A target, by Node's names of its platform and processor and by Zig's.
 *
 * @typedef {{ name: string, platform: string, arch: string, libc?: 'glibc' | 'musl', triple: string }} Target
 */

/** @type {readonly Target[]} */
export const TARGETS = [
  { name: 'linux-x64', platform: 'linux', arch: 'x64', libc: 'glibc', triple: `x86_64-linux-gnu.${GLIBC}` },
  { name: 'linux-arm64', platform: 'linux', arch: 'arm64', libc: 'glibc', triple: `aarch64-linux-gnu.${GLIBC}` },
  { name: 'linux-x64-musl', platform: 'linux', arch: 'x64', libc: 'musl', triple: 'x86_64-linux-musl' },
  { name: 'linux-arm64-musl', platform: 'linux', arch: 'arm64', libc: 'musl', triple: 'aarch64-linux-musl' },
  { name: 'darwin-x64', platform: 'darwin', arch: 'x64', triple: `x86_64-macos.${MACOS}` },
  { name: 'darwin-arm64', platform: 'darwin', arch: 'arm64', triple: `aarch64-macos.${MACOS}` },
  { name: 'win32-x64', platform: 'win32', arch: 'x64', triple: 'x86_64-windows-gnu' },
  { name: 'win32-arm64', platform: 'win32', arch: 'arm64', triple: 'aarch64-windows-gnu' },
];

/** Returns the tags that prebuildify adds to the file's name, by which node-gyp-build chooses. */
export function tags(target) {
  return { armv: target.arch === 'arm64' ? '8' : undefined, libc: target.libc };
}

/** Returns the addon's path below `prebuilds`, with `/`: `linux-arm64/rustdll.armv8.glibc.node`. */
export function prebuildPath(target) {
  const { armv, libc } = tags(target);
  const name = ['rustdll', armv === undefined ? [] : `armv${armv}`, libc ?? [], 'node'].flat().join('.');
  return `${target.platform}-${target.arch}/${name}`;
}

/** The folder of the prebuilt addons. */
export const PREBUILDS = path.join(ROOT, 'prebuilds');

/** Returns the target of this name; otherwise throws an error with the existing names. */
export function targetNamed(name) {
  const target = TARGETS.find((target) => target.name === name);
  if (target !== undefined) return target;
  throw new Error(`there is no target ${name}; there are: ${TARGETS.map(({ name }) => name).join(', ')}`);
}

/** Returns the target of this machine, if there is one. */
export function hostTarget() {
  const musl = process.platform === 'linux' && process.report.getReport().header.glibcVersionRuntime === undefined;
  return targetNamed(`${process.platform}-${process.arch}${musl ? '-musl' : ''}`);
}
