/** Finds the units that describe the code at some addresses. */

import { type Abbreviations, type Encoding, readAbbreviations } from './abbreviations';
import { addressBytes, Cursor, MOST_OCCURRENCES, readWide, Unreadable } from './cursor';
import { rangesOf } from './ranges';
import type { Section, Sections } from './section';
import { type Home, Unit } from './unit';

/** The least number of bytes of a unit. */
const LEAST_UNIT = 11;

/** The size of a range in the table that maps addresses to units: an address and a size. */
const RANGE_SIZE = 16;

/** What the sections have of one unit, if they are those of a file with units of other files. */
export interface Part {
  /** What the names of the sections end in: nothing, or `.dwo`. */
  readonly suffix: string;
  /** The offset at which the units begin in their section, and those of what they refer to in others. */
  readonly units: number;
  readonly abbreviations: number;
  readonly textOffsets: number | null;
  readonly lines: number;
  readonly skeleton: Unit | null;
}

const WHOLE: Part = { suffix: '', units: 0, abbreviations: 0, textOffsets: null, lines: 0, skeleton: null };

/** The debug information of a file, in DWARF of the versions 2 to 5. */
export class Dwarf implements Home {
  readonly #abbreviations = new Map<string, Abbreviations>();
  readonly #units = new Map<number, Unit>();
  #offsets: readonly number[] | undefined;

  constructor(
    private readonly sections: Sections,
    private readonly part: Part = WHOLE,
  ) {}

  get textOffsets(): number | null {
    return this.part.textOffsets;
  }

  get skeleton(): Unit | null {
    return this.part.skeleton;
  }

  /** The offset at which the tables of lines begin in their section. */
  get lines(): number {
    return this.part.lines;
  }

  has(name: string): boolean {
    return this.sections.has(name + this.part.suffix);
  }

  section(name: string): Section {
    const section = this.sections.get(name + this.part.suffix);
    if (section === undefined) throw new Unreadable(`it has no section .${name}${this.part.suffix}`);
    return section;
  }

  abbreviations(offset: number, encoding: Encoding): Abbreviations {
    const key = `${offset} ${encoding.wide} ${encoding.version}`;
    let table = this.#abbreviations.get(key);
    if (table !== undefined) return table;
    const section = this.section('debug_abbrev');
    for (let most = 4096; ; most *= 4) {
      const bytes = section.upTo(this.part.abbreviations + offset, most);
      const read = readAbbreviations(bytes, encoding);
      if (read !== null) {
        table = read;
        break;
      }
      if (bytes.length < most) throw new Unreadable('it has a table of abbreviations without an end');
    }
    this.#abbreviations.set(key, table);
    return table;
  }

  /** Returns the unit that begins at `offset` of its section. */
  unit(offset: number): Unit {
    let unit = this.#units.get(offset);
    if (unit === undefined) this.#units.set(offset, (unit = new Unit(this, offset)));
    return unit;
  }

  unitAround(offset: number): Unit {
    const offsets = this.unitOffsets();
    let [low, high] = [0, offsets.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((offsets[middle] as number) <= offset) low = middle + 1;
      else high = middle;
    }
    if (low === 0) throw new Unreadable('it refers to an entry in no unit');
    return this.unit(offsets[low - 1] as number);
  }

  /** Returns the offsets of all units, of which only the headers are read. */
  unitOffsets(): readonly number[] {
    if (this.#offsets !== undefined) return this.#offsets;
    const section = this.section('debug_info');
    const offsets: number[] = [];
    for (let at = this.part.units; at + LEAST_UNIT <= section.size;) {
      offsets.push(at);
      const head = section.upTo(at, 12);
      const length = head.readUInt32LE(0);
      at += length === 0xffffffff ? 12 + readWide(head, 4) : 4 + length;
    }
    return (this.#offsets = offsets);
  }

  /**
   * Returns the offset of the unit that describes the function at an address, if the table of addresses has a range that
   * begins there, as it has for most functions. If there is none, {@link unitsAt} may still find it.
   */
  unitAt(address: number): number | undefined {
    return this.has('debug_aranges') ? unitWithRange(this.section('debug_aranges').whole(), address) : undefined;
  }

  /**
   * Returns the offsets of the units in which the code at each of these addresses is described, with the addresses.
   *
   * @param wanted - The one of them for which all units are read, if the table of addresses lacks it.
   */
  unitsAt(addresses: Iterable<number>, wanted: number): Map<number, Set<number>> {
    const sorted = Float64Array.from(addresses).sort();
    const units = new Map<number, Set<number>>();
    const [first = 0, last = 0] = [sorted[0], sorted[sorted.length - 1]];
    const add = (unit: number, from: number, to: number): void => {
      // Most code is not exported. The linker gives code that it has removed the address 0.
      if (from > last || to <= first || from === 0) return;
      for (let i = firstFrom(sorted, from); i < sorted.length && (sorted[i] as number) < to; i++) {
        const found = units.get(unit);
        if (found === undefined) units.set(unit, new Set([sorted[i] as number]));
        else found.add(sorted[i] as number);
      }
    };
    if (this.has('debug_aranges')) eachRange(this.section('debug_aranges').whole(), first, last, add);
    if (![...units.values()].some((found) => found.has(wanted))) {
      for (const offset of this.unitOffsets()) {
        if (units.has(offset)) continue;
        for (const { from, to } of rangesOf(this.unit(offset))) add(offset, from, to);
      }
    }
    return units;
  }
}

/** Returns the index of the first number that is not less than `least`. */
function firstFrom(sorted: Float64Array, least: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A set of the table that maps addresses to units: the ranges of one unit. */
interface RangeSet {
  readonly unit: number;
  /** Where its ranges begin and end, each an address and a size of 8 bytes. */
  readonly first: number;
  readonly end: number;
}

function setsOf(bytes: Buffer): RangeSet[] {
  const sets: RangeSet[] = [];
  const cursor = new Cursor(bytes);
  while (cursor.at + 12 <= bytes.length) {
    const start = cursor.at;
    let length = cursor.unsigned(4);
    const wide = length === 0xffffffff;
    if (wide) length = cursor.unsigned(8);
    const end = cursor.at + length;
    cursor.u16();
    const unit = cursor.unsigned(wide ? 8 : 4);
    if (cursor.u8() !== 8 || end > bytes.length) throw new Unreadable('its table of addresses is damaged');
    cursor.u8();
    // The ranges are aligned to their own size.
    const first = start + Math.ceil((cursor.at - start) / RANGE_SIZE) * RANGE_SIZE;
    sets.push({ unit, first, end: end - ((end - first) % RANGE_SIZE) });
    cursor.at = end;
  }
  return sets;
}

/** Returns the unit of which a range begins at an address, found by the bytes of the address; undefined if there is none. */
function unitWithRange(bytes: Buffer, address: number): number | undefined {
  const pattern = addressBytes(address);
  let sets: readonly RangeSet[] | undefined;
  let at = bytes.indexOf(pattern);
  for (let count = 0; at >= 0 && count < MOST_OCCURRENCES; count++, at = bytes.indexOf(pattern, at + 1)) {
    sets ??= setsOf(bytes);
    const place = at;
    const found = sets.find(({ first, end }) => place >= first && place < end && (place - first) % RANGE_SIZE === 0);
    if (found !== undefined) return found.unit;
  }
  return undefined;
}

/** Calls `add` with each range that neither ends before `least` nor begins behind `most`. */
function eachRange(
  bytes: Buffer,
  least: number,
  most: number,
  add: (unit: number, from: number, to: number) => void,
): void {
  for (const { unit, first, end } of setsOf(bytes)) {
    // There are as many ranges as functions, and a program goes through them once, by code that was never run before. So
    // it is as short as it can be.
    const words = new Uint32Array(new Uint8Array(bytes.subarray(first, end)).buffer);
    for (let i = 0; i < words.length; i += 4) {
      const from = (words[i] as number) + (words[i + 1] as number) * 2 ** 32;
      if (from > most) continue;
      const to = from + (words[i + 2] as number) + (words[i + 3] as number) * 2 ** 32;
      if (to > least) add(unit, from, to);
    }
  }
}
