/**
 * Tests the check of prebuilt addons by mutation: each damage is a change of the bytes of a valid addon, and the
 * problem that the check must report. So a check that reads the wrong place is detected.
 */

import { ROOT } from '../shared/tools.mjs';
import { MAX_SIZE, problemsOf } from './check.mjs';

/** @typedef {{ does: string, says: RegExp, to: (bytes: Buffer) => Buffer | void }} Damage In place, or as new bytes. */

/** Replaces a text by another of the same length, everywhere in the file. */
function rename(from, to) {
  return (bytes) => {
    if (from.length !== to.length) throw new Error(`${from} and ${to} are not as long as each other`);
    const at = bytes.indexOf(from, 0, 'latin1');
    if (at < 0) throw new Error(`${from} is not in the file`);
    for (let next = at; next >= 0; next = bytes.indexOf(from, next + 1, 'latin1')) bytes.write(to, next, 'latin1');
  };
}

/** Applies `change` to the 32 bits at the offset that `find` returns. */
function edit(find, change) {
  return (bytes) => {
    const at = find(bytes);
    bytes.writeUInt32LE(change(bytes.readUInt32LE(at)) >>> 0, at);
  };
}

/** Returns the offset of the first of `count` entries of `size` bytes from `start` on for which `fits` returns true. */
function entry(start, count, size, fits) {
  for (let index = 0; index < count; index++) if (fits(start + index * size)) return start + index * size;
  throw new Error('the file has no such entry');
}

const set = (value) => () => value;
const add = (bits) => (old) => old | bits;
const clear = (bits) => (old) => old & ~bits;

const COMMON = [
  { does: 'another entry point', says: /it exports/, to: rename('napi_register_module_v1', 'napi_register_module_v2') },
  { does: 'a path', says: /a path of this machine/, to: (bytes) => Buffer.concat([bytes, Buffer.from(ROOT)]) },
  { does: 'padding', says: /are too many/, to: (bytes) => Buffer.concat([bytes, Buffer.alloc(MAX_SIZE)]) },
];

// Damages for platforms where Node's functions are imported by name. macOS has an underscore before each name.
const UNIX = [
  {
    does: 'a function of a newer Node',
    says: /which Node-API version 8 does not have/,
    to: rename('napi_create_function\0', 'napi_create_functiom\0'),
  },
  { does: 'a function of C++', says: /it lacks/, to: rename('malloc\0', '_ZdlPv\0') },
];

// ELF: the gABI's offsets, for 64 bits.
const segment =
  (type, flags = 0) =>
  (bytes) =>
    entry(
      Number(bytes.readBigUInt64LE(32)),
      bytes.readUInt16LE(56),
      56,
      (at) => bytes.readUInt32LE(at) === type && (bytes.readUInt32LE(at + 4) & flags) === flags,
    );
const tag = (number) => (bytes) => {
  const dynamic = segment(2)(bytes);
  const [start, size] = [8, 32].map((field) => Number(bytes.readBigUInt64LE(dynamic + field)));
  return entry(start, size / 16, 16, (at) => Number(bytes.readBigUInt64LE(at)) === number);
};
const after = (find, bytes) => (file) => find(file) + bytes;
const [FLAGS, FLAGS_1] = [tag(30), tag(0x6ffffffb)].map((find) => after(find, 8));

const ELF = [
  { does: 'another processor', says: /it is for/, to: edit(() => 18, add(0xff)) },
  { does: 'no RELRO', says: /RELRO/, to: edit(segment(0x6474e552), set(0)) },
  { does: 'an executable stack', says: /stack is not/, to: edit(after(segment(0x6474e551), 4), add(1)) },
  { does: 'writable code', says: /writable and executable/, to: edit(after(segment(1, 1), 4), add(2)) },
  { does: 'late binding', says: /BIND_NOW/, to: edit(FLAGS, clear(8)) },
  { does: 'late binding, by the other flag', says: /BIND_NOW/, to: edit(FLAGS_1, clear(1)) },
  { does: 'an end with dlclose', says: /NODELETE/, to: edit(FLAGS_1, clear(8)) },
  { does: 'relocations in code', says: /relocations/, to: edit(FLAGS, add(4)) },
  { does: 'a search path', says: /RPATH/, to: edit(tag(1), set(29)) },
  {
    does: 'names of symbols',
    says: /stripped/,
    to: edit((bytes) => Number(bytes.readBigUInt64LE(40)) + 4, set(2)),
  },
  { does: 'a strange library', says: /it needs/, to: rename('libc.so', 'libx.so') },
];

const GLIBC_ONLY = [
  {
    does: 'a newer glibc',
    says: /newer than glibc/,
    to: (bytes) => rename(/GLIBC_2\.1\d/.exec(bytes.toString('latin1'))[0], 'GLIBC_2.99')(bytes),
  },
  { does: 'no versions', says: /do not have the versions/, to: edit(tag(0x6fffffff), set(0)) },
];

// Mach-O: <mach-o/loader.h>.
const command = (number) => (bytes) => {
  for (let at = 32, left = bytes.readUInt32LE(16); left > 0; left--) {
    if (bytes.readUInt32LE(at) === number) return at;
    at += bytes.readUInt32LE(at + 4);
  }
  throw new Error('the file has no such command');
};
const symbol = (fits) => (bytes) => {
  const [table, count] = [8, 12].map((field) => bytes.readUInt32LE(command(2)(bytes) + field));
  return entry(table, count, 16, (at) => fits(bytes.readUInt8(at + 4))) + 4;
};

const MACH_O = [
  { does: 'another processor', says: /it is for/, to: edit(() => 4, add(0xff)) },
  { does: 'another system', says: /it is for/, to: edit(after(command(0x32), 8), set(2)) },
  { does: 'a newer macOS', says: /made for macOS/, to: edit(after(command(0x32), 12), set(26 << 16)) },
  { does: 'a bundle', says: /it is a library/, to: edit(() => 12, set(8)) },
  { does: 'names in one level', says: /two levels/, to: edit(() => 24, clear(0x80)) },
  {
    does: 'names of symbols',
    says: /stripped/,
    to: edit(
      symbol((type) => (type & 1) === 1),
      clear(1),
    ),
  },
  {
    does: 'an indirect symbol that there is not',
    says: /indirect symbols that there are/,
    to: edit((bytes) => bytes.readUInt32LE(command(0xb)(bytes) + 56), set(21900)),
  },
  { does: 'a search path', says: /RPATH/, to: edit(command(0x1b), set(0x8000001c)) },
  { does: 'another name of its own', says: /called @rpath/, to: rename('@rpath/rustdll.node', '@rpath/ducklib.node') },
  { does: 'writable code', says: /writable and executable/, to: edit(after(command(0x19), 60), add(6)) },
  { does: 'a strange library', says: /it needs/, to: rename('libSystem.B', 'libStrang.B') },
];

const SIGNED = [
  {
    does: 'code that is not what was signed',
    says: /ad-hoc signature/,
    to: edit(
      () => 0x1000,
      (old) => old ^ 1,
    ),
  },
  { does: 'no signature', says: /ad-hoc signature/, to: edit(command(0x1d), set(0x2e)) },
];

// PE: the offsets of Microsoft's "PE Format".
const header = (offset) => (bytes) => bytes.readUInt32LE(0x3c) + 4 + offset;
const optional = (offset) => header(20 + offset);
const section = (flags) => (bytes) => {
  const start = optional(bytes.readUInt16LE(header(16)(bytes)))(bytes);
  const fits = (at) => (bytes.readUInt32LE(at + 36) & flags) >>> 0 === flags;
  return entry(start, bytes.readUInt16LE(header(2)(bytes)), 40, fits) + 36;
};
const directory = (index) => optional(112 + 8 * index);

const PE = [
  { does: 'another processor', says: /it is for/, to: edit(header(0), add(0xff)) },
  { does: 'a program', says: /it is for/, to: edit(header(18), clear(0x2000)) },
  { does: 'names of symbols', says: /stripped/, to: edit(header(8), set(0x400)) },
  {
    does: 'a date',
    says: /a hash in place of the date/,
    to: (bytes) => {
      // The section that contains the directory's address gives its offset in the file.
      const address = bytes.readUInt32LE(directory(6)(bytes));
      const of = (at) => [12, 16, 20].map((field) => bytes.readUInt32LE(at - 36 + field));
      const holder = (at) => address >= of(at)[0] && address < of(at)[0] + of(at)[1];
      const first = section(0)(bytes);
      const [start, , offset] = of(entry(first, bytes.readUInt16LE(header(2)(bytes)), 40, holder));
      bytes.writeUInt32LE(2, address - start + offset + 12);
    },
  },
  { does: 'a fixed address', says: /DYNAMIC_BASE/, to: edit(optional(70), clear(0x40)) },
  { does: 'a low address', says: /HIGH_ENTROPY_VA/, to: edit(optional(70), clear(0x20)) },
  { does: 'an executable stack', says: /NX_COMPAT/, to: edit(optional(70), clear(0x100)) },
  { does: 'writable code', says: /writable and executable/, to: edit(section(0x20000000), add(0x80000000)) },
  {
    does: 'delayed imports',
    says: /delayed imports/,
    to: (bytes) => void bytes.copy(bytes, directory(13)(bytes), directory(1)(bytes), directory(2)(bytes)),
  },
  { does: 'a strange library', says: /it needs/, to: rename('KERNEL32.dll', 'KERNEL64.dll') },
  {
    does: 'an import of Node-API',
    says: /ties it to one program/,
    to: rename('\0malloc\0', '\0napi_x\0'),
  },
];

/**
 * Returns the damages for the addon of a target.
 *
 * @param {import('./targets.mjs').Target} target
 * @returns {Damage[]}
 */
export function damagesOf({ platform, arch, libc }) {
  if (platform === 'win32') return [...COMMON, ...PE];
  if (platform === 'darwin') return [...COMMON, ...UNIX, ...MACH_O, ...(arch === 'arm64' ? SIGNED : [])];
  return [...COMMON, ...UNIX, ...ELF, ...(libc === 'glibc' ? GLIBC_ONLY : [])];
}

/**
 * Applies every damage to a copy of an addon and runs the check on it.
 *
 * @param {import('./targets.mjs').Target} target
 * @param {Buffer} bytes - The addon, which is not changed.
 * @returns {string[]} The damages that the check did not report, or reported as something else.
 */
export function unseen(target, bytes) {
  return damagesOf(target).flatMap(({ does, says, to }) => {
    const copy = Buffer.from(bytes);
    const problems = problemsOf(target, to(copy) ?? copy);
    return problems.some((problem) => says.test(problem))
      ? []
      : [`given ${does}, the check says: ${problems.join('; ')}`];
  });
}
