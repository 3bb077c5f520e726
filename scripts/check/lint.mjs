/**
 * Runs all linters, also after one has reported something. With `--fix` they fix what they can, and report only the
 * rest.
 */

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { cargo } from '../shared/cargo.mjs';
import { program, ROOT } from '../shared/tools.mjs';

const fix = process.argv.includes('--fix');

/** Runs the command-line program of an npm package. True if it succeeded. */
function npmTool(name, bin, ...args) {
  const file = program(path.join(ROOT, 'node_modules'), name, bin);
  return spawnSync(process.execPath, [file, ...args], { cwd: ROOT, stdio: 'inherit' }).status === 0;
}

/** Runs a check of this folder. True if it found nothing. */
function script(name) {
  return spawnSync(process.execPath, [path.join(import.meta.dirname, name)], { stdio: 'inherit' }).status === 0;
}

/** Returns the C and C++ files of these folders. */
function nativeFiles(...folders) {
  return folders.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder))
      .filter((name) => /\.(c|cc|h)$/.test(name))
      .map((name) => path.join(folder, name)),
  );
}

const LINTERS = {
  eslint: () => npmTool('eslint', 'eslint', '.', '--max-warnings', '0', ...(fix ? ['--fix'] : [])),
  prettier: () => npmTool('prettier', 'prettier', '.', '--log-level', 'warn', fix ? '--write' : '--check'),
  'clang-format': () =>
    npmTool(
      '@wasm-fmt/clang-format',
      'clang-format',
      ...(fix ? ['-i'] : ['--dry-run', '--Werror']),
      ...nativeFiles('src-native', 'scripts/prebuild/native', 'bench/native', 'test/fixtures/c', 'test/sanitize'),
    ),
  rustfmt: () => cargo(['fmt', '--all', ...(fix ? [] : ['--check'])]),
  imports: () => script('imports.mjs'),
  versions: () => script('versions.mjs'),
  api: () => script('api.mjs'),
  features: () => script('features.mjs'),
  clippy: () => cargo(['clippy', '--locked', '--quiet', '--all-targets', '--all-features', '--', '-D', 'warnings']),
};

const failed = Object.keys(LINTERS).filter((name) => {
  console.log(`== ${name}`);
  return !LINTERS[name]();
});
console.log(failed.length === 0 ? 'lint: nothing to report' : `lint: ${failed.join(', ')} failed`);
process.exit(failed.length === 0 ? 0 : 1);
