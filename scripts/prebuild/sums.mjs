/** prebuilds/SHA256SUMS: what every prebuilt addon must be, to the byte. The format is that of `sha256sum`. */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PREBUILDS, prebuildPath, TARGETS } from './targets.mjs';

const SUMS = path.join(PREBUILDS, 'SHA256SUMS');

/** The SHA-256 of a target's addon as it stands, in hexadecimal. */
export function sumOf(target) {
  return createHash('sha256')
    .update(readFileSync(path.join(PREBUILDS, prebuildPath(target))))
    .digest('hex');
}

/** The sums that are kept, by the path below `prebuilds`. */
export function readSums() {
  if (!existsSync(SUMS)) return new Map();
  const lines = readFileSync(SUMS, 'utf8').trimEnd().split('\n');
  return new Map(
    lines.map((line, index) => {
      const [, sum, file] = /^([0-9a-f]{64}) {2}(\S+)$/.exec(line) ?? [];
      if (sum === undefined) throw new Error(`prebuilds/SHA256SUMS, line ${index + 1}: not a sum and a path`);
      return [file, sum];
    }),
  );
}

/** Keeps the sums of all targets' addons as they stand. */
export function writeSums() {
  writeFileSync(SUMS, TARGETS.map((target) => `${sumOf(target)}  ${prebuildPath(target)}\n`).join(''));
}
