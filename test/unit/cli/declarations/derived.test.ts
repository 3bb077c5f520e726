import * as fs from 'node:fs';
import * as path from 'node:path';
import { declarationText } from '../../../../src-ts/cli/declarations/declarations';
import { RustDLL, tableOf } from '../../../../src-ts/library/library';
import type { Table } from '../../../../src-ts/types/signature';
import { libraryPath } from '../../../support/kernels';

test('derived types are declared with all their attributes, as test/types has them', () => {
  const table = tableOf(new RustDLL(libraryPath('derived'))) as Table;
  const file = path.join(__dirname, '..', '..', '..', 'types', 'derived.d.ts');
  expect(declarationText(table, 'libderived.so')).toBe(fs.readFileSync(file, 'utf8'));
});
