/** Node's single executable applications: a copy of Node with the bundle in it, and the addon beside it. */

import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inject } from 'postject';

const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';
const NAME = `program${process.platform === 'win32' ? '.exe' : ''}`;
const executable = path.join('dist', NAME);

/** True if such a program can be made of this Node. Some distributions build it as a small program around a library. */
export const isPossible = readFileSync(process.execPath).includes(FUSE);

/** @param how - Copies the addon to the place where the program looks for it. */
async function make(how) {
  await build({
    entryPoints: ['program.mjs'],
    bundle: true,
    platform: 'node',
    minify: true,
    outfile: 'program.cjs',
    logLevel: 'warning',
  });
  const config = { main: 'program.cjs', output: 'program.blob', disableExperimentalSEAWarning: true };
  writeFileSync('sea.json', JSON.stringify(config));
  execFileSync(process.execPath, ['--experimental-sea-config', 'sea.json'], { stdio: 'pipe' });
  cpSync(process.execPath, executable);
  chmodSync(executable, 0o755);
  const isMac = process.platform === 'darwin';
  if (isMac) execFileSync('codesign', ['--remove-signature', executable]);
  await inject(executable, 'NODE_SEA_BLOB', readFileSync('program.blob'), {
    sentinelFuse: FUSE,
    ...(isMac ? { machoSegmentName: 'NODE_SEA' } : {}),
  });
  if (isMac) execFileSync('codesign', ['--sign', '-', executable]);
  how();
}

const prebuilds = path.join('node_modules', 'rustdll', 'prebuilds');

export default {
  'inside, the addon beside it': {
    file: executable,
    alone: true,
    executable: true,
    run: () =>
      make(() => {
        const folder = path.join(prebuilds, `${process.platform}-${process.arch}`);
        for (const name of readdirSync(folder)) cpSync(path.join(folder, name), path.join('dist', name));
      }),
  },
  'inside, the prebuilds beside it': {
    file: executable,
    alone: true,
    executable: true,
    run: () => make(() => cpSync(prebuilds, path.join('dist', 'prebuilds'), { recursive: true })),
  },
};
