import * as fs from 'node:fs';
import * as path from 'node:path';
import { declarationText } from '../../../../src-ts/cli/declarations/declarations';
import { RustDLL, tableOf } from '../../../../src-ts/library/library';
import type { Table } from '../../../../src-ts/types/signature';
import { libraryPath } from '../../../support/kernels';

test.each(['derived', 'conversions', 'crates', 'types', 'programs'] as const)(
  'the types of %s are declared as test/types has them',
  (name) => {
    const table = tableOf(new RustDLL(libraryPath(name))) as Table;
    const file = path.join(__dirname, '..', '..', '..', 'types', `${name}.d.ts`);
    expect(declarationText(table, `lib${name}.so`)).toBe(fs.readFileSync(file, 'utf8'));
  },
);
