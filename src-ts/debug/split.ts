/**
 * Finds the unit for which a skeleton stands: the compiler can leave most debug information out of the library, in a
 * package `.dwp` beside it or in the files `.dwo` that it wrote. Both have the same id as the skeleton, or are those of
 * another build.
 */

import fs = require('node:fs');
import nodePath = require('node:path');
import { Reader } from '../file/formats/reader';
import { At } from './constants';
import { Unreadable } from './cursor';
import { Dwarf } from './dwarf';
import { readDebugImage } from './read-image';
import type { Sections } from './section';
import type { Unit } from './unit';

/** The numbers of the sections in the index of a package, which are the same in all versions but for what is unused. */
const Column = { Info: 1, Abbreviations: 3, Lines: 4, TextOffsets: 6 } as const;

/** The size of the header of the index of a package, and of the table of offsets of texts in DWARF 5. */
const INDEX_HEADER = 16;

const TEXT_OFFSETS_HEADER = 8;

/** The most sections of a unit in a package. */
const MOST_COLUMNS = 8;

/**
 * Calls `use` with the unit that describes what `unit` does or stands for.
 *
 * @param library - The absolute path of the library.
 * @throws Unreadable if it is in a file that is not there or is of another build.
 */
export function useWhole(unit: Unit, dwarf: Dwarf, library: string, use: (unit: Unit, dwarf: Dwarf) => void): void {
  const name = unit.root.text(At.SplitName) ?? unit.root.text(At.GnuSplitName);
  if (name === undefined) {
    use(unit, dwarf);
    return;
  }
  const id = idOf(unit);
  if (id === null) throw new Unreadable('it does not say which file has the rest of it');
  const packed = `${library}.dwp`;
  const single = nodePath.resolve(unit.root.text(At.CompilationFolder) ?? '', name);
  const visit = (file: string, find: (sections: Sections) => [Unit, Dwarf] | null): boolean => {
    if (!fs.existsSync(file)) return false;
    return Reader.open(file, (reader) => {
      const found = find(readDebugImage(reader).sections);
      if (found !== null) use(...found);
      return found !== null;
    });
  };
  if (visit(packed, (sections) => inPackage(sections, id, unit))) return;
  if (visit(single, (sections) => inFile(sections, id, unit))) return;
  const file = fs.existsSync(single) ? single : fs.existsSync(packed) ? packed : null;
  throw new Unreadable(
    file === null
      ? `its debug information is in ${single}, which is not there`
      : `its debug information in ${file} is of another build`,
  );
}

/** Returns the id of a unit. In DWARF 4 it is an attribute, and in DWARF 5 in the header. */
function idOf(unit: Unit): bigint | null {
  if (unit.id !== null) return unit.id;
  const value = unit.root.value(At.GnuSplitId);
  return value === undefined ? null : unit.bytes.readBigUInt64LE(value.at);
}

function inFile(sections: Sections, id: bigint, skeleton: Unit): [Unit, Dwarf] | null {
  const dwarf = new Dwarf(sections, {
    suffix: '.dwo',
    units: 0,
    abbreviations: 0,
    textOffsets: null,
    lines: 0,
    skeleton,
  });
  for (const offset of dwarf.unitOffsets()) {
    const unit = dwarf.unit(offset);
    if (idOf(unit) === id) return [unit, dwarf];
  }
  return null;
}

/** Finds a unit in a package, whose index is a hash table of ids. */
function inPackage(sections: Sections, id: bigint, skeleton: Unit): [Unit, Dwarf] | null {
  const index = sections.get('debug_cu_index')?.whole();
  if (index === undefined) return null;
  const version = index.readUInt32LE(0) === 2 ? 2 : index.readUInt16LE(0);
  const [columns, units, slots] = [index.readUInt32LE(4), index.readUInt32LE(8), index.readUInt32LE(12)];
  if (columns > MOST_COLUMNS || INDEX_HEADER + slots * 12 > index.length) throw new Unreadable('its index is damaged');
  const rows = INDEX_HEADER + slots * 8;
  const heads = rows + slots * 4;
  const offsets = heads + columns * 4;
  for (let slot = 0; slot < slots; slot++) {
    if (index.readBigUInt64LE(INDEX_HEADER + slot * 8) !== id) continue;
    const row = index.readUInt32LE(rows + slot * 4);
    if (row === 0 || row > units) continue;
    const parts = new Map<number, number>();
    for (let column = 0; column < columns; column++) {
      const offset = index.readUInt32LE(offsets + ((row - 1) * columns + column) * 4);
      parts.set(index.readUInt32LE(heads + column * 4), offset);
    }
    const first = parts.get(Column.Info) ?? 0;
    const dwarf = new Dwarf(sections, {
      suffix: '.dwo',
      units: first,
      abbreviations: parts.get(Column.Abbreviations) ?? 0,
      textOffsets: (parts.get(Column.TextOffsets) ?? 0) + (version >= 5 ? TEXT_OFFSETS_HEADER : 0),
      lines: parts.get(Column.Lines) ?? 0,
      skeleton,
    });
    return [dwarf.unit(first), dwarf];
  }
  return null;
}
