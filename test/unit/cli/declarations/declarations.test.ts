import * as fs from 'node:fs';
import * as path from 'node:path';
import { declarationText } from '../../../../src-ts/cli/declarations/declarations';
import type { Table } from '../../../../src-ts/types/signature';
import { enumeration, exported, record, tableOf, variant } from '../../../support/tables';

/** A library with types of every kind. `tsc -p test/types` checks its declarations, and programs that use them. */
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
      // These types have the names of types of JavaScript and of TypeScript.
      record('Record', [['a', ['map', 'f64']]]),
      record('string', [['b', ['vec', 'u8']]]),
      record('Int', [['c', 'i64']]),
      // This record is only an argument, so it has the type of its field.
      record(
        'Options',
        [
          ['limit', ['option', 'u32'], 'How many.\n\n@deprecated since 0.2: use `window`'],
          ['window', ['option', ['ref', 12]]],
        ],
        'How to look.',
      ),
      record('Window', [['size', ['array', 'f64', 2]]]),
      // This record is only a result.
      record('Image', [
        ['pixels', ['vec', 'u8']],
        ['scale', ['array', 'f64', 3]],
      ]),
      // This record has the name of a type of the package.
      record('Bytes', [['data', ['typed', 'f32']]]),
      record('Gaze', [['steps', ['vec', 'u16']]], 'Where to.\n\n@deprecated'),
      // No function uses this record.
      record('Lost', [['window', ['ref', 12]]]),
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
      exported(
        'digest',
        [
          ['options', 'string'],
          ['times', ['option', 'u32']],
        ],
        ['vec', 'u8'],
        { async: true, doc: 'Takes its time.' },
      ),
      exported('settle', [], 'unit', { async: true }),
      exported('switch', [['on', 'bool']], 'u32', { background: false, doc: 'Here and now.' }),
      exported('thread', [], 'u64', { background: false }),
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
      exported(
        'look',
        [
          ['at', ['vec', ['array', 'f64', 3]]],
          ['options', ['option', ['ref', 11]]],
        ],
        ['ref', 13],
        {
          doc: 'Looks at points.\n\n# Errors\n\nIf there are none.\n\n```text\n# Errors\n```\n\n## Codes\n\n- `E_NONE`\n\n# Panics\n\nNever.\n',
          throws: true,
        },
      ),
      exported('gaze', [['gaze', ['ref', 15]]], ['ref', 15], {
        doc: 'Gazes.\n\n# Errors\n\nNever.\n\n@deprecated since 0.3: use `look`',
        throws: true,
      }),
      exported('samples', [['samples', ['ref', 14]]], ['ref', 14]),
      exported(
        'matrix',
        [
          ['m', ['array', ['array', 'f64', 4], 4]],
          ['large', ['array', 'f64', 17]],
          ['ids', ['array', 'u64', 2]],
          ['key', ['option', ['array', 'u8', 32]]],
        ],
        ['option', ['array', ['array', 'u64', 3], 3]],
        { bigint: true },
      ),
      exported('views', [['v', ['typed', 'u8']]], ['tuple', ['typed', 'u8'], ['typed', 'i16'], ['array', 'bool', 2]]),
      // A function may have the name of a type, or of a class of JavaScript.
      exported('Int16Array', []),
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

test('arrays are tuples of up to sixteen elements, counted with those inside', () => {
  const resultOf = (type: unknown): string =>
    /f\(\s*\): (.+);$/m.exec(declarationText(tableOf([], [exported('f', [], type)]), 'lib.so'))?.[1] ?? '';
  const numbers = (count: number): string => `[${Array(count).fill('number').join(', ')}]`;
  expect(resultOf(['array', 'f64', 0])).toBe('[]');
  expect(resultOf(['array', 'f64', 16])).toBe(numbers(16));
  expect(resultOf(['array', 'f64', 17])).toBe('number[]');
  expect(resultOf(['array', ['array', 'f64', 0], 17])).toBe('[][]');
  expect(resultOf(['array', ['array', 'f64', 8], 2])).toBe(`[${numbers(8)}, ${numbers(8)}]`);
  expect(resultOf(['array', ['array', 'f64', 9], 2])).toBe(`${numbers(9)}[]`);
  const pairs = Array(8).fill('[number, boolean] | null').join(', ');
  expect(resultOf(['array', ['option', ['tuple', 'f64', 'bool']], 8])).toBe(`[${pairs}]`);
  expect(resultOf(['array', ['tuple', 'f64', 'bool'], 9])).toBe('[number, boolean][]');
  const deep = Array.from({ length: 64 }).reduce((type) => ['array', type, 2], 'f64');
  expect(resultOf(deep).length).toBeLessThan(300);
});

describe('documentation', () => {
  const commentOf = (doc: string, throws = true): string => {
    const text = declarationText(tableOf([], [exported('f', [], 'unit', { doc, throws })]), 'lib.so');
    return text.slice(text.indexOf('eslint-disable */') + 19, text.indexOf('export declare'));
  };

  test.each([
    ['Sums.', '/**\n * Sums.\n *\n * @throws RustError, with what Rust returns as the `Err`.\n */\n'],
    ['# Errors\n\nIf it is empty.\n', '/** @throws RustError: If it is empty. */\n'],
    ['# Errors', '/** @throws RustError, with what Rust returns as the `Err`. */\n'],
    [
      'Sums.\n\n### errors ###\n- a\n- b\n\n#### More\n\nc\n\n## Examples\n\nd',
      '/**\n * Sums.\n *\n * ## Examples\n *\n * d\n *\n * @throws RustError:\n *\n * - a\n * - b\n *\n * #### More\n *\n * c\n */\n',
    ],
    [
      '~~~text\n```\n# Errors\n~~~\n\n#Errors\n\n    # Errors',
      '/**\n * ~~~text\n * ```\n * # Errors\n * ~~~\n *\n * #Errors\n *\n *     # Errors\n *\n * @throws RustError, with what Rust returns as the `Err`.\n */\n',
    ],
    ['@deprecated', '/**\n * @throws RustError, with what Rust returns as the `Err`.\n * @deprecated\n */\n'],
    [
      'A.\n\n# Errors\n\n1. b\n\n@deprecated since 1: c',
      '/**\n * A.\n *\n * @throws RustError:\n *\n * 1. b\n * @deprecated since 1: c\n */\n',
    ],
  ])('%j', (doc, written) => {
    expect(commentOf(doc)).toBe(written);
  });

  test.each([
    [
      '```\nlet x = 1;\n# let y;\n#\n  # hidden\n## shown\n#[attribute]\n```',
      '```rust\nlet x = 1;\n# shown\n#[attribute]\n```',
    ],
    ['  ~~~~ rust,no_run\n~~~\n# a\n~~~~\nb', '  ~~~~rust\n~~~\n~~~~\nb'],
    ['```ignore-x86_64,edition2021,E0123\n# a\nb\n```', '```rust\nb\n```'],
    ['```text\n# a\n```\n```js\n# b\n```', '```text\n# a\n```\n```js\n# b\n```'],
    ['```sh rust\n# a', '```sh rust\n# a'],
    ['# Title\n\n## Under', '# Title\n\n## Under'],
  ])('code is shown as rustdoc shows it: %j', (doc, shown) => {
    const written = `/**\n${shown.replace(/^.*$/gm, ' * $&').replace(/ +$/gm, '')}\n */\n`;
    expect(commentOf(doc, false)).toBe(written);
    const failing = commentOf(`${doc}\n${doc.includes('rust\n# a') ? '```\n' : ''}\n# Errors\n\nc`);
    expect(failing).toContain(written.slice(4, -4));
    expect(failing).toMatch(/\n \* @throws RustError: c\n/);
  });

  test('of a function that does not fail it is what it is', () => {
    expect(commentOf('A.\n\n# Errors\n\nNone.', false)).toBe('/**\n * A.\n *\n * # Errors\n *\n * None.\n */\n');
    expect(commentOf('A.\n\n@deprecated', false)).toBe('/**\n * A.\n *\n * @deprecated\n */\n');
  });
});

test('types of the package are imported where they are used, under a name that is free', () => {
  const textOf = (types: Parameters<typeof tableOf>[0], ...functions: Parameters<typeof tableOf>[1]): string =>
    declarationText(tableOf(types, functions), 'lib.so');
  expect(textOf([], exported('f', [['x', ['array', 'f64', 3]]]))).not.toContain('import');
  expect(textOf([], exported('f', [['x', ['vec', 'f64']]]))).toContain("\nimport type { ListLike } from 'rustdll';\n");
  expect(textOf([], exported('f', [['x', ['vec', 'u8']]]))).toContain("\nimport type { BytesLike } from 'rustdll';\n");
  const renamed = textOf(
    [record('Bytes', []), record('MapLike2', [])],
    exported('f', [['x', ['map', ['ref', 0]]]], ['vec', 'u8']),
    exported('g', [['x', ['ref', 1]]]),
    exported('MapLike', []),
  );
  expect(renamed).toContain("\nimport type { Bytes as Bytes2, MapLike as MapLike3 } from 'rustdll';\n");
  expect(renamed).toContain('export declare function f(x: MapLike3<Bytes>): Bytes2;\n');
});
