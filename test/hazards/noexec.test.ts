/** A library on a file system mounted with `noexec`, in one process alone. */

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ROOT } from '../docs/workshop';
import { libraryPath } from '../support/kernels';

// Mounting requires a namespace, which some systems allow only root to create.
const canMount =
  process.platform === 'linux' && spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

(canMount ? test : test.skip)('a library on a file system that is mounted noexec', () => {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'rustdll-noexec-')));
  try {
    const mount = path.join(folder, 'no code');
    fs.mkdirSync(mount);
    const library = path.join(mount, 'libexample.so');
    const open = `
      const { RustDLL } = require(${JSON.stringify(ROOT)});
      try {
        new RustDLL(${JSON.stringify(library)});
      } catch ({ name, code, message, cause }) {
        console.log(JSON.stringify({ name, code, message, cause: cause.message }));
      }`;
    const shell = 'mount -t tmpfs -o noexec tmpfs "$1" && cp "$2" "$3" && exec "$4" -e "$5"';
    const args = [mount, libraryPath('example'), library, process.execPath, open];
    const { stdout, stderr } = spawnSync('unshare', ['-rm', 'sh', '-c', shell, 'sh', ...args], { encoding: 'utf8' });
    expect(stderr).toBe('');
    const { cause, ...error } = JSON.parse(stdout) as Record<string, string>;
    expect(cause).toContain(library);
    expect(error).toEqual({
      name: 'RustDLLError',
      code: 'ERR_RUSTDLL_LOAD',
      message: `cannot load '${library}': no code can be run from ${mount}, which is mounted noexec; put it elsewhere, or mount that with exec: ${cause}`,
    });
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
