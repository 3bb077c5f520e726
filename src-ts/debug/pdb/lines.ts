/** Finds the places of functions in their sources: in the tables of lines that a PDB has for each object file. */

import { Cursor, Unreadable } from '../cursor';
import type { Stream } from './msf';
import type { Place } from './procedures';

/** The kinds of tables among the lines of an object file. */
const Tables = { Lines: 0xf2, Files: 0xf4 } as const;

/** The sizes of the heads of a table, of the lines of a piece of code, and of those of one file in it. */
const TABLE_HEAD = 8;
const CODE_HEAD = 12;
const FILE_HEAD = 12;

/** The bits of the number of a line; others say how many lines a statement has. */
const LINE = 0xffffff;

/** The number with which the stream of names begins, and the size of its head. */
const NAMES_MAGIC = 0xeffeeffe;
const NAMES_HEAD = 12;

/** The most bytes of the path of a source. */
const MOST_PATH = 4096;

/** The offset in the stream of general facts at which it has the names of other streams. */
const STREAM_NAMES = 28;

/** Returns the place in the sources of the function that begins at a place, by the tables of its object file. */
export function sourceOf(
  tables: Buffer,
  place: Place,
  names: () => Stream | null,
): { readonly file: string; readonly line: number } | null {
  const found = lineOf(tables, place);
  const files = found === null ? null : tableOf(tables, Tables.Files);
  const stream = files === null ? null : names();
  if (found === null || files === null || stream === null) return null;
  if (stream.slice(0, 4).readUInt32LE(0) !== NAMES_MAGIC)
    throw new Unreadable('its table of names is in an unknown form');
  const text = stream.upTo(NAMES_HEAD + files.readUInt32LE(found.file), MOST_PATH);
  return { file: new Cursor(text).text(), line: found.line };
}

/** Calls `use` with the tables of a kind, until it returns something. */
function eachTable<T>(tables: Buffer, kind: number, use: (table: Buffer) => T | null): T | null {
  for (let at = 0; at + TABLE_HEAD <= tables.length;) {
    const size = tables.readUInt32LE(at + 4);
    const begin = at + TABLE_HEAD;
    if (begin + size > tables.length) throw new Unreadable('it has a table of lines that does not end');
    const found = tables.readUInt32LE(at) === kind ? use(tables.subarray(begin, begin + size)) : null;
    if (found !== null) return found;
    at = begin + Math.ceil(size / 4) * 4;
  }
  return null;
}

function tableOf(tables: Buffer, kind: number): Buffer | null {
  return eachTable(tables, kind, (table) => table);
}

/** Returns the first line of the code at a place, and the offset of its file in the table of files. */
function lineOf(tables: Buffer, { section, offset }: Place): { readonly file: number; readonly line: number } | null {
  return eachTable(tables, Tables.Lines, (table) => {
    if (table.length < CODE_HEAD || table.readUInt16LE(4) !== section) return null;
    const code = table.readUInt32LE(0);
    if (offset < code || offset >= code + table.readUInt32LE(8)) return null;
    for (let at = CODE_HEAD; at + FILE_HEAD <= table.length; at += table.readUInt32LE(at + 8)) {
      const count = table.readUInt32LE(at + 4);
      if (table.readUInt32LE(at + 8) < FILE_HEAD + 8 * count)
        throw new Unreadable('it has lines without their numbers');
      for (let k = 0; k < count; k++) {
        const entry = at + FILE_HEAD + 8 * k;
        if (code + table.readUInt32LE(entry) !== offset) continue;
        return { file: table.readUInt32LE(at), line: table.readUInt32LE(entry + 4) & LINE };
      }
    }
    return null;
  });
}

/** Returns the number of the stream `/names`, which the stream of general facts names; undefined if there is none. */
export function namesStream(facts: Stream): number | undefined {
  const bytes = facts.slice(STREAM_NAMES, facts.size - STREAM_NAMES);
  const texts = bytes.subarray(4, 4 + bytes.readUInt32LE(0));
  const cursor = new Cursor(bytes, 4 + texts.length);
  const count = cursor.unsigned(4);
  // How many there is room for, and two sets of bits: which entries are used, and which were.
  cursor.at += 4;
  for (let set = 0; set < 2; set++) {
    const words = cursor.unsigned(4);
    cursor.at += 4 * words;
  }
  for (let k = 0; k < count; k++) {
    const name = cursor.unsigned(4);
    const stream = cursor.unsigned(4);
    if (new Cursor(texts, name).text() === '/names') return stream;
  }
  return undefined;
}
