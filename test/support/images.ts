/**
 * Builds shared libraries of all three formats byte by byte, from the formats' specifications and without code of the
 * readers, so that tests do not depend on the readers' correctness. They have headers and tables but no code.
 */

/** Bytes at their offsets; what lies between is zero. */
class Layout {
  private readonly pieces: { offset: number; bytes: Buffer }[] = [];
  end = 0;

  put(offset: number, bytes: Buffer): void {
    this.pieces.push({ offset, bytes });
    this.end = Math.max(this.end, offset + bytes.length);
  }

  /** Appends bytes, aligned to 8; returns their offset. */
  add(bytes: Buffer): number {
    const offset = Math.ceil(this.end / 8) * 8;
    this.put(offset, bytes);
    return offset;
  }

  bytes(size = this.end): Buffer {
    const all = Buffer.alloc(size);
    for (const { offset, bytes } of this.pieces) bytes.copy(all, offset);
    return all;
  }
}

/** Fields one after the other: the number of bytes of each, and its value. */
function fields(...values: readonly (readonly [size: 1 | 2 | 4 | 8, value: number | bigint])[]): Buffer {
  const parts = values.map(([size, value]) => {
    const part = Buffer.alloc(8);
    part.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)));
    return part.subarray(0, size);
  });
  return Buffer.concat(parts);
}

function words(...values: number[]): Buffer {
  return fields(...values.map((value) => [4, value] as const));
}

/** Text padded with zeros to `size` bytes. */
function padded(text: string, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.write(text, 'latin1');
  return bytes;
}

/** NUL-terminated texts, one after the other, with the offset of each. */
class Strings {
  private text: Buffer = Buffer.from([0]);

  add(text: string): number {
    const offset = this.text.length;
    this.text = Buffer.concat([this.text, Buffer.from(`${text}\0`)]);
    return offset;
  }

  get bytes(): Buffer {
    return this.text;
  }
}

export type Symbols = Readonly<Record<string, 'function' | 'data' | 'undefined' | 'hidden' | 'untyped'>>;

export interface ElfOptions {
  readonly machine?: number;
  /** Its class: 1 is 32-bit, 2 is 64-bit. */
  readonly elfClass?: number;
  readonly bigEndian?: boolean;
  readonly abi?: number;
  readonly type?: number;
  readonly needed?: readonly string[];
  readonly versions?: readonly (readonly [library: string, versions: readonly string[]])[];
  readonly symbols?: Symbols;
  readonly hash?: 'gnu' | 'sysv' | 'none';
  readonly note?: string;
  readonly flags1?: number;
  readonly sections?: boolean;
}

/** The difference between an address and the offset in the file. */
const ELF_BIAS = 0x10000;
const ELF_CODE = 0x40000;

/** An ELF library. Untyped symbols point into its code. */
export function buildElf(options: ElfOptions = {}): Buffer {
  const { symbols = {}, needed = [], versions = [], hash = 'gnu', sections = true } = options;
  const layout = new Layout();
  const headerCount = options.note === undefined ? 3 : 4;
  layout.end = 64 + headerCount * 56;

  const strings = new Strings();
  const entries: Buffer[] = [Buffer.alloc(24)];
  // A GNU hash table has only the defined symbols; the others come first.
  const names = Object.keys(symbols).sort(
    (a, b) => Number(symbols[a] !== 'undefined') - Number(symbols[b] !== 'undefined'),
  );
  for (const name of names) {
    const kind = symbols[name]!;
    const type = { function: 2, data: 1, undefined: 2, hidden: 2, untyped: 0 }[kind];
    const value = kind === 'undefined' ? 0 : kind === 'data' ? ELF_BIAS : ELF_CODE;
    entries.push(
      fields(
        [4, strings.add(name)],
        [1, 0x10 | type],
        [1, kind === 'hidden' ? 2 : 0],
        [2, kind === 'undefined' ? 0 : 7],
        [8, value],
        [8, 0],
      ),
    );
  }
  const neededNames = needed.map((name) => strings.add(name));
  const versionBytes = elfVersions(versions, strings);

  const symbolsAt = layout.add(Buffer.concat(entries));
  const stringsAt = layout.add(strings.bytes);
  const hashed = names.filter((name) => symbols[name] !== 'undefined').length;
  const first = entries.length - hashed;
  const chains = Array.from({ length: hashed }, (_, index) => (index === hashed - 1 ? 0x31 : 0x30));
  const gnuAt = layout.add(
    Buffer.concat([words(1, first, 1, 0), Buffer.alloc(8), words(hashed === 0 ? 0 : first, ...chains)]),
  );
  const sysvAt = layout.add(words(1, entries.length, 0, ...entries.map(() => 0)));
  const versionsAt = layout.add(versionBytes);
  const noteAt = layout.add(
    options.note === undefined
      ? Buffer.alloc(0)
      : Buffer.concat([
          words(options.note.length + 1, 4, 1),
          padded(options.note, Math.ceil((options.note.length + 1) / 4) * 4),
          words(21),
        ]),
  );
  const noteEnd = layout.end;

  const dynamic: (readonly [number, number])[] = neededNames.map((name) => [1, name] as const);
  dynamic.push([5, ELF_BIAS + stringsAt], [10, strings.bytes.length], [6, ELF_BIAS + symbolsAt], [11, 24]);
  if (hash === 'gnu') dynamic.push([0x6ffffef5, ELF_BIAS + gnuAt]);
  if (hash === 'sysv') dynamic.push([4, ELF_BIAS + sysvAt]);
  if (versions.length > 0) dynamic.push([0x6ffffffe, ELF_BIAS + versionsAt], [0x6fffffff, versions.length]);
  if (options.flags1 !== undefined) dynamic.push([0x6ffffffb, options.flags1]);
  dynamic.push([0, 0]);
  const dynamicAt = layout.add(Buffer.concat(dynamic.map(([tag, value]) => fields([8, tag], [8, value]))));
  const dataEnd = layout.end;
  const codeAt = layout.add(Buffer.alloc(32, 0xc3));
  const codeEnd = layout.end;
  const sectionsAt = sections ? layout.add(Buffer.alloc(64)) : 0;

  const programHeader = (type: number, flags: number, offset: number, address: number, size: number): Buffer =>
    fields([4, type], [4, flags], [8, offset], [8, address], [8, address], [8, size], [8, size], [8, 8]);
  const headers = [
    programHeader(1, 4, 0, ELF_BIAS, dataEnd),
    programHeader(1, 5, codeAt, ELF_CODE, codeEnd - codeAt),
    programHeader(2, 6, dynamicAt, ELF_BIAS + dynamicAt, dataEnd - dynamicAt),
  ];
  if (options.note !== undefined) headers.push(programHeader(4, 4, noteAt, ELF_BIAS + noteAt, noteEnd - noteAt));
  layout.put(64, Buffer.concat(headers));
  layout.put(0, elfHeader(options, headerCount, sectionsAt));
  return layout.bytes();
}

function elfHeader(options: ElfOptions, headerCount: number, sectionsAt: number): Buffer {
  const { machine = 62, elfClass = 2, bigEndian = false, abi = 0, type = 3 } = options;
  const ident = Buffer.concat([
    Buffer.from('\x7fELF', 'latin1'),
    Buffer.from([elfClass, bigEndian ? 2 : 1, 1, abi]),
    Buffer.alloc(8),
  ]);
  const start = fields([2, type], [2, machine]);
  if (bigEndian) start.swap16();
  const rest = fields(
    ...([
      [4, 1],
      [8, 0],
      [8, 64],
      [8, sectionsAt],
      [4, 0],
      [2, 64],
      [2, 56],
      [2, headerCount],
      [2, 64],
    ] as const),
    [2, sectionsAt === 0 ? 0 : 1],
    [2, 0],
  );
  return Buffer.concat([ident, start, rest]);
}

function elfVersions(versions: NonNullable<ElfOptions['versions']>, strings: Strings): Buffer {
  return Buffer.concat(
    versions.map(([library, names], index) => {
      const size = 16 + names.length * 16;
      const head = fields(
        [2, 1],
        [2, names.length],
        [4, strings.add(library)],
        [4, 16],
        [4, index === versions.length - 1 ? 0 : size],
      );
      const entries = names.map((name, at) =>
        fields([4, 0], [2, 0], [2, 2], [4, strings.add(name)], [4, at === names.length - 1 ? 0 : 16]),
      );
      return Buffer.concat([head, ...entries]);
    }),
  );
}

export interface PeOptions {
  readonly machine?: number;
  /** The optional header's type: 0x20b is 64-bit, 0x10b is 32-bit. */
  readonly magic?: number;
  readonly library?: boolean;
  readonly imports?: readonly string[];
  readonly exports?: Readonly<Record<string, 'function' | 'data' | 'forwarded'>>;
  /** Symbols for debuggers behind the sections, as MinGW leaves them. */
  readonly debugSymbols?: boolean;
}

/** A PE library: code at address 0x1000, tables at 0x2000. */
export function buildPe(options: PeOptions = {}): Buffer {
  const { machine = 0x8664, magic = 0x20b, library = true, imports = [], exports = {}, debugSymbols = false } = options;
  const [codeOffset, tablesOffset, tablesAddress] = [0x400, 0x600, 0x2000];
  const tables = new Layout();
  const add = (bytes: Buffer): number => tablesAddress + tables.add(bytes);
  const text = (value: string): number => add(Buffer.from(`${value}\0`));

  const importNames = imports.map(text);
  const importsAt = add(Buffer.concat([...importNames.map((name) => words(0, 0, 0, name, 0)), Buffer.alloc(20)]));
  const names = Object.keys(exports).sort();
  const nameAddresses = names.map(text);
  const exportsSize = 40 + 64;
  // The table begins with its own header; a forwarded export's address is a text within it.
  const exportsAt = add(Buffer.alloc(exportsSize));
  const addresses = names.map(
    (name) => ({ function: 0x1010, data: 0x2800, forwarded: exportsAt + 48 })[exports[name]!],
  );
  const functionsAt = add(words(...addresses));
  const namesAt = add(words(...nameAddresses));
  const ordinalsAt = add(fields(...names.map((_, index) => [2, index] as const)));
  tables.put(
    exportsAt - tablesAddress,
    words(0, 0, 0, 0, 1, names.length, names.length, functionsAt, namesAt, ordinalsAt),
  );
  tables.put(exportsAt - tablesAddress + 48, Buffer.from('OTHER.name\0'));
  const tablesSize = Math.ceil(tables.end / 0x200) * 0x200;

  const layout = new Layout();
  layout.put(0, Buffer.from('MZ'));
  layout.put(60, words(0x80));
  const symbolsAt = debugSymbols ? tablesOffset + tablesSize : 0;
  const characteristics = 0x22 | (library ? 0x2000 : 0);
  layout.put(
    0x80,
    Buffer.concat([
      Buffer.from('PE\0\0'),
      fields([2, machine], [2, 2], [4, 0], [4, symbolsAt], [4, debugSymbols ? 1 : 0], [2, 240], [2, characteristics]),
    ]),
  );
  const optional = 0x98;
  layout.put(optional, fields([2, magic]));
  layout.put(optional + 108, words(16));
  if (names.length > 0) layout.put(optional + 112, words(exportsAt, exportsSize));
  if (imports.length > 0) layout.put(optional + 120, words(importsAt, 20 * (imports.length + 1)));
  const section = (name: string, address: number, size: number, offset: number, flags: number): Buffer =>
    Buffer.concat([padded(name, 8), words(size, address, size, offset, 0, 0, 0, flags)]);
  layout.put(
    optional + 240,
    Buffer.concat([
      section('.text', 0x1000, 0x200, codeOffset, 0x60000020),
      section('.rdata', tablesAddress, tablesSize, tablesOffset, 0x40000040),
    ]),
  );
  layout.put(codeOffset, Buffer.alloc(0x200, 0xc3));
  layout.put(tablesOffset, tables.bytes(tablesSize));
  if (debugSymbols) layout.put(symbolsAt, Buffer.concat([Buffer.alloc(18), words(14), Buffer.from('debug name')]));
  return layout.bytes();
}

export interface MachOOptions {
  readonly machine?: number;
  readonly subtype?: number;
  readonly type?: number;
  readonly needed?: readonly string[];
  readonly weak?: readonly string[];
  readonly symbols?: Readonly<Record<string, 'function' | 'data' | 'local'>>;
  /** The place of exports: a trie in a command of its own or in the dyld information, or only the symbol table. */
  readonly exportsIn?: 'trie' | 'info' | 'symbols';
  /** The number of a platform in a build version. */
  readonly platform?: number;
}

const MACHO_BASE = 0x100000000;

/** A Mach-O library: code at 0x100000800, data at 0x100000900. */
export function buildMachO(options: MachOOptions = {}): Buffer {
  const {
    machine = 0x0100000c,
    subtype = 0,
    type = 6,
    needed = [],
    weak = [],
    symbols = {},
    exportsIn = 'trie',
  } = options;
  const [codeAt, dataAt, linkAt] = [0x800, 0x900, 0x1000];
  const addresses = { function: codeAt + 4, data: dataAt + 8, local: codeAt + 8 };
  const names = Object.keys(symbols);

  const link = new Layout();
  const trie = machOTrie(
    names.filter((name) => symbols[name] !== 'local').map((name) => [`_${name}`, addresses[symbols[name]!]]),
  );
  const trieAt = linkAt + link.add(trie);
  const strings = new Strings();
  const entries = names.map((name) =>
    fields(
      [4, strings.add(`_${name}`)],
      [1, symbols[name] === 'local' ? 0x0e : 0x0f],
      [1, symbols[name] === 'data' ? 2 : 1],
      [2, 0],
      [8, MACHO_BASE + addresses[symbols[name]!]],
    ),
  );
  const symbolsAt = linkAt + link.add(Buffer.concat(entries));
  const stringsAt = linkAt + link.add(strings.bytes);

  const section = (name: string, segment: string, at: number, flags: number): Buffer =>
    Buffer.concat([
      padded(name, 16),
      padded(segment, 16),
      fields([8, MACHO_BASE + at], [8, 0x100]),
      words(at, 0, 0, 0, flags, 0, 0, 0),
    ]);
  const segment = (name: string, at: number, size: number, sections: Buffer[]): Buffer =>
    Buffer.concat([
      words(0x19, 72 + sections.length * 80),
      padded(name, 16),
      fields([8, MACHO_BASE + at], [8, size], [8, at], [8, size]),
      words(7, 5, sections.length, 0),
      ...sections,
    ]);
  const library = (command: number, name: string): Buffer => {
    const size = Math.ceil((24 + name.length + 1) / 8) * 8;
    return Buffer.concat([words(command, size, 24, 2, 0, 0), padded(name, size - 24)]);
  };
  const commands = [
    segment('__TEXT', 0, linkAt, [
      section('__text', '__TEXT', codeAt, 0x80000400),
      section('__const', '__TEXT', dataAt, 0),
    ]),
    segment('__LINKEDIT', linkAt, link.end, []),
    library(0xd, '@rpath/libitself.dylib'),
    ...needed.map((name) => library(0xc, name)),
    ...weak.map((name) => library(0x80000018, name)),
    words(0x2, 24, symbolsAt, names.length, stringsAt, strings.bytes.length),
  ];
  if (exportsIn === 'trie') commands.push(words(0x80000033, 16, trieAt, trie.length));
  if (exportsIn === 'info') commands.push(words(0x80000022, 48, 0, 0, 0, 0, 0, 0, 0, 0, trieAt, trie.length));
  if (options.platform !== undefined) commands.push(words(0x32, 24, options.platform, 0, 0, 0));

  const layout = new Layout();
  const body = Buffer.concat(commands);
  layout.put(0, words(0xfeedfacf, machine, subtype, type, commands.length, body.length, 0, 0));
  layout.put(32, body);
  layout.put(codeAt, Buffer.alloc(0x100, 0xc0));
  layout.put(linkAt, link.bytes());
  return layout.bytes();
}

function uleb(value: number): Buffer {
  const bytes: number[] = [];
  do {
    bytes.push((value & 127) | (value > 127 ? 128 : 0));
    value = Math.floor(value / 128);
  } while (value > 0);
  return Buffer.from(bytes);
}

interface TrieNode {
  address?: number;
  readonly children: Map<string, TrieNode>;
}

/** A trie with one character an edge. Offsets are written with two bytes, so that sizes are known in advance. */
function machOTrie(names: readonly (readonly [string, number])[]): Buffer {
  const root: TrieNode = { children: new Map() };
  for (const [name, address] of names) {
    let node = root;
    for (const byte of Buffer.from(name)) {
      const edge = String.fromCharCode(byte);
      const next = node.children.get(edge) ?? { children: new Map<string, TrieNode>() };
      node.children.set(edge, next);
      node = next;
    }
    node.address = address;
  }
  const nodes: { node: TrieNode; offset: number }[] = [];
  let end = 0;
  const place = (node: TrieNode): void => {
    nodes.push({ node, offset: end });
    end += terminal(node).length + 1 + node.children.size * 4;
    for (const child of node.children.values()) place(child);
  };
  const terminal = (node: TrieNode): Buffer => {
    if (node.address === undefined) return Buffer.from([0]);
    const content = Buffer.concat([uleb(0), uleb(node.address)]);
    return Buffer.concat([uleb(content.length), content]);
  };
  place(root);
  return Buffer.concat(
    nodes.map(({ node }) => {
      const edges = [...node.children].map(([edge, child]) => {
        const { offset } = nodes.find((placed) => placed.node === child)!;
        return Buffer.concat([Buffer.from(`${edge}\0`, 'latin1'), Buffer.from([(offset & 127) | 128, offset >> 7])]);
      });
      return Buffer.concat([terminal(node), Buffer.from([edges.length]), ...edges]);
    }),
  );
}

/** A fat file of these libraries, each with the processor it is for. `wide` has 64-bit offsets. */
export function buildFat(slices: readonly (readonly [machine: number, image: Buffer])[], wide = false): Buffer {
  const layout = new Layout();
  const header = Buffer.alloc(8 + slices.length * (wide ? 32 : 20));
  header.writeUInt32BE(wide ? 0xcafebabf : 0xcafebabe, 0);
  header.writeUInt32BE(slices.length, 4);
  layout.put(0, header);
  slices.forEach(([machine, image], index) => {
    const offset = Math.ceil(layout.end / 0x1000) * 0x1000;
    layout.put(offset, image);
    const at = 8 + index * (wide ? 32 : 20);
    header.writeUInt32BE(machine, at);
    if (wide) {
      header.writeBigUInt64BE(BigInt(offset), at + 8);
      header.writeBigUInt64BE(BigInt(image.length), at + 16);
    } else {
      header.writeUInt32BE(offset, at + 8);
      header.writeUInt32BE(image.length, at + 12);
    }
  });
  return layout.bytes();
}
