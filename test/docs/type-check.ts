/** TypeScript's opinion of the snippets, as a user's compiler has it. */

import * as path from 'node:path';
import * as ts from 'typescript';
import type { Program } from './program';
import { ROOT } from './workshop';

/**
 * Compiles the programs in `folder`, where `rustdll` can be imported.
 *
 * @returns One message for each error, with the place on the page.
 */
export function typeErrors(programs: readonly Program[], folder: string): string[] {
  const files = new Map(programs.map((program, i) => [path.join(folder, `snippet-${i}.mts`), program]));
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    lib: ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts'],
    typeRoots: [path.join(ROOT, 'node_modules', '@types')],
    types: ['node'],
    skipLibCheck: true,
    noUncheckedIndexedAccess: true,
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (file) => files.has(path.normalize(file)) || fileExists(file);
  host.readFile = (file) => files.get(path.normalize(file))?.source ?? readFile(file);
  const compiled = ts.createProgram([...files.keys()], options, host);
  return ts.getPreEmitDiagnostics(compiled).map(({ file, start, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, '\n');
    const program = file && files.get(path.normalize(file.fileName));
    if (file === undefined || program === undefined) return text;
    const line = ts.getLineAndCharacterOfPosition(file, start ?? 0).line - program.preludeLines;
    return `${program.place}, line ${line + 1} of the snippet: ${text}`;
  });
}
