/** Checks the types of the snippets with the options of a user's compiler. */

import * as path from 'node:path';
import * as ts from 'typescript';
import { compileSources } from '../support/compile';
import type { Program } from './program';
import { ROOT } from './workshop';

/** The programs of a page, and the declarations that they import from `./mylib`. */
export interface TypedPage {
  readonly path: string;
  readonly programs: readonly Program[];
  readonly declarations: string | undefined;
}

/**
 * Compiles the programs as if they were in `folder`, where `rustdll` can be imported.
 *
 * @returns One message for each error, with the place on the page.
 */
export function typeErrors(pages: readonly TypedPage[], folder: string): string[] {
  const programs = new Map<string, Program>();
  const sources = new Map<string, string>();
  pages.forEach(({ programs: ofPage, declarations }, index) => {
    const ownFolder = path.join(folder, `page-${index}`);
    if (declarations !== undefined) sources.set(path.join(ownFolder, 'mylib.d.ts'), declarations);
    ofPage.forEach((program, i) => {
      const file = path.join(ownFolder, `snippet-${i}.mts`);
      programs.set(file, program);
      sources.set(file, program.source);
    });
  });
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts'],
    typeRoots: [path.join(ROOT, 'node_modules', '@types')],
    types: ['node'],
    skipLibCheck: true,
    noUncheckedIndexedAccess: true,
  };
  const compiled = compileSources(sources, [...programs.keys()], options);
  return ts.getPreEmitDiagnostics(compiled).map(({ file, start, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, '\n');
    const program = file && programs.get(path.normalize(file.fileName));
    if (file === undefined || program === undefined) return file === undefined ? text : `${file.fileName}: ${text}`;
    const line = ts.getLineAndCharacterOfPosition(file, start ?? 0).line - program.preludeLines;
    return `${program.place}, line ${line + 1} of the snippet: ${text}`;
  });
}
