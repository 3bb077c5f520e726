/** Reads Mach-O, the format of macOS: a library for one processor, or a fat file with one for each of several. */

import { wrongTarget } from '../../errors/library-error';
import { type ExportKind, type ExportTable, lazyExports } from './exports';
import type { Image } from './image';
import type { Bytes, Reader } from './reader';

const HEADER_SIZE = 32;

const SEGMENT_SIZE = 72;

const SECTION_SIZE = 80;

const SYMBOL_SIZE = 16;

/** The most parts. A Java class has the same magic number as a fat file, and a greater number in place of the count. */
const MAX_SLICES = 32;

/** The most sections of a library, as symbols refer to them by a byte. */
const MAX_SECTIONS = 255;

const FileType = {
  Object: 1,
  Program: 2,
  Core: 4,
  Library: 6,
  Bundle: 8,
  Stub: 9,
  DebugSymbols: 10,
} as const;

const Command = {
  Symbols: 0x2,
  Segment: 0x19,
  NeededLibrary: 0xc,
  NeededUpward: 0x80000023,
  Reexport: 0x8000001f,
  DyldInfo: 0x22,
  DyldInfoOnly: 0x80000022,
  ExportsTrie: 0x80000033,
  MinimumMac: 0x24,
  MinimumPhone: 0x25,
  MinimumTv: 0x2f,
  MinimumWatch: 0x30,
  BuildVersion: 0x32,
} as const;

const MACHINES: ReadonlyMap<number, string> = new Map([
  [7, 'ia32'],
  [12, 'arm'],
  [18, 'ppc'],
  [0x01000007, 'x64'],
  [0x0100000c, 'arm64'],
  [0x01000012, 'ppc64'],
  [0x0200000c, 'arm64_32'],
]);

/** The platforms of a build version. 6 is Catalyst, which is macOS with the libraries of iOS. */
const PLATFORMS: ReadonlyMap<number, string> = new Map([
  [1, 'darwin'],
  [2, 'ios'],
  [3, 'tvos'],
  [4, 'watchos'],
  [6, 'darwin'],
  [7, 'ios simulator'],
  [8, 'tvos simulator'],
  [9, 'watchos simulator'],
  [11, 'visionos'],
  [12, 'visionos simulator'],
]);

/** The bits in a section's attributes that say that it contains only code, or some code. */
const IS_CODE = 0x80000400;

/** True if the file begins as a Mach-O file for one processor does. */
export function isMachO(head: Bytes): boolean {
  return ['\xcf\xfa\xed\xfe', '\xce\xfa\xed\xfe', '\xfe\xed\xfa\xcf', '\xfe\xed\xfa\xce'].some((magic) =>
    head.has(0, magic),
  );
}

/** True if the file begins as a fat Mach-O file does. */
export function isFat(head: Bytes): boolean {
  return (
    (head.has(0, '\xca\xfe\xba\xbe') || head.has(0, '\xca\xfe\xba\xbf')) &&
    head.length >= 8 &&
    head.u32be(4) <= MAX_SLICES
  );
}

/** Returns the parts of a fat file, each with its processor. */
export function readFat(reader: Reader, head: Bytes): { arch: string; part: Reader }[] {
  const wide = head.has(0, '\xca\xfe\xba\xbf');
  const [count, size] = [head.u32be(4), wide ? 32 : 20];
  const table = reader.bytes(8, count * size, 'the table of processors');
  return Array.from({ length: count }, (_, index) => {
    const at = index * size;
    const arch = archOf(table.u32be(at), table.u32be(at + 4));
    const [offset, length] = wide
      ? [table.u64be(at + 8), table.u64be(at + 16)]
      : [table.u32be(at + 8), table.u32be(at + 12)];
    return { arch, part: reader.part(offset, length, `the part for ${arch}`) };
  });
}

/** Reads the Mach-O library in `reader`. `here` is the target of the running process, for an error that names both. */
export function readMachO(reader: Reader, here: string): Omit<Image, 'path'> {
  const magic = reader.bytes(0, 8, 'the Mach-O header');
  if (!magic.has(0, '\xcf\xfa\xed\xfe')) {
    // It is for 32 bits, or for the other byte order.
    const machine = magic.has(0, '\xce') ? magic.u32(4) : magic.u32be(4);
    throw wrongTarget(reader.path, `darwin-${archOf(machine, 0)}`, here);
  }
  const header = reader.bytes(0, HEADER_SIZE, 'the Mach-O header');
  checkType(reader, header.u32(12));
  const commands = reader.bytes(HEADER_SIZE, header.u32(20), 'the load commands');
  const loaded = new Commands(reader, commands, header.u32(16));
  return {
    format: 'macho',
    platform: loaded.platform ?? 'darwin',
    arch: archOf(header.u32(4), header.u32(8)),
    needed: loaded.needed,
    versions: [],
    libc: null,
    exports: readExports(reader, loaded),
  };
}

function archOf(machine: number, subtype: number): string {
  const arch = MACHINES.get(machine) ?? `machine 0x${machine.toString(16)}`;
  // This is code with pointer authentication, which ordinary processes cannot load. The high byte has flags.
  return arch === 'arm64' && (subtype & 0xffffff) === 2 ? 'arm64e' : arch;
}

function checkType(reader: Reader, type: number): void {
  switch (type) {
    case FileType.Library:
    case FileType.Bundle:
      return;
    case FileType.Object:
      throw reader.notALibrary('an object file, not a library; crate-type = ["cdylib"] in Cargo.toml makes a library');
    case FileType.Program:
      throw reader.notALibrary('a program, not a library');
    case FileType.Core:
      throw reader.notALibrary('a core dump, not a library');
    case FileType.Stub:
      throw reader.notALibrary('a stub for linkers, not a library');
    case FileType.DebugSymbols:
      throw reader.notALibrary("a library's debugging symbols, not the library");
    default:
      throw reader.damaged(`its Mach-O type is ${type}`);
  }
}

interface Section {
  readonly address: number;
  readonly size: number;
  readonly code: boolean;
}

/** The contents of the load commands. */
class Commands {
  readonly needed: string[] = [];
  readonly sections: Section[] = [];
  platform: string | undefined;
  /** The preferred address in memory of the file's first byte. */
  base = 0;
  /** The trie of the exports. */
  trie: { offset: number; size: number } | undefined;
  /** The symbol table, for a library without a trie. */
  symbols: { offset: number; count: number; strings: number; stringSize: number } | undefined;

  constructor(
    private readonly reader: Reader,
    private readonly table: Bytes,
    count: number,
  ) {
    for (let at = 0, index = 0; index < count; index++) {
      const size = table.u32(at + 4);
      if (size < 8 || at + size > table.length) throw reader.damaged(`load command ${index} is ${size} bytes long`);
      this.read(table.u32(at), at, size);
      at += size;
    }
  }

  private read(command: number, at: number, size: number): void {
    const { table } = this;
    switch (command) {
      case Command.Segment:
        this.readSegment(at, size);
        break;
      case Command.NeededLibrary:
      case Command.NeededUpward:
      case Command.Reexport:
        this.needed.push(table.text(at + table.u32(at + 8)));
        break;
      case Command.Symbols:
        this.symbols = {
          offset: table.u32(at + 8),
          count: table.u32(at + 12),
          strings: table.u32(at + 16),
          stringSize: table.u32(at + 20),
        };
        break;
      case Command.DyldInfo:
      case Command.DyldInfoOnly:
        this.trie = { offset: table.u32(at + 40), size: table.u32(at + 44) };
        break;
      case Command.ExportsTrie:
        this.trie = { offset: table.u32(at + 8), size: table.u32(at + 12) };
        break;
      case Command.BuildVersion:
        // A library for macOS and Catalyst has two of these. It is for macOS if either says so.
        if (this.platform !== 'darwin')
          this.platform = PLATFORMS.get(table.u32(at + 8)) ?? `platform ${table.u32(at + 8)}`;
        break;
      case Command.MinimumMac:
        this.platform = 'darwin';
        break;
      case Command.MinimumPhone:
        this.platform ??= 'ios';
        break;
      case Command.MinimumTv:
        this.platform ??= 'tvos';
        break;
      case Command.MinimumWatch:
        this.platform ??= 'watchos';
        break;
    }
  }

  /** Reads a segment. Every byte that would be mapped must be in the file. */
  private readSegment(at: number, size: number): void {
    const { table, reader } = this;
    const [address, offset, fileSize] = [table.u64(at + 24), table.u64(at + 40), table.u64(at + 48)];
    const name = table.symbol(at + 8).slice(0, 16);
    if (fileSize > 0) reader.require(offset, fileSize, `segment ${name}`);
    if (offset === 0 && fileSize > 0) this.base = address;
    const count = table.u32(at + 64);
    if (SEGMENT_SIZE + count * SECTION_SIZE > size || this.sections.length + count > MAX_SECTIONS) {
      throw reader.damaged(`segment ${name} has ${count} sections`);
    }
    for (let index = 0; index < count; index++) {
      const section = at + SEGMENT_SIZE + index * SECTION_SIZE;
      const code = (table.u32(section + 64) & IS_CODE) !== 0;
      this.sections.push({ address: table.u64(section + 32), size: table.u64(section + 40), code });
    }
  }

  kindAt(address: number): ExportKind {
    const section = this.sections.find((one) => address >= one.address && address < one.address + one.size);
    return section === undefined ? 'other' : section.code ? 'function' : 'data';
  }
}

function readExports(reader: Reader, loaded: Commands): Image['exports'] {
  const { trie, symbols } = loaded;
  if (trie !== undefined && trie.size > 0) {
    const bytes = reader.bytes(trie.offset, trie.size, 'its table of exports');
    return lazyExports(reader, (table) => {
      listTrie(table, reader, bytes, loaded);
    });
  }
  if (symbols === undefined || symbols.count === 0) return lazyExports(reader, () => undefined);
  const entries = reader.bytes(symbols.offset, symbols.count * SYMBOL_SIZE, 'its symbol table');
  const strings = reader.bytes(symbols.strings, symbols.stringSize, 'its string table');
  return lazyExports(reader, (table) => {
    listSymbols(table, entries, strings, loaded);
  });
}

/** Removes the underscore that names of C begin with in the file. `dlsym` adds it. */
function withoutUnderscore(name: string): string {
  return name.startsWith('_') ? name.slice(1) : name;
}

function listSymbols(table: ExportTable, entries: Bytes, strings: Bytes, loaded: Commands): void {
  for (let at = 0; at < entries.length; at += SYMBOL_SIZE) {
    const type = entries.u8(at + 4);
    // The symbol is defined in a section, visible outside of the library, and not for a debugger.
    if ((type & 0xe0) !== 0 || (type & 0x10) !== 0 || (type & 1) === 0 || (type & 0xe) !== 0xe) continue;
    table.add(withoutUnderscore(strings.symbol(entries.u32(at))), loaded.kindAt(entries.u64(at + 8)));
  }
}

/** Walks through the trie. A node may be reached only once, so that the walk through a damaged trie ends too. */
function listTrie(table: ExportTable, reader: Reader, bytes: Bytes, loaded: Commands): void {
  const seen = new Set<number>();
  const pending = [{ at: 0, prefix: '' }];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen.has(node.at)) throw reader.damaged('its table of exports has a loop');
    seen.add(node.at);
    const size = bytes.uleb(node.at);
    if (size.value > 0) {
      // An edge may end between any bytes of a name, even inside a character.
      const name = Buffer.from(node.prefix, 'latin1').toString('utf8');
      table.add(withoutUnderscore(name), kindOfNode(bytes, size.end, loaded));
    }
    let at = size.end + size.value;
    const children = bytes.u8(at++);
    for (let child = 0; child < children; child++) {
      const label = bytes.label(at);
      const target = bytes.uleb(label.end);
      table.spend(node.prefix.length + label.text.length);
      pending.push({ at: target.value, prefix: node.prefix + label.text });
      at = target.end;
    }
  }
}

function kindOfNode(bytes: Bytes, at: number, loaded: Commands): ExportKind {
  const flags = bytes.uleb(at);
  const isReexport = (flags.value & 8) !== 0;
  const kind = flags.value & 3;
  if (isReexport || kind === 2) return 'other';
  if (kind === 1) return 'data'; // a thread-local
  return loaded.kindAt(loaded.base + bytes.uleb(flags.end).value);
}
