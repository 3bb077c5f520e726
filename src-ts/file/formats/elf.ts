/**
 * Reads ELF, the format of Linux: the segments that `dlopen` will map, the needed libraries and the exported names. It
 * goes by the program headers, as the loader does, since section headers may be stripped.
 */

import { wrongTarget } from '../../errors/library-error';
import { type ExportKind, type ExportTable, lazyExports } from './exports';
import type { Image, NeededVersion } from './image';
import { type Mapping, Memory } from './mapping';
import type { Bytes, Reader } from './reader';

const HEADER_SIZE = 64;

const PROGRAM_HEADER_SIZE = 56;

const SECTION_HEADER_SIZE = 64;

const DYNAMIC_SIZE = 16;

const SYMBOL_SIZE = 24;

/** The most bytes of the dynamic section and of notes, which have a few dozen entries. */
const MAX_SMALL_TABLE = 1024 * 1024;

/** The most segments. The largest libraries have a dozen. */
const MAX_SEGMENTS = 512;

/** The most libraries, and versions of them, that are read. */
const MAX_NEEDED = 4096;

/** The size in bytes of an entry in the table of needed versions, which is for a library or for a version. */
const VERSION_SIZE = 16;

/** The most symbols that are counted. */
const MAX_SYMBOLS = 4_000_000;

const Type = {
  Object: 1,
  Program: 2,
  Library: 3,
  Core: 4,
} as const;

const Segment = {
  Load: 1,
  Dynamic: 2,
  Note: 4,
} as const;

const Tag = {
  Needed: 1,
  Hash: 4,
  StringTable: 5,
  SymbolTable: 6,
  StringSize: 10,
  SymbolSize: 11,
  GnuHash: 0x6ffffef5,
  Flags1: 0x6ffffffb,
  VersionNeed: 0x6ffffffe,
  VersionNeedCount: 0x6fffffff,
} as const;

/** The bit in a segment's flags that marks code. */
const IS_EXECUTABLE = 1;

/** The bit in Flags1 that marks a position-independent program, which otherwise looks like a library. */
const POSITION_INDEPENDENT_EXECUTABLE = 0x08000000;

const MACHINES: ReadonlyMap<number, string> = new Map([
  [3, 'ia32'],
  [8, 'mips'],
  [20, 'ppc'],
  [21, 'ppc64'],
  [22, 's390x'],
  [40, 'arm'],
  [62, 'x64'],
  [183, 'arm64'],
  [243, 'riscv64'],
  [258, 'loong64'],
]);

/** The systems that have a value of their own in the ABI byte of the header. Linux uses 0 (none) and 3. */
const ABIS: ReadonlyMap<number, string> = new Map([
  [2, 'netbsd'],
  [6, 'sunos'],
  [9, 'freebsd'],
  [12, 'openbsd'],
]);

/** The systems whose libraries have a note with the system's name. */
const NOTES: ReadonlyMap<string, string> = new Map([
  ['Android', 'android'],
  ['NetBSD', 'netbsd'],
  ['OpenBSD', 'openbsd'],
  ['FreeBSD', 'freebsd'],
]);

/** True if the file begins as an ELF file does. */
export function isElf(head: Bytes): boolean {
  return head.has(0, '\x7fELF');
}

/** Reads the ELF library in `reader`. `here` is the target of the running process, for an error that names both. */
export function readElf(reader: Reader, here: string): Omit<Image, 'path'> {
  const ident = reader.bytes(0, 20, 'the ELF header');
  const machine = ident.u8(5) === 2 ? (ident.u8(18) << 8) | ident.u8(19) : ident.u16(18);
  const system = ABIS.get(ident.u8(7)) ?? 'linux';
  if (ident.u8(4) !== 2 || ident.u8(5) !== 1) {
    // This package runs only in 64-bit little-endian processes, which can load no other files.
    throw wrongTarget(reader.path, `${system}-${foreignArch(machine, ident.u8(4) === 2)}`, here);
  }
  const header = reader.bytes(0, HEADER_SIZE, 'the ELF header');
  checkType(reader, header.u16(16));

  const segments = readSegments(reader, header);
  checkSections(reader, header);
  const dynamic = readDynamic(reader, segments.dynamic);
  if (((dynamic.get(Tag.Flags1) ?? 0) & POSITION_INDEPENDENT_EXECUTABLE) !== 0) throw reader.notALibrary(PROGRAM);

  const memory = new Memory(reader, segments.load);
  const strings = memory.table(dynamic.require(Tag.StringTable), dynamic.require(Tag.StringSize), 'its string table');
  const needed = dynamic.needed.map((offset) => strings.text(offset));
  const versions = readVersions(memory, dynamic, strings);
  return {
    format: 'elf',
    platform: segments.system ?? system,
    arch: MACHINES.get(machine) ?? `machine ${machine}`,
    needed,
    versions,
    libc: segments.system === undefined ? libcOf(needed, versions) : null,
    exports: readSymbols(reader, memory, dynamic, strings),
  };
}

const PROGRAM = 'a program, not a library';

function checkType(reader: Reader, type: number): void {
  switch (type) {
    case Type.Library:
      return;
    case Type.Object:
      throw reader.notALibrary('an object file, not a library; crate-type = ["cdylib"] in Cargo.toml makes a library');
    case Type.Program:
      throw reader.notALibrary(PROGRAM);
    case Type.Core:
      throw reader.notALibrary('a core dump, not a library');
    default:
      throw reader.damaged(`its ELF type is ${type}`);
  }
}

function foreignArch(machine: number, is64: boolean): string {
  const name = MACHINES.get(machine) ?? `machine ${machine}`;
  if (is64) return name;
  return { x64: 'x32', riscv64: 'riscv32', s390x: 's390' }[name] ?? name;
}

interface LoadSegment extends Mapping {
  readonly executable: boolean;
}

interface Segments {
  readonly load: readonly LoadSegment[];
  readonly dynamic: Bytes;
  /** The system that a note names. */
  readonly system: string | undefined;
}

/**
 * Reads the program headers. Every byte that the loader would map must be in the file, as accessing a missing one
 * raises SIGBUS.
 */
function readSegments(reader: Reader, header: Bytes): Segments {
  const count = header.u16(56);
  if (count > MAX_SEGMENTS) throw reader.damaged(`it has ${count} segments`);
  if (header.u16(54) !== PROGRAM_HEADER_SIZE)
    throw reader.damaged(`its program headers are ${header.u16(54)} bytes each`);
  const table = reader.bytes(header.u64(32), count * PROGRAM_HEADER_SIZE, 'the table of program headers');
  const load: LoadSegment[] = [];
  let dynamic: Bytes | undefined;
  let system: string | undefined;
  for (let index = 0; index < count; index++) {
    const at = index * PROGRAM_HEADER_SIZE;
    const segment = { offset: table.u64(at + 8), address: table.u64(at + 16), size: table.u64(at + 32) };
    switch (table.u32(at)) {
      case Segment.Load:
        // A segment that contains only zeros has an offset but no bytes in the file.
        if (segment.size > 0) reader.require(segment.offset, segment.size, `segment ${index}`);
        load.push({ ...segment, executable: (table.u32(at + 4) & IS_EXECUTABLE) !== 0 });
        break;
      case Segment.Dynamic:
        if (segment.size > MAX_SMALL_TABLE) throw reader.damaged(`its dynamic section is ${segment.size} bytes long`);
        dynamic = reader.bytes(segment.offset, segment.size, 'the dynamic section');
        break;
      case Segment.Note:
        if (segment.size <= MAX_SMALL_TABLE) {
          system ??= systemOfNotes(reader.bytes(segment.offset, segment.size, `segment ${index}`));
        }
        break;
    }
  }
  if (load.length === 0) throw reader.damaged('it has nothing to load');
  if (dynamic === undefined) throw reader.damaged('it has no dynamic section');
  return { load, dynamic, system };
}

function systemOfNotes(notes: Bytes): string | undefined {
  // A note consists of the sizes of its name and content, a type, the name and the content, each padded to 4 bytes.
  for (let at = 0; at + 12 <= notes.length;) {
    for (const [name, system] of NOTES) if (notes.has(at + 12, `${name}\0`)) return system;
    at += 12 + pad(notes.u32(at)) + pad(notes.u32(at + 4));
  }
  return undefined;
}

function pad(size: number): number {
  return Math.ceil(size / 4) * 4;
}

/**
 * Checks that the table of section headers is in the file. Loaders do not need it, but a truncated file lacks it first.
 */
function checkSections(reader: Reader, header: Bytes): void {
  const offset = header.u64(40);
  if (offset === 0) return;
  // If there are 0xff00 sections or more, the first section header has their number.
  const count = header.u16(60) || 1;
  reader.require(offset, count * SECTION_HEADER_SIZE, 'the table of section headers');
  if (header.u16(60) === 0) {
    const first = reader.bytes(offset, SECTION_HEADER_SIZE, 'the first section header');
    reader.require(offset, first.u64(32) * SECTION_HEADER_SIZE, 'the table of section headers');
  }
}

/** The entries of the dynamic section. */
class Dynamic {
  private readonly values = new Map<number, number>();
  /** The offsets of the libraries' names in the string table. */
  readonly needed: number[] = [];

  constructor(
    private readonly reader: Reader,
    table: Bytes,
  ) {
    for (let at = 0; at + DYNAMIC_SIZE <= table.length; at += DYNAMIC_SIZE) {
      const tag = table.u64(at);
      if (tag === 0) break;
      if (tag === Tag.Needed) this.needed.push(table.u64(at + 8));
      else this.values.set(tag, table.u64(at + 8));
    }
    if (this.needed.length > MAX_NEEDED) throw reader.damaged(`it needs ${this.needed.length} libraries`);
  }

  get(tag: number): number | undefined {
    return this.values.get(tag);
  }

  require(tag: number): number {
    const value = this.values.get(tag);
    if (value === undefined) throw this.reader.damaged(`its dynamic section lacks entry ${tag}`);
    return value;
  }
}

function readDynamic(reader: Reader, table: Bytes): Dynamic {
  const dynamic = new Dynamic(reader, table);
  const size = dynamic.get(Tag.SymbolSize);
  if (size !== undefined && size !== SYMBOL_SIZE) throw reader.damaged(`its symbols are ${size} bytes each`);
  return dynamic;
}

/** Reads the versions of other libraries' symbols to which it was linked, such as `GLIBC_2.34` of `libc.so.6`. */
function readVersions(memory: Memory, dynamic: Dynamic, strings: Bytes): NeededVersion[] {
  const versions: NeededVersion[] = [];
  const address = dynamic.get(Tag.VersionNeed);
  const libraries = dynamic.get(Tag.VersionNeedCount) ?? 0;
  if (address === undefined || libraries === 0) return versions;
  const table = memory.upTo(address, MAX_NEEDED * VERSION_SIZE, 'its table of needed versions');
  // There are two levels of entries, linked by relative offsets. Entries do not overlap, so there are at most this
  // many.
  let left = table.length / VERSION_SIZE;
  for (let at = 0, library = 0; library < libraries && left > 0; library++) {
    const name = strings.text(table.u32(at + 4));
    let entry = at + table.u32(at + 8);
    for (let count = table.u16(at + 2); count > 0 && left > 0; count--, left--) {
      versions.push({ library: name, version: strings.text(table.u32(entry + 8)) });
      const next = table.u32(entry + 12);
      if (next === 0) break;
      entry += next;
    }
    const next = table.u32(at + 12);
    if (next === 0) break;
    at += next;
  }
  return versions;
}

function libcOf(needed: readonly string[], versions: readonly NeededVersion[]): 'glibc' | 'musl' | null {
  if (needed.includes('libc.so.6') || versions.some(({ version }) => version.startsWith('GLIBC_'))) return 'glibc';
  return needed.some((name) => name === 'libc.so' || /^(libc\.musl|ld-musl)-/.test(name)) ? 'musl' : null;
}

function readSymbols(reader: Reader, memory: Memory<LoadSegment>, dynamic: Dynamic, strings: Bytes): Image['exports'] {
  const count = countSymbols(reader, memory, dynamic);
  const symbols = memory.table(dynamic.require(Tag.SymbolTable), count * SYMBOL_SIZE, 'its symbol table');
  return lazyExports(reader, (table) => {
    listExports(table, memory, symbols, strings);
  });
}

/** Counts the symbols by the hash tables through which the loader finds them, as no header has their number. */
function countSymbols(reader: Reader, memory: Memory, dynamic: Dynamic): number {
  const gnuHash = dynamic.get(Tag.GnuHash);
  if (gnuHash !== undefined) return countByGnuHash(reader, memory, gnuHash);
  const hash = dynamic.get(Tag.Hash);
  if (hash !== undefined) return memory.table(hash, 8, 'its hash table').u32(4);
  // Without a hash table no symbol can be looked up. Linkers put the string table directly behind the symbol table.
  const bytes = dynamic.require(Tag.StringTable) - dynamic.require(Tag.SymbolTable);
  return bytes > 0 ? Math.floor(bytes / SYMBOL_SIZE) : 0;
}

function countByGnuHash(reader: Reader, memory: Memory, address: number): number {
  const what = 'its GNU hash table';
  const header = memory.table(address, 16, what);
  const [bucketCount, firstHashed, bloomWords] = [header.u32(0), header.u32(4), header.u32(8)];
  const bucketsAt = address + 16 + bloomWords * 8;
  const chainsAt = bucketsAt + bucketCount * 4;
  let last = 0;
  if (bucketCount > 0) {
    const buckets = memory.table(bucketsAt, bucketCount * 4, what);
    for (let at = 0; at < buckets.length; at += 4) last = Math.max(last, buckets.u32(at));
  }
  if (last < firstHashed || last === 0) return firstHashed;
  // The symbols of a bucket are consecutive, and the hash of the last one is odd. Nearly all chains fit one step.
  const step = 4096;
  while (last < MAX_SYMBOLS) {
    const chain = memory.upTo(chainsAt + (last - firstHashed) * 4, step, what);
    for (let at = 0; at + 4 <= chain.length; at += 4, last++) {
      if ((chain.u32(at) & 1) !== 0) return last + 1;
    }
    if (chain.length < 4) break;
  }
  throw reader.damaged(`${what} has no end`);
}

function listExports(table: ExportTable, memory: Memory<LoadSegment>, symbols: Bytes, strings: Bytes): void {
  for (let at = 0; at + SYMBOL_SIZE <= symbols.length; at += SYMBOL_SIZE) {
    // Imports have no section. In most libraries nearly all symbols are imports.
    if (symbols.u16(at + 6) === 0) continue;
    const [info, visibility] = [symbols.u8(at + 4), symbols.u8(at + 5) & 3];
    const binding = info >> 4;
    const isGlobal = binding === 1 || binding === 2 || binding === 10;
    const isVisible = visibility === 0 || visibility === 3;
    if (!isGlobal || !isVisible) continue;
    const kind = kindOf(info & 15) ?? kindAt(memory, symbols.u64(at + 8));
    table.add(strings.symbol(symbols.u32(at)), kind);
  }
}

function kindOf(type: number): ExportKind | undefined {
  switch (type) {
    case 2: // a function
    case 10: // a function that is selected when the library is loaded
      return 'function';
    case 1: // an object
    case 5: // a common block
    case 6: // a thread-local
      return 'data';
    default:
      return undefined;
  }
}

/** Returns the kind of a symbol without a type, as assembly code defines them, by the segment to which it points. */
function kindAt(memory: Memory<LoadSegment>, address: number): ExportKind {
  const segment = memory.at(address);
  return segment === undefined ? 'other' : segment.executable ? 'function' : 'data';
}
