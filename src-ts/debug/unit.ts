/** Reads units of debug information, each of which describes the code of one piece of a crate, and their entries. */

import { type Abbreviation, type Abbreviations, type Encoding, Skip, widthOf } from './abbreviations';
import { At, Form, Tag } from './constants';
import { addressBytes, Cursor, MOST_OCCURRENCES, readWide, Unreadable } from './cursor';
import type { Section } from './section';

/** The number of bytes in which the header of a unit and its first entry are expected. */
const ROOT_BYTES = 1024;

/** The most entries from which an entry takes attributes, one after the other. */
const MOST_ORIGINS = 8;

/** The kinds of units of DWARF 5 whose headers are longer. */
const UnitType = { Type: 2, Skeleton: 4, Split: 5, SplitType: 6 } as const;

/** The sections in which a unit lies. */
export interface Home {
  /** Returns a section by its name, such as `debug_str`; throws if there is none. */
  section(name: string): Section;
  /** The offset at which the offsets of the unit's texts begin, unless the unit states it. */
  readonly textOffsets: number | null;
  /** The unit with the addresses to which one in a file of its own refers. */
  readonly skeleton: Unit | null;
  abbreviations(offset: number, encoding: Encoding): Abbreviations;
  /** Returns the unit that contains the byte at `offset` of the section. */
  unitAround(offset: number): Unit;
}

/** The value of an attribute. */
export interface Value {
  readonly form: number;
  /** The place of a number of fixed width in the unit. */
  readonly at: number;
  readonly value: number | string | Buffer;
}

export class Unit implements Encoding {
  readonly version: number;
  readonly wide: boolean;
  /** The number of its bytes, its header included. */
  readonly size: number;
  /** The id that it and the unit in a file of its own have in common, if its header has it. */
  readonly id: bigint | null = null;
  /** The entry for the unit as a whole. */
  readonly root: Entry;
  readonly abbreviations: Abbreviations;
  #bytes: Buffer | undefined;
  readonly #first: number;
  #hasTypes: boolean | undefined;

  constructor(
    readonly home: Home,
    /** The offset of its first byte in the section. */
    readonly offset: number,
  ) {
    const section = home.section('debug_info');
    const cursor = new Cursor(section.upTo(offset, ROOT_BYTES));
    let length = cursor.unsigned(4);
    this.wide = length === 0xffffffff;
    if (this.wide) length = cursor.unsigned(8);
    this.size = cursor.at + length;
    if (offset + this.size > section.size) throw new Unreadable('it has a unit without an end');
    this.version = cursor.u16();
    if (this.version < 2 || this.version > 5) throw new Unreadable(`it has a unit of DWARF ${this.version}`);
    let table: number;
    let addressSize: number;
    if (this.version >= 5) {
      const type = cursor.u8();
      addressSize = cursor.u8();
      table = this.#offsetAt(cursor);
      if (type === UnitType.Skeleton || type === UnitType.Split) {
        this.id = cursor.bytes.readBigUInt64LE(cursor.at);
        cursor.at += 8;
      } else if (type === UnitType.Type || type === UnitType.SplitType) {
        cursor.at += 8;
        this.#offsetAt(cursor);
      }
    } else {
      table = this.#offsetAt(cursor);
      addressSize = cursor.u8();
    }
    if (addressSize !== 8) throw new Unreadable(`it has addresses of ${addressSize} bytes`);
    this.#first = cursor.at;
    this.abbreviations = home.abbreviations(table, this);
    let root: Entry | null;
    try {
      root = this.#parse(cursor.bytes, this.#first);
    } catch (error) {
      if (this.size <= ROOT_BYTES) throw error;
      root = this.entry(this.#first);
    }
    if (root === null) throw new Unreadable('it has a unit without entries');
    this.root = root;
  }

  #offsetAt(cursor: Cursor): number {
    return cursor.unsigned(this.wide ? 8 : 4);
  }

  /** All bytes of the unit. They are read when more than its first entry is needed. */
  get bytes(): Buffer {
    return (this.#bytes ??= this.home.section('debug_info').slice(this.offset, this.size));
  }

  /** Returns the entry at an offset in the unit; null for the end of a list of entries. */
  entry(at: number): Entry | null {
    return this.#parse(this.bytes, at);
  }

  #parse(bytes: Buffer, at: number): Entry | null {
    const cursor = new Cursor(bytes, at);
    const code = cursor.uleb();
    if (code === 0) return null;
    const abbreviation = this.#abbreviation(code);
    const { forms, implicit } = abbreviation;
    const values: Value[] = [];
    for (let i = 0; i < forms.length; i++) {
      values.push(this.#valueAt(cursor, forms[i] as number, implicit[i] as number));
    }
    return new Entry(this, abbreviation, values, cursor.at);
  }

  #abbreviation(code: number): Abbreviation {
    const abbreviation = this.abbreviations[code];
    if (abbreviation === undefined) throw new Unreadable('it has an entry of an unknown kind');
    return abbreviation;
  }

  #valueAt(cursor: Cursor, form: number, implicit: number, isDirect = true): Value {
    const { at } = cursor;
    switch (form) {
      case Form.Signed:
        return { form, at, value: cursor.sleb() };
      case Form.Implicit:
        return { form, at, value: implicit };
      case Form.FlagPresent:
        return { form, at, value: 1 };
      case Form.Text:
        return { form, at, value: cursor.text() };
      case Form.Indirect:
        if (!isDirect) throw new Unreadable('it has a value whose form never comes');
        return this.#valueAt(cursor, cursor.uleb(), 0, false);
      case Form.Data16:
        return { form, at, value: cursor.block(16) };
    }
    const width = widthOf(form, this);
    switch (width) {
      case Skip.Leb:
        return { form, at, value: cursor.uleb() };
      case Skip.Block1:
        return { form, at, value: cursor.block(cursor.u8()) };
      case Skip.Block2:
        return { form, at, value: cursor.block(cursor.u16()) };
      case Skip.Block4:
        return { form, at, value: cursor.block(cursor.unsigned(4)) };
      case Skip.Block:
        return { form, at, value: cursor.block(cursor.uleb()) };
      default:
        return { form, at, value: cursor.unsigned(width) };
    }
  }

  /** Returns the text to which a value refers. */
  textOf({ form, value }: Value): string {
    if (typeof value === 'string') return value;
    if (typeof value !== 'number') throw new Unreadable('it has a text in an unknown form');
    switch (form) {
      case Form.TextOffset:
        return this.home.section('debug_str').text(value);
      case Form.LineTextOffset:
        return this.home.section('debug_line_str').text(value);
      case Form.TextIndex:
      case Form.TextIndex1:
      case Form.TextIndex2:
      case Form.TextIndex3:
      case Form.TextIndex4:
      case Form.GnuTextIndex: {
        const size = this.wide ? 8 : 4;
        const first = this.root.number(At.StringOffsetsBase) ?? this.home.textOffsets ?? (this.version >= 5 ? 8 : 0);
        const entry = this.home.section('debug_str_offsets').slice(first + value * size, size);
        return this.home.section('debug_str').text(size === 8 ? readWide(entry, 0) : entry.readUInt32LE(0));
      }
      default:
        throw new Unreadable('it has a text in an unknown form');
    }
  }

  /** Returns the address that a value states; undefined for none. */
  addressOf(value: Value | undefined): number | undefined {
    if (value === undefined || typeof value.value !== 'number') return undefined;
    switch (value.form) {
      case Form.Address:
        return value.value;
      case Form.AddressIndex:
      case Form.AddressIndex1:
      case Form.AddressIndex2:
      case Form.AddressIndex3:
      case Form.AddressIndex4:
      case Form.GnuAddressIndex:
        return (this.home.skeleton ?? this).addressAt(value.value);
      default:
        return undefined;
    }
  }

  /** Returns the address with an index in the unit's table of addresses. */
  addressAt(index: number): number {
    const base = this.root.number(At.AddressBase) ?? this.root.number(At.GnuAddressBase) ?? 0;
    return readWide(this.home.section('debug_addr').slice(base + 8 * index, 8), 0);
  }

  /** Calls `visit` with each entry of a function that has an address, until it returns true. */
  eachFunction(visit: (entry: Entry) => boolean): void {
    this.#walk((abbreviation, at) => {
      if (!abbreviation.isCode) return false;
      return visit(this.entry(at) as Entry);
    });
  }

  /**
   * Returns the entry of the function at an address, found by the bytes of the address, with which most entries of
   * functions begin. If there is none, {@link eachFunction} may still find it.
   *
   * @param isIt - Tells the entry from other bytes that are the same.
   */
  findFunction(address: number, isIt: (entry: Entry) => boolean): Entry | undefined {
    const { bytes } = this;
    const pattern = addressBytes(address);
    let at = bytes.indexOf(pattern, this.#first);
    for (let count = 0; at >= 0 && count < MOST_OCCURRENCES; count++, at = bytes.indexOf(pattern, at + 1)) {
      const entry = this.#functionBefore(at);
      if (entry !== null && isIt(entry)) return entry;
    }
    return undefined;
  }

  /** Returns the entry whose first value is at an offset, if it may be that of a function. */
  #functionBefore(at: number): Entry | null {
    // The number of its abbreviation has one byte, or two.
    for (const start of [at - 1, at - 2]) {
      const cursor = new Cursor(this.bytes, start);
      try {
        const abbreviation = this.abbreviations[cursor.uleb()];
        if (cursor.at !== at || abbreviation?.isCode !== true) continue;
        if (abbreviation.attributes[0] === At.LowPc && abbreviation.forms[0] === Form.Address) return this.entry(start);
      } catch {
        // These bytes are no entry.
      }
    }
    return null;
  }

  /** True if the unit describes any type. With `debug = 1` it has functions and neither their parameters nor types. */
  get hasTypes(): boolean {
    if (this.#hasTypes === undefined) {
      this.#hasTypes = false;
      this.#walk(({ tag }) => (this.#hasTypes = TYPE_TAGS.has(tag)));
    }
    return this.#hasTypes;
  }

  /** Calls `visit` with each entry's abbreviation and offset, until it returns true. */
  #walk(visit: (abbreviation: Abbreviation, at: number) => boolean): void {
    const { size } = this;
    const cursor = new Cursor(this.bytes, this.#first);
    while (cursor.at < size) {
      const { at } = cursor;
      const code = cursor.uleb();
      if (code === 0) continue;
      const abbreviation = this.#abbreviation(code);
      if (visit(abbreviation, at)) return;
      this.skip(cursor, abbreviation, at);
    }
  }

  /** Moves a cursor from the values of the entry at `at` to what follows them. */
  skip(cursor: Cursor, { fixed, skips }: Abbreviation, at: number): void {
    if (fixed >= 0) {
      cursor.at += fixed;
      return;
    }
    for (const width of skips) {
      switch (width) {
        case Skip.Leb:
          while (cursor.u8() >= 128);
          break;
        case Skip.Block1:
          cursor.block(cursor.u8());
          break;
        case Skip.Block2:
          cursor.block(cursor.u16());
          break;
        case Skip.Block4:
          cursor.block(cursor.unsigned(4));
          break;
        case Skip.Block:
          cursor.block(cursor.uleb());
          break;
        case Skip.Text:
          cursor.text();
          break;
        case Skip.Indirect:
          cursor.at = (this.entry(at) as Entry).end;
          return;
        default:
          cursor.at += width;
      }
    }
  }
}

const TYPE_TAGS: ReadonlySet<number> = new Set([
  Tag.BaseType,
  Tag.PointerType,
  Tag.StructureType,
  Tag.EnumerationType,
  Tag.ArrayType,
  Tag.SubroutineType,
  Tag.UnionType,
  Tag.VariantPart,
  Tag.TemplateTypeParameter,
]);

/** An entry of a unit: a function, a parameter, a type. */
export class Entry {
  constructor(
    readonly unit: Unit,
    private readonly abbreviation: Abbreviation,
    private readonly values: readonly Value[],
    /** The offset of the byte behind it in the unit. */
    readonly end: number,
  ) {}

  get tag(): number {
    return this.abbreviation.tag;
  }

  /** Returns the value of an attribute; undefined if the entry does not have it. */
  value(attribute: number): Value | undefined {
    const index = this.abbreviation.attributes.indexOf(attribute);
    return index < 0 ? undefined : this.values[index];
  }

  has(attribute: number): boolean {
    return this.abbreviation.attributes.includes(attribute);
  }

  number(attribute: number): number | undefined {
    const value = this.value(attribute)?.value;
    return typeof value === 'number' ? value : undefined;
  }

  text(attribute: number): string | undefined {
    const value = this.value(attribute);
    return value === undefined ? undefined : this.unit.textOf(value);
  }

  /** Returns the entry to which an attribute refers. */
  entry(attribute: number): Entry | undefined {
    const found = this.value(attribute);
    if (found === undefined) return undefined;
    const { form, value } = found;
    let entry: Entry | null = null;
    if (typeof value === 'number') {
      if (form >= Form.Reference1 && form <= Form.ReferenceUnsigned) {
        entry = this.unit.entry(value);
      } else if (form === Form.GlobalReference) {
        const unit = this.unit.home.unitAround(value);
        entry = unit.entry(value - unit.offset);
      }
    }
    if (entry === null) throw new Unreadable('it refers to an entry in an unknown way');
    return entry;
  }

  /** Returns the entries of some kinds directly inside this one. */
  children(...tags: readonly number[]): Entry[] {
    const found: Entry[] = [];
    if (!this.abbreviation.hasChildren) return found;
    const { unit } = this;
    const cursor = new Cursor(unit.bytes, this.end);
    for (let depth = 0; ;) {
      const { at } = cursor;
      const code = cursor.uleb();
      if (code === 0) {
        if (depth-- === 0) return found;
        continue;
      }
      const abbreviation = unit.abbreviations[code];
      if (abbreviation === undefined) throw new Unreadable('it has an entry of an unknown kind');
      if (depth === 0 && tags.includes(abbreviation.tag)) {
        const entry = unit.entry(at) as Entry;
        found.push(entry);
        cursor.at = entry.end;
      } else {
        unit.skip(cursor, abbreviation, at);
      }
      if (abbreviation.hasChildren) depth++;
    }
  }

  /** Returns this entry, or the one of which it is an instance, if it has the attribute. */
  with(attribute: number, step = 0): Entry | undefined {
    if (this.has(attribute)) return this;
    if (step === MOST_ORIGINS) return undefined;
    const origin = this.entry(At.AbstractOrigin) ?? this.entry(At.Specification);
    return origin?.with(attribute, step + 1);
  }
}
