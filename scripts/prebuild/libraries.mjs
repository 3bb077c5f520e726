/** Builds the libraries with which the prebuilt addons are tested, for each target: the fixtures of the tests. */

import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { LIBRARIES } from '../../test/conformance/libraries.mjs';
import { fixture, libraryFile, ROOT, run } from '../shared/tools.mjs';
import { CACHE } from './cache.mjs';
import { debianRust } from './debian.mjs';
import { hostTarget } from './targets.mjs';
import { zig } from './zig.mjs';

const linker = fileURLToPath(new URL('linker.mjs', import.meta.url));

/** Rust's names of the targets for which it can link with any compiler. */
const RUST_TARGETS = {
  'linux-arm64': 'aarch64-unknown-linux-gnu',
  'linux-x64-musl': 'x86_64-unknown-linux-musl',
  'linux-arm64-musl': 'aarch64-unknown-linux-musl',
  'win32-x64': 'x86_64-pc-windows-gnullvm',
};

/** Compiles a source in C to a library in `folder`. */
function compileC(target, source, folder) {
  const output = path.join(folder, libraryFile(path.parse(source).name, target.platform));
  mkdirSync(folder, { recursive: true });
  const flags = ['-std=c11', '-O2', '-s', '-shared', ...(target.platform === 'win32' ? [] : ['-fPIC'])];
  run(zig(), [
    'cc',
    '-target',
    target.triple,
    ...flags,
    source,
    ...(target.platform === 'win32' ? ['-ladvapi32'] : []),
    '-o',
    output,
  ]);
  return output;
}

/** Builds the C library of the tests. */
export function cLibrary(target) {
  if (target === hostTarget()) return fixture('clib');
  const source = path.join(ROOT, 'test', 'fixtures', 'c', 'clib.c');
  return compileC(target, source, path.join(CACHE, 'libraries', target.name));
}

/**
 * Returns the options with which Cargo finds Rust's standard library for a target: the installed one, or its sources.
 */
function standardLibrary(triple) {
  const folder = run('rustc', ['--print', 'target-libdir', '--target', triple]).trim();
  if (existsSync(folder) && readdirSync(folder).some((file) => file.startsWith('libstd-')))
    return { flags: [], env: {} };
  const root = debianRust();
  return {
    flags: ['-Zbuild-std=std,panic_unwind'],
    env: {
      RUSTC: path.join(root, 'usr', 'bin', 'rustc'),
      LD_LIBRARY_PATH: path.join(root, 'usr', 'lib', 'x86_64-linux-gnu'),
      // Compiling the standard library is unstable.
      RUSTC_BOOTSTRAP: '1',
    },
  };
}

/**
 * Builds the Rust libraries of the tests; returns their paths by the names of the crates.
 *
 * @throws Error whose message says why they cannot be made.
 */
export function rustLibraries(target) {
  if (target === hostTarget()) return Object.fromEntries(LIBRARIES.map((name) => [name, fixture(name)]));
  const triple = RUST_TARGETS[target.name];
  const { flags, env } = standardLibrary(triple);
  const folder = path.join(CACHE, 'libraries', 'target');
  const variable = `CARGO_TARGET_${triple.toUpperCase().replaceAll('-', '_')}`;
  run(
    'cargo',
    [
      'build',
      '--release',
      '--locked',
      '--quiet',
      '--target',
      triple,
      ...LIBRARIES.flatMap((name) => ['-p', name]),
      ...flags,
    ],
    {
      cwd: path.join(ROOT, 'test', 'fixtures'),
      env: {
        ...process.env,
        ...env,
        CARGO_TARGET_DIR: folder,
        RUSTDLL_TRIPLE: target.triple,
        [`${variable}_LINKER`]: linker,
        // Libraries for musl are linked to it dynamically.
        [`${variable}_RUSTFLAGS`]: '-Ctarget-feature=-crt-static',
      },
    },
  );
  const made = path.join(folder, triple, 'release');
  if (target.platform === 'win32') {
    compileC(target, fileURLToPath(new URL('native/bcryptprimitives.c', import.meta.url)), made);
  }
  return Object.fromEntries(LIBRARIES.map((name) => [name, path.join(made, libraryFile(name, target.platform))]));
}
