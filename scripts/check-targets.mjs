/**
 * Compiles and links the addon for every target with one cross-compiler, Zig's, which pip installs once into
 * node_modules/.cache. Names of targets as arguments choose among them; with `--keep FOLDER` the addons stay there.
 *
 * This shows that the sources are right for each target, it makes no files to publish: the ones for Windows load only
 * into a node.exe of that name.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ZIG = '0.17.1';
const TARGETS = {
  'linux-x64': 'x86_64-linux-gnu.2.17',
  'linux-arm64': 'aarch64-linux-gnu.2.17',
  'linux-x64-musl': 'x86_64-linux-musl',
  'linux-arm64-musl': 'aarch64-linux-musl',
  'darwin-x64': 'x86_64-macos.11.0',
  'darwin-arm64': 'aarch64-macos.11.0',
  'win32-x64': 'x86_64-windows-gnu',
  'win32-arm64': 'aarch64-windows-gnu',
};

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const { include_dir: nodeApiHeaders, def_paths: definitions } = require('node-api-headers');
const nodeAddonApi = path.resolve(require('node-addon-api').include_dir);

/** Runs a program; throws with all it printed if it fails, and passes on what it printed otherwise. */
function run(program, ...args) {
  const { status, error, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${path.basename(program)} ${args.join(' ')}\n${error ?? stdout + stderr}`);
  process.stdout.write(stdout + stderr);
}

/** The path of the compiler, installed if it is not there. */
function installZig() {
  const folder = path.join(root, 'node_modules', '.cache', `ziglang-${ZIG}`);
  const zig = path.join(folder, 'ziglang', process.platform === 'win32' ? 'zig.exe' : 'zig');
  if (!existsSync(zig)) {
    const python = process.platform === 'win32' ? 'python' : 'python3';
    run(python, '-m', 'pip', 'install', '--quiet', '--no-deps', '--target', folder, `ziglang==${ZIG}`);
  }
  return zig;
}

/** The sources of one platform, which CMakeLists.txt has too. */
function sources(platform) {
  const own = platform === 'win32' ? 'dl_win32.cc' : 'dl_posix.cc';
  const text = readFileSync(path.join(root, 'CMakeLists.txt'), 'utf8');
  const common = /set\(SOURCES\s+([^)]*)\)/.exec(text)[1].trim().split(/\s+/);
  return [...common, `src-native/${own}`].map((file) => path.join(root, file));
}

/** What the linker needs besides, for the platform. `folder` takes files made for it. */
function linkerFlags(zig, platform, arch, folder) {
  if (platform === 'darwin') return ['-Wl,-undefined,dynamic_lookup', '-Wl,-install_name,@rpath/rustdll.node'];
  if (platform === 'linux') {
    // Without it, libc++'s operator new and delete would be exported.
    const map = path.join(folder, 'exports.map');
    writeFileSync(map, '{ global: napi_register_module_v1; node_api_module_get_api_version_v1; local: *; };\n');
    const hardening = ['-Wl,-z,relro,-z,now', '-Wl,-z,nodelete', '-Wl,--gc-sections', '-Wl,--build-id=none'];
    return ['-fPIC', ...hardening, `-Wl,--version-script=${map}`];
  }
  const machine = arch === 'x64' ? 'i386:x86-64' : 'arm64';
  const libraries = Object.values(definitions).map((definition) => {
    const library = path.join(folder, `${path.basename(definition, '.def')}-${arch}.lib`);
    run(zig, 'dlltool', '-d', definition, '-l', library, '-m', machine);
    return library;
  });
  return libraries;
}

function build(zig, name, folder) {
  const [platform, arch] = name.split('-');
  const output = path.join(folder, name, 'rustdll.node');
  mkdirSync(path.dirname(output), { recursive: true });
  run(
    zig,
    'c++',
    ...['-target', TARGETS[name], '-std=c++17', '-Os', '-g0', '-fno-exceptions', '-fno-rtti', '-shared', '-s'],
    ...['-fvisibility=hidden', '-fvisibility-inlines-hidden', '-ffunction-sections', '-fdata-sections'],
    ...['-Wall', '-Wextra', '-Werror', '-isystem', nodeApiHeaders, '-isystem', nodeAddonApi],
    ...['-DNAPI_VERSION=8', '-DNAPI_DISABLE_CPP_EXCEPTIONS', '-DNODE_API_NO_EXTERNAL_BUFFERS_ALLOWED'],
    '-DBUILDING_NODE_EXTENSION',
    ...sources(platform),
    ...linkerFlags(zig, platform, arch, folder),
    ...['-o', output],
  );
  return statSync(output).size;
}

const { values, positionals } = parseArgs({ options: { keep: { type: 'string' } }, allowPositionals: true });
const names = positionals.length > 0 ? positionals : Object.keys(TARGETS);
const unknown = names.filter((name) => !Object.hasOwn(TARGETS, name));
if (unknown.length > 0) {
  console.error(`no target ${unknown.join(', ')}; there are: ${Object.keys(TARGETS).join(', ')}`);
  process.exit(2);
}
const folder =
  values.keep === undefined ? mkdtempSync(path.join(tmpdir(), 'rustdll-targets-')) : path.resolve(values.keep);
let failed = 0;
try {
  mkdirSync(folder, { recursive: true });
  const zig = installZig();
  for (const name of names) {
    try {
      console.log(`${name}: ${build(zig, name, folder)} bytes`);
    } catch (error) {
      failed++;
      console.error(`${name}: ${error.message}`);
    }
  }
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
process.exit(failed === 0 ? 0 : 1);
