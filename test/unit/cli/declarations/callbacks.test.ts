import * as fs from 'node:fs';
import * as path from 'node:path';
import { declarationText } from '../../../../src-ts/cli/declarations/declarations';
import { RustDLL, tableOf } from '../../../../src-ts/library/library';
import type { Table } from '../../../../src-ts/types/signature';
import { libraryPath } from '../../../support/kernels';

test('functions that are passed to Rust are declared as test/types has them', () => {
  const table = tableOf(new RustDLL(libraryPath('callbacks'))) as Table;
  const file = path.join(__dirname, '..', '..', '..', 'types', 'callbacks.d.ts');
  const expected = fs.readFileSync(file, 'utf8');
  expect(declarationText(table, 'libcallbacks.so')).toBe(expected);
});
