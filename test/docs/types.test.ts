/**
 * Each type in the tables of docs/guide.md and docs/crates.md is passed by the conformance suite and by the property tests, which
 * have the same list of functions, and is declared by `rustdll types` as what the library takes: TypeScript accepts the arguments that
 * the suite passes, and refuses those that are of another type.
 */

import * as path from 'node:path';
import * as ts from 'typescript';
import { declarationText } from '../../src-ts/cli/declarations/declarations';
import { RustDLL, tableOf } from '../../src-ts/library/library';
import type { Table } from '../../src-ts/types/signature';
import { CASES, FUNCTIONS } from '../conformance/type-samples.cjs';
import { compileSources } from '../support/compile';
import { libraryPath } from '../support/kernels';
import { readPage, section, tableRows } from './markdown';
import { ROOT } from './workshop';

/** The rows of crates.md that are no types. */
const NO_TYPES = ['log', 'tracing'];

/** Returns the types of a row: those that are named, or all of the text if it says in words which they are. */
function typesOf(cell: string): string[] {
  if (!cell.startsWith('`')) return [cell.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1').replaceAll('`', '')];
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, type]) => type as string);
}

const guide = tableRows(section(readPage('docs/guide.md'), 'Every type at a glance'))
  .map(([cell = '']) => cell)
  .filter((cell) => !cell.includes('crates.md'));
const crates = tableRows(readPage('docs/crates.md').text.split('\n## ')[0] as string)
  .filter(([feature = '']) => !NO_TYPES.includes(feature.replaceAll('`', '')))
  .map(([, cell = '']) => cell);
const named = [...guide, ...crates].flatMap(typesOf);
const passed = new Set([...CASES.map(({ type }) => type), ...Object.keys(FUNCTIONS)]);

test('there are rows', () => {
  expect(guide.length).toBeGreaterThan(35);
  expect(crates.length).toBeGreaterThan(18);
});

test.each([...new Set(named)])('%s is passed', (type) => {
  expect(passed).toContain(type);
});

test('the types that are passed and not named are those that words stand for', () => {
  const others = [...passed].filter((type) => !named.includes(type));
  const isMeant = (type: string): boolean => /^(?:NonZero[IU]\w+|Ipv[46]Addr|SocketAddrV[46]|Array2<T>)$/.test(type);
  expect(others.filter((type) => !isMeant(type))).toEqual([]);
  expect(others).toHaveLength(11 + 4 + 1);
});

const program = programOf();
const errors = errorsOf(program.lines.join('\n'));

test.each(CASES.map(({ name }) => name))('%s is declared as what it takes', (name) => {
  const calls = program.calls.filter((call) => call.name === name);
  const found = calls.map(({ argument, line }) => ({ argument, refused: errors.has(line) }));
  expect(found).toEqual(calls.map(({ argument, refused }) => ({ argument, refused })));
});

test('the rest of the program compiles', () => {
  const lines = new Set(program.calls.map(({ line }) => line));
  expect([...errors].filter(([line]) => !lines.has(line))).toEqual([]);
});

/** A program that passes each argument of the cases, in a line for each, and whether that should be refused. */
function programOf(): {
  readonly lines: string[];
  readonly calls: {
    readonly name: string;
    readonly argument: string;
    readonly line: number;
    readonly refused: boolean;
  }[];
} {
  const lines = [
    "import type { RustDLL } from 'rustdll';",
    "import type * as types from './types';",
    'declare const lib: RustDLL<typeof types>;',
    ...Object.values(FUNCTIONS).map((name) => `void lib.${name};`),
  ];
  const calls = CASES.flatMap(({ name, takes, wrong, bad = [] }) => {
    const first = (of: string | readonly [string, ...unknown[]]): string => (typeof of === 'string' ? of : of[0]);
    const pass = (argument: string, refused: boolean) => {
      lines.push(`lib.${name}(${argument});`);
      return { name, argument, line: lines.length, refused };
    };
    return [
      ...takes.map((taken) => pass(first(taken), false)),
      ...wrong.map((value) => pass(first(value), true)),
      ...bad.map(([argument]) => pass(argument, false)),
    ];
  });
  return { lines, calls };
}

/** Compiles a program beside the declarations of the library. Returns the errors by the lines of the program, counted from 1. */
function errorsOf(source: string): Map<number, string> {
  const library = libraryPath('types');
  const declarations = declarationText(tableOf(new RustDLL(library)) as Table, path.basename(library));
  const folder = path.join(ROOT, 'test', 'docs');
  const main = path.join(folder, 'program.mts');
  const sources = new Map([
    [main, source],
    [path.join(folder, 'types.d.ts'), declarations],
  ]);
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2024.d.ts', 'lib.esnext.disposable.d.ts'],
    typeRoots: [path.join(ROOT, 'node_modules', '@types')],
    types: ['node'],
    skipLibCheck: true,
    paths: { rustdll: [path.join(ROOT, 'src-ts', 'index.ts')] },
  };
  const compiled = compileSources(sources, [main], options);
  // The sources of the package are compiled by themselves.
  const diagnostics = ts
    .getPreEmitDiagnostics(compiled)
    .filter(({ file }) => sources.has(path.normalize(file?.fileName ?? main)));
  return new Map(
    diagnostics.map(({ file, start, messageText }) => {
      const text = ts.flattenDiagnosticMessageText(messageText, '\n');
      const isMain = file !== undefined && path.normalize(file.fileName) === main;
      return [isMain ? ts.getLineAndCharacterOfPosition(file, start ?? 0).line + 1 : 0, text];
    }),
  );
}
