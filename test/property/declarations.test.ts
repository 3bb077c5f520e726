import * as fc from 'fast-check';
import * as path from 'node:path';
import * as ts from 'typescript';
import { declarationText } from '../../src-ts/cli/declarations/declarations';
import { errorGuards } from '../../src-ts/levels/export/guards';
import { unitEnums } from '../../src-ts/levels/export/units';
import { parseTable } from '../../src-ts/levels/export/table';
import { compileSources } from '../support/compile';
import { tables } from './table.arbitrary';

const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  types: [],
};

test('the declarations of any table compile, and export its functions', () => {
  // All samples are compiled at once, since each compilation reads TypeScript's library.
  const samples = fc.sample(tables, 150).map((json) => parseTable(JSON.stringify(json), '/app/lib.so'));
  const files = new Map(
    samples.map((table, i) => [path.join(__dirname, `sample-${i}.d.ts`), declarationText(table, 'lib.so')]),
  );
  const program = compileSources(files, [...files.keys()], options);

  const errors = ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const source = files.get(path.normalize(file?.fileName ?? '')) ?? '';
    return `${ts.flattenDiagnosticMessageText(messageText, '\n')}\n${source.slice(start, (start ?? 0) + 200)}`;
  });
  expect(errors).toEqual([]);

  const checker = program.getTypeChecker();
  const exportedBy = (name: string): string[] =>
    checker
      .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(name) as ts.SourceFile) as ts.Symbol)
      .filter((symbol) => {
        const actual = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
        return (actual.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Variable)) !== 0;
      })
      .map((symbol) => symbol.getName())
      .sort();
  expect([...files.keys()].map(exportedBy)).toEqual(
    samples.map((table) =>
      [...table.functions, ...errorGuards(table), ...unitEnums(table)].map(({ name }) => name).sort(),
    ),
  );
});
