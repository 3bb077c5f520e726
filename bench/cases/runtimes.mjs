/** Ten works on Node, Bun and Deno, measured in a process of each. */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runtimeFile } from '../../scripts/shared/runtimes.mjs';
import { duration } from '../table.mjs';

export const title = 'on other runtimes';

/** The most nanoseconds of a call on Bun, which are those of a call of its own. */
const ADD_ON_BUN = 10;

const inRoot = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The commands of the runtimes. Those of test/runtimes are there once `npm ci` was run in it. */
function commands() {
  const modules = inRoot('test/runtimes/node_modules');
  return {
    Node: [process.execPath],
    Bun: [runtimeFile(modules, 'bun')],
    Deno: [runtimeFile(modules, 'deno'), 'run', '--allow-all'],
  };
}

/** Returns the lines of the table, and the times of all works on each runtime that is there. */
export function measure({ quick }) {
  const found = Object.entries(commands()).filter(([name, [file]]) => {
    const isThere = existsSync(file);
    if (!isThere) console.error(`nothing of ${name}, which is not here: npm ci in test/runtimes`);
    return isThere;
  });
  const runtimes = found.map(([name, [file, ...options]]) => {
    const script = inRoot('bench/runtimes.mjs');
    const text = execFileSync(file, [...options, script, quick ? '5' : '25'], { encoding: 'utf8' });
    return { name, ...JSON.parse(text) };
  });
  const add = runtimes.find(({ name }) => name === 'Bun')?.results.add;
  if (add === undefined) return { lines: [], runtimes };
  const line = {
    contender: 'add on Bun',
    budget: `${ADD_ON_BUN} ns`,
    measured: `${duration(add.rustdll)} (napi-rs ${duration(add.napiRs)})`,
    value: add.rustdll,
    ok: add.rustdll <= ADD_ON_BUN,
  };
  return { lines: [line], runtimes };
}
