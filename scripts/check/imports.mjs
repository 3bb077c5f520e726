/**
 * The folders of src-ts, and what each may import. A value goes from the library down to the crossing and back, so that
 * an import leads downwards; no files import one another in a circle, not even types.
 *
 * `node scripts/check/imports.mjs [folder]` checks the src-ts in another folder, for the test of this check.
 */

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { cruise } from 'dependency-cruiser';
import { ROOT } from '../shared/tools.mjs';

const BASE = ['errors', 'types', 'runtime'];
const VALUES = ['memory', 'crossing', ...BASE];
const CALL = ['values', ...VALUES];
const LEVELS = ['call', ...CALL];

/** The folders that the files of a folder may import, besides their own. */
const MAY_IMPORT = {
  types: [],
  runtime: [],
  errors: ['runtime'],
  crossing: ['errors', 'runtime'],
  memory: ['crossing', 'errors', 'types'],
  file: ['crossing', 'errors', 'runtime'],
  values: VALUES,
  call: CALL,
  'levels/guess': LEVELS,
  'levels/declare': LEVELS,
  // An exported function may lend a PyVec or PyStr, which its table spells in the syntax of declarations.
  'levels/export': ['levels/declare/parser', ...LEVELS],
  // The class says how many threads there may be.
  library: ['levels', 'file', 'call/background/threads', ...BASE],
  cli: ['library', 'levels', 'file', ...BASE],
};

/** Folders of which only types may be imported. */
const TYPES_ONLY = { library: ['call'] };

/** A pattern for the paths of the files in these folders, or with these names. */
function inside(...places) {
  return `^src-ts/(${places.join('|')})[/.]`;
}

const forbidden = [
  { name: 'no circle of files', from: {}, to: { circular: true } },
  ...Object.entries(MAY_IMPORT).map(([folder, others]) => ({
    name: `imports of ${folder}`,
    from: { path: inside(folder) },
    to: { path: '^src-ts/', pathNot: inside(folder, ...others, ...(TYPES_ONLY[folder] ?? [])) },
  })),
  ...Object.entries(TYPES_ONLY).map(([folder, others]) => ({
    name: `${folder} imports only types of ${others.join(', ')}`,
    from: { path: inside(folder) },
    to: { path: inside(...others), pathNot: inside(...MAY_IMPORT[folder]), dependencyTypesNot: ['type-only'] },
  })),
].map((rule) => ({ severity: 'error', ...rule }));

/** The folders of src-ts that the table does not have, and those that only the table has. */
function strangers(root) {
  const names = (folder) =>
    readdirSync(path.join(root, 'src-ts', folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.posix.join(folder, entry.name));
  const found = names('.').flatMap((name) => (name === 'levels' ? names(name) : [name]));
  const known = Object.keys(MAY_IMPORT);
  return [
    ...found.filter((name) => !known.includes(name)).map((name) => `src-ts/${name} is not in the table of folders`),
    ...known.filter((name) => !found.includes(name)).map((name) => `src-ts/${name} is in the table, and not there`),
  ];
}

const root = path.resolve(process.argv[2] ?? ROOT);
const { output } = await cruise(['src-ts'], {
  baseDir: root,
  validate: true,
  ruleSet: { forbidden },
  // Imports that TypeScript leaves out of what it writes count too.
  tsPreCompilationDeps: true,
  doNotFollow: { path: 'node_modules' },
});
const faults = [
  ...strangers(root),
  ...output.summary.violations.map(
    ({ rule, from, to, cycle }) => `${rule.name}: ${[from, ...(cycle?.map(({ name }) => name) ?? [to])].join(' -> ')}`,
  ),
];
for (const fault of faults) console.error(fault);
process.exit(faults.length === 0 ? 0 : 1);
