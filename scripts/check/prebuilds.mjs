/**
 * Checks the file of every prebuilt addon: format, processor, size, exports, imports, hardening, oldest supported
 * system, signature, and the sum in prebuilds/SHA256SUMS; then damages copies of it to verify that the check detects
 * it. Arguments select targets by name.
 */

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkPrebuild } from '../prebuild/check.mjs';
import { damagesOf, unseen } from '../prebuild/damages.mjs';
import { readSums, sumOf } from '../prebuild/sums.mjs';
import { PREBUILDS, prebuildPath, targetNamed, TARGETS } from '../prebuild/targets.mjs';

const names = process.argv.slice(2);
const targets = names.length > 0 ? names.map(targetNamed) : TARGETS;
const sums = readSums();
let failed = 0;
for (const target of targets) {
  const file = prebuildPath(target);
  const place = path.join(PREBUILDS, file);
  const problems = checkPrebuild(target);
  if (existsSync(place)) {
    const bytes = readFileSync(place);
    if (sums.get(file) !== sumOf(target)) problems.push('not the bytes that prebuilds/SHA256SUMS names');
    // Damages prove nothing if the addon itself has problems.
    if (problems.length === 0) problems.push(...unseen(target, bytes));
    if (problems.length === 0) {
      console.log(`${file}: ${bytes.length} bytes, as it should be; ${damagesOf(target).length} damages are seen`);
    }
  }
  if (problems.length > 0) failed++;
  for (const problem of problems) console.error(`${file}: ${problem}`);
}
const unknown = [...sums.keys()].filter((file) => !TARGETS.some((target) => prebuildPath(target) === file));
for (const file of unknown) console.error(`prebuilds/SHA256SUMS names ${file}, which no target has`);
process.exit(failed === 0 && unknown.length === 0 ? 0 : 1);
