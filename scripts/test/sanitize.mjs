// Builds the addon, the Rust libraries and the C libraries with AddressSanitizer (C and C++ with
// UndefinedBehaviorSanitizer too) in a temporary folder, and runs the programs of test/sanitize with them; the threads
// of calls in the background also with ThreadSanitizer, without JavaScript. dist must have been built. It needs Linux
// with GCC.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { libraryFile, ROOT, run } from '../shared/tools.mjs';

const fixtures = path.join(ROOT, 'test', 'fixtures');
const SANITIZERS = 'address,undefined';

/** Runs a command whose output is shown to the user. */
function show(command, args, options = {}) {
  run(command, args, { cwd: ROOT, stdio: 'inherit', ...options });
}

/** Returns the sanitizers' run-time libraries, which must be loaded before any instrumented code. */
function runtimes() {
  return ['asan', 'ubsan'].map((name) => {
    const file = execFileSync('c++', [`-print-file-name=lib${name}.so`], { encoding: 'utf8' }).trim();
    if (!path.isAbsolute(file)) throw new Error(`the C++ compiler has no lib${name}.so`);
    return file;
  });
}

function buildAddon(folder) {
  const cmakeJs = createRequire(import.meta.url).resolve('cmake-js/bin/cmake-js');
  const args = [
    'compile',
    '--log-level',
    'error',
    '--out',
    path.join(folder, 'build'),
    `--CDRUSTDLL_SANITIZE=${SANITIZERS}`,
  ];
  show(process.execPath, [cmakeJs, ...args]);
  for (const part of ['package.json', 'dist'])
    cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
}

/** Builds crates with AddressSanitizer. Every Rust compiler has it, but a stable one requires RUSTC_BOOTSTRAP. */
function buildCrates(folder, ...crates) {
  const host = /^host: (.+)$/m.exec(execFileSync('rustc', ['-vV'], { encoding: 'utf8' }))[1];
  const target = path.join(folder, 'target');
  const env = { ...process.env, RUSTC_BOOTSTRAP: '1', RUSTFLAGS: '-Zsanitizer=address' };
  const packages = crates.flatMap((crate) => ['--package', crate]);
  show('cargo', ['build', '--release', '--locked', '--quiet', ...packages, '--target', host, '--target-dir', target], {
    cwd: fixtures,
    env,
  });
  return crates.map((crate) => path.join(target, host, 'release', libraryFile(crate.replaceAll('-', '_'))));
}

function buildC(folder, name) {
  const file = path.join(folder, libraryFile(name));
  const flags = ['-std=c11', '-O1', '-g', '-fPIC', '-shared', `-fsanitize=${SANITIZERS}`];
  show(process.env.CC ?? 'cc', [...flags, '-o', file, path.join(fixtures, 'c', `${name}.c`)]);
  return file;
}

/** Builds the sources of the addon that run on threads, with a program that acts as several environments do. */
function buildThreads(folder) {
  const file = path.join(folder, 'threads');
  const sources = ['call', 'held', 'mailbox', 'objects', 'pool', 'posts', 'regions', 'task', 'threads_posix'].map(
    (name) => `src-native/${name}.cc`,
  );
  const headers = ['node-api-headers/include', 'node-addon-api'].flatMap((name) => [
    '-isystem',
    `node_modules/${name}`,
  ]);
  const definitions = ['-DNAPI_VERSION=8', '-DNAPI_DISABLE_CPP_EXCEPTIONS', '-DNODE_API_NO_EXTERNAL_BUFFERS_ALLOWED'];
  // Functions of Node-API that the program does not define stay unresolved, as they are never called.
  const link = ['-Wl,--unresolved-symbols=ignore-all', '-Wl,-z,lazy', '-no-pie'];
  const flags = ['-std=c++17', '-O1', '-g', '-fsanitize=thread', '-w', '-I', 'src-native'];
  const program = path.join('test', 'sanitize', 'threads.cc');
  show(process.env.CXX ?? 'c++', [...flags, ...headers, ...definitions, program, ...sources, ...link, '-o', file]);
  return file;
}

if (process.platform !== 'linux') {
  console.log('sanitize: for Linux only');
  process.exit(0);
}
if (!existsSync(path.join(ROOT, 'dist', 'index.js'))) throw new Error('dist is missing: npm run build');
// The real path, as Node identifies modules by it.
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'rustdll-sanitize-')));
try {
  mkdirSync(path.join(folder, 'build'));
  buildAddon(folder);
  const crates = ['kernels', 'exported', 'exported-faults', 'objects', 'callbacks'];
  const [kernels, exported, faults, objects, callbacks] = buildCrates(folder, ...crates);
  const libraries = [kernels, buildC(folder, 'clib')];
  const env = {
    ...process.env,
    LD_PRELOAD: runtimes().join(' '),
    // Leaks cannot be detected: Node does not free all memory at exit, and V8's own heap is invisible to the sanitizer.
    ASAN_OPTIONS: 'detect_leaks=0:detect_stack_use_after_return=1:allocator_may_return_null=1',
    UBSAN_OPTIONS: 'halt_on_error=1:print_stacktrace=1',
  };
  const exercise = path.join(ROOT, 'test', 'sanitize', 'exercise.cjs');
  const beyond = spawnSync(process.execPath, [exercise, folder, ...libraries, 'beyond'], { env, encoding: 'utf8' });
  if (!beyond.stderr.includes('heap-buffer-overflow')) throw new Error('an access out of bounds went unnoticed');
  const ofExports = [
    path.join(ROOT, 'test', 'sanitize', 'exported.cjs'),
    folder,
    exported,
    faults,
    buildC(folder, 'contract'),
  ];
  for (const flag of ['--expose-gc', '--disallow-code-generation-from-strings']) {
    show(process.execPath, [flag, exercise, folder, ...libraries], { env });
    show(process.execPath, [flag, ...ofExports], { env });
    show(process.execPath, [flag, path.join(ROOT, 'test', 'sanitize', 'c-functions.cjs'), folder, libraries[1]], {
      env,
    });
    show(process.execPath, [flag, path.join(ROOT, 'test', 'sanitize', 'background.cjs'), folder, exported], { env });
    show(process.execPath, [flag, path.join(ROOT, 'test', 'sanitize', 'objects.cjs'), folder, objects], { env });
    show(process.execPath, [flag, path.join(ROOT, 'test', 'sanitize', 'callbacks.cjs'), folder, callbacks], { env });
  }
  // ThreadSanitizer requires that addresses are not randomized.
  show('setarch', ['-R', buildThreads(folder)], { env: { ...process.env, TSAN_OPTIONS: 'halt_on_error=1' } });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
