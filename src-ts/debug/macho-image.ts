/**
 * Reads the sections and symbols of Mach-O files. A library has no debug information of its own: it is in a bundle
 * `.dSYM` beside it, or in the object files from which it was linked, whose paths are in its symbol table.
 */

import type { Reader } from '../file/formats/reader';
import { readWide, Unreadable } from './cursor';
import type { DebugImage, ObjectFile } from './image';
import { Section } from './section';

const HEADER_SIZE = 32;

const SECTION_SIZE = 80;

const SYMBOL_SIZE = 16;

/** The most bytes of the load commands. */
const MOST_COMMANDS = 1 << 20;

const Command = { Symbols: 2, Segment: 0x19, Uuid: 0x1b } as const;

/** The kinds of symbols for debuggers that are read. */
const Stab = { Function: 0x24, Object: 0x66 } as const;

const MAGIC = 0xfeedfacf;

const FAT_MAGIC = 0xcafebabe;

const PROCESSORS: Readonly<Record<string, number>> = { x64: 0x01000007, arm64: 0x0100000c };

/** The most parts of a file for several processors. */
const MOST_PARTS = 16;

/** True if the file begins as a Mach-O file for one or several processors does. */
export function isMachO(head: Buffer): boolean {
  if (head.length < HEADER_SIZE) return false;
  return head.readUInt32LE(0) === MAGIC || head.readUInt32BE(0) === FAT_MAGIC;
}

export function readMachOImage(reader: Reader, head: Buffer): DebugImage {
  return read(head.readUInt32BE(0) === FAT_MAGIC ? partForHere(reader, head) : reader);
}

/** Returns the part for the processor of this process. */
function partForHere(reader: Reader, head: Buffer): Reader {
  const count = Math.min(head.readUInt32BE(4), MOST_PARTS);
  const table = reader.buffer(8, count * 20, 'the table of processors');
  for (let at = 0; at < table.length; at += 20) {
    if (table.readUInt32BE(at) !== PROCESSORS[process.arch]) continue;
    return reader.part(table.readUInt32BE(at + 8), table.readUInt32BE(at + 12), 'the part for this processor');
  }
  throw new Unreadable('it has no part for this processor');
}

interface Symbol {
  readonly name: string;
  readonly type: number;
  readonly value: number;
}

function read(reader: Reader): DebugImage {
  const header = reader.buffer(0, HEADER_SIZE, 'the header');
  if (header.readUInt32LE(0) !== MAGIC) throw new Unreadable('it is no file for a processor of 64 bits');
  const size = header.readUInt32LE(20);
  if (size > MOST_COMMANDS) throw new Unreadable('its load commands are damaged');
  const commands = reader.buffer(HEADER_SIZE, size, 'the load commands');
  const sections = new Map<string, Section>();
  let symbolsAt = -1;
  let uuid = '';
  for (let at = 0; at + 8 <= commands.length;) {
    const length = commands.readUInt32LE(at + 4);
    if (length < 8) throw new Unreadable('its load commands are damaged');
    switch (commands.readUInt32LE(at)) {
      case Command.Segment:
        addSections(reader, commands.subarray(at, at + length), sections);
        break;
      case Command.Symbols:
        symbolsAt = at;
        break;
      case Command.Uuid:
        uuid = commands.toString('hex', at + 8, at + 24);
        break;
    }
    at += length;
  }
  // Names have 16 bytes at most.
  const offsets = sections.get('debug_str_offs');
  if (offsets !== undefined) sections.set('debug_str_offsets', offsets);
  const symbols = (): Symbol[] => (symbolsAt < 0 ? [] : readSymbols(reader, commands.subarray(symbolsAt)));
  return { sections, uuid, addresses: () => exportsOf(symbols()), objects: () => objectsOf(symbols()) };
}

function addSections(reader: Reader, segment: Buffer, sections: Map<string, Section>): void {
  const count = segment.readUInt32LE(64);
  for (let index = 0, at = 72; index < count && at + SECTION_SIZE <= segment.length; index++, at += SECTION_SIZE) {
    if (textAt(segment, at + 16) !== '__DWARF') continue;
    const section = new Section(reader, segment.readUInt32LE(at + 48), readWide(segment, at + 40));
    sections.set(textAt(segment, at).replace(/^__/, ''), section);
  }
}

/** Returns a text of 16 bytes at most. */
function textAt(bytes: Buffer, at: number): string {
  return bytes.toString('latin1', at, at + 16).replace(/\0.*$/s, '');
}

function readSymbols(reader: Reader, command: Buffer): Symbol[] {
  const table = reader.buffer(command.readUInt32LE(8), command.readUInt32LE(12) * SYMBOL_SIZE, 'its symbol table');
  const texts = reader.bytes(command.readUInt32LE(16), command.readUInt32LE(20), 'its string table');
  const symbols: Symbol[] = [];
  for (let at = 0; at + SYMBOL_SIZE <= table.length; at += SYMBOL_SIZE) {
    const name = texts.symbol(table.readUInt32LE(at));
    symbols.push({ name, type: table.readUInt8(at + 4), value: readWide(table, at + 8) });
  }
  return symbols;
}

/** Returns the addresses of symbols that are defined in a section, seen from outside, and none for debuggers. */
function exportsOf(symbols: readonly Symbol[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { name, type, value } of symbols) {
    if ((type & 0xe0) === 0 && (type & 0x0f) === 0x0f && name.startsWith('_')) found.set(name.slice(1), value);
  }
  return found;
}

/** Returns the object files, each of which stands in front of the functions that come from it. */
function objectsOf(symbols: readonly Symbol[]): ObjectFile[] {
  const objects: ObjectFile[] = [];
  let functions = new Set<string>();
  for (const { name, type, value } of symbols) {
    if (type === Stab.Object) {
      functions = new Set();
      objects.push({ path: name, modified: value, functions });
    } else if (type === Stab.Function && name !== '') {
      functions.add(name.replace(/^_/, ''));
    }
  }
  return objects;
}
