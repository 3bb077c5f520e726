/**
 * Checks the features of the crate, each of which adds the types of another crate: none is on by default, without them
 * none of these crates is in the dependency tree, with one of them only its own are, and the crate's README lists all.
 */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../shared/tools.mjs';

/** Runs Cargo in the workspace of the crates and returns its output. */
function cargo(...args) {
  const { status, stdout, stderr } = spawnSync('cargo', args, {
    cwd: path.join(ROOT, 'rust'),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** Returns the names of the crates that are built with these features; only direct dependencies if `depth` is 1. */
function tree(features, ...args) {
  const lines = cargo(
    ...['tree', '--locked', '--package', 'rustdll', '--edges', 'no-dev', '--target', 'all', '--prefix', 'none'],
    ...['--features', features.join(), ...args],
  );
  return new Set(lines.split('\n').flatMap((line) => /^(\S+) v/.exec(line)?.[1] ?? []));
}

const { packages } = JSON.parse(cargo('metadata', '--locked', '--no-deps', '--format-version', '1'));
const { features, dependencies } = packages.find(({ name }) => name === 'rustdll');
const optional = dependencies.filter((dependency) => dependency.optional).map(({ name }) => name);
const readme = readFileSync(path.join(ROOT, 'rust', 'rustdll', 'README.md'), 'utf8');
const faults = [];

if (features.default?.length > 0) faults.push(`features that are on by default: ${features.default.join()}`);
const plain = tree([]);
for (const name of optional) if (plain.has(name)) faults.push(`${name} is a dependency without any feature`);
const unused = new Set(optional);
for (const [feature, enabled] of Object.entries(features)) {
  if (feature === 'default') continue;
  const own = enabled.map((name) => name.replace(/^dep:/, ''));
  own.forEach((name) => unused.delete(name));
  const direct = tree([feature], '--depth', '1');
  const added = optional.filter((name) => direct.has(name));
  if (added.sort().join() !== own.sort().join()) faults.push(`the feature ${feature} adds ${added.join()}`);
  if (!readme.includes(`\`${feature}\``)) faults.push(`README.md has no feature \`${feature}\``);
}
for (const name of unused) faults.push(`no feature adds ${name}`);

faults.forEach((fault) => console.error(`features: ${fault}`));
process.exit(faults.length === 0 ? 0 : 1);
