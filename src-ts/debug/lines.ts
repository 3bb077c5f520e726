/** Reads the names of source files, which the table of lines of a unit lists in its header. */

import nodePath = require('node:path');
import { At, Form } from './constants';
import { Cursor, Unreadable } from './cursor';
import type { Dwarf } from './dwarf';
import type { Unit } from './unit';

/** The most bytes of the header of a table of lines. */
const MOST_BYTES = 1 << 20;

/** The number of bytes in which the length of the header is. */
const HEAD_BYTES = 32;

/** The kinds of columns of the lists of DWARF 5. */
const Column = { Path: 1, Folder: 2 } as const;

/** Returns the absolute paths of a unit's source files, by their numbers. */
export function readFiles(unit: Unit, dwarf: Dwarf): readonly (string | undefined)[] {
  const { skeleton } = unit.home;
  // A unit in a file of its own uses the table of its skeleton, unless that file has one.
  if (skeleton !== null && !dwarf.has('debug_line')) return readTable(skeleton, 0);
  return readTable(unit, dwarf.lines);
}

/** @param first - The offset at which the tables begin in their section. */
function readTable(unit: Unit, first: number): readonly (string | undefined)[] {
  const { root, home } = unit;
  const at = root.number(At.StatementList) ?? (home.skeleton === null ? undefined : 0);
  if (at === undefined) return [];
  const folder = root.text(At.CompilationFolder) ?? home.skeleton?.root.text(At.CompilationFolder) ?? '';
  const section = home.section('debug_line');
  const head = new Cursor(section.upTo(first + at, HEAD_BYTES));
  const wide = head.unsigned(4) === 0xffffffff;
  if (wide) head.at += 8;
  const version = head.u16();
  // The sizes of an address and of a segment.
  if (version >= 5) head.at += 2;
  const length = head.unsigned(wide ? 8 : 4);
  const cursor = new Cursor(section.upTo(first + at, Math.min(head.at + length, MOST_BYTES)), head.at);
  // Numbers for the program that follows the header.
  cursor.at += version >= 4 ? 5 : 4;
  cursor.block(cursor.u8() - 1);
  return version >= 5 ? described(unit, cursor, folder, wide) : listed(cursor, folder);
}

/** Reads the lists of the versions before DWARF 5: texts, the last of which is empty. */
function listed(cursor: Cursor, folder: string): (string | undefined)[] {
  const folders = [folder];
  for (let name = cursor.text(); name !== ''; name = cursor.text()) folders.push(nodePath.resolve(folder, name));
  const files: (string | undefined)[] = [undefined];
  for (let name = cursor.text(); name !== ''; name = cursor.text()) {
    files.push(nodePath.resolve(folders[cursor.uleb()] ?? folder, name));
    // The time and the size of the file.
    cursor.uleb();
    cursor.uleb();
  }
  return files;
}

interface Row {
  path: string;
  folder: number;
}

/** Reads the lists of DWARF 5, each of which begins with a description of its columns. */
function described(unit: Unit, cursor: Cursor, folder: string, wide: boolean): string[] {
  const rows = (): Row[] => {
    const columns: [number, number][] = [];
    for (let count = cursor.u8(); count > 0; count--) columns.push([cursor.uleb(), cursor.uleb()]);
    const list: Row[] = [];
    for (let count = cursor.uleb(); count > 0; count--) {
      const row: Row = { path: '', folder: 0 };
      for (const [column, form] of columns) {
        const value = valueOf(unit, cursor, form, wide);
        if (column === Column.Path && typeof value === 'string') row.path = value;
        if (column === Column.Folder && typeof value === 'number') row.folder = value;
      }
      list.push(row);
    }
    return list;
  };
  const folders = rows().map(({ path }) => nodePath.resolve(folder, path));
  return rows().map((row) => nodePath.resolve(folders[row.folder] ?? folder, row.path));
}

function valueOf(unit: Unit, cursor: Cursor, form: number, wide: boolean): string | number | null {
  switch (form) {
    case Form.Text:
      return cursor.text();
    case Form.TextOffset:
    case Form.LineTextOffset:
      return unit.textOf({ form, at: 0, value: cursor.unsigned(wide ? 8 : 4) });
    case Form.TextIndex:
      return unit.textOf({ form, at: 0, value: cursor.uleb() });
    case Form.Data1:
      return cursor.u8();
    case Form.Data2:
      return cursor.u16();
    case Form.Unsigned:
      return cursor.uleb();
    case Form.Data16:
      cursor.block(16);
      return null;
    case Form.Block:
      cursor.block(cursor.uleb());
      return null;
    default:
      throw new Unreadable('its list of sources is in an unknown form');
  }
}
