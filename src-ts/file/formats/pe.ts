/** Reads PE32+, the format of Windows: the sections, the imports and the exports. */

import { wrongTarget } from '../../errors/library-error';
import { type ExportTable, lazyExports } from './exports';
import type { Image } from './image';
import { type Mapping, Memory } from './mapping';
import type { Bytes, Reader } from './reader';

const COFF_SIZE = 24;

const SECTION_SIZE = 40;

const COFF_SYMBOL_SIZE = 18;

const IMPORT_SIZE = 20;

const EXPORT_SIZE = 40;

/** The most libraries that are read from the table of imports. */
const MAX_IMPORTS = 4096;

/** The most sections that Windows loads. */
const MAX_SECTIONS = 96;

/** The most names that are read from the table of exports, in which functions have numbers of 16 bits. */
const MAX_EXPORTS = 65536;

const MACHINES: ReadonlyMap<number, string> = new Map([
  [0x014c, 'ia32'],
  [0x01c0, 'arm'],
  [0x01c4, 'arm'],
  [0x5064, 'riscv64'],
  [0x6264, 'loong64'],
  [0x8664, 'x64'],
  [0xaa64, 'arm64'],
]);

/** The bit in the file's characteristics that marks a library. */
const IS_DLL = 0x2000;

/** The bit in a section's characteristics that marks code. */
const IS_EXECUTABLE = 0x20000000;

const Directory = {
  Exports: 0,
  Imports: 1,
  Certificates: 4,
} as const;

interface Section extends Mapping {
  readonly executable: boolean;
}

/** True if the file begins as a DOS program does; every PE file does too. */
export function isPe(head: Bytes): boolean {
  return head.has(0, 'MZ');
}

/** Reads the PE library in `reader`. `here` is the target of the running process, for an error that names both. */
export function readPe(reader: Reader, here: string): Omit<Image, 'path'> {
  const start = reader.bytes(0, 64, 'the DOS header').u32(60);
  const coff = reader.bytes(start, COFF_SIZE, 'the PE header');
  if (!coff.has(0, 'PE\0\0')) throw reader.notALibrary('a DOS program, not a library');
  const machine = coff.u16(4);
  const arch = MACHINES.get(machine) ?? `machine 0x${machine.toString(16)}`;
  const optionalSize = coff.u16(20);
  const optional = reader.bytes(start + COFF_SIZE, optionalSize, 'the optional header');
  const magic = optionalSize >= 2 ? optional.u16(0) : 0;
  if ((coff.u16(22) & IS_DLL) === 0) {
    throw reader.notALibrary('a program, not a library');
  }
  if (magic === 0x10b) throw wrongTarget(reader.path, `win32-${arch}`, here);
  if (magic !== 0x20b) throw reader.damaged(`its optional header has the type 0x${magic.toString(16)}`);

  const sectionCount = coff.u16(6);
  if (sectionCount > MAX_SECTIONS) throw reader.damaged(`it has ${sectionCount} sections`);
  const table = reader.bytes(start + COFF_SIZE + optionalSize, sectionCount * SECTION_SIZE, 'the table of sections');
  const memory = new Memory(reader, readSections(reader, table));
  checkEnd(reader, coff, optional);
  return {
    format: 'pe',
    platform: 'win32',
    arch,
    needed: readImports(memory, optional),
    versions: [],
    libc: null,
    exports: readExports(reader, memory, optional),
  };
}

/** Returns the address and size of a table that the optional header lists, or undefined if there is none. */
function directory(optional: Bytes, index: number): { address: number; size: number } | undefined {
  if (index >= optional.u32(108)) return undefined;
  const [address, size] = [optional.u32(112 + index * 8), optional.u32(116 + index * 8)];
  return address === 0 || size === 0 ? undefined : { address, size };
}

function readSections(reader: Reader, table: Bytes): Section[] {
  const sections: Section[] = [];
  for (let at = 0; at < table.length; at += SECTION_SIZE) {
    const [offset, size] = [table.u32(at + 20), table.u32(at + 16)];
    const executable = (table.u32(at + 36) & IS_EXECUTABLE) !== 0;
    const inFile = offset === 0 ? 0 : size;
    if (inFile > 0) reader.require(offset, inFile, `section ${at / SECTION_SIZE}`);
    sections.push({ address: table.u32(at + 12), offset, size: inFile, executable });
  }
  return sections;
}

/**
 * Checks that the parts behind the sections are in the file. They are not mapped, but a truncated file lacks them
 * first.
 */
function checkEnd(reader: Reader, coff: Bytes, optional: Bytes): void {
  const symbols = coff.u32(12);
  if (symbols !== 0) {
    const strings = symbols + coff.u32(16) * COFF_SYMBOL_SIZE;
    const size = reader.bytes(strings, 4, 'the symbol table for debuggers').u32(0);
    reader.require(strings, size, 'the symbol table for debuggers');
  }
  // Unlike the other tables, this one is given by its offset in the file.
  const certificates = directory(optional, Directory.Certificates);
  if (certificates !== undefined) reader.require(certificates.address, certificates.size, 'the signature');
}

function readImports(memory: Memory<Section>, optional: Bytes): string[] {
  const imports = directory(optional, Directory.Imports);
  if (imports === undefined) return [];
  const needed: string[] = [];
  const table = memory.upTo(imports.address, MAX_IMPORTS * IMPORT_SIZE, 'its table of imports');
  for (let at = 0; at + IMPORT_SIZE <= table.length; at += IMPORT_SIZE) {
    const name = table.u32(at + 12);
    if (name === 0) break;
    needed.push(memory.upTo(name, 4096, 'the name of an imported library').text(0));
  }
  return needed;
}

function readExports(reader: Reader, memory: Memory<Section>, optional: Bytes): Image['exports'] {
  const exported = directory(optional, Directory.Exports);
  if (exported === undefined) return lazyExports(reader, () => undefined);
  const what = 'its table of exports';
  const head = memory.table(exported.address, EXPORT_SIZE, what);
  const [functionCount, nameCount] = [head.u32(20), head.u32(24)];
  if (nameCount > MAX_EXPORTS) throw reader.damaged(`it exports ${nameCount} names`);
  if (nameCount === 0) return lazyExports(reader, () => undefined);
  const functions = memory.table(head.u32(28), functionCount * 4, what);
  const nameAddresses = memory.table(head.u32(32), nameCount * 4, what);
  const ordinals = memory.table(head.u32(36), nameCount * 2, what);
  // The names are adjacent, although no field says where they begin and end.
  let [first, last] = [Infinity, 0];
  for (let index = 0; index < nameCount; index++) {
    const address = nameAddresses.u32(index * 4);
    first = Math.min(first, address);
    last = Math.max(last, address);
  }
  const longest = 65536;
  const names = memory.upTo(first, last - first + longest, what);

  return lazyExports(reader, (table: ExportTable) => {
    for (let index = 0; index < nameCount; index++) {
      const ordinal = ordinals.u16(index * 2);
      const address = ordinal < functionCount ? functions.u32(ordinal * 4) : 0;
      if (address === 0) continue;
      // An address inside the table of exports is that of a name, which refers to another library's export.
      const forwarded = address >= exported.address && address - exported.address < exported.size;
      const section = memory.at(address);
      const kind = forwarded ? 'other' : section === undefined ? 'data' : section.executable ? 'function' : 'data';
      table.add(names.symbol(nameAddresses.u32(index * 4) - first), kind);
    }
  });
}
