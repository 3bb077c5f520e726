/**
 * Opens every prebuilt addon and checks what its file says: format, processor, size, exports, imports, hardening, oldest
 * system, signature, and that it is what prebuilds/SHA256SUMS says. Names of targets as arguments choose among them.
 */

import { statSync } from 'node:fs';
import path from 'node:path';
import { checkPrebuild } from './prebuild/check.mjs';
import { readSums, sumOf } from './prebuild/sums.mjs';
import { PREBUILDS, prebuildPath, targetNamed, TARGETS } from './prebuild/targets.mjs';

const names = process.argv.slice(2);
const targets = names.length > 0 ? names.map(targetNamed) : TARGETS;
const sums = readSums();
let failed = 0;
for (const target of targets) {
  const file = prebuildPath(target);
  const problems = checkPrebuild(target);
  if (!problems.includes('it is not there') && sums.get(file) !== sumOf(target)) {
    problems.push('not the bytes that prebuilds/SHA256SUMS names');
  }
  if (problems.length === 0)
    console.log(`${file}: ${statSync(path.join(PREBUILDS, file)).size} bytes, as it should be`);
  else failed++;
  for (const problem of problems) console.error(`${file}: ${problem}`);
}
const unknown = [...sums.keys()].filter((file) => !TARGETS.some((target) => prebuildPath(target) === file));
for (const file of unknown) console.error(`prebuilds/SHA256SUMS names ${file}, which no target has`);
process.exit(failed === 0 && unknown.length === 0 ? 0 : 1);
