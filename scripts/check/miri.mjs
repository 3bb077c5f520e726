/**
 * Runs the unit tests of the crate under Miri, which detects undefined behaviour, as the crate reads and writes the
 * memory of a host. If the nightly toolchain has no Miri, it says so and succeeds; with `--strict` it fails.
 *
 * Provenance is permissive since a frame has addresses as integers, as hosts in other languages write them.
 */

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '../shared/tools.mjs';

const cargo = (args, options) => spawnSync('cargo', ['+nightly', 'miri', ...args], options).status === 0;

if (!cargo(['--version'])) {
  console.log('miri: skipped: rustup toolchain install nightly --component miri,rust-src');
  process.exit(process.argv.includes('--strict') ? 1 : 0);
}
const env = { ...process.env, MIRIFLAGS: '-Zmiri-permissive-provenance' };
const options = { cwd: path.join(ROOT, 'rust'), stdio: 'inherit', env };
process.exit(cargo(['test', '--locked', '--quiet', '--lib', '--package', 'rustdll'], options) ? 0 : 1);
