/**
 * Counts the instructions of six calls, and compares them with bench/instructions/counts.json: a count that has risen
 * by more than 2 % is a failure. Unlike times, these counts do not depend on the load of the machine.
 *
 *     npm run check:instructions                 compares
 *     npm run check:instructions -- --update     writes the counts
 *     npm run check:instructions -- --strict     fails too if there are no counts to compare with
 *
 * Valgrind counts all instructions of the process: those of the engine, of the code it has compiled, of the addon and
 * of the library. So a count belongs to versions of Node, of both compilers and of the C library, and is compared only
 * with these. Otherwise, and without valgrind, the check says so and succeeds. The package must have been built.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs, isDeepStrictEqual } from 'node:util';
import { libraryFile, ROOT, run } from '../shared/tools.mjs';

const FOLDER = path.join(ROOT, 'bench', 'instructions');
const COUNTS = path.join(FOLDER, 'counts.json');
/**
 * The increase over the committed count that is a failure, and the most by which two equal counts of a call may differ.
 */
const [RISE, DIFFERENCE] = [0.02, 0.005];

/** Options that make the engine deterministic: one thread, no timers, fixed seeds. */
const ENGINE = [
  '--expose-gc',
  '--single-threaded',
  '--predictable',
  '--predictable-gc-schedule',
  '--hash-seed=1',
  '--random-seed=1',
];

const { update, strict } = parseArgs({
  options: { update: { type: 'boolean', default: false }, strict: { type: 'boolean', default: false } },
}).values;

/** Ends the process if counts cannot be compared, with success unless `--update` or `--strict` was given. */
function skip(reason) {
  console.log(`instructions: not compared: ${reason}`);
  process.exit(update || strict ? 1 : 0);
}

const percent = (part) => `${(100 * part).toFixed(1)} %`;

/** Returns everything on which the counts depend besides the package. */
function describe() {
  const [compiler] = run(process.env.CXX ?? 'c++', ['--version']).split('\n');
  return {
    node: process.version,
    arch: process.arch,
    libc: `glibc ${process.report.getReport().header.glibcVersionRuntime}`,
    compiler,
    rustc: run('rustc', ['--version'], { cwd: FOLDER }).trim(),
  };
}

/** Counts the instructions of each call; returns them by name. */
function count() {
  run('cargo', ['build', '--release', '--locked', '--quiet'], { cwd: FOLDER });
  const folder = mkdtempSync(path.join(tmpdir(), 'rustdll-instructions-'));
  try {
    const out = path.join(folder, 'counts');
    const valgrind = ['--tool=callgrind', '--dump-before=next_count', `--callgrind-out-file=${out}`];
    const library = path.join(FOLDER, 'target', 'release', libraryFile('bench_instructions'));
    const program = [process.execPath, ...ENGINE, path.join(FOLDER, 'calls.cjs'), ROOT, library];
    // The environment variables are on the stack, so they change addresses and thereby the counts.
    const stdout = run('valgrind', [...valgrind, ...program], { cwd: FOLDER, env: { PATH: process.env.PATH } });
    const { counts, calls } = JSON.parse(stdout);
    // The first count is of everything before the first `next_count`; those of the calls have even numbers.
    const counted = (number) => Number(/^summary: (\d+)$/m.exec(readFileSync(`${out}.${number}`, 'utf8'))[1]);
    return Object.fromEntries(
      calls.map(({ name, times }, i) => {
        const all = Array.from({ length: counts }, (_, k) => counted(2 * (i * counts + k + 1)));
        const sorted = all.toSorted((a, b) => a - b);
        // Other work of the engine is part of some of the counts, but hardly ever the same amount of two.
        const least = sorted.find((count, k) => sorted[k + 1] - count <= DIFFERENCE * count);
        if (least === undefined) throw new Error(`${name}: no two counts of ${all.join(', ')} are alike`);
        return [name, Math.round((10 * least) / times) / 10];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (spawnSync('valgrind', ['--version']).status !== 0) skip('valgrind is not installed');
const on = describe();
const { entries } = JSON.parse(readFileSync(COUNTS, 'utf8'));
const committed = entries.find((entry) => isDeepStrictEqual(entry.on, on));
if (committed === undefined && !update) {
  skip(`bench/instructions/counts.json has no counts for ${Object.values(on).join(', ')}`);
}

const counts = count();
if (update) {
  // There is one entry for each version and architecture of Node; one with newer compilers replaces the older one.
  const others = entries.filter((entry) => entry.on.node !== on.node || entry.on.arch !== on.arch);
  const text = JSON.stringify({ entries: [...others, { on, counts }] }, undefined, 2);
  writeFileSync(COUNTS, `${text}\n`);
}
const before = committed?.counts ?? {};
let failed = false;
for (const [name, now] of Object.entries(counts)) {
  const was = before[name];
  const rise = now / was - 1;
  const words =
    was === undefined ? 'not counted before' : `${rise < 0 ? '' : '+'}${percent(rise)} of the ${was} before`;
  const risen = was === undefined || rise > RISE;
  failed ||= risen;
  console.log(`${risen && !update ? 'FAILED ' : ''}${name}: ${now} instructions, ${words}`);
}
for (const name of Object.keys(before).filter((name) => !(name in counts))) {
  failed = true;
  console.log(`FAILED ${name}: no longer counted`);
}
if (update) console.log('instructions: bench/instructions/counts.json is written');
else if (failed) {
  console.error(
    `instructions: at most ${percent(RISE)} more is allowed; if it has to be: npm run check:instructions -- --update`,
  );
} else console.log('instructions: no call takes more than it did');
process.exit(failed && !update ? 1 : 0);
