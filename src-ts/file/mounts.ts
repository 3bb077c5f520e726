/** Looks up a path among the file systems that Linux has mounted. */

import fs = require('node:fs');

/**
 * Returns the mount point of `path` if its file system is mounted `noexec`, so that no code can be run from there.
 * Returns undefined otherwise, if it is unknown, and on systems other than Linux.
 *
 * @param path - An absolute path.
 * @param mountInfo - The table of mounts, in the form of /proc/self/mountinfo.
 */
export function noexecMount(path: string, mountInfo: string | undefined = readMountInfo()): string | undefined {
  let nearest = '';
  let options: readonly string[] = [];
  for (const line of mountInfo?.split('\n') ?? []) {
    const [, , , , escaped = '', list = ''] = line.split(' ');
    const point = unescape(escaped);
    // Of two mounts at one point the later hides the earlier.
    if (point.length >= nearest.length && isBelow(path, point)) [nearest, options] = [point, list.split(',')];
  }
  return options.includes('noexec') ? nearest : undefined;
}

function readMountInfo(): string | undefined {
  try {
    return fs.readFileSync('/proc/self/mountinfo', 'utf8');
  } catch {
    // This is another system or a sandbox without /proc, or the process may not read the table.
    return undefined;
  }
}

/** Decodes a mount point, in which white space and backslashes are written in octal. */
function unescape(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

function isBelow(path: string, point: string): boolean {
  return point === '/' || path === point || path.startsWith(`${point}/`);
}
