/** Checks the file of a prebuilt addon. */

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../shared/tools.mjs';
import { readElf } from './inspect/elf.mjs';
import { readMachO } from './inspect/macho.mjs';
import { readPe } from './inspect/pe.mjs';
import { GLIBC, PREBUILDS, prebuildPath } from './targets.mjs';

/** The most bytes of an addon. */
export const MAX_SIZE = 235_000;

const EXPORTS = ['napi_register_module_v1', 'node_api_module_get_api_version_v1'];

/** The libraries that every system of a platform has. */
const NEEDED = {
  'linux-glibc': /^(libc\.so\.6|libdl\.so\.2|libpthread\.so\.0|libm\.so\.6|ld-linux-(x86-64\.so\.2|aarch64\.so\.1))$/,
  'linux-musl': /^libc\.so$/,
  darwin: /^\/usr\/lib\/libSystem\.B\.dylib$/,
  win32: /^(KERNEL32\.dll|api-ms-win-crt-[a-z]+-l1-1-0\.dll)$/,
};

const { symbols: NODE_API } = createRequire(import.meta.url)('node-api-headers');

/** The functions of Node-API in every supported version of Node. */
const FUNCTIONS = new Set(
  Object.values([
    NODE_API.v1,
    NODE_API.v2,
    NODE_API.v3,
    NODE_API.v4,
    NODE_API.v5,
    NODE_API.v6,
    NODE_API.v7,
    NODE_API.v8,
  ]).flatMap(({ js_native_api_symbols: language, node_api_symbols: host }) => [...language, ...host]),
);

function read(bytes) {
  if (bytes.toString('latin1', 0, 4) === '\x7fELF') return readElf(bytes);
  if (bytes.toString('latin1', 0, 2) === 'MZ') return readPe(bytes);
  if (bytes.readUInt32LE(0) === 0xfeedfacf) return readMachO(bytes);
  throw new Error('neither ELF, nor PE, nor Mach-O of 64 bits');
}

/** True if version `a` is newer than `b`, both like `2.17`. */
function newer(a, b) {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  const different = left.findIndex((part, index) => part !== (right[index] ?? 0));
  return different >= 0 && left[different] > (right[different] ?? 0);
}

/**
 * Returns the problems of the addon of `target`, a sentence for each; an empty list if there are none.
 *
 * @param {import('./targets.mjs').Target} target
 * @returns {string[]}
 */
export function checkPrebuild(target) {
  const file = path.join(PREBUILDS, prebuildPath(target));
  return existsSync(file) ? problemsOf(target, readFileSync(file)) : ['it is not there'];
}

/** Does the same for an addon with these bytes. */
export function problemsOf(target, bytes) {
  const image = read(bytes);
  const problems = [];
  const expect = (holds, problem) => {
    if (!holds) problems.push(problem);
  };
  const { platform, arch, libc } = target;
  expect(image.platform === platform && image.arch === arch, `it is for ${image.platform}-${image.arch}`);
  expect(bytes.length < MAX_SIZE, `it has ${bytes.length} bytes; ${MAX_SIZE} are too many`);
  expect([...image.exported].sort().join() === EXPORTS.join(), `it exports ${image.exported.join(', ')}`);

  const known = NEEDED[libc === undefined ? platform : `${platform}-${libc}`];
  const strangers = image.needed.filter((name) => !known.test(name));
  expect(strangers.length === 0, `it needs ${strangers.join(', ')}`);
  const versions = image.versions.filter((name) => newer(name.replace('GLIBC_', ''), GLIBC));
  expect(versions.length === 0, `it needs ${versions.join(', ')}, newer than glibc ${GLIBC}`);
  expect((libc === 'glibc') === image.versions.length > 0, 'its symbols do not have the versions of its C library');

  const api = image.imported.filter((name) => /^(napi|node_api)_/.test(name));
  const unknown = api.filter((name) => !FUNCTIONS.has(name));
  expect(unknown.length === 0, `it calls ${unknown.join(', ')}, which Node-API version 8 does not have`);
  if (platform === 'win32')
    expect(api.length === 0, `it imports ${api.join(', ')}, which ties it to one program's name`);
  else expect(api.length > 0, 'it calls nothing of Node-API');
  // The addon must not import from the C++ library, which is not linked.
  const cxx = image.imported.filter((name) => /^_Z|^__cxa_(?!atexit$|finalize$)|^_Unwind_/.test(name));
  expect(cxx.length === 0, `it lacks ${cxx.join(', ')}: see scripts/prebuild/native/runtime.cc`);

  for (const [property, holds] of Object.entries(image.hardening)) expect(holds, `not so: ${property}`);
  for (const place of [ROOT, homedir(), process.cwd()]) {
    expect(place.length < 4 || !bytes.includes(place), `it has a path of this machine in it: ${place}`);
  }
  return problems;
}
