/**
 * Builds the addon with node-gyp into build/Release, in the folder given or in the checkout. The headers of the running
 * Node are used where it was installed with them, so that nothing has to be downloaded.
 */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = path.resolve(process.argv[2] ?? root);
const nodeGyp = createRequire(import.meta.url).resolve('node-gyp/bin/node-gyp.js');
const prefix = path.resolve(process.execPath, '..', '..');
const headers = existsSync(path.join(prefix, 'include', 'node', 'node.h')) ? [`--nodedir=${prefix}`] : [];

const { status } = spawnSync(process.execPath, [nodeGyp, 'rebuild', '--loglevel=warn', '-C', folder, ...headers], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
