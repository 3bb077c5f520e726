/**
 * Checks the types: compiles the tests, the types of declarations (test/types), and programs that import and require
 * the package as npm packs it, with each module resolution of TypeScript. Those in test/types/package/bare have no
 * types of Node, and all checks of the compiler enabled. With `--versions` only these are compiled, with each of the
 * compilers of test/typescript.
 */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { program, ROOT, tools } from '../shared/tools.mjs';

const { values: options } = parseArgs({ options: { versions: { type: 'boolean' } } });
const OWN = createRequire(import.meta.url).resolve('typescript/bin/tsc');
let failed = false;

/** Runs a TypeScript compiler in `cwd`. */
function tsc(heading, cwd, args, compiler = OWN) {
  console.log(`types: ${heading}`);
  const { status } = spawnSync(process.execPath, [compiler, ...args], { cwd, stdio: 'inherit' });
  if (status !== 0) failed = true;
}

/** Returns the files that npm would publish. */
function packedFiles() {
  const command = 'npm pack --dry-run --json --ignore-scripts --loglevel=error';
  const { status, stdout } = spawnSync(command, { cwd: ROOT, encoding: 'utf8', shell: true });
  if (status !== 0) throw new Error(`${command}: exit code ${status}`);
  return JSON.parse(stdout)[0].files.map((file) => file.path);
}

/** Returns the README's first program. */
function readmeExample() {
  const [, example] = /^```ts\n([^]+?)^```$/m.exec(readFileSync(path.join(ROOT, 'README.md'), 'utf8'));
  return example;
}

/** Compiles the programs without types of Node, with each module resolution of TypeScript. */
function bare(folder, compiler, name) {
  const cwd = path.join(folder, 'bare');
  for (const way of ['node16', 'nodenext']) {
    tsc(`${name}, ${way}`, cwd, ['-p', '.', '--module', way, '--moduleResolution', way], compiler);
  }
  tsc(`${name}, bundler`, cwd, ['-p', 'tsconfig.bundler.json'], compiler);
  tsc(`${name}, the README's example`, cwd, ['-p', 'readme'], compiler);
  tsc(`${name}, beside the types of the web`, cwd, ['-p', 'web'], compiler);
}

const folder = mkdtempSync(path.join(tmpdir(), 'rustdll-types-'));
try {
  const modules = path.join(folder, 'node_modules');
  mkdirSync(modules);
  symlinkSync(path.join(ROOT, 'node_modules', '@types'), path.join(modules, '@types'), 'junction');
  for (const file of packedFiles()) cpSync(path.join(ROOT, file), path.join(modules, 'rustdll', file));
  cpSync(path.join(ROOT, 'test', 'types', 'package'), folder, { recursive: true });
  const geometry = readFileSync(path.join(ROOT, 'test', 'types', 'geometry.d.ts'), 'utf8');
  for (const place of ['bare', path.join('bare', 'web')]) {
    // A name that is no identifier can be exported from TypeScript 5.6 on.
    writeFileSync(path.join(folder, place, 'geometry.d.ts'), geometry.replace(", my_func as 'my-func'", ''));
  }
  for (const name of ['example.mts', 'example.cts']) {
    writeFileSync(path.join(folder, 'bare', 'readme', name), readmeExample());
  }

  if (options.versions) {
    const compilers = tools('typescript');
    const { dependencies } = JSON.parse(readFileSync(path.join(ROOT, 'test', 'typescript', 'package.json'), 'utf8'));
    for (const name of Object.keys(dependencies)) bare(folder, program(compilers, name, 'tsc'), name);
  } else {
    tsc('the tests', ROOT, ['-p', 'test']);
    tsc('declarations', ROOT, ['-p', 'test/types']);
    tsc('the package, node16', folder, ['-p', '.']);
    tsc('the package, bundler', folder, ['-p', '.', '--module', 'preserve', '--moduleResolution', 'bundler']);
    bare(folder, OWN, 'the package alone');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
