/**
 * Checks the imports of src-ts against the table of folders in docs/architecture.md, which says what each may import. A
 * value travels from the library down to the crossing and back, so imports lead downwards; circular imports are
 * refused, even of types.
 *
 * `node scripts/check/imports.mjs [folder]` checks the src-ts in another folder by the table there, for the test of
 * this check.
 */

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { cruise } from 'dependency-cruiser';
import { ROOT } from '../shared/tools.mjs';

const root = path.resolve(process.argv[2] ?? ROOT);

/** The folders whose subfolders each follow the line of the outer folder, and must not import one another. */
const OUTER = ['levels'];

/** Exceptions: what a folder may import besides the folders in its line. */
const BESIDES = {
  // An exported function may lend a PyVec or PyStr, which its table spells in the syntax of declarations.
  'levels/export': ['levels/declare/parser'],
  // The threads of calls in the background belong to the process, as does its end; the class sets their limit, and has libraries
  // flushed.
  library: ['call/background/threads', 'call/flush'],
};

/** Returns the folders in a folder of src-ts. */
function foldersIn(folder) {
  return readdirSync(path.join(root, 'src-ts', folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.posix.join(folder, entry.name));
}

/**
 * Reads the lines of the table, such as
 *
 *     | `library/` | the class that users hold | levels, file, errors, types, runtime; of call, types only |
 */
function readTable() {
  const file = path.join(root, 'docs', 'architecture.md');
  const lines = [...readFileSync(file, 'utf8').matchAll(/^\| `([a-z-]+)\/` +\|[^|]*\| ([^|]*?) *\|$/gm)];
  const folders = lines.map(([, folder]) => folder);
  const names = (list) => {
    if (list === undefined || list === 'nothing') return [];
    const found = list.split(', ');
    const strange = found.filter((name) => !folders.includes(name));
    if (strange.length > 0) throw new Error(`${file}: the table has no folder ${strange.join(', ')}`);
    return found;
  };
  return lines.map(([, folder, cell]) => {
    const [, all, types] = /^(.*?)(?:; of (.*), types only)?$/.exec(cell);
    return { folder, imports: names(all), types: names(types) };
  });
}

const table = readTable().flatMap((line) => {
  const folders = OUTER.includes(line.folder) ? foldersIn(line.folder) : [line.folder];
  return folders.map((folder) => ({ ...line, folder, imports: [...line.imports, ...(BESIDES[folder] ?? [])] }));
});

/** Returns a pattern for the paths of the files in these folders, or with these names. */
function inside(...places) {
  return `^src-ts/(${places.join('|')})[/.]`;
}

const forbidden = [
  { name: 'no circle of files', from: {}, to: { circular: true } },
  ...table.map(({ folder, imports, types }) => ({
    name: `imports of ${folder}`,
    from: { path: inside(folder) },
    to: { path: '^src-ts/', pathNot: inside(folder, ...imports, ...types) },
  })),
  ...table
    .filter(({ types }) => types.length > 0)
    .map(({ folder, types }) => ({
      name: `${folder} imports only types of ${types.join(', ')}`,
      from: { path: inside(folder) },
      to: {
        path: inside(...types),
        pathNot: BESIDES[folder] && inside(...BESIDES[folder]),
        dependencyTypesNot: ['type-only'],
      },
    })),
].map((rule) => ({ severity: 'error', ...rule }));

/** Returns the folders of src-ts that are missing in the table, and those that only the table has. */
function strangers() {
  const found = foldersIn('.').flatMap((name) => (OUTER.includes(name) ? foldersIn(name) : [name]));
  const known = table.map(({ folder }) => folder);
  return [
    ...found.filter((name) => !known.includes(name)).map((name) => `src-ts/${name} is not in the table of folders`),
    ...known.filter((name) => !found.includes(name)).map((name) => `src-ts/${name} is in the table, and not there`),
  ];
}

const { output } = await cruise(['src-ts'], {
  baseDir: root,
  validate: true,
  ruleSet: { forbidden },
  // Imports of types, which TypeScript removes from its output, count too.
  tsPreCompilationDeps: true,
  doNotFollow: { path: 'node_modules' },
});
const faults = [
  ...strangers(),
  ...output.summary.violations.map(
    ({ rule, from, to, cycle }) => `${rule.name}: ${[from, ...(cycle?.map(({ name }) => name) ?? [to])].join(' -> ')}`,
  ),
];
for (const fault of faults) console.error(fault);
process.exit(faults.length === 0 ? 0 : 1);
