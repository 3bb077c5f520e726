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
  // A circle of types.
  'memory/left.ts': [
    `import type { Right } from './right';\nexport type Left = Right | 1;\n`,
    'no circle of files: src-ts/memory/left.ts -> src-ts/memory/right.ts -> src-ts/memory/left.ts',
  ],
  'memory/right.ts': [`import type { Left } from './left';\nexport type Right = Left | 2;\n`],
  // A folder that the table does not have.
  'levels/planted/file.ts': ['export {};\n', 'src-ts/levels/planted is not in the table of folders'],
};

test('every planted fault is found, and nothing besides', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rustdll-imports-'));
  try {
    fs.cpSync(path.join(ROOT, 'src-ts'), path.join(folder, 'src-ts'), { recursive: true });
    for (const [file, [source]] of Object.entries(PLANTED)) {
      const whole = path.join(folder, 'src-ts', file);
      fs.mkdirSync(path.dirname(whole), { recursive: true });
      fs.writeFileSync(whole, source);
    }
    const script = path.join(ROOT, 'scripts/check/imports.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' });
    expect(stderr.trim().split('\n').sort()).toEqual(
      Object.values(PLANTED)
        .flatMap(([, ...lines]) => lines)
        .sort(),
    );
    expect(status).toBe(1);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}, 60_000);
