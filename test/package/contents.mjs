/** Lists the files of the repository that are published. The tarball must have exactly these. */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { dependencies } from '../../scripts/shared/pack.mjs';
import { ROOT } from '../../scripts/shared/tools.mjs';

/**
 * binding.gyp is not among them: Yarn runs `node-gyp rebuild` for a package that has one and no install script,
 * whatever `gypfile` says.
 */
const SINGLE = [
  'package.json',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  'CMakeLists.txt',
  'bench/results.svg',
  'bench/scale.svg',
];

/** The scripts that a package manager would run on the machine of a user. */
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];

/** Returns all files in a folder of the repository and in its folders, as paths from the repository. */
function filesIn(folder) {
  return readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

/** The files that a program loads first. They load the others. */
const ENTRIES = ['dist/index.js', 'dist/index.mjs', 'dist/cli/main.js', 'dist/cli/library-child.js'];

/** Returns the declarations of a source, as paths from the repository. */
function declarations(source) {
  if (source.endsWith('.d.ts')) return [];
  const [, stem, module] = /^src-ts\/(.+)\.(m?)ts$/.exec(source);
  return [`dist/${stem}.d.${module}ts`];
}

/** Returns the files of code that are built: the entries, the files that they require, and the source maps of all. */
function built() {
  const found = new Set(ENTRIES);
  // The iterator of a set also visits what is added during the loop.
  for (const file of found) {
    for (const [, request] of readFileSync(path.join(ROOT, file), 'utf8').matchAll(/\brequire\("(\.[^"]+)"\)/g)) {
      found.add(path.posix.join(path.posix.dirname(file), request));
    }
  }
  return [...found].flatMap((file) => [file, `${file}.map`]);
}

/** Returns the prebuilt addons that are in prebuilds/SHA256SUMS. */
function sums() {
  const file = path.join(ROOT, 'prebuilds', 'SHA256SUMS');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  return lines.map((line) => `prebuilds/${line.split(/\s+/)[1].replace(/^(\.\/)?(prebuilds\/)?/, '')}`);
}

/**
 * Checks the list of a tarball's files.
 *
 * @param complete - True if every prebuilt addon must be there, as in a release. Otherwise those that are not built on
 *   this machine may be missing, and this machine's own may be the build of the checkout.
 */
export function checkContents(files, complete) {
  const addons = files.filter((file) => file.startsWith('prebuilds/'));
  const expected = [
    ...SINGLE,
    ...filesIn('src-ts').flatMap(declarations),
    ...built(),
    ...filesIn('src-native'),
    ...filesIn('docs'),
    ...dependencies().flatMap(filesIn),
  ];
  assert.deepEqual(
    files.filter((file) => !addons.includes(file)).sort(),
    expected.sort(),
    'the tarball does not hold what it should',
  );
  const strays = filesIn('src-native').filter((file) => !/\.(cc|h|map)$/.test(file));
  assert.deepEqual(strays, [], 'what is no source lies among the sources');
  const host = `prebuilds/${process.platform}-${process.arch}/`;
  const known = sums();
  if (complete) assert.deepEqual(addons.sort(), known.sort(), 'not all prebuilt addons are there');
  const unknown = addons.filter((file) => !known.includes(file) && file !== `${host}rustdll.node`);
  assert.deepEqual(unknown, [], 'addons that SHA256SUMS does not name');
  assert.ok(addons.some((file) => file.startsWith(host)));
}

/**
 * Checks that the files to which the documentation links are in a tarball. The README also describes checkouts, and
 * links to the examples, which only these have.
 */
export function checkLinks(files) {
  const broken = files
    .filter((file) => /^(?:docs\/.+|README|CHANGELOG)\.md$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(path.join(ROOT, file), 'utf8').replace(/^```[^]*?^```|`[^`\n]*`/gm, '');
      return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => ({ file, link }));
    })
    .filter(({ file, link }) => {
      const [target] = link.split('#');
      if (target === '' || /^https?:/.test(link) || (file === 'README.md' && link.startsWith('examples/')))
        return false;
      const named = path.posix.join(path.posix.dirname(file), target).replace(/\/$/, '');
      return !files.some((one) => one === named || one.startsWith(`${named}/`));
    });
  assert.deepEqual(broken, [], 'links to what is not in the tarball');
}

/** Checks that installing the package runs nothing. */
export function checkScripts() {
  const { scripts, gypfile } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  assert.deepEqual(
    Object.keys(scripts).filter((name) => INSTALL_SCRIPTS.includes(name)),
    [],
    'scripts that run when the package is installed',
  );
  assert.equal(gypfile, false);
}
