/**
 * Checks that the package and the crates have one version, and that CHANGELOG.md has a heading for it. With a tag as
 * argument, such as `v1.2.3`, the version must be the tag's and not be marked as unreleased.
 */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, run } from '../shared/tools.mjs';

const json = (file) => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));
const { version } = json('package.json');
const [tag] = process.argv.slice(2);
const wrong = [];

function expect(what, found, wanted = version) {
  if (found !== wanted) wrong.push(`${what}: ${found}, expected ${wanted}`);
}

expect('package-lock.json', json('package-lock.json').version);
expect('examples/electron/package.json', json('examples/electron/package.json').dependencies.rustdll, `^${version}`);

const metadata = ['metadata', '--no-deps', '--locked', '--format-version', '1'];
const { packages } = JSON.parse(run('cargo', metadata, { cwd: path.join(ROOT, 'rust') }));
const crates = packages.map(({ name }) => name);
for (const { name, version: own, dependencies } of packages) {
  expect(`the crate ${name}`, own);
  for (const { name: needed, req, kind } of dependencies) {
    if (crates.includes(needed) && kind === null)
      expect(`the crate ${name}, which needs ${needed}`, req, `=${version}`);
  }
}

const heading = readFileSync(path.join(ROOT, 'CHANGELOG.md'), 'utf8')
  .split('\n')
  .find((line) => line === `## ${version}` || line.startsWith(`## ${version} `));
if (heading === undefined) wrong.push(`CHANGELOG.md: no heading for ${version}`);
if (tag !== undefined) {
  expect('the tag', tag, `v${version}`);
  if (heading?.includes('unreleased')) wrong.push(`CHANGELOG.md: ${version} is marked as unreleased`);
}

for (const line of wrong) console.error(`versions: ${line}`);
console.log(wrong.length === 0 ? `versions: ${version} everywhere` : `versions: ${wrong.length} differ`);
process.exit(wrong.length === 0 ? 0 : 1);
