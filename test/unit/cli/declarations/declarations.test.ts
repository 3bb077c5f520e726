import * as fs from 'node:fs';
import * as path from 'node:path';
import { declarationText } from '../../../../src-ts/cli/declarations/declarations';
import type { Table } from '../../../../src-ts/types/signature';
import { enumeration, exported, record, tableOf, variant } from '../../../support/tables';

/** A library with a bit of everything. `tsc -p test/types` checks its declarations, and programs that use them. */
function geometry(): Table {
  return tableOf(
    [
      record(
        'Point',
        [
          ['x', 'f64', 'To the right.'],
          ['y', 'f64', 'Down,\nas on a screen.'],
          ['label', ['option', 'string']],
        ],
        'A point.',
      ),
      enumeration('Level', [variant('Low', {}, 'Not much.'), variant("It's high", {}, 'Much.')], 'How much.'),
      enumeration('Shape', [
        variant('Circle', { fields: [['radius', 'f64']] }),
        variant('Name', { type: 'string' }, 'Only a name.'),
        variant('Empty'),
      ]),
      record('Counter', [
        ['id', 'u64'],
        ['next', ['option', ['ref', 3]]],
      ]),
      record('Pair', [
        ['x', 'f32'],
        ['the level', ['ref', 1]],
      ]),
      record('Nothing', []),
      record('Counters', [
        ['list', ['vec', ['ref', 3]]],
        ['other', ['ref', 4]],
      ]),
      enumeration('Edge', [
        variant('Rect', { types: ['f64', 'f64'] }),
        variant('Path', {
          fields: [
            ['points', ['vec', ['ref', 0]], 'In their order.'],
            ['width', ['option', 'f32']],
          ],
        }),
      ]),
      // Called like types of JavaScript's own, and like TypeScript's.
      record('Record', [['a', ['map', 'f64']]]),
      record('string', [['b', ['vec', 'u8']]]),
      record('Int', [['c', 'i64']]),
    ],
    [
      exported('centroid', [['points', ['vec', ['ref', 0]]]], ['ref', 0], {
        doc: 'Centre of the points.',
        throws: true,
      }),
      exported('normalize', [['v', ['mut', 'f64']]], 'unit', {
        doc: 'Divides by the sum.\n\n```\n/* v[0] */ 1.0\n```\n',
      }),
      exported(
        'words',
        [
          ['text', 'string'],
          ['limit', ['option', 'u32']],
        ],
        ['vec', 'string'],
      ),
      exported('pick', [
        ['first', ['option', 'f64']],
        ['second', 'f64'],
        ['third', ['option', 'char']],
        ['fourth', ['option', 'bool']],
      ]),
      exported('delete', [['in', ['array', 'u8', 4]]], ['vec', 'u8']),
      exported(
        'my-func',
        [
          ['_', ['vec', 'i64']],
          ['_', ['vec', 'bool']],
        ],
        ['map', ['tuple', 'i64', 'char']],
      ),
      exported(
        'add',
        [
          ['a', 'i64'],
          ['b', 'usize'],
        ],
        'i64',
      ),
      exported(
        'add_big',
        [
          ['a', 'i64'],
          ['b', 'usize'],
        ],
        'i64',
        { bigint: true },
      ),
      exported('huge', [['a', 'i128']], 'u128', { throws: true }),
      exported('counters', [['c', ['ref', 6]]], ['ref', 6]),
      exported('counters_big', [['c', ['ref', 6]]], ['option', ['ref', 6]], { bigint: true }),
      exported('typed', [['v', ['typed', 'f32']]], ['typed', 'u64']),
      exported(
        'shape',
        [
          ['shape', ['ref', 2]],
          ['level', ['ref', 1]],
          ['nothing', ['ref', 5]],
        ],
        ['ref', 2],
      ),
      exported(
        'edge',
        [
          ['edge', ['ref', 7]],
          ['pair', ['ref', 4]],
        ],
        ['vec', ['option', ['ref', 7]]],
      ),
      exported(
        'seed',
        [
          ['s', ['py', '&PyStr']],
          ['l', ['py', 'Option<&mut PyVec<&mut PyVec<i64>>>']],
          ['n', ['py', '&PyVec<PyStr>']],
        ],
        ['array', 'i16', 2],
      ),
      exported(
        'maps',
        [
          ['m', ['map', ['ref', 8]]],
          ['s', ['ref', 9]],
        ],
        ['map', ['ref', 8]],
      ),
      exported('ints', [['i', ['ref', 10]]], ['ref', 10], { bigint: true }),
      exported('tuple', [['t', ['tuple', 'i32', ['option', 'string']]]], ['tuple', 'i32', ['option', 'string']]),
      // Functions and types may have the same name.
      exported('Point', []),
      exported(
        'unit',
        [
          ['u', 'unit'],
          ['v', ['option', 'unit']],
        ],
        ['vec', 'unit'],
      ),
    ],
  );
}

test('a table as TypeScript', () => {
  const file = path.join(__dirname, '..', '..', '..', 'types', 'geometry.d.ts');
  expect(declarationText(geometry(), 'libgeometry.so')).toBe(fs.readFileSync(file, 'utf8'));
});

test('without functions it is a module all the same', () => {
  expect(declarationText(tableOf([], []), 'lib"\n*/.so')).toBe(
    '// The exported functions of lib\\"\\n*/.so. Written by `rustdll types`: edits are lost when it runs again.\n' +
      '/* eslint-disable */\n\nexport {};\n',
  );
});

test('doc comments end where they should', () => {
  const doc = '\n  Two\r\n    */ lines\u2028and */ one \t\n\n';
  const text = declarationText(tableOf([], [exported('f', [], 'unit', { doc })]), 'lib.so');
  expect(text).toContain(
    '/**\n *   Two\n *     *\\/ lines\n * and *\\/ one\n */\nexport declare function f(): void;\n',
  );
});

test('types that stand inside one another many times are no longer than they are', () => {
  const nested = (kind: string): unknown => Array.from({ length: 64 }).reduce((type) => [kind, type], 'f64');
  for (const kind of ['map', 'vec', 'option', 'tuple']) {
    const text = declarationText(tableOf([], [exported('f', [['x', nested(kind)]], nested(kind))]), 'lib.so');
    expect(text.length).toBeLessThan(10_000);
  }
});
