/** Reads and writes prebuilds/SHA256SUMS, the sums of all prebuilt addons in the format of `sha256sum`. */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PREBUILDS, prebuildPath, TARGETS } from './targets.mjs';

const SUMS = path.join(PREBUILDS, 'SHA256SUMS');

/** Returns the SHA-256 of a target's current addon in hexadecimal. */
export function sumOf(target) {
  return createHash('sha256')
    .update(readFileSync(path.join(PREBUILDS, prebuildPath(target))))
    .digest('hex');
}

/** Reads the sums by the path below `prebuilds`. */
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

/** Writes the sums of all targets' current addons. */
export function writeSums() {
  writeFileSync(SUMS, TARGETS.map((target) => `${sumOf(target)}  ${prebuildPath(target)}\n`).join(''));
}
