import * as fs from 'node:fs';
import * as path from 'node:path';
import { declarationText } from '../../../../src-ts/cli/declarations/declarations';
import { RustDLL, tableOf } from '../../../../src-ts/library/library';
import type { Table } from '../../../../src-ts/types/signature';
import { libraryPath } from '../../../support/kernels';

test('classes are declared with all their members, as test/types has them', () => {
  const table = tableOf(new RustDLL(libraryPath('objects'))) as Table;
  const file = path.join(__dirname, '..', '..', '..', 'types', 'objects.d.ts');
  const expected = fs.readFileSync(file, 'utf8');
  expect(declarationText(table, 'libobjects.so')).toBe(expected);
});
