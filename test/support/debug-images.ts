/** Makes libraries of other platforms, with the debug information and the addresses of one of this platform. */

import { readElfImage } from '../../src-ts/debug/elf-image';
import { Reader } from '../../src-ts/file/formats/reader';

/** The debug information of a library: its sections by their names, and the addresses of its functions. */
export interface Described {
  readonly sections: ReadonlyMap<string, Buffer>;
  readonly addresses: ReadonlyMap<string, number>;
}

/** Reads an ELF library. */
export function readDescribed(file: string): Described {
  return Reader.open(file, (reader) => {
    const image = readElfImage(reader);
    const sections = [...image.sections].map(([name, section]) => [name, Buffer.from(section.whole())] as const);
    return { sections: new Map(sections), addresses: image.addresses() };
  });
}

/** Collects the bytes of a file, and returns where each piece begins. */
class Pieces {
  readonly #pieces: Buffer[] = [];
  size = 0;

  add(piece: Buffer): number {
    const at = this.size;
    this.#pieces.push(piece);
    this.size += piece.length;
    return at;
  }

  concat(): Buffer {
    return Buffer.concat(this.#pieces);
  }
}

function words(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => buffer.writeUInt32LE(value >>> 0, 4 * index));
  return buffer;
}

function wide(value: number): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt(value));
  return buffer;
}

function fixed(text: string, size: number): Buffer {
  const buffer = Buffer.alloc(size);
  buffer.write(text, 'latin1');
  return buffer;
}

/** Makes a PE library, whose functions have the addresses that they had, relative to the library. */
export function peLibrary({ sections, addresses }: Described): Buffer {
  const [headerSize, optionalSize, sectionSize] = [64, 240, 40];
  const names = [...sections.keys()];
  const tableAt = headerSize + 24 + optionalSize;
  const first = tableAt + sectionSize * (names.length + 1);
  const body = new Pieces();
  // The table of exports is in a section whose address is the offset in the file.
  const at = first;
  const functions = [...addresses];
  const namesAt = at + 40 + 10 * functions.length;
  const texts = new Pieces();
  const pointers = functions.map(([name]) => namesAt + texts.add(Buffer.from(`${name}\0`)));
  const [functionsAt, pointersAt] = [at + 40, at + 40 + 4 * functions.length];
  const ordinalsAt = pointersAt + 4 * functions.length;
  const count = functions.length;
  body.add(words(0, 0, 0, 0, 1, count, count, functionsAt, pointersAt, ordinalsAt));
  body.add(words(...functions.map(([, address]) => address)));
  body.add(words(...pointers));
  const ordinals = Buffer.alloc(2 * count);
  functions.forEach((_, index) => ordinals.writeUInt16LE(index, 2 * index));
  body.add(ordinals);
  body.add(texts.concat());
  const exportsSize = body.size;
  const places = names.map((name) => first + body.add(sections.get(name) as Buffer));
  const stringsAt = first + body.size;
  const strings = new Pieces();
  strings.add(words(0));
  const labels = names.map((name) => `/${strings.add(Buffer.from(`.${name}\0`))}`);
  body.add(strings.concat());

  const header = fixed('MZ', headerSize);
  header.writeUInt32LE(headerSize, 60);
  const coff = Buffer.alloc(24);
  coff.write('PE\0\0', 'latin1');
  coff.writeUInt16LE(0x8664, 4);
  coff.writeUInt16LE(names.length + 1, 6);
  coff.writeUInt32LE(stringsAt, 12);
  coff.writeUInt16LE(optionalSize, 20);
  const optional = Buffer.alloc(optionalSize);
  optional.writeUInt16LE(0x20b, 0);
  optional.writeUInt32LE(16, 108);
  optional.writeUInt32LE(at, 112);
  optional.writeUInt32LE(exportsSize, 116);
  const section = (name: string, size: number, address: number, offset: number): Buffer =>
    Buffer.concat([fixed(name, 8), words(size, address, size, offset, 0, 0, 0, 0)]);
  const table = [section('.edata', exportsSize, at, at)];
  names.forEach((_, index) => {
    const { length } = sections.get(names[index] as string) as Buffer;
    table.push(
      section(labels[index] as string, length, 0x4000_0000 + (places[index] as number), places[index] as number),
    );
  });
  return Buffer.concat([header, coff, optional, ...table, body.concat()]);
}

/** A symbol of a Mach-O file. */
export interface MachOSymbol {
  readonly name: string;
  readonly type: number;
  readonly value: number;
}

/** Makes a Mach-O file with sections of debug information and symbols. */
export function machO(sections: ReadonlyMap<string, Buffer>, symbols: readonly MachOSymbol[], uuid: string): Buffer {
  const segmentSize = 72 + 80 * sections.size;
  const commandsSize = segmentSize + 24 + 24;
  const first = 32 + commandsSize;
  const body = new Pieces();
  const entries = [...sections].map(([name, bytes]) => {
    const offset = first + body.add(bytes);
    const label = `__${name}`.slice(0, 16);
    return Buffer.concat([
      fixed(label, 16),
      fixed('__DWARF', 16),
      wide(0),
      wide(bytes.length),
      words(offset),
      Buffer.alloc(28),
    ]);
  });
  const strings = new Pieces();
  strings.add(Buffer.from('\0'));
  const table = symbols.map(({ name, type, value }) =>
    Buffer.concat([words(strings.add(Buffer.from(`${name}\0`))), Buffer.from([type, 1, 0, 0]), wide(value)]),
  );
  const symbolsAt = first + body.add(Buffer.concat(table));
  const stringsAt = first + body.add(strings.concat());
  const segment = Buffer.concat([words(0x19, segmentSize), Buffer.alloc(56), words(sections.size, 0), ...entries]);
  return Buffer.concat([
    words(0xfeedfacf, 0x01000007, 3, 6, 3, commandsSize, 0, 0),
    segment,
    words(2, 24, symbolsAt, symbols.length, stringsAt, strings.size),
    words(0x1b, 24),
    fixed(uuid, 16),
    body.concat(),
  ]);
}
