/** Finds the functions at some addresses in a PDB, and the names of their parameters. */

import { Cursor, Unreadable } from '../cursor';
import { RUST, Sym } from './leaf';
import type { Stream } from './msf';

const HEADER_SIZE = 64;

/** The size of the head of what is stated of an object file, in front of its names. */
const MODULE_SIZE = 64;

/** The number of a stream that does not exist. */
const NO_STREAM = 0xffff;

/** The versions of the table of the pieces of code, whose entries have different sizes. */
const CONTRIBUTION_SIZES: Readonly<Record<number, number>> = { 0xf12eba2d: 28, 0xf13151e4: 32 };

/** The bit of a function that does not return. */
const NEVER = 8;

/** The place of a function: the number of its section, counted from 1, and the offset in it. */
export interface Place {
  readonly section: number;
  readonly offset: number;
}

/** A function as a PDB states it. */
export interface Procedure {
  /** Its path in Rust, such as `geometry::scale`. */
  readonly name: string;
  readonly type: number;
  readonly isRust: boolean;
  readonly returns: boolean;
  /** The names of its parameters, as far as they are stated. */
  readonly parameters: readonly string[];
}

/** An object file: its stream, and the sizes of what follows one another in it. */
interface Module {
  readonly stream: number;
  readonly symbols: number;
  /** Lines in the form of compilers of long ago. */
  readonly oldLines: number;
  readonly lines: number;
}

export class Procedures {
  /** How often it was linked, which the library states too. */
  readonly age: number;
  readonly #modules: readonly Module[];
  readonly #contributions: Buffer;

  constructor(
    stream: Stream,
    private readonly streamAt: (index: number) => Stream,
  ) {
    const header = stream.slice(0, HEADER_SIZE);
    this.age = header.readUInt32LE(8);
    const size = header.readUInt32LE(24);
    this.#modules = readModules(stream.slice(HEADER_SIZE, size));
    this.#contributions = stream.slice(HEADER_SIZE + size, header.readUInt32LE(28));
  }

  /** Returns the functions that are stated to begin at a place. There are several if the linker has merged them. */
  at(place: Place): Procedure[] {
    const module = this.#moduleAt(place);
    if (module === undefined || module.stream === NO_STREAM) return [];
    return proceduresIn(this.streamAt(module.stream).slice(0, module.symbols), place);
  }

  /** Returns the tables of lines of the object file whose code is at a place. */
  linesAt(place: Place): Buffer | null {
    const module = this.#moduleAt(place);
    if (module === undefined || module.stream === NO_STREAM) return null;
    return this.streamAt(module.stream).slice(module.symbols + module.oldLines, module.lines);
  }

  /** Returns the object file whose code is at a place. */
  #moduleAt({ section, offset }: Place): Module | undefined {
    const table = this.#contributions;
    if (table.length < 4) return undefined;
    const size = CONTRIBUTION_SIZES[table.readUInt32LE(0)];
    if (size === undefined) throw new Unreadable('its table of code is in an unknown form');
    for (let at = 4; at + size <= table.length; at += size) {
      if (table.readUInt16LE(at) !== section) continue;
      const from = table.readUInt32LE(at + 4);
      if (offset >= from && offset < from + table.readUInt32LE(at + 8))
        return this.#modules[table.readUInt16LE(at + 16)];
    }
    return undefined;
  }
}

function readModules(bytes: Buffer): Module[] {
  const modules: Module[] = [];
  const cursor = new Cursor(bytes);
  while (cursor.at + MODULE_SIZE <= bytes.length) {
    modules.push({
      stream: bytes.readUInt16LE(cursor.at + 34),
      symbols: bytes.readUInt32LE(cursor.at + 36),
      oldLines: bytes.readUInt32LE(cursor.at + 40),
      lines: bytes.readUInt32LE(cursor.at + 44),
    });
    cursor.at += MODULE_SIZE;
    // Its name, and that of the archive in which it is.
    cursor.text();
    cursor.text();
    cursor.at = Math.ceil(cursor.at / 4) * 4;
  }
  return modules;
}

/** Reads the functions at a place among the symbols of an object file. */
function proceduresIn(bytes: Buffer, { section, offset }: Place): Procedure[] {
  const found: Procedure[] = [];
  let isRust = false;
  // The symbols follow a signature.
  for (let at = 4; at + 4 <= bytes.length; at = nextOf(bytes, at)) {
    const kind = bytes.readUInt16LE(at + 2);
    if (kind === Sym.Compile) isRust = (bytes.readUInt32LE(at + 4) & 0xff) === RUST;
    if (kind !== Sym.GlobalProcedure && kind !== Sym.LocalProcedure) continue;
    if (bytes.readUInt32LE(at + 32) !== offset || bytes.readUInt16LE(at + 36) !== section) continue;
    found.push({
      name: new Cursor(bytes, at + 39).text(),
      type: bytes.readUInt32LE(at + 28),
      isRust,
      returns: (bytes.readUInt8(at + 38) & NEVER) === 0,
      parameters: parametersOf(bytes, nextOf(bytes, at)),
    });
  }
  return found;
}

function nextOf(bytes: Buffer, at: number): number {
  const length = bytes.readUInt16LE(at);
  if (length < 2) throw new Unreadable('it has an empty symbol');
  return at + 2 + length;
}

/** Returns the names of a function's parameters, which are among the symbols that follow it. */
function parametersOf(bytes: Buffer, first: number): string[] {
  const names: string[] = [];
  // Blocks, and code of other functions that was inlined, have variables of their own.
  let depth = 0;
  for (let at = first; at + 4 <= bytes.length; at = nextOf(bytes, at)) {
    switch (bytes.readUInt16LE(at + 2)) {
      case Sym.InlineSite:
      case Sym.Block:
        depth++;
        break;
      case Sym.InlineSiteEnd:
        depth--;
        break;
      case Sym.End:
        if (depth-- === 0) return names;
        break;
      case Sym.Local:
        if (depth === 0 && (bytes.readUInt16LE(at + 8) & 1) !== 0) names.push(new Cursor(bytes, at + 10).text());
        break;
    }
  }
  return names;
}
