/** Reads the headers of a Mach-O library. The file comes from our own linker, and is not validated. */

import { createHash } from 'node:crypto';
import { MACOS } from '../targets.mjs';

const MACHINES = { 0x01000007: 'x64', 0x0100000c: 'arm64' };
const LIBRARY = 6;
const TWO_LEVEL_NAMES = 0x80;
const COMMAND = {
  ...{
    symbols: 0x2,
    dynamicSymbols: 0xb,
    library: 0xc,
    identity: 0xd,
    weakLibrary: 0x80000018,
    segment: 0x19,
    rpath: 0x8000001c,
  },
  ...{ signature: 0x1d, build: 0x32 },
};
/** The bits of an indirect symbol that is local, or absolute. */
const NO_SYMBOL = 0xc0000000;
const MAGIC = { signatures: 0xfade0cc0, codeDirectory: 0xfade0c02 };
const AD_HOC = 0x2;
const PAGE_HASH_SHA256 = 2;

/** Returns the commands of the header as [number, offset in the file]. */
function commandsOf(bytes) {
  const commands = [];
  for (let at = 32, left = bytes.readUInt32LE(16); left > 0; left--) {
    commands.push([bytes.readUInt32LE(at), at]);
    at += bytes.readUInt32LE(at + 4);
  }
  return commands;
}

function text(bytes, start) {
  return bytes.toString('latin1', start, bytes.indexOf(0, start));
}

/** Returns the names of the symbol table, without the underscore of C symbols. */
function symbolsOf(bytes, at) {
  const [table, count, strings] = [8, 12, 16].map((field) => bytes.readUInt32LE(at + field));
  const symbols = { exported: [], imported: [], local: [] };
  for (let index = 0; index < count; index++) {
    const entry = table + index * 16;
    const type = bytes.readUInt8(entry + 4);
    const kind = (type & 1) === 0 ? 'local' : (type & 0xe) === 0 ? 'imported' : 'exported';
    symbols[kind].push(text(bytes, strings + bytes.readUInt32LE(entry)).replace(/^_/, ''));
  }
  return symbols;
}

/**
 * True if each entry of the table of indirect symbols is the index of a symbol, or says that there is none. Zig's linker
 * leaves chance bytes, which may differ with each build, where a file of the addon uses a variable of another one or takes
 * the address of its function; so no file does.
 */
function hasKnownIndirectSymbols(bytes, at, count) {
  const [table, entries] = [56, 60].map((field) => bytes.readUInt32LE(at + field));
  return Array.from({ length: entries }, (_, index) => bytes.readUInt32LE(table + index * 4)).every(
    (index) => index < count || (index & ~NO_SYMBOL) === 0,
  );
}

/**
 * True if there is a signature that names no signer and whose hashes are those of the file: without it, macOS on arm64
 * ends a process that loads the library.
 */
function isSignedAdHoc(bytes, at) {
  const signatures = bytes.readUInt32LE(at + 8);
  if (bytes.readUInt32BE(signatures) !== MAGIC.signatures) return false;
  const directory = Array.from(
    { length: bytes.readUInt32BE(signatures + 8) },
    (_, index) => signatures + bytes.readUInt32BE(signatures + 16 + index * 8),
  ).find((blob) => bytes.readUInt32BE(blob) === MAGIC.codeDirectory);
  if (directory === undefined) return false;
  const [flags, hashes, , , pages, length] = [12, 16, 20, 24, 28, 32].map((field) =>
    bytes.readUInt32BE(directory + field),
  );
  const [hashSize, hashType, , pageShift] = bytes.subarray(directory + 36, directory + 40);
  if ((flags & AD_HOC) === 0 || hashType !== PAGE_HASH_SHA256 || length !== signatures) return false;
  const pageSize = 2 ** pageShift;
  return (
    pages === Math.ceil(length / pageSize) &&
    Array.from({ length: pages }, (_, page) => {
      const content = bytes.subarray(page * pageSize, Math.min((page + 1) * pageSize, length));
      const hash = directory + hashes + page * hashSize;
      return createHash('sha256')
        .update(content)
        .digest()
        .equals(bytes.subarray(hash, hash + hashSize));
    }).every(Boolean)
  );
}

/** Formats a version that is packed into 32 bits. */
function version(packed) {
  return `${packed >>> 16}.${(packed >>> 8) & 0xff}`;
}

/** Describes a Mach-O library, for {@link checkPrebuild}. */
export function readMachO(bytes) {
  const commands = commandsOf(bytes);
  const all = (name) => commands.filter(([number]) => number === COMMAND[name]).map(([, at]) => at);
  const name = (at) => text(bytes, at + bytes.readUInt32LE(at + 8));
  const { exported, imported, local } = symbolsOf(bytes, all('symbols')[0]);
  const arch = MACHINES[bytes.readUInt32LE(4)];
  const [build] = all('build');
  const [signature] = all('signature');
  const [dynamicSymbols] = all('dynamicSymbols');
  const count = exported.length + imported.length + local.length;
  return {
    platform: build !== undefined && bytes.readUInt32LE(build + 8) === 1 ? 'darwin' : undefined,
    arch,
    needed: [...all('library'), ...all('weakLibrary')].map(name),
    // Zig's linker exports two symbols of its own.
    exported: exported.filter((symbol) => !['_mh_dylib_header', '__dso_handle'].includes(symbol)),
    imported,
    versions: [],
    hardening: {
      'it is a library': bytes.readUInt32LE(12) === LIBRARY,
      'it is stripped': local.length === 0,
      'indirect symbols that there are': hasKnownIndirectSymbols(bytes, dynamicSymbols, count),
      'names in two levels': (bytes.readUInt32LE(24) & TWO_LEVEL_NAMES) !== 0,
      [`made for macOS ${MACOS}`]: build !== undefined && version(bytes.readUInt32LE(build + 12)) === MACOS,
      'called @rpath/rustdll.node': all('identity').map(name).join() === '@rpath/rustdll.node',
      'no RPATH': all('rpath').length === 0,
      'no segment is writable and executable': all('segment').every((at) => (bytes.readUInt32LE(at + 60) & 6) !== 6),
      'an ad-hoc signature that is right':
        arch !== 'arm64' || (signature !== undefined && isSignedAdHoc(bytes, signature)),
    },
  };
}
