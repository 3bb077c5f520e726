/** Compiles, links and strips the addon for one target. The bytes depend only on the sources and the compiler. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT, run } from '../shared/tools.mjs';
import { zig, zigLib } from './zig.mjs';

const require = createRequire(import.meta.url);
const nodeApi = require('node-api-headers');
const nodeAddonApi = path.resolve(require('node-addon-api').include_dir);
const native = fileURLToPath(new URL('native', import.meta.url));

/** Reads the platform's sources and the definitions from CMakeLists.txt, which the usual build uses. */
function cmakeLists(platform) {
  const text = readFileSync(path.join(ROOT, 'CMakeLists.txt'), 'utf8').replace(/#.*$/gm, '');
  const words = (pattern) => {
    const [, list] = pattern.exec(text) ?? [];
    if (list === undefined) throw new Error(`CMakeLists.txt has nothing like ${pattern}`);
    return list.trim().split(/\s+/);
  };
  const own =
    platform === 'win32'
      ? /if\(WIN32\)\s*list\(APPEND SOURCES ([^)]*)\)/
      : /if\(WIN32\)[^]*?else\(\)\s*list\(APPEND SOURCES ([^)]*)\)/;
  return {
    sources: [...words(/set\(SOURCES\s([^)]*)\)/), ...words(own)].map((file) => path.join(ROOT, file)),
    definitions: words(/target_compile_definitions\(rustdll PRIVATE\s([^)]*)\)/),
  };
}

/** Returns the compiler's flags for all sources of a target. */
function commonFlags({ platform, arch, triple }) {
  const folders = { [ROOT]: 'rustdll', [nodeAddonApi]: 'node-addon-api', [zigLib()]: 'zig' };
  return [
    ...['-target', triple, '-O2', '-g0', '-fno-exceptions', '-fno-rtti'],
    ...['-fvisibility=hidden', '-fvisibility-inlines-hidden', '-fvisibility-global-new-delete=force-hidden'],
    ...['-ffunction-sections', '-fdata-sections'],
    ...(platform === 'win32' ? [] : ['-fPIC']),
    // As in CMakeLists.txt. On arm64 this is the default.
    ...(platform === 'linux' && arch === 'x64' ? ['-mtls-dialect=gnu2'] : []),
    // Replaces all paths of this machine. The last mapping that matches is applied.
    ...Object.entries(folders).map(([from, to]) => `-ffile-prefix-map=${path.join(from)}=${to}`),
  ];
}

/** Returns the linker's flags for a platform. */
function linkerFlags(platform) {
  if (platform === 'darwin')
    return ['-Wl,-undefined,dynamic_lookup', '-Wl,-dead_strip', '-Wl,-install_name,@rpath/rustdll.node'];
  if (platform === 'win32') return ['-Wl,--gc-sections'];
  return [
    ...['-Wl,-z,relro,-z,now', '-Wl,-z,noexecstack', '-Wl,-z,nodelete', '-Wl,--gc-sections', '-Wl,--build-id=none'],
    `-Wl,--version-script=${path.join(native, 'exports.map')}`,
  ];
}

/**
 * Returns the functions of Node-API that compiled sources call through an import library, which does not exist here.
 */
function importedFunctions(objects) {
  const names = objects.flatMap((file) => [
    ...readFileSync(file, 'latin1').matchAll(/\b__imp_((?:napi|node_api)_\w+)/g),
  ]);
  const called = [...new Set(names.map(([, name]) => name))].sort();
  const known = Object.entries(nodeApi.symbols)
    .filter(([version]) => Number(version.slice(1)) <= 8)
    .flatMap(([, symbols]) => [...symbols.js_native_api_symbols, ...symbols.node_api_symbols]);
  const unknown = called.filter((name) => !known.includes(name));
  if (called.length === 0 || unknown.length > 0) {
    throw new Error(`the sources call ${unknown.join(', ') || 'no function'}: not what Node-API version 8 has`);
  }
  return called;
}

/** Removes the names of symbols that are not exported, with LLVM's tool from the Rust toolchain or the system's. */
function strip(file) {
  const sysroot = run('rustc', ['--print', 'sysroot']).trim();
  const [, host] = /^host: (.*)$/m.exec(run('rustc', ['-vV']));
  const ofRust = path.join(sysroot, 'lib', 'rustlib', host, 'bin', 'rust-objcopy');
  const env = { ...process.env, LD_LIBRARY_PATH: path.join(sysroot, 'lib') };
  if (existsSync(ofRust)) run(ofRust, ['-x', file], { env });
  else run('llvm-strip', ['-x', file]);
}

/**
 * Makes the addon for `target`.
 *
 * @param folder - A folder for intermediate files.
 * @param output - The file to make. The linker writes its name into it.
 */
export function compile(target, folder, output) {
  const compiler = zig();
  const { sources, definitions } = cmakeLists(target.platform);
  const common = commonFlags(target);
  const objects = path.join(folder, 'objects');
  mkdirSync(objects, { recursive: true });
  mkdirSync(path.dirname(output), { recursive: true });

  const toObject = (source, ...flags) => {
    const object = path.join(objects, `${path.parse(source).name}.o`);
    run(compiler, ['c++', ...common, ...flags, '-c', source, '-o', object]);
    return object;
  };
  const own = ['-std=c++17', '-Wall', '-Wextra', '-Werror'];
  const headers = ['-isystem', nodeApi.include_dir, '-isystem', nodeAddonApi];
  const linked = sources.map((source) =>
    toObject(source, ...own, ...headers, ...definitions.map((name) => `-D${name}`)),
  );
  if (target.platform === 'win32') {
    const list = importedFunctions(linked).map((name) => ` \\\n  FUNCTION(${name})`);
    writeFileSync(
      path.join(objects, 'node_api_functions.h'),
      `#define RUSTDLL_NODE_API_FUNCTIONS(FUNCTION)${list.join('')}\n`,
    );
    linked.push(toObject(path.join(native, 'node_api_win32.cc'), ...own, '-I', objects));
  }
  linked.push(toObject(path.join(native, 'runtime.cc'), ...own));

  const link = ['-target', target.triple, '-O2', '-shared', '-s', '-nostdlib++', ...linkerFlags(target.platform)];
  run(compiler, ['c++', ...link, ...linked, '-o', output]);
  // Zig's linker does not strip them.
  if (target.platform === 'darwin') strip(output);
}
