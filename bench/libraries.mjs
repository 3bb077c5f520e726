/**
 * The libraries that the benchmark calls, and the packages that it compares: the Rust kernels of the tests through rustdll,
 * and the same work with C's signatures for koffi and ffi-rs; exported functions through rustdll, and the same functions in
 * an addon made with napi-rs.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { libraryFile } from '../test/support/library-file.cjs';

const root = new URL('../', import.meta.url);
const require = createRequire(import.meta.url);

/** The paths of the libraries that {@link buildLibraries} builds. */
export const paths = {
  kernels: inRoot(`test/fixtures/target/release/${libraryFile('kernels')}`),
  flat: inRoot(`bench/flat/target/release/${libraryFile('flat')}`),
  exported: inRoot(`bench/exported/target/release/${libraryFile('bench_exported')}`),
  many: inRoot(`bench/many/target/release/${libraryFile('bench_many')}`),
  describedKernels: inRoot(`test/fixtures/target/described/${libraryFile('kernels')}`),
  described: inRoot(`bench/described/target/debug/${libraryFile('bench_described')}`),
  describedHuge: inRoot(`bench/described/target/huge/debug/${libraryFile('bench_described')}`),
  napiRs: inRoot(`bench/napi-rs/target/release/${libraryFile('bench_napi_rs')}`),
  pyo3: inRoot(`bench/pyo3/target/release/${libraryFile('bench_pyo3')}`),
  addon: inRoot(`bench/native/build/${process.platform === 'win32' ? '' : 'Release/'}bench.node`),
};

/** Builds the libraries of the benchmark. Ends the process when that fails. */
export function buildLibraries() {
  if (!existsSync(inRoot('dist/index.js'))) fail('The package is not built yet: npm run build');
  run(process.execPath, inRoot('scripts/build/fixtures.mjs'));
  for (const crate of ['flat', 'exported', 'many', 'napi-rs']) buildCrate(`bench/${crate}`);
  buildPythonModule();
  run(process.execPath, require.resolve('cmake-js/bin/cmake-js'), 'compile', '-d', inRoot('bench/native'));
  buildDescribed();
}

/** Builds the kernels and a large library, both with debug information; a huge library too if that is asked for. */
export function buildDescribed(isHuge = false) {
  const cargo = (folder, ...options) =>
    run('cargo', 'build', '--locked', '--quiet', '--manifest-path', inRoot(`${folder}/Cargo.toml`), ...options);
  cargo('test/fixtures', '--package', 'kernels', '--profile', 'described');
  cargo('bench/described');
  if (isHuge) cargo('bench/described', '--features', 'huge', '--target-dir', inRoot('bench/described/target/huge'));
}

/** The command of Python. */
export const PYTHON = process.platform === 'win32' ? 'python' : 'python3';

/** Builds the Python module. Where Python is not there, or not as PyO3 needs it, there is none. */
function buildPythonModule() {
  const manifest = inRoot('bench/pyo3/Cargo.toml');
  const build = ['build', '--release', '--locked', '--quiet', '--manifest-path', manifest];
  const { status } = spawnSync('cargo', build, { env: { ...process.env, PYO3_PYTHON: PYTHON }, encoding: 'utf8' });
  if (status !== 0) rmSync(paths.pyo3, { force: true });
}

/** Builds the library of 400 exported functions alone. */
export function buildMany() {
  buildCrate('bench/many');
}

/** Builds a crate. Ends the process when that fails. */
export function buildCrate(folder) {
  run('cargo', 'build', '--release', '--locked', '--quiet', '--manifest-path', inRoot(`${folder}/Cargo.toml`));
}

function inRoot(path) {
  return fileURLToPath(new URL(path, root));
}

function run(command, ...args) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0)
    fail(`${stdout ?? ''}${stderr ?? ''}${[command, ...args].join(' ')}: ${error ?? `exit code ${status}`}`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

/**
 * Opens all libraries, once for the whole process.
 *
 * `rustdll` and `rustdllFlat` are `RustDLL` instances of the kernels and of their flat signatures, `koffi` and `koffiFlat`
 * their koffi handles, `ffiRs(functions)` is ffi-rs's `define` with library names `kernels` and `flat`, `koffiStruct` declares a structure to koffi, and `addon` is
 * the Node-API addon. `checked` and `unchecked` are two instances of the kernels with debug information. `exported` is the `RustDLL` of the exported functions, `napiRs` the addon made with napi-rs.
 */
export function openLibraries() {
  const { RustDLL } = require('rustdll');
  const koffi = require('koffi');
  // The heap has room for a list of a million floats, as koffi 3 reads and writes beyond its end otherwise; and there may be
  // a thousand calls in the background.
  koffi.config({ sync_heap_size: 16 * 2 ** 20, max_async_calls: 1024 });
  const ffi = require('ffi-rs');
  for (const library of ['kernels', 'flat']) ffi.open({ library, path: paths[library] });
  return {
    rustdll: new RustDLL(paths.kernels),
    rustdllFlat: new RustDLL(paths.flat),
    checked: new RustDLL(paths.describedKernels),
    unchecked: new RustDLL(paths.describedKernels, { check: false }),
    koffi: koffi.load(paths.kernels),
    koffiFlat: koffi.load(paths.flat),
    koffiStruct: koffi.struct,
    ffiRs: ffi.define,
    FfiType: ffi.DataType,
    addon: require(paths.addon),
    ...openExported(),
  };
}

/** Opens the exported functions and the addon made with napi-rs alone. */
export function openExported() {
  const { RustDLL } = require('rustdll');
  return { exported: new RustDLL(paths.exported), napiRs: openAddon(paths.napiRs) };
}

/** Loads an addon by the file name that Cargo gives it, which does not end in `.node`. */
function openAddon(path) {
  const module = { exports: {} };
  process.dlopen(module, path);
  return module.exports;
}

/** Describes the machine, and the programs that are measured. */
export function describeMachine() {
  const { cpus, release, totalmem } = require('node:os');
  const version = (name) => require(`${name}/package.json`).version;
  return {
    cpu: cpus()[0]?.model.trim() ?? process.arch,
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch} ${release()}`,
    node: process.version,
    v8: process.versions.v8,
    rustc: execFileSync('rustc', ['--version'], { encoding: 'utf8' }).trim(),
    rustdll: version('rustdll'),
    koffi: require('koffi').version,
    ffiRs: version('ffi-rs'),
    napiRs: lockedVersion('napi', 'bench/napi-rs/Cargo.lock'),
    date: new Date().toISOString().slice(0, 10),
  };
}

/** Returns the version of a crate in a lock file. */
function lockedVersion(crate, lockFile) {
  const found = new RegExp(`name = "${crate}"\\nversion = "(.*)"`).exec(readFileSync(inRoot(lockFile), 'utf8'));
  return found?.[1] ?? 'unknown';
}
