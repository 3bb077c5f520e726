/**
 * Makes the prebuilt addons in `prebuilds`, for all platforms on one machine.
 *
 *     npm run prebuild                                all, and prebuilds/SHA256SUMS
 *     npm run prebuild -- --check                     all, whose sums have to be those in prebuilds/SHA256SUMS
 *     npm run prebuild -- --host                      this machine's
 *     npm run prebuild -- --target linux-x64-musl     that one; may be given more than once
 */

import { mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import prebuildify from 'prebuildify';
import { checkPrebuild } from '../prebuild/check.mjs';
import { readSums, sumOf, writeSums } from '../prebuild/sums.mjs';
import { hostTarget, PREBUILDS, prebuildPath, tags, targetNamed, TARGETS } from '../prebuild/targets.mjs';
import { zig } from '../prebuild/zig.mjs';
import { ROOT } from '../shared/tools.mjs';

const nodeGyp = fileURLToPath(new URL('../prebuild/node-gyp.mjs', import.meta.url));

/** Makes the addon of one target. prebuildify names and places the file. */
async function prebuild(target) {
  // A folder of its own, as prebuildify moves the addon out of build/Release, where the checkout has its own build.
  const folder = path.join(ROOT, 'build', 'prebuild', target.name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  process.env.RUSTDLL_TARGET = target.name;
  const { platform, arch } = target;
  const { armv, libc } = tags(target);
  await promisify(prebuildify)({
    ...{ name: 'rustdll', napi: true, cwd: folder, out: ROOT, cache: path.join(folder, 'cache'), nodeGyp },
    ...{ platform, arch, armv, tagArmv: armv !== undefined, libc, tagLibc: libc !== undefined },
  });
  rmSync(folder, { recursive: true });
}

const { values } = parseArgs({
  options: { host: { type: 'boolean' }, target: { type: 'string', multiple: true }, check: { type: 'boolean' } },
});
const targets = [...(values.target ?? []).map(targetNamed), ...(values.host ? [hostTarget()] : [])];
const all = targets.length === 0;
if (all) {
  // Any other file here would be packed.
  for (const target of TARGETS)
    rmSync(path.join(PREBUILDS, path.dirname(prebuildPath(target))), { recursive: true, force: true });
  targets.push(...TARGETS);
}

zig();
const wrong = [];
for (const target of targets) {
  await prebuild(target);
  const file = prebuildPath(target);
  console.log(`prebuild: ${file}, ${statSync(path.join(PREBUILDS, file)).size} bytes`);
  wrong.push(...checkPrebuild(target).map((problem) => `${file}: ${problem}`));
}
if (all && !values.check) {
  writeSums();
  console.log('prebuild: wrote prebuilds/SHA256SUMS');
} else {
  const sums = readSums();
  for (const target of targets) {
    const file = prebuildPath(target);
    if (sumOf(target) === sums.get(file)) continue;
    const difference = `${file}: not the bytes that prebuilds/SHA256SUMS names`;
    if (values.check) wrong.push(difference);
    else console.log(`prebuild: ${difference}`);
  }
}
for (const problem of wrong) console.error(`prebuild: ${problem}`);
process.exit(wrong.length === 0 ? 0 : 1);
