/** Compiles TypeScript that is not on the disk. */

import * as path from 'node:path';
import * as ts from 'typescript';

/**
 * Makes a program of sources that are as good as files.
 *
 * @param sources - By the paths of their files, whose folders need not exist.
 * @param roots - The files to compile, with those that they import.
 */
export function compileSources(
  sources: ReadonlyMap<string, string>,
  roots: readonly string[],
  options: ts.CompilerOptions,
): ts.Program {
  const folders = new Set([...sources.keys()].map((file) => path.dirname(file)));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, directoryExists } = host;
  host.fileExists = (file) => sources.has(path.normalize(file)) || fileExists(file);
  host.readFile = (file) => sources.get(path.normalize(file)) ?? readFile(file);
  // Otherwise the compiler would skip folders that do not exist on the disk.
  host.directoryExists = (name) => folders.has(path.normalize(name)) || (directoryExists?.(name) ?? true);
  return ts.createProgram(roots, options, host);
}
