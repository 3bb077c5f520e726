import * as fs from 'node:fs';
import * as path from 'node:path';
import { declarationText } from '../../../../src-ts/cli/declarations/declarations';
import { RustDLL, tableOf } from '../../../../src-ts/library/library';
import type { Table } from '../../../../src-ts/types/signature';
import { libraryPath } from '../../../support/kernels';
import { exported, record, tableOf as tables } from '../../../support/tables';

test('functions that are passed to Rust are declared as test/types has them', () => {
  const table = tableOf(new RustDLL(libraryPath('callbacks'))) as Table;
  const file = path.join(__dirname, '..', '..', '..', 'types', 'callbacks.d.ts');
  const expected = fs.readFileSync(file, 'utf8');
  expect(declarationText(table, 'libcallbacks.so')).toBe(expected);
});

test('functions inside of records are declared with the integers with which those that take the records call them', () => {
  const watcher = (name: string, of: unknown): ReturnType<typeof record> =>
    record(name, [['on', ['callback', [of], ['option', 'u64']]]]);
  const text = declarationText(
    tables(
      [
        record('Event', [['at', 'u64']]),
        watcher('Exact', 'u64'),
        watcher('Plain', 'u64'),
        watcher('Both', ['ref', 0]),
        record('Outer', [['inner', ['vec', ['ref', 1]]]]),
        record('Returned', [['on', ['callback', ['u64'], 'unit']]]),
      ],
      [
        exported('a', [['w', ['ref', 4]]], 'unit', { bigint: true }),
        exported('b', [['w', ['ref', 2]]]),
        exported('c', [['w', ['option', ['ref', 3]]]]),
        exported('d', [['w', ['ref', 3]]], 'unit', { bigint: true }),
        exported('e', [['w', ['ref', 5]]], 'unit', { bigint: true }),
        exported('f', [], ['ref', 5]),
      ],
    ),
    'libgeo.so',
  );
  expect(text).toContain('on: (arg1: bigint) => ');
  expect(text).toContain('on: (arg1: number) => ');
  expect(text).toContain('on: (arg1: Event<number | bigint>) => ');
  expect(text).toMatch(/interface ReturnedInput \{\n {2}on: \(arg1: bigint\) => void/);
  expect(text).toMatch(/interface Returned \{\n {2}on: \(arg1: number\) => void/);
  expect(text).toContain('export interface Event<Int extends number | bigint = number> {');
});
