/** The check of imports, on a copy of src-ts in which faults were planted. */

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');

/** The faulty files, and the lines that each makes the check print. */
const PLANTED: Readonly<Record<string, readonly [source: string, ...lines: string[]]>> = {
  // Upwards, and the type alone.
  'types/planted.ts': [
    `import type { Callee } from '../errors/words';\nexport type Planted = Callee;\n`,
    'imports of types: src-ts/types/planted.ts -> src-ts/errors/words.ts',
  ],
  'values/planted.ts': [
    `import { makeChecked } from '../call/function';\nexport const planted = makeChecked;\n`,
    'imports of values: src-ts/values/planted.ts -> src-ts/call/function.ts',
  ],
  // Sideways, by an export.
  'levels/guess/planted.ts': [
    `export { parseDeclarations } from '../declare/parser';\n`,
    'imports of levels/guess: src-ts/levels/guess/planted.ts -> src-ts/levels/declare/parser.ts',
  ],
  // The entry, when it runs.
  'cli/planted.ts': [
    `export const planted = (): unknown => import('../index');\n`,
    'imports of cli: src-ts/cli/planted.ts -> src-ts/index.ts',
  ],
  // A value where only types may be imported.
  'library/planted.ts': [
    `import { makeChecked } from '../call/function';\nexport const planted = makeChecked;\n`,
    'library imports only types of call: src-ts/library/planted.ts -> src-ts/call/function.ts',
  ],
  // A circle of files, and one of types alone.
  'file/left.ts': [
    `import { right } from './right';\nexport const left = (): unknown => right;\n`,
    'no circle of files: src-ts/file/left.ts -> src-ts/file/right.ts -> src-ts/file/left.ts',
  ],
  'file/right.ts': [`import { left } from './left';\nexport const right = (): unknown => left;\n`],
  'memory/left.ts': [
    `import type { Right } from './right';\nexport type Left = Right | 1;\n`,
    'no circle of files: src-ts/memory/left.ts -> src-ts/memory/right.ts -> src-ts/memory/left.ts',
  ],
  'memory/right.ts': [`import type { Left } from './left';\nexport type Right = Left | 2;\n`],
  // A level of its own, which does not know the others.
  'levels/planted/file.ts': [
    `export { parseDeclarations } from '../declare/parser';\n`,
    'imports of levels/planted: src-ts/levels/planted/file.ts -> src-ts/levels/declare/parser.ts',
  ],
  // A folder that the table does not have.
  'planted/file.ts': ['export {};\n', 'src-ts/planted is not in the table of folders'],
};

const TABLE = 'docs/architecture.md';

/** Runs the check on a copy of src-ts and of the table, after something was done to it. */
function check(change: (folder: string) => void): { status: number | null; lines: string[] } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rustdll-imports-'));
  try {
    for (const part of ['src-ts', TABLE])
      fs.cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
    change(folder);
    const script = path.join(ROOT, 'scripts/check/imports.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' });
    return { status, lines: stderr.trim().split('\n').sort() };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Replaces a part of the table, which must be there. */
function rewrite(folder: string, from: RegExp, to: string): void {
  const file = path.join(folder, TABLE);
  const text = fs.readFileSync(file, 'utf8');
  expect(text).toMatch(from);
  fs.writeFileSync(file, text.replace(from, to));
}

test('every planted fault is found, and nothing besides', () => {
  const { status, lines } = check((folder) => {
    for (const [file, [source]] of Object.entries(PLANTED)) {
      const whole = path.join(folder, 'src-ts', file);
      fs.mkdirSync(path.dirname(whole), { recursive: true });
      fs.writeFileSync(whole, source);
    }
  });
  expect(lines).toEqual(
    Object.values(PLANTED)
      .flatMap(([, ...planted]) => planted)
      .sort(),
  );
  expect(status).toBe(1);
}, 60_000);

test('what the table no longer allows is found', () => {
  const { status, lines } = check((folder) => {
    rewrite(folder, /(\| `memory\/`.*\| crossing, errors), types/, '$1');
    rewrite(folder, /\| `file\/`.*\n/, '');
    rewrite(folder, /(\| `(library|cli|debug)\/`.*), file/g, '$1');
  });
  expect(lines).toContain('src-ts/file is not in the table of folders');
  expect(lines.some((line) => line.startsWith('imports of memory: src-ts/memory/'))).toBe(true);
  expect(lines.some((line) => /^imports of library: .* -> src-ts\/file\//.test(line))).toBe(true);
  expect(status).toBe(1);
}, 60_000);

test('a table that names a folder it does not have is an error', () => {
  const { status, lines } = check((folder) => rewrite(folder, /(\| `memory\/`.*\| )crossing/, '$1corssing'));
  expect(lines.join('\n')).toMatch(/the table has no folder corssing/);
  expect(status).toBe(1);
}, 60_000);
