/**
 * Measures the first look-up of a function in debug information: its time, and the bytes that are read of the library.
 * The file is in the system's cache.
 *
 *     node bench/described.mjs          builds the library of 65 MB and prints the table
 *     node bench/described.mjs --huge   one of more than 600 MB too, which takes some minutes and 12 GB of memory to build
 */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildDescribed, paths } from './libraries.mjs';
import { budgetTable } from './table.mjs';

const CHILD = fileURLToPath(new URL('described-child.cjs', import.meta.url));

/** The number of measurements of each. The least one counts, as other work of the machine can only add to it. */
const ROUNDS = 20;

/** The limits in milliseconds, and in bytes. */
const MOST = { none: 0.1, large: 5, huge: 20, bytes: 8e6 };

function child(...args) {
  return JSON.parse(execFileSync(process.execPath, [CHILD, ...args], { encoding: 'utf8' }));
}

function least(rounds, measured) {
  return Math.min(...Array.from({ length: rounds }, measured));
}

/**
 * Returns the lines of the budget. The libraries must have been built.
 *
 * @param rounds - The number of measurements of each.
 */
export function describedLines(rounds = ROUNDS) {
  const none = ['checked', 'unchecked'].map((how) => least(rounds, () => child(how, paths.kernels).milliseconds));
  const lines = [line('the first guess, without any', Math.max(0, none[0] - none[1]), MOST.none)];
  for (const [size, path] of [
    ['large', paths.described],
    ['huge', paths.describedHuge],
  ]) {
    if (!existsSync(path)) continue;
    const { bytes, size: all } = child('warm', path);
    const what = `in a library of ${Math.round(all / 1e6)} MB`;
    lines.push(
      line(
        `the first look-up ${what}`,
        least(rounds, () => child('warm', path).milliseconds),
        MOST[size],
      ),
    );
    lines.push({
      contender: `bytes read ${what}`,
      budget: `${MOST.bytes / 1e6} MB`,
      measured: `${(bytes / 1e6).toFixed(2)} MB`,
      value: bytes,
      ok: bytes <= MOST.bytes,
    });
  }
  return lines;
}

function line(contender, milliseconds, most) {
  return {
    contender,
    budget: `${most} ms`,
    measured: `${Number(milliseconds.toPrecision(3))} ms`,
    value: milliseconds,
    ok: milliseconds <= most,
  };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  buildDescribed(process.argv.includes('--huge'));
  console.log(budgetTable([{ title: 'debug information', lines: describedLines() }]));
}
